"""Many series at once, each with the chart that suits it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipelines.errors import ChartError
from pipelines.spc import chart, chart_many

DRAWS = np.random.default_rng(3)


def shares(name, share, size, points):
    trials = np.full(points, float(size))
    events = DRAWS.binomial(size, share, points).astype(float)
    return pd.DataFrame({"series": name, "x": np.arange(points), "y": events, "n": trials})


@pytest.fixture(scope="module")
def mixed():
    """Steady, restless, large and short series of shares, their rows shuffled."""
    series = [
        shares("restless", np.tile([0.2, 0.6], 12), 60, 24),
        shares("steady", 0.4, 60, 24),
        shares("large", 0.4, 2000, 24),
        shares("short", 0.4, 60, 8),
        shares("another", 0.4, 60, 30),
    ]
    return pd.concat(series, ignore_index=True).sample(frac=1, random_state=1).reset_index(drop=True)


def test_each_series_gets_its_own_kind_and_the_reason_stands_in_its_row(mixed):
    _, summaries = chart_many(mixed, kind="proportion")
    kinds = dict(zip(summaries["series"], summaries["kind"], strict=True))
    assert kinds == {"restless": "pp", "steady": "p", "large": "pp", "short": "run", "another": "p"}
    reasons = dict(zip(summaries["series"], summaries["kind_reason"], strict=True))
    assert "vary more than chance" in reasons["restless"]
    assert "1,000" in reasons["large"]
    assert "fewer than 12" in reasons["short"]


def test_series_of_several_kinds_equal_each_chart_on_its_own_and_keep_their_order(mixed):
    target = np.full(len(mixed), 0.4)
    asked = {"kind": "auto", "data_type": "proportion", "better": "up", "baseline": 12}
    points, summaries = chart_many(mixed, target=target, **asked)
    assert points["series"].unique().tolist() == mixed["series"].unique().tolist()
    assert summaries["series"].tolist() == mixed["series"].unique().tolist()
    for name, rows in mixed.groupby("series"):
        alone = chart(rows["y"], rows["n"], x=rows["x"], target=0.4, **asked)
        mine = points[points["series"] == name].drop(columns="series").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, alone.to_frame(), rtol=1e-9)
        told = summaries[summaries["series"] == name].drop(columns="series").reset_index(drop=True)
        pd.testing.assert_frame_equal(told, alone.summary(), rtol=1e-6)


def test_a_mask_told_by_row_follows_its_rows_into_each_kind(mixed):
    first = mixed["x"] < 10
    points, _ = chart_many(mixed, kind="proportion", baseline=first.to_numpy())
    assert (points["is_baseline"] == (points["x"] < 10)).all()


def test_words_have_one_type_whatever_the_kind(mixed):
    of_one, of_many = (chart_many(mixed, kind=kind)[0].dtypes for kind in ("p", "proportion"))
    assert of_one["rule"] == of_many["rule"]


def test_auto_without_a_data_type_is_refused(mixed):
    with pytest.raises(ChartError, match="data_type"):
        chart_many(mixed, kind="auto")


def test_an_unknown_kind_is_refused_with_those_there_are(mixed):
    with pytest.raises(ChartError, match="run, i"):
        chart_many(mixed, kind="pareto")
