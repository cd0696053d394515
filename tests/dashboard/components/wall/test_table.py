"""The wall as HTML: a real table, one link and one set of words in each cell, and a list for a phone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dashboard.components.icons import VARIATION_WORDS
from dashboard.components.wall.cells import State
from dashboard.components.wall.filters import Filters
from dashboard.components.wall.table import (
    PHONE_SPARK,
    cell_html,
    key_html,
    list_html,
    sub_heading,
    table_html,
)
from dashboard.components.wall.words import chance_line
from dashboard.theme import LIGHT


class Reader(HTMLParser):
    """Collects tags with their attributes, and fails on a tag that is not closed in order."""

    VOID = ("img", "br", "col")

    def __init__(self, html):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs), tuple(self.open)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, tag):
        return [attrs for name, attrs, _ in self.tags if name == tag]


@pytest.fixture
def read(full_wall):
    return Reader(table_html(full_wall))


def test_the_table_has_headers_for_domains_measures_and_neighbourhoods(read):
    scopes = [attrs["scope"] for attrs in read.of("th")]
    assert scopes.count("colgroup") == 3
    assert scopes.count("col") == 7, "six measures and the neighbourhoods' own column"
    assert scopes.count("row") == 6
    assert len(read.of("caption")) == 1


def test_domains_span_their_measures(read):
    assert [attrs["colspan"] for attrs in read.of("th") if attrs["scope"] == "colgroup"] == ["2", "2", "2"]


def test_every_cell_is_one_link_to_its_chart(read, full_wall):
    links = [attrs["href"] for tag, attrs, inside in read.tags if tag == "a" and "td" in inside]
    assert len(links) == len(full_wall.cells) == 36
    for cell, href in zip(full_wall.cells, links, strict=True):
        assert f"neighbourhood={cell.neighbourhood_id}" in href
        assert f"measure={cell.measure_id}" in href


def test_nothing_that_takes_focus_stands_inside_a_link(read):
    inner = [
        tag for tag, _, inside in read.tags if "a" in inside and tag in ("a", "details", "summary", "button")
    ]
    assert inner == []


def test_every_picture_has_words_or_stands_beside_them(read):
    assert all("alt" in attrs for attrs in read.of("img"))
    sparks = [attrs["alt"] for attrs in read.of("img") if attrs["class"] == "spark"]
    assert len(sparks) == 32, "thirty-six cells, less one hidden and three without data"
    assert all(alt.endswith(".") for alt in sparks)
    assert "Brook End, Back in 28 days: 80%, outside its usual range." in sparks


def test_cells_without_a_picture_say_their_sentence_too(full_wall):
    html = table_html(full_wall)
    bare = [cell for cell in full_wall.cells if cell.state in (State.HIDDEN, State.NO_DATA)]
    assert len(bare) == 4
    for cell in bare:
        assert f'<span class="away">{cell.sentence}</span>' in html


def test_a_hidden_cell_shows_a_star_and_why(full_wall):
    cell = next(cell for cell in full_wall.cells if cell.state == State.HIDDEN)
    html = cell_html(cell, full_wall, PHONE_SPARK)
    assert ">*</span>" in html
    assert "<summary>Small numbers</summary>Counts of 1 to 7 could point to a person.</details>" in html
    assert not re.search(r'class="value">\d', html)


def test_a_signal_says_which_way_in_words_and_carries_its_number_when_it_is_news(full_wall):
    cell = next(cell for cell in full_wall.cells if cell.state == State.WORSE)
    html = cell_html(replace(cell, news=4), full_wall, PHONE_SPARK)
    assert '<span class="news-disc">4</span>' in html
    assert 'alt="Concern, high"' in html
    assert "news-disc" not in cell_html(cell, full_wall, PHONE_SPARK)


def test_an_old_value_carries_its_day_and_no_icon(full_wall):
    cell = next(cell for cell in full_wall.cells if cell.state == State.OLD)
    html = cell_html(cell, full_wall, PHONE_SPARK)
    assert 'class="cell old"' in html
    assert "last: 5 October" in html
    assert not any(words in html for words in VARIATION_WORDS.values())


def test_other_series_of_the_same_measure_are_counted(full_wall):
    assert table_html(full_wall).count("+1 more") == 2


def test_a_neutral_measure_has_no_tile_for_a_target(full_wall):
    cell = next(cell for cell in full_wall.cells if cell.state == State.CHANGED)
    html = cell_html(cell, full_wall, PHONE_SPARK)
    assert "Change, high" in html
    assert html.count('class="icon') == 1


def test_the_phone_list_holds_one_neighbourhood_s_measures(full_wall):
    reader = Reader(list_html(full_wall, "creekside"))
    assert len(reader.of("li")) == 6
    assert all("neighbourhood=creekside" in attrs["href"] for attrs in reader.of("a"))


def test_an_unknown_neighbourhood_is_an_error_and_not_an_empty_list(full_wall):
    with pytest.raises(ValueError, match="longer"):
        list_html(full_wall, "nowhere")


def test_names_from_files_cannot_become_tags(full_wall):
    cell = replace(full_wall.cells[0], place="<i>x", sentence='"<i>x"', reason="<i>x")
    html = table_html(replace(full_wall, cells=[cell, *full_wall.cells[1:]]))
    assert "<i>" not in html
    Reader(html)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target": 0.6}, "target 60%"),
        ({"target": 14, "kind": "measurement", "better": "down"}, "target under 14"),
        ({"target": 0.8, "period": "month"}, "target 80% · a month"),
        ({}, "% of people"),
        ({"kind": "count", "unit": "people a week"}, "people a week"),
        ({"kind": "count", "unit": "people a month", "period": "month"}, "people a month"),
        ({"kind": "count", "unit": "hours", "period": "session"}, "hours · each test"),
    ],
)
def test_under_a_measure_stands_its_target_or_its_unit(changes, words):
    measure = {"target": None, "kind": "proportion", "unit": "of people", "better": "up", "period": "week"}
    assert sub_heading(measure | changes) == words


def test_the_key_names_every_icon_and_the_line_of_honesty_comes_first(full_wall):
    html = key_html(LIGHT, chance_line(full_wall.cells))
    assert html.count("<img") == 7
    assert all(img["alt"] == "" for img in Reader(html).of("img")), "the words stand beside the icon"
    assert html.index("7 of 26 charts show a signal.") < html.index("<img")


def test_six_columns_stand_in_the_page_and_more_move_in_a_frame_that_takes_the_keyboard(full_wall):
    assert "wall-frame" not in table_html(full_wall)
    frame = Reader(table_html(replace(full_wall, is_wide=True))).tags[0]
    assert frame[0] == "div"
    assert frame[1]["tabindex"] == "0"
    assert frame[1]["role"] == "region"
    assert frame[1]["aria-label"]
    assert frame[1]["style"] == "--columns:6"


def test_a_domain_leads_to_all_of_its_measures_and_keeps_what_is_looked_at(full_wall):
    html = table_html(replace(full_wall, filters=Filters(theme="food", until=dt.date(2026, 8, 2))))
    assert 'href=".?theme=food&amp;domain=quality&amp;until=2026-08-02" target="_self">Quality</a>' in html


def test_the_domain_that_is_looked_at_leads_nowhere(full_wall):
    html = table_html(replace(full_wall, filters=Filters(domain="quality")))
    assert "<span>Quality</span>" in html
    assert ">Reach</a>" in html
