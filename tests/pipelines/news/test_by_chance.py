"""How many charts chance alone gives a new signal: the table against a plain count of its own, and its reading."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.news.by_chance import new_signal_rates
from pipelines.news.by_chance_table import AFTER, BASES, NEW
from pipelines.news.simulate_by_chance import FAMILIES, SEED, SERIES, rates
from pipelines.spc.limits import KINDS
from pipelines.vocabulary import ChartKind


def coloured(values, centre, sigma):
    """Colour points by the four rules as Making Data Count tells them, one point and rule at a time."""
    off = (values - centre) / sigma
    side, size = np.sign(off), len(off)
    marks = np.zeros(size, dtype=int)
    for end in range(size):
        run, climb, three = (
            slice(end - 6, end + 1),
            np.diff(values[end - 6 : end + 1]),
            off[end - 2 : end + 1],
        )
        if end >= 6 and abs(side[run].sum()) == 7:
            marks[run] = np.where(marks[run] == 0, side[end], marks[run])
        if (
            end >= 2
            and abs(np.sign(three).sum()) == 3
            and ((np.abs(three) > 2) & (np.abs(three) < 3)).sum() >= 2
        ):
            far = (np.abs(three) > 2) & (np.abs(three) < 3)
            marks[end - 2 : end + 1][far] = side[end]
        if end >= 6 and abs(np.sign(climb).sum()) == 6:
            marks[run] = np.sign(climb[0])
        if abs(off[end]) > 3:
            marks[end] = side[end]
        yield marks.copy()


def new_signals(values, centre, sigma, silent):
    """Return at which points somebody who colours a growing chart sees a signal that did not stand before."""
    before, found = np.zeros(len(values), dtype=int), []
    for end, marks in enumerate(coloured(values, centre, sigma)):
        marks[:silent] = 0
        if end >= silent and marks[end] and not (end and before[end - 1] == marks[end]):
            found.append(end)
        before = marks
    return found


def test_of_normal_values_the_engine_gives_as_many_new_signals_as_a_plain_count():
    """Lines are the mean and 2.66 mean moving ranges of the first 24 of 60 points (Wheeler)."""
    draws = np.random.default_rng(21)
    n_base, last, hits, places = 24, 12, 0, 0
    for _ in range(1200):
        values = draws.normal(size=66)
        base = values[:n_base]
        shown = new_signals(values, base.mean(), 2.66 * np.abs(np.diff(base)).mean() / 3, n_base)
        for begin in range(30, 66 - last, 6):
            hits += any(begin <= at < begin + last for at in shown)
            places += 1
    printed = NEW["i"][BASES.index(n_base)][AFTER.index(last)]
    assert hits / places == pytest.approx(printed, abs=0.02)


def test_lines_that_are_all_but_known_give_the_run_lengths_of_the_textbook():
    """A new run of 7 begins at a point once in 2^7; a point lies outside once in 370, two of three near an edge once in

    about 600 points (Champ & Woodall 1987: 1/225 with the points outside), a climb or fall of six steps is rarer still.
    """
    one_point = rates("i", 600, 600, 4)[0]
    assert one_point == pytest.approx(1 / 128 + 1 / 225, abs=0.0025)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_table_is_what_its_program_gives(family):
    again = rates(family, 12, 600, SEED + 1)
    assert np.abs(again - NEW[family][0]).max() < 4 * np.sqrt(0.25 / 600 + 0.25 / SERIES)
    assert (np.diff(np.array(NEW[family]), axis=1) > 0).all()


def test_a_longer_range_gives_fewer_false_signals():
    assert (np.diff(np.array(NEW["i"]), axis=0) < 0).all()


def test_rates_are_read_between_the_places_of_the_table_and_are_nothing_without_a_point():
    row = dict(zip(AFTER, NEW["p"][BASES.index(20)], strict=True))
    read = new_signal_rates("p", 20, np.array([0, 1, 4, 15.5, 52, 400]))
    assert read == pytest.approx([0, row[1], row[4], (row[13] + row[18]) / 2, row[52], row[52]])
    low, high = (NEW["i"][BASES.index(size)][AFTER.index(4)] for size in (12, 16))
    assert new_signal_rates("i", 14, np.array([4.0])) == pytest.approx((low + high) / 2)
    assert new_signal_rates("i", 5, np.array([4.0])) == pytest.approx(low)


def test_every_chart_that_a_build_can_draw_limits_for_has_figures():
    drawn = [
        kind for kind in ChartKind if kind not in (ChartKind.RUN, ChartKind.MR, ChartKind.XBAR, ChartKind.S)
    ]
    assert {KINDS[kind].family for kind in drawn} == set(NEW)
