"""A made-up data folder larger than the sample: 12 neighbourhoods by 30 measures over five years, week by week.

Six themes of five measures each, so that every neighbourhood has six prototypes and the wall 360 charts to choose from.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

PLACES, THEMES, WEEKS, SEED = 12, 6, 260, 20261122
LAST = dt.date(2026, 11, 22)

#: The measures of each theme: domain, kind, which way is better.
MEASURES = (
    ("reach", "count", "up"),
    ("reach", "proportion", "up"),
    ("quality", "proportion", "up"),
    ("quality", "measurement", "down"),
    ("impact", "count", "down"),
)


def write_large(out: Path) -> None:
    """Write the data folder: measures, and a sample of neighbourhoods, prototypes, cycles and logs."""
    (out / "measures").mkdir(parents=True)
    (out / "sample" / "test_logs").mkdir(parents=True)
    for theme in range(THEMES):
        for number in range(len(MEASURES)):
            path = out / "measures" / f"{_measure(theme, number)}.toml"
            path.write_text(_toml(theme, number), encoding="utf-8")
    sample = out / "sample"
    _write(sample / "neighbourhoods.csv", ("neighbourhood_id", "name", "display_order"), _places())
    _write(sample / "prototypes.csv", PROTOTYPE, _prototypes())
    _write(sample / "cycles.csv", CYCLE, _cycles())
    random = np.random.default_rng(SEED)
    for place in range(PLACES):
        for theme in range(THEMES):
            name = _prototype(place, theme)
            _write(sample / "test_logs" / f"{name}.csv", _log_columns(theme), _log(place, theme, random))


PROTOTYPE = (
    "prototype_id",
    "neighbourhood_id",
    "name",
    "theme",
    "stage",
    "started_on",
    "planned_every",
)
CYCLE = ("cycle_id", "prototype_id", "cycle_no", "question", "primary_measure", "do_start", "do_end")


def _places() -> Iterable[Sequence[object]]:
    return [(f"place_{n}", f"Place {n + 1}", n + 1) for n in range(PLACES)]


def _prototype(place: int, theme: int) -> str:
    return f"place_{place}_theme_{theme}"


def _measure(theme: int, number: int) -> str:
    return f"theme_{theme}_measure_{number}"


def _prototypes() -> Iterable[Sequence[object]]:
    first = LAST - dt.timedelta(weeks=WEEKS)
    for place in range(PLACES):
        for theme in range(THEMES):
            name = _prototype(place, theme)
            yield name, f"place_{place}", f"Idea {theme + 1}", f"theme_{theme}", "prototype", first, "week"


def _cycles() -> Iterable[Sequence[object]]:
    """Two cycles a prototype: one a year ago, one that has just ended."""
    for place in range(PLACES):
        for theme in range(THEMES):
            name = _prototype(place, theme)
            for number, weeks_ago in enumerate((52, 14), start=1):
                start = LAST - dt.timedelta(weeks=weeks_ago)
                question = "Will more people come if they are asked?"
                yield (
                    f"{name}_{number}",
                    name,
                    number,
                    question,
                    _measure(theme, 0),
                    start,
                    start + dt.timedelta(weeks=12),
                )


def _toml(theme: int, number: int) -> str:
    domain, kind, better = MEASURES[number]
    name = _measure(theme, number)
    denominator = f'denominator = "{name}_of"\n' if kind == "proportion" else ""
    return (
        f'id = "{name}"\nname = "Measure {number + 1} of theme {theme + 1}"\nshort_name = "T{theme + 1} M{number + 1}"\n'
        f'domain = "{domain}"\nkind = "{kind}"\nnumerator = "{name}"\n{denominator}counts = "people"\nunit = "people"\n'
        f'period = "week"\nplanned_every = "week"\nbetter = "{better}"\nbaseline = "auto"\ndisclosive = false\n'
        f'prototypes = ["theme:theme_{theme}"]\ndisplay_order = {10 * theme + number}\n'
        f'wall = {"true" if theme == 0 else "false"}\nwhy = "Made up."\nsource = "Made up."\n'
    )


def _log_columns(theme: int) -> list[str]:
    columns = ["neighbourhood_id", "prototype_id", "tested_on"]
    for number, (_, kind, _) in enumerate(MEASURES):
        name = _measure(theme, number)
        columns += [name, f"{name}_of"] if kind == "proportion" else [name]
    return columns


def _log(place: int, theme: int, random: np.random.Generator) -> Iterable[Sequence[object]]:
    """Return a session a week; in one prototype of four the last half year is higher by a quarter."""
    for week in range(WEEKS):
        day = LAST - dt.timedelta(weeks=WEEKS - 1 - week)
        by = 1.25 if (place + theme) % 4 == 0 and week > WEEKS - 26 else 1.0
        row: list[object] = [f"place_{place}", _prototype(place, theme), day]
        for _, kind, _ in MEASURES:
            if kind == "count":
                row.append(int(random.poisson(40 * by)))
            elif kind == "proportion":
                asked = int(random.integers(40, 60))
                row += [int(random.binomial(asked, min(0.5 * by, 1.0))), asked]
            else:
                row.append(round(float(random.normal(15 * by, 2)), 1))
        yield row


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
