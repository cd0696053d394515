"""How often the verdict errs: plain series of known truth, charted and judged as a build does.

About a year of weekly points before Do and 12 to 26 in it; single values, counts of people, and shares of 25 to 44
people. Prints a row of the table of rates a truth.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from pipelines.charts import chart_series
from pipelines.learning import judge_cycle
from pipelines.vocabulary import DataType, Verdict

pytestmark = pytest.mark.slow

#: Series of each kind where nothing changed, and where much did.
UNCHANGED, CHANGED = 280, 100
CLAIMS = (Verdict.IMPROVED, Verdict.WORSENED)


class Truth(NamedTuple):
    """`phi` links neighbours, `season` is an amplitude and `step` the change at Do, both in standard deviations."""

    phi: float = 0.0
    season: float = 0.0
    step: float = 0.0


def linked(rng, size, phi):
    """Return standard normal noise in which each value keeps phi of the one before (an AR(1) process)."""
    fresh = rng.normal(size=size + 50)
    for k in range(1, size + 50):
        fresh[k] = phi * fresh[k - 1] + np.sqrt(1 - phi**2) * fresh[k]
    return fresh[50:]


def values(rng, truth, course):
    return 50 + 5 * (linked(rng, len(course), truth.phi) + course), None


def counts(rng, truth, course):
    """About 30 people a week; chance alone is Poisson, one standard deviation of which is 0.18 in the log."""
    log_mean = np.log(30) + 0.18 * course
    if truth.phi:
        log_mean += 0.25 * linked(rng, len(course), truth.phi)
    return rng.poisson(np.exp(log_mean)).astype(float), None


def shares(rng, truth, course):
    """About half of 25 to 44 people; one standard deviation of chance is 0.35 in the log odds."""
    asked = rng.integers(25, 45, len(course))
    log_odds = 0.35 * course
    if truth.phi:
        log_odds += 0.5 * linked(rng, len(course), truth.phi)
    return rng.binomial(asked, 1 / (1 + np.exp(-log_odds))).astype(float), asked.astype(float)


def observed(made, numerator, denominator):
    size = len(numerator)
    starts = [made.monday + dt.timedelta(weeks=week) for week in range(size)]
    return pd.DataFrame(
        {
            "series_id": "m@p", "measure_id": "m", "prototype_id": "p", "neighbourhood_id": "n", "period": "week",
            "period_start": starts, "period_end": [day + dt.timedelta(days=6) for day in starts], "session_no": 1,
            "numerator": numerator, "denominator": np.nan if denominator is None else denominator,
            "value": numerator if denominator is None else numerator / denominator, "n_sessions": 1, "is_gap": False,
            "is_hidden": False, "hidden_reason": None,
        }
    )  # fmt: skip


@pytest.fixture
def rates(made, count, share):
    """Return the share of each verdict by kind of series, for one truth."""
    kinds = {
        "values": (values, made.value),
        "counts": (counts, count),
        "shares": (shares, dataclasses.replace(share, kind=DataType.PROPORTION)),
    }

    def one(rng, truth, make, measure):
        before, during = int(rng.integers(52, 57)) if truth.season else 50, int(rng.integers(12, 27))
        week = np.arange(before + during)
        course = truth.season * np.sin(2 * np.pi * (week / 52.18 + rng.random())) + truth.step * (
            week >= before
        )
        rows = observed(made, *make(rng, truth, course))
        plan = made.cycle(rows, during)
        chart = chart_series(rows, measure, [plan.do_start])
        return judge_cycle(chart.points, plan, measure, chart.summary).verdict

    def rates(truth, seed):
        rng, each = np.random.default_rng(seed), CHANGED if truth.step else UNCHANGED
        found = {name: Counter(one(rng, truth, *kind) for _ in range(each)) for name, kind in kinds.items()}
        return {
            name: {word: hits / each for word, hits in verdicts.items()} for name, verdicts in found.items()
        }

    return rates


def claims(verdicts):
    return {name: sum(shares.get(word, 0.0) for word in CLAIMS) for name, shares in verdicts.items()}


@pytest.mark.parametrize(
    ("name", "truth", "most"),
    [
        ("pure chance", Truth(), 0.04),
        ("autocorrelated chance, phi .3", Truth(phi=0.3), 0.08),
        ("season alone, a year of history", Truth(season=1.0), 0.05),
    ],
)
def test_where_nothing_changed_a_change_is_seldom_claimed(rates, capsys, name, truth, most):
    claimed = claims(rates(truth, seed=2026))
    told(capsys, name, claimed)
    assert np.mean(list(claimed.values())) <= most
    # A single kind of 280 series may stray by two standard errors from the most that is allowed.
    assert max(claimed.values()) <= most + 2 * np.sqrt(most * (1 - most) / UNCHANGED)


@pytest.mark.parametrize("step", [2.0, -2.0])
def test_a_large_change_is_found_and_in_its_direction(rates, capsys, step):
    verdicts = rates(Truth(step=step), seed=2027)
    right, wrong = CLAIMS if step > 0 else CLAIMS[::-1]
    found = {name: shares.get(right, 0.0) for name, shares in verdicts.items()}
    told(capsys, f"change of {step:+g} standard deviations", found)
    assert min(found.values()) >= 0.90
    assert all(wrong not in shares for shares in verdicts.values())


def told(capsys, name, by_kind):
    cells = " | ".join(f"{kind} {100 * rate:.1f} %" for kind, rate in by_kind.items())
    with capsys.disabled():
        sys.stdout.write(f"\n| {name} | {cells} | all {100 * np.mean(list(by_kind.values())):.1f} % |")
