"""Marts carry the log of uploads, and in each load who gave its file; in the shared mart nobody is named."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.build import build
from pipelines.uploads import keep
from tests.pipelines.uploads.conftest import log_of, mapping_of


@pytest.fixture
def marts(tmp_path):
    """An upload and the later version that took its place, built."""
    data = tmp_path / "data"
    keep(log_of(range(10, 22)), "lunch.csv", mapping_of(), "Ash", data, "Heath", "Lunch")
    keep(log_of(range(10, 24)), "lunch.csv", mapping_of("heath", "lunch"), "Ben", data)
    built = build(data, tmp_path / "marts")
    return data, built


def rows(path, question):
    with duckdb.connect(str(path), read_only=True) as mart:
        return mart.sql(question).fetchall()


def test_both_versions_stand_in_the_log_and_the_load_names_who_gave_the_last(marts):
    _, built = marts
    uploads = rows(built.true_mart, "SELECT who, file, replaced_by IS NULL FROM upload ORDER BY received_at")
    assert uploads == [("Ash", "test_logs/lunch.csv", False), ("Ben", "test_logs/lunch.csv", True)]
    question = "SELECT who, received_at IS NOT NULL, lines_loaded FROM load WHERE file LIKE 'test_logs/%'"
    assert rows(built.true_mart, question) == [("Ben", True, 14)]
    assert rows(built.true_mart, "SELECT who FROM load WHERE file = 'prototypes.csv'") == [(None,)]


def test_in_the_shared_mart_nobody_is_named(marts):
    _, built = marts
    assert rows(built.shared_mart, "SELECT who, n_bytes > 0 FROM upload") == [(None, True), (None, True)]
    assert set(rows(built.shared_mart, "SELECT who FROM load")) == {(None,)}


def test_a_file_that_was_changed_by_hand_since_is_nobodys(marts, tmp_path):
    data, _ = marts
    path = data / "inbox/test_logs/lunch.csv"
    path.write_bytes(path.read_bytes() + b"2026-06-02,4\n")
    built = build(data, tmp_path / "marts")
    assert rows(built.true_mart, "SELECT who FROM load WHERE file = 'test_logs/lunch.csv'") == [(None,)]
