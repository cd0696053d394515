"""Whatever single row is changed or removed behind the program's back, the check finds it."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import mart
from pipelines.errors import FaultyInputError, RecordsError
from pipelines.records import check_records, open_records, read_text, write_text
from pipelines.records.chain import EMPTY, Head, Row, hash_of, link
from pipelines.records.dialects import sqlite_address
from pipelines.records.tables import HEAD, RECORD
from tests.pipelines.records.entered import AT_ONCE, NOON, learning

COLUMNS = {
    "record": [column.name for column in RECORD.columns],
    "head": [column.name for column in HEAD.columns],
}

#: What somebody may write into a cell: nothing, numbers, text, text that differs only in how a letter is made, bytes.
CELLS = st.one_of(
    st.none(),
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.binary(max_size=20),
    st.sampled_from(["Zoe\u0308", "Zo\u00eb", "learning", "0" * 64, "", " ", "{}"]),
)


@pytest.fixture(scope="module")
def chains():
    """Databases with 1 to 16 records of all kinds, made once and copied for each trial."""
    with tempfile.TemporaryDirectory() as folder:
        places = [_made(Path(folder) / f"{length}.sqlite", length) for length in range(1, 17)]
        yield places


def _made(path: Path, length: int) -> Path:
    kept = open_records(sqlite_address(path))
    bodies = [*AT_ONCE, learning("Zoë’s café."), learning()][:length]
    for n, body in enumerate(bodies):
        kept.append([body], "Zoë, design group", now=NOON + dt.timedelta(hours=n))
    kept.close()
    return path


def raw(path: Path) -> sqlite3.Connection:
    """A connection behind the program's back: no guards, nothing checked."""
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def put_back_guards(path: Path) -> None:
    """So that it is the chain that tells, not the missing guard."""
    open_records(sqlite_address(path)).close()


def stored(path: Path) -> list:
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        cells = {table: ", ".join(f"quote({name})" for name in names) for table, names in COLUMNS.items()}
        quoted = [f"SELECT {names} FROM {table} ORDER BY 1" for table, names in cells.items()]
        return [connection.execute(select).fetchall() for select in quoted]


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_change_of_any_cell_of_any_row_is_found(chains, data):
    try_a_change(chains, data)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(data=st.data())
def test_any_change_of_any_cell_of_any_row_is_found_in_many_trials(chains, data):
    try_a_change(chains, data)


def try_a_change(chains, data) -> None:
    """Change one cell to anything; the check finds it exactly where the database holds something else than before."""
    source = data.draw(st.sampled_from(chains), label="chain")
    table = data.draw(st.sampled_from(["record"] * 4 + ["head"]), label="table")
    column = data.draw(st.sampled_from(COLUMNS[table]), label="column")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(source, Path(folder) / "records.sqlite"))
        before = stored(path)
        key = COLUMNS[table][0]
        with closing(raw(path)) as connection:
            keys = [row[0] for row in connection.execute(f"SELECT {key} FROM {table} ORDER BY 1")]
            row = data.draw(st.sampled_from(keys), label="row")
            cell = data.draw(CELLS, label="cell")
            try:
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (cell, row))
                connection.commit()
            except (sqlite3.IntegrityError, UnicodeEncodeError, OverflowError):
                return  # the database itself refused
        is_changed = stored(path) != before
        faults = check_records(path)
        on_rows = [fault for fault in faults if "record_no_" not in fault.reason]
        assert bool(on_rows) == is_changed
        assert len(faults) == len(on_rows) + 1  # the guards that were dropped


@pytest.mark.parametrize("at", ["first", "middle", "last"])
def test_a_letter_of_a_record_changed_is_found_and_named(chains, at):
    source = chains[8]
    number = {"first": 1, "middle": 5, "last": 9}[at]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(source, Path(folder) / "records.sqlite"))
        with closing(raw(path)) as connection:
            connection.execute("UPDATE record SET body = replace(body, 'a', 'e') WHERE number = ?", (number,))
            connection.commit()
        put_back_guards(path)
        (fault,) = check_records(path)
        assert fault.line == number
        assert f"Record {number} was altered" in fault.reason
        assert "put back a copy" in fault.reason


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_row_removed_is_found_also_the_last_and_the_head(chains, data):
    source = data.draw(st.sampled_from(chains), label="chain")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(source, Path(folder) / "records.sqlite"))
        with closing(raw(path)) as connection:
            numbers = [n for (n,) in connection.execute("SELECT number FROM record ORDER BY number")]
            victim = data.draw(st.sampled_from(["head", *numbers]), label="row")
            if victim == "head":
                connection.execute("DELETE FROM head")
            else:
                connection.execute("DELETE FROM record WHERE number = ?", (victim,))
            connection.commit()
        faults = [fault for fault in check_records(path) if "record_no_" not in fault.reason]
        assert faults
        if victim not in ("head", numbers[-1]):
            assert f"record {victim} is missing" in faults[0].reason
        if victim == numbers[-1]:
            assert "records were removed" in faults[-1].reason


@pytest.mark.parametrize("length", [1, 2, 9, 16])
def test_a_chain_that_nobody_touched_is_whole(chains, length):
    assert check_records(chains[length - 1]) == []
    assert check_records(sqlite_address(chains[length - 1])) == []


