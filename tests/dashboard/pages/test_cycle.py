"""The Cycle page: the guess against the world, the verdict with every word, the receipt, the decision."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from dashboard import context
from dashboard.components.cycle import view as cycle_view

WORDS = ("Improved", "Worsened", "No evidence of change", "Not enough data", "Check the data")


def traces(app):
    return {
        part["name"]: part for plot in app.get("plotly_chart") for part in json.loads(plot.proto.spec)["data"]
    }


def on(day, open_page, cycle_id):
    """Open a cycle as it looks on a day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            cycle_view.CycleView, "on", property(lambda view: day, lambda view, value: None), raising=False
        )
        return open_page("full", "cycle", cycle=cycle_id)


def test_the_question_is_the_title_and_the_prediction_stands_beside_the_result(open_page):
    app, told = open_page("full", "cycle", cycle="millpond_1")
    assert "<h1>Does a shared diary shorten the wait?</h1>" in told.html
    assert {"prediction", "result", "before"} <= set(traces(app))
    assert traces(app)["result"]["x"] == [9.0]


def test_all_five_verdicts_are_shown_and_one_is_marked(open_page):
    _, told = open_page("full", "cycle", cycle="creekside_1")
    for word in WORDS:
        assert f">{word}</li>" in told.html
    assert told.html.count('aria-current="true" style=') == 1
    assert ">Worsened</h2>" in told.html


