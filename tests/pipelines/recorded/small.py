"""A small data folder with two neighbourhoods and a log of thirty Saturdays, and a group that saves records beside it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.build import Built, build
from pipelines.inputs import PROJECT_DATA, Inputs, read_inputs
from pipelines.records import Body, Record, address_of, open_records

#: A count, a share, and a share that speaks of health: few measures, so that a build is quick.
MEASURES = ("bp_checked", "said_yes", "to_target")
FIRST = dt.date(2026, 1, 3)  # a Saturday
DO_START, DO_END = dt.date(2026, 5, 4), dt.date(2026, 7, 26)
#: A moment after every day of the log and of the tests, so that nothing lies in the future.
LATER = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)

NEIGHBOURHOODS = "neighbourhood_id,name,display_order\nash,Ashfield,1\nbrook,Brook End,2\n"
PROTOTYPES = (
    "prototype_id,neighbourhood_id,name,theme,stage,started_on,planned_every\n"
    "barbers,ash,Barbers,hypertension,prototype,2026-01-03,week\n"
    "mosque,brook,After prayers,hypertension,,2026-01-03,week\n"
)
CYCLES = (
    "cycle_id,prototype_id,cycle_no,question,primary_measure,predicted_value,predicted_low,predicted_high,"
    "predicted_for,do_start,do_end\n"
    f"barbers_1,barbers,1,Will more be checked?,bp_checked,50,45,55,{DO_END},{DO_START},{DO_END}\n"
)


def saturday(week: int) -> dt.date:
    """Return the day of the log's week, from 0."""
    return FIRST + dt.timedelta(weeks=week)


def log(place: str, prototype: str, weeks: range = range(30)) -> str:
    """Return a log: about forty checked a week, fifty-five from the seventeenth week."""
    rows = [
        "neighbourhood_id,prototype_id,tested_on,place,place_type,bp_checked,asked,said_yes,reviewed,to_target"
    ]
    for week in weeks:
        checked = (41, 37, 43, 40, 38, 44)[week % 6] + (15 if week >= 18 else 0)
        yes = (20, 22, 19, 23)[week % 4]
        rows.append(f"{place},{prototype},{saturday(week)},Here,shop,{checked},40,{yes},30,{18 + week % 5}")
    return "\n".join(rows) + "\n"


def write(data: Path) -> Path:
    """Write the folder; returns it."""
    inbox = data / "inbox"
    (inbox / "test_logs").mkdir(parents=True)
    (inbox / "measures").mkdir()
    for name in MEASURES:
        shutil.copy(PROJECT_DATA / "measures" / f"{name}.toml", inbox / "measures")
    for name, text in {
        "neighbourhoods.csv": NEIGHBOURHOODS,
        "prototypes.csv": PROTOTYPES,
        "cycles.csv": CYCLES,
        "test_logs/barbers.csv": log("ash", "barbers"),
        "test_logs/mosque.csv": log("brook", "mosque"),
    }.items():
        (inbox / name).write_text(text, encoding="utf-8")
    return data


class Group:
    """A group that saves records beside a data folder, and looks at what is built of them."""

    def __init__(self, data: Path):
        self.data = data
        self.marts = data.parent / "marts"
        self.records = open_records(address_of(data, data / "inbox"))

    def save(
        self,
        *bodies: Body,
        who: str = "Design group",
        now: dt.datetime = LATER,
        supersedes: str | None = None,
    ) -> Sequence[Record]:
        """Save what was entered at a moment (UTC)."""
        return self.records.append(bodies, who, supersedes, now)

    def inputs(self) -> Inputs:
        """Return what would be built."""
        return read_inputs(self.data)

    def build(self) -> Built:
        """Build both marts."""
        return build(self.data, self.marts)


def rows(mart: Path, question: str) -> list[tuple]:
    """Ask a mart."""
    with duckdb.connect(str(mart), read_only=True) as connection:
        return connection.sql(question).fetchall()
