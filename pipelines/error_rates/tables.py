"""Prints the kept rates as the tables of docs/method.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.error_rates.numbers import NUMBERS
from pipelines.error_rates.truths import LENGTHS, STEPS, TRUTHS, Truth
from pipelines.learning import CLAIMS
from pipelines.vocabulary import Verdict

KEPT = Path(__file__).with_name("rates.json")
#: Marks that no reader of Markdown shows.
BEGIN, END = "[//]: # (error rates: begin)", "[//]: # (error rates: end)"
#: Between the figures of a cell: no line breaks there.
APART = "\u00a0·\u00a0"

Row = Mapping[str, Any]


def read_rates() -> dict[str, Any]:
    """Return the counts as kept."""
    rates: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return rates


def write_rates(rates: Mapping[str, Any]) -> None:
    """Keep the counts, one row a line."""
    lines = [f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in rates.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    KEPT.write_text(text.replace("}, {", "},\n {"), encoding="utf-8", newline="\n")


def between_marks(rates: Mapping[str, Any], page: str = f"{BEGIN}\n{END}\n") -> str:
    """Return a page with the tables put between its marks; ValueError where it has none."""
    before, rest = page.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n\n{tables(rates)}\n\n{END}{after}"


def tables(rates: Mapping[str, Any]) -> str:
    """Return the three tables: every truth, chance by kind of number, and the kinds of the made-up sample."""
    trials = rates["trials"]
    alone, others = (_series(part) for part in (_alone(trials), _others(trials)))
    parts = (
        f"**What is planted**, over all kinds of numbers; {others} (chance alone: so many of each kind of number, "
        "as in the next table):",
        _by_truth(trials, rates["bounds"]),
        f"**Chance alone by kind of number**; {alone}:",
        _by_numbers(trials),
        f"**The kinds of the made-up sample**, {rates['seeds']} seeds, per cent of cycles (a Do of 8 to 16 weeks, or "
        "of three or four 4-week points):",
        _sample(rates["sample"]),
    )
    return "\n\n".join(parts)


def share(rows: Iterable[Row], what: str) -> float:
    """Return the share of series over several tallies: of `right` or of `wrong` claims; nan without any."""
    found = list(rows)
    runs = sum(row["runs"] for row in found)
    return sum(row[what] for row in found) / runs if runs else float("nan")


def of(trials: Iterable[Row], **wanted: Any) -> list[Row]:
    """Return the tallies that are all of `wanted`."""
    return [row for row in trials if all(row[name] == value for name, value in wanted.items())]


def _alone(trials: Iterable[Row]) -> list[Row]:
    return of(trials, truth=TRUTHS[0].name, weeks=LENGTHS[0], numbers=NUMBERS[0].name)


def _others(trials: Iterable[Row]) -> list[Row]:
    return of(trials, truth=TRUTHS[1].name, weeks=LENGTHS[0])


def _series(rows: Sequence[Row]) -> str:
    """Say how many series a figure rests on, by the size of its step."""
    n = {step: sum(row["runs"] for row in of(rows, step=step)) for step in STEPS}
    changed = (f"{n[step]:,} at {step} SD" for step in STEPS[1:] if n[step])
    return ", ".join((f"{n[0]:,} series a figure where nothing changed", *changed))


def _by_truth(trials: Sequence[Row], bounds: Sequence[Row]) -> str:
    """Return every truth with the most that any rule could find: a bound beside each row (`attainable`)."""
    head, rule = _head("planted").split("\n")
    lines = [f"{head} most that any rule could find |", f"{rule}---|"]
    for one in TRUTHS:
        most = [of(bounds, truth=one.name, weeks=weeks) for weeks in LENGTHS]
        told = APART.join(f"{100 * row[0]['most']:.1f}" for row in most if row) or "not known"
        lines.append(f"{_line(one.name, of(trials, truth=one.name), one)} {told} |")
    return "\n".join(lines)


def _by_numbers(trials: Sequence[Row]) -> str:
    alone = of(trials, truth=TRUTHS[0].name)
    lines = [_line(numbers.name, of(alone, numbers=numbers.name), TRUTHS[0]) for numbers in NUMBERS]
    return "\n".join([_head("numbers"), *lines])


def _head(first: str) -> str:
    weeks = APART.join(str(weeks) for weeks in LENGTHS)
    names = (f"{name} %, Do of {weeks}" for name in ("false claims", "1 SD found", "2 SD found"))
    return f"| {first} | {' | '.join(names)} |\n|---|---|---|---|"


def _line(name: str, rows: Sequence[Row], truth: Truth) -> str:
    """Return one row in per cent; a figure outside its limit is bold."""
    cells = (
        APART.join(_figure(of(rows, weeks=weeks, step=step), step, truth) for weeks in LENGTHS)
        if of(rows, step=step)
        else "not tried"
        for step in STEPS
    )
    return f"| {name} | {' | '.join(cells)} |"


def _figure(rows: Sequence[Row], step: int, truth: Truth) -> str:
    figure = share(rows, "right" if step else "wrong")
    too_many = step == 0 and truth.most is not None and figure > truth.most
    too_few = step == 2 and truth.fewest is not None and figure < truth.fewest
    told = f"{100 * figure:.1f}"
    return f"**{told}**" if too_many or too_few else told


def _sample(rows: Sequence[Row]) -> str:
    lines = [
        "| planted | cycles | acceptable | change claimed | no evidence | other |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        found = row["verdicts"]
        claimed, none = sum(found.get(word, 0) for word in CLAIMS), found.get(Verdict.NO_EVIDENCE, 0)
        counts = (row["acceptable"], claimed, none, row["cycles"] - claimed - none)
        shares = " | ".join(f"{100 * count / row['cycles']:.1f}" for count in counts)
        lines.append(f"| {row['kind']} | {row['cycles']:,} | {shares} |")
    return "\n".join(lines)
