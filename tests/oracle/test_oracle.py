"""The engine against golden values of qicharts2 and NHSRplotthedots; README.md says which, differences.toml what differs."""

from __future__ import annotations

import pytest

from pipelines.spc.runs import is_signal

CHARTS = ("run", "i", "mr", "p", "pp", "xmr")
CHARTS_OF_THE_PROMISE = ("run", "i", "p", "xmr")


def listed_cases(listed):
    return {case for one in listed for case in one["cases"]}


@pytest.mark.parametrize("chart", CHARTS)
def test_every_case_on_made_up_data_agrees_unless_it_is_listed(committed, listed, chart):
    unlisted = {key: what for key, what in committed.of(chart).items() if key not in listed_cases(listed)}
    assert unlisted == {}


@pytest.mark.parametrize("chart", CHARTS)
def test_every_case_on_real_data_agrees_unless_it_is_listed(beside, listed, chart):
    unlisted = {key: what for key, what in beside.of(chart).items() if key not in listed_cases(listed)}
    assert unlisted == {}


def test_no_listed_difference_has_gone(committed, listed):
    differing = {key for key, what in committed.found.items() if what}
    assert listed_cases(listed) & committed.oracle.cases.keys() == differing


def test_every_listed_difference_is_a_case_and_cites_its_rule(committed, listed):
    assert listed_cases(listed) <= committed.oracle.cases.keys()
    for one in listed:
        assert one["rule"].startswith("Charts ")
        assert len(one["what"]) > 20


def test_at_least_400_cases_on_made_up_data_are_kept_here(committed):
    assert len(committed.oracle.cases) >= 400


def test_99_per_cent_of_the_cases_on_made_up_data_agree_outright(committed):
    agree, cases = committed.counts(CHARTS_OF_THE_PROMISE)
    assert agree >= 0.99 * cases, f"{agree} of {cases}"


def test_99_per_cent_of_all_cases_agree_outright(committed, beside):
    here, of_here = committed.counts(CHARTS_OF_THE_PROMISE)
    there, of_there = beside.counts(CHARTS_OF_THE_PROMISE)
    assert here + there >= 0.99 * (of_here + of_there), f"{here + there} of {of_here + of_there}"


@pytest.mark.parametrize("method", ["anhoej", "bestbox", "cutbox"])
def test_every_method_signals_where_the_reference_does(runs_rule_table, method):
    wrong = [
        (row.n_useful, row.n_crossings, longest)
        for row in runs_rule_table[runs_rule_table["method"] == method].itertuples()
        for longest in range(1, row.longest_run_max_tested + 1)
        if is_signal(row.n_useful, row.n_crossings, longest, method)
        != (longest > row.longest_run_max_without_signal)
    ]
    assert wrong == []
