"""Published figures: dots with intervals for the borough, lines for London and England, never limits."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.figures.locality import locality_figure, period_text
from dashboard.theme import LIGHT


@pytest.fixture
def rows():
    return pd.DataFrame(
        [
            {"area_code": code, "area_name": name, "period_start": pd.Timestamp(year, 1, 1),
             "period_end": pd.Timestamp(year + 2, 12, 31),
             "value": level + year - 2020, "lower_95": level + year - 2020 - half, "upper_95": level + year - 2020 + half}
            for code, name, level, half in (("E09000002", "Borough", 59.0, 4.5), ("E92000001", "England", 62.0, 0.2))
            for year in (2020, 2021, 2022)
        ]
    )  # fmt: skip


def test_the_borough_is_dots_with_intervals_and_no_line(rows):
    lead = locality_figure(rows, ["E09000002", "E92000001"], LIGHT).data[-1]
    assert (lead.name, lead.mode, list(lead.y)) == ("Borough", "markers", [59.0, 60.0, 61.0])
    assert list(lead.error_y.array) == pytest.approx([4.5] * 3)
    assert list(lead.error_y.arrayminus) == pytest.approx([4.5] * 3)


def test_england_is_a_line_with_a_band_behind_it(rows):
    named = {trace.name: trace for trace in locality_figure(rows, ["E09000002", "E92000001"], LIGHT).data}
    assert named["England"].mode == "lines"
    assert named["England interval"].fill == "toself"


def test_nothing_is_coloured_as_a_signal_and_nothing_is_called_a_limit(rows):
    told = locality_figure(rows, ["E09000002", "E92000001"], LIGHT).to_json()
    assert not any(colour in told for colour in (LIGHT.improvement, LIGHT.concern, LIGHT.neutral))
    assert "limit" not in told


def test_a_figure_without_an_interval_is_drawn_without_one(rows):
    rows.loc[0, ["lower_95", "upper_95"]] = float("nan")
    lead = locality_figure(rows, ["E09000002", "E92000001"], LIGHT).data[-1]
    assert lead.error_y.array[0] is None
    assert "interval" not in lead.customdata[0]


def test_a_period_is_named_by_its_years():
    assert period_text("2021-01-01", "2023-12-31") == "2021 to 2023"
    assert period_text("2021-01-01", "2021-12-31") == "2021"


def test_bands_lie_below_every_line(rows):
    names = [trace.name for trace in locality_figure(rows, ["E09000002", "E92000001"], LIGHT).data]
    assert names == ["England interval", "England", "Borough"]


def test_charts_side_by_side_can_share_their_value_axis(rows):
    low = rows.assign(
        value=rows["value"] - 20, lower_95=rows["lower_95"] - 20, upper_95=rows["upper_95"] - 20
    )
    both = pd.concat([rows, low])
    ranges = {
        locality_figure(part, ["E09000002"], LIGHT, scale=both).layout.yaxis.range for part in (rows, low)
    }
    assert len(ranges) == 1
