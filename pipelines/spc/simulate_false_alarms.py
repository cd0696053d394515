"""Simulate how often a stable process is called special; prints the table kept in false_alarm_table.py.

Values are independent and normal. With limits the chart is XmR (2.66, not screened) about the mean, without it a run
chart about the median. Run: python -m pipelines.spc.simulate_false_alarms > pipelines/spc/false_alarm_table.py
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.spc.rule_sets import RULE_SETS, RuleSet
from pipelines.spc.runs import is_signal, longest_run_max, n_crossings_min
from pipelines.vocabulary import Rule

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

SEED, SERIES, CHUNK = 20260101, 200_000, 20_000
OWN = (*range(3, 61), 72, 84, 96, 104)
BASES = (12, 16, 20, 24, 36, 52)
AFTER = (*range(1, 14), 18, 24, 36, 52)


class Lines(NamedTuple):
    """Lines of many series, shape (series, 1); sigma is nan for run charts."""

    centre: FloatArray
    sigma: FloatArray


def lines_of(base: FloatArray, *, has_limits: bool) -> Lines:
    """Return mean and mean moving range / (3 / 2.66), or median, of each row."""
    if not has_limits:
        centre = np.median(base, axis=1, keepdims=True)
        return Lines(centre, np.full(centre.shape, np.nan))
    ranges = np.abs(np.diff(base, axis=1)).mean(axis=1, keepdims=True)
    return Lines(base.mean(axis=1, keepdims=True), 2.66 / 3 * ranges)


def latest_is_called(y: FloatArray, lines: Lines, rules: RuleSet) -> BoolArray:
    """Return, per row, whether the rule set colours the last point, or finds a runs signal in the row."""
    side = np.sign(y - lines.centre).astype(np.int64)
    last = (y[:, -1:] - lines.centre) / lines.sigma
    called = np.zeros(len(y), dtype=bool)
    if Rule.BEYOND_LIMITS in rules.rules:
        called |= np.abs(last[:, 0]) > 3
    if Rule.TREND in rules.rules and y.shape[1] >= rules.trend_length:
        steps = np.sign(np.diff(y[:, -rules.trend_length :], axis=1)).sum(axis=1)
        called |= np.abs(steps) == rules.trend_length - 1
    if Rule.SHIFT in rules.rules and y.shape[1] >= rules.shift_length:
        called |= _on_one_side(side, rules)
    if Rule.TWO_OF_THREE in rules.rules and y.shape[1] >= 3:
        z = (y[:, -3:] - lines.centre) / lines.sigma
        near = (np.abs(z) > 2) & (np.abs(z) <= 3)
        called |= (np.abs(side[:, -3:].sum(axis=1)) == 3) & (near.sum(axis=1) >= 2) & near[:, -1]
    if Rule.LONG_RUN in rules.rules:
        called |= _runs_signal(side, rules.runs_method)
    return called


def _on_one_side(side: IntArray, rules: RuleSet) -> BoolArray:
    length = rules.shift_length
    if not rules.skip_centre or side.shape[1] == length:
        return np.abs(side[:, -length:].sum(axis=1)) == length
    # One point at most lies on the line (an odd count's own median): leave it out and look one further back.
    window = side[:, -length - 1 :]
    holds_zero = (window[:, 1:] == 0).any(axis=1)
    return (side[:, -1] != 0) & (
        np.abs(np.where(holds_zero, window.sum(axis=1), window[:, 1:].sum(axis=1))) == length
    )


def _runs_signal(side: IntArray, method: str) -> BoolArray:
    """Return whether runs signal, from ten useful points; points on the line are left out."""
    before, run, longest, crossings, useful = (np.zeros(len(side), dtype=np.int64) for _ in range(5))
    for column in side.T:
        off = column != 0
        same = off & (column == before)
        crossings += off & ~same & (before != 0)
        run = np.where(off, np.where(same, run + 1, 1), run)
        longest = np.maximum(longest, run)
        useful += off
        before = np.where(off, column, before)
    signal = np.zeros(len(side), dtype=bool)
    for n in np.unique(useful[useful >= 10]):
        rows = useful == n
        signal[rows] = _signals(int(n), crossings[rows], longest[rows], method)
    return signal


def _signals(n: int, crossings: IntArray, longest: IntArray, method: str) -> BoolArray:
    if method == "anhoej" or n > 100:
        return (longest > longest_run_max(n)) | (crossings < n_crossings_min(n))
    table = np.array([[is_signal(n, c, length, method) for length in range(n + 1)] for c in range(n)])
    return table[crossings, longest]


Key = tuple[str, bool]


def rates(
    n_base: int | None, totals: Iterable[int], series: int, seed: int
) -> Iterator[tuple[Key, int, float]]:
    """Yield the share of series called, per rule set, limits or not, and total of points.

    Parameters
    ----------
    n_base
        First points that set the lines; None: all of them.
    totals
        Numbers of points at which to look.
    series, seed
        How many series to draw, and from which seed.
    """
    totals = list(totals)
    called: dict[tuple[Key, int], int] = {}
    draws = np.random.default_rng(seed)
    for start in range(0, series, CHUNK):
        rows = min(CHUNK, series - start)
        y = draws.normal(size=(rows, max(totals)))
        for has_limits in (True, False):
            for total in totals:
                lines = lines_of(y[:, : n_base or total], has_limits=has_limits)
                for rules in RULE_SETS.values():
                    found = latest_is_called(y[:, :total], lines, rules)
                    place = ((rules.name, has_limits), total)
                    called[place] = called.get(place, 0) + int(found.sum())
    for (key, total), count in called.items():
        yield key, total, count / series


def _table() -> str:
    """Return the module false_alarm_table.py as text."""
    own: dict[Key, list[float]] = {}
    for n in OWN:
        for key, _, rate in rates(None, [n], SERIES, SEED + n):
            own.setdefault(key, []).append(rate)
    frozen: dict[Key, list[list[float]]] = {}
    for base in BASES:
        rows: dict[Key, list[float]] = {}
        for key, _, rate in rates(base, [base + m for m in AFTER], SERIES, SEED + 1000 + base):
            rows.setdefault(key, []).append(rate)
        for key, row in rows.items():
            frozen.setdefault(key, []).append(row)
    head = f'"""False-alarm rates from {SERIES:,} stable normal series each, seed {SEED}: see simulate_false_alarms.py.\n\n'
    head += "Keyed by rule set and whether the chart has limits. OWN: lines from all points, one figure for each of POINTS.\n"
    head += 'FROZEN: lines from the first points, a row for each of BASES, a figure for each of AFTER.\n"""\n\n# fmt: off\n'
    parts = [f"POINTS = {_wrapped(OWN)}", f"BASES = {BASES}", f"AFTER = {AFTER}", "OWN = {"]
    parts += [f"    {key}: {_wrapped(row)}," for key, row in own.items()]
    parts += ["}", "FROZEN = {"]
    parts += [
        f"    {key}: (\n" + "".join(f"    {_wrapped(row)},\n" for row in table) + "    ),"
        for key, table in frozen.items()
    ]
    return head + "\n".join([*parts, "}"]).replace("'", '"') + "\n"


def _wrapped(numbers: Iterable[float]) -> str:
    text = ", ".join(f"{one:.4f}" if isinstance(one, float) else str(one) for one in numbers)
    return (
        "(\n" + textwrap.fill(text, 110, initial_indent="        ", subsequent_indent="        ") + ",\n    )"
    )


if __name__ == "__main__":
    sys.stdout.write(_table())
