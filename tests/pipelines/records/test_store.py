"""Saving: in one piece, one after another, on the disk when it is acknowledged, and never a traceback."""

from __future__ import annotations

import datetime as dt
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from pipelines.errors import FaultyInputError, LearningError, RecordsError
from pipelines.records import (
    EMPTY,
    SEED,
    address_of,
    check_records,
    open_records,
    read_records,
    read_text,
    write_text,
)
from pipelines.records.dialects import sqlite_address
from tests.pipelines.records.entered import AT_ONCE, NOON, learning, session

PROJECT = Path(__file__).parents[3]


def program(address: str, name: str, times: int, **options) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.pipelines.records.saving", address, name, str(times)]
    return subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def numbers(records) -> list[int]:
    return [record.number for record in records]


def test_what_is_saved_is_read_back_the_same(kept):
    saved = kept.append(AT_ONCE, "Zoë", now=NOON)
    assert kept.all() == saved
    assert [record.body for record in saved] == AT_ONCE
    assert numbers(saved) == list(range(1, 15))
    assert kept.head() == (14, saved[-1].hash)


def test_an_empty_chain_has_the_empty_head(kept):
    assert kept.head() == EMPTY
    assert kept.all() == ()


def test_opened_again_the_chain_goes_on(address, chain):
    chain.close()
    again = open_records(address)
    (record,) = again.append([learning()], "Design group")
    assert (record.number, record.previous_hash) == (6, again.all()[4].hash)
    again.close()


def test_the_time_of_saving_never_goes_backwards_even_if_the_clock_does(chain):
    (record,) = chain.append([learning()], "Design group", now=NOON - dt.timedelta(days=400))
    times = [saved.saved_at for saved in chain.all()]
    assert times == sorted(times)
    assert record.saved_at == NOON + dt.timedelta(days=4)


def test_days_are_held_against_the_time_of_saving_not_against_a_clock_that_went_back(chain):
    in_between = session(tested_on=(NOON + dt.timedelta(days=3)).date())
    (record,) = chain.append([in_between], "Design group", now=NOON)
    assert record.body == in_between


def test_the_clock_is_asked_where_no_moment_is_told(kept):
    before = dt.datetime.now(dt.UTC)
    (record,) = kept.append([learning()], "Design group")
    assert before <= record.saved_at <= dt.datetime.now(dt.UTC)


def test_a_save_is_on_the_disk_as_one_file_once_it_is_acknowledged(chain, tmp_path):
    assert names_in(tmp_path) == ["records.sqlite"]
    copy = Path(shutil.copy(tmp_path / "records.sqlite", tmp_path / "copy.sqlite"))
    assert check_records(copy) == []
    assert len(open_records(sqlite_address(copy)).all()) == 5


def test_a_connection_waits_for_the_disk_and_writes_ahead(kept):
    with kept._engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30000}


def test_the_sample_has_records_of_its_own_whatever_is_set(tmp_path, monkeypatch):
    assert address_of(tmp_path, tmp_path / "inbox").endswith("/records.sqlite")
    assert address_of(tmp_path, tmp_path).endswith("/records.sqlite")
    sample = address_of(tmp_path, tmp_path / "sample")
    assert sample.endswith("/sample_records.sqlite")
    monkeypatch.setenv("LEARNING_RECORDS", "postgresql+pg8000://records@host/records")
    assert address_of(tmp_path, tmp_path / "inbox") == "postgresql+pg8000://records@host/records"
    assert address_of(tmp_path, tmp_path / "sample") == sample


def test_a_new_database_begins_with_its_seed_and_an_old_one_does_not(chain, tmp_path):
    write_text(chain.all(), tmp_path / SEED)
    address = sqlite_address(tmp_path / "new.sqlite")
    seeded = open_records(address, tmp_path / SEED)
    assert seeded.all() == chain.all()
    seeded.append([learning()], "Design group")
    seeded.close()
    assert len(open_records(address, tmp_path / SEED).all()) == 6
    assert open_records(sqlite_address(tmp_path / "bare.sqlite"), tmp_path / "no such seed").all() == ()


