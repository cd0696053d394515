"""What the wall says over and under its table: every cell counted once, and what chance alone would give."""

from __future__ import annotations

import pytest

from dashboard.components.wall.cells import SIGNALS, State
from dashboard.components.wall.words import chance_line, headline


def test_the_headline_counts_every_cell_once(cells):
    states = (
        [State.BETTER] * 4 + [State.WORSE] * 2 + [State.CHANGED] + [State.USUAL] * 20 + [State.TOO_FEW] * 6
    )
    states += [State.HIDDEN, State.NO_DATA, State.OLD]
    said = headline(cells(*states))
    assert said == "Four measures better, two worse, one changed. Twenty as usual; nine cannot yet tell."


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([State.BETTER], "One measure better."),
        ([State.WORSE, State.USUAL], "One measure worse. One as usual."),
        ([State.CHANGED, State.CHANGED, State.HIDDEN], "Two measures changed. One cannot yet tell."),
        ([State.USUAL] * 3, "No measure shows a signal. Three as usual."),
        ([State.NO_DATA] * 36, "No measure shows a signal. Thirty-six cannot yet tell."),
    ],
)
def test_the_headline_leaves_out_what_is_not_there(cells, states, said):
    assert headline(cells(*states)) == said


def test_the_counts_of_the_full_wall_add_up_to_its_cells(full_wall):
    counted = {state: sum(cell.state == state for cell in full_wall.cells) for state in State}
    assert sum(counted.values()) == len(full_wall.cells) == 36
    assert [counted[state] for state in SIGNALS] == [4, 2, 1]
    assert headline(full_wall.cells).startswith("Four measures better, two worse, one changed.")


def test_chance_is_the_sum_of_the_published_rates_of_charts_that_can_signal(cells):
    told = cells(State.BETTER, State.USUAL, State.USUAL, State.TOO_FEW, rate=0.2)
    assert chance_line(told) == ("1 of 3 charts shows a signal.", "Chance alone would give about 0.6.")


def test_a_rate_that_is_not_published_adds_nothing_and_a_tiny_one_is_not_rounded_to_none(cells):
    told = cells(State.USUAL, rate=None)
    assert chance_line(told) == ("0 of 1 chart shows a signal.", "Chance alone would give fewer than 0.1.")


def test_without_charts_that_can_signal_the_line_says_so(cells):
    assert chance_line(cells(State.TOO_FEW))[0] == "No chart can show a signal yet."
