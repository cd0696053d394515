"""Scoring a prediction: its own line, never an input to the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Share of results that a prediction's range is meant to miss: the group writes an 80 % range.
ALPHA = 0.2

#: Points of the naive prediction that a group's is compared with.
NAIVE_POINTS = 6


@dataclass(frozen=True)
class Score:
    """How one prediction did; all in the measure's unit."""

    is_inside: bool
    error: float
    interval_score: float


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
