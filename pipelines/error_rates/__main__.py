"""Counts how often the verdict errs, and prints it where docs/method.md has its marks (see the package)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pipelines.error_rates.attainable import bounds
from pipelines.error_rates.counting import sample_tallies, tallies
from pipelines.error_rates.tables import between_marks, read_rates, write_rates
from pipelines.learning import VERDICT_VERSION
from pipelines.measures import read_measures

MEASURES = Path(__file__).parents[2] / "data" / "measures"
#: Seeds of the made-up sample.
SEEDS = 200


def count(share: float, seeds: int, processes: int, log: Path | None) -> dict[str, Any]:
    """Count every cell and every kind of the sample; one line a cell goes to the screen, and to `log` to go on from."""
    measures = {measure.measure_id: measure for measure in read_measures(MEASURES)}
    known = _read_log(log) if log is not None and log.exists() else []
    found = []
    for row in tallies(share, processes, known):
        found.append(row)
        line = json.dumps(row, ensure_ascii=False) + "\n"
        sys.stderr.write(line)
        if log is not None and row not in known:
            with log.open("a", encoding="utf-8") as kept:
                kept.write(line)
    return {
        "verdict_version": VERDICT_VERSION, "trials": found, "bounds": bounds(), "seeds": seeds,
        "sample": sample_tallies(seeds, measures),
    }  # fmt: skip


def _read_log(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Count, print, or both."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.error_rates", description=__doc__)
    parser.add_argument("--count", action="store_true", help="count again (half an hour on one core)")
    parser.add_argument("--share", type=float, default=1.0, help="share of the series of each cell")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="seeds of the made-up sample")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--log", type=Path, default=Path("error_rates.log"), help="keeps each tally, to go on from"
    )
    parser.add_argument("--print", type=Path, dest="page", help="a page with marks; without it, the screen")
    options = parser.parse_args()
    if options.count:
        write_rates(count(options.share, options.seeds, options.processes, options.log))
    rates = read_rates()
    if options.page is None:
        sys.stdout.write(between_marks(rates))
        return
    text = options.page.read_text(encoding="utf-8")
    options.page.write_text(between_marks(rates, text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
