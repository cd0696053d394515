"""What is planted is what is drawn: sizes, seasons, correlation, gaps, and the same numbers as in the files."""

import csv
from pathlib import Path

import numpy as np
import pytest

from pipelines.sample import simulate, truths
from pipelines.sample.draw import (
    PHI,
    cycle_shift,
    draw_items,
    expected,
    held_weeks,
    models_of,
    shift_in_steps,
    step,
)  # fmt: skip
from pipelines.sample.places import sites
from pipelines.sample.plan import KINDS, MODELS, N_WEEKS, CyclePlan, monday
from pipelines.sample.simulate import cycles_of

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
WANTED = {
    "improvement", "moderate improvement", "slow improvement", "worsening", "change", "chance", "start-up", "gaps",
    "outlier", "overdispersed", "autocorrelated", "season", "abandoned", "overlapping", "early cycle",
}  # fmt: skip


def site(prototype_id):
    return next(s for s in sites(3) if s.prototype_id == prototype_id)


def plan(kind, measure="bp_checked", keeps=True):
    return CyclePlan(measure, kind, 52, 12, 1.0, "adopt", 7, keeps, "Why?")


def test_the_truth_table_covers_every_kind_that_is_described():
    rows = truths(sites(3))
    assert {row.kind for row in rows} == WANTED == set(KINDS)
    assert {row.kind for row in rows if not row.cycle_id} == {
        "outlier",
        "autocorrelated",
        "overdispersed",
        "season",
        "abandoned",
    }


def test_every_kind_of_change_has_a_true_change_in_its_direction_and_every_other_has_none():
    for planted in simulate(1):
        truth, better = planted.truth, planted.series.model.better
        steps = KINDS[truth.kind].steps
        assert np.sign(truth.true_change) == np.sign(steps) * better, truth


def test_simulated_points_are_the_sums_of_the_written_rows():
    logged = {}
    for path in (SAMPLE / "test_logs").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                logged.setdefault(row["prototype_id"], []).append(row)
    for planted in simulate(2026):
        series = planted.series
        for start, end, numerator, n in zip(
            series.period_start, series.period_end, series.numerator, series.n_sessions, strict=True
        ):
            rows = [r for r in logged[series.prototype_id] if str(start) <= r["tested_on"] <= str(end)]
            assert len(rows) == n
            if n:
                assert numerator == pytest.approx(sum(float(r[series.model.numerator]) for r in rows))
            else:
                assert np.isnan(numerator)


def test_a_level_change_begins_with_do_and_stays_or_ends_with_it():
    model = MODELS["hypertension"]["bp_checked"]
    stays, ends = (
        cycle_shift(plan("improvement"), model),
        cycle_shift(plan("improvement", keeps=False), model),
    )
    assert (stays[:52] == 0).all()
    assert (stays[52:] == 2.4).all()
    assert (ends[52:64] == 2.4).all()
    assert (ends[64:] == 0).all()


def test_a_slow_improvement_climbs_for_sixteen_weeks_and_then_holds():
    shift = cycle_shift(plan("slow improvement"), MODELS["hypertension"]["bp_checked"])
    assert shift[51] == 0
    assert np.diff(shift[51:68]) == pytest.approx(2.4 / 16)
    assert (shift[68:] == 2.4).all()


def test_an_outlier_is_one_held_week_of_do():
    one = site("ashfield_barbers")
    for seed in range(20):
        shift, _ = shift_in_steps(one, "bp_checked", [plan("outlier")], np.random.default_rng(seed))
        (week,) = np.flatnonzero(shift)
        assert 52 <= week < 64
        assert held_weeks(one)[week]


def test_a_season_is_a_wave_of_one_year_and_one_step():
    shift, kind = shift_in_steps(
        site("ashfield_barbers"), "bp_checked", [plan("season")], np.random.default_rng(3)
    )
    assert kind.steps == 0
    assert np.abs(shift).max() == pytest.approx(1, abs=0.01)
    assert shift[:54] == pytest.approx(shift[52:106], abs=0.03)


def test_autocorrelated_counts_lean_on_the_week_before_and_plain_ones_do_not():
    def lag_one(kind):
        found = []
        for seed in range(150):
            y = draw_items(site("millpond_waiting_room"), [plan(kind)], seed)["bp_checked"]
            y = np.log(y) - np.nanmean(np.log(y))
            found.append(np.nanmean(y[1:] * y[:-1]) / np.nanmean(y**2))
        return np.mean(found)

    assert lag_one("autocorrelated") == pytest.approx(PHI, abs=0.04)
    assert lag_one("chance") == pytest.approx(0, abs=0.04)


def test_an_overdispersed_share_swings_more_than_counting_alone():
    def dispersion(kind):
        items = draw_items(site("ashfield_barbers"), [plan(kind, "said_yes")], 5)
        x, n = items["said_yes"], items["asked"]
        p = np.nansum(x) / np.nansum(n)
        return np.nanmean((x - n * p) ** 2 / (n * p * (1 - p)))

    assert dispersion("overdispersed") > 1.8
    assert dispersion("chance") == pytest.approx(1, abs=0.35)


def test_the_level_before_and_the_change_in_do_are_the_planned_ones():
    model = models_of(site("ashfield_barbers"))["bp_checked"]
    before, during = [], []
    for seed in range(60):
        y = draw_items(site("ashfield_barbers"), [plan("improvement")], seed)["bp_checked"]
        before.append(np.nanmean(y[:52]))
        during.append(np.nanmean(y[52:64]))
    assert np.mean(before) == pytest.approx(expected(model, 1.0, 0.0), rel=0.02)
    assert np.mean(during) == pytest.approx(expected(model, 1.0, 2.4), rel=0.03)


def test_counting_noise_leaves_limits_possible_on_most_points_of_a_share():
    for planted in simulate(4):
        denominator = planted.series.denominator
        if denominator is not None:
            p = planted.series.model.level
            assert np.mean(denominator[~np.isnan(denominator)] * min(p, 1 - p) >= 5) > 0.9, planted.truth


def test_disclosive_shares_have_about_a_hundred_and_twenty_people_to_a_point():
    middles = [np.nanmedian(p.series.denominator) for p in simulate(4) if p.series.model.weeks == 4]
    assert len(middles) >= 8
    assert min(middles) >= 75


def test_most_cycles_have_a_past_to_be_compared_with():
    before = [
        sum(day < p.first_do and n > 0 for day, n in zip(p.series.period_start, p.series.n_sessions, strict=True))
        for p in simulate(1)
    ]  # fmt: skip
    assert np.mean(np.array(before) >= 12) > 0.9


def test_only_the_cycle_with_planted_gaps_misses_more_than_a_fifth_of_its_weeks():
    for one in sites(3):
        held = held_weeks(one)
        for cycle in cycles_of(one):
            missing = 1 - held[cycle.start : min(cycle.end, N_WEEKS)].mean()
            assert (missing > 0.2) == (cycle.kind == "gaps"), (one.prototype_id, cycle)


def test_weeks_are_mondays_and_four_week_points_begin_on_the_blocks_of_the_method():
    assert monday(0).weekday() == 0
    assert str(monday(N_WEEKS - 1)) == "2026-11-16"
    assert (monday(0) - monday(0).replace(year=2024, month=1, day=1)).days % 28 == 0


def test_a_step_of_a_share_is_its_counting_spread():
    assert step(MODELS["food"]["someone_to_call_on"], 1.0) == pytest.approx(np.sqrt(0.47 * 0.53 / 124))
