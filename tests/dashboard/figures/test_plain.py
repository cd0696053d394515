"""Words of others in a figure are read as they were written, never as tags, entities or formulas."""

from __future__ import annotations

import pytest

from dashboard.figures.control_chart import control_chart
from dashboard.figures.numbers import ValueAxis
from dashboard.figures.plain import WRAP, figure_text, hover_text
from dashboard.figures.prediction_words import RowWords, note
from dashboard.theme import LIGHT


@pytest.mark.parametrize(
    ("written", "passed_on"),
    [
        ("<b>big</b>", "&lt;b&gt;big&lt;/b&gt;"),
        ('<a href="https://example.org">x</a>', '&lt;a href="https://example.org"&gt;x&lt;/a&gt;'),
        ("&lt;i&gt;", "&amp;lt;i&amp;gt;"),
        ("$a^2$", "&#36;a^2&#36;"),
        ("Week of 3 March: 11.", "Week of 3 March: 11."),
    ],
)
def test_what_looks_like_an_instruction_is_passed_on_as_letters(written, passed_on):
    assert figure_text(written) == passed_on


def test_a_hover_box_breaks_its_lines_itself_and_before_it_escapes_them():
    said = hover_text("<br>" * 30)
    lines = said.split("<br>")
    assert len(lines) == 3
    assert all("<" not in line and line.count("&lt;br&gt;") <= WRAP // 4 for line in lines)


def test_no_words_of_a_point_reach_a_chart_as_tags(make_points, make_request):
    points = make_points([5, None, 6, 7]).assign(words="<a href='https://example.org'>away</a> $x$")
    figure = control_chart(make_request(points), LIGHT)
    said = [words for trace in figure.data if trace.customdata is not None for words in trace.customdata]
    assert said
    assert all("<a" not in words and "$" not in words and "&lt;a" in words for words in said)


def test_no_words_of_a_row_reach_the_picture_of_a_prediction_as_tags():
    axis = ValueAxis(0, 1, (0.0, 1.0), ("0", "1"))
    told = note(
        RowWords("Before", "<b>1</b>", "<i>x</i>", [0.5]), 1.0, 1.2, axis, "#000000", LIGHT, narrow=False
    )
    assert "&lt;b&gt;1&lt;/b&gt;" in told["text"]
    assert "<i>" not in told["text"]