def test_a_seed_that_is_not_whole_leaves_nothing_behind(chain, tmp_path):
    write_text(chain.all(), tmp_path / SEED)
    text = (tmp_path / SEED).read_text(encoding="utf-8")
    (tmp_path / SEED).write_text(text.replace("Lesson 3", "Lesson 4"), encoding="utf-8")
    address = sqlite_address(tmp_path / "new.sqlite")
    with pytest.raises(FaultyInputError, match="Record 4 was altered"):
        open_records(address, tmp_path / SEED)
    assert open_records(address).all() == ()


def test_a_build_reads_the_database_else_the_seed_else_nothing_and_makes_nothing(tmp_path, chain):
    data, folder = tmp_path / "data", tmp_path / "data/inbox"
    folder.mkdir(parents=True)
    assert read_records(data, folder) == ()
    write_text(chain.all()[:3], folder / SEED)
    assert len(read_records(data, folder)) == 3
    assert names_in(data) == ["inbox"]
    kept = open_records(address_of(data, folder), folder / SEED)
    kept.append([learning()], "Design group")
    assert read_records(data, folder) == kept.all()
    assert len(kept.all()) == 4


def test_a_text_that_goes_on_from_what_is_here_is_taken_over(chain, tmp_path):
    other = open_records(sqlite_address(tmp_path / "other.sqlite"))
    assert other.take_over(chain.all()[:2]) == 2
    assert other.take_over(chain.all()) == 3
    assert other.take_over(chain.all()) == 0
    assert other.all() == chain.all()
    with pytest.raises(RecordsError, match="does not begin with"):
        other.take_over(chain.all()[:4])
    other.append([learning()], "Design group")
    with pytest.raises(RecordsError, match="does not begin with"):
        other.take_over(chain.all())
    assert check_records(tmp_path / "other.sqlite") == []


def test_a_path_with_spaces_and_signs_is_opened_and_read(tmp_path):
    folder = tmp_path / "Zoë's data 100% #1"
    folder.mkdir()
    kept = open_records(sqlite_address(folder / "records.sqlite"))
    kept.append([learning()], "Design group")
    assert len(read_records(folder, folder / "inbox")) == 1
    assert check_records(folder / "records.sqlite") == []
    assert names_in(folder) == ["records.sqlite"]


def test_two_threads_saving_at_once_are_both_kept(address):
    kept, faults = open_records(address), []

    def save(name: str) -> None:
        try:
            for n in range(20):
                kept.append([learning(f"{name} {n}"), learning("Two at a time.")], name)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=save, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    records = kept.all()
    assert numbers(records) == list(range(1, 121))
    for first, second in zip(records[::2], records[1::2], strict=True):
        assert first.who == second.who  # what was saved together lies together
    assert check_records(address) == []


def test_whoever_reads_or_checks_while_others_save_sees_one_whole_moment(address, tmp_path):
    kept, over = open_records(address), threading.Event()

    def save() -> None:
        for n in range(60):
            kept.append([learning(f"{n}"), learning("Two at a time.")], "Design group")
        over.set()

    thread = threading.Thread(target=save)
    thread.start()
    seen = set()
    while not over.is_set():
        assert check_records(address) == []
        seen.add(len(read_records(tmp_path, tmp_path / "inbox")))
    thread.join()
    assert all(number % 2 == 0 for number in seen)
    assert len(seen) > 3


def in_a_process_of_its_own(work) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child


def test_processes_that_begin_and_save_at_once_are_all_kept(address):
    def save(name: str) -> None:
        kept = open_records(address)
        for n in range(15):
            kept.append([learning(f"{name} {n}")], name)

    names = ("one", "two", "three")
    children = [in_a_process_of_its_own(lambda name=name: save(name)) for name in names]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    records = open_records(address).all()
    assert numbers(records) == list(range(1, 46))
    assert {record.body.text for record in records} == {f"{name} {n}" for name in names for n in range(15)}
    assert check_records(address) == []


