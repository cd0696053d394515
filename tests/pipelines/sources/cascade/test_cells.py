"""Months, counts and groups of cascade_counts.csv, as practices and spreadsheets write them."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.sources.cascade.cells import NoCount, fault_of_group, last_day, read_count, read_month

APRIL = dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    "text",
    ["2026-04", "2026-04-01", "2026-04-01 00:00:00", "2026-04-01T00:00:00", "01/04/2026", "1.4.2026", "Apr-26",
     "apr 2026", "April 2026"],
)  # fmt: skip
def test_a_month_is_read_as_spreadsheets_save_it(text):
    assert read_month(text) == APRIL


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "2026-04-02", "04/01/2026", "2/4/2026", "ju 2026", "ma-26", "April", "1926-04",
     "2026-4-1", "２０２６-04", "46113"],
)  # fmt: skip
def test_what_could_be_another_day_or_month_is_no_month(text):
    assert read_month(text) is None


def test_the_last_day_of_a_month_is_known_in_leap_years_too():
    assert last_day(dt.date(2028, 2, 1)) == dt.date(2028, 2, 29)
    assert last_day(dt.date(2026, 12, 1)) == dt.date(2026, 12, 31)


@pytest.mark.parametrize(("text", "count"), [("0", 0), ("12", 12), ("1,050", 1050), ("12.0", 12), ("007", 7)])
def test_a_whole_number_is_a_count(text, count):
    assert read_count(text, "measured") == count


@pytest.mark.parametrize(
    "text",
    ["<5", "< 8", "≤7", "*", "**", "[c]", "c", "..", "-", "n/a", "fewer than 5", "1-7", "1 to 4", "suppressed",
     "Not recorded"],
)  # fmt: skip
def test_a_count_held_back_is_not_known_and_never_a_number(text):
    assert read_count(text, "measured") is NoCount.HELD_BACK


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", NoCount.BLANK),
        ("-3", NoCount.NEGATIVE),
        ("− 3", NoCount.NEGATIVE),
        ("12.5", NoCount.NOT_WHOLE),
        ("1e3", NoCount.NO_NUMBER),
        ("twelve", NoCount.NO_NUMBER),
        ("=1+1", NoCount.NO_NUMBER),
        ("NaN", NoCount.NO_NUMBER),
        ("1,05", NoCount.NO_NUMBER),
        ("12 people", NoCount.NO_NUMBER),
        ("9" * 400, NoCount.NO_NUMBER),
    ],
)
def test_what_is_no_count_says_why(text, why):
    assert read_count(text, "measured") is why


def test_only_sums_of_readings_may_have_decimals():
    assert read_count("135200.5", "systolic_total") == 135200.5
    assert read_count("12.5", "systolic_readings") is NoCount.NOT_WHOLE


@pytest.mark.parametrize(
    ("group_type", "group"),
    [("all", "all"), ("deprivation_fifth", "5"), ("sex", "male"), ("age_band", "80_and_over"),
     ("ethnic_group", "gypsy_or_traveller"), ("ethnic_group", "group2"), ("help_source", "neighbours")],
)  # fmt: skip
def test_groups_of_the_contract_are_known(group_type, group):
    assert fault_of_group(group_type, group) is None


@pytest.mark.parametrize(
    ("group_type", "group"),
    [("all", "female"), ("deprivation_fifth", "6"), ("sex", "other"), ("age_band", "40-59"),
     ("ethnic_group", "Black African"), ("ethnic_group", ""), ("ethnic_group", "x" * 41), ("help_source", "church")],
)  # fmt: skip
def test_other_groups_are_told(group_type, group):
    assert "Write" in fault_of_group(group_type, group)
