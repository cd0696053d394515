"""Dots in rows: every figure stands in words, hidden rows have none, and pictures on one scale agree."""

from __future__ import annotations

import re

import pytest

from dashboard.components.dot_rows import DotRow, interval_text, rows_html, share_text
from dashboard.figures.numbers import NumberStyle


def lefts(html, css):
    return [float(left) for left in re.findall(rf'class="{css}" style="left:([\d.]+)%', html)]


def test_dots_stand_by_their_values_and_the_line_where_everybody_is():
    html = rows_html(
        [DotRow("Women", "60%", 0.6, 0.5, 0.7, line=0.6), DotRow("Men", "40%", 0.4, line=0.6)], "Sex"
    )
    women, men = lefts(html, "dot")
    assert women > men
    assert lefts(html, "line") == [women, women]
    whisker = re.search(r'class="whisker" style="left:([\d.]+)%;width:([\d.]+)%', html)
    assert float(whisker[1]) < women < float(whisker[1]) + float(whisker[2])


def test_a_hidden_row_has_no_dot_no_interval_and_says_so():
    html = rows_html(
        [DotRow("Arab", "* held back", line=0.5, mark="hidden"), DotRow("White", "50%", 0.5)], "x"
    )
    hidden = html[html.index("Arab") : html.index("</li>")]
    assert "held back" in hidden
    assert 'class="held"' in hidden
    assert 'class="dot"' not in hidden
    assert "whisker" not in hidden


def test_where_nothing_is_shown_there_is_no_scale_to_guess_from():
    assert "dot-scale" not in rows_html([DotRow("Arab", "* held back", mark="hidden")], "x")


def test_a_scale_that_is_shared_puts_the_same_value_at_the_same_place():
    alone = rows_html([DotRow("a", "50%", 0.5)], "x", scale=[0.1, 0.9, 0.5])
    beside = rows_html([DotRow("b", "50%", 0.5), DotRow("c", "90%", 0.9)], "x", scale=[0.1])
    assert lefts(alone, "dot")[0] == lefts(beside, "dot")[0]


def test_a_mark_is_never_told_by_colour_alone():
    html = rows_html([DotRow("Men", "5%", 0.05, mark="fewer", note="fewer reached")], "x")
    assert 'class="fewer"' in html
    assert "<em>fewer reached</em>" in html


@pytest.mark.parametrize(("share", "told"), [(0.064, "6.4%"), (0.64, "64%"), (0.0, "0%"), (1.0, "100%")])
def test_small_shares_keep_a_decimal(share, told):
    assert share_text(share) == told


def test_an_interval_is_written_once_with_its_unit():
    assert interval_text(0.045, 0.12) == "4.5 to 12%"
    assert interval_text(None, 0.1) == ""


def test_names_cannot_become_tags():
    assert "<script" not in rows_html(
        [DotRow("<script>", "<script>", 0.5, note="<script>", hover="<script>")], "<script>"
    )


def test_bars_begin_at_nothing_so_that_a_small_difference_looks_small():
    html = rows_html(
        [DotRow("before", "65%", 65.0), DotRow("after", "62%", 62.0)], "x", NumberStyle(), bars=True
    )
    before, after = (
        float(width) for width in re.findall(r'class="bar" style="left:[\d.]+%;width:([\d.]+)%', html)
    )
    assert after / before == pytest.approx(62 / 65, rel=0.01)
    assert 'class="dot"' not in html
