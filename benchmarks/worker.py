"""A long-lived process that times batches on request: `python -m benchmarks.worker benchmarks.peers`.

It reads a request a line on stdin and answers a line on stdout, both JSON. Imports, data and one warm-up batch come
before the clock is read.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
import warnings
from functools import cache
from typing import Any

from benchmarks.contestant import Contestant, Run

#: Series charted once before anything is timed, where a call takes one series.
WARM_UP_SERIES = 5
#: A batch is repeated until this has passed, so that the clock's grain does not matter.
LEAST_SECONDS = 0.2


@cache
def prepared(contestant: Contestant, kind: str, n_series: int, n_points: int) -> Run:
    """Return what is to be timed, warm."""
    run = contestant.prepare(kind, n_series, n_points)
    run(0, min(contestant.per_batch, WARM_UP_SERIES))
    return run


def seconds_a_series(contestant: Contestant, kind: str, n_series: int, n_points: int, batch: int) -> float:
    """Time one batch, over and over for a moment; batches walk through the series in turn.

    The time is that of the process (user and system): on an idle machine what the clock shows, on a busy one what it
    would have shown.
    """
    run = prepared(contestant, kind, n_series, n_points)
    size = min(contestant.per_batch, n_series)
    first = batch * size % n_series
    calls, passed = 0, 0.0
    gc.collect()
    start = time.process_time()
    while passed < LEAST_SECONDS:
        run(first, min(first + size, n_series))
        calls += 1
        passed = time.process_time() - start
    return passed / (calls * size)


def answer(contestants: dict[str, Contestant], request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; what goes wrong is an answer, too."""
    contestant = contestants[request.pop("name")]
    try:
        return {"seconds": seconds_a_series(contestant, **request), "version": contestant.version}
    except Exception as error:  # a peer may fail in any way, and the table says how
        return {"error": f"{type(error).__name__}: {error}", "version": contestant.version}


def main(module: str) -> None:
    """Answer until stdin ends."""
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "w")
    sys.stdout = sys.stderr  # what a peer prints must not mix with the answers
    contestants = importlib.import_module(module).CONTESTANTS
    for line in sys.stdin:
        print(json.dumps(answer(contestants, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
