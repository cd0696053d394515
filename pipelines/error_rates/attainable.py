"""How many large changes any rule could find: a bound for each truth, against which the verdict is held.

For normal values. A rule claims a change upwards in at most half of the allowed share of series where nothing changed
(the other half being downwards). Of all such rules that give the same answer in any unit and at any level, the one of
Neyman and Pearson finds most changes of a known number of SD; where several truths must be allowed for at once, since
nobody says which one it is, the best finds at most

    min over λ ≥ 0 of  Σ λᵢ αᵢ/2 + E₁[(1 - Σ λᵢ fᵢ/f₁)₊]

with fᵢ the density under truth i without a change, αᵢ its allowed share, and f₁ and E₁ those with the change
(Lagrangian duality; Lehmann & Romano, Testing Statistical Hypotheses, 3.6). Any λ gives a bound, so that one found on
one set of series and valued on another stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from pipelines.error_rates.numbers import FloatArray
from pipelines.error_rates.trials import WEEKS_A_YEAR
from pipelines.error_rates.truths import LENGTHS, TRUTHS, Truth

#: First number of every seed, series a bound, places of a season in the year, and the size of the change in SD.
SEED, SERIES, PHASES, STEP = 20261123, 4000, 24, 2.0


def attainable(truth: Truth, weeks: int, against: Sequence[Truth], series: int = SERIES) -> float:
    """Return a bound on the share of changes of 2 SD found, 0 to 1.

    Parameters
    ----------
    truth
        What the changes lie in.
    weeks
        Weeks of Do.
    against
        Truths of the same history under which false claims stay within their limits; `truth` alone is what a rule
        could do that is told which it is.
    series
        Series to find the weights with, and as many to value them.
    """
    random = np.random.default_rng([SEED, TRUTHS.index(truth), weeks, len(against)])
    limits = np.array([one.most or 1.0 for one in against]) / 2
    ratios = [_ratios(truth, weeks, against, series, random) for _ in range(2)]
    weight = _weights(ratios[0], limits)
    return float(weight @ limits + np.maximum(1 - ratios[1] @ weight, 0).mean())


def bounds() -> list[dict[str, Any]]:
    """Return a row a truth and length of Do with `most`, against all truths of the same history.

    Weeks without anybody have none, since their numbers are not normal.
    """
    truths = [one for one in TRUTHS if not one.zeros]
    return [
        {"truth": truth.name, "weeks": weeks, "most": round(min(attainable(truth, weeks, alike), 1.0), 4)}
        for truth in truths
        for alike in ([one for one in truths if one.history == truth.history],)
        for weeks in LENGTHS
    ]


def _ratios(truth: Truth, weeks: int, against: Sequence[Truth], series: int, random: Generator) -> FloatArray:
    """Draw series with the change; return the density of each without it over that with it, shape (series, truths)."""
    values = _drawn(truth, weeks, series, random)
    changed = _log_density(values, truth, weeks, STEP)
    logs = [_log_density(values, one, weeks, 0.0) - changed for one in against]
    return np.asarray(np.exp(np.minimum(logs, 60.0)).T, dtype=float)


def _drawn(truth: Truth, weeks: int, series: int, random: Generator) -> FloatArray:
    courses = _courses(truth, weeks, STEP)
    root = np.linalg.cholesky(_covariance(truth, weeks))
    noise = random.normal(size=(series, len(root))) @ root.T
    return np.asarray(courses[random.integers(len(courses), size=series)] + noise, dtype=float)


def _covariance(truth: Truth, weeks: int) -> FloatArray:
    place = np.arange(truth.history + weeks)
    return np.asarray(truth.phi ** np.abs(place[:, None] - place), dtype=float)


def _courses(truth: Truth, weeks: int, step: float) -> FloatArray:
    """Return every course of the level that is equally likely, shape (courses, history + weeks)."""
    week = np.arange(truth.history + weeks)
    level = step * (week >= truth.history)
    if truth.season:
        start = np.arange(PHASES)[:, None] / PHASES
        return np.asarray(level + truth.season * np.sin(2 * np.pi * (week / WEEKS_A_YEAR + start)))
    if truth.spike:
        odd = np.eye(len(week))[truth.history :]
        return np.asarray(level + truth.spike * np.concatenate([odd, -odd]))
    slopes = np.array([[1.0], [-1.0]]) if truth.trend else np.zeros((1, 1))
    return np.asarray(level + slopes * truth.trend * week / WEEKS_A_YEAR)


def _log_density(values: FloatArray, truth: Truth, weeks: int, step: float) -> FloatArray:
    """Return the log density of all but level and unit, which are integrated out, but for a constant; shape (series,).

    With Q the form that leaves the level out, and the values scaled so that their own Q is 1, the unit s leaves
    ∫ s^(k-2) exp(-s²/2 + βs) ds, β being what course and values have in common.
    """
    inverse = np.linalg.inv(_covariance(truth, weeks))
    sums = inverse.sum(axis=0)
    form = inverse - np.outer(sums, sums) / sums.sum()
    courses = _courses(truth, weeks, step)
    size = ((values @ form) * values).sum(axis=1)
    shared = values @ (form @ courses.T) / np.sqrt(size)[:, None]
    logs = _over_units(shared, len(form)) - ((courses @ form) * courses).sum(axis=1) / 2
    largest = logs.max(axis=1)
    mixed = (
        largest + np.log(np.exp(logs - largest[:, None]).mean(axis=1)) - (len(form) - 1) / 2 * np.log(size)
    )
    return np.asarray(mixed + (np.linalg.slogdet(inverse)[1] - np.log(sums.sum())) / 2, dtype=float)


def _over_units(shared: FloatArray, points: int) -> FloatArray:
    """Return log ∫ s^(points-2) exp(-s²/2 + βs) ds for every β, read off 400 of them."""
    known = np.linspace(shared.min(), shared.max() + 1e-9, 400)
    s = np.linspace(1e-3, 3 * np.sqrt(points) + max(known[-1], 0.0), 4000)
    logs = (points - 2) * np.log(s) - s**2 / 2 + known[:, None] * s
    largest = logs.max(axis=1)
    whole = largest + np.log(np.exp(logs - largest[:, None]).sum(axis=1) * (s[1] - s[0]))
    return np.asarray(np.interp(shared, known, whole), dtype=float)


def _weights(ratios: FloatArray, limits: FloatArray) -> FloatArray:
    """Return weights near the best: the bound is convex in them, so a descent from any start finds them."""
    from scipy.optimize import minimize

    def value(log_weight: FloatArray) -> tuple[float, FloatArray]:
        weight = np.exp(log_weight)
        left = 1 - ratios @ weight
        slope = limits - (ratios * (left > 0)[:, None]).mean(axis=0)
        return float(weight @ limits + np.maximum(left, 0).mean()), slope * weight

    starts = (np.full(len(limits), start) for start in (-3.0, 0.0, 2.0))
    found = [
        minimize(value, start, jac=True, method="L-BFGS-B", bounds=[(-20, 8)] * len(limits))
        for start in starts
    ]
    return np.asarray(np.exp(min(found, key=lambda one: one.fun).x), dtype=float)
