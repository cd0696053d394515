"""Scoring a prediction: its own line, never an input to the verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: Share of results that a prediction's range is meant to miss: the group writes an 80 % range.
ALPHA = 0.2

#: Points of the naive prediction that a group's is compared with, and the fewest whose spread says anything.
NAIVE_POINTS = 6
FEWEST_NAIVE_POINTS = 3


@dataclass(frozen=True)
class Score:
    """How one prediction did; all in the measure's unit."""

    is_inside: bool
    error: float
    interval_score: float


@dataclass(frozen=True)
class Naive:
    """What anybody could have said: that things stay as they were. `low` and `high` are its 80 % range."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class AgainstNaive:
    """A group's interval score beside the naive one; `skill` above 0 is better than naive, None where that was 0."""

    naive_score: float
    skill: float | None


def score_prediction(value: float | None, low: float, high: float, observed: float) -> Score:
    """Score a prediction against what was observed.

    Parameters
    ----------
    value
        The guess; None: the middle of the range.
    low, high
        The 80 % range; low <= high.
    observed
        What was seen over Do.

    Returns
    -------
    Score
        Inside counts the edges. The error is observed minus predicted. The interval score is
        (high - low) + 2/α (low - y)₊ + 2/α (y - high)₊ with α = 0.2 (Gneiting & Raftery 2007, eq. 43); lower is
        better.

    Raises
    ------
    ValueError
        Where low is above high.
    """
    if low > high:
        raise ValueError(f"A range from {low} to {high} is upside down.")
    guess = (low + high) / 2 if value is None else value
    penalty = 2 / ALPHA
    score = (high - low) + penalty * max(low - observed, 0.0) + penalty * max(observed - high, 0.0)
    return Score(low <= observed <= high, observed - guess, score)


def skill(score: float, naive_score: float) -> float | None:
    """Return 1 - score / naive score: above 0 is better than the naive prediction; None where that scored 0."""
    return None if naive_score == 0 else 1 - score / naive_score


def naive_guess(before: Sequence[float]) -> float | None:
    """Return the mean of the last six values before Do, what anybody could have said; None without any."""
    last = list(before)[-NAIVE_POINTS:]
    return sum(last) / len(last) if last else None


def naive_prediction(before: Sequence[float], n_do: int = 1) -> Naive | None:
    """Predict that Do will be as the last six points before it, with an 80 % range from their spread.

    The range is m ± t(0.9; k - 1) · s · √(1/k + 1/n): m and s are the mean and standard deviation (k - 1) of the last k
    values, n the number of points that the result will be the mean of; it holds for independent normal values
    (Hahn & Meeker, Statistical Intervals, 1991, section 4.8: the mean of n further values).

    Parameters
    ----------
    before
        Values before Do in time order; missing ones left out beforehand.
    n_do
        Points of Do that the result is taken over, 1 or more.

    Returns
    -------
    Naive or None
        None below three values, whose spread says nothing.
    """
    from scipy.stats import t

    last = list(before)[-NAIVE_POINTS:]
    size = len(last)
    if size < FEWEST_NAIVE_POINTS:
        return None
    mean = sum(last) / size
    spread = math.sqrt(sum((value - mean) ** 2 for value in last) / (size - 1))
    reach = float(t.ppf(1 - ALPHA / 2, size - 1)) * spread * math.sqrt(1 / size + 1 / n_do)
    return Naive(mean, mean - reach, mean + reach)


def score_against_naive(score: Score, naive: Naive, observed: float) -> AgainstNaive:
    """Return how the naive prediction scored on the same result, and the group's skill beside it."""
    theirs = score_prediction(naive.value, naive.low, naive.high, observed).interval_score
    return AgainstNaive(theirs, skill(score.interval_score, theirs))


def direction_held(predicted: float | None, before: float | None, observed: float | None) -> bool | None:
    """Return whether the result moved the way that was predicted, both seen from the level before Do.

    None where a number is missing, or no move was predicted: then there is no direction to be right about. A result
    that did not move at all did not move that way.
    """
    if predicted is None or before is None or observed is None or predicted == before:
        return None
    return (observed - before) * (predicted - before) > 0
