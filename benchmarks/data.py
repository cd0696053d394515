"""Made-up series, the same for every contestant: one in four changes half way, so that the rules have work to do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

SEED = 20261122
#: In the unit of the values: what most series of the kind meet now and then.
TARGETS = {"xmr": 30.0, "p": 0.42}


def values(n_series: int, n_points: int) -> FloatArray:
    """Return values of shape (series, points): about 30, standard deviation 4."""
    return _random().normal(30.0, 4.0, (n_series, n_points)) + 3.0 * _changes(n_series, n_points)


def shares(n_series: int, n_points: int) -> tuple[FloatArray, FloatArray]:
    """Return events and trials of shape (series, points): about 40 % of 50 to 400."""
    random = _random()
    trials = random.integers(50, 401, (n_series, n_points))
    events = random.binomial(trials, 0.4 + 0.05 * _changes(n_series, n_points))
    return events.astype(np.float64), trials.astype(np.float64)


def _random() -> np.random.Generator:
    return np.random.default_rng(SEED)


def _changes(n_series: int, n_points: int) -> FloatArray:
    has_changed = (np.arange(n_series) % 4 == 3)[:, None] & (np.arange(n_points) >= n_points // 2)
    return has_changed.astype(np.float64)
