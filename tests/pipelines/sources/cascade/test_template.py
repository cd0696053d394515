"""The workbook to fill in: its heading row is the reader's, its examples are sound and can never be read as counts."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from pipelines.sources.cascade import steps
from pipelines.sources.cascade.owners import owners_of
from pipelines.sources.cascade.reading import read_cascade
from pipelines.sources.cascade.template import EXAMPLES, WORDS, cascade_workbook, guide_lines
from pipelines.sources.tables import Neighbourhood, Prototype
from tests.pipelines.sources.cascade.cascade_files import TODAY

OWNERS = owners_of(
    [Neighbourhood("ashfield", "Ashfield", 1)], [Prototype("barbers", "ashfield", "Checks", "hypertension")]
)


def sheets() -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(cascade_workbook()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_empty_workbook_is_read_without_a_fault_or_a_count():
    found = read_cascade(cascade_workbook(), "cascade_counts.xlsx", OWNERS, TODAY)
    assert found.missing == ()
    assert found.rows == ()
    assert found.ledger.faults == []


def test_the_examples_stand_apart_are_marked_and_would_be_read_whole():
    counts, example, _ = sheets().values()
    assert len(counts) == 1
    assert "Made-up data" in str(example[0][0])
    text = "\n".join(",".join(str(cell) for cell in row) for row in (steps.COLUMNS, *EXAMPLES))
    found = read_cascade(text.encode(), "cascade_counts.csv", OWNERS, TODAY)
    assert found.ledger.faults == []
    assert len(found.rows) == len(EXAMPLES)


def test_the_guide_says_what_goes_into_every_column_and_names_every_word():
    assert set(WORDS) == {*steps.COLUMNS, *steps.OPTIONAL}
    guide = "\n".join(guide_lines())
    for word in (
        *steps.STEPS,
        *steps.GROUP_TYPES,
        *steps.SETTINGS,
        *(g for names in steps.GROUPS.values() for g in names),
    ):
        assert word in guide, word
    assert [row[0] for row in sheets()["Guide"]] == guide_lines()
