"""Whatever a file holds, its lines reconcile, and what stands of it is the same when it is written and read again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sources.cascade import steps
from pipelines.sources.cascade.reading import read_cascade
from tests.pipelines.sources.cascade.cascade_files import HEADING, TODAY, owners, read
from tests.pipelines.sources.cascade.written_counts import cascade_csv

ODD = st.sampled_from(
    ["", "*", "<5", "-1", "2.5", "x", "=1+1", "ring Maureen", '"', "１２", "all", "2026-04"]
)


def mostly(known) -> st.SearchStrategy[str]:
    """Draw known words, and now and then something odd."""
    sound = st.sampled_from([str(one) for one in known])
    return st.one_of(sound, sound, sound, sound, ODD)


GROUPS = [("all", "all"), ("sex", "female"), ("sex", "male"), ("deprivation_fifth", "1"), ("ethnic_group", "arab"),
          ("help_source", "family"), ("sex", "5")]  # fmt: skip

LINES = st.lists(
    st.tuples(
        mostly(["ash", "elm", "oak"]),
        mostly(["2026-04", "2026-05-01", "Jun-26"]),
        mostly(steps.STEPS),
        mostly(["", 0, 3, 6, 12]),
        st.sampled_from(GROUPS),
        mostly(steps.SETTINGS),
        st.one_of(st.integers(0, 60).map(str), ODD),
        mostly(["", "", "ash-bp", "oak-bp"]),
    ),
    max_size=25,
)


def written(cells: tuple[object, ...]) -> str:
    flat = [part for cell in cells for part in (cell if isinstance(cell, tuple) else (cell,))]
    return ",".join('"' + str(part).replace('"', '""') + '"' for part in flat)


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_lines_reconcile_and_rows_survive_writing_and_reading(lines):
    found = read(*map(written, lines), heading=HEADING + ",prototype_id")
    load = found.ledger.close()
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture == len(lines) + 1
    assert len(found.rows) == load.lines_loaded - load.cells_missing
    again = read_cascade(cascade_csv(found.rows).encode(), "cascade_counts.csv", owners(), TODAY)
    assert again.ledger.close().lines_refused == 0
    assert [replace(row, load_id="", line=0) for row in again.rows] == [
        replace(row, load_id="", line=0) for row in found.rows
    ]
