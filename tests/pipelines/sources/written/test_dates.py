"""Dates as people write them, read by whole columns."""

from __future__ import annotations

import datetime as dt
import itertools
import time

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.written.date_order import DateOrder
from pipelines.sources.written.dates import read_date, read_dates

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2069, 12, 31))
US, UK = "{0.month}/{0.day}/{0.year}", "{0.day}/{0.month}/{0.year}"


def column(*cells):
    return pa.array(cells, pa.string())


def days_of(*cells, **said):
    return [None if np.isnat(day) else day.item() for day in read_dates(column(*cells), **said).days]


def day(text):
    return dt.date.fromisoformat(text)


def weekly(first, n, step=7):
    return [day(first) + dt.timedelta(days=step * k) for k in range(n)]


@pytest.mark.parametrize(
    "written",
    [
        "2024-09-17",
        "2024-09-17T14:00:00",
        "17/9/24",
        "17/09/2024",
        "17.09.2024",
        "17-09-2024",
        "17/09/2024 13:30:02",
        "Tues 17 Sept 2024",
        "17th September 2024",
        "Tuesday, 17 Sep 2024",
        "17th of Sept 24",
        " 17/9/24 ",
        "Sept 17, 2024",
    ],
)
def test_one_day_in_many_spellings_is_that_day(written):
    assert read_date(written).day == dt.date(2024, 9, 17)
    assert read_date(written).note is None
    assert days_of(written) == [dt.date(2024, 9, 17)]


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("09/24/2024", "month comes second"),
        ("2024-02-30", "no such day"),
        ("31/11/2024", "no such day"),
        ("45545", "day number"),
        ("tomorrow", "not a date"),
        ("10 September", "day, a month and a year"),
        ("Oct 10-12 2024", "day, a month and a year"),
        ("12/03/1951", "before 2000"),
        ("3 April 1951", "before 2000"),
        ("", "not a date"),
        ("10-12", "not a date"),
        ("may 5 march 2024", "not a date"),
    ],
)
def test_what_is_no_date_by_itself_is_refused_with_a_reason_and_never_swapped(written, word):
    assert read_date(written).day is None
    assert word in read_date(written).reason


def test_a_weekday_that_does_not_fit_is_told():
    assert read_date("Mon 17 Sept 2024").day == dt.date(2024, 9, 17)
    assert "Tuesday" in read_date("Mon 17 Sept 2024").note
    assert "Tuesday" in read_dates(column("Mon 17 Sept 2024")).notes[0]


def test_month_first_is_read_only_where_asked_for():
    assert read_date("03/04/2024").day == dt.date(2024, 4, 3)
    assert read_date("03/04/2024", day_first=False).day == dt.date(2024, 3, 4)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%A %d %b %Y"]))
def test_every_day_comes_back_from_every_spelling(day, spelling):
    assert read_date(day.strftime(spelling)).day == day


@given(st.text(max_size=40))
def test_any_text_gives_a_day_or_a_reason(written):
    found = read_date(written)
    assert (found.day is None) == bool(found.reason)


def test_a_part_above_twelve_decides_for_the_whole_column():
    read = read_dates(column("4/2/2026", "4/13/2026", "5/6/2026"))
    assert read.days.tolist() == [day("2026-04-02"), day("2026-04-13"), day("2026-05-06")]
    assert [(order.day_first, order.n_telling, order.n_either) for order in read.orders] == [(False, 1, 2)]
    assert "month comes first" in read.orders[0].evidence


def test_the_order_of_rows_decides_where_no_part_is_above_twelve():
    read = read_dates(
        column("2026-01-22", "03/02/2026", "2026-02-05", "2026-03-05", "10/03/2026", "2026-03-12")
    )
    assert [read.days[n].item() for n in (1, 4)] == [day("2026-02-03"), day("2026-03-10")]
    assert read.orders[0].is_sure
    american = [
        US.format(date)
        for date in (*weekly("2026-04-01", 2), *weekly("2026-05-06", 1), *weekly("2026-06-03", 2))
    ]
    assert days_of(*american)[-1] == day("2026-06-10")


def test_two_ways_of_writing_in_a_column_vote_apart():
    cells = []
    for k in range(8):
        at = dt.datetime(2024, 1, 8, 9) + dt.timedelta(hours=10 * k)
        cells += [
            at.isoformat(),
            f"{at + dt.timedelta(hours=1):%d/%m/%Y %H:%M}",
            f"{at.month}/{at.day}/{at.year} 20:02:00",
        ]
    read = read_dates(column(*cells))
    assert {(order.shape, order.day_first) for order in read.orders} == {
        ("00/00/0000 00:00", True),
        ("0/0/0000 00:00:00", False),
    }
    assert len(set(read.days.astype("datetime64[M]").tolist())) == 1


