"""Best box and cut box keep what they promise."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from pipelines.spc.boxes import SPECIFICITY, _cells, box


def share_inside(n, method, share_above):
    cells = _cells(share_above, n)
    allowed = box(n, method).longest_allowed
    return sum(
        cells[: min(longest, 20) + 1, crossings].sum() for crossings, longest in enumerate(allowed) if longest
    )


@pytest.mark.parametrize("n", [10, 15, 24, 50, 99, 100])
@pytest.mark.parametrize("method", ["bestbox", "cutbox"])
def test_a_stable_series_stays_inside_at_least_92_5_per_cent_of_the_time(n, method):
    assert share_inside(n, method, 0.5) >= SPECIFICITY


@pytest.mark.parametrize("n", range(10, 101, 9))
def test_a_cut_box_finds_a_shift_at_least_as_often_as_the_best_box(n):
    shifted = NormalDist().cdf(0.8)
    assert share_inside(n, "cutbox", shifted) <= share_inside(n, "bestbox", shifted) + 1e-12


def test_a_box_is_a_signal_outside_only():
    best = box(11, "bestbox")
    assert best.is_signal(2, 1)
    assert not best.is_signal(3, 7)
    assert best.is_signal(3, 8)
    assert box(11, "cutbox").is_signal(3, 7)
    assert np.array(best.longest_allowed).shape == (11,)
