"""The rail: what is new is numbered, capped and linked; what was agreed and what falls due stand with equal weight."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
import streamlit as st

from dashboard.components.changes.news import News
from dashboard.components.wall.cells import State
from dashboard.components.wall.rail import Rail, number_news, rail_html, told_of_the_past, told_on_rail

UNTIL = dt.date(2026, 11, 22)
NOTHING = News([], [], [], [], [], [])


def decision(**changes):
    return {
        "cycle_id": "c1", "cycle_no": "1", "neighbourhood": "Ashfield", "decision": "abandon",
        "decided_on": dt.datetime(2026, 10, 27),
        "learning": "Leaflets alone change nothing.", "question": "Do leaflets help?", "measure": "Back in 28 days",
        "predicted_for": dt.datetime(2026, 12, 20),
    } | changes  # fmt: skip


def signal(at=1, **changes):
    return {
        "change_id": f"signal:m{at}@p:2026-11-15", "kind": "signal", "series_id": f"m{at}@p", "cycle_id": None,
        "measure_id": f"m{at}", "prototype_id": "p", "neighbourhood_id": "creekside", "is_kept": False, "is_open": True,
        "happened_on": dt.datetime(2026, 11, 15), "title": f"Creekside, measure {at}", "sentence": f"At length {at}.",
    } | changes  # fmt: skip


def cycle(at=1, kind="cycle closed", **changes):
    told = {
        "change_id": f"{kind}:c{at}",
        "kind": kind,
        "series_id": f"c{at}@p",
        "cycle_id": f"c{at}",
        "is_kept": True,
    }
    return signal(at, title=f"Brook End, cycle {at}", sentence=f"{kind} {at}.") | told | changes


def rail(**changes):
    empty = Rail(dt.date(2026, 10, 27), UNTIL, [], 0, None, None, [], [], [], "changes?theme=food")
    return rail_html(replace(empty, **changes))


def told(kept=(), alone=(), past=(), **short):
    return told_on_rail(replace(NOTHING, kept=list(kept), alone=list(alone), past=list(past)), short)


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace(" ,", ",").replace(" :", ":").strip()


def test_what_outlasts_the_number_of_charts_comes_first_and_says_how_many_may_be_chance():
    words = plain(rail(items=told([cycle()], [signal()])))
    assert "About 1 in 10 of these may be chance. 1 Brook End, cycle 1 cycle closed 1." in words
    assert (
        words.index("1 in 10")
        < words.index("Charts alone. More of these may be chance.")
        < words.index("2 Creekside")
    )
    assert "Nothing new" not in words


def test_how_many_charts_signal_by_chance_is_said_in_the_published_words():
    line = "Seven of 81 charts show a new signal. Chance alone would give about 3.3."
    assert f"Charts alone. {line}" in plain(rail(items=told(alone=[signal()]), by_chance=line))


def test_a_signal_is_told_by_its_shortest_sentence_and_a_cycle_by_its_own():
    items = told([cycle(1)], [signal(2), signal(3)], **{"m2@p": "Seven in a row.", "c1@p": "wrong"})
    assert [item.sentence for item in items] == ["cycle closed 1.", "Seven in a row.", "At length 3."]


def test_a_cycle_that_closed_and_whose_prediction_fell_due_is_told_once():
    items = told([cycle(1), cycle(1, "prediction due"), cycle(2, "prediction due")])
    assert [item.sentence for item in items] == ["cycle closed 1.", "prediction due 2."]


def test_five_items_are_told_and_the_rest_is_counted_and_leads_to_all():
    html = rail(items=told([cycle(at) for at in range(3)], [signal(at) for at in range(3, 9)]), more=4)
    assert html.count("news-disc") == 5
    assert '<a href="changes?theme=food" target="_self">and four more</a>' in html
    assert '<ol start="4">' in html, "the second list counts on"


def test_an_item_leads_to_its_chart_or_its_cycle():
    html = rail(items=told([cycle()], [signal()]))
    assert 'href="cycle?cycle=c1"' in html
    assert 'href="neighbourhood?neighbourhood=creekside&amp;prototype=p&amp;measure=m1"' in html


def test_a_coloured_cell_carries_the_number_of_the_item_of_its_chart_and_no_other_does(cells):
    made = cells(State.WORSE, State.BETTER, State.USUAL, State.TOO_FEW)
    series = ["m2@p", "m9@p", "m3@p", "m3@p"]
    made = [replace(cell, row={"series_id": name}) for cell, name in zip(made, series, strict=True)]
    items = told(alone=[signal(1), signal(2), signal(3)])
    assert [cell.news for cell in number_news(made, items)] == [2, None, None, None]


def test_no_news_is_common_and_fine():
    html = rail()
    assert "New since 27 October" in html
    assert "Nothing new. That is common, and fine." in html
    assert "All that changed" in html
    assert "No prediction is open." in html
    assert "Agreed" not in html


def test_beside_a_wall_of_the_past_a_signal_is_told_by_its_day_and_nothing_is_due():
    news = replace(NOTHING, kept=[cycle()], alone=[signal()], past=[signal(2, is_open=False)])
    words = plain(rail(items=told_of_the_past(news), is_past=True, by_chance="about 3.3"))
    assert words.startswith("27 October to 22 November Charts and cycles, as they are judged today.")
    assert words.count("First showed on 15 November.") == 2
    assert "1 in 10" not in words
    assert "3.3" not in words
    assert "Predictions" not in words


def agreed(**changes):
    return {
        "about": "m1@p", "neighbourhood_id": "creekside", "title": "Creekside, measure 1", "question": "Is it slower?",
        "sentence": "Find the cause: the nurse, by 17 November. Done.",
    } | changes  # fmt: skip


MEETING = {"held_on": dt.datetime(2026, 10, 27)}


def test_what_the_last_meeting_agreed_is_told_with_what_became_of_it():
    html = rail(meeting=MEETING, agreed=[agreed(), agreed(about="c1", title=None)], decided=[decision()])
    words = plain(html)
    assert (
        "Agreed on 27 October Creekside, measure 1 Find the cause: the nurse, by 17 November. Done." in words
    )
    assert "Is it slower?" in words, "the question stands where the change is no longer in the list"
    assert 'href="neighbourhood?neighbourhood=creekside&amp;prototype=p&amp;measure=m1"' in html
    assert 'href="cycle?cycle=c1"' in html
    assert "Decided" not in words


def test_a_meeting_that_agreed_nothing_says_so_and_more_than_two_are_counted():
    assert "Nothing was agreed about what is shown." in rail(meeting=MEETING)
    assert "and three more" in rail(meeting=MEETING, agreed=[agreed()] * 5)


@pytest.mark.parametrize("word", ["adopt", "adapt", "abandon"])
def test_without_a_meeting_every_decision_has_the_same_weight(word):
    html = rail(decided=[decision(decision=word), decision(learning=None)])
    assert f"<li><b>{word.capitalize()}</b> <a " in html
    assert "Decided lately" in html
    assert "27 October" in html
    assert "Leaflets alone change nothing." in html
    assert "Do leaflets help?" in html, "the question stands where nothing was written down as learnt"


def test_predictions_say_when_they_fall_due_and_when_they_are_late():
    late = decision(cycle_id="c2", cycle_no="2", predicted_for=dt.datetime(2026, 11, 16))
    words = plain(rail(due=[late, decision()]))
    assert "Ashfield, cycle 2: back in 28 days, was due 16 November; not yet decided" in words
    assert "Ashfield, cycle 1: back in 28 days, due 20 December" in words


def test_more_than_two_predictions_are_counted_and_a_wall_screen_counts_them_all(monkeypatch):
    assert "and three more" in rail(due=[decision()] * 5)
    monkeypatch.setattr(st, "query_params", {"view": "projector"})
    assert "Five are open." in rail(due=[decision()] * 5)
    assert "One is open." in rail(due=[decision()])


def test_what_people_wrote_cannot_become_a_tag():
    html = rail(
        items=told([cycle(title="<i>A", sentence="<i>B")]), meeting=MEETING, agreed=[agreed(title="<i>C", sentence="<i>D")],
        due=[decision(measure=None, neighbourhood="<i>E")], decided=[decision(learning="<script>x</script>")],
    )  # fmt: skip
    assert "<i>" not in html
    assert "<script" not in html
    assert "its measure" in html
