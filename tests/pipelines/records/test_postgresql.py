"""The same records in PostgreSQL: run where LEARNING_TEST_POSTGRESQL names an empty database for trials.

Example: `LEARNING_TEST_POSTGRESQL=postgresql+pg8000://postgres@127.0.0.1:5432/trials`, with its driver installed.
"""

from __future__ import annotations

import os
import threading

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from pipelines.errors import RecordsError
from pipelines.records import check_records, open_records, read_text, write_text
from tests.pipelines.records.entered import AT_ONCE, NOON, learning

ADDRESS = os.environ.get("LEARNING_TEST_POSTGRESQL", "")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not ADDRESS, reason="LEARNING_TEST_POSTGRESQL is not set")]


def run(*statements: str) -> None:
    engine = create_engine(ADDRESS, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def kept():
    run("DROP TABLE IF EXISTS record, head")
    records = open_records(ADDRESS)
    yield records
    records.close()


def test_records_are_kept_read_and_written_as_text(kept, tmp_path):
    saved = kept.append(AT_ONCE, "Zoë", now=NOON)
    assert kept.all() == saved
    assert check_records(ADDRESS) == []
    write_text(saved, tmp_path / "copy.jsonl")
    assert read_text(tmp_path / "copy.jsonl") == saved
    again = open_records(ADDRESS)
    assert again.head().number == len(AT_ONCE)
    again.close()


def test_threads_saving_at_once_are_all_kept(kept):
    faults = []

    def save(name: str) -> None:
        mine = open_records(ADDRESS)
        try:
            for n in range(20):
                mine.append([learning(f"{name} {n}"), learning("Two at a time.")], name)
        except Exception as error:
            faults.append(error)
        mine.close()

    threads = [threading.Thread(target=save, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    records = kept.all()
    assert [record.number for record in records] == list(range(1, 121))
    assert all(a.who == b.who for a, b in zip(records[::2], records[1::2], strict=True))
    assert check_records(ADDRESS) == []


@pytest.mark.parametrize("statement", ["UPDATE record SET who = 'x'", "DELETE FROM record"])
def test_the_database_itself_refuses_to_change_or_remove_a_record(kept, statement):
    kept.append([learning()], "Design group")
    with pytest.raises(DatabaseError, match="never changed or removed"):
        run(statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE record SET body = replace(body, 'visit', 'text') WHERE number = 2", "Record 2 was altered"),
        ("DELETE FROM record WHERE number = 2", "record 2 is missing"),
        ("DELETE FROM record WHERE number = 3", "records were removed"),
        ("UPDATE head SET hash = 'x'", "it or the head was altered"),
        ("DELETE FROM head", "head of the chain was altered or removed"),
    ],
)
def test_what_is_changed_behind_the_programs_back_is_found(kept, statement, words):
    for _ in range(3):
        kept.append([learning()], "Design group")
    run("DROP TRIGGER record_no_update ON record", "DROP TRIGGER record_no_delete ON record", statement)
    told = [fault.reason for fault in check_records(ADDRESS)]
    assert any(words in reason for reason in told)
    assert any("record_no_delete and record_no_update, by which it refuses" in reason for reason in told)


def test_an_address_where_nobody_answers_is_told():
    with pytest.raises(RecordsError):
        open_records("postgresql+pg8000://postgres:sesame@127.0.0.1:1/none")
