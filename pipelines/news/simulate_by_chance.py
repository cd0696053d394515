"""Simulate how often a stable chart gives a new signal in so many points; prints the table kept in by_chance_table.py.

The same charts as for `spc.simulate_false_alarms`, independent and stable, drawn by the engine with lines frozen from the
first points; what is a new signal says `signals`, as for every chart of a mart. Run:
python -m pipelines.news.simulate_by_chance > pipelines/news/by_chance_table.py
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.news.signals import PRECEDENCE, signals_of
from pipelines.spc import chart_many
from pipelines.spc.simulate_false_alarms import PROCESSES
from pipelines.vocabulary import Better

SEED, SERIES = 20261122, 20_000
#: Charts drawn by one call.
AT_ONCE = 2_000
#: Families of `limits.KINDS` that a build can draw limits for.
FAMILIES = ("i", "p", "t", "g")
#: Points that set the lines, and points in which a signal is new.
BASES = (12, 16, 20, 24, 36, 52)
AFTER = (*range(1, 14), 18, 24, 36, 52)
#: Points between the lines and the first of those in which a signal is new: a run may have begun before.
BETWEEN = 6

Column = NDArray[Any]


def rates(family: str, n_base: int, series: int, seed: int) -> NDArray[np.float64]:
    """Return the share of stable charts with a new signal in the last AFTER points, shape (len(AFTER),).

    Parameters
    ----------
    family
        A key of `PROCESSES`.
    n_base
        Points that set the lines.
    series, seed
        How many charts to draw, and from which seed.
    """
    draws = np.random.default_rng([seed, n_base])
    total = n_base + BETWEEN + max(AFTER)
    new = np.zeros(len(AFTER))
    for start in range(0, series, AT_ONCE):
        for columns in _charts(family, n_base, total, min(AT_ONCE, series - start), draws):
            shown = np.array([signal.at for signal in signals_of(columns)], dtype=int)
            # Wherever in time the points lie, so many of them are alike: each chart is looked at in all such places.
            new += [_share_with_any(shown, n_base + BETWEEN, total, size) for size in AFTER]
    return new / series


def _share_with_any(shown: Column, first: int, total: int, size: int) -> float:
    """Return in how many of the stretches of `size` points from `first` on something shows, as a share."""
    begins = np.arange(first, total - size + 1)[:, None]
    return float(((shown >= begins) & (shown < begins + size)).any(axis=1).mean()) if shown.size else 0.0


def _charts(
    family: str, n_base: int, total: int, series: int, draws: np.random.Generator
) -> Iterator[dict[str, Column]]:
    """Yield the columns of chart_point of stable charts."""
    process = PROCESSES[family]
    values, denominators = process.draw(draws, series * total)
    frame = pd.DataFrame(
        {"series": np.repeat(np.arange(series), total), "x": np.tile(np.arange(total), series), "y": values}
    )
    if denominators is not None:
        frame["n"] = denominators
    points, _ = chart_many(frame, kind=process.kind, baseline=n_base, better=Better.UP)
    words = ("point_type", "rule")
    found = {
        name: points[name].to_numpy(object if name in words else None).reshape(series, total)
        for name in ("value", "centre_line", *words, *PRECEDENCE)
    }
    place = np.arange(total)
    same = {
        "phase": np.zeros(total, dtype=int),
        "is_running": np.zeros(total, dtype=bool),
        "period_end": place,
    }
    for row in range(series):
        mine = {name: column[row] for name, column in found.items()}
        flags = {str(rule): (mine[rule] != 0) & (place >= n_base) for rule in PRECEDENCE}
        if any(flag.any() for flag in flags.values()):
            yield {**mine, **flags, **same}


def _table() -> str:
    """Return the module by_chance_table.py as text."""
    parts = [_HEAD, f"BASES = {BASES}", f"AFTER = {AFTER}", "NEW = {"]
    for family in FAMILIES:
        rows = (_wrapped(rates(family, base, SERIES, SEED)) for base in BASES)
        parts.append(f'    "{family}": (\n' + "".join(f"{row}\n" for row in rows) + "    ),")
    return "\n".join([*parts, "}"]) + "\n"


_HEAD = f'''"""How often a stable chart gives a new signal, seed {SEED}: see simulate_by_chance.py.

Keyed by family of charts: a row for each of BASES, the points that set the lines, a figure for each of AFTER, the points
in which a signal is new; {SERIES:,} charts each.
"""

# fmt: off'''


def _wrapped(numbers: Iterable[float]) -> str:
    text = ", ".join(f"{one:.4f}" for one in numbers)
    filled = textwrap.fill(text, 110, initial_indent=" " * 12, subsequent_indent=" " * 12)
    return f"        (\n{filled},\n        ),"


if __name__ == "__main__":
    sys.stdout.write(_table())
