"""Counts verdicts over many seeds: the same seeds give the same counts, in however many processes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipelines.error_rates.numbers import NUMBERS, Numbers
from pipelines.error_rates.planted import judge_planted
from pipelines.error_rates.trials import judged
from pipelines.error_rates.truths import LENGTHS, TRUTHS, Truth
from pipelines.learning import CLAIMS
from pipelines.measures import Measure
from pipelines.sample import simulate
from pipelines.vocabulary import DataType, Verdict

#: First number of every seed of a trial.
SEED = 20261122
#: Series a cell by step in SD: of chance alone, for each kind of number; of any other truth, over all kinds of numbers
#: (steps of 1 SD, on which no limit is set, are tried with chance alone).
ALONE = {0: 1000, 1: 300, 2: 600}
OTHERS = {0: 1000, 2: 400}


@dataclass(frozen=True)
class Cell:
    """One cell of the table: places in TRUTHS and NUMBERS, weeks of Do, the step in SD, and how many series."""

    truth: int
    numbers: int
    weeks: int
    step: int
    runs: int


def cells(share: float = 1.0) -> list[Cell]:
    """Return every cell, with the given share of the series."""
    found = []
    for at, truth in enumerate(TRUTHS):
        kinds = [k for k, numbers in enumerate(NUMBERS) if fits(truth, numbers)]
        series = ALONE if at == 0 else {step: runs // len(kinds) for step, runs in OTHERS.items()}
        for k, weeks, (step, runs) in itertools.product(kinds, LENGTHS, series.items()):
            found.append(Cell(at, k, weeks, step, max(int(runs * share), 1)))
    return found


def fits(truth: Truth, numbers: Numbers) -> bool:
    """Whether a truth can be planted in a kind of number: weeks without anybody are for counts."""
    return not truth.zeros or numbers.measure.kind == DataType.COUNT


def tally(cell: Cell) -> dict[str, Any]:
    """Judge the series of one cell; half of the steps go up and half down.

    Returns
    -------
    dict
        What the cell is, `runs`, `right` (claims in the direction of the step) and `wrong` (all other claims).
    """
    truth, numbers, found = TRUTHS[cell.truth], NUMBERS[cell.numbers], Counter[str]()
    for run in range(cell.runs):
        random = np.random.default_rng([SEED, cell.truth, cell.numbers, cell.weeks, cell.step, run])
        way = 1 if run % 2 else -1
        verdict = judged(truth, numbers, way * cell.step, cell.weeks, random)
        if verdict in CLAIMS:
            is_right = cell.step > 0 and verdict == (Verdict.IMPROVED if way > 0 else Verdict.WORSENED)
            found["right" if is_right else "wrong"] += 1
    what = {"truth": truth.name, "numbers": numbers.name, "weeks": cell.weeks, "step": cell.step}
    return what | {"runs": cell.runs, "right": found["right"], "wrong": found["wrong"]}


def named(cell: Cell) -> tuple[str, str, int, int, int]:
    """Return what tells a cell from others, as its tally does."""
    return TRUTHS[cell.truth].name, NUMBERS[cell.numbers].name, cell.weeks, cell.step, cell.runs


def tallies(
    share: float, processes: int, known: Sequence[Mapping[str, Any]] = ()
) -> Iterator[dict[str, Any]]:
    """Return the tally of every cell, in their order; of `known` tallies, counted before by the same rules, none anew."""
    told = {tuple(row[name] for name in ("truth", "numbers", "weeks", "step", "runs")): row for row in known}
    wanted = cells(share)
    with ProcessPoolExecutor(processes) as pool:
        counted = pool.map(tally, [cell for cell in wanted if named(cell) not in told])
        for cell in wanted:
            yield dict(told[named(cell)]) if named(cell) in told else next(counted)


def sample_tallies(seeds: int, measures: Mapping[str, Measure]) -> list[dict[str, Any]]:
    """Judge every planted cycle of so many samples; return one row a kind, with how often each verdict came."""
    found: dict[str, Counter[str]] = {}
    for seed in range(seeds):
        for planted in simulate(seed):
            verdict = str(judge_planted(planted, measures).verdict)
            counts = found.setdefault(planted.truth.kind, Counter())
            counts[verdict] += 1
            counts["acceptable"] += verdict in planted.truth.acceptable
    return [
        {
            "kind": kind,
            "cycles": sum(n for word, n in counts.items() if word != "acceptable"),
            "acceptable": counts["acceptable"],
            "verdicts": {word: counts[word] for word in sorted(counts) if word != "acceptable"},
        }
        for kind, counts in sorted(found.items())
    ]
