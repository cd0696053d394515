"""The page that opens offline: nothing is fetched, nothing runs, every chart has its words and its numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from dashboard.exports import parts
from dashboard.exports.document import document_html
from dashboard.exports.pack import HTML
from dashboard.exports.parts import Medium


class Outline(HTMLParser):
    """Every tag with its attributes in order, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page(pack) -> str:
    return pack.files[HTML].decode()


@pytest.fixture(scope="module")
def outline(page) -> Outline:
    read = Outline()
    read.feed(page)
    return read


def test_nothing_is_fetched_and_nothing_runs(page, outline):
    outside = [
        value
        for _, told in outline.tags
        for name, value in told.items()
        if name in ("src", "href", "data", "action")
    ]
    assert outside
    assert all(str(value).startswith(("#", "data:")) for value in outside)
    assert not outline.of("script")
    assert not outline.of("link")
    assert not [name for _, told in outline.tags for name in told if name.startswith("on")]
    assert re.findall(r"url\((?!data:)", page) == []
    assert "@import" not in page


def test_every_link_leads_somewhere(outline):
    ids = {told["id"] for _, told in outline.tags if "id" in told}
    assert {str(told["href"])[1:] for told in outline.of("a")} <= ids


def test_it_has_a_language_a_title_and_headings_that_skip_no_level(outline, contents):
    assert outline.of("html")[0]["lang"] == "en-GB"
    assert contents.title in outline.text
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))


def test_every_chart_says_in_words_what_it_shows(outline, contents):
    labels = [told["aria-label"] for told in outline.of("svg") if told.get("role") == "img"]
    assert labels == [one.alt for one in contents.charts]
    assert all("alt" in told for told in outline.of("img"))


def test_every_number_is_one_click_away(outline, contents):
    wanted = sum(len(one.chart.request.points) for one in contents.charts)
    tables = len(outline.of("table")) - 1
    assert tables == len(contents.charts)
    heads = len(contents.charts) + 1 + len({cell.place for cell in contents.cells})
    assert len(outline.of("tr")) == wanted + heads


def test_it_says_the_published_sentences(outline, contents):
    text = squeezed("".join(outline.text))
    said = [contents.headline, contents.chance, *(one.sentence for one in contents.charts)]
    said += [str(row["sentence"]) for row in [*contents.changes, *contents.agreed]]
    assert [words for words in said if squeezed(words) not in text] == []


def test_on_paper_every_image_has_words(contents):
    read = Outline()
    read.feed(document_html(contents, Medium.PAPER))
    alts = [told.get("alt") for told in read.of("img")]
    assert alts == [one.alt for one in contents.charts]
    assert not read.of("details")


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def test_a_wide_wall_goes_on_in_a_second_table(contents):
    column, cell = contents.columns[0], contents.cells[0]
    wide = replace(contents, columns=[column] * 9, cells=[cell] * 9)
    read = Outline()
    read.feed(parts.wall_html(wide))
    assert len(read.of("table")) == 2
    assert len(read.of("td")) == 9
    assert [told["scope"] for told in read.of("th")].count("row") == 2
