"""Every case of the oracle once more through `chart_many`, many in one frame: the same as one by one through `chart`."""

from __future__ import annotations

import pytest

from tests.oracle.agreement import charts_of
from tests.oracle.golden import CHARTS, MADE_UP
from tests.oracle.many import bundles, differences


@pytest.mark.parametrize("chart", CHARTS)
def test_every_case_on_made_up_data_is_the_same_in_a_frame_of_many(chart):
    frames = list(bundles(charts_of(MADE_UP, chart)))
    assert [what for bundle in frames for what in differences(bundle)] == []
    assert max(len(bundle.charts) for bundle in frames) >= 5


@pytest.mark.parametrize("chart", CHARTS)
def test_every_case_on_other_peoples_data_is_the_same_in_a_frame_of_many(beside, chart):
    frames = list(bundles(charts_of(beside, chart)))
    assert frames
    assert [what for bundle in frames for what in differences(bundle)] == []