@pytest.mark.slow
@pytest.mark.parametrize("round_no", range(3))
def test_killed_during_200_saves_every_acknowledged_record_is_there(address, round_no, tmp_path):
    """The programs write what was acknowledged to a pipe; each is killed with -9 at a moment drawn by chance."""
    draw = random.Random(round_no)
    acknowledged: dict[int, str] = {}
    saved = 0
    while saved < 200:
        running = [program(address, name, 200) for name in ("one", "two")[: draw.choice([1, 2])]]
        for process in running:
            assert process.stdout.readline() == "ready\n"
        time.sleep(draw.uniform(0.02, 2.5))
        for process in running:
            os.kill(process.pid, signal.SIGKILL)
        for process in running:
            for line in process.communicate()[0].splitlines():
                if len(line.split()) == 2 and len(line.split()[1]) == 64:  # the last may be torn
                    acknowledged[int(line.split()[0])] = line.split()[1]
        assert check_records(address) == []
        saved = len(acknowledged)
    found = {record.number: record.hash for record in open_records(address).all()}
    assert acknowledged.items() <= found.items()
    assert sorted(found) == list(range(1, len(found) + 1))
    assert len(found) <= saved + 2 * 200  # what was saved and not yet told is there too


def limited(kept, pages: int) -> None:
    """From now on the file can grow by no more than so many pages: a full disk."""

    @event.listens_for(kept._engine, "connect")
    def _limit(connection, _record):
        connection.execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_is_told_and_nothing_is_half_saved(chain, tmp_path):
    limited(chain, 1)
    pages = [learning("x" * 2000), learning("y" * 2000)] * 25
    with pytest.raises(
        RecordsError, match=r"records\.sqlite: Nothing was saved\. The disk is full\. Make room"
    ):
        chain.append(pages, "Design group")
    assert len(open_records(sqlite_address(tmp_path / "records.sqlite")).all()) == 5
    assert check_records(tmp_path / "records.sqlite") == []