def test_one_late_entry_does_not_turn_what_the_rest_of_the_column_tells():
    uk = [f"{date:%d/%m/%Y}" for date in weekly("2025-05-20", 3)]
    read = read_dates(column(*uk, "6.5.2025", "10/06/2025"))
    assert read.days[3].item() == day("2025-05-06")


def test_one_weekday_decides_where_the_rows_are_in_no_order():
    tuesdays = [date for date in weekly("2025-01-07", 60) if date.day <= 12]
    shuffled = [tuesdays[n] for n in (7, 2, 11, 0, 9, 4, 13, 1, 6)]
    assert days_of(*(US.format(date) for date in shuffled)) == shuffled


def test_days_of_one_month_are_not_taken_for_one_day_of_uneven_months():
    assert days_of("4/2/2026", "4/5/2026", "4/9/2026", "4/12/2026")[1] == day("2026-04-05")


def test_where_nothing_tells_the_day_comes_first_and_that_is_said():
    read = read_dates(column("4/2/2026", "5/3/2026"))
    assert read.days[0].item() == day("2026-02-04")
    assert not read.orders[0].is_sure
    assert "Nothing tells" in read.orders[0].evidence


def test_another_column_of_the_sheet_is_asked_where_this_one_tells_nothing():
    stamps = read_dates(column("4/13/2026 9:00:00", "4/20/2026 9:00:00")).orders
    read = read_dates(column("4/2/2026", "5/3/2026"), orders=stamps)
    assert read.days[0].item() == day("2026-04-02")
    assert "another column" in read.orders[0].evidence
    assumed = (DateOrder("0/0/0000", False, 0, 2, "", is_sure=False),)
    assert days_of("4/2/2026", orders=assumed) == [day("2026-02-04")]


def test_a_mixed_column_is_read_row_by_row_and_every_doubtful_row_is_told():
    read = read_dates(
        column(
            "13/01/2026", "20/01/2026", "27/01/2026", "10/02/2026", "02/17/2026", "03/04/2026", "10/03/2026"
        )
    )
    assert read.days.tolist()[4:] == [day("2026-02-17"), day("2026-03-04"), day("2026-03-10")]
    assert set(read.notes) == {3, 4, 5, 6}
    assert "mixed" in read.orders[0].evidence


def test_what_the_mapping_says_is_never_overruled():
    read = read_dates(column("4/2/2026", "4/13/2026"), order="day-first")
    assert read.days[0].item() == day("2026-02-04")
    assert "month comes second" in read.reasons[1]
    assert "1 row cannot be read so" in read.orders[0].evidence
    assert days_of("4/2/2026", "13/4/2026", order="month-first") == [day("2026-04-02"), None]


def test_a_weekday_beside_the_date_decides_as_well():
    assert days_of("Tue 03/02/2026") == [day("2026-02-03")]
    assert days_of("Mon 03/02/2026") == [day("2026-03-02")]


def test_a_date_without_a_year_takes_that_of_the_dates_round_it():
    read = read_dates(column("2026-02-12", "17 February", "2026-02-19"))
    assert read.days[1].item() == day("2026-02-17")
    assert "2026" in read.notes[1]
    assert days_of("2025-12-20", "27 Dec", "3 January", "2026-01-10")[1:3] == [
        day("2025-12-27"),
        day("2026-01-03"),
    ]
    assert days_of("2026-02-12", "17/2", "2/24", "2026-03-01")[1:3] == [day("2026-02-17"), day("2026-02-24")]


@pytest.mark.parametrize(
    ("sheet", "year"), [("Jan-Mar 26", 2026), ("FOOD 2026 second quarter", 2026), ("Q3 '25", 2025)]
)
def test_a_date_without_a_year_among_none_takes_that_of_the_sheet(sheet, year):
    read = read_dates(column("17 February"), sheet=sheet)
    assert read.days[0].item() == dt.date(year, 2, 17)
    assert "name of the sheet" in read.notes[0]


@pytest.mark.parametrize("sheet", [None, "Q3 (new form)", "2025-2026", "Sheet1", "Room 101"])
def test_a_year_that_nothing_tells_is_never_made_up(sheet):
    read = read_dates(column("17 February"), sheet=sheet)
    assert np.isnat(read.days[0])
    assert "year is missing" in read.reasons[0]


def test_a_year_that_the_rows_leave_open_is_never_made_up():
    assert days_of("2024-01-01", "17 February", "2026-12-01")[1] is None
    assert days_of("2024-01-01", "5 August", "")[1] is None


def test_an_empty_cell_has_the_date_above_only_where_that_is_asked_for():
    cells = ("", "4/5/2026", "", "", "tomorrow", "", "13/5/2026", "")
    read = read_dates(column(*cells), carry_down=True)
    assert read.carried.tolist() == [False, False, True, True, False, False, False, True]
    assert read.days[3].item() == day("2026-05-04")
    assert "missing" in read.reasons[0]
    assert "could be carried down" in read.reasons[5]
    plain = read_dates(column(*cells))
    assert not plain.carried.any()
    assert {0, 2, 3, 5, 7} <= set(plain.reasons)


