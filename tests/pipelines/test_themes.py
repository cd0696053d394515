"""Themes: who is lost at which step, summed from what the audience may see, and three sentences a place."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from pipelines.sources import Neighbourhood, Prototype
from pipelines.themes import theme_rows
from tests.pipelines.cascade.made import HOMES, MEASURES, PLACES
from tests.pipelines.cascade.made import chart as monthly
from tests.pipelines.words.rows import COUNT, SHARE, summary
from tests.pipelines.words.test_every_sentence import FORBIDDEN, sentences_in

UNTIL = dt.date(2026, 11, 22)
ASHFIELD = Neighbourhood("ashfield", "Ashfield", 1)
BARBERS = Prototype("barbers", "ashfield", "The barber's", theme="hypertension")
SALON = dataclasses.replace(BARBERS, prototype_id="salon", name="The salon")

ASKED = dataclasses.replace(SHARE, numerator="yes", denominator="asked", unit="of people asked")
CONFIRMED = dataclasses.replace(
    SHARE, measure_id="confirmed", short_name="Confirmed", numerator="confirmed", denominator="yes", domain="impact",
    unit="% of those who said yes",
)  # fmt: skip
TARGET = dataclasses.replace(
    CONFIRMED, measure_id="to_target", short_name="BP to target", denominator="reviewed"
)


def series(
    measure=ASKED, prototype="barbers", counts=((20, 40),), first=dt.date(2026, 11, 2), hidden=(), **changes
):
    starts = [first + dt.timedelta(weeks=at) for at in range(len(counts))]
    columns = {
        "period_start": np.array(starts, object),
        "period_end": np.array([start + dt.timedelta(days=6) for start in starts], object),
        "numerator": np.array([x for x, _ in counts], float),
        "denominator": np.array([n for _, n in counts], float),
        "value": np.array([x / n if n else np.nan for x, n in counts], float),
        "is_hidden": np.array([at in hidden for at in range(len(counts))]),
        "is_running": np.zeros(len(counts), bool),
    }
    row = summary() | {
        "series_id": f"{measure.measure_id}@{prototype}", "measure_id": measure.measure_id, "prototype_id": prototype,
        "domain": measure.domain, "false_alarm_rate": 0.02, "from_rounded": False, "sentence_short": "40%; usually 30 to 53%.",
    }  # fmt: skip
    return SimpleNamespace(summary=row | changes, columns=columns)


def rows(*charts, prototypes=(BARBERS, SALON), until=UNTIL):
    measures = {measure.measure_id: measure for measure in (ASKED, CONFIRMED, TARGET, COUNT)}
    return theme_rows(charts, measures, prototypes, [ASHFIELD], until)


def steps(*charts, **how):
    return rows(*charts, **how)["theme_step"]


def test_a_share_is_a_step_and_a_count_is_none():
    found = steps(series(), series(COUNT))
    assert [row["measure_id"] for row in found] == ["said_yes"]
    assert found[0]["label"] == "Said yes"
    assert found[0]["of_label"] == "people asked"


def test_the_last_twelve_weeks_are_summed_over_every_prototype_of_the_theme_here():
    long = series(counts=[(1, 10)] * 20, first=dt.date(2026, 7, 6))
    (found,) = steps(long, series(prototype="salon", counts=[(5, 10)]))
    assert (found["n_before"], found["n_reached"], found["n_lost"]) == (130.0, 17.0, 113.0)
    assert found["share_lost"] == pytest.approx(113 / 130)
    assert found["first_on"] == dt.date(2026, 8, 31)
    assert found["n_points"] == 13


def test_points_held_back_and_gaps_are_left_out_and_the_hidden_counted():
    (found,) = steps(series(counts=[(20, 40), (None, None), (3, 9)], hidden=(2,)))
    assert (found["n_before"], found["n_points"], found["n_hidden"]) == (40.0, 1, 1)


def test_the_largest_loss_in_people_is_marked_and_ties_are_both():
    found = steps(series(counts=[(10, 40)]), series(TARGET, counts=[(1, 20)]))
    assert [row["is_largest"] for row in found] == [True, False]
    found = steps(series(counts=[(10, 40)]), series(TARGET, counts=[(10, 40)]))
    assert [row["is_largest"] for row in found] == [True, True]
    assert not steps(series(counts=[(40, 40)]))[0]["is_largest"]


def test_steps_join_only_where_those_who_came_through_one_are_counted_on_by_the_next():
    joined = steps(series(), series(CONFIRMED))
    assert [row["joins_before"] for row in joined] == [False, True]
    apart = steps(series(), series(TARGET))
    assert [row["joins_before"] for row in apart] == [False, False]


def test_nothing_counted_is_no_zero():
    (found,) = steps(series(first=dt.date(2026, 1, 5)))
    assert (found["n_before"], found["n_lost"], found["n_points"]) == (None, None, 0)
    (found,) = steps(series(), until=None)
    assert found["n_before"] is None


def test_every_neighbourhood_has_its_sentences_for_every_theme_also_where_nothing_was_tested():
    told = rows(prototypes=(BARBERS, dataclasses.replace(SALON, theme="food")))["theme_sentence"]
    assert [(row["theme"], row["display_order"]) for row in told] == [
        ("food", 1), ("food", 2), ("food", 3), ("hypertension", 1), ("hypertension", 2), ("hypertension", 3),
    ]  # fmt: skip
    assert {row["sentence"] for row in told if row["display_order"] == 1} == {
        "Nothing has been tested here yet."
    }


def test_a_measure_at_two_prototypes_is_named_with_them():
    told = rows(series(variation="improvement_high"), series(prototype="salon", variation="concern_low"))[
        "theme_sentence"
    ]
    assert told[0]["sentence"].startswith("Better: said yes (The barber's); worse: said yes (The salon).")


def cascade(*charts, homes=HOMES, least_served=None):
    """Return the rows of a theme whose measures are steps of the cascade, of August 2026."""
    return theme_rows(charts, MEASURES, homes, PLACES, dt.date(2026, 8, 31), least_served)


CHAIN = [
    monthly("cascade_measured", [(95, 100)] * 8),
    monthly("cascade_raised", [(24, 95)] * 8),
    monthly("cascade_confirmation_offered", [(22, 24)] * 8),
    monthly("cascade_confirmed", [(9, 22)] * 5),
    monthly("cascade_found", [(680, 1000)] * 8),
    monthly("cascade_read_in_12_months", [(600, 680)] * 8),
    monthly("cascade_to_target_of_read", [(450, 600)] * 8),
    monthly("cascade_very_low", [(9, 600)] * 8),
]


def test_the_cascade_is_told_step_by_step_and_each_step_begins_with_the_one_before():
    found = [row for row in cascade(*CHAIN)["theme_step"] if row["neighbourhood_id"] == "ashfield"]
    names = ("step", "n_before", "n_reached", "n_lost", "n_not_due", "joins_before")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("measured", 300, 285, 15, None, False),
        ("raised", 285, 72, None, None, True),
        ("confirmation_offered", 72, 66, 6, None, True),
        ("confirmed", 132, 27, 39, 66, True),
        ("on_register", 1000, 680, 320, None, False),
        ("read_in_12_months", 680, 600, 80, None, True),
        ("to_target", 600, 450, 150, None, True),
        (None, 600, 9, None, None, False),
    ]  # fmt: skip


def test_through_lost_and_not_due_are_100_per_cent_of_those_before_at_every_step():
    for row in cascade(*CHAIN)["theme_step"]:
        if row["n_lost"] is None:
            continue
        parts = [part / row["n_before"] for part in (row["n_reached"], row["n_lost"], row["n_not_due"] or 0)]
        assert sum(parts) == pytest.approx(1), row["step"]
        assert row["share"] + row["share_lost"] == pytest.approx(1), row["step"]


def test_the_interval_of_a_step_is_wilson_of_those_due_by_another_implementation():
    (row,) = [row for row in cascade(*CHAIN)["theme_step"] if row["step"] == "confirmed"]
    other = binomtest(27, 66).proportion_ci(method="wilson")
    assert (row["lower_95"], row["upper_95"]) == (pytest.approx(other.low), pytest.approx(other.high))


def test_the_largest_loss_is_the_largest_share_lost_once_a_reading_was_raised():
    found = cascade(*CHAIN)["theme_step"]
    assert [row["step"] for row in found if row["is_largest"]] == ["confirmed"]
    most_people = [row["step"] for row in sorted(found, key=lambda row: -(row["n_lost"] or 0))]
    assert most_people[0] == "on_register"


def test_a_place_that_confirms_fewer_than_chance_allows_leaks_and_says_so():
    good = monthly("cascade_confirmed", [(66, 88)] * 5, place="brook_end")
    found = {
        row["neighbourhood_id"]: row
        for row in cascade(*CHAIN, good)["theme_step"]
        if row["step"] == "confirmed"
    }
    assert found["ashfield"]["beyond"] == "below 99.8"
    assert found["ashfield"]["pooled_share"] == pytest.approx((27 + 198) / (66 + 264))
    assert found["ashfield"]["leak"].startswith(
        "At the borough's pooled rate (68%), 18 more people would have been confirmed"
    )
    assert (found["brook_end"]["n_more"], found["brook_end"]["leak"]) == (None, None)
    three = [*PLACES, dataclasses.replace(PLACES[0], neighbourhood_id="creekside")]
    rows = theme_rows([*CHAIN, good], MEASURES, HOMES, three, None)["theme_step"]
    (told,) = [row["leak"] for row in rows if row["leak"]]
    assert told.startswith("At the pooled rate of the two places shown (68%)")


def test_who_is_reached_least_is_told_where_it_is_known():
    told = cascade(*CHAIN, least_served={"ashfield": "Men are reached least."})["theme_sentence"]
    assert [row["sentence"] for row in told if row["question"] == "Who is reached least?"] == [
        "Men are reached least."
    ]


def test_a_place_without_steps_keeps_the_questions_of_any_theme():
    told = cascade(*CHAIN)["theme_sentence"]
    elsewhere = [row["question"] for row in told if row["neighbourhood_id"] == "brook_end"]
    assert elsewhere == [
        "Is it getting better, or is it chance?",
        "Where are people lost?",
        "What should we ask?",
    ]


def test_in_another_theme_a_monthly_share_is_counted_over_the_weeks_that_its_sentence_says():
    plain = {name: dataclasses.replace(measure, cascade_step=None) for name, measure in MEASURES.items()}
    found = theme_rows(
        [monthly("cascade_raised", [(24, 95)] * 8)], plain, HOMES, PLACES, dt.date(2026, 8, 31)
    )
    (row,) = found["theme_step"]
    assert (row["n_before"], row["first_on"]) == (2 * 95, dt.date(2026, 7, 1))


people = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
STEPS = [name for name, measure in MEASURES.items() if measure.cascade_step]


@st.composite
def any_cascade(draw):
    """Draw charts of some steps in two places, whatever is missing, held back or a few people only."""
    charts = []
    for place in PLACES:
        for name in draw(st.lists(st.sampled_from(STEPS), unique=True)):
            counts = draw(st.lists(st.none() | people, min_size=1, max_size=8))
            changes = {"place": place.neighbourhood_id, "from_rounded": draw(st.booleans())}
            hidden = draw(st.sets(st.integers(0, 7)))
            variation = draw(
                st.sampled_from(["common_cause", "concern_low", "improvement_high", "too_few", "none"])
            )
            charts.append(monthly(name, counts, hidden=tuple(hidden), variation=variation, **changes))
    return charts


@given(any_cascade())
@settings(max_examples=40, deadline=None)
def test_whatever_is_missing_or_held_back_every_sentence_is_whole_and_every_step_adds_up(charts):
    found = cascade(*charts)
    for row in found["theme_step"]:
        if row["n_lost"] is not None:
            assert row["n_reached"] + row["n_lost"] + (row["n_not_due"] or 0) == row["n_before"]
            assert row["lower_95"] - 1e-12 <= row["share"] <= row["upper_95"] + 1e-12
        assert (row["leak"] is None) == (row["n_more"] is None)
    for row in found["theme_sentence"]:
        assert not FORBIDDEN.search(row["sentence"]), row["sentence"]
        assert sentences_in(row["sentence"]) <= 2, row["sentence"]
