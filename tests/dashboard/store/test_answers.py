"""A mart's answers are asked for once, belong to whoever asked, and never take more room than they may."""

from __future__ import annotations

import sys
import threading

import duckdb
import pandas as pd
import pytest

from dashboard.store.answers import Answers


@pytest.fixture
def asked() -> list[str]:
    return []


def ask(asked: list[str], question: str, rows: int = 2):
    asked.append(question)
    return pd.DataFrame({"value": [float(n) for n in range(rows)]})


def test_the_same_question_is_asked_once(asked):
    answers = Answers()
    first, again, other = (answers.recall(q, lambda q=q: ask(asked, q)) for q in ("wall", "wall", "rail"))
    assert asked == ["wall", "rail"]
    pd.testing.assert_frame_equal(first, again)
    pd.testing.assert_frame_equal(first, other)


def test_a_frame_that_is_written_to_changes_for_nobody_else(asked):
    answers = Answers()
    mine = answers.recall("wall", lambda: ask(asked, "wall"))
    mine.loc[0, "value"] = 99.0
    mine["more"] = 1
    theirs = answers.recall("wall", lambda: ask(asked, "wall"))
    assert list(theirs.columns) == ["value"]
    assert list(theirs["value"]) == [0.0, 1.0]
    assert asked == ["wall"]


def test_rows_that_are_written_to_change_for_nobody_else():
    answers = Answers()
    mine = answers.recall("info", lambda: [{"key": "made_up", "value": "true"}])
    mine[0]["value"] = "false"
    mine.append({"key": "more"})
    assert answers.recall("info", list) == [{"key": "made_up", "value": "true"}]


def test_the_answer_asked_for_longest_ago_is_forgotten_where_there_is_no_room(asked):
    room_for_two = 2 * ask([], "one", 1000).memory_usage(deep=False).sum()
    answers = Answers(room_for_two)
    for question in ("one", "two", "one", "three", "one", "two"):
        answers.recall(question, lambda q=question: ask(asked, q, 1000))
    assert asked == ["one", "two", "three", "two"]


def test_an_answer_too_large_to_keep_is_given_and_throws_nothing_out(asked):
    answers = Answers(most_bytes=1000)
    answers.recall("small", lambda: ask(asked, "small"))
    assert len(answers.recall("large", lambda: ask(asked, "large", 10_000))) == 10_000
    answers.recall("small", lambda: ask(asked, "small"))
    assert asked == ["small", "large"]


def test_what_failed_is_asked_again(asked):
    answers = Answers()

    def broken():
        asked.append("broken")
        raise duckdb.Error

    for _ in range(2):
        with pytest.raises(duckdb.Error):
            answers.recall("wall", broken)
    assert asked == ["broken", "broken"]


def test_many_threads_get_whole_answers_and_the_room_is_kept(asked):
    answers = Answers(most_bytes=20_000)
    wrong: list[str] = []

    def read(start: int) -> None:
        for n in range(start, start + 200):
            rows = n % 40 + 1
            got = answers.recall(str(rows), lambda rows=rows: ask([], "", rows))
            if len(got) != rows:
                wrong.append(f"{len(got)} for {rows}")

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=read, args=(start,)) for start in range(0, 160, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(before)
    assert wrong == []
    kept = answers._kept.values()
    assert answers._bytes == sum(size for _, size in kept) <= 20_000
