"""The pictures of learning: where marks stand, what is drawn beside them, and what stands at the edge."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from dashboard.components.learning.errors import FIRST, errors_html
from dashboard.components.learning.gate import answer_icon
from dashboard.components.learning.holds import beyond_words, holds_html, share_html
from dashboard.components.learning.tables import cycles_table
from dashboard.components.learning.words import bold_first, first_statement, months_text, wait_text
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import LIGHT, THEMES
from pipelines.learning.calibration import FIRST_ERRORS


@pytest.fixture(autouse=True)
def links_without_a_page(monkeypatch):
    monkeypatch.setattr("dashboard.context.link", lambda page, **choices: f"{page}?cycle={choices['cycle']}")


def errors(*places, median=0.5):
    return [
        {
            "cycle_id": f"c{at}", "due_on": dt.date(2026, 1, 4) + dt.timedelta(weeks=at), "place": place, "value": abs(place),
            "is_inside": abs(place) <= 1, "median": median, "words": f"Cycle {at}.",
        }
        for at, place in enumerate(places)
    ]  # fmt: skip


def tops(html):
    return [float(top) for top in re.findall(r"left:[\d.]+%;top:(-?[\d.]+)%", html)]


def band(html):
    top, height = re.search(r'class="range" style="top:([\d.]+)%;height:([\d.]+)%', html).groups()
    return float(top), float(top) + float(height)


@pytest.mark.parametrize("places", [(0.0, 0.5), (1.0, -1.0), (-3.9, 2.2, 0.3)])
def test_a_result_stands_inside_the_band_exactly_where_it_lay_inside_its_range(places):
    html = holds_html(errors(*places), "It held.")
    upper, lower = band(html)
    for place, top in zip(places, tops(html), strict=True):
        assert (upper - 0.02 <= top <= lower + 0.02) == (abs(place) <= 1)
        # More than predicted stands above the middle, less below.
        assert (top < 50) == (place > 0) or place == 0


def test_a_result_that_no_picture_could_hold_stands_at_its_edge_and_is_told():
    rows = errors(0.2, 9.0, -30.0)
    html = holds_html(rows, "It held.")
    assert tops(html)[1:] == [0.0, 100.0]
    assert html.count("diamond beyond") == 2
    assert beyond_words(rows) == "2 results lie further out than the picture reaches, and stand at its edge."
    assert beyond_words(errors(0.2, 9.0)).startswith("One result lies further out")
    assert beyond_words(errors(0.2, 3.9)) == ""


def test_the_line_of_the_share_puts_each_figure_at_its_place():
    row = {
        "share": 13 / 22,
        "share_low": 0.387,
        "share_high": 0.767,
        "promised": 0.8,
        "n_inside": 13,
        "n_scored": 22,
    }
    html = share_html(row)
    assert 'aria-label="13 of 22 held, 59%; 95% interval 39 to 77%; promised 80%"' in html
    assert 'class="held" style="left:59.1%"' in html
    assert 'class="promise" style="left:80.0%"' in html
    assert 'class="between" style="left:38.7%;width:38.0%"' in html


def test_without_a_share_there_is_no_line():
    assert share_html({"share": None}) == ""


def test_the_chart_of_errors_has_its_median_the_edge_and_the_latest():
    html = errors_html(errors(2.0, -1.5, 0.5, median=1.5), "Cannot yet tell.", LIGHT, n_all=3, narrow=False)
    assert 'aria-label="Cannot yet tell."' in html
    for words in ("latest 0.5", "median 1.5", "edge of the range 1"):
        assert words in html
    assert tops(html) == sorted(tops(html))  # ever smaller errors stand ever lower
    assert tops(html)[1] == pytest.approx(float(re.search(r'class="median" style="top:([\d.]+)%', html)[1]))


def test_the_bracket_spans_the_cycles_that_set_the_median_as_the_statistics_say():
    assert FIRST == FIRST_ERRORS
    html = errors_html(errors(*[0.5] * 24), "Cannot yet tell.", LIGHT, n_all=24, narrow=False)
    assert '<i style="width:50.00%"></i><span>first 12 cycles set the median</span>' in html


def test_the_links_of_the_second_picture_are_no_second_round_for_the_keyboard():
    rows = errors(0.5)
    assert "tabindex" not in holds_html(rows, "x")
    assert 'tabindex="-1"' in errors_html(rows, "x", LIGHT, n_all=1, narrow=False)


def test_the_answers_differ_in_shape_and_not_in_colour_alone():
    for theme in THEMES.values():
        icons = {answer: answer_icon(answer, theme) for answer in ("yes", "no", "cannot yet tell")}
        assert len(set(icons.values())) == 3


def test_the_table_leads_to_each_cycle_newest_first_in_the_measures_own_unit():
    rows = errors(0.5, -2.0)
    cycle = {"cycle_no": "1", "neighbourhood": "Ashfield", "prototype_name": "Barbers", "measure": "Said yes"}
    prediction = {"low": 0.4, "high": 0.55, "observed": 0.47}
    html = cycles_table(
        [
            row | {"cycle": cycle, "prediction": prediction, "style": NumberStyle(is_share=True)}
            for row in rows
        ]
    )
    cells = re.findall(r"<td>([^<]*)</td>", html)
    assert cells[:5] == ["11 Jan 2026", "40 to 55%", "47%", "missed, below", "2.0"]
    assert html.index("cycle?cycle=c1") < html.index("cycle?cycle=c0")
    assert "Ashfield · Barbers, cycle 1" in html
    assert "Said yes" in html


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, ""),
        (float("nan"), ""),
        (1, "1 day"),
        (88.0, "88 days"),
        (154.0, "5 months"),
        (664.0, "22 months"),
    ],
)
def test_a_wait_is_told_in_days_and_then_in_months(days, words):
    assert wait_text(days) == words


def test_months_name_a_year_once_where_it_is_the_same():
    assert months_text([dt.date(2026, 2, 1), dt.date(2026, 11, 8)]) == "February to November 2026"
    assert months_text([dt.date(2025, 12, 1), dt.date(2026, 1, 8)]) == "December 2025 to January 2026"
    assert months_text([dt.date(2026, 2, 1)]) == "February 2026"
    assert months_text([]) == ""


def test_the_first_statement_is_the_headline_and_bold_where_it_stands_in_a_text():
    assert first_statement("Too sure: 13 of 22 held. They promise 8 in 10.") == "Too sure: 13 of 22 held."
    assert bold_first("One <b>. Two.") == "<b>One &lt;b&gt;.</b> Two."
    assert bold_first("Only one.") == "<b>Only one.</b>"
