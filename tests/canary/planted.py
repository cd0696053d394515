"""A data folder whose counts cannot be mistaken: prime denominators, so that every rate has six digits of its own."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from tests.canary.meetings import write_meeting

PROJECT = Path(__file__).parent.parent.parent
MONDAY = dt.date(2025, 1, 6)
N_WEEKS = 60
MONTHS = [dt.date(2025 + m // 12, m % 12 + 1, 1) for m in range(18)]

#: Weeks in which few were raised, or all but few: the count, or what is left of it, is this.
FEW = {7: 3, 21: 1, 33: 7, 52: 5}
ALL_BUT = {12: 4, 40: 2}

GROUPS = {"deprivation_fifth": ["1", "2", "3", "4", "5"], "sex": ["female", "male"]}
FLOWS = ["eligible", "measured", "raised", "confirmed_in_28_days"]

MEASURE = """id = "{id}"
name = "{name}"
domain = "impact"
kind = "{kind}"
numerator = "{above}"
{below}counts = "people"
unit = "%"
period = "week"
better = "down"
disclosive = true
prototypes = ["*"]
why = "To be found nowhere."
source = "Made up."
"""


#: Numbers that pages print in any case: years, and whatever stands in the documents.
PRINTED = {
    int(n) for path in (PROJECT / "docs").glob("*.md") for n in re.findall(r"\d+", path.read_text("utf-8"))
}
PRINTED |= set(range(1950, 2051))


def primes(first: int) -> list[int]:
    """Return primes from a number on, but for those that pages print in any case."""
    return [
        n for n in range(first, 9000) if n not in PRINTED and all(n % d for d in range(2, int(n**0.5) + 1))
    ]


PRIMES = {float(n) for n in primes(997)}


@dataclass
class Planted:
    """True figures, none of which others may see.

    Attributes
    ----------
    counts
        Prime denominators of 997 and more.
    rates
        Their shares, of 0 to 1.
    hidden_rates
        Shares of rows where a count of 1 to 4, or what is left, is small: hidden by every profile.
    """

    counts: set[float] = field(default_factory=set)
    rates: set[float] = field(default_factory=set)
    hidden_rates: set[float] = field(default_factory=set)

    def plant(self, part: int, whole: int) -> None:
        """Remember a true share."""
        left = whole - part
        self.counts |= {float(whole)} & PRIMES
        # A share of rounded counts has a denominator of a fifth at most: these cannot be one.
        told_apart = whole >= 990 and whole % 5 and Fraction(part, whole).denominator > whole / 4
        rates = {x / whole for x in (part, left)} if told_apart else set()
        self.rates |= rates
        if 0 < min(part, left) <= 4:
            self.hidden_rates |= rates


def write_folder(data: Path, profile: str) -> Planted:
    """Write a data folder with a profile, two neighbourhoods, their logs and their cascade, and return what is true."""
    planted = Planted()
    (data / "test_logs").mkdir(parents=True)
    (data / "measures").mkdir()
    (data / "privacy.toml").write_text(f'profile = "{profile}"\n')
    (data / "neighbourhoods.csv").write_text(
        "neighbourhood_id,name,display_order,population,wards,pcn_code\none,One,1,40000,Abbey,\ntwo,Two,2,35000,Eastbury,\n"
    )
    (data / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,theme,stage,started_on,planned_every\n"
        + "".join(f"{one}_bp,{one},Checks,hypertension,prototype,2025-01-06,week\n" for one in ("one", "two"))
    )
    (data / "cycles.csv").write_text(
        "cycle_id,prototype_id,cycle_no,question,primary_measure,predicted_value,predicted_low,predicted_high,"
        "predicted_for,do_start,do_end,decision,decided_on,learning\n"
        "one_1,one_bp,1,Will fewer be raised?,canary_share,0.30,0.20,0.40,2026-02-22,2025-12-01,2026-02-22,,,\n"
    )
    _write_measures(data / "measures")
    numbers = iter(primes(997))
    for place in ("one", "two"):
        (data / f"test_logs/{place}.csv").write_text("\n".join(_log(place, numbers, planted)) + "\n")
    (data / "cascade_counts.csv").write_text("\n".join(_cascade(planted)) + "\n")
    write_meeting(data, min(planted.counts), min(planted.hidden_rates))
    return planted


def _write_measures(folder: Path) -> None:
    for id_, kind, below in (("canary_share", "proportion", "checked"), ("canary_count", "count", "")):
        line = f'denominator = "{below}"\n' if below else ""
        text = MEASURE.format(id=id_, name=id_, kind=kind, above="raised", below=line)
        (folder / f"{id_}.toml").write_text(text if below else text.replace('"%"', '"people"'))
    mean = MEASURE.format(
        id="canary_mean",
        name="canary_mean",
        kind="measurement",
        above="mmhg",
        below='denominator = "checked"\n',
    )
    (folder / "canary_mean.toml").write_text(mean.replace('"%"', '"mmHg"'))
    for path in (PROJECT / "data/measures").glob("cascade_*.toml"):
        shutil.copy(path, folder)


def _log(place: str, numbers, planted: Planted) -> list[str]:
    lines = ["neighbourhood_id,prototype_id,tested_on,place,place_type,checked,raised,mmhg"]
    for week in range(N_WEEKS):
        whole = next(numbers)
        part = FEW.get(week) or (whole - ALL_BUT[week] if week in ALL_BUT else whole // 3 + week % 4)
        planted.plant(part, whole)
        day = MONDAY + dt.timedelta(weeks=week)
        lines.append(f"{place},{place}_bp,{day},Shop,shop,{whole},{part},{whole * 138 + week}")
    return lines


def _cascade(planted: Planted) -> list[str]:
    lines = [
        "neighbourhood_id,prototype_id,cohort_month,step,follow_up_months,group_type,group,setting,count"
    ]
    numbers, fewer = iter(primes(7001)), iter(primes(1201))
    sums: dict[tuple[str, ...], dict[str, int]] = {}
    for month_no, month in enumerate(MONTHS):
        for place in ("one", "two"):
            everyone = _steps(next(numbers), month_no)
            for group_type, groups in (("all", ["all"]), *GROUPS.items()):
                told = _shared_out(everyone, groups, _few(next(fewer), month_no))
                for counts, group in zip(told, groups, strict=True):
                    start = f"{place},,{month:%Y-%m}"
                    lines += [f"{start},{step},,{group_type},{group},all,{n}" for step, n in counts.items()]
                    _plant_steps(counts, planted)
                    half = sums.setdefault(
                        (place, str((month_no + 3) // 6), group_type, group), dict.fromkeys(FLOWS, 0)
                    )
                    half |= {step: half[step] + counts[step] for step in FLOWS}
            lines += [
                f"{place},,{month:%Y-%m},{step},,all,all,all,{n}" for step, n in _others(everyone).items()
            ]
    for counts in sums.values():
        _plant_steps(counts, planted)
    return lines


def _steps(eligible: int, month_no: int) -> dict[str, int]:
    return {
        "eligible": eligible,
        "measured": eligible // 2 + 3,
        "raised": eligible // 5,
        "confirmed_in_28_days": eligible // 9,
        "on_register": eligible + 6 * month_no + 7,
        "to_target": eligible * 2 // 3 + month_no,
    }


def _few(prime: int, month_no: int) -> dict[str, int]:
    """Return a group of which nearly all were measured and nobody was raised, but for few in a half-year."""
    is_first = (month_no + 3) % 6 == 0
    return {
        "eligible": prime,
        "measured": prime - 4 * is_first,
        "raised": 3 * is_first,
        "confirmed_in_28_days": 2 * is_first,
        "on_register": prime,
        "to_target": prime - 2,
    }


def _others(everyone: dict[str, int]) -> dict[str, int]:
    return {
        "expected": everyone["eligible"] * 3,
        "reached": everyone["measured"] + 101,
        "treated": everyone["on_register"] - 103,
        "read_in_12_months": everyone["on_register"] - 59,
        "confirmation_offered": everyone["raised"] - 11,
    }


def _shared_out(steps: dict[str, int], groups: list[str], few: dict[str, int]) -> list[dict[str, int]]:
    """Share counts out among groups; the last of more than two is the one of few."""
    if len(groups) == 1:
        return [steps]
    last = few if len(groups) > 2 else {step: n // 3 for step, n in steps.items()}
    out = [last]
    left = {step: n - last[step] for step, n in steps.items()}
    for i in range(len(groups) - 1, 0, -1):
        share = {step: n // i for step, n in left.items()}
        left = {step: n - share[step] for step, n in left.items()}
        out.append(share)
    return out[::-1]


def _plant_steps(counts: dict[str, int], planted: Planted) -> None:
    for part, whole in (
        ("measured", "eligible"), ("raised", "measured"), ("confirmed_in_28_days", "raised"), ("to_target", "on_register"),
    ):  # fmt: skip
        if part in counts:
            planted.plant(counts[part], counts[whole])