def test_a_ditto_mark_is_the_date_above_and_told():
    read = read_dates(column("17/2/2026", '"', "ditto", "", "as above"))
    assert days_of("17/2/2026", '"', "ditto") == [day("2026-02-17")] * 3
    assert set(read.notes) == {1, 2}
    assert np.isnat(read.days[4])


def test_day_numbers_of_a_spreadsheet_are_days_since_1900():
    assert days_of("46205", "46209.4236", "45299.42013888889") == [
        day("2026-07-02"),
        day("2026-07-06"),
        day("2024-01-08"),
    ]


def test_a_time_with_a_zone_is_the_day_in_london():
    assert days_of("2026-06-30T23:30:00.000Z", "2026-01-31T23:30:00.000Z") == [
        day("2026-07-01"),
        day("2026-01-31"),
    ]
    assert days_of("2026-07-08T00:30:00.000+02:00") == [day("2026-07-07")]
    assert days_of("2024/07/08 11:30:00 PM GMT") == [day("2024-07-09")]


def test_a_zone_that_is_not_known_is_told():
    read = read_dates(column("2026-06-30 10:00 XYZ"))
    assert read.days[0].item() == day("2026-06-30")
    assert "zone" in read.notes[0]


def test_the_beginning_of_a_week_is_taken_as_the_day_and_told():
    read = read_dates(column("w/c 13/04/2026"))
    assert read.days[0].item() == day("2026-04-13")
    assert "week" in read.notes[0]


def test_an_empty_column_is_read_too():
    read = read_dates(column())
    assert (len(read.days), read.reasons, read.orders) == (0, {}, ())


LOGS = st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2029, 12, 31)), min_size=1, max_size=30)
SHAPES = st.sampled_from(
    ["{0}/{1}/{2}", "{0:02}/{1:02}/{2}", "{0}.{1}.{2}", "{0}-{1}-{2}", "{0:02}/{1:02}/{2} 9:00:00"]
)


@given(LOGS, SHAPES, st.booleans())
def test_a_column_in_one_order_is_never_read_in_the_other_where_a_part_above_twelve_tells(
    dates, shape, day_first
):
    cells = [shape.format(*((d.day, d.month) if day_first else (d.month, d.day)), d.year) for d in dates]
    if any(date.day > 12 for date in dates):
        assert days_of(*cells) == dates
    else:
        swapped = [dt.date(date.year, date.day, date.month) for date in dates]
        assert days_of(*cells) in (dates, swapped)


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1)), st.integers(2, 10), st.integers(12, 60), st.booleans()
)
def test_a_log_kept_in_order_is_never_read_in_the_other(first, step, n, day_first):
    dates = [date for date in (first + dt.timedelta(days=step * k) for k in range(n)) if date.day <= 12]
    cells = [(UK if day_first else US).format(date) for date in dates]
    swapped = [dt.date(date.year, date.day, date.month) for date in dates]
    if len(dates) >= 5 and any(later < earlier for earlier, later in itertools.pairwise(swapped)):
        assert days_of(*cells) == dates


@given(
    st.lists(st.text(max_size=25), max_size=12),
    st.booleans(),
    st.sampled_from(["as-written", "day-first", "month-first"]),
)
def test_whatever_a_column_holds_every_row_has_a_day_or_a_reason(cells, carry_down, order):
    read = read_dates(column(*cells), carry_down=carry_down, order=order, sheet="May 26")
    assert set(np.flatnonzero(np.isnat(read.days)).tolist()) == set(read.reasons)
    assert not set(read.notes) & set(read.reasons)
    assert not np.isnat(read.days[read.carried]).any()
    assert all(len(reason) > 15 for reason in read.reasons.values())


@given(LOGS)
def test_iso_dates_are_never_touched_whatever_stands_beside_them(dates):
    cells = [cell for date in dates for cell in (date.isoformat(), "4/13/2026", "17 February")]
    assert days_of(*cells)[::3] == dates


def by_spreadsheet(date):
    """What becomes of an American date in a British spreadsheet."""
    return US.format(date) if date.day > 12 else dt.date(date.year, date.day, date.month).isoformat()


def test_dates_that_a_spreadsheet_swapped_are_swapped_back_and_told():
    dates = weekly("2026-04-02", 24, step=4)
    read = read_dates(column(*map(by_spreadsheet, dates)))
    assert read.days.tolist() == dates
    assert "swapped" in read.orders[-1].evidence
    assert not read.orders[-1].is_sure
    assert set(read.notes) == {n for n, date in enumerate(dates) if date.day <= 12 and date.day != date.month}


