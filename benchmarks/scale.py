"""`chart_many` on ever more series in one call: seconds, time a point and peak memory, a fresh process a row."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from math import log
from pathlib import Path

from benchmarks import frames, ours
from benchmarks.contestant import KINDS
from benchmarks.tables import number, table
from pipelines.spc import chart_many

PROJECT = Path(__file__).parent.parent
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
N_POINTS = 100
REPEATS = 3
GIGABYTE = 1e9


def peak_bytes() -> float:
    """Return the most memory this process has held so far; nan where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak if sys.platform == "darwin" else peak * 1024)


def one(kind: str, n_series: int, form: str) -> dict[str, float]:
    """Time one call in this process; imports and a small call come first."""
    asked = ours.options(kind)
    chart_many(frames.long_frame(kind, 10, N_POINTS, form), **asked)
    frame = frames.long_frame(kind, n_series, N_POINTS, form)
    gc.collect()
    before = peak_bytes()
    clock, start = time.perf_counter(), time.process_time()
    points, summaries = chart_many(frame, **asked)
    seconds, by_the_clock = time.process_time() - start, time.perf_counter() - clock
    assert (len(points), len(summaries)) == (len(frame), n_series)
    return {"seconds": seconds, "by_the_clock": by_the_clock, "before": before, "peak": peak_bytes()}


def in_fresh_processes(kind: str, n_series: int, form: str) -> dict[str, float]:
    """Return the least disturbed time and the highest peak of a few processes."""
    command = [sys.executable, "-m", "benchmarks.scale", kind, str(n_series), form]
    found = [
        json.loads(subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout)
        for _ in range(REPEATS)
    ]
    return {
        "seconds": min(times["seconds"] for times in found),
        "by_the_clock": min(times["by_the_clock"] for times in found),
        "before": max(times["before"] for times in found),
        "peak": max(times["peak"] for times in found),
    }


def report(sizes: tuple[int, ...] = SIZES, form: str = "text") -> str:
    """Measure; return a table a kind as Markdown."""
    parts = []
    head = [
        "series",
        "points",
        "seconds",
        "by the clock",
        "ns a point",
        "against the first row",
        "GB before",
        "GB at the peak",
    ]
    for kind in KINDS:
        times = {n_series: in_fresh_processes(kind, n_series, form) for n_series in sizes}
        parts += [
            f"### {kind}: one call of `chart_many`, series named by {form}, the fastest of {REPEATS} fresh processes",
            table(head, [_row(n_series, times) for n_series in sizes], numbers=range(8)),
            f"- From the first row to the last time grows as points to the power of {_power(times):.2f}.",
            "",
        ]
    return "\n".join(parts)


def _row(n_series: int, times: dict[int, dict[str, float]]) -> list[str]:
    found, first = times[n_series], min(times)
    return [
        f"{n_series:,}",
        f"{n_series * N_POINTS:,}",
        number(found["seconds"]),
        number(found["by_the_clock"]),
        number(found["seconds"] / (n_series * N_POINTS) * 1e9),
        number(found["seconds"] / n_series / (times[first]["seconds"] / first)),
        number(found["before"] / GIGABYTE),
        number(found["peak"] / GIGABYTE),
    ]


def _power(times: dict[int, dict[str, float]]) -> float:
    """Return b of seconds = a * points ** b between the smallest and the largest size; 1 is linear."""
    few, many = min(times), max(times)
    return log(times[many]["seconds"] / times[few]["seconds"]) / log(many / few)


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
