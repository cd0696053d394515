"""The rail: news is numbered, capped and linked; decisions and open predictions stand with equal weight."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.components.wall.cells import State
from dashboard.components.wall.rail import Rail, headlines_of, news_since, number_news, rail_html

UNTIL = dt.date(2026, 11, 22)


def decision(**changes):
    return {
        "cycle_id": "c1", "cycle_no": "1", "neighbourhood": "Ashfield", "decision": "abandon",
        "decided_on": dt.datetime(2026, 10, 27),
        "learning": "Leaflets alone change nothing.", "question": "Do leaflets help?", "measure": "Back in 28 days",
        "predicted_for": dt.datetime(2026, 12, 20),
    } | changes  # fmt: skip


def rail(**changes):
    return rail_html(replace(Rail(dt.date(2026, 10, 27), [], [], [], [], UNTIL), **changes))


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace(" ,", ",").replace(" :", ":").strip()


def test_news_reaches_back_four_weeks():
    assert news_since(UNTIL) == dt.date(2026, 10, 25)


def test_only_news_gets_a_number_in_the_order_of_the_wall(cells, points):
    new = points([40.0] * 9 + [60.0], {9: "concern"}, {9: "beyond_limits"})
    made = cells(State.USUAL, State.WORSE, State.TOO_FEW, State.BETTER)
    assert [cell.news for cell in number_news(made, {"m@p": new}, dt.date(2026, 11, 1))] == [None, 1, None, 2]
    assert [cell.news for cell in number_news(made, {"m@p": new}, dt.date(2026, 11, 20))] == [None] * 4


def headline(at=1, **changes):
    return {
        "cycle_id": f"c{at}", "series_id": f"h{at}@p", "neighbourhood": "Brook End", "cycle_no": str(at),
        "sentence_board": "Came back: improved, 66% against 54%.", "is_headline": True,
    } | changes  # fmt: skip


def test_changes_judged_in_a_cycle_come_first_and_say_how_many_may_be_chance():
    words = plain(rail(headlines=[headline(1), headline(2)]))
    assert "About 1 in 10 may be chance" in words
    assert "1 Brook End, cycle 1 Came back: improved, 66% against 54%." in words
    assert "Nothing new" not in words
    assert "Charts alone" not in words


def test_signals_of_the_charts_stand_apart_and_are_not_called_controlled(cells):
    made = [
        replace(cell, news=2, row={"series_id": "m@p", "sentence_short": "said so"})
        for cell in cells(State.WORSE)
    ]
    words = plain(rail(headlines=[headline()], news=made))
    assert (
        words.index("About 1 in 10")
        < words.index("Charts alone: more may be chance")
        < words.index("said so")
    )


def test_a_chart_that_a_headline_speaks_of_is_told_once(cells):
    made = [
        replace(cell, news=1, row={"series_id": "h1@p", "sentence_short": "said so"})
        for cell in cells(State.WORSE)
    ]
    words = plain(rail(headlines=[headline()], news=made))
    assert "said so" not in words


def test_no_more_than_five_headlines_are_told_and_the_rest_is_counted():
    html = rail(headlines=[headline(at) for at in range(1, 8)])
    assert html.count("news-disc") == 5
    assert "and two more" in html


def test_a_cell_carries_the_number_of_its_headline_and_the_others_count_on(cells, points):
    new = points([40.0] * 9 + [60.0], {9: "concern"}, {9: "beyond_limits"})
    made = cells(State.WORSE, State.BETTER, State.USUAL)
    made = [replace(cell, row=dict(cell.row) | {"series_id": f"m{at}@p"}) for at, cell in enumerate(made)]
    told = number_news(
        made,
        {f"m{at}@p": new for at in range(3)},
        dt.date(2026, 11, 1),
        [headline(), headline(2, series_id="m1@p")],
    )
    assert [cell.news for cell in told] == [3, 2, None]


def test_headlines_stand_west_to_east_and_never_by_size():
    results = pd.DataFrame([headline(at, is_headline=at != 2) for at in (1, 2, 3)]).drop(
        columns="neighbourhood"
    )
    cycles = pd.DataFrame(
        {
            "cycle_id": ["c1", "c2", "c3"],
            "neighbourhood": ["Saltmarsh", "x", "Ashfield"],
            "place_order": [6, 2, 1],
            "measure": "m",
        }
    )
    assert [row["neighbourhood"] for row in headlines_of(results, cycles)] == ["Ashfield", "Saltmarsh"]
    assert headlines_of(results.assign(is_headline=None), cycles) == []


def test_no_news_is_common_and_fine():
    html = rail()
    assert "New since 27 October" in html
    assert "Nothing new. That is common, and fine." in html
    assert "No prediction is open." in html
    assert "Decided" not in html


def test_five_items_of_news_are_told_and_the_rest_is_counted(cells):
    made = [
        replace(cell, news=at, row={"series_id": f"m{at}@p", "sentence_short": f"said {at}"})
        for at, cell in enumerate(cells(*[State.WORSE] * 8), 1)
    ]
    html = rail(news=made)
    assert html.count("news-disc") == 5
    assert "and three more" in html
    assert "said 5" in html
    assert "said 6" not in html
    assert 'href="neighbourhood?neighbourhood=a&amp;measure=m0"' in html


@pytest.mark.parametrize("word", ["adopt", "adapt", "abandon"])
def test_every_decision_has_the_same_weight(word):
    html = rail(decided=[decision(decision=word)])
    assert f"<li><b>{word.capitalize()}</b> <a " in html
    assert "Decided on 27 October" in html
    assert "Leaflets alone change nothing." in html


def test_decisions_of_different_days_carry_their_day():
    html = rail(decided=[decision(), decision(decided_on=dt.datetime(2026, 5, 3), learning=None)])
    assert "Decided lately" in html
    assert "3 May" in html
    assert "Do leaflets help?" in html, "the question stands where nothing was written down as learnt"


def test_predictions_say_when_they_fall_due_and_when_they_are_late():
    late = decision(cycle_id="c2", cycle_no="2", predicted_for=dt.datetime(2026, 11, 16))
    words = plain(rail(due=[late, decision()]))
    assert "Ashfield, cycle 2: back in 28 days, was due 16 November; not yet decided" in words
    assert "Ashfield, cycle 1: back in 28 days, due 20 December" in words


def test_more_than_three_predictions_are_counted():
    assert "and two more" in rail(due=[decision()] * 5)


def test_what_people_wrote_cannot_become_a_tag():
    html = rail(
        decided=[decision(learning="<script>x</script>")], due=[decision(measure=None, neighbourhood="<i>A")]
    )
    assert "<script" not in html
    assert "<i>A" not in html
    assert "its measure" in html
