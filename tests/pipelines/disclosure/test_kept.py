"""The ledger on the disk: there before anything is seen, whole whatever moment a build is killed at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.disclosure import RELEASED, Ledger, one_release, read_ledger, write_ledger
from pipelines.disclosure.ledger import Earlier
from pipelines.errors import FaultyInputError, LearningError

PROJECT = Path(__file__).parents[3]
LEDGER = Ledger({("a", "b"): Earlier(10.0, 8.0, 12.0, 1)}, periods={"a": "week"})


def test_what_was_kept_is_read_again(tmp_path):
    assert read_ledger(tmp_path) == Ledger()
    with one_release(tmp_path):
        write_ledger(tmp_path, LEDGER)
    assert read_ledger(tmp_path) == LEDGER


def test_a_damaged_ledger_stops_the_release_and_says_what_to_do(tmp_path):
    with one_release(tmp_path):
        write_ledger(tmp_path, LEDGER)
    (tmp_path / RELEASED / "ledger.jsonl").write_text("half a li")
    with pytest.raises(FaultyInputError, match="Put back a copy"):
        read_ledger(tmp_path)


def test_where_nothing_can_be_remembered_nothing_is_released(tmp_path):
    (tmp_path / RELEASED).write_text("a file where the folder should be")
    with pytest.raises(LearningError, match="cannot be written"), one_release(tmp_path):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["remembered", "shared:written", "shared:named", "shared:pointed"])
def test_killed_at_any_moment_all_that_can_be_seen_is_remembered(tmp_path, moment):
    from tests.canary.planted import write_folder

    write_folder(tmp_path / "data", "nhs")
    code = (
        "import os, signal, sys; from pathlib import Path; from pipelines.build import build\n"
        f"stop = lambda name: name == {moment!r} and os.kill(os.getpid(), signal.SIGKILL)\n"
        f"build(Path({str(tmp_path / 'data')!r}), Path({str(tmp_path / 'marts')!r}), step=stop)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(read_ledger(tmp_path / "data").standing) > 100
    from pipelines.build import build

    once = build(tmp_path / "data", tmp_path / "marts")
    again = build(tmp_path / "data", tmp_path / "other")
    assert once.content_hash == again.content_hash