def test_a_spreadsheets_dates_stay_as_they_are_where_the_mapping_says_or_the_rows_do_not_prove_a_swap():
    cells = [by_spreadsheet(date) for date in weekly("2026-04-02", 24, step=4)]
    assert days_of(*cells, order="month-first")[0] == day("2026-02-04")
    true = ["2026-04-02", "2026-04-07", "4/13/2026", "4/16/2026", "4/20/2026", "2026-05-05", "2026-05-12"]
    assert days_of(*true)[:2] == [day("2026-04-02"), day("2026-04-07")]


def test_a_year_that_is_probably_mistyped_is_doubted():
    dates = [f"{date:%d/%m/%Y}" for date in weekly("2024-12-03", 8)]
    for n, wrong in ((5, "07/01/2024"), (7, "21/01/2024"), (0, "03/12/2025"), (3, "24/12/2052")):
        read = read_dates(column(*dates[:n], wrong, *dates[n + 1 :]))
        assert set(read.doubtful) == {n}
        assert not np.isnat(read.days[n])
    assert read_dates(column(*dates)).doubtful == {}


def test_a_log_that_paused_for_a_year_has_no_doubtful_year():
    dates = [*weekly("2024-07-02", 3), *weekly("2025-07-01", 3)]
    for order in (dates, dates[::-1], dates[2:], dates[:4]):
        assert read_dates(column(*(date.isoformat() for date in order))).doubtful == {}


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1)), st.lists(st.integers(0, 500), min_size=1, max_size=30)
)
def test_a_log_kept_in_order_has_no_doubtful_year(first, steps):
    dates = [first + dt.timedelta(days=sum(steps[:n])) for n in range(len(steps) + 1)]
    assert read_dates(column(*(date.isoformat() for date in dates))).doubtful == {}


@pytest.mark.parametrize(
    "written", ["17/02/2026 (am)", "17/02/26 - morning", "Tue 17/02/2026 afternoon", "2026-02-17, evening"]
)
def test_words_beside_a_date_are_not_read_and_told(written):
    read = read_dates(column(written))
    assert read.days[0].item() == day("2026-02-17")
    assert "words" in read.notes[0]


def test_a_month_with_a_number_may_be_a_month_of_a_year():
    assert days_of("Feb 26") == days_of("Feb-26", sheet="Jan-Mar 26") == [None]
    assert days_of("2026-02-24", "Feb 26", "2026-03-03")[1] == day("2026-02-26")
    assert days_of("2026-06-24", "Feb-26", "2026-07-03")[1] is None


def test_one_slip_does_not_make_a_column_mixed():
    dates = [f"{date:%d/%m/%Y}" for date in weekly("2025-01-07", 20)]
    late = [*dates, "06/05/2025", "05/28/2025"]
    read = read_dates(column(*late))
    assert read.days[-2].item() == day("2025-05-06")
    assert set(read.notes) == {len(late) - 1}
    assert read.orders[0].is_sure
    assert "1 row can only be read with the month first" in read.orders[0].evidence


@pytest.mark.parametrize(("uk", "us"), [(6, 2), (2, 6)])
def test_in_a_mixed_column_only_the_rows_of_the_rarer_order_and_the_open_ones_are_told(uk, us):
    dates = [date for date in weekly("2025-01-14", 60) if date.day > 12]
    cells = [f"{date:%d/%m/%Y}" for date in dates[:uk]] + [f"{date:%m/%d/%Y}" for date in dates[uk : uk + us]]
    read = read_dates(column(*cells))
    assert read.days.tolist() == dates[: uk + us]
    assert set(read.notes) == (set(range(uk)) if uk < us else set(range(uk, uk + us)))


@pytest.mark.parametrize("piece", [" ", "17/2/26 ", "T", "a", "0", "-", "feb ", "'", ", "])
def test_a_cell_of_any_length_is_looked_at_quickly(piece):
    long = piece * (200_000 // len(piece)) + "x"
    began = time.perf_counter()
    assert days_of(long, long + "y") == [None, None]
    assert read_date(long).day is None
    assert time.perf_counter() - began < 1


@given(st.dates(dt.date(2021, 1, 1), dt.date(2029, 1, 1)), st.integers(1, 9), st.integers(3, 40))
def test_pairs_of_digits_are_read_with_the_year_where_it_draws_the_column_together(first, step, n):
    dates = weekly(first.isoformat(), n, step=step)
    assert days_of(*(f"{date:%y-%m-%d}" for date in dates)) == dates
    last = [f"{date:%d-%m-%y}" for date in dates]
    if any(date.day > 12 for date in dates):
        assert days_of(*last) == dates


def test_two_pairs_of_digits_prove_no_year():
    assert days_of("21-06-22", "21-06-26") == [day("2022-06-21"), day("2026-06-21")]
