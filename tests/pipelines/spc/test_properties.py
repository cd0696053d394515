"""What holds for every input: of every kind, alone and among many series."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipelines.errors import ChartError
from pipelines.spc import chart, chart_many

KINDS = ("run", "i", "mr", "ip", "xbar", "s", "t", "g", "c", "u", "up", "p", "pp")
WITH_N = ("u", "up", "p", "pp")
SCALED = ("run", "i", "mr", "xbar", "s")
LINES = ["centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma"]
SWAPPED = {"improvement": "concern", "concern": "improvement", "common_cause": "common_cause"}

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
FEW = settings(max_examples=10, deadline=None, suppress_health_check=QUIET)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=QUIET)

# What is drawn ----------------------------------------------------------------------------------------------------

nothing = st.just(float("nan"))
small = st.integers(-3, 3).map(float)
#: Anything finite up to 1e12: whole numbers as large, the smallest doubles there are, and what lies between.
wild = st.one_of(
    nothing,
    small,
    st.floats(-1e12, 1e12),
    st.integers(-(10**12), 10**12),
    st.sampled_from([0.0, -0.0, 1e12, -1e12, 5e-324, -5e-324, 1e-310, 2.2250738585072014e-308, 1e-12, 1.0]),
)
#: The same without what is below zero: counts, exposures and times may come in any size.
wild_count = wild.map(abs)
#: Nothing between nothing and the largest.
extremes = st.sampled_from([0.0, 1e12])
modest = st.integers(0, 60).map(float)


@st.composite
def rows(draw, value: st.SearchStrategy, n: st.SearchStrategy | None, most: int = 36) -> dict[str, Any]:
    """Draw y, n and x of one series; now and then several rows share an x."""
    k = draw(st.integers(0, most))
    y = draw(st.lists(value, min_size=k, max_size=k))
    given = {"y": y, "x": [place // draw(st.sampled_from([1, 1, 3])) for place in range(k)]}
    if n is not None:
        given["n"] = draw(st.lists(n, min_size=k, max_size=k))
    return given


@st.composite
def wild_rows(draw, kind: str) -> dict[str, Any]:
    """Draw rows of anything, with n where the kind needs it and now and then where it does not."""
    value = draw(st.sampled_from([wild, wild, wild_count, extremes, small]))
    has_n = kind in WITH_N or draw(st.booleans())
    n = draw(st.sampled_from([wild, wild_count, extremes, modest])) if has_n else None
    return draw(rows(value, n, most=24))


@st.composite
def wild_options(draw, k: int) -> dict[str, Any]:
    """Draw ways to ask about k rows."""
    mask = st.lists(st.booleans(), min_size=k, max_size=k).map(lambda one: np.array(one, dtype=bool))
    return {
        "phases": draw(st.one_of(st.just([]), st.lists(st.integers(0, 20), max_size=3))),
        "baseline": draw(st.one_of(st.none(), st.integers(0, 20), mask)),
        "excluded": draw(st.one_of(st.just([]), mask)),
        "centre_line": draw(st.one_of(st.none(), st.none(), wild.filter(lambda one: one == one))),
        "target": draw(
            st.one_of(st.none(), wild, st.lists(wild, min_size=k, max_size=k) if k else st.none())
        ),
        "screen": draw(st.booleans()),
        "rules": draw(st.sampled_from([None, "mdc", "anhoej", "anhoej-bestbox", "anhoej-cutbox", "ihi"])),
        "better": draw(st.sampled_from(["up", "down", "neither"])),
        "multiply": draw(st.sampled_from([1, 100])),
        "aggregate": draw(st.sampled_from(["mean", "median", "sum", "sd"])),
    }


def meant_for(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw rows that a kind is meant for: counts and times above zero, no more events than trials."""
    n = st.integers(60, 90).map(float) if kind in WITH_N else None
    return rows(modest.map(lambda one: one + 1) if kind == "t" else modest, n)


def frame_of(given: dict[str, Any]) -> pd.DataFrame:
    """Return the rows as one series of a frame."""
    return pd.DataFrame({"series": ["one"] * len(given["y"]), **given})


def numbers_of(table: pd.DataFrame) -> np.ndarray:
    return table.select_dtypes("number").to_numpy(dtype=float, na_value=np.nan)


# No input is too odd ----------------------------------------------------------------------------------------------


