"""A mapping written and read back, and matched to the next upload of the same form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.logs.mapping import (
    DATES,
    FORMS,
    ItemSpec,
    Mapping,
    SheetMapping,
    find_places,
    fit,
    read_mapping,
    write_mapping,
)
from pipelines.sources.written.values import Ask

HEADINGS = (
    st.lists(
        st.one_of(
            st.sampled_from(["When?", "How many\ncame? ", 'A "quoted" one', "Comments#2"]),
            st.text(min_size=1),
        ),
        min_size=1,
        max_size=3,
    )
    .map(tuple)
    .filter(lambda group: all(heading.strip() for heading in group))
)
UNITS = st.one_of(st.none(), st.sampled_from(["kg", "%", "minutes"]))
ASKS = st.builds(
    Ask,
    st.sampled_from(["count", "measurement", "share", "score"]),
    UNITS,
    st.one_of(st.none(), st.sampled_from([5.0, 10.0])),
    st.sampled_from([None, "first", "second"]),
)
ITEMS = st.dictionaries(
    st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True),
    st.builds(
        ItemSpec,
        HEADINGS,
        ASKS,
        st.one_of(st.none(), st.just("Tea, cake and talk")),
        st.one_of(st.none(), st.just(("source", "member"))),
    ),
    min_size=1,
    max_size=3,
)
COLUMNS = st.fixed_dictionaries(
    {"tested_on": HEADINGS, "source": HEADINGS, "member": HEADINGS},
    optional={"submitted_at": HEADINGS, "place": HEADINGS, "cycle_no": HEADINGS},
)
SHEETS = st.dictionaries(
    st.one_of(st.sampled_from(["Apr - June", "Q3 (new form)", "a.b"]), st.text(min_size=1, max_size=8)),
    st.builds(SheetMapping, st.one_of(st.none(), st.sampled_from(DATES)), st.booleans(), st.booleans()),
    max_size=2,
)


@st.composite
def mappings(draw) -> Mapping:
    columns, ids = draw(COLUMNS), {}
    for key in ("neighbourhood_id", "prototype_id"):
        is_column = draw(st.booleans())
        ids[key] = None if is_column else "ash"
        columns |= {key: draw(HEADINGS)} if is_column else {}
    return Mapping(
        **ids,
        columns=columns,
        items=draw(ITEMS),
        dates=draw(st.sampled_from(DATES)),
        dates_carry_down=draw(st.booleans()),
        sheets=draw(SHEETS),
        form=draw(st.one_of(st.none(), st.sampled_from(FORMS))),
    )


@given(mappings())
def test_a_mapping_written_and_read_back_is_equal(mapping):
    assert read_mapping(write_mapping(mapping).encode(), "log.toml") == (mapping, [])


MAPPING = Mapping(
    "ash",
    "ash-bp",
    {"tested_on": ("When?", "Date")},
    {"came": ItemSpec(("How many came?",)), "new": ItemSpec(("New",))},
)


@pytest.mark.parametrize(
    ("headings", "share"),
    [
        (("when?", "How many  came", "NEW"), 1.0),
        (("Date", "How many came?", "Comments"), 2 / 3),
        (("Colour", "", "Size"), 0.0),
        ((), 0.0),
    ],
)
def test_a_mapping_fits_a_sheet_by_the_share_of_its_headings(headings, share):
    assert fit(MAPPING, headings) == pytest.approx(share)


def test_columns_are_found_by_any_of_their_headings_and_the_second_of_two_alike_by_its_number():
    mapping = Mapping("ash", "ash-bp", {"tested_on": ("When?", "Date")}, {"came": ItemSpec(("Number#2",))})
    assert find_places(mapping, ("Number", "date", "", "Number ")) == ({"tested_on": 1}, {"came": 3})


def test_a_file_that_names_neither_date_nor_item_only_overrules_how_a_log_is_read():
    mapping, faults = read_mapping(b'dates = "month-first"\n[sheets."Old"]\nskip = true\n', "log.toml")
    assert (mapping.by_name, mapping.dates, mapping.sheets["Old"].skip, faults) == (
        True,
        "month-first",
        True,
        [],
    )


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('kg = { heading = "Kg", amount = "weight" }', "items.kg.amount"),
        ('kg = { heading = "Kg", colour = "red" }', "items.kg.colour"),
        ('kg = { heading = "Kg", out_of = "five" }', "items.kg.out_of"),
        ('kg = { heading = "Kg", not_from = "source" }', "items.kg.not_from"),
        ('kg = { heading = "Kg", not_from = ["source", "member"] }', "items.kg.not_from"),
        ("kg = []", "items.kg"),
        ('kg = "Kg"\n[sheets.Q3]\ndates = "american"', "sheets.Q3.dates"),
        ('kg = "Kg"\n[sheets.Q3]\nskip = 1', "sheets.Q3.skip"),
        ('kg = "Kg"\n[columns]\ncolour = "Red"', "columns.colour"),
        ('kg = "Kg"\n[columns]\ntested_on = "Day"', "columns.tested_on"),
    ],
)
def test_a_faulty_key_of_an_item_sheet_or_column_is_named(text, column):
    head = 'neighbourhood_id = "ash"\nprototype_id = "ash-bp"\ntested_on = "When?"\n[items]\n'
    mapping, faults = read_mapping((head + text + "\n").encode(), "log.toml")
    assert mapping is None
    assert [fault.column for fault in faults] == [column]
