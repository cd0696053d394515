"""A year is doubted by its neighbours, and only where rows follow one another in time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.written.doubtful_years import doubt_years
from pipelines.sources.written.stamps import NAT

WEEKLY = np.arange(20_000, 20_000 + 7 * 40, 7)


@pytest.mark.parametrize("place", [0, 1, 20, 38])
def test_a_row_a_year_off_among_weekly_rows_is_doubted(place):
    days = WEEKLY.copy()
    days[place] += 365 if place == 0 else -365
    assert list(doubt_years(days)) == [place]


def test_a_pause_of_a_year_is_no_doubt():
    assert doubt_years(np.concatenate([WEEKLY, WEEKLY + 700])) == {}


def test_rows_without_a_day_are_passed_over():
    days = np.insert(WEEKLY, 11, [NAT, NAT])
    days[20] -= 365
    assert list(doubt_years(days)) == [20]


@given(st.integers(0, 2**32 - 1))
def test_rows_in_no_order_are_never_doubted(seed):
    """A register of people by name, say, over five years: neighbours tell nothing there."""
    days = np.random.default_rng(seed).integers(18_000, 20_000, 3_000)
    assert doubt_years(days) == {}
