"""Simulate how often a stable process is called special; prints the table kept in false_alarm_table.py.

Every family of charts is tried on data of its own kind, independent and stable, through the engine itself. Run:
python -m pipelines.spc.simulate_false_alarms > pipelines/spc/false_alarm_table.py
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from pipelines.spc.fits import ClosedForm
from pipelines.spc.groups import BoolArray, FloatArray
from pipelines.spc.limits import KINDS
from pipelines.spc.plan import Options, Plan
from pipelines.spc.points import Points, points_of
from pipelines.spc.rule_sets import RULE_SETS, RuleSet
from pipelines.spc.signals import Plotted, find
from pipelines.vocabulary import Better, ChartKind

SEED, SERIES, SERIES_FROZEN = 20260101, 100_000, 50_000
#: Points drawn at a time.
CHUNK = 400_000
OWN = (*range(3, 61), 72, 84, 96, 104)
BASES = (12, 16, 20, 24, 36, 52)
AFTER = (*range(1, 14), 18, 24, 36, 52)


class Process(NamedTuple):
    """A stable process: values a point, and what draws them (values, and denominators or None)."""

    kind: ChartKind
    draw: Callable[[Generator, int], tuple[FloatArray, FloatArray | None]]
    values_a_point: int = 1


def _normal(draws: Generator, k: int) -> tuple[FloatArray, None]:
    return draws.normal(size=k), None


def _shares(draws: Generator, k: int) -> tuple[FloatArray, FloatArray]:
    trials = draws.integers(400, 601, size=k)
    return draws.binomial(trials, 0.3).astype(float), trials.astype(float)


def _times(draws: Generator, k: int) -> tuple[FloatArray, None]:
    return draws.exponential(30.0, size=k), None


def _cases_between(draws: Generator, k: int) -> tuple[FloatArray, None]:
    return draws.geometric(1 / 31, size=k).astype(float) - 1, None


#: What stands for each family of `limits.KINDS`: normal values (run, i, mr and, five a point, xbar and s), shares of
#: 400 to 600 about 30 %, exponential times, and geometric counts of mean 30.
PROCESSES: dict[str, Process] = {
    "run": Process(ChartKind.RUN, _normal),
    "i": Process(ChartKind.I, _normal),
    "mr": Process(ChartKind.MR, _normal),
    "xbar": Process(ChartKind.XBAR, _normal, 5),
    "s": Process(ChartKind.S, _normal, 5),
    "t": Process(ChartKind.T, _times),
    "g": Process(ChartKind.G, _cases_between),
    "p": Process(ChartKind.P, _shares),
}


def rates(family: str, total: int, n_base: int | None, series: int, seed: int) -> Iterator[tuple[str, float]]:
    """Yield each rule set and the share of stable charts that it calls special.

    Parameters
    ----------
    family
        A key of `PROCESSES`.
    total, n_base
        Points of a chart, and the first of them that set the lines; None: all.
    series, seed
        How many charts to draw, and from which seed.
    """
    process = PROCESSES[family]
    draws = np.random.default_rng([seed, total, n_base or 0])
    called = dict.fromkeys(RULE_SETS, 0)
    at_once = max(CHUNK // (total * process.values_a_point), 1)
    for start in range(0, series, at_once):
        points = _points(process, draws, min(at_once, series - start), total)
        plan = Plan.of(points, phases=(), baseline=n_base, excluded=(), target=None)
        for name, is_called in _called(process.kind, plan):
            called[name] += int(is_called.sum())
    for name, count in called.items():
        yield name, count / series


def _points(process: Process, draws: Generator, series: int, total: int) -> Points:
    per_point = process.values_a_point
    y, n = process.draw(draws, series * total * per_point)
    x = np.tile(np.repeat(np.arange(total), per_point), series)
    return points_of(y, n, x, "mean", np.repeat(np.arange(series), total * per_point))


def _called(kind: ChartKind, plan: Plan) -> Iterator[tuple[str, BoolArray]]:
    """Yield, per rule set, the charts it calls special: one computation of the lines serves all sets."""
    spec = KINDS[kind]
    points = plan.cut(spec, _options(kind, RULE_SETS["mdc"]))
    lines = spec.limits(points)
    centre = points.phases.spread(lines.centre)
    plotted = Plotted(points.value, points.value, centre, points.phases, points.is_ordered)
    for name, rules in RULE_SETS.items():
        signals, runs = find(plotted, lines, rules, has_runs=spec.has_runs)
        latest = signals.direction[points.phases.last] != 0
        yield name, latest | (runs.verdict & rules.reads_the_whole)


def _options(kind: ChartKind, rules: RuleSet) -> Options:
    return Options(kind, rules, Better.NEITHER, 1.0, None, 2.66, False, 0.0, ClosedForm())


def _table() -> str:
    """Return the module false_alarm_table.py as text."""
    own: dict[tuple[str, str], list[float]] = {}
    frozen: dict[tuple[str, str], list[list[float]]] = {}
    for family in PROCESSES:
        for total in OWN:
            for name, rate in rates(family, total, None, SERIES, SEED):
                own.setdefault((family, name), []).append(rate)
        for base in BASES:
            for name in RULE_SETS:
                frozen.setdefault((family, name), []).append([])
            for after in AFTER:
                for name, rate in rates(family, base + after, base, SERIES_FROZEN, SEED):
                    frozen[family, name][-1].append(rate)
    parts = [_HEAD, f"POINTS = {_wrapped(OWN)}", f"BASES = {BASES}", f"AFTER = {AFTER}", "OWN = {"]
    parts += [f"    {key}: {_wrapped(row)}," for key, row in own.items()]
    parts += ["}", "FROZEN = {"]
    parts += [
        f"    {key}: (\n" + "".join(f"    {_wrapped(row)},\n" for row in table) + "    ),"
        for key, table in frozen.items()
    ]
    return "\n".join([*parts, "}"]).replace("'", '"') + "\n"


_HEAD = f'''"""False-alarm rates of stable charts, seed {SEED}: see simulate_false_alarms.py.

Keyed by family of charts and rule set. OWN: lines from all points, one figure for each of POINTS, {SERIES:,} charts
each. FROZEN: lines from the first points, a row for each of BASES, a figure for each of AFTER, {SERIES_FROZEN:,} each.
"""

# fmt: off'''


def _wrapped(numbers: Iterable[float]) -> str:
    text = ", ".join(f"{one:.4f}" if isinstance(one, float) else str(one) for one in numbers)
    return (
        "(\n" + textwrap.fill(text, 110, initial_indent="        ", subsequent_indent="        ") + ",\n    )"
    )


if __name__ == "__main__":
    sys.stdout.write(_table())