@pytest.mark.slow
def test_a_file_that_may_not_grow_is_told_and_nothing_is_half_saved(chain, tmp_path):
    """The limit of the operating system on a file's size, in a program of its own."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))

    process = program(chain.address, "x" * 80, 200, preexec_fn=limit)
    _, stderr = process.communicate(timeout=60)
    assert "RecordsError" in stderr.splitlines()[-1]
    assert "Nothing was saved" in stderr.splitlines()[-1]
    assert check_records(tmp_path / "records.sqlite") == []
    assert len(open_records(chain.address).all()) >= 5


def test_a_database_that_may_not_be_written_is_told(chain, tmp_path):
    @event.listens_for(chain._engine, "connect")
    def _no_writing(connection, _record):
        connection.execute("PRAGMA query_only = ON")

    with pytest.raises(RecordsError, match=r"Nothing was saved\. It may not be written"):
        chain.append([learning()], "Design group")
    assert len(chain.all()) == 5


def test_a_database_that_another_program_holds_is_told(chain, tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.records.dialects.PATIENCE", 0)
    with closing(sqlite3.connect(tmp_path / "records.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordsError, match=r"Nothing was saved\. Another program has held it"):
            chain.append([learning()], "Design group")
    assert len(chain.all()) == 5


def lost(first: int, filled: bytes = b""):
    return lambda path: path.write_bytes(path.read_bytes()[:first] + filled)


BROKEN = {
    "a text": (lambda path: path.write_text("prototype,day,asked\n" * 200), "no database of records"),
    "lost in its middle": (lost(4096, b"\0" * 40000), "damaged|tables of something else|changed outside"),
    "lost at its end": (lost(12000), "damaged|disk could not"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "cannot be opened"),
}


@pytest.mark.parametrize("how", sorted(BROKEN))
def test_a_broken_file_is_told_to_whoever_opens_reads_or_checks_it(chain, tmp_path, how):
    breaks, words = BROKEN[how]
    breaks(tmp_path / "records.sqlite")
    for call in (
        lambda: open_records(chain.address).append([learning()], "Design group"),
        lambda: read_records(tmp_path, tmp_path / "inbox"),
        lambda: chain.append([learning()], "Design group"),
    ):
        with pytest.raises(RecordsError, match=words) as told:
            call()
        assert "records.sqlite" in str(told.value)
    assert found_by_check(tmp_path / "records.sqlite")


def found_by_check(path: Path) -> bool:
    """Whether the check finds something wrong, or says that it cannot read the file."""
    try:
        return bool(check_records(path))
    except RecordsError:
        return True


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE head SET version = 2", "another version"),
        ("DELETE FROM head", "another version of the dashboard, or changed outside"),
        ("ALTER TABLE record RENAME COLUMN body TO content", "another version"),
        ("DROP TABLE head", "tables of something else"),
        ("UPDATE head SET number = 3", "changed outside the dashboard"),
        ("UPDATE head SET hash = 'x'", "changed outside the dashboard"),
        ("UPDATE head SET number = 'many'", "changed outside"),
    ],
)
def test_a_database_of_another_version_or_changed_outside_takes_no_record(chain, tmp_path, statement, words):
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as raw:
        raw.execute("DROP TRIGGER record_no_update")
        raw.execute(statement)
        raw.commit()
    with pytest.raises(RecordsError, match=words):
        chain.append([learning()], "Design group")
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as raw:
        assert raw.execute("SELECT count(*) FROM record").fetchone() == (5,)


def test_a_database_of_something_else_is_not_touched(tmp_path):
    path = tmp_path / "records.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE record (artist TEXT, title TEXT)")
        raw.commit()
    with pytest.raises(RecordsError, match="tables of something else"):
        open_records(sqlite_address(path))
    with pytest.raises(LearningError):
        read_records(tmp_path, tmp_path / "inbox")


def test_a_record_that_cannot_be_read_is_told(chain, tmp_path):
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as raw:
        raw.execute("DROP TRIGGER record_no_update")
        raw.execute("UPDATE record SET body = 'nonsense' WHERE number = 2")
        raw.commit()
    with pytest.raises(RecordsError, match="check records"):
        chain.all()
    with pytest.raises(RecordsError, match="check records"):
        read_records(tmp_path, tmp_path / "inbox")


@pytest.mark.parametrize(
    "address",
    [
        "records.sqlite",
        "sqlite://",
        "telegraph://host/records",
        "mysql://host/x",
        "mssql+pyodbc://host/x",
        "",
        "sqlite:////no/such/folder/x.sqlite",
    ],
)
def test_an_address_that_cannot_be_opened_is_told(address):
    with pytest.raises(RecordsError):
        open_records(address).append([learning()], "Design group")


def test_a_password_in_an_address_is_never_told():
    with pytest.raises(RecordsError) as told:
        open_records("postgresql+pg8000://records:sesame@127.0.0.1:1/records")
    assert "sesame" not in str(told.value)


def test_records_are_read_from_a_disk_that_cannot_be_written(chain, tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.records.dialects.os.access", lambda *_: False)
    before = (tmp_path / "records.sqlite").read_bytes()
    assert read_records(tmp_path, tmp_path / "inbox") == chain.all()
    assert (tmp_path / "records.sqlite").read_bytes() == before


def test_a_thousand_records_are_saved_and_read_in_seconds(kept):
    started = time.perf_counter()
    kept.append([learning(f"Lesson {n}.") for n in range(1000)], "Design group")
    assert len(kept.all()) == 1000
    assert time.perf_counter() - started < 5


def test_text_and_database_tell_the_same(chain, tmp_path):
    write_text(chain.all(), tmp_path / "copy.jsonl")
    assert read_text(tmp_path / "copy.jsonl") == chain.all()
