"""Publishing: whole or not at all, also when the process is killed at any named step."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines import mart
from pipelines.errors import MartError

STEPS = ("writing", "written", "named", "pointer_written", "pointed")


def fill(connection: duckdb.DuckDBPyConnection, note: str = "first") -> None:
    connection.execute(
        "INSERT INTO mart_info VALUES ('schema_version', ?), ('note', ?)", [str(mart.SCHEMA_VERSION), note]
    )


def note_of(folder: Path) -> str:
    connection = mart.open_read_only(mart.current(folder))
    try:
        return connection.execute("SELECT value FROM mart_info WHERE key = 'note'").fetchall()[0][0]
    finally:
        connection.close()


def test_a_published_mart_is_the_one_pointed_to(tmp_path):
    path = mart.publish(tmp_path, "aa", fill)
    assert mart.current(tmp_path) == path
    assert note_of(tmp_path) == "first"


def test_steps_are_told_in_order(tmp_path):
    told: list[str] = []
    mart.publish(tmp_path, "aa", fill, told.append)
    assert tuple(told) == STEPS


def test_a_failed_build_leaves_the_mart_in_use_and_no_litter(tmp_path):
    mart.publish(tmp_path, "aa", fill)

    def fail(connection: duckdb.DuckDBPyConnection) -> None:
        fill(connection, "second")
        raise ValueError("the build broke")

    with pytest.raises(ValueError, match="the build broke"):
        mart.publish(tmp_path, "bb", fail)
    assert note_of(tmp_path) == "first"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "mart-aa.duckdb"]


def test_a_reader_keeps_its_mart_while_a_new_one_is_published(tmp_path):
    mart.publish(tmp_path, "aa", fill)
    reader = mart.open_read_only(mart.current(tmp_path))
    mart.publish(tmp_path, "bb", lambda connection: fill(connection, "second"))
    assert reader.execute("SELECT value FROM mart_info WHERE key = 'note'").fetchall() == [("first",)]
    assert note_of(tmp_path) == "second"
    reader.close()


def test_the_same_input_published_again_replaces_itself(tmp_path):
    mart.publish(tmp_path, "aa", fill)
    mart.publish(tmp_path, "aa", lambda connection: fill(connection, "again"))
    assert note_of(tmp_path) == "again"


def test_marts_no_longer_in_use_are_removed_but_a_few(tmp_path):
    for number in range(8):
        mart.publish(tmp_path, f"a{number}", fill)
    assert len(list(tmp_path.glob("mart-*.duckdb"))) == 4


def test_what_a_killed_build_left_behind_is_removed_after_an_hour(tmp_path):
    for name, age in (("old", mart.ABANDONED_AFTER + 60), ("fresh", 0)):
        left = tmp_path / f".building-{name}.duckdb"
        left.touch()
        os.utime(left, (left.stat().st_atime - age, left.stat().st_mtime - age))
    mart.publish(tmp_path, "aa", fill)
    assert [path.name for path in tmp_path.glob(".building-*")] == [".building-fresh.duckdb"]


def test_a_folder_without_a_mart_says_how_to_build_one(tmp_path):
    with pytest.raises(MartError, match="python -m pipelines build"):
        mart.current(tmp_path)


@pytest.mark.parametrize("name", ["mart-gone.duckdb", "../../etc/passwd", "", "other.duckdb"])
def test_a_pointer_to_nothing_or_elsewhere_is_refused(tmp_path, name):
    (tmp_path / "current").write_text(name)
    with pytest.raises(MartError):
        mart.current(tmp_path)


def test_a_broken_mart_is_told_without_a_database_error(tmp_path):
    path = mart.publish(tmp_path, "aa", fill)
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(MartError, match="cannot be read"):
        mart.open_read_only(path)


def test_a_mart_of_another_version_is_refused(tmp_path):
    path = mart.publish(
        tmp_path,
        "aa",
        lambda connection: connection.execute("INSERT INTO mart_info VALUES ('schema_version', '0')"),
    )
    with pytest.raises(MartError, match="another version"):
        mart.open_read_only(path)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO mart_info VALUES ('a', 'b')",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SET enable_external_access = true",
    ],
)
def test_a_reader_can_neither_write_nor_reach_files_nor_unlock_itself(tmp_path, statement):
    path = mart.publish(tmp_path, "aa", fill)
    connection = mart.open_read_only(path)
    with pytest.raises(duckdb.Error):
        connection.execute(statement)
    connection.close()


def test_a_mart_can_be_opened_twice_in_one_process(tmp_path):
    path = mart.publish(tmp_path, "aa", fill)
    one, other = mart.open_read_only(path), mart.open_read_only(path)
    assert one.execute("SELECT 1").fetchall() == other.execute("SELECT 1").fetchall()
    one.close()
    other.close()


KILLED_AT_STEP = """
import os, signal, sys
from pathlib import Path
from pipelines import mart

def fill(connection):
    connection.execute("INSERT INTO mart_info VALUES ('schema_version', ?), ('note', 'second')", [str(mart.SCHEMA_VERSION)])
    if sys.argv[2] == "filling":
        os.kill(os.getpid(), signal.SIGKILL)

def step(name):
    if name == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

mart.publish(Path(sys.argv[1]), "bb", fill, step)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("step", [*STEPS, "filling"])
def test_killed_at_any_step_the_pointed_to_mart_opens(tmp_path, step):
    mart.publish(tmp_path, "aa", fill)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AT_STEP, str(tmp_path), step], env=os.environ, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert note_of(tmp_path) == ("second" if step == "pointed" else "first")
    mart.publish(tmp_path, "cc", lambda connection: fill(connection, "third"))
    assert note_of(tmp_path) == "third"
