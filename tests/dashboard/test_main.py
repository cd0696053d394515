"""The launcher: builds what is missing or out of date, keeps the last good build, finds a free port."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from dashboard.__main__ import HOST, build_if_needed, free_port, has_marts, main, served
from pipelines.errors import LearningError
from pipelines.mart import SCHEMA_VERSION, current
from pipelines.vocabulary import Audience

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path) -> Path:
    """A small data folder that a test may change."""
    folder = tmp_path / "data"
    left_out = shutil.ignore_patterns("marts", "inbox", "localities", "cascade_counts.csv")
    shutil.copytree(PROJECT / "data", folder, ignore=left_out)
    for path in (folder / "sample/test_logs").glob("*.csv"):
        if path.name != "ashfield_barbers.csv":
            path.unlink()
    return folder


def of_another_version(marts: Path) -> None:
    """Make marts look like those of the version before this one."""
    for audience in Audience:
        with duckdb.connect(str(current(marts / audience))) as connection:
            older = [str(SCHEMA_VERSION - 1)]
            connection.execute("UPDATE mart_info SET value = ? WHERE key = 'schema_version'", older)


def test_a_first_start_builds_both_marts(data, tmp_path):
    assert not has_marts(tmp_path / "marts")
    build_if_needed(data, tmp_path / "marts")
    assert has_marts(tmp_path / "marts")


def test_a_second_start_builds_nothing(data, tmp_path):
    build_if_needed(data, tmp_path / "marts")
    built = current(tmp_path / "marts/shared")
    made = built.stat().st_mtime_ns
    build_if_needed(data, tmp_path / "marts")
    assert current(tmp_path / "marts/shared") == built
    assert built.stat().st_mtime_ns == made


def test_data_put_into_the_inbox_are_built_at_the_next_start(data, tmp_path):
    build_if_needed(data, tmp_path / "marts")
    before = current(tmp_path / "marts/shared")
    shutil.copytree(data / "sample", data / "inbox")
    (data / "inbox/truth.csv").unlink()
    build_if_needed(data, tmp_path / "marts")
    assert current(tmp_path / "marts/shared") != before


def test_marts_of_another_version_are_built_again_though_nothing_else_has_changed(data, tmp_path):
    build_if_needed(data, tmp_path / "marts")
    before = current(tmp_path / "marts/shared").name
    of_another_version(tmp_path / "marts")
    assert not has_marts(tmp_path / "marts")
    build_if_needed(data, tmp_path / "marts")
    assert has_marts(tmp_path / "marts")
    assert current(tmp_path / "marts/shared").name == before


def test_marts_of_another_version_that_cannot_be_built_again_are_not_shown(data, tmp_path):
    build_if_needed(data, tmp_path / "marts")
    of_another_version(tmp_path / "marts")
    (data / "sample/prototypes.csv").unlink()
    answer = CliRunner().invoke(main, ["run", "--data", str(data), "--marts", str(tmp_path / "marts")])
    assert answer.exit_code == 1
    assert "prototypes.csv" in answer.output
    assert "last good build" not in answer.output


def test_input_that_cannot_be_built_leaves_the_last_good_build(data, tmp_path):
    build_if_needed(data, tmp_path / "marts")
    before = current(tmp_path / "marts/shared")
    (data / "sample/prototypes.csv").unlink()
    with pytest.raises(LearningError, match=r"prototypes\.csv"):
        build_if_needed(data, tmp_path / "marts")
    assert current(tmp_path / "marts/shared") == before
    assert has_marts(tmp_path / "marts")


def test_a_port_in_use_is_passed_over():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_the_server_keeps_files_where_it_was_told_to_read_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = served(Path("mine"), Path("mine/marts"), "shared")
    assert told["LEARNING_DATA"] == str(tmp_path / "mine")
    assert told["LEARNING_MARTS"] == str(tmp_path / "mine/marts")
    assert told["LEARNING_AUDIENCE"] == "shared"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="elsewhere the server is a child and its console ends both")
def test_whoever_ends_the_launcher_ends_the_server(data, tmp_path):
    with socket.socket() as given:
        given.bind((HOST, 0))
        port = given.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "run",
        "--data",
        str(data),
        "--marts",
        str(tmp_path / "marts"),
    ]
    launcher = subprocess.Popen([*command, "--port", str(port)], cwd=PROJECT, start_new_session=True)
    try:
        assert wait_until(lambda: answers(port), seconds=90)
        launcher.terminate()
        launcher.wait(timeout=20)
        assert wait_until(lambda: not answers(port), seconds=5)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(launcher.pid, signal.SIGKILL)


def answers(port: int) -> bool:
    """Tell whether something listens at a port."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait until something holds; tells whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.2)
    return False
