"""Arithmetic of groups that lie end to end, against a loop over them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.spc.groups import Groups, quotient

cells = st.one_of(st.just(float("nan")), st.integers(-5, 5).map(float), st.floats(-1e6, 1e6))
grouped = st.lists(st.lists(cells, max_size=9), min_size=1, max_size=8)


def flat(parts):
    return Groups(np.array([len(part) for part in parts])), np.array([one for part in parts for one in part])


@settings(max_examples=80, deadline=None)
@given(grouped)
def test_sums_means_medians_and_extremes_are_those_of_each_group_on_its_own(parts):
    groups, values = flat(parts)
    known = np.isfinite(values)
    each = [np.array([one for one in part if np.isfinite(one)]) for part in parts]
    np.testing.assert_allclose(groups.sum(values, known), [one.sum() for one in each], atol=1e-6)
    np.testing.assert_allclose(
        groups.mean(values, known), [one.mean() if one.size else np.nan for one in each], rtol=1e-9, atol=1e-6
    )
    np.testing.assert_array_equal(
        groups.median(values), [np.median(one) if one.size else np.nan for one in each]
    )
    np.testing.assert_array_equal(groups.largest(values, -1), [one.max() if one.size else -1 for one in each])
    np.testing.assert_array_equal(groups.smallest(values, 7), [one.min() if one.size else 7 for one in each])
    assert groups.count(known).tolist() == [one.size for one in each]


@settings(max_examples=80, deadline=None)
@given(grouped)
def test_steps_and_the_entry_before_do_not_cross_from_one_group_to_the_next(parts):
    groups, values = flat(parts)
    before = [one for part in parts for one in ([np.nan, *part[:-1]] if part else [])]
    np.testing.assert_array_equal(groups.before(values), before)
    np.testing.assert_array_equal(groups.steps(values), values - np.array(before))


@settings(max_examples=80, deadline=None)
@given(grouped)
def test_sorting_keeps_every_value_in_its_group_missing_ones_last(parts):
    groups, values = flat(parts)
    ordered, known = groups.ordered(values)
    for start, size, number, part in zip(groups.start, groups.size, known, parts, strict=True):
        mine = ordered[start : start + size]
        assert mine[:number].tolist() == sorted(one for one in part if np.isfinite(one))
        assert np.isnan(mine[number:]).all()


def test_groups_begin_where_they_are_told_and_the_first_entry_always_begins_one():
    assert Groups.beginning(np.array([False, False, True, False])).size.tolist() == [2, 2]
    assert Groups.beginning(np.zeros(0, dtype=bool)).size.sum() == 0


def test_finer_groups_are_counted_in_coarser_ones():
    assert Groups(np.array([5, 3])).count_of(Groups(np.array([2, 3, 1, 1, 1]))).tolist() == [2, 3]


def test_dividing_by_nothing_gives_nan_without_a_warning():
    assert quotient(np.array([1.0, 2]), np.array([0.0, 4])).tolist() == pytest.approx(
        [np.nan, 0.5], nan_ok=True
    )
