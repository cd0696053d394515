"""The commands: check records, records export, records import."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.__main__ import cli
from pipelines.errors import LearningError
from pipelines.records import SEED, address_of, open_records, read_text, write_text
from tests.pipelines.records.entered import NOON, learning


@pytest.fixture
def data(tmp_path) -> Path:
    """A data folder of somebody's own, with three records."""
    folder = tmp_path / "data"
    (folder / "inbox").mkdir(parents=True)
    (folder / "inbox/prototypes.csv").write_text("prototype_id\n", encoding="utf-8")
    kept = open_records(address_of(folder, folder / "inbox"))
    for n in range(3):
        kept.append([learning(f"Lesson {n}.")], "Design group", now=NOON)
    kept.close()
    return folder


def run(*words: object):
    return CliRunner().invoke(cli, [str(word) for word in words])


def check(data: Path, *more: object):
    return run("check", "records", "--data", data, "--marts", data / "marts", *more)


def change(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "records.sqlite")) as raw:
        raw.execute("DROP TRIGGER record_no_update")
        raw.execute("DROP TRIGGER record_no_delete")
        raw.execute(statement)
        raw.commit()
    open_records(address_of(data, data / "inbox")).close()  # the guards are back: only the chain can tell


def test_a_whole_chain_is_said_to_be_whole(data):
    told = check(data)
    assert told.exit_code == 0
    assert told.output == "3 records, one whole chain: none was altered or removed.\n"


def test_an_altered_record_is_named_with_what_was_found_and_what_to_do(data):
    change(data, "UPDATE record SET who = 'Somebody' WHERE number = 2")
    told = check(data)
    assert told.exit_code == 1
    assert "records.sqlite: Record 2 was altered: what it says gives the hash" in told.output
    assert "put back a copy or an export" in told.output


def test_a_removed_record_is_named_also_the_last(data):
    change(data, "DELETE FROM record WHERE number = 3")
    told = check(data)
    assert told.exit_code == 1
    assert "The last record was number 3 and the chain ends at 2: records were removed." in told.output


def test_the_report_is_also_written_as_csv(data, tmp_path):
    change(data, "UPDATE record SET who = 'Somebody' WHERE number = 2")
    assert check(data, "--csv", tmp_path / "report.csv").exit_code == 1
    with (tmp_path / "report.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["line"] == "2"
    assert row["file"].endswith("records.sqlite")
    assert "Record 2 was altered" in row["reason"]


def test_while_there_is_no_database_the_text_that_it_would_begin_with_is_checked(data):
    write_text(open_records(address_of(data, data / "inbox")).all(), data / "inbox" / SEED)
    (data / "records.sqlite").unlink()
    assert "3 records" in check(data).output
    text = (data / "inbox" / SEED).read_text(encoding="utf-8")
    (data / "inbox" / SEED).write_text(text.replace("Lesson 1", "Lesson 7"), encoding="utf-8")
    told = check(data)
    assert told.exit_code == 1
    assert "records.jsonl: Record 2 was altered" in told.output


def test_no_records_are_no_fault(tmp_path):
    assert "0 records" in check(tmp_path).output


def test_exported_records_are_taken_over_by_another_machine(data, tmp_path):
    file, other = tmp_path / "copy.jsonl", tmp_path / "other"
    assert run("records", "export", file, "--data", data).output == f"Wrote 3 records to {file}.\n"
    other.mkdir()
    assert run("records", "import", file, "--data", other).output == f"Took over 3 records from {file}.\n"
    assert open_records(address_of(other, other)).all() == read_text(file)
    assert "Took over 0 records" in run("records", "import", file, "--data", other).output


def refusal(*words: object) -> str:
    """What the command line tells, without a traceback, where it refuses."""
    told = run(*words)
    assert told.exit_code == 1
    assert isinstance(told.exception, LearningError)
    return str(told.exception)


def test_an_export_never_writes_over_a_copy(data, tmp_path):
    (tmp_path / "copy.jsonl").write_text("mine")
    assert "is there already" in refusal("records", "export", tmp_path / "copy.jsonl", "--data", data)
    assert (tmp_path / "copy.jsonl").read_text() == "mine"


def test_a_chain_that_is_not_whole_is_not_exported(data, tmp_path):
    change(data, "UPDATE record SET who = 'Somebody' WHERE number = 2")
    assert "not whole" in refusal("records", "export", tmp_path / "copy.jsonl", "--data", data)
    assert not (tmp_path / "copy.jsonl").exists()


def test_an_altered_copy_is_not_taken_over(data, tmp_path):
    file = tmp_path / "copy.jsonl"
    run("records", "export", file, "--data", data)
    file.write_text(file.read_text(encoding="utf-8").replace("Lesson 1", "Lesson 7"), encoding="utf-8")
    (tmp_path / "other").mkdir()
    assert "Record 2 was altered" in refusal("records", "import", file, "--data", tmp_path / "other")
    assert not (tmp_path / "other/records.sqlite").exists()


def test_nothing_is_taken_over_into_the_made_up_sample(data, tmp_path):
    file = tmp_path / "copy.jsonl"
    run("records", "export", file, "--data", data)
    (tmp_path / "other/sample").mkdir(parents=True)
    assert "is made up" in refusal("records", "import", file, "--data", tmp_path / "other")
    assert not list((tmp_path / "other").glob("*.sqlite"))


def test_a_file_that_is_no_export_is_told(data, tmp_path):
    assert "cannot be read as records" in refusal(
        "records", "import", tmp_path / "none.jsonl", "--data", data
    )
