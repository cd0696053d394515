"""Hypertension in every state: three sentences first, then what they rest on; and never a page without words."""

from __future__ import annotations

import re

import duckdb
import pytest

from dashboard import context
from pipelines.mart import current
from tests.dashboard.marts import write_marts

PARTS = (
    "Where are people lost?",
    "Is it getting better?",
    "Who is not reached?",
    "What changed",
    "Across places",
    "Not fooled",
)


def test_the_three_sentences_stand_above_everything_else(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    assert "<h1>Hypertension in Ashfield</h1>" in told.html
    at = [
        told.html.index(words)
        for words in (
            '<section class="three">',
            "The biggest loss is before confirmation",
            "No evidence of change",
            "Ask who calls back",
            '<section class="steps">',
        )
    ]
    assert at == sorted(at)


def test_every_question_of_a_health_lead_has_its_part(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    for words in (
        *PARTS,
        "The gap between best and least served",
        "Who helps?",
        "Beware false comfort",
        "Balance",
    ):
        assert words in told.plain
    assert "134 overdue, or found in range: the biggest loss 40 more not yet due May to July" in told.plain
    assert "never compares a person's first and second reading" in told.plain


def test_the_chart_is_that_of_the_largest_loss_unless_another_is_asked_for(open_page):
    app, told = open_page("full", "hypertension", neighbourhood="ashfield")
    assert told.titles == ["Quality"]
    assert app.selectbox(key="choice_series").value == "back_in_28_days@ashfield_pressure"
    _, told = open_page(
        "full", "hypertension", neighbourhood="ashfield", series="people_reached@ashfield_pressure"
    )
    assert told.titles == ["Reach"]


def test_every_other_chart_has_a_line_that_leads_to_it_with_what_chance_alone_would_give(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    assert "Chance alone would give" in told.plain
    to = "neighbourhood?neighbourhood=ashfield&amp;prototype=ashfield_pressure&amp;measure=people_reached"
    assert f'href="{to}"' in told.html
    assert "Walk and talk" not in told.plain


@pytest.mark.parametrize(
    ("question", "label", "fewer"),
    [("reach", "Measured, of people eligible", "fewer reached"), ("quality", "Confirmed within 28 days", "fewer confirmed"),
     ("impact", "To target, of people on the register", "fewer to target")],
)  # fmt: skip
def test_groups_are_looked_at_by_reach_quality_and_impact_and_the_address_keeps_which(
    open_page, question, label, fewer
):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield", who=question)
    assert label in told.plain
    assert fewer in told.plain


def test_the_neighbourhood_is_kept_in_the_address_and_places_are_never_ranked(open_page):
    app, _ = open_page("full", "hypertension", neighbourhood="creekside")
    chosen = app.selectbox(key="choice_neighbourhood")
    assert chosen.value == "creekside"
    west_to_east = ["Ashfield", "Brook End", "Creekside", "Long Meadow", "Millpond", "Saltmarsh"]
    assert chosen.options == [*west_to_east, "All places, side by side"]


def test_all_places_stand_side_by_side_on_one_scale(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="borough")
    assert "All places side by side" in told.plain.replace("all", "All")
    assert told.html.count('<ul class="dot-rows">') > 6
    assert "never ranked" in told.plain


def test_a_place_below_the_others_is_told_how_many_people_that_is(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="saltmarsh")
    assert "48 more people would be confirmed (31 to 64)" in told.plain


def test_where_everything_is_held_back_no_figure_is_shown_and_why_is_one_click_away(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="creekside")
    steps = told.html[told.html.index('<section class="steps">') : told.html.index("Is it getting better?")]
    assert steps.count("* held back") == 6
    who = told.html[told.html.index('<section class="who">') : told.html.index("What changed")]
    assert "Why hidden?" in who
    shown = re.sub(r"<[^>]+>", " ", who).replace("95%", "")
    assert not re.search(r"\d%|\d of \d|\d\.\d", shown)


def test_without_a_cascade_file_the_page_says_what_to_give_it(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="brook_end")
    assert "cascade_counts.csv" in told.plain
    assert "Nobody counts yet who is reached" in told.plain
    for words in PARTS:
        assert words in told.plain


def test_one_half_year_without_a_loss_is_a_beginning(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="long_meadow")
    assert "nobody lost" in told.plain
    assert "the biggest loss " not in told.plain.replace("The biggest loss is", "")
    assert "One half-year so far" in told.plain


def test_a_place_with_very_many_groups_folds_them(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="millpond")
    assert "6 more groups" in told.plain
    assert "Some counts are rounded." in told.plain


def test_worked_notes_are_closed_and_hold_their_numbers(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    note = told.html[told.html.index("A high first reading falls by itself") :]
    for words in (
        "Expected with no help",
        "7 mmHg",
        "6.1 to 7.9",
        "Seen here",
        "650 people",
        "680 people",
        "61.8%",
    ):
        assert words in note
    assert "<details open" not in told.html


def test_published_figures_carry_no_icon_and_say_why(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    assert "No published indicator of blood pressure is loaded" in told.plain
    assert "carry no icon" in told.plain


def test_one_point_is_a_beginning(open_page):
    _, told = open_page("one_point", "hypertension", neighbourhood="ashfield")
    assert "No chart can show a signal yet." in told.plain


def test_an_empty_mart_says_what_to_do_next(open_page):
    _, told = open_page("empty", "hypertension")
    assert "Nothing has been loaded yet" in told.plain


@pytest.mark.parametrize("state", ["broken", "missing", "old"])
def test_a_mart_that_cannot_be_opened_is_a_page_and_not_a_traceback(open_page, state):
    _, told = open_page(state, "hypertension")
    assert "The charts cannot be opened" in told.plain


@pytest.fixture
def open_with(open_page, tmp_path, monkeypatch):
    """Open the page on a mart in which some rows were changed."""

    def open_(*statements):
        folder = write_marts(tmp_path, "full")
        with duckdb.connect(str(current(folder / "shared"))) as mart:
            for statement in statements:
                mart.execute(statement)
        monkeypatch.setattr(context, "marts_folder", lambda: folder)
        return open_page("full", "hypertension", neighbourhood="ashfield")[1]

    return open_


def test_where_no_prototype_has_the_theme_the_page_says_how_one_gets_it(open_with):
    told = open_with("DELETE FROM theme_sentence")
    assert "No hypertension prototype yet" in told.plain


def test_a_place_without_a_prototype_still_answers_and_shows_no_chart(open_with):
    told = open_with("DELETE FROM prototype WHERE neighbourhood_id = 'ashfield'", "DELETE FROM theme_step")
    assert "no prototype yet" in told.plain
    assert "The biggest loss is before confirmation" in told.plain
    assert "a step needs those who were asked" in told.plain
    assert told.titles == []


def test_what_to_read_with_care_and_the_balance_come_from_the_mart(open_with):
    care = "'hypertension', 'ashfield', 4, 'Read with care', 'Counts are <rounded>.'"
    more = "'hypertension', 'ashfield', 5, 'Read with care', 'The steps are not the same people.'"
    told = open_with(
        f"INSERT INTO theme_sentence VALUES ({care}), ({more})",
        "UPDATE measure SET domain = 'balancing' WHERE measure_id = 'people_reached'",
        "UPDATE chart_summary SET domain = 'balancing' WHERE measure_id = 'people_reached'",
    )
    assert "Read with care: two things to know" in told.plain
    assert "<li>Counts are &lt;rounded&gt;.</li>" in told.html
    assert '<p class="balance">' in told.html


def test_published_indicators_are_plain_lines_with_their_intervals(open_with):
    columns = (
        "area_code, area_name, indicator, indicator_id, period_start, period_end, value, lower_95, upper_95, unit, source, "
        "released_on, sex"
    )
    rows = [
        f"('E09000002', 'Borough', 'Hypertension treated to target', 'CVDP007HYP', DATE '{year}-04-01', DATE '{year + 1}-03-31', "
        f"{60 + year - 2022}, {58 + year - 2022}, {62 + year - 2022}, '%', 'CVDPREVENT', DATE '2026-06-01', 'persons')"
        for year in (2022, 2023, 2024)
    ]
    told = open_with(f"INSERT INTO locality_value ({columns}) VALUES {', '.join(rows)}")
    part = told.html[told.html.index("What is published") :]
    assert "Hypertension treated to target" in part
    assert part.count('class="dot"') == 3
    assert "62.0%" in part
    assert "(95% interval 60.0 to 64.0)" in part
    assert "CVDPREVENT, released 1 June 2026" in part
    assert 'class="icon"' not in part
