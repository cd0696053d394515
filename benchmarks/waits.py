"""What people wait for: a build, one chart; each as a ratio to a floor measured beside it (saves: `saves.py`)."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.tables import number, table
from pipelines.build import build
from pipelines.memory import Forgetful
from pipelines.spc import chart

PROJECT = Path(__file__).parent.parent
RUNS = 5


def median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of a few runs after one that is not counted (imports, caches)."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def floor_of_a_build(folder: Path) -> None:
    """Read every log as it stands and write one database file: what no build can undercut."""
    (folder / "floor.duckdb").unlink(missing_ok=True)
    with duckdb.connect(str(folder / "floor.duckdb")) as connection:
        for number, path in enumerate(sorted((PROJECT / "data/sample/test_logs").glob("*.csv"))):
            connection.execute(
                f"CREATE TABLE log_{number} AS SELECT * FROM read_csv($path)", {"path": str(path)}
            )
        connection.execute("CHECKPOINT")


def report() -> str:
    """Measure; return the table as Markdown."""
    values = np.random.default_rng(1).normal(30, 4, 104)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, marts = PROJECT / "data", folder / "marts"
        floor = median_seconds(lambda: floor_of_a_build(folder))
        whole = median_seconds(lambda: build(data, marts, memory=Forgetful()))
    array = median_seconds(lambda: np.abs(np.diff(values)).mean(), runs=200)
    one = median_seconds(lambda: chart(values, kind="i"), runs=50)
    figures = [
        ("floor: read and write the logs", floor, floor),
        ("full build of the sample", whole, floor),
        ("floor: mean moving range", array, array),
        ("chart of one series", one, array),
    ]
    rows = [[what, f"{seconds:.6f}", number(seconds / base)] for what, seconds, base in figures]
    return table(["figure", "seconds", "ratio to its floor"], rows, numbers=(1, 2)) + "\n"