def assert_no_trouble(kind: str, given: dict[str, Any], options: dict[str, Any]) -> None:
    """Chart it alone and in a frame; a warning of numpy or statsmodels is an error here."""
    drawn = chart(**given, kind=kind, **options)
    points, summaries = chart_many(frame_of(given), kind=kind, **options)
    for table in (drawn.to_frame(), drawn.to_frame(clip=False), drawn.summary(), points, summaries):
        assert not np.isinf(numbers_of(table)).any()
    assert len(points) == len(drawn.value)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_no_finite_input_gives_trouble_or_an_infinite_line(kind, data):
    given = data.draw(wild_rows(kind))
    assert_no_trouble(kind, given, data.draw(wild_options(len(given["y"]))))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@MANY
@given(data=st.data())
def test_no_finite_input_out_of_many_more_gives_trouble_or_an_infinite_line(kind, data):
    given = data.draw(wild_rows(kind))
    assert_no_trouble(kind, given, data.draw(wild_options(len(given["y"]))))


#: Series that have broken arithmetic: nothing, one point, all missing, equal, the smallest and the largest numbers.
ODD = [
    [],
    [np.nan],
    [np.nan] * 5,
    [0.0],
    [3.0],
    [0.0, 0.0],
    [1e12],
    [5e-324, 5e-324, 0.0],
    [0.0, 1e12] * 8,
    [10**12, 0, 3] * 6,
    [1e12, -1e12] * 7,
    [np.nan, 1e12, 5e-324, 0.0, -3.0] * 4,
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("y", ODD, ids=lambda y: f"{len(y)} of {y[:5]}")
def test_nothing_one_point_missing_tiny_and_huge_values_make_a_chart_of_every_kind(kind, y):
    x = list(range(len(y)))
    assert_no_trouble(kind, {"y": y, "n": [10.0] * len(y), "x": x}, {})
    assert_no_trouble(kind, {"y": y, "n": ([0.0, 1e12, 5e-324, 7] * 5)[: len(y)], "x": x}, {})


@pytest.mark.parametrize("kind", WITH_N)
def test_a_share_or_rate_too_small_to_be_fitted_is_charted_all_the_same(kind):
    assert_no_trouble(kind, {"y": [1e-310, 0.0], "n": [1.0, 1.0], "x": [0, 1]}, {})


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pareto"},
        {"rules": "nelson"},
        {"better": "sideways"},
        {"aggregate": "mode"},
        {"phases": [-1]},
        {"phases": ["june"]},
        {"baseline": np.nan},
        {"baseline": [True, False]},
        {"baseline": [None] * 5},
        {"baseline": [7]},
        {"excluded": [5]},
        {"excluded": [0.5]},
        {"centre_line": np.nan},
        {"centre_line": "ten"},
        {"factor": np.inf},
        {"factor": -1},
        {"multiply": np.nan},
        {"multiply": -1},
        {"target": "ten"},
        {"target": [1.0, 2.0]},
        {"x": [1, 2]},
        {"n": [1.0, 2.0]},
        {"y": "ten"},
        {"y": np.ones((3, 3))},
    ],
    ids=lambda wrong: " ".join(str(wrong).split()),
)
def test_arguments_that_make_no_chart_raise_the_documented_error_and_no_other(wrong):
    with pytest.raises(ChartError):
        chart(**{"y": [1.0, 2, 3, 4, 5], "kind": "i"} | wrong)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_limits_enclose_the_centre(kind, data):
    drawn = chart(**data.draw(meant_for(kind)), kind=kind)
    known = np.isfinite(drawn.lower_limit) & np.isfinite(drawn.centre_line)
    slack = 1e-12 * np.abs(drawn.centre_line[known])
    assert (drawn.lower_limit[known] <= drawn.centre_line[known] + slack).all()
    known = np.isfinite(drawn.upper_limit) & np.isfinite(drawn.centre_line)
    slack = 1e-12 * np.abs(drawn.centre_line[known])
    assert (drawn.centre_line[known] <= drawn.upper_limit[known] + slack).all()


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_limits_at_two_sigma_lie_between_the_centre_and_those_at_three(kind, data):
    drawn = chart(**data.draw(meant_for(kind)), kind=kind)
    slack = 1e-12 * np.nan_to_num(np.abs(drawn.upper_limit))
    for inner, outer in ((drawn.upper_2sigma, drawn.upper_limit), (drawn.lower_limit, drawn.lower_2sigma)):
        known = np.isfinite(inner) & np.isfinite(outer)
        assert (inner[known] <= outer[known] + slack[known]).all()


# What does not matter, and what does ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data(), seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(kind, data, seed):
    given = data.draw(meant_for(kind))
    x = np.array(given["x"], dtype=float)
    order = np.random.default_rng(seed).permutation(len(x))
    shuffled = {name: np.array(column)[order] for name, column in given.items()}
    one = chart(**given, kind=kind, target=x, excluded=x == 5, better="up")
    two = chart(**shuffled, kind=kind, target=x[order], excluded=x[order] == 5, better="up")
    pd.testing.assert_frame_equal(one.to_frame(), two.to_frame(), rtol=1e-12)
    pd.testing.assert_frame_equal(one.summary(), two.summary(), rtol=1e-9)


