"""Worked notes: numbers of the place where they may be seen, the worked case everywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cascade.notes import note_rows, register_parts
from pipelines.spc import chart as spc_chart
from tests.pipelines.cascade.made import HOMES, MEASURES, PLACES, chart

NOTES = [
    "regression_to_the_mean",
    "no_reading",
    "finding_more",
    "winter",
    "thresholds",
    "ends_in_zero",
    "rolling",
]


def rows(*charts):
    return note_rows(charts, MEASURES, HOMES, PLACES)


def note(name, *charts, place="ashfield"):
    found = rows(*charts)
    (one,) = [row for row in found["worked_note"] if (row["place_id"], row["note"]) == (place, name)]
    figures = [row for row in found["worked_figure"] if (row["place_id"], row["note"]) == (place, name)]
    return one["body"].split("\n")[0], {row["label"]: row for row in figures}


def places_of(name, *charts):
    return [row["place_id"] for row in rows(*charts)["worked_note"] if row["note"] == name]


def test_every_note_stands_everywhere_also_where_nothing_is_counted():
    found = rows()
    assert [row["note"] for row in found["worked_note"]] == NOTES
    assert [row["display_order"] for row in found["worked_note"]] == [*range(1, 8)]
    assert {row["place_id"] for row in found["worked_note"]} == {"borough"}


def test_without_a_measure_of_the_cascade_there_are_no_notes():
    plain = {name: measure for name, measure in MEASURES.items() if measure.cascade_step is None}
    assert note_rows([], plain, HOMES, PLACES) == {"worked_note": [], "worked_figure": []}


def test_a_note_with_numbers_of_a_place_stands_for_that_place_alone():
    zeros = chart("cascade_ends_in_zero", [(40, 100)] * 3)
    assert places_of("ends_in_zero", zeros) == ["borough", "ashfield"]


def test_the_observed_fall_stands_beside_the_one_expected_with_no_help():
    first, later = (
        chart("cascade_first_systolic", [(152.0, 60)] * 3),
        chart("cascade_later_systolic", [(144.5, 50)] * 3),
    )
    body, figures = note("regression_to_the_mean", first, later)
    assert body == (
        "Here, in January to March 2026: people raised at the first check read 152.0 mmHg then and 144.5 later, a fall of 7.5 "
        "(5.4 to 9.6). With no help at all 7.0 is expected, and that lies within: the fall may be nothing else."
    )
    assert figures["Observed here"]["value"] == pytest.approx(7.5)
    assert figures["Expected with no help, one first reading"]["value"] == pytest.approx(7.01, abs=0.005)


@pytest.mark.parametrize(
    ("later", "words"), [(134.0, "more fell than by itself"), (151.0, "smaller than that")]
)
def test_a_fall_beyond_or_short_of_the_expected_one_is_told(later, words):
    charts = (
        chart("cascade_first_systolic", [(152.0, 60)] * 3),
        chart("cascade_later_systolic", [(later, 50)] * 3),
    )
    assert words in note("regression_to_the_mean", *charts)[0]


def test_falls_of_different_months_are_not_compared():
    first, later = (
        chart("cascade_first_systolic", [(152.0, 60)] * 2),
        chart("cascade_later_systolic", [(144.5, 50)] * 3),
    )
    assert places_of("regression_to_the_mean", first, later) == ["borough"]


def test_to_target_above_it_and_no_reading_are_the_whole_register():
    read, target = (
        chart("cascade_read_in_12_months", [(3675, 4334)]),
        chart("cascade_to_target", [(2801, 4334)]),
    )
    body, figures = note("no_reading", read, target)
    assert body == (
        "Here, in January 2026: of 4,334 people on the register 64.6% were to target, 20.2% were above it and 15.2% had no "
        "reading in 12 months."
    )
    assert [row["value"] for row in figures.values()] == [64.6, 20.2, 15.2]


@given(st.integers(1, 9000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n))))
def test_the_parts_of_a_register_are_100_per_cent_and_none_is_off_by_more_than_a_tenth(counts):
    on_register, one, other = counts
    read, target = max(one, other), min(one, other)
    parts = register_parts(on_register, read, target)
    assert round(sum(parts), 6) == 100
    exact = [100 * part / on_register for part in (target, read - target, on_register - read)]
    assert all(abs(part - true) < 0.1 + 1e-9 for part, true in zip(parts, exact, strict=True))


def test_a_register_that_grows_lowers_the_share_while_more_people_are_controlled():
    target = chart("cascade_to_target", [(650, 1000), *[(660, 1050)] * 11, (680, 1100)])
    year = chart("cascade_to_target_12_months", [(650, 1000)] * 13)
    body, figures = note("finding_more", target, year)
    assert body == (
        "Here, in January 2027: 680 of 1,100 on the register to target, 62%. A year before: 650 of 1,000, 65%. The register grew "
        "by 100 and 30 more people are controlled, while the share fell. Of those on it for a year or more 65% are to target."
    )
    assert figures["To target, January 2027"]["value"] == pytest.approx(61.8, abs=0.05)


def test_without_the_same_month_a_year_before_seasons_and_registers_are_not_compared():
    charts = (
        chart("cascade_to_target", [(650, 1000)] * 12),
        chart("cascade_mean_systolic", [(134.0, 900)] * 12),
    )
    assert places_of("finding_more", *charts) == places_of("winter", *charts) == ["borough"]


def test_winter_is_compared_with_winter():
    systolic = chart("cascade_mean_systolic", [(135.0, 900), *[(131.0, 900)] * 11, (134.2, 900)])
    body, figures = note("winter", systolic)
    assert body.endswith("was 134.2 mmHg in January 2027, 0.8 lower than in January 2026 (135).")
    assert [*figures] == ["January 2026", "January 2027"]


@pytest.mark.parametrize(
    ("counts", "words"),
    [((40, 100), "more than reading by ear"), ((15, 100), "as expected"), ((2, 100), "fewer than anybody")],
)
def test_readings_that_end_in_0_are_held_against_10_to_20_per_cent(counts, words):
    body, figures = note("ends_in_zero", chart("cascade_ends_in_zero", [counts] * 3))
    assert words in body
    assert (
        figures["Observed here"]["low"] < figures["Observed here"]["value"] < figures["Observed here"]["high"]
    )


def test_what_is_held_back_stands_in_no_note():
    hidden = chart("cascade_ends_in_zero", [(40, 997)] * 3, hidden=(0, 1, 2))
    assert places_of("ends_in_zero", hidden) == ["borough"]


def test_published_rolling_figures_signal_falsely_on_nearly_every_chart():
    draw, charts, people = np.random.default_rng(96), 300, 400

    def signals(values):
        found = spc_chart(values, kind="i")
        return bool(np.any((found.signals.beyond_limits != 0) | (found.signals.shift != 0)))

    months = draw.binomial(people, 0.65, (charts, 35)) / people
    rolling = np.lib.stride_tricks.sliding_window_view(months, 12, axis=1).mean(axis=2)
    assert np.mean([signals(one) for one in rolling]) == pytest.approx(0.96, abs=0.03)
    assert np.mean([signals(one) for one in months[:, :24]]) == pytest.approx(0.13, abs=0.06)
