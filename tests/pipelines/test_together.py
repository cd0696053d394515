"""Several files change together or not at all, whatever moment a process dies at."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from pipelines.together import ANNOUNCED, alone, change, settled

BEFORE = {"a.csv": b"old a", "deep/b.csv": b"old b"}
CHANGE = {"a.csv": b"new a", "deep/b.csv": None, "deep/er/c.csv": b"new c"}
AFTER = {"a.csv": b"new a", "deep/er/c.csv": b"new c"}
STEPS = (
    "aside:0",
    "aside:1",
    "aside:2",
    "announced",
    "done:a.csv",
    "done:deep/b.csv",
    "done:deep/er/c.csv",
    "over",
)


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, content in BEFORE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def files_of(folder: Path) -> dict[str, bytes]:
    """What a reader sees: files whose path has no part that begins with a dot."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: path.read_bytes()
        for name, path in names.items()
        if not any(part.startswith(".") for part in name.split("/"))
    }


class KilledError(Exception):
    pass


def test_every_file_is_written_or_removed_and_every_step_told(folder):
    told = []
    with alone(folder):
        change(folder, CHANGE, told.append)
    assert files_of(folder) == AFTER
    assert tuple(told) == STEPS


@pytest.mark.parametrize("dies_at", STEPS)
def test_a_change_broken_off_at_any_step_is_seen_whole_or_not_at_all(folder, dies_at):
    def die(name):
        if name == dies_at:
            raise KilledError

    with pytest.raises(KilledError), alone(folder):
        change(folder, CHANGE, die)
    with settled(folder):
        seen = files_of(folder)
    assert seen == (BEFORE if dies_at.startswith("aside") else AFTER)


def test_what_was_announced_is_carried_out_by_whoever_comes_next(folder):
    def die(name):
        if name == "announced":
            raise KilledError

    with pytest.raises(KilledError), alone(folder):
        change(folder, CHANGE, die)
    assert files_of(folder) == BEFORE
    with alone(folder):
        change(folder, {"later.csv": b"later"})
    assert files_of(folder) == AFTER | {"later.csv": b"later"}


def test_what_a_killed_process_left_aside_is_swept_away(folder):
    def die(name):
        if name == "aside:0":
            raise KilledError

    with pytest.raises(KilledError), alone(folder):
        change(folder, CHANGE, die)
    assert list(folder.glob(".aside-*"))
    with alone(folder):
        change(folder, {"later.csv": b"later"})
    assert not list(folder.glob(".aside-*"))


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "a\\b.csv", "c:/a.csv", ""])
def test_no_path_leads_out_of_the_folder(folder, name):
    with pytest.raises(ValueError, match="not a path below"), alone(folder):
        change(folder, {name: b"x"})
    assert files_of(folder) == BEFORE


def test_a_plan_that_somebody_laid_down_leads_nowhere_outside(folder):
    outside = folder.parent / "precious.csv"
    outside.write_bytes(b"precious")
    (folder / ANNOUNCED).write_text('{"../precious.csv": null}', encoding="utf-8")
    with pytest.raises(ValueError, match="not a path below"), alone(folder):
        pass
    assert outside.read_bytes() == b"precious"


def test_two_at_once_take_turns(folder):
    order = []

    def hold(name: str, seconds: float) -> None:
        with alone(folder):
            order.append(f"{name} in")
            time.sleep(seconds)
            order.append(f"{name} out")

    first = threading.Thread(target=hold, args=("first", 0.2))
    first.start()
    while not order:
        time.sleep(0.005)
    hold("second", 0)
    first.join()
    assert order == ["first in", "first out", "second in", "second out"]


def test_a_reader_waits_until_a_change_is_over(folder):
    going, seen = threading.Event(), []

    def slowly(name: str) -> None:
        if name == "done:a.csv":
            going.set()
            time.sleep(0.2)

    def write() -> None:
        with alone(folder):
            change(folder, CHANGE, slowly)

    writer = threading.Thread(target=write)
    writer.start()
    going.wait(5)
    with settled(folder):
        seen.append(files_of(folder))
    writer.join()
    assert seen == [AFTER]


def test_a_folder_that_is_not_there_is_read_as_it_is(tmp_path):
    with settled(tmp_path / "none"):
        pass
    assert not (tmp_path / "none").exists()


def _change_and_die(folder: Path, dies_at: str) -> None:
    def die(name: str) -> None:
        if name == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with alone(folder):
        change(folder, CHANGE, die)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
@pytest.mark.parametrize("dies_at", STEPS)
def test_kill_9_at_any_step_leaves_a_folder_that_is_whole(folder, dies_at):
    process = multiprocessing.get_context("spawn").Process(target=_change_and_die, args=(folder, dies_at))
    process.start()
    process.join(60)
    assert process.exitcode == -9
    with settled(folder):
        seen = files_of(folder)
    assert seen == (BEFORE if dies_at.startswith("aside") else AFTER)
