"""The bracket of a prototype's charts: in the ribbon once, with a word where a chart goes by other points."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from dashboard.components.prototype_view import UNLESS, Chart, PrototypeView
from dashboard.components.ribbon_strip import BARE_TOP, BRACKET_ROW, ribbon_html
from dashboard.figures.axis import TimeAxis
from dashboard.figures.numbers import NumberStyle
from dashboard.figures.ribbon import Bracket

EARLY, LATE = Bracket(0.0, 0.3, "12 weeks that set the usual range"), Bracket(0.5, 0.3, "12 weeks")


@dataclass(frozen=True)
class Marked:
    """A chart of which only the bracket matters."""

    bracket: Bracket | None


def view(*own: Bracket | None) -> PrototypeView:
    return PrototypeView([Marked(one) for one in own], [], [], {}, None)  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("unit", "period", "said"),
    [
        ("people a week", "week", "people a week"),
        ("people a week", "4-week", "people in four weeks"),
        ("a week", "week", "a week"),
        ("a week", "4-week", "in four weeks"),
        ("days", "week", "days, week by week"),
        (None, "week", "week by week"),
    ],
)
def test_what_a_value_is_is_said_once(unit, period, said):
    request = SimpleNamespace(style=NumberStyle.of("count"))
    assert Chart({"unit": unit, "period": period}, request).what == said  # type: ignore[arg-type]


@pytest.mark.parametrize("own", [(EARLY, EARLY), (EARLY, None), (EARLY,)])
def test_a_bracket_that_every_chart_shares_stands_as_it_is(own):
    assert view(*own).ribbon_bracket() == EARLY


def test_where_a_chart_goes_by_other_points_the_ribbon_says_so():
    mixed = view(EARLY, EARLY, LATE)
    told = mixed.ribbon_bracket()
    assert told is not None
    assert told.words == f"{EARLY.words}{UNLESS}"
    assert mixed.shared_bracket() == EARLY


def test_without_a_usual_range_there_is_no_bracket():
    assert view(None).ribbon_bracket() is None


def test_a_bracket_without_cycles_keeps_away_from_what_stands_above_it():
    axis = TimeAxis.__new__(TimeAxis)  # not asked: there is no cycle to place
    assert f"height:{BARE_TOP + BRACKET_ROW}px" in ribbon_html([], axis, EARLY, narrow=False)
