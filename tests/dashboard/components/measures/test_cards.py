"""A definition as a card: one sentence, every fact of it, its targets as steps, its charts as links."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.components.measures import words
from dashboard.components.measures.cards import card_html, cards_html, index_html
from dashboard.components.measures.steps import steps_html, steps_svg
from dashboard.components.measures.view import MeasureView, Place, load_views
from dashboard.components.measures.writer import check_html, open_words, wrong_by_key
from dashboard.store import Store
from dashboard.theme import LIGHT
from pipelines.errors import Fault
from pipelines.mart import current
from pipelines.measures import KINDS, Target, kind_of, read_measures
from pipelines.vocabulary import Domain

PROJECT = {one.measure_id: one for one in read_measures(Path(__file__).parents[4] / "data" / "measures")}
HERE = Place("ashfield", "Ashfield", "barbers", "At the barber's", "hypertension", "ip")
THERE = Place("millpond", "Millpond", "queue", "In the queue", "hypertension")


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(
    ("measure_id", "said"),
    [
        ("bp_checked", "The sum of bp_checked, a point a week. Higher is better. The target is 50."),
        (
            "said_yes",
            "The share said_yes out of asked, a point a week. Higher is better. The target is 60%.",
        ),
        (
            "days_to_follow_up",
            "The mean of days_to_follow_up over the sessions, a point a week. Lower is better. The target is 10.",
        ),
        (
            "gp_appointments",
            "The sum of gp_appointments, a point a week. Neither higher nor lower is better. No target.",
        ),
    ],
)
def test_a_measure_is_said_in_a_sentence(measure_id, said):
    assert words.sentence(PROJECT[measure_id]) == said


def test_the_target_of_a_sentence_is_the_one_that_holds_when_the_data_end():
    measure = PROJECT["to_target"]
    assert "The target is 70%." in words.sentence(measure, dt.date(2026, 1, 1))
    assert "The target is 80%." in words.sentence(measure, dt.date(2026, 11, 1))
    early = words.sentence(measure, dt.date(2020, 1, 1))
    assert "The first target is 70%, from 4 November 2024." in early


def test_sums_rates_and_sessions_are_said():
    rate = replace(PROJECT["said_yes"], kind=kind_of("rate"), numerator="a + b", denominator="sessions")
    assert words.value_words(rate) == "The rate of a and b for each session"
    assert words.value_words(replace(rate, denominator="c + d")) == "The rate of a and b for each of c and d"
    held = replace(PROJECT["bp_checked"], numerator="sessions")
    assert words.value_words(held) == "The number of sessions held"


def test_a_card_says_that_an_amount_is_never_below_0_and_says_it_of_no_count():
    lowest = "Lowest 0: a value below it cannot be."
    days = PROJECT["days_to_follow_up"]
    assert lowest in plain(card_html(MeasureView(days, (HERE,)), None, LIGHT))
    free = replace(days, never_negative=False)
    assert lowest not in plain(card_html(MeasureView(free, (HERE,)), None, LIGHT))
    count = replace(PROJECT["bp_checked"], never_negative=True)
    assert lowest not in plain(card_html(MeasureView(count, (HERE,)), None, LIGHT))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_a_definition_may_name_has_its_words(kind):
    measure = replace(PROJECT["said_yes"], kind=kind)
    assert words.kind_words(measure).endswith(".")
    assert words.value_words(measure)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("none", "None: no usual range is drawn."),
        ("first:20", "The first 20 points."),
        ("2025-01-06/2025-03-31", "The points from 6 January 2025 to 31 March 2025."),
    ],
)
def test_a_baseline_is_said(rule, said):
    assert words.baseline_words(rule) == said


def test_a_card_holds_everything_that_the_definition_says_and_links_to_its_charts():
    html = card_html(MeasureView(PROJECT["to_target"], (HERE, THERE)), dt.date(2026, 11, 1), LIGHT)
    told = plain(html)
    for said in (
        "People with high blood pressure now treated to target",
        "Below 140/90",
        "Reviews reported back by the practice",
        "Counted to_target",
        "Out of reviewed",
        "People, each once.",
        "Yes, it speaks of health",
        "A share: how many out of how many.",
        "The points before the first cycle",
        "70% from 4 November 2024",
        "80% from 6 April 2026",
        "Every prototype of the theme hypertension.",
        "I′ chart (values with a denominator).",
        "Not counted at In the queue, Millpond",
    ):
        assert said in told, said
    assert "neighbourhood?neighbourhood=ashfield&amp;prototype=barbers&amp;measure=to_target" in html
    assert "measures?do=new&amp;like=to_target" in html


def test_a_measure_that_nobody_has_counted_says_so():
    assert "Nowhere yet: no log has counted it." in card_html(
        MeasureView(PROJECT["said_yes"], (THERE,)), None, LIGHT
    )


def test_on_a_phone_all_but_the_sentences_is_folded():
    view = MeasureView(PROJECT["said_yes"], (HERE,))
    assert "<details" in card_html(view, None, LIGHT, narrow=True)
    assert "<details" not in card_html(view, None, LIGHT)


def test_cards_stand_in_the_order_of_cause_and_effect():
    views = [MeasureView(measure, ()) for measure in PROJECT.values()]
    html = cards_html(list(reversed(views)), None, LIGHT)
    places = [html.index(words.DOMAINS[domain]) for domain in Domain]
    assert places == sorted(places)
    assert html.count("<article") == len(views)


def test_an_index_leads_to_every_card_and_a_few_need_none():
    views = [MeasureView(measure, ()) for measure in PROJECT.values()]
    index, cards = index_html(views), cards_html(views, None, LIGHT)
    targets = re.findall(r'href="#([^"]+)"', index)
    assert len(targets) == len(views)
    assert all(f'id="{target}"' in cards for target in targets)
    assert index_html(views[:3]) == ""
    assert index_html(views, narrow=True).startswith(
        f'<details class="fold"><summary>The names of all {len(views)}<'
    )


def test_a_target_that_changed_is_a_step_and_one_that_did_not_has_no_drawing():
    svg = steps_svg(PROJECT["to_target"], dt.date(2026, 11, 22), LIGHT)
    assert svg.count("V") == 1
    assert "stroke-dasharray" in svg
    assert "<text" not in svg
    assert steps_html(PROJECT["said_yes"], None, LIGHT) == ""
    level = replace(
        PROJECT["said_yes"], targets=(Target(dt.date(2026, 1, 1), 0.5), Target(dt.date(2026, 2, 1), 0.5))
    )
    assert "nan" not in steps_svg(level, None, LIGHT)


def test_names_from_outside_are_plain_words():
    evil = replace(
        PROJECT["said_yes"],
        name="<script>alert(1)</script>",
        why="<b>x</b>\u202e",
        unit="<i>",
        source="</dl>",
    )
    place = replace(HERE, prototype="<img src=x onerror=alert(1)>", neighbourhood="</article>")
    html = card_html(MeasureView(evil, (place,)), None, LIGHT) + index_html([MeasureView(evil, ())] * 7)
    for tag in ("<script", "<b>x", "<i>", "<img", "\u202e"):
        assert tag not in html
    assert html.count("</article>") == 1


def test_the_mart_gives_every_definition_back_with_its_places(fixture_mart):
    store = Store(current(fixture_mart("full") / "shared"))
    views = load_views(store)
    assert [view.measure.measure_id for view in views] == list(store.measures()["measure_id"])
    assert any(view.charted for view in views)
    assert all(
        view.measure.targets
        for view in views
        if view.measure.measure_id in set(store.targets()["measure_id"])
    )
    neighbourhoods = list(store.neighbourhoods()["neighbourhood_id"])
    for view in views:
        order = [neighbourhoods.index(place.neighbourhood_id) for place in view.places]
        assert order == sorted(order)  # fmt: skip


def test_the_check_line_says_the_first_fault_and_how_many_more():
    faults = [Fault("", None, "id", "taken."), Fault("", None, "baseline", "not known.")]
    assert "Cannot be kept yet. Taken. And 1 more, each under its question." in check_html({}, faults, [])
    assert wrong_by_key(faults, ["name"]) == {
        "id": ["Taken."],
        "baseline": ["Not known."],
        "name": ["Still open: its name."],
    }


def test_many_open_questions_are_counted_and_few_are_named():
    assert open_words(["name", "why", "id"]) == "Still open: its name and why anybody should care."
    assert open_words(["name", "domain", "kind", "unit", "why", "id"]) == (
        "Five answers are still open. The first is its name."
    )


def test_the_headline_counts_by_domain():
    logged = [measure for measure in PROJECT.values() if measure.is_logged]
    assert words.headline(logged) == (
        "Eleven measures: three of reach, four of quality, three of impact and one balancing"
    )
    assert words.headline([PROJECT["said_yes"]]) == "One measure: one of quality"
    assert words.headline([]) == "No measure yet"
