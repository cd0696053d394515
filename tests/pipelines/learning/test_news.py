"""The headline list: controlled for the number of cycles looked at, and only of changes judged lately."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pipelines.learning.news import headline_cycles, kept_cycles

UNTIL = dt.date(2026, 11, 22)

#: The fifteen p-values of Benjamini & Hochberg (1995), section 3.2: at q = .05 they keep four, at q = .10 nine.
BH_1995 = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0]  # fmt: skip


def row(cycle_id, p_value, verdict="improved", start=dt.date(2026, 9, 1), end=dt.date(2026, 11, 1)):
    return {"cycle_id": cycle_id, "p_value": p_value, "verdict": verdict, "do_start": start, "do_end": end}


def test_published_p_values_keep_those_below_the_line():
    rows = [row(f"c{at}", p) for at, p in enumerate(BH_1995, start=1)]
    below = max(k for k, p in enumerate(BH_1995, start=1) if p <= 0.10 * k / 15)
    assert headline_cycles(rows, UNTIL) == {f"c{at}" for at in range(1, below + 1)}
    assert below == 9


@pytest.mark.parametrize("verdict", ["no evidence of change", "check the data", "not enough data"])
def test_a_small_p_value_without_a_verdict_is_no_headline_but_counts_among_those_looked_at(verdict):
    assert headline_cycles([row("a", 0.001, verdict)], UNTIL) == set()
    assert headline_cycles([row("a", 0.001, verdict), row("b", 0.09)], UNTIL) == {"b"}
    assert headline_cycles([row("a", 0.9, verdict), row("b", 0.09)], UNTIL) == set()


@pytest.mark.parametrize(
    ("start", "end", "is_news"),
    [
        (dt.date(2026, 9, 1), dt.date(2026, 10, 26), True),
        (dt.date(2026, 9, 1), dt.date(2026, 10, 25), False),
        (dt.date(2026, 9, 1), None, True),
        (dt.date(2026, 11, 22), None, True),
        (dt.date(2026, 11, 23), None, False),
        (None, None, False),
    ],
)
def test_a_cycle_is_news_while_its_do_reaches_into_the_last_four_weeks(start, end, is_news):
    assert headline_cycles([row("a", 0.001, start=start, end=end)], UNTIL) == ({"a"} if is_news else set())


def test_looking_further_back_takes_in_cycles_that_ended_earlier_and_counts_them_among_those_looked_at():
    rows = [row("a", 0.04), row("b", 0.9, end=dt.date(2026, 9, 20))]
    assert kept_cycles(rows, UNTIL, dt.date(2026, 10, 1)) == {"a": 0.04}
    assert kept_cycles(rows, UNTIL, dt.date(2026, 9, 19)) == {"a": 0.04}
    assert kept_cycles([row("a", 0.06), rows[1]], UNTIL, dt.date(2026, 9, 19)) == {}
    assert headline_cycles(rows, UNTIL, dt.date(2026, 9, 19)) == {"a"}


def test_cycles_without_an_interval_count_for_nothing():
    rows = [row("a", 0.09), row("b", None), row("c", float("nan"))]
    assert headline_cycles(rows, UNTIL) == {"a"}
    assert headline_cycles([], UNTIL) == set()
    assert headline_cycles(rows, None) == set()


def test_where_nothing_changed_a_list_with_any_headline_is_one_in_ten():
    rng = np.random.default_rng(5)
    lists = rng.uniform(size=(2000, 12))
    with_any = sum(bool(headline_cycles([row(str(at), p) for at, p in enumerate(ps)], UNTIL)) for ps in lists)
    assert 0.08 <= with_any / 2000 <= 0.12
