"""Dots over time: a missing point is a star that breaks the line, and one point alone is a picture too."""

from __future__ import annotations

import base64
import re

from dashboard.components.dot_rows import SHARE
from dashboard.components.time_dots import TimeDot, time_html
from dashboard.theme import LIGHT


def lines(html):
    svg = base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]).decode()
    return re.findall(r'points="([^"]+)"', svg)


def test_points_stand_in_time_order_with_their_words():
    html = time_html(
        [TimeDot("Apr", 0.2, 0.1, 0.3, "April: 20%"), TimeDot("Oct", 0.4, hover="October: 40%")],
        "x",
        LIGHT,
        SHARE,
    )
    spots = re.findall(r'class="dot" style="left:([\d.]+)%;top:([\d.]+)%" title="([^"]+)"', html)
    assert [float(left) for left, _, _ in spots] == [25.0, 75.0]
    assert float(spots[0][1]) > float(spots[1][1])
    assert [words for *_, words in spots] == ["April: 20%", "October: 40%"]
    assert len(lines(html)) == 1


def test_a_missing_point_is_a_star_and_breaks_the_line():
    dots = [
        TimeDot("a", 0.1),
        TimeDot("b", 0.2),
        TimeDot("c", None, hover="c: held back"),
        TimeDot("d", 0.3),
        TimeDot("e", 0.2),
    ]
    html = time_html(dots, "x", LIGHT)
    assert [len(line.split()) for line in lines(html)] == [2, 2]
    assert re.search(r'class="held"[^>]*aria-label="c: held back">\*<', html)


def test_one_point_is_drawn_without_a_line():
    html = time_html([TimeDot("a", 0.1)], "x", LIGHT)
    assert html.count('class="dot"') == 1
    assert lines(html) == []


def test_of_many_points_the_last_is_labelled_and_not_every_one():
    html = time_html([TimeDot(f"t{at}", 0.1 * at) for at in range(1, 9)], "x", LIGHT)
    assert "t8</span>" in html
    assert "t7</span>" not in html
