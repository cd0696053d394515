"""Trial runs of the verdict: what they know of textbooks, and that the verdict itself keeps to them."""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np
import pandas as pd
import pytest

from pipelines.charts import chart_series
from pipelines.learning import judge_cycle, when_will_we_know
from pipelines.learning.link import lag_one
from pipelines.learning.trials import Plan, _Model, changes_needed
from pipelines.vocabulary import Verdict


def test_of_an_ordinary_plan_the_trials_know_the_textbook():
    """φ 0, a year known, 120 before and 26 in Do, weighed alike: 2.80 errors are needed for the interval alone.

    The error of a difference of two means is √(1/120 + 1/26); the season costs a little, the signal hardly anything.
    """
    days = 7.0 * np.arange(146)
    plan = Plan(tuple(days[:120]), tuple(days[120:]), 7.0, 1.0, 0.0, 0.0, "moving_range", 0.0)
    needed = np.quantile(changes_needed(plan, (26,))[0], 0.8)
    textbook = 2.80 * np.sqrt(1 / 120 + 1 / 26)
    assert textbook < needed < 1.35 * textbook


def test_the_trials_widen_by_the_autocorrelation_that_the_verdict_finds():
    days = 7.0 * np.arange(40)
    plan = Plan(tuple(days[:28]), tuple(days[28:]), 7.0, 1.0, 0.0, 0.0, "moving_range", 0.0)
    model = _Model.of(plan, 12)
    made = np.random.default_rng(1).normal(size=(40, 5))
    residuals = model.maker @ made
    expected = [lag_one(column, model.maker) for column in residuals.T]
    assert model._phi(residuals, (residuals**2).sum(axis=0)) == pytest.approx(expected)


# The verdict itself, tried.

#: How far the predicted power may lie from the share of verdicts; of 200 that share is known to 0.07 either way.
MARGIN = 0.10
TRIED, PLANNED = 200, 50


def linked(rng, size, phi):
    fresh = rng.normal(size=size + 50)
    for k in range(1, size + 50):
        fresh[k] = phi * fresh[k - 1] + np.sqrt(1 - phi**2) * fresh[k]
    return fresh[50:]


def values(rng, phi, is_do, step):
    return 50 + 5 * (linked(rng, len(is_do), phi) + step * is_do), None


def counts(rng, phi, is_do, step):
    """About 30 people a week; a standard deviation of chance is 5.5 people."""
    swing = np.exp(0.25 * linked(rng, len(is_do), phi)) if phi else 1.0
    return rng.poisson(30 * swing * (1 + step * is_do * 5.5 / 30)).astype(float), None


def yes_of_asked(rng, phi, is_do, step):
    """About half of 25 to 44 people; a standard deviation of chance is 8.5 points."""
    asked = rng.integers(25, 45, len(is_do))
    log_odds = 0.5 * linked(rng, len(is_do), phi) if phi else np.zeros(len(is_do))
    share = np.clip(1 / (1 + np.exp(-log_odds)) + step * is_do * 0.085, 0.01, 0.99)
    return rng.binomial(asked, share).astype(float), asked.astype(float)


def observed(monday, numerator, denominator):
    starts = [monday + dt.timedelta(weeks=week) for week in range(len(numerator))]
    return pd.DataFrame(
        {
            "series_id": "m@p", "measure_id": "m", "prototype_id": "p", "neighbourhood_id": "n", "period": "week",
            "period_start": starts, "period_end": [day + dt.timedelta(days=6) for day in starts], "session_no": 1,
            "numerator": numerator, "denominator": np.nan if denominator is None else denominator,
            "value": numerator if denominator is None else numerator / denominator, "n_sessions": 1, "is_gap": False,
            "is_hidden": False, "hidden_reason": None,
        }
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "n_before", "phi", "n_do", "step"),
    [
        ("values", 20, 0.0, 8, 1.6),
        ("values", 20, 0.3, 12, 1.5),
        ("values", 50, 0.0, 4, 2.0),
        ("values", 50, 0.3, 12, 1.5),
        ("counts", 20, 0.0, 8, -1.6),
        ("counts", 50, 0.0, 12, 1.5),
        ("counts", 50, 0.3, 12, 3.0),
        ("shares", 50, 0.0, 8, 1.0),
        ("shares", 50, 0.3, 12, 2.0),
    ],
)
def test_the_predicted_power_is_about_the_share_of_verdicts(
    made, count, share, capsys, kind, n_before, phi, n_do, step
):
    make, measure = {
        "values": (values, made.value), "counts": (counts, count), "shares": (yes_of_asked, share),
    }[kind]  # fmt: skip
    rng = np.random.default_rng(2026)
    is_do = np.repeat([0.0, 1.0], [n_before, n_do])
    wanted = Verdict.IMPROVED if step > 0 else Verdict.WORSENED
    level = {
        "values": 50 + 5 * step,
        "counts": 30 * np.exp(0.03125 * bool(phi)) * (1 + step * 5.5 / 30),
        "shares": 0.5 + step * 0.085,
    }[kind]
    found, promised = 0, []
    for run in range(TRIED):
        rows = observed(made.monday, *make(rng, phi, is_do, step))
        plan = made.cycle(rows, n_do)
        chart = chart_series(rows, measure, [plan.do_start])
        found += judge_cycle(chart.points, plan, measure, chart.summary).verdict == wanted
        if run < PLANNED:
            before = chart.points.iloc[:n_before]
            outlook = when_will_we_know(before, measure, chart.summary, predicted=level, periods=(n_do,))
            promised.append(outlook.power[0])
    with capsys.disabled():
        sys.stdout.write(
            f"\n| {kind} | {n_before} before, {n_do} in Do | φ {phi} | {step:+g} SD | predicted {np.mean(promised):.2f} "
            f"| found {found / TRIED:.2f} |"
        )
    assert np.mean(promised) == pytest.approx(found / TRIED, abs=MARGIN)
