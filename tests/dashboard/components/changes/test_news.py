"""What changed, sorted: each change in one group, a cycle in one item, each item leading to its cycle or chart."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.components.changes.news import News, address_of, by_cycle, sorted_news
from dashboard.components.wall.filters import Filters
from tests.dashboard.mart_news import LAST_MEETING

GROUPS = ("kept", "cycles", "alone", "past", "proposals", "told")


@pytest.fixture
def changes(open_mart):
    return open_mart("full").changes(LAST_MEETING)


def ids(news: News) -> list[str]:
    return [row["change_id"] for name in GROUPS for row in getattr(news, name)]


def test_every_change_stands_in_one_group(changes):
    told = ids(sorted_news(changes, Filters()))
    assert sorted(told) == sorted(changes["change_id"])
    assert len(told) == len(set(told)) > 0


def test_a_group_holds_what_its_name_says(changes):
    news = sorted_news(changes, Filters())
    assert {row["kind"] for row in news.kept} == {"cycle closed", "signal"}
    assert all(row["is_kept"] for row in news.kept)
    assert {row["kind"] for row in news.cycles} == {"prediction due"}
    assert [row["title"] for row in news.alone] == ["Creekside, days to follow-up"]
    assert [row["is_open"] for row in news.past] == [False]
    assert {row["kind"] for row in news.proposals} == {"proposal"}
    assert {row["kind"] for row in news.told} == {"decision", "baseline", "rebase"}


def test_what_happened_on_the_day_itself_was_known_then(open_mart):
    later = open_mart("full").changes(dt.date(2026, 11, 22))
    assert ids(sorted_news(later, Filters())) == []


def test_questions_are_counted_wherever_they_stand(changes):
    assert sorted_news(changes, Filters()).questions == int(changes["question"].notna().sum()) == 6


def test_only_what_is_looked_at_is_told(changes):
    assert ids(sorted_news(changes, Filters(theme="connection"))) == []
    assert sorted_news(changes, Filters(prototype="millpond_pressure")).questions == 1


def test_a_cycle_that_closed_and_fell_due_is_one_item():
    rows = [
        {"change_id": name, "cycle_id": cycle}
        for name, cycle in (("a", "c1"), ("b", None), ("d", "c1"), ("e", None))
    ]
    assert [[row["change_id"] for row in item] for item in by_cycle(rows)] == [["a", "d"], ["b"], ["e"]]


def test_a_cycle_leads_to_its_page_and_a_chart_to_its_place():
    row = {"cycle_id": None, "measure_id": "m", "prototype_id": "p", "neighbourhood_id": "a"}
    assert address_of(row) == "neighbourhood?neighbourhood=a&prototype=p&measure=m"
    assert address_of(row | {"cycle_id": "c1"}) == "cycle?cycle=c1"
