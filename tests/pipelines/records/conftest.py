"""Records to try things on: an empty database, a short chain, and a clock that stands where it is put."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.records import open_records
from pipelines.records.dialects import sqlite_address
from tests.pipelines.records.entered import NOON, learning


@pytest.fixture
def address(tmp_path) -> str:
    return sqlite_address(tmp_path / "records.sqlite")


@pytest.fixture
def kept(address):
    records = open_records(address)
    yield records
    records.close()


@pytest.fixture
def chain(kept):
    """Five learnings, a day after another."""
    for day in range(5):
        kept.append([learning(f"Lesson {day}.")], "Design group", now=NOON + dt.timedelta(days=day))
    return kept