def test_the_receipt_lists_each_check_with_its_mark_and_ends_with_the_versions(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert 'aria-label="lowers our confidence"' in told.html
    assert "In figures Improved, by the rules of the verdict: 9.0 against 12.0." in told.plain
    assert "Rules mdc, version 1 · data until 22 November 2026 · data version full0001" in told.plain
    assert "records up to c0ffeec0 · seal " in told.plain


def test_the_second_opinion_is_told_as_such_and_never_as_the_verdict(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert "Second opinion A second way of looking agrees" in told.plain
    assert "It does not decide the verdict." in told.plain
    _, without = open_page("full", "cycle", cycle="brook_end_2")
    assert "None yet: it needs 12 points before and as many in Do; there are 20 and 7." in without.plain


def test_the_points_of_do_are_one_click_away(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert "Which points: 12 in Do, against 20 that set the usual range" in told.plain


def test_what_must_be_said_beside_the_verdict_is_said(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert "One place only." in told.plain


def test_a_seal_says_how_long_before_testing_it_was_made(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert "Sealed 25 August 2026, six days before testing began" in told.plain
    assert 'class="lock"' in told.html


def test_a_prediction_from_a_file_is_not_sealed(open_page):
    _, told = open_page("full", "cycle", cycle="ashfield_1")
    assert "Not sealed: read from a file" in told.plain
    assert 'class="lock"' not in told.html


def test_a_later_version_is_shown_with_its_reason_and_the_first_stays_what_is_scored(open_page):
    _, told = open_page("full", "cycle", cycle="saltmarsh_1")
    assert "The one sealed before the first test stays what is scored." in told.plain
    assert "8 in 10 sure of 20 to 30. Because: Half-term came in between." in told.plain


def test_a_cycle_without_a_prediction_cannot_be_scored(open_page):
    _, told = open_page("full", "cycle", cycle="creekside_2")
    assert "No prediction was sealed. This cycle cannot be scored." in told.plain
    assert "Check the data" in told.plain


def test_a_recorded_decision_is_a_line_with_who_why_and_what_comes_next(open_page):
    app, told = open_page("full", "cycle", cycle="millpond_1")
    assert (
        "Adopted by Millpond design group, 22 November 2026. Because: Nobody was lost between two diaries."
        in told.plain
    )
    assert "Next: Offer the diary to Saltmarsh. · the lead nurse, by 13 December 2026" in told.plain
    assert "Before that: Adapted by Millpond design group" in told.plain
    assert "Add a later decision" in [one.label for one in app.expander]


def test_what_was_learned_is_signed_and_what_was_replaced_is_not_shown(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert "One diary, fewer lost bookings. Millpond design group, 22 November 2026" in told.plain
    assert "One diary. Millpond" not in told.plain


def test_another_reading_stands_beside_the_decision_with_the_role(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert "Two staff joined that month; it may be them. practice manager, 22 November 2026" in told.plain


def test_what_a_meeting_agreed_about_the_chart_stands_beside_the_decision(open_page):
    _, told = open_page("full", "cycle", cycle="creekside_1")
    assert "Agreed at meetings" in told.plain
    assert "27 October 2026, Steering group: Is follow-up in Creekside getting slower?" in told.plain
    assert "Find the cause: the nurse, by 17 November. Done." in told.plain
    _, without = open_page("full", "cycle", cycle="saltmarsh_1")
    assert "Agreed at meetings" not in without.plain


def test_no_choice_is_made_before_the_group_decides(open_page):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    choice = next(radio for radio in app.radio if "Adopt" in radio.options)
    assert choice.options == ["Adopt", "Adapt", "Abandon", "Continue"]
    assert choice.value is None


def test_an_abandoned_cycle_looks_like_an_adopted_one(open_page):
    _, told = open_page("full", "cycle", cycle="brook_end_1")
    assert '<p class="recorded"><b>Abandoned, 5 April 2026.</b> Read from a file.</p>' in told.html


def test_after_adopt_or_adapt_the_next_cycle_is_planned_for_the_same_prototype(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert 'href="plan?prototype=millpond_pressure"' in told.html
    _, abandoned = open_page("full", "cycle", cycle="brook_end_2")
    assert "Plan the next cycle" not in abandoned.plain


def test_a_next_cycle_that_is_there_is_open(open_page):
    _, told = open_page("full", "cycle", cycle="ashfield_1")
    assert "Do more people come on market day? From 7 September 2026." in told.plain
    assert 'href="cycle?cycle=ashfield_2"' in told.html


def test_reach_quality_and_impact_stand_on_one_axis_with_the_prediction_on_the_primary_measure_alone(
    open_page,
):
    app, told = open_page("full", "cycle", cycle="millpond_1")
    assert told.titles == ["Reach", "Quality", "Impact"]
    figures = [json.loads(plot.proto.spec) for plot in app.get("plotly_chart")][1:]
    assert len({tuple(figure["layout"]["xaxis"]["range"]) for figure in figures}) == 1
    hatched = ["prediction" in [trace["name"] for trace in figure["data"]] for figure in figures]
    assert hatched == [False, True, False]
    assert told.plain.count("judged on this measure") == 1


def test_a_server_that_others_reach_shows_everything_and_takes_nothing(open_page, monkeypatch):
    monkeypatch.setattr(context, "may_write", lambda: False)
    app, told = open_page("full", "cycle", cycle="ashfield_2")
    assert told.plain.count("Nothing can be entered here") == 1
    assert not app.radio
    assert not app.text_area
    assert "Not decided yet." in told.plain


def test_a_running_cycle_says_so_and_leads_to_the_next_test(open_page):
    _, told = on(dt.date(2026, 11, 10), open_page, "ashfield_2")
    assert "Still running until 16 November 2026." in told.plain
    assert 'href="log_a_test?prototype=ashfield_pressure&amp;cycle=ashfield_2"' in told.html


def test_a_cycle_whose_testing_ended_asks_for_the_decision(open_page):
    _, told = on(dt.date(2026, 11, 20), open_page, "ashfield_2")
    assert "Testing ended on 16 November 2026. Now the group decides." in told.plain


def test_a_cycle_that_has_not_begun_has_nothing_to_learn_or_decide(open_page):
    app, told = on(dt.date(2026, 8, 1), open_page, "ashfield_2")
    assert "Not begun. Testing starts on 7 September 2026." in told.plain
    assert "There is nothing to decide before testing has begun." in told.plain
    assert not app.radio


def test_one_point_is_not_enough_data(open_page):
    _, told = open_page("one_point", "cycle", cycle="millpond_1")
    assert ">Not enough data</h2>" in told.html


def test_without_a_choice_the_cycle_that_began_last_is_shown(open_page):
    _, told = open_page("full", "cycle")
    assert "Will anyone come to the library?" in told.plain


def test_a_cycle_that_is_not_known_falls_back(open_page):
    app, told = open_page("full", "cycle", cycle="gone")
    assert "Will anyone come to the library?" in told.plain
    assert not app.exception


def test_the_page_leads_to_the_charts_of_the_prototype(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert (
        "neighbourhood?neighbourhood=millpond&amp;prototype=millpond_pressure&amp;measure=days_to_follow_up"
        in told.html
    )


@pytest.mark.parametrize(
    ("state", "words"), [("empty", "Nothing has been loaded yet"), ("broken", "The charts cannot be opened")]
)
def test_empty_and_broken_marts_are_told_without_a_trace(open_page, state, words):
    app, told = open_page(state, "cycle")
    assert words in told.plain
    assert not app.exception


def test_every_chart_of_the_same_weeks_has_its_numbers_one_tap_away_and_the_guess_its_table(open_page):
    app, told = open_page("full", "cycle", cycle="millpond_1")
    stacked = len(app.get("plotly_chart")) - 1
    assert stacked >= 1
    assert told.html.count("<summary>See the numbers</summary>") == stacked
    assert '<section class="sides">' in told.html
