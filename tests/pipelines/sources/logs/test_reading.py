"""Test logs of the contract: every line has a fate, every doubt a reason."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.sources.logs.context import Context
from pipelines.sources.logs.reading import read_log
from pipelines.sources.tables import Effect, Prototype

HEADING = "neighbourhood_id,prototype_id,tested_on,place,place_type,attended,new_people\n"


def effects(checked) -> list[tuple]:
    return [(fault.line, fault.column, str(fault.effect)) for fault in checked.faults]


def test_a_clean_line_becomes_a_session_and_a_cell_an_item(read, log_load):
    checked = read(HEADING + "ash,ash-bp,2025-03-04,Library,library,22,5\n")
    (line,) = checked.raw_lines
    assert (line.line, line.prototype_id, line.tested_on, line.place) == (
        2,
        "ash-bp",
        dt.date(2025, 3, 4),
        "Library",
    )
    assert [(cell.item, cell.count) for cell in checked.raw_cells] == [("attended", 22), ("new_people", 5)]
    load = log_load(checked)
    assert (load.lines_read, load.lines_loaded, load.lines_refused, load.lines_furniture) == (2, 1, 0, 1)
    assert checked.faults == ()


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("ash,ash-pb,2025-03-04,,,1,0", "prototype_id", "Did you mean ash-bp?"),
        ("oak,ash-bp,2025-03-04,,,1,0", "neighbourhood_id", "not in neighbourhoods.csv"),
        ("elm,ash-bp,2025-03-04,,,1,0", "neighbourhood_id", "belongs to ash"),
        ("ash,,2025-03-04,,,1,0", "prototype_id", "missing"),
        ("ash,ash-bp,soon,,,1,0", "tested_on", "2026-01-31"),
        ("ash,ash-bp,2025-03-04,Hall, upper floor,x,1,0", None, "needs quotes"),
    ],
)
def test_a_bad_identity_date_or_shape_refuses_the_line(read, log_load, line, column, words):
    checked = read(HEADING + line + "\n")
    (fault,) = checked.faults
    assert (fault.line, fault.column, fault.effect) == (2, column, Effect.LINE_REFUSED)
    assert words in fault.reason
    assert log_load(checked).lines_refused == 1
    assert checked.raw_lines == ()


def test_a_refused_line_leaves_its_week_open_where_prototype_and_day_are_known(read):
    text = "ash,ash-bp,2025-03-04,Hall, upper floor,x,1,0\nelm,ash-bp,2025-03-11,,,1,0\nash,ash-pb,2025-03-18,,,1,0\n"
    checked = read(HEADING + text)
    held = [(row.line, row.prototype_id, str(row.presumed_on), row.item) for row in checked.held_records]
    assert held == [(2, "ash-bp", "2025-03-04", None), (3, "ash-bp", "2025-03-11", None)]


def test_a_line_that_names_the_delimiter_is_furniture(read, log_load):
    checked = read("sep=;\n" + (HEADING + "ash,ash-bp,2025-03-04,,,3,1\n").replace(",", ";"))
    load = log_load(checked)
    assert (load.lines_read, load.lines_loaded, load.lines_furniture) == (3, 1, 2)


@pytest.mark.parametrize(
    ("date", "words"), [("", "missing"), ("2052-11-18", "future"), ("2026-11-24", "future")]
)
def test_a_missing_or_future_date_holds_the_line(read, date, words):
    checked = read(HEADING + f"ash,ash-bp,{date},,,1,0\n")
    assert effects(checked) == [(2, "tested_on", "held")]
    assert words in checked.faults[0].reason
    assert checked.raw_lines == ()


def test_a_date_of_another_year_among_its_neighbours_is_held(read):
    days = ("2026-01-05", "2026-01-12", "2025-01-19", "2026-01-26", "2026-02-02")
    checked = read(HEADING + "".join(f"ash,ash-bp,{day},,,1,0\n" for day in days))
    assert effects(checked) == [(4, "tested_on", "held")]
    assert len(checked.raw_lines) == 4


def test_rows_in_no_order_tell_nothing_of_one_another(read):
    draw = random.Random(1)
    days = [dt.date(2021, 1, 4) + dt.timedelta(days=draw.randrange(1800)) for _ in range(300)]
    checked = read(HEADING + "".join(f"ash,ash-bp,{day},,,{n},0\n" for n, day in enumerate(days)))
    assert checked.faults == ()
    assert len(checked.raw_lines) == 300


def test_a_bad_cell_is_missing_and_the_line_stands(read, log_load):
    checked = read(
        HEADING + "ash,ash-bp,2025-03-04,,,50%,1\nash,ash-bp,2025-03-11,,,1O,1\nash,ash-bp,2025-03-18,,,,1\n"
    )
    assert effects(checked) == [(2, "attended", "cell missing"), (3, "attended", "held")]
    assert [cell.count for cell in checked.raw_cells] == [None, 1, None, 1, None, 1]
    assert log_load(checked).cells_missing == 2
    assert {(row.line, row.item, row.doubt) for row in checked.held_records} == {
        (2, "attended", "held"),
        (3, "attended", "held"),
    }


def test_an_interval_counts_with_its_middle_and_is_told(read, log_load):
    checked = read(HEADING + "ash,ash-bp,2025-03-04,,,10-12,1\n")
    assert effects(checked) == [(2, "attended", "noted")]
    cell = checked.raw_cells[0]
    assert (cell.count, cell.low, cell.high, cell.flag, cell.written) == (11, 10, 12, "interval", "10-12")
    assert log_load(checked).cells_missing == 0
    assert checked.held_records == ()


def test_the_whole_column_decides_whether_the_day_comes_first_and_it_is_published(read):
    lines = [f"ash,ash-bp,{day},,,1,0\n" for day in ("09/10/2024", "09/17/2024", "09/24/2024")]
    checked = read(HEADING + "".join(lines))
    assert [line.tested_on for line in checked.raw_lines] == [dt.date(2024, 9, day) for day in (10, 17, 24)]
    (guess,) = checked.guesses
    assert (guess.file, guess.column, guess.overrule) == (
        "test_logs/log.csv",
        "tested_on",
        'dates = "day-first"',
    )
    assert checked.loads[-1].load_id == guess.load_id


def test_a_mapping_may_only_overrule_the_order_of_dates(read):
    checked = read(HEADING + "ash,ash-bp,09/10/2024,,,1,0\n", 'dates = "month-first"\n')
    assert [line.tested_on for line in checked.raw_lines] == [dt.date(2024, 9, 10)]
    assert checked.guesses == ()


def test_a_numerator_above_its_denominator_is_left_out(read):
    checked = read(HEADING + "ash,ash-bp,2025-03-04,,,12,18\n")
    assert [(cell.item, cell.count) for cell in checked.raw_cells] == [("attended", 12), ("new_people", None)]
    assert effects(checked) == [(2, "new_people", "cell missing")]
    assert '18 of 12 in "attended"' in checked.faults[0].reason


def test_titles_headings_blanks_and_totals_are_furniture(read, log_load):
    text = (
        "Log of the spring,,,\n\n"
        + HEADING
        + "ash,ash-bp,2025-03-04,,,3,1\n,,,,,,\n"
        + HEADING
        + "Total,,,,,3,1\n"
    )
    load = log_load(read(text))
    assert (load.lines_read, load.lines_loaded, load.lines_refused, load.lines_furniture) == (7, 1, 0, 6)


def test_the_same_record_counts_once_and_two_sessions_of_a_day_count_twice(read):
    places = ("Hall", "Shop", "Hall", " hall ")
    text = "".join(f"ash,ash-bp,2025-03-04,{place},,3,1\n" for place in places)
    checked = read(HEADING + text)
    assert [line.line for line in checked.raw_lines] == [2, 3]
    assert effects(checked) == [(4, None, "line refused"), (5, None, "line refused")]
    assert "line 2" in checked.faults[0].reason


def test_a_file_given_twice_counts_once(read, folder, log_load):
    text = HEADING + "ash,ash-bp,2025-03-04,Hall,,3,1\nash,ash-bp,2025-03-11,Hall,,4,1\n"
    (folder / "test_logs" / "copy.csv").write_text(text)
    checked = read(text)
    assert len(checked.raw_lines) == 2
    assert [fault.effect for fault in checked.faults] == [Effect.LINE_REFUSED] * 2


def test_columns_that_no_measure_uses_are_told_and_not_loaded(read, log_load):
    heading = HEADING.strip() + ",Comments,Phone\n"
    checked = read(heading + "ash,ash-bp,2025-03-04,,,3,1,Ring Maureen on 07700 900123,07700 900124\n")
    assert {cell.item for cell in checked.raw_cells} == {"attended", "new_people"}
    assert effects(checked) == [(1, "Comments", "noted"), (2, "Comments", "noted")]
    assert log_load(checked).personal_cells_dropped == 2
    assert "Maureen" not in repr(checked)
    assert "07700" not in repr(checked)


def test_a_place_keeps_its_district_and_loses_the_rest(read):
    checked = read(HEADING + 'ash,ash-bp,2025-03-04,"Mrs Khan, ZZ99 3VZ",home,3,1\n')
    assert checked.raw_lines[0].place == "[name removed], ZZ99"
    assert [fault.value for fault in checked.faults] == ["[not shown: personal]"]


def test_words_that_call_a_session_off_make_it_a_gap(read):
    heading = HEADING.strip() + ",comments\n"
    checked = read(
        heading + "ash,ash-bp,2025-03-04,,,0,0,cancelled - heavy rain\nash,ash-bp,2025-03-11,,,0,0,cold\n"
    )
    assert [line.line for line in checked.raw_lines] == [3]


def test_a_session_before_the_prototype_began_is_told(read, folder):
    (folder / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,started_on\nash-bp,ash,Checks,2025-03-01\n"
    )
    checked = read(HEADING + "ash,ash-bp,2025-02-04,,,3,1\n")
    assert effects(checked) == [(2, "tested_on", "noted")]
    assert len(checked.raw_lines) == 1


def test_semicolons_bom_british_dates_and_windows_letters_are_read(read):
    text = (HEADING + "ash,ash-bp,4/3/25,Café,,12,1\n").replace(",", ";")
    for content in (text.encode("utf-8-sig"), text.encode("cp1252")):
        checked = read(content)
        assert (checked.raw_lines[0].tested_on, checked.raw_lines[0].place) == (dt.date(2025, 3, 4), "Café")


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_is_told(read, log_load, text):
    checked = read(text)
    assert [fault.reason for fault in checked.faults] == ["The file is empty."]
    assert log_load(checked).lines_read == 0


def test_a_line_with_a_character_that_is_no_text_is_refused_and_the_others_stand(read, log_load):
    checked = read(HEADING + "ash,ash-bp,2025-03-04,Hall\x00,,3,1\nash,ash-bp,2025-03-11,Hall,,4,1\n")
    assert effects(checked) == [(2, None, "line refused")]
    assert log_load(checked).lines_loaded == 1


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "neighbourhood_id,tested_on,attended\nash,2025-03-04,3\n"])
def test_a_file_without_the_needed_columns_is_refused_whole(read, log_load, text):
    checked = read(text)
    load = log_load(checked)
    assert load.lines_loaded == 0
    assert load.lines_read == load.lines_refused + load.lines_furniture
    assert any("prototype_id" in fault.reason for fault in checked.faults)


def test_a_column_that_occurs_twice_refuses_the_file(read, log_load):
    checked = read(HEADING.strip() + ",attended\nash,ash-bp,2025-03-04,,,3,1,4\n")
    assert "Two columns are called attended" in checked.faults[0].reason
    assert log_load(checked).lines_loaded == 0


ODD = [
    "ash",
    "ash-bp",
    "elm-walk",
    "2025-03-04",
    "4/3/25",
    "",
    "12",
    "1O",
    "10-12",
    '"',
    '"x',
    "total",
    "a,b",
    "\r",
    "Ring Maureen on 07700 900123",
]
CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=6))
GARBAGE = st.one_of(
    st.text(max_size=200),
    st.lists(st.lists(CELL, max_size=9).map(",".join), max_size=12).map(
        lambda lines: HEADING + "\n".join(lines)
    ),
)


def context() -> Context:
    prototypes = {
        "ash-bp": Prototype("ash-bp", "ash", "Checks"),
        "elm-walk": Prototype("elm-walk", "elm", "Walks"),
    }
    items = frozenset(("attended", "new_people"))
    return Context(
        prototypes, frozenset(("ash", "elm")), items, (("new_people", "attended"),), dt.date(2026, 11, 22)
    )


@given(GARBAGE)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_line_is_lost_whatever_the_text(text):
    (ledger, sessions), *_ = read_log(text.encode("utf-8", "surrogatepass"), "log.csv", None, b"", context())
    load = ledger.close()
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
    assert load.lines_loaded == len(sessions)
    refused = {line for line, fate in ledger.fates.items() if fate == "refused"}
    assert refused <= {fault.line for fault in ledger.faults}
    physical = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(1 <= line <= physical for line in {*ledger.fates, *ledger.loaded_lines()})


VALID = ["ash", "ash-bp", "2025-03-04", "Hall", "hall", "12", "3", "a fine day", ""]
CANARIES = [
    "jo.canary@example.org",
    "07700 900123",
    "943 476 5919",
    "ZZ99 3VZ",
    "Mrs Canary",
    "please ring Canary",
    "born 12/03/1951",
]


@given(st.dictionaries(st.integers(0, 8), st.sampled_from(CANARIES), min_size=1, max_size=4), st.booleans())
def test_personal_data_never_reaches_a_row(placed, is_bare):
    cells = [placed.get(n, cell) for n, cell in enumerate(VALID)]
    if is_bare:  # a bare name is only safe where no text is kept: as a place it cannot be told from one
        cells[5] = cells[7] = cells[8] = "Canary"
    text = HEADING.strip() + ",Comments,Your name\n" + ",".join(cells) + "\n"
    (ledger, sessions), *_ = read_log(text.encode(), "log.csv", None, b"", context())
    found = (
        repr((ledger.faults, ledger.guesses, sessions.raw_lines(), sessions.raw_cells(), sessions.held))
        .replace(ledger.load_id, "")
        .lower()
    )
    for piece in ("canary", "900123", "476", "5919", "3vz", "1951"):
        assert piece not in found
    assert ledger.personal_cells_dropped >= len(set(placed) - ({5, 7, 8} if is_bare else set()))
