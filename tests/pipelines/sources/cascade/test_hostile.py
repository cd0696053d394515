"""Files made to break a reader: cascade_counts.csv is read, refused as a whole or said to lack columns; it never raises."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from pipelines.errors import FaultyInputError
from pipelines.sources import read_folder
from pipelines.sources.cascade.reading import ReadCascade, read_cascade
from tests.pipelines.sources.cascade.cascade_files import HEADING, TODAY, line, owners
from tests.pipelines.sources.cells.test_fuzz_reading import damaged
from tests.pipelines.test_hostile_files import HOSTILE, NAMES

SOUND = "\n".join(
    (
        HEADING,
        *(
            line(step, 90 - n, group_type="sex", group="male")
            for n, step in enumerate(("reached", "measured", "raised"))
        ),
    )
).encode()


def read(content: bytes) -> ReadCascade:
    return read_cascade(content, "cascade_counts.csv", owners(), TODAY)


def assert_reconciles(found: ReadCascade) -> None:
    load = found.ledger.close()
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
    assert len(found.rows) <= load.lines_loaded
    assert not found.missing or not found.rows


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_under_this_name_gives_no_count_and_is_told(name):
    found = read(HOSTILE[name])
    assert_reconciles(found)
    assert found.rows == ()
    assert found.missing


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_in_any_cell_refuses_its_line_and_is_not_repeated(name):
    quoted = '"' + name.replace('"', '""') + '"'
    for at in range(8):
        cells = line(group_type="ethnic_group", group="arab").split(",")
        cells[at] = quoted
        found = read("\n".join((HEADING, ",".join(cells))).encode())
        assert found.rows == (), (name, at)
        assert "script" not in repr(found.ledger.faults)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged([SOUND, SOUND.decode().encode("utf-16")]))
def test_a_damaged_file_never_raises_and_its_lines_reconcile(content):
    assert_reconciles(read(content))


def test_a_file_that_cannot_be_read_at_all_says_why_and_not_that_columns_are_missing(tmp_path):
    (tmp_path / "neighbourhoods.csv").write_text("neighbourhood_id,name\nash,Ashfield\n")
    (tmp_path / "prototypes.csv").write_text("prototype_id,neighbourhood_id,name\nash-bp,ash,Checks\n")
    (tmp_path / "cascade_counts.csv").write_bytes(HOSTILE["pdf.xlsx"])
    with pytest.raises(FaultyInputError) as caught:
        read_folder(tmp_path, ())
    (fault,) = caught.value.faults
    assert fault.file.endswith("cascade_counts.csv")
    assert "PDF" in fault.reason
