"""The engine against golden values of three packages; README.md says which, differences.toml what differs."""

from __future__ import annotations

import pytest

from pipelines.spc.runs import is_signal
from tests.oracle.agreement import agreement_of, all_of
from tests.oracle.golden import (
    CHARTS,
    FUNNELS,
    MADE_UP,
    charts_below_99,
    listed_cases,
    listed_differences,
    read_half,
)

#: Cases that agree in every number, flag and word, and cases that have numbers; what is missing is listed.
OUTRIGHT_ON_MADE_UP_DATA = {
    "run": (118, 118),
    "i": (90, 91),
    "mr": (71, 71),
    "ip": (67, 68),
    "xbar": (29, 30),
    "s": (29, 30),
    "t": (33, 33),
    "g": (28, 28),
    "c": (32, 32),
    "u": (46, 48),
    "up": (66, 67),
    "p": (38, 40),
    "pp": (58, 59),
    "xmr": (245, 247),
    "funnel_PR": (15, 15),
    "funnel_RC": (12, 12),
    "funnel_SR": (10, 10),
}
ALL = CHARTS + FUNNELS


@pytest.mark.parametrize("chart", ALL)
def test_every_case_on_made_up_data_agrees_unless_it_is_listed(chart):
    assert agreement_of(MADE_UP, chart).not_of(listed_cases()) == {}


@pytest.mark.parametrize("chart", ALL)
def test_every_case_on_other_peoples_data_agrees_unless_it_is_listed(beside, chart):
    assert agreement_of(beside, chart).not_of(listed_cases()) == {}


def test_no_listed_difference_on_made_up_data_has_gone():
    listed = listed_cases() & read_half(MADE_UP).cases.keys()
    assert set(all_of(MADE_UP, ALL).of(listed)) == listed


def test_no_listed_difference_on_other_peoples_data_has_gone(beside):
    listed = listed_cases() & read_half(beside).cases.keys()
    assert set(all_of(beside, ALL).of(listed)) == listed


def test_every_listed_difference_is_a_case(beside):
    assert listed_cases() <= read_half(MADE_UP).cases.keys() | read_half(beside).cases.keys()


def test_every_listed_difference_cites_its_rule_and_says_what_differs():
    for one in listed_differences():
        assert one["rule"].startswith("Charts ")
        assert len(one["what"]) > 20


def test_no_case_is_listed_twice():
    assert len(listed_cases()) == sum(len(one["cases"]) for one in listed_differences())


@pytest.mark.parametrize("chart", ALL)
def test_so_many_cases_of_each_chart_on_made_up_data_agree_outright(chart):
    found = agreement_of(MADE_UP, chart)
    assert (found.outright, found.with_numbers) == OUTRIGHT_ON_MADE_UP_DATA[chart]


def test_99_per_cent_of_all_cases_agree_outright(beside):
    found = all_of(MADE_UP, ALL) | all_of(beside, ALL)
    assert found.share >= 0.99, f"{found.outright} of {found.with_numbers}"


def test_every_funnel_agrees_outright(beside):
    found = all_of(MADE_UP, FUNNELS) | all_of(beside, FUNNELS)
    assert (found.outright, found.with_numbers) == (66, 66)


@pytest.mark.parametrize("chart", ALL)
def test_99_per_cent_of_every_charts_cases_agree_outright_but_for_the_charts_named(beside, chart):
    found = agreement_of(MADE_UP, chart) | agreement_of(beside, chart)
    said = charts_below_99().get(chart)
    counted = f"{found.with_numbers - found.outright} of {found.with_numbers}"
    assert counted == said if found.share < 0.99 else said is None, counted


def test_what_the_reference_refuses_shows_no_limits_here():
    refused = all_of(MADE_UP, CHARTS).refusals
    assert len(refused) == 9
    assert all("error" in case or case.startswith("qic.t.") for case in refused)


@pytest.mark.parametrize("method", ["anhoej", "bestbox", "cutbox"])
def test_every_method_signals_where_the_reference_does(runs_rule_table, method):
    table = runs_rule_table[runs_rule_table["method"] == method]
    each = table.loc[table.index.repeat(table["longest_run_max_tested"])]
    longest = each.groupby(level=0).cumcount().to_numpy() + 1
    ours = is_signal(each["n_useful"], each["n_crossings"], longest, method)
    theirs = (longest > each["longest_run_max_without_signal"]).to_numpy()
    assert each[ours != theirs].to_dict("records") == []
