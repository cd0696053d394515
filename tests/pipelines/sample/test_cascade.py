"""The sample's cascade counts: every line stands, sizes are those of the plan, and what was planted can be found."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from pipelines.sample import cascade_plan as plan
from pipelines.sample.cascade import QUARTER_ENDS, cascade_lines, months
from pipelines.sample.cascade_people import draw_cohort, draw_register
from pipelines.sample.places import NEIGHBOURHOODS, sites
from pipelines.sources.cascade.owners import Owners
from pipelines.sources.cascade.reading import read_cascade

SAMPLE = Path(__file__).parents[3] / "data/sample"
HALF_YEAR = [f"2026-{month:02d}" for month in range(4, 10)]

#: Cohorts whose three months have ended: the latest quarter of them, and the last year.
LATEST_QUARTER = ["2026-05", "2026-06", "2026-07"]
LATEST_YEAR = [f"2025-{month:02d}" for month in range(8, 13)] + [f"2026-{month:02d}" for month in range(1, 8)]


@pytest.fixture(scope="module")
def lines():
    with (SAMPLE / "cascade_counts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def counts(lines):
    return {
        (r["neighbourhood_id"], r["cohort_month"], r["step"], r["follow_up_months"], r["group_type"], r["group"],
         r["setting"]): int(r["count"])
        for r in lines
    }  # fmt: skip


@pytest.fixture(scope="module")
def total(counts):
    """Return a function that adds up a step of one place over months."""

    def total(place, step, when, follow_up="", group_type="all", group="all", setting="all"):
        return sum(counts[place, month, step, follow_up, group_type, group, setting] for month in when)

    return total


def places():
    return [place.neighbourhood_id for place in NEIGHBOURHOODS]


def other_shares(total, step, of_step, when, follow_up, leave):
    """Return the shares of the places but some, with the numbers behind them."""
    return {
        place: (total(place, step, when, follow_up), total(place, of_step, when))
        for place in places()
        if place not in leave
    }


def test_the_file_is_what_the_seed_draws(lines):
    drawn = [list(map(str, row)) for row in cascade_lines(sites(3), 2026)]
    assert drawn == [list(row.values()) for row in lines]


def test_every_line_of_the_file_stands():
    homes = {row["prototype_id"]: row["neighbourhood_id"] for row in csv.DictReader(
        (SAMPLE / "prototypes.csv").read_text(encoding="utf-8").splitlines()
    )}  # fmt: skip
    content = (SAMPLE / "cascade_counts.csv").read_bytes()
    found = read_cascade(content, "x", Owners(frozenset(places()), homes, {}), dt.date(2026, 11, 22))
    load = found.ledger.close()
    assert found.ledger.faults == []
    assert load.lines_loaded == load.lines_read - 1 == len(found.rows) > 15_000


def test_it_has_every_neighbourhood_in_every_month_and_a_year_of_half_years(lines):
    seen = {(row["neighbourhood_id"], row["cohort_month"]) for row in lines}
    assert seen == {(place, f"{month:%Y-%m}") for place in places() for month in months()}
    assert (min(months()), max(months()), len(months())) == (dt.date(2024, 12, 1), dt.date(2026, 10, 1), 23)


def test_each_neighbourhood_counts_for_its_first_prototype_of_hypertension(lines):
    owned = {(row["neighbourhood_id"], row["prototype_id"]) for row in lines}
    first = {s.neighbourhood_id: s.prototype_id for s in reversed(sites(3)) if s.theme == "hypertension"}
    assert owned == set(first.items())


def test_groups_of_a_kind_add_up_to_everybody(counts):
    together = defaultdict(int)
    for (place, month, step, follow_up, group_type, _, setting), count in counts.items():
        together[place, month, step, follow_up, group_type, setting] += count
    checked = Counter()
    for (place, month, step, follow_up, group_type, setting), count in together.items():
        if group_type != "all":
            assert count == together[place, month, step, follow_up, "all", setting]
            checked[step] += 1
    quarter_ends = sum(month.month in QUARTER_ENDS for month in months())
    by_month, kinds = 6 * 23, 4
    assert checked == {
        **dict.fromkeys(("eligible", "measured", "raised", "confirmed_in_28_days"), kinds * by_month),
        **dict.fromkeys(("on_register", "to_target"), kinds * 6 * quarter_ends),
        "helped": by_month,
    }


def test_two_ethnic_groups_are_very_small(total):
    for group in ("arab", "gypsy_or_traveller"):
        assert max(total(place, "measured", HALF_YEAR, "", "ethnic_group", group) for place in places()) < 10


def test_sizes_are_those_of_the_design(total):
    """About 180 people offered a check a month, 94 % measured, 93 % of people raised offered confirmation."""
    when = [f"{month:%Y-%m}" for month in months()]
    reached, measured, raised, offered = (
        sum(total(place, step, when) for place in places())
        for step in ("reached", "measured", "raised", "confirmation_offered")
    )
    assert 165 < reached / 138 < 195
    assert abs(measured / reached - 0.94) < 0.006
    assert abs(offered / raised - 0.93) < 0.02
    # Above 140 mmHg lie 25 % of readings with mean 128 and spread 18.03 (15 between people, 10 within).
    assert abs(raised / measured - stats.norm.sf(140, 128, np.hypot(15, 10))) < 0.01


def test_a_raised_reading_falls_by_itself_as_much_as_is_published():
    """7.01 mmHg at the second reading, for mean 128, 15 between people, 10 within, cut-off 140; nobody was helped."""
    falls = []
    for seed in range(12):
        for place in NEIGHBOURHOODS:
            cohort = draw_cohort(place, dt.date(2025, 6, 1), seed)
            falls.append((cohort.first - cohort.later)[cohort.measured_again])
    fall = np.concatenate(falls)
    assert abs(fall.mean() - 7.01) < 3 * fall.std() / np.sqrt(len(fall))
    assert len(fall) > 1_500


def test_the_leak_lies_beyond_the_998_limits_and_chance_alone_within(total):
    shares = other_shares(total, "confirmed", "confirmation_offered", LATEST_QUARTER, "3", {plan.IMPROVED})
    pooled = sum(x for x, _ in shares.values()) / sum(n for _, n in shares.values())
    for place, (x, n) in shares.items():
        beyond = stats.binom.cdf(x, n, pooled) < 0.001 or stats.binom.sf(x - 1, n, pooled) < 0.001
        assert beyond == (place == plan.LEAK), place


def test_the_leak_lies_beyond_the_limits_of_all_six_too(total):
    shares = other_shares(total, "confirmed", "confirmation_offered", LATEST_QUARTER, "3", set())
    pooled = sum(x for x, _ in shares.values()) / sum(n for _, n in shares.values())
    x, n = shares[plan.LEAK]
    assert stats.binom.cdf(x, n, pooled) < 0.001


def test_confirmation_improved_where_and_when_it_was_planted(total):
    before = [f"{m:%Y-%m}" for m in months() if m < plan.IMPROVED_FROM]
    after = [f"{m:%Y-%m}" for m in months() if plan.IMPROVED_FROM <= m <= dt.date(2026, 7, 1)]
    p_values = {}
    for place in places():
        x1, n1, x2, n2 = (
            total(place, *step)
            for when in (before, after)
            for step in (("confirmed", when, "3"), ("confirmation_offered", when))
        )
        p_values[place] = stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue
    assert p_values[plan.IMPROVED] < 1e-6
    assert min(p for place, p in p_values.items() if place != plan.IMPROVED) > 0.002


def test_where_the_register_grows_more_people_are_to_target_and_their_share_falls(total):
    first, last = ["2025-06"], ["2026-10"]
    for place in places():
        on = [total(place, "on_register", when) for when in (first, last)]
        to = [total(place, "to_target", when) for when in (first, last)]
        if place == plan.GROWTH:
            assert on[1] > on[0] + 1_000
            assert to[1] > to[0] + 300
            assert to[1] / on[1] < to[0] / on[0] - 0.03
        else:
            assert abs(on[1] / on[0] - 1) < 0.02
            assert abs(to[1] / on[1] - to[0] / on[0]) < 0.03


def test_men_and_the_most_deprived_fifth_are_reached_least_where_it_was_planted(total):
    for group_type, group in plan.REACHED_LEAST:
        for place in places():
            x, n = (total(place, step, HALF_YEAR, "", group_type, group) for step in ("measured", "eligible"))
            everybody = total(place, "measured", HALF_YEAR) / total(place, "eligible", HALF_YEAR)
            _, high = stats.binomtest(x, n).proportion_ci(0.95, "wilson")
            assert (high < everybody) == (place == plan.LEAST_REACHED), (place, group)


def test_every_other_share_is_chance_alone(total):
    """Over all months and places, no more than chance lies beyond 99.8 % limits: 1 in 500."""
    n_beyond = n_seen = 0
    for step, of_step in (
        ("measured", "reached"), ("raised", "measured"), ("confirmation_offered", "raised"),
        ("repeat_taken", "measured"), ("ends_in_zero", "readings"), ("treated", "on_register"),
        ("read_in_12_months", "on_register"),
    ):  # fmt: skip
        for month in (f"{month:%Y-%m}" for month in months()):
            shares = other_shares(total, step, of_step, [month], "", set())
            pooled = sum(x for x, _ in shares.values()) / sum(n for _, n in shares.values())
            for x, n in shares.values():
                n_seen += 1
                n_beyond += stats.binomtest(x, n, pooled).pvalue < 0.002
    assert n_seen == 7 * 23 * 6
    assert n_beyond <= stats.binom.ppf(0.999, n_seen, 0.002)


def test_the_truth_says_what_the_plan_draws():
    with (SAMPLE / "cascade_truth.csv").open(encoding="utf-8", newline="") as file:
        truth = {(row["kind"], row["group"]): row for row in csv.DictReader(file)}
    assert {kind for kind, _ in truth} == {"leak", "improvement", "register grows", "reached least"}
    assert float(truth["leak", "all"]["true_share"]) == plan.LEAK_CONFIRMED
    grown, usual = [], []
    for seed in range(40):
        by_id = {place.neighbourhood_id: place for place in NEIGHBOURHOODS}
        register = draw_register(by_id[plan.GROWTH], dt.date(2026, 9, 1), seed)
        grown.append(register.to_target.mean())
        usual.append(draw_register(by_id["millpond"], dt.date(2026, 9, 1), seed).to_target.mean())
    row = truth["register grows", "all"]
    assert abs(np.mean(grown) - float(row["true_share"])) < 0.004
    assert abs(np.mean(usual) - float(row["usual_share"])) < 0.004


@pytest.mark.parametrize(("group_type", "group"), plan.REACHED_LEAST)
def test_the_true_share_of_a_group_reached_least_is_what_many_draws_give(group_type, group):
    with (SAMPLE / "cascade_truth.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if (r["group_type"], r["group"]) == (group_type, group))
    place = next(p for p in NEIGHBOURHOODS if p.neighbourhood_id == plan.LEAST_REACHED)
    number = list(plan.GROUPS[group_type]).index(group)
    cohorts = [draw_cohort(place, dt.date(2025, 6, 1), seed) for seed in range(60)]
    measured = sum((c.measured & (c.groups[group_type] == number)).sum() for c in cohorts)
    eligible = sum((c.groups[group_type] == number).sum() for c in cohorts)
    share, true_share = measured / eligible, float(row["true_share"])
    assert abs(share - true_share) < 4 * np.sqrt(true_share / eligible) + 0.0005


def test_a_prototype_more_moves_no_number():
    few = {tuple(row) for row in cascade_lines(sites(1), 7)}
    assert few == {tuple(row) for row in cascade_lines(sites(5), 7)}
