"""Whoever saves at the same moment, and whatever a process is killed at: nothing saved is lost, and the mart in use opens."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.build import refresh
from pipelines.mart import current, open_read_only
from pipelines.records import address_of, open_records
from pipelines.records.kinds import SessionLogged
from pipelines.vocabulary import Audience
from tests.pipelines.recorded.small import LATER, rows, saturday

STEPS = ("writing", "written", "named", "pointer_written", "pointed")

#: Saves one session and refreshes; killed at a named step where one is given.
SAVING = """
import datetime as dt, os, signal, sys
from pathlib import Path
from pipelines.build import build
from pipelines.records import address_of, open_records
from pipelines.records.kinds import SessionLogged

data, marts, place, at = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]

def step(name):
    if name == at:
        os.kill(os.getpid(), signal.SIGKILL)

records = open_records(address_of(data, data / "inbox"))
day = dt.date.fromisoformat(sys.argv[5])
records.append([SessionLogged("barbers", day, {"bp_checked": 10}, place=place)], "Design group")
print("saved", flush=True)
build(data, marts, step=step)
"""


def sessions(marts: Path, audience=Audience.TRUE) -> list[int]:
    """How many sessions were typed in, by the mart in use."""
    question = "SELECT lines_loaded FROM load WHERE file = 'records'"
    return [n for (n,) in rows(current(marts / audience), question)]


def save_and_refresh(group, place: str) -> None:
    records = open_records(address_of(group.data, group.data / "inbox"))
    records.append([SessionLogged("barbers", saturday(31), {"bp_checked": 10}, place=place)], "A", now=LATER)
    records.close()
    refresh(group.data, group.marts)


def test_two_who_save_at_once_are_both_in_the_mart_in_use(group):
    group.build()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: save_and_refresh(group, f"Place {n}"), range(4)))
    assert sessions(group.marts) == [4]
    assert sessions(group.marts, Audience.SHARED) == [4]


def run(group, place: str, at: str = "") -> subprocess.Popen:
    arguments = [str(group.data), str(group.marts), place, at, str(saturday(31))]
    return subprocess.Popen(
        [sys.executable, "-c", SAVING, *arguments], env=os.environ, stdout=subprocess.PIPE
    )


@pytest.mark.slow
def test_two_processes_that_save_at_once_are_both_in_the_mart_in_use(group):
    running = [run(group, f"Place {n}") for n in range(2)]
    assert [one.communicate()[0] for one in running] == [b"saved\n", b"saved\n"]
    assert [one.returncode for one in running] == [0, 0]
    assert sessions(group.marts) == [2]
    assert sessions(group.marts, Audience.SHARED) == [2]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("at", [f"{audience}:{step}" for audience in Audience for step in STEPS])
def test_killed_at_any_step_the_marts_in_use_open_and_what_was_saved_is_in_the_next(group, at):
    group.build()
    killed = run(group, "Library", at)
    told, _ = killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert told == b"saved\n"
    for audience in Audience:
        open_read_only(current(group.marts / audience)).close()
    group.save(SessionLogged("barbers", saturday(32), {"bp_checked": 9}), now=dt.datetime.now(dt.UTC))
    refresh(group.data, group.marts)
    assert sessions(group.marts) == sessions(group.marts, Audience.SHARED) == [2]
