"""Words around the charts: key, table, icons, notes at the title."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.components.chart_card import notes_on, sentence_html
from dashboard.components.cycle.verdict import words_shown
from dashboard.components.data_table import points_table, when_text
from dashboard.components.state_words import states_html
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import LIGHT

SHARE = NumberStyle.of("proportion")

ROW = {
    "series_id": "a@b", "period_start": pd.Timestamp("2026-06-01"), "period_end": pd.Timestamp("2026-06-07"), "value": 0.5,
    "numerator": 30.0, "denominator": 60.0, "n_sessions": 1, "is_hidden": False, "hidden_reason": None, "centre_line": 0.45,
    "lower_limit": -0.1, "upper_limit": 0.9, "rule": "shift",
}  # fmt: skip

SUMMARY = {
    "kind": "i", "n_crossings": 3, "n_crossings_min": 6, "from_rounded": False, "period": "week", "period_declared": "week",
    "period_reason": None, "is_hidden": False, "variation": "common_cause", "n_points": 30, "assurance": "empty", "target": None,
    "why_no_limits": None, "sentence_short": "55%; usually 40 to 60%.",
}  # fmt: skip


def test_the_table_gives_value_counts_range_and_rule():
    told = points_table(pd.DataFrame([ROW]), SHARE, "week", "caption")
    for cell in ("1 Jun 2026", "50%", "30 of 60", "45%", "0 to 90%", "long run on one side"):
        assert cell in told


def test_a_hidden_row_of_the_table_holds_its_reason_and_no_number():
    rows = pd.DataFrame([ROW | {"is_hidden": True, "hidden_reason": "held"}])
    told = points_table(rows, SHARE, "week", "caption")
    assert "held back" in told
    for number in ("50%", "30 of 60", "45%", "90%"):
        assert number not in told


def test_a_gap_in_the_table_says_why():
    gap = ROW | {"value": float("nan"), "denominator": float("nan"), "n_sessions": 0}
    assert "no test" in points_table(pd.DataFrame([gap]), SHARE, "week", "caption")


@pytest.mark.parametrize(
    ("period", "words"), [("week", "1 Jun 2026"), ("month", "Jun 2026"), ("4-week", "1 Jun to 28 Jun 2026")]
)
def test_the_time_of_a_point_is_written_by_its_period(period, words):
    assert when_text(pd.Timestamp("2026-06-01"), pd.Timestamp("2026-06-28"), period) == words


def test_few_crossings_are_said_at_the_title_of_a_run_chart_only():
    assert notes_on(SUMMARY) == []
    run_chart = SUMMARY | {"kind": "run", "why_no_limits": "run_chart"}
    assert notes_on(run_chart) == ["crosses its median 3 times; chance gives 6 or more"]


def test_rounding_and_wider_periods_are_said_at_the_title():
    coarser = SUMMARY | {
        "from_rounded": True,
        "period": "4-week",
        "period_reason": "four weeks together: small numbers",
    }
    assert notes_on(coarser) == ["from rounded figures", "four weeks together: small numbers"]


def test_the_first_statement_of_a_sentence_is_bold():
    assert (
        sentence_html({"sentence": "Reach is better. 69 is above 62."})
        == '<p class="sentence"><b>Reach is better.</b> 69 is above 62.</p>'
    )
    assert (
        sentence_html({"sentence": "Nothing unusual: <34>."})
        == '<p class="sentence">Nothing unusual: &lt;34&gt;.</p>'
    )


def test_icons_stand_beside_their_words_and_are_silent_themselves():
    told = states_html(
        SUMMARY | {"variation": "concern_low", "assurance": "fail", "target": 0.6}, SHARE, LIGHT
    )
    assert told.count('alt=""') == 2
    for words in ("Concern", "55%; usually 40 to 60%", "Will miss the target", "target 60%"):
        assert words in told


def test_a_chart_without_an_icon_gives_the_reason():
    told = states_html(SUMMARY | {"variation": "none", "why_no_limits": "sparse"}, SHARE, LIGHT)
    assert "the counts are too small" in told
    assert "<img" not in told


def test_a_measure_without_a_better_direction_never_improves():
    assert words_shown("neither")[0].value == "changed"
    assert [word.value for word in words_shown("up")][:2] == ["improved", "worsened"]
