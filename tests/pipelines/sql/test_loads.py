"""test_count.sql and rejected_row.sql against plain Python."""

from __future__ import annotations

from operator import itemgetter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CALM = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@given(data=st.data())
@CALM
def test_rejected_row_holds_every_fault_once_in_order_of_file_and_line(data, made_logs, table):
    checked = data.draw(made_logs[0])
    found = [tuple(row.values()) for row in table("rejected_row", checked)]
    files = {load.load_id: load.file for load in checked.loads}
    expected = [
        (f.load_id, files[f.load_id], f.line, f.column, f.value, f.reason, str(f.effect), f.sheet)
        for f in checked.faults
    ]
    expected.sort(
        key=lambda row: (
            row[1],
            row[2] is not None,
            row[2] or 0,
            row[3] is not None,
            (row[3] or "").encode(),
            row[6],
            row[5],
        )
    )
    assert found == expected


@given(data=st.data())
@CALM
def test_test_count_holds_every_cell_of_every_session_once(data, made_logs, table):
    checked = data.draw(made_logs[0])
    found = [tuple(row.values()) for row in table("test_count", checked)]
    assert len(found) == len(checked.raw_cells)
    homes = {row.prototype_id: row.neighbourhood_id for row in checked.prototypes}
    expected = []
    for line in checked.raw_lines:
        for cell in checked.raw_cells:
            if (cell.load_id, cell.line) == (line.load_id, line.line):
                place = (
                    line.prototype_id,
                    homes[line.prototype_id],
                    line.tested_on,
                    line.place,
                    line.place_type,
                    line.cycle_no,
                )
                read = (cell.item, cell.count, cell.low, cell.high, cell.flag, cell.written, line.sheet)
                expected.append((line.load_id, line.file, line.line, *place, *read))
    place = itemgetter(1, 2, 9)
    assert sorted(found, key=place) == sorted(expected, key=place)