def test_a_row_put_in_behind_the_programs_back_is_found(chain, tmp_path):
    with closing(raw(tmp_path / "records.sqlite")) as connection:
        made = link(chain.head(), learning("Planted."), "nobody", NOON)
        connection.execute(f"INSERT INTO record VALUES ({', '.join('?' * 9)})", made)
        connection.commit()
    put_back = check_records(tmp_path / "records.sqlite")
    assert any("records were put in" in fault.reason for fault in put_back)


def test_a_record_altered_with_a_hash_made_to_fit_breaks_the_next_link(chain, tmp_path):
    path = tmp_path / "records.sqlite"
    with closing(raw(path)) as connection:
        row = Row(*connection.execute("SELECT * FROM record WHERE number = 3").fetchone())
        forged = row._replace(who="Somebody else")
        connection.execute(
            "UPDATE record SET who = ?, hash = ? WHERE number = 3", (forged.who, hash_of(forged))
        )
        connection.commit()
    put_back_guards(path)
    (fault,) = check_records(path)
    assert fault.line == 4
    assert "does not follow record 3" in fault.reason


def test_dropped_guards_are_told_and_put_back_by_the_next_save(chain, tmp_path):
    raw(tmp_path / "records.sqlite").close()
    (fault,) = check_records(tmp_path / "records.sqlite")
    assert "record_no_delete and record_no_update" in fault.reason
    put_back_guards(tmp_path / "records.sqlite")
    assert check_records(tmp_path / "records.sqlite") == []


def test_no_records_are_a_whole_chain(tmp_path):
    assert check_records(tmp_path / "none.sqlite") == []
    assert not (tmp_path / "none.sqlite").exists()


def test_records_as_text_are_checked_the_same_way(chain, tmp_path):
    path = tmp_path / "records.jsonl"
    write_text(chain.all(), path)
    assert check_records(path) == []
    lines = path.read_text(encoding="utf-8").splitlines()
    altered = [lines[0], lines[1].replace("Lesson 1", "Lesson 9"), *lines[3:-1], "nonsense", lines[-1]]
    path.write_text("\n".join(altered) + "\n", encoding="utf-8")
    told = " ".join(fault.reason for fault in check_records(path))
    assert "Record 2 was altered" in told
    assert "record 3 is missing" in told
    assert "not a record as it was written" in told


def publish(marts: Path, head: Head) -> None:
    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        rows = [
            ("schema_version", str(mart.SCHEMA_VERSION)),
            ("records_head", head.hash),
            ("n_records", str(head.number)),
        ]
        connection.executemany("INSERT INTO mart_info VALUES (?, ?)", rows)

    for audience in ("true", "shared"):
        mart.publish(marts / audience, "0" * 16, fill)


def test_a_head_printed_in_a_mart_that_the_chain_lost_means_records_were_removed(chain, tmp_path):
    marts, path = tmp_path / "marts", tmp_path / "records.sqlite"
    publish(marts, chain.head())
    chain.append([learning("Later.")], "Design group", now=NOON + dt.timedelta(days=9))
    assert check_records(path, marts) == []
    records = chain.all()
    with closing(raw(path)) as connection:  # the last two removed, and the head made to fit
        connection.execute("DELETE FROM record WHERE number > 4")
        connection.execute("UPDATE head SET number = 4, hash = ?", (records[3].hash,))
        connection.commit()
    put_back_guards(path)
    assert check_records(path) == []
    told = check_records(path, marts)
    assert len(told) == 2  # both marts say so
    assert all(records[4].hash[:12] in fault.reason for fault in told)


def test_a_mart_of_before_any_record_says_nothing_about_them(chain, tmp_path):
    publish(tmp_path / "marts", EMPTY)
    assert check_records(tmp_path / "records.sqlite", tmp_path / "marts") == []
    assert check_records(tmp_path / "records.sqlite", tmp_path / "no marts") == []


def test_all_records_gone_is_found_by_the_marts(chain, tmp_path):
    publish(tmp_path / "marts", chain.head())
    assert check_records(tmp_path / "moved away.sqlite", tmp_path / "marts")


@pytest.mark.parametrize("lines_left", range(6))
def test_a_text_cut_off_is_found_wherever_it_ends(chain, tmp_path, lines_left):
    path = tmp_path / "records.jsonl"
    write_text(chain.all(), path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:lines_left]), encoding="utf-8")
    assert "cut off" in check_records(path)[0].reason
    with pytest.raises(FaultyInputError, match="cut off"):
        read_text(path)


@pytest.mark.parametrize("victim", range(5))
def test_a_line_of_a_text_taken_out_is_found(chain, tmp_path, victim):
    path = tmp_path / "records.jsonl"
    write_text(chain.all(), path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:victim] + lines[victim + 1 :]), encoding="utf-8")
    assert "missing" in check_records(path)[0].reason or "removed" in check_records(path)[0].reason


def test_no_records_are_a_text_too(tmp_path):
    write_text((), tmp_path / "none.jsonl")
    assert read_text(tmp_path / "none.jsonl") == ()


def test_a_copy_that_cannot_be_written_is_told_and_leaves_nothing(chain, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(RecordsError, match="cannot be written"):
        write_text(chain.all(), tmp_path / "folder")
    with pytest.raises(RecordsError, match="cannot be written"):
        write_text(chain.all(), tmp_path / "no such folder/copy.jsonl")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "records.sqlite"]


def test_a_text_that_is_not_whole_is_never_read(chain, tmp_path):
    path = tmp_path / "records.jsonl"
    write_text(chain.all(), path)
    assert read_text(path) == chain.all()
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(RecordsError, match="cannot be read as records"):
        read_text(path)