@pytest.mark.parametrize("kind", ["c", "xbar", "s"])
@FEW
@given(data=st.data())
def test_a_chart_that_has_no_use_for_denominators_is_the_same_with_and_without_them(kind, data):
    given = data.draw(rows(modest, wild))
    without = {name: given[name] for name in ("y", "x")}
    pd.testing.assert_frame_equal(
        chart(**given, kind=kind).to_frame(), chart(**without, kind=kind).to_frame()
    )
    points, summaries = chart_many(frame_of(given), kind=kind)
    other_points, other_summaries = chart_many(frame_of(without), kind=kind)
    pd.testing.assert_frame_equal(points, other_points)
    pd.testing.assert_frame_equal(summaries, other_summaries)


@pytest.mark.parametrize("kind", SCALED)
@FEW
@given(data=st.data(), factor=st.sampled_from([0.5, 2.0, 1024.0]))
def test_scaling_the_values_scales_the_lines_and_nothing_else(kind, data, factor):
    given = data.draw(rows(modest, None))
    one = chart(**given, kind=kind, rules="mdc").to_frame(clip=False)
    scaled = chart(np.array(given["y"]) * factor, x=given["x"], kind=kind, rules="mdc").to_frame(clip=False)
    np.testing.assert_allclose(scaled[["value", *LINES]], one[["value", *LINES]] * factor, rtol=1e-12)
    same = ["beyond_limits", "two_of_three", "trend", "shift", "point_type", "rule"]
    pd.testing.assert_frame_equal(scaled[same], one[same])


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_multiply_scales_what_is_shown_and_changes_no_signal(kind, data):
    given = data.draw(meant_for(kind))
    one, hundred = (chart(**given, kind=kind, multiply=by) for by in (1, 100))
    for line in ("value", *LINES):
        np.testing.assert_allclose(getattr(hundred, line), 100 * getattr(one, line), rtol=1e-12)
    same = [
        "numerator",
        "denominator",
        "beyond_limits",
        "two_of_three",
        "trend",
        "shift",
        "point_type",
        "rule",
    ]
    pd.testing.assert_frame_equal(hundred.to_frame()[same], one.to_frame()[same])
    pd.testing.assert_frame_equal(hundred.summary(), one.summary(), rtol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_swapping_better_swaps_improvement_and_concern_and_nothing_else(kind, data):
    given = data.draw(meant_for(kind))
    up, down = (chart(**given, kind=kind, better=better) for better in ("up", "down"))
    one, two = up.to_frame(), down.to_frame()
    assert [SWAPPED[word] for word in one["point_type"]] == two["point_type"].tolist()
    pd.testing.assert_frame_equal(one.drop(columns="point_type"), two.drop(columns="point_type"))
    one, two = up.summary(), down.summary()
    assert [swapped(word) for word in one["variation"]] == two["variation"].tolist()
    pd.testing.assert_frame_equal(one.drop(columns="variation"), two.drop(columns="variation"))


def swapped(icon: str) -> str:
    what, _, where = icon.partition("_")
    return f"{SWAPPED[what]}_{where}" if what in SWAPPED and where in ("high", "low") else icon


@pytest.mark.parametrize("kind", ["run", "i", "xbar", "ip"])
@FEW
@given(data=st.data())
def test_turning_a_series_upside_down_turns_its_signals_upside_down(kind, data):
    given = data.draw(rows(modest, None))
    up, down = chart(**given, kind=kind), chart([-one for one in given["y"]], x=given["x"], kind=kind)
    assert up.signals.direction.tolist() == [-one for one in down.signals.direction.tolist()]


#: The spread of i' and the evenness of samples are those of the whole phase, as in the reference.
OF_THE_WHOLE_PHASE = ("ip", "xbar", "s")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OF_THE_WHOLE_PHASE])
@FEW
@given(data=st.data())
def test_points_after_the_baseline_move_none_of_its_lines(kind, data):
    given = data.draw(meant_for(kind).filter(lambda one: len(set(one["x"])) > 6))
    whole = chart(**given, kind=kind, baseline=5)
    first = [place for place, x in enumerate(given["x"]) if x in sorted(set(given["x"]))[:5]]
    alone = chart(**{name: [column[i] for i in first] for name, column in given.items()}, kind=kind)
    assume(np.isfinite(alone.value).any())
    for line in LINES:
        np.testing.assert_allclose(getattr(whole, line)[:5], getattr(alone, line), rtol=1e-9, atol=1e-12)
