"""The chart on paper is the chart of the screen: the same values at the same heights, the same words, the same colours."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from dashboard.exports.drawing import PAPER, svg
from dashboard.theme import LIGHT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=[0, 1, 2])
def one(contents, request):
    return contents.charts[request.param]


def drawn(one, **how) -> ElementTree.Element:
    return ElementTree.fromstring(svg(one.figure, PAPER, **how))


def middle(mark: ElementTree.Element) -> tuple[float, float]:
    if mark.tag == f"{SVG}circle":
        return float(mark.get("cx", "")), float(mark.get("cy", ""))
    corners = [tuple(map(float, pair.split(","))) for pair in mark.get("points", "").split()]
    xs, ys = zip(*corners, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def scale(picture: ElementTree.Element, figure) -> tuple[float, float]:
    """Return a and b of value = a + b y, read from the labelled values of the axis as they stand in the picture."""
    wanted = dict(zip(figure.layout.yaxis.ticktext, figure.layout.yaxis.tickvals, strict=True))
    told = [(float(t.get("y", "")) - 0.35 * 13, wanted[t.text]) for t in picture.iter(f"{SVG}text") if t.text in wanted
            and t.get("text-anchor") == "end"]  # fmt: skip
    (y0, v0), (y1, v1) = told[0], told[-1]
    return v0 - (v1 - v0) / (y1 - y0) * y0, (v1 - v0) / (y1 - y0)


def test_every_point_stands_at_the_height_of_its_value(one):
    picture = drawn(one, pointed=True)
    a, b = scale(picture, one.figure)
    shown = [middle(group[1])[1] for group in picture.iter(f"{SVG}g")]
    values = [value for value in one.rows["value"] if value == value]
    assert len(values) > 10
    # a tenth of a pixel, and a triangle's middle lies off its value by a quarter of its size
    off = [abs(a + b * y - value) / abs(b) for y, value in zip(shown, values, strict=False)]
    assert sorted(off)[int(0.9 * len(off))] <= 0.2
    assert max(off) <= 4


def test_time_runs_evenly_from_left_to_right(one):
    places = [middle(group[1])[0] for group in drawn(one, pointed=True).iter(f"{SVG}g")]
    valued = int(one.rows["value"].notna().sum())
    assert places[:valued] == sorted(places[:valued])
    assert min(places) >= one.figure.layout.margin.l


def test_a_point_says_on_the_offline_page_what_it_says_on_the_screen(one):
    said = [group[0].text for group in drawn(one, pointed=True).iter(f"{SVG}g")]
    told = next(trace for trace in one.figure.data if trace.name == "value").customdata
    first = next(words for words, y in zip(told, one.rows["value"], strict=True) if y == y)
    assert re.sub(r"<br>", "\n", first) in said


def test_a_hidden_place_has_a_star_and_no_height(contents):
    hidden = [one for one in contents.charts if one.rows["is_hidden"].any()]
    assert hidden, "the made-up mart has a chart with something held back"
    for one in hidden:
        stars = [
            mark for mark in drawn(one).iter(f"{SVG}polygon") if len(mark.get("points", "").split()) == 10
        ]
        assert len(stars) == int(one.rows["is_hidden"].sum())
        assert len({middle(star)[1] for star in stars}) == 1


def test_signals_keep_their_colours(contents):
    inks = {
        LIGHT.of_point(kind)
        for one in contents.charts
        for kind in one.rows.loc[one.rows["value"].notna(), "point_type"]
    }
    texts = "".join(svg(one.figure, PAPER) for one in contents.charts)
    assert len(inks) >= 3
    assert all(ink in texts for ink in inks)


def test_the_words_at_the_right_and_over_the_cycles_are_there(one):
    words = {text.text for text in drawn(one).iter(f"{SVG}text")}
    told = {re.sub(r"<[^>]+>", "", note.text) for note in one.figure.layout.annotations}
    assert told <= words


def test_a_picture_by_itself_carries_its_words_and_one_in_an_image_does_not(one):
    assert drawn(one, alt='5 < 6 & "so"').get("aria-label") == '5 < 6 & "so"'
    assert drawn(one).get("role") is None
