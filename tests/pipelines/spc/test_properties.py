"""What holds for every input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.spc import chart

number = st.one_of(st.just(float("nan")), st.floats(-1e12, 1e12), st.integers(-3, 3).map(float))
values = st.lists(number, max_size=40)
modest = st.lists(st.integers(0, 60).map(float), min_size=2, max_size=40)
FEW = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize("kind", ["run", "i", "mr"])
@FEW
@given(y=values, screen=st.booleans())
def test_no_values_raise_or_give_an_infinite_line_and_limits_enclose_the_centre(kind, y, screen):
    drawn = chart(y, kind=kind, screen=screen)
    lines = np.array([drawn.centre_line, drawn.lower_limit, drawn.upper_limit])
    assert not np.isinf(lines).any()
    known = np.isfinite(lines).all(axis=0)
    assert (lines[1, known] <= lines[0, known]).all()
    assert (lines[0, known] <= lines[2, known]).all()
    drawn.summary()


@pytest.mark.parametrize("kind", ["p", "pp", "run", "i"])
@FEW
@given(cells=st.lists(st.tuples(number, number), max_size=30))
def test_no_numerators_and_denominators_raise_or_give_infinity(kind, cells):
    y, n = [one for one, _ in cells], [two for _, two in cells]
    frame = chart(y, n, kind=kind).to_frame()
    assert not np.isinf(frame.select_dtypes("number").to_numpy(dtype=float)).any()


@pytest.mark.parametrize("kind", ["run", "i", "mr"])
@FEW
@given(y=modest, seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(kind, y, seed):
    x = np.arange(len(y))
    order = np.random.default_rng(seed).permutation(len(y))
    one = chart(y, x=x, kind=kind, target=x.astype(float), better="up").to_frame()
    two = chart(
        np.array(y)[order], x=x[order], kind=kind, target=x[order].astype(float), better="up"
    ).to_frame()
    assert one.equals(two)


@pytest.mark.parametrize("kind", ["run", "i", "mr"])
@FEW
@given(y=modest, factor=st.sampled_from([0.5, 2.0, 1024.0]))
def test_scaling_the_values_scales_the_lines_and_nothing_else(kind, y, factor):
    one, scaled = chart(y, kind=kind), chart(np.array(y) * factor, kind=kind)
    np.testing.assert_allclose(scaled.upper_limit, one.upper_limit * factor, rtol=1e-12)
    assert scaled.point_type.tolist() == one.point_type.tolist()


@FEW
@given(y=modest)
def test_multiply_scales_what_is_shown_and_changes_no_signal(y):
    one, hundred = chart(y, kind="i"), chart(y, kind="i", multiply=100)
    np.testing.assert_allclose(hundred.lower_limit, 100 * one.lower_limit, rtol=1e-12)
    assert hundred.signals.winner.tolist() == one.signals.winner.tolist()


@pytest.mark.parametrize("kind", ["run", "i"])
@FEW
@given(y=modest)
def test_swapping_better_swaps_improvement_and_concern_and_nothing_else(kind, y):
    up, down = (chart(y, kind=kind, better=better).to_frame() for better in ("up", "down"))
    swapped = {"improvement": "concern", "concern": "improvement", "common_cause": "common_cause"}
    assert up["point_type"].map(swapped).tolist() == down["point_type"].tolist()
    assert up.drop(columns="point_type").equals(down.drop(columns="point_type"))


@FEW
@given(y=modest)
def test_turning_a_series_upside_down_turns_its_signals_upside_down(y):
    up, down = chart(y, kind="i"), chart([-v for v in y], kind="i")
    assert up.signals.direction.tolist() == (-down.signals.direction).tolist()
