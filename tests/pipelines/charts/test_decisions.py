"""Usual ranges that people accept or move: what is applied, what is not and why, and what is proposed."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest

from pipelines.charts import Release, chart_series
from pipelines.charts.decided import Accepted, Moved, SeriesDecisions, Signed, decisions_of
from pipelines.learning import judge_cycle
from pipelines.records import Entry, Recorded
from pipelines.records.kinds import BaselineAccepted, RebaseAccepted, Record
from tests.pipelines.charts.test_charts import COUNT, MONDAY, SETTLED, SHARE, observation

WHO = Signed("r1", "the design group", dt.date(2026, 3, 3), "They are ordinary weeks.")
WHO_ELSE = Signed("r2", "the facilitator", dt.date(2026, 4, 3), "We saw it differently.")

#: Twenty points around 30, then as many around 50.
MOVED = [*SETTLED, *(value + 20 for value in SETTLED)]


def monday(number: int) -> dt.date:
    return MONDAY + dt.timedelta(weeks=number)


def accepted(first: int, last: int, signed: Signed = WHO) -> SeriesDecisions:
    """The points number `first` to `last`, both counted, are the baseline."""
    return SeriesDecisions((Accepted(signed, monday(first), monday(last) + dt.timedelta(days=6)),))


def rebased(
    number: int, n_points: int = 15, refusal: str | None = None, signed: Signed = WHO
) -> SeriesDecisions:
    return SeriesDecisions(moved=(Moved(signed, monday(number), n_points, refusal),))


def charted(values, decided=None, measure=COUNT, **options):
    return chart_series(observation(values), measure, decided=decided, **options)


def test_the_points_accepted_set_the_range_and_who_said_so_is_printed():
    chart = charted(MOVED, accepted(0, 19))
    row = chart.summary
    assert (row["limits_state"], row["baseline_rule"], row["baseline_n"]) == ("established", "accepted", 20)
    assert (row["accepted_by"], row["accepted_on"], row["accepted_reason"]) == (
        "the design group", dt.date(2026, 3, 3), "They are ordinary weeks.",
    )  # fmt: skip
    base = np.array(SETTLED, float)
    assert row["upper_limit"] == pytest.approx(base.mean() + 2.66 * np.abs(np.diff(base)).mean(), rel=1e-12)
    assert not chart.notes


def test_nineteen_accepted_points_stay_provisional_and_the_words_say_who_accepted_them():
    row = charted(MOVED, accepted(0, 18)).summary
    assert row["limits_state"] == "provisional"
    assert "The design group accepted it; fewer than 20 points keep it provisional." in row["sentence_long"]


def test_eleven_points_are_too_few_to_accept_and_the_chart_is_as_without_it():
    chart = charted(MOVED, accepted(0, 10))
    assert chart.notes == {
        "r1": "Not applied: this chart has 11 points from 6 January 2025 to 23 March 2025; 12 are needed."
    }
    assert chart.summary["accepted_by"] is None
    assert chart.summary["baseline_rule"] == "stable_run"


def test_a_baseline_accepted_on_days_without_a_point_says_so():
    chart = charted(SETTLED, accepted(200, 220))
    assert chart.notes["r1"].startswith("Not applied: this chart has no point from")


def test_of_two_acceptances_the_later_one_counts():
    both = SeriesDecisions((*accepted(0, 11).accepted, *accepted(2, 18, WHO_ELSE).accepted))
    chart = charted(MOVED, both)
    assert chart.summary["accepted_by"] == "the facilitator"
    assert chart.notes == {"r1": "Not applied: a later decision took its place."}


def test_a_person_may_accept_points_that_the_rules_would_not_have_found():
    climbing = [2 * number + (number % 2) for number in range(14)]
    assert charted(climbing).summary["limits_state"] == "none"
    assert charted(climbing, accepted(0, 13)).summary["limits_state"] == "provisional"


def test_the_kind_of_chart_is_chosen_on_the_first_baseline_and_kept_through_a_rebase():
    asked = [20] * 20 + [4000] * 20
    share = [0.6, 0.5, 0.7, 0.55, 0.65] * 8
    rows = observation([round(n * part) for n, part in zip(asked, share, strict=True)], asked)
    plain = chart_series(rows, SHARE, decided=accepted(0, 19))
    moved = SeriesDecisions(accepted(0, 19).accepted, rebased(20, signed=WHO_ELSE).moved)
    assert plain.summary["kind"] == chart_series(rows, SHARE, decided=moved).summary["kind"] == "p"


def test_a_rebase_begins_a_phase_whose_range_is_frozen_on_the_points_observed():
    chart = charted([*MOVED, 90, 91], rebased(20, 15))
    first, last = chart.summaries
    assert [row["phase"] for row in chart.summaries] == [0, 1]
    assert [row["is_latest_phase"] for row in chart.summaries] == [False, True]
    assert last["rebased_from"] == monday(20)
    assert last["baseline_n"] == 15
    base = np.array(SETTLED[:15], float) + 20
    assert last["centre_line"] == pytest.approx(base.mean(), rel=1e-12)
    assert last["upper_limit"] == pytest.approx(base.mean() + 2.66 * np.abs(np.diff(base)).mean(), rel=1e-12)
    assert (last["accepted_by"], first["accepted_by"]) == ("the design group", None)
    assert last["variation"] == "improvement_high"


def test_the_lines_before_a_rebase_go_on_beside_the_new_ones():
    chart, before = charted(MOVED, rebased(20)), charted(MOVED)
    points = chart.points
    assert points["old_centre_line"].isna().tolist() == [True] * 20 + [False] * 20
    for name in ("centre_line", "lower_limit", "upper_limit"):
        np.testing.assert_allclose(points[f"old_{name}"][20:], before.points[name][20:], rtol=1e-12)


def test_old_limits_of_a_share_follow_the_denominators_of_the_new_points():
    asked = [40] * 20 + [80] * 10 + [160] * 10
    yes = [round(n * (0.4 if at < 20 else 0.7)) + (-1) ** at for at, n in enumerate(asked)]
    rows = observation(yes, asked)
    points = chart_series(rows, SHARE, decided=rebased(20)).points
    width = (points["old_upper_limit"] - points["old_centre_line"]).to_numpy()
    assert width[20] == pytest.approx(width[35] * np.sqrt(2), rel=1e-9)


def test_rules_begin_again_at_a_rebase():
    chart = charted(MOVED, rebased(20))
    assert charted(MOVED).summary["variation"] == "improvement_high"
    assert chart.summary["variation"] == "common_cause"
    assert not chart.points["shift"][20:].any()


@pytest.mark.parametrize(("n_points", "expected"), [(6, False), (7, True), (11, True)])
def test_a_rebase_needs_seven_points_observed_and_is_provisional_below_twelve(n_points, expected):
    chart = charted(MOVED[: 20 + n_points], rebased(20, n_points))
    assert (len(chart.summaries) == 2) is expected
    if expected:
        assert chart.summary["limits_state"] == "provisional"
        assert chart.summary["variation"] == "too_few"
    else:
        assert chart.notes["r1"] == "Not applied: observed for 6 points; 7 are the fewest."


def test_a_rebase_accepted_on_seven_points_grows_to_twelve_and_is_frozen_there():
    assert [charted(MOVED[: 20 + n], rebased(20, 7)).summary["baseline_n"] for n in (7, 9, 12, 20)] == [
        7,
        9,
        12,
        12,
    ]


def test_a_rebase_whose_answers_do_not_allow_it_says_which():
    chart = charted(MOVED, rebased(20, refusal="the reason was not known"))
    assert len(chart.summaries) == 1
    assert chart.notes == {"r1": "Not applied: the reason was not known."}


def test_a_refusal_takes_no_place_of_what_was_allowed_and_of_two_allowed_the_later_counts():
    allowed, refused = rebased(20, 15).moved, rebased(20, 15, "it was not wanted", WHO_ELSE).moved
    chart = charted(MOVED, SeriesDecisions(moved=(*allowed, *refused)))
    assert len(chart.summaries) == 2
    assert chart.notes == {"r2": "Not applied: it was not wanted."}
    again = rebased(20, 12, signed=WHO_ELSE).moved
    chart = charted(MOVED, SeriesDecisions(moved=(*allowed, *again)))
    assert (chart.summary["baseline_n"], chart.summary["accepted_by"]) == (12, "the facilitator")
    assert chart.notes == {"r1": "Not applied: a later decision took its place."}


def test_a_rebase_from_a_day_after_the_last_point_is_not_applied():
    chart = charted(SETTLED, rebased(40))
    assert chart.notes["r1"] == "Not applied: no point of this chart begins on or after 13 October 2025."


def test_a_rebase_from_inside_the_baseline_is_not_applied():
    chart = charted(MOVED, SeriesDecisions(accepted(0, 19, WHO_ELSE).accepted, rebased(15).moved))
    assert chart.notes["r1"] == "Not applied: points from 21 April 2025 on helped to set the range before it."
    assert len(chart.summaries) == 1


def test_a_run_chart_has_no_range_to_move():
    equal = [1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 3, 1, 1, 1, 1] * 3
    chart = charted(equal, rebased(20))
    assert chart.summary["limits_state"] == "none"
    assert chart.notes["r1"] == "Not applied: this chart has no usual range to move."


def test_two_rebases_make_three_phases_and_the_old_lines_are_those_of_the_phase_before():
    values = [*MOVED, *(value + 60 for value in SETTLED)]
    both = SeriesDecisions(moved=(*rebased(20).moved, *rebased(40, signed=WHO_ELSE).moved))
    chart = charted(values, both)
    assert [row["phase"] for row in chart.summaries] == [0, 1, 2]
    assert chart.points["old_centre_line"][45] == pytest.approx(chart.summaries[1]["centre_line"], rel=1e-12)


def test_a_baseline_accepted_inside_a_rebase_sets_its_range():
    both = SeriesDecisions(accepted(20, 39, WHO_ELSE).accepted, rebased(20).moved)
    row = charted(MOVED, both).summary
    assert (row["baseline_n"], row["accepted_by"], row["limits_state"]) == (
        20,
        "the facilitator",
        "established",
    )
    assert row["rebased_from"] == monday(20)


def test_a_baseline_inside_a_rebase_that_does_not_fit_is_not_applied_either():
    fine, late = accepted(0, 19, WHO_ELSE), accepted(25, 39, Signed("r3", "Ann", WHO.on, "Since then."))
    both = SeriesDecisions((*fine.accepted, *late.accepted), rebased(15).moved)
    chart = charted(MOVED, both)
    assert set(chart.notes) == {"r1", "r3"}
    assert chart.notes["r3"].startswith("Not applied: it names points after a day")
    assert chart.summary["accepted_by"] == "the facilitator"


def test_only_what_ended_before_do_counts_for_a_cycle():
    chart = charted(MOVED, rebased(20, 15))
    do = monday(30)
    assert chart.moves_after(do)
    assert not chart.moves_after(monday(35))
    frozen = charted(MOVED, rebased(20, 15).before(do))
    assert len(frozen.summaries) == 1
    assert not frozen.notes
    np.testing.assert_array_equal(frozen.points["upper_limit"], charted(MOVED).points["upper_limit"])


def test_released_figures_take_the_same_decisions_where_they_have_the_points():
    release = Release(from_rounded=True, note="rounded to 5")
    chart = charted([5 * round(value / 5) for value in MOVED], rebased(20), release=release)
    assert len(chart.summaries) == 2
    few = charted(MOVED[::4], rebased(20), release=release)
    assert "r1" in few.notes


def test_a_provisional_range_may_be_accepted_and_an_accepted_one_is_not_proposed_again():
    row = charted(SETTLED[:15]).summary
    assert row["proposal"] == "accept_baseline"
    assert (row["proposal_first_on"], row["proposal_last_on"]) == (
        row["baseline_first_on"],
        row["baseline_last_on"],
    )
    assert row["proposal_sentence"].startswith(
        "12 points may set the usual range, 6 January 2025 to 30 March 2025."
    )
    assert charted(SETTLED[:15], accepted(0, 11)).summary["proposal"] is None


def test_once_twenty_points_are_there_an_accepted_provisional_range_may_rest_on_them():
    row = charted([*SETTLED, 30, 31], accepted(0, 11)).summary
    assert row["proposal"] == "accept_baseline"
    assert row["proposal_last_on"] == monday(19) + dt.timedelta(days=6)


def test_start_up_proposes_nothing():
    assert charted(SETTLED[:9]).summary["proposal"] is None


@pytest.mark.parametrize(
    ("n", "proposal", "few"),
    [(6, None, ""), (7, "rebase", "seven"), (11, "rebase", "eleven"), (12, "rebase", "")],
)
def test_a_standing_shift_proposes_a_rebase_and_fewer_than_twelve_points_are_told(n, proposal, few):
    row = charted(MOVED[: 20 + n], accepted(0, 19)).summary
    assert row["proposal"] == proposal
    if proposal:
        assert row["proposal_first_on"] == monday(20)
        assert ("provisional before twelve points" in row["proposal_sentence"]) is bool(few)


def test_a_shift_that_is_over_proposes_nothing():
    assert charted([*MOVED[:30], 30], accepted(0, 19)).summary["proposal"] is None


def test_the_tool_never_moves_a_range_by_itself():
    assert len(charted(MOVED).summaries) == 1
    assert len(charted(MOVED, accepted(0, 19)).summaries) == 1


def test_records_that_stand_become_the_decisions_of_their_series():
    saved = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)

    def entry(body, name):
        return Entry(Record(1, name, saved, "Ann", body, None, "", ""), body)

    base = BaselineAccepted("m@p", monday(0), monday(12), "ordinary")
    rebase = RebaseAccepted("m@q", monday(20), "since then", True, False, True, True, 15)
    found = decisions_of(Recorded(baselines=(entry(base, "a"),), rebases=(entry(rebase, "b"),)))
    assert found["m@p"].accepted == (
        Accepted(Signed("a", "Ann", dt.date(2026, 3, 3), "ordinary"), monday(0), monday(12)),
    )
    assert found["m@q"].moved[0].refusal == "the reason was not known"
    assert not found["m@q"].accepted


def test_a_cycle_is_judged_alike_before_and_after_its_own_gain_became_the_usual_range():
    do = SimpleNamespace(
        cycle_id="c1", prototype_id="p", cycle_no="1", do_start=monday(20), do_end=monday(33) + dt.timedelta(days=6),
        predicted_value=None, predicted_low=None, predicted_high=None, predicted_for=None, decided_on=None,
    )  # fmt: skip
    moved = rebased(20, 14)
    before, after = charted(MOVED), charted(MOVED, moved.before(do.do_start))
    results = [judge_cycle(chart.points, do, COUNT, chart.summary) for chart in (before, after)]
    assert results[0] == results[1]
    assert results[0].verdict == "improved"


def test_a_cycle_inside_a_rebased_phase_is_judged_on_its_frozen_range_and_not_on_the_one_before():
    values = [*MOVED[:34], *(value + 40 for value in SETTLED[:8])]
    do = SimpleNamespace(
        cycle_id="c2", prototype_id="p", cycle_no="2", do_start=monday(34), do_end=monday(41) + dt.timedelta(days=6),
        predicted_value=None, predicted_low=None, predicted_high=None, predicted_for=None, decided_on=None,
    )  # fmt: skip
    chart = charted(values, rebased(20, 14))
    assert not chart.moves_after(do.do_start)
    result = judge_cycle(chart.points, do, COUNT, chart.summary)
    assert result.n_baseline_points == 14
    assert result.before == pytest.approx(np.mean(MOVED[20:34]))
    assert result.before_upper == pytest.approx(chart.summary["upper_limit"])


def test_a_range_moved_after_a_cycle_leaves_what_it_was_judged_on():
    do = SimpleNamespace(
        cycle_id="c1", prototype_id="p", cycle_no="1", do_start=monday(14), do_end=monday(19) + dt.timedelta(days=6),
        predicted_value=None, predicted_low=None, predicted_high=None, predicted_for=None, decided_on=None,
    )  # fmt: skip
    results = [
        judge_cycle(chart.points, do, COUNT, chart.summary)
        for chart in (charted(MOVED), charted(MOVED, rebased(20, 15)))
    ]
    assert results[0] == results[1]
