"""One series released again and again."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import Ledger, enter_series, exposed, release_all
from pipelines.vocabulary import DataType, Period

COUNT, SHARE, MEAN = DataType.COUNT, DataType.PROPORTION, DataType.MEASUREMENT


@pytest.fixture
def again():
    """Release a series, enter it into a ledger as it would be kept, and give what is shown."""
    kept = [""]

    def release_again(measure, rows):
        ledger = Ledger.from_text(kept[0])
        out = release_all({"one": rows}, {measure.measure_id: measure}, ledger=ledger)["one"]
        enter_series(out, ledger)
        kept[0] = ledger.to_text()
        return out

    return release_again


def test_a_late_correction_by_a_few_is_not_told(again, make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    assert again(measure, make_series(measure, [20] * 12)).observation["value"].tolist() == [20] * 12
    out = again(measure, make_series(measure, [20] * 11 + [23]))
    assert out.observation["value"].tolist() == [20] * 12
    assert "changed by fewer than eight" in out.note
    assert out.rounding_error.tolist() == [2] * 11 + [9]
    assert again(measure, make_series(measure, [20] * 11 + [41])).observation["value"].tolist()[-1] == 40


def test_a_share_keeps_both_of_its_figures_until_each_has_changed_by_enough(again, make_measure, make_series):
    measure = make_measure(SHARE)
    again(measure, make_series(measure, [30] * 12, 100))
    out = again(measure, make_series(measure, [30] * 11 + [34], [100] * 11 + [130])).observation.iloc[-1]
    assert (out["numerator"], out["denominator"], out["value"]) == (30, 130, 30 / 130)


def test_what_was_held_back_is_not_shown_later(again, make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    assert again(measure, make_series(measure, [20] * 11 + [3])).observation["is_hidden"].iloc[-1]
    out = again(measure, make_series(measure, [20] * 11 + [60]))
    assert out.observation["is_hidden"].tolist() == [False] * 11 + [True]


def test_a_mean_stays_until_other_people_are_behind_it(again, make_measure, make_series):
    measure = make_measure(MEAN)
    assert again(measure, make_series(measure, [1400.0] * 12, 10)).observation["value"].iloc[-1] == 140
    corrected = make_series(measure, [1400.0] * 11 + [1500.0], 10)
    assert again(measure, corrected).observation["value"].iloc[-1] == 140
    more = make_series(measure, [1400.0] * 11 + [4500.0], [10] * 11 + [30])
    assert again(measure, more).observation["value"].iloc[-1] == 150


def test_a_wider_period_once_used_is_not_refined(again, make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    assert again(measure, make_series(measure, [3] * 12)).period == Period.FOUR_WEEKS
    assert again(measure, make_series(measure, [3] * 12 + [30] * 60)).period == Period.FOUR_WEEKS


def test_weeks_that_were_shown_are_held_against_the_four_weeks_that_follow(again, make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    weeks = [22, 22, 22, 7, *[20] * 16]
    assert again(measure, make_series(measure, weeks)).period == Period.WEEK
    out = again(measure, make_series(measure, weeks + [3] * 20))
    assert out.period == Period.FOUR_WEEKS
    assert out.observation["is_hidden"].iloc[
        0
    ]  # 73 (75) less three weeks of 20 would leave 7 for the hidden one
    assert exposed({"one": out}) == {}


def test_a_total_over_everything_does_not_grow_by_a_few(again, make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    counts = [1 if i % 13 == 0 else 0 for i in range(117)]
    first = again(measure, make_series(measure, counts))
    assert (first.period, first.observation["value"].tolist()) == (Period.WHOLE, [10])
    few = again(measure, make_series(measure, [*counts, *[1 if i == 0 else 0 for i in range(13)]]))
    assert few.observation["period_end"].tolist() == first.observation["period_end"].tolist()
    more = again(measure, make_series(measure, [*counts, *[1] * 13]))
    assert more.observation["period_end"].iloc[0] > first.observation["period_end"].iloc[0]
    assert more.observation["value"].tolist() == [20]


def test_a_series_released_twice_is_the_same_both_times(again, make_measure, make_series):
    rng = np.random.default_rng(1)
    measure = make_measure(SHARE)
    rows = make_series(measure, rng.integers(3, 40, 40), rng.integers(60, 90, 40))
    one, two = again(measure, rows), again(measure, rows)
    assert one.observation.equals(two.observation)
    assert one.note == two.note
