"""A messy log is understood as a whole: sheets, days, items across sheets, dates carried down, transfers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import UnreadableFileError
from pipelines.sources.logs.mapping import read_mapping, write_mapping
from pipelines.understanding import mapping_of, understand
from tests.pipelines.understanding.conftest import WEEKS, guess_of, roles_of, text_of, workbook_of


def food_book(**options) -> bytes:
    """Two sheets with other headings in another order, a sheet of words, and a hidden one."""
    groups = ["Pantry", "Kitchen", "Larder"]
    first = [
        ["Food log 2025"],
        [],
        ["Date", "Who", "Food in", "", "Food out", ""],
        ["", "", "kg", "from", "kg shared", "wasted"],
    ]
    first += [
        [day, groups[n % 3], 20 + n, "bakery" if n % 4 else "Kitchen", 15 + n, "500g" if n == 3 else n % 5]
        for n, day in enumerate(WEEKS[:12])
    ]
    first += [["Total", "", 300, "", 250, 20]]
    second = [["Comments", "Thrown away", "Gave away kg", "Got (kg)", "Got from", "Group", "When"]]
    second += [
        ["", n % 4, 12 + n, f"{18 + n} kg", "bakery", groups[n % 3], day if n % 3 else ""]
        for n, day in enumerate(WEEKS[12:], start=1)
    ]
    words = [["How to fill this in"], ["Please write neatly"]]
    sheets = {"Jan-Mar": first, "Apr-Jun": second, "Read me": words, "old": first[2:8]}
    return workbook_of(sheets, hidden=["old"], merged={"Jan-Mar": ["C3:D3", "E3:F3"]})


def test_sheets_with_other_headings_are_put_together_under_one_item(understood):
    proposal = understood(food_book(), "food.xlsx")
    items = {item: spec.headings for item, spec in proposal.mapping.items.items()}
    assert items == {
        "kg_in": ("Food in: kg", "Got (kg)"),
        "kg_shared": ("Food out: kg shared", "Gave away kg"),
        "kg_wasted": ("Food out: wasted", "Thrown away"),
    }
    assert {spec.ask.unit for spec in proposal.mapping.items.values()} == {"kg"}
    assert 'Put together with "Food in: kg" of the sheet "Jan-Mar"' in guess_of(proposal, "Got (kg)").why


def test_days_places_and_sources_are_found_on_every_sheet(understood):
    columns = understood(food_book(), "food.xlsx").mapping.columns
    assert columns == {
        "tested_on": ("Date", "When"),
        "member": ("Who", "Group"),
        "source": ("Food in: from", "Got from"),
    }


def test_a_transfer_between_members_is_not_counted_again_where_it_came_in(understood):
    proposal = understood(food_book(), "food.xlsx")
    not_from = {item: spec.not_from for item, spec in proposal.mapping.items.items()}
    assert not_from == {"kg_in": ("source", "member"), "kg_shared": None, "kg_wasted": None}
    assert any("came from a member of the network" in note for note in proposal.notes)


def test_hidden_sheets_are_not_read_and_sheets_of_words_set_aside(understood):
    proposal = understood(food_book(), "food.xlsx")
    assert {guess.name: guess.is_read for guess in proposal.sheets} == {
        "Jan-Mar": True,
        "Apr-Jun": True,
        "Read me": False,
        "old": False,
    }
    assert "old" not in {guess.sheet for guess in proposal.columns}
    assert any('"old" is not read' in note for note in proposal.notes)


def test_an_empty_day_in_a_workbook_is_that_of_the_row_above(understood):
    proposal = understood(food_book(), "food.xlsx")
    assert proposal.mapping.dates_carry_down
    assert any("row above" in note for note in proposal.notes)


def test_an_empty_day_in_a_text_file_is_a_slip_and_not_carried_down(understood):
    rows = [["When", "Guests"]]
    rows += [[day.isoformat() if n % 3 == 0 else "", 5 + n] for n, day in enumerate(WEEKS)]
    assert not understood(rows).mapping.dates_carry_down


def test_totals_notes_and_titles_are_told(understood):
    notes = " ".join(understood(food_book(), "food.xlsx").notes)
    assert "1 total" in notes
    assert "1 title" in notes


def test_the_order_of_day_and_month_is_shown_with_its_evidence(understood):
    proposal = understood([["Date", "Guests"], *[[f"{day:%m/%d/%Y}", 4] for day in WEEKS]])
    assert [order.day_first for order in proposal.orders] == [False]
    assert proposal.orders[0].evidence


def test_a_file_without_days_or_numbers_is_a_proposal_and_no_error(understood):
    proposal = understood([["Name", "Colour"], ["Ann", "red"], ["Bob", "blue"]])
    assert "tested_on" not in proposal.mapping.columns
    assert proposal.mapping.items == {}


def test_what_is_no_table_at_all_is_refused_in_words(understood):
    with pytest.raises(UnreadableFileError):
        understood(b"\x89PNG\r\n\x1a\n" + bytes(200), "picture.csv")


def test_a_log_of_the_contract_keeps_its_own_words(understood):
    heading = [
        "neighbourhood_id",
        "prototype_id",
        "tested_on",
        "place",
        "place_type",
        "cycle_no",
        "asked",
        "said_yes",
    ]
    rows = [heading, *[["heath", "barbers", day.isoformat(), "Shop", "barber", "1", 40, 30] for day in WEEKS]]
    mapping = understood(rows).mapping
    assert list(mapping.items) == ["asked", "said_yes"]
    assert mapping.columns["prototype_id"] == ("prototype_id",)
    assert (mapping.neighbourhood_id, mapping.prototype_id) == (None, None)


def test_a_kept_mapping_is_used_for_the_next_upload_of_the_form(understood, tmp_path):
    rows = [["Day of it", "Heads", "Extra"], *[[day.isoformat(), 4, 9] for day in WEEKS]]
    first = understood(rows)
    mapping, faults = read_mapping(
        b'neighbourhood_id = "heath"\nprototype_id = "lunch"\ntested_on = "Day of it"\n[items]\nguests = "Heads"\n',
        "a.toml",
    )
    assert mapping is not None, faults
    (tmp_path / "test_logs").mkdir()
    (tmp_path / "test_logs" / "lunch.toml").write_text(write_mapping(mapping), encoding="utf-8")
    again = understood(rows, folder=tmp_path)
    assert first.matches is None
    assert again.matches == "test_logs/lunch.toml"
    assert again.mapping == mapping
    assert guess_of(again, "Heads").item == "guests"
    assert roles_of(again)["Extra"] == "leave out"


def test_a_mapping_made_of_the_guesses_is_read_back_equal(understood):
    proposal = understood(food_book(), "food.xlsx")
    text = write_mapping(proposal.mapping).replace("\n", '\nneighbourhood_id = "a"\nprototype_id = "b"\n', 1)
    read, faults = read_mapping(text.encode(), "food.toml")
    assert not faults
    assert read is not None
    assert read.items == proposal.mapping.items
    assert mapping_of(proposal.columns, proposal) == proposal.mapping


def test_a_log_of_four_hundred_messy_rows(understood, shared_folder):
    path = shared_folder / "data/spreadsheets/messy400.xlsx"
    mapping = understood(path.read_bytes(), path.name).mapping
    assert mapping.columns == {
        "tested_on": ("Session: Timestamp",),
        "place": ("Session: Where was it?",),
        "cycle_no": ("Quality: PDSA cycle #",),
    }
    asks = {item: (spec.ask.amount, spec.ask.part, spec.ask.out_of) for item, spec in mapping.items.items()}
    assert asks == {
        "people_came": ("count", None, None),
        "first_timers": ("count", None, None),
        "stayed_tea": ("share", None, None),
        "blood_pressure_upper": ("measurement", "first", None),
        "blood_pressure_lower": ("measurement", "second", None),
        "feel": ("score", None, 5.0),
    }


@settings(max_examples=80)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_a_table_or_refused_in_words(tmp_path_factory, content):
    try:
        proposal = understand(content, "log.csv", tmp_path_factory.getbasetemp() / "none")
    except UnreadableFileError:
        return
    assert isinstance(proposal.mapping.items, dict)


CELL = st.one_of(
    st.sampled_from(
        ["", "12", "<5", "n/a", "03/04/2025", "2025-01-07", "145/92", "a@b.org", "Tea, cake", "50%", "=1+1"]
    ),
    st.text(max_size=12),
)


@settings(max_examples=60)
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=12))
def test_whatever_stands_in_a_file_there_is_a_proposal_or_words(tmp_path_factory, rows):
    content = text_of(rows)
    try:
        proposal = understand(content, "log.csv", tmp_path_factory.getbasetemp() / "none")
    except UnreadableFileError:
        return
    assert {guess.heading for guess in proposal.columns if guess.role == "item"} >= {
        heading for spec in proposal.mapping.items.values() for heading in spec.headings
    }
    assert all(len(guess.examples) <= 3 and guess.why.endswith(".") for guess in proposal.columns)
