"""What a person waits for after "Save": the record on the disk and both marts in use, in a process that has built before."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.tables import number, table
from pipelines.build import build, refresh, warm
from pipelines.mart import current
from pipelines.memory import Forgetful
from pipelines.records import SEED, Body, Records, address_of, open_records
from pipelines.records.kinds import Annotated, CyclePlanned, LearningWritten, SessionLogged
from pipelines.vocabulary import Audience

PROJECT = Path(__file__).parent.parent
RUNS = 9
PROTOTYPE, CYCLE = "ashfield_barbers", "ashfield_barbers_4"
COUNTS = {"bp_checked": 41.0, "asked": 40.0, "said_yes": 22.0, "reviewed": 30.0, "to_target": 19.0}

Times = tuple[float, float]


def timed(work: Callable[[], object]) -> Times:
    """Return the seconds that passed and those that the process worked, over all its threads."""
    clock, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - worked


def floor_of_a_save(marts: Path, folder: Path) -> None:
    """Commit one row to SQLite and write both marts in use again, each to the disk: what no save can undercut."""
    with sqlite3.connect(folder / "floor.sqlite") as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS record (body VARCHAR)")
        connection.execute("INSERT INTO record VALUES ('one row')")
    connection.close()
    for audience in Audience:
        with (folder / f"floor-{audience}").open("wb") as file:
            file.write(current(marts / audience).read_bytes())
            file.flush()
            os.fsync(file.fileno())


def bodies() -> dict[str, Iterator[Body]]:
    """Return what is saved, kind by kind, never the same twice."""
    today = dt.date.today()
    days = [today - dt.timedelta(days=n) for n in range(2 * RUNS + 4)]
    return {
        "a session": (SessionLogged(PROTOTYPE, day, COUNTS) for day in days),
        "a session of another prototype": (
            SessionLogged("creekside_salon", day, {"bp_checked": 20.0}) for day in days
        ),
        "a cycle planned": (
            CyclePlanned(f"bench_{n}", PROTOTYPE, str(n), "Will more say yes?", "said_yes", today)
            for n in range(10, 10 + 2 * RUNS)
        ),
        "a learning": (LearningWritten(CYCLE, f"Lesson {n}.") for n in range(2 * RUNS)),
        "an annotation": (Annotated(PROTOTYPE, day, "Something happened.") for day in days),
    }


def report() -> str:
    """Measure; return the table as Markdown."""
    with tempfile.TemporaryDirectory() as name:
        data, marts = Path(name) / "data", Path(name) / "marts"
        shutil.copytree(PROJECT / "data", data, ignore=shutil.ignore_patterns("marts", "inbox", "*.sqlite*"))
        sample = data / "sample"
        records = open_records(address_of(data, sample), seed=sample / SEED)
        build(data, marts)
        rows = [_row("floor: one row committed, two files written", *_floor(marts, Path(name)), None)]
        base = _floor(marts, Path(name))[0]
        for what, some in bodies().items():
            rows.append(_row(what, *_saves(some, records, data, marts), base))
        rows.append(
            _row(
                "nothing kept: a full build",
                *_median(lambda: build(data, marts, memory=Forgetful()), 3),
                base,
            )
        )
        rows.append(_row("warming a process that has built", *_median(lambda: warm(data), 3), base))
        records.close()
    return (
        table(["saved", "seconds passed", "seconds worked", "ratio to the floor"], rows, numbers=(1, 2, 3))
        + "\n"
    )


def _saves(some: Iterator[Body], records: Records, data: Path, marts: Path) -> Times:
    def save() -> None:
        records.append([next(some)], "Design group")
        refresh(data, marts)

    return _median(save, RUNS)


def _floor(marts: Path, folder: Path) -> Times:
    return _median(lambda: floor_of_a_save(marts, folder), RUNS)


def _median(work: Callable[[], object], runs: int) -> Times:
    """Return the median of some runs after one that is not counted."""
    work()
    times = [timed(work) for _ in range(runs)]
    return statistics.median(one[0] for one in times), statistics.median(one[1] for one in times)


def _row(what: str, passed: float, worked: float, base: float | None) -> list[str]:
    return [what, f"{passed:.3f}", f"{worked:.3f}", number(passed / (base or passed))]
