"""Several files of one folder changed together or not at all, whatever moment a process is killed at.

A change is first written aside, then announced in a small file (``.change``), then carried out. Killed before the
announcement, nothing has changed; killed after it, whoever comes next carries it out. One writer at a time.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

ANNOUNCED, LOCK, ASIDE = ".change", ".lock", ".aside-"

#: Called with the name of each step; the tests kill the process there.
Step = Callable[[str], None]


def no_step(_name: str) -> None:
    """Do nothing at a step."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else changes or reads a folder, and end what a killed process had announced.

    The operating system lets go of the lock when a process dies. Not to be entered twice in one thread.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as handle:
        _lock(handle)
        try:
            _carry_out(folder)
            yield
        finally:
            _unlock(handle)


@contextmanager
def settled(folder: Path) -> Iterator[None]:
    """Read a folder between two changes; one that does not exist or cannot be written is read as it is."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield
        return
    with alone(folder):
        yield


def change(folder: Path, files: Mapping[str, bytes | None], step: Step = no_step) -> None:
    """Write and remove files of a folder, all of them or none; call it within `alone`.

    Parameters
    ----------
    folder
        Where they lie.
    files
        Path below the folder, with forward slashes, to the new content; None removes the file.
    step
        Told each named step: ``aside:<n>``, ``announced``, ``done:<path>``, ``over``.
    """
    _sweep(folder)
    aside = folder / f"{ASIDE}{uuid.uuid4().hex}"
    aside.mkdir()
    plan: dict[str, str | None] = {}
    for n, (name, content) in enumerate(files.items()):
        plan[_checked(name)] = None if content is None else f"{aside.name}/{n}"
        if content is not None:
            _write(aside / str(n), content)
        step(f"aside:{n}")
    written = aside / "plan"
    _write(written, json.dumps(plan).encode())
    written.replace(folder / ANNOUNCED)
    _sync_folder(folder)
    step("announced")
    _carry_out(folder, step)
    step("over")


def _carry_out(folder: Path, step: Step = no_step) -> None:
    """Do what is announced, if anything is; a part that was done before is left as it is."""
    announced = folder / ANNOUNCED
    if not announced.is_file():
        return
    plan: dict[str, str | None] = json.loads(announced.read_bytes())
    for name, source in plan.items():
        target = folder / _checked(name)
        if source is None:
            target.unlink(missing_ok=True)
        elif (folder / _checked(source)).is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(folder / source, target)
            _sync_folder(target.parent)
        step(f"done:{name}")
    announced.unlink()
    _sync_folder(folder)
    _sweep(folder)


def _checked(name: str) -> str:
    """Return a path that stays below the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name or ":" in path.parts[0]:
        raise ValueError(f"{name!r} is not a path below the folder.")
    return name


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _replace(source: Path, target: Path, tries: int = 5) -> None:
    """Rename, trying again where a reader on Windows still holds the target open."""
    for left in reversed(range(tries)):
        try:
            source.replace(target)
        except PermissionError:
            if not left:
                raise
            time.sleep(0.2)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there; renames are kept by the file system
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if os.name == "nt":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0)
        while True:
            try:
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
            except OSError:  # it gives up after ten seconds; a reader may take longer
                continue
            return

    def _unlock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _unlock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
