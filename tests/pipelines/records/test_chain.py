"""The chain: the same hash on every machine, and none for two different records."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipelines.records import read_text
from pipelines.records.chain import (
    EMPTY,
    Head,
    Row,
    hash_of,
    link,
    record_of,
    row_of,
    saved_moment,
    saved_text,
)
from tests.pipelines.records.entered import NOON, ONE_OF_EACH, learning
from tests.pipelines.records.make_golden import golden

GOLDEN = Path(__file__).parent / "golden_chain.jsonl"


def test_the_golden_chain_was_written_once_and_still_holds():
    records = read_text(GOLDEN)
    assert [record.body for record in records] == list(ONE_OF_EACH.values())
    # Written when the chain was made: a change of text or hash would make every chain that is kept look altered.
    assert records[12].hash == "a65eed6913fae535deaa7a12e726f9d585fc92be495c9e322ad42fff8db529f0"
    # Written when meetings were added to its end.
    assert records[-1].hash == "545407519c4336f623307a08e384fd88dc4075eec9c5c734b0db7c0d28197f7f"


def test_the_hash_can_be_made_again_by_anybody_with_json_and_sha256():
    before = "0" * 64
    *lines, head = GOLDEN.read_text(encoding="utf-8").splitlines()
    for line in lines:
        row = json.loads(line)
        order = ["number", "record_id", "kind", "saved_at", "who", "supersedes", "body", "previous_hash"]
        text = json.dumps([row[name] for name in order], separators=(",", ":"))
        assert row["hash"] == hashlib.sha256(text.encode("ascii")).hexdigest()
        assert row["previous_hash"] == before
        before = row["hash"]
    assert json.loads(head) == {"hash": before, "number": 16}


def test_the_chain_made_again_today_is_the_same():
    assert tuple(golden()) == read_text(GOLDEN)


def test_a_row_and_its_record_are_the_same_thing():
    row = link(EMPTY, learning("Zoë’s café ☕"), "Zoë", NOON, supersedes="x")
    assert row_of(record_of(row)) == row


def test_the_next_record_carries_the_hash_of_the_one_before():
    first = link(EMPTY, learning(), "a group", NOON)
    second = link(Head(first.number, first.hash), learning(), "a group", NOON)
    assert (second.number, second.previous_hash) == (2, first.hash)


def test_the_same_words_saved_twice_have_two_hashes():
    hashes = {link(EMPTY, learning(), "a group", NOON).hash for _ in range(50)}
    assert len(hashes) == 50


@given(
    st.datetimes(
        min_value=dt.datetime(1, 1, 2), max_value=dt.datetime(9999, 12, 30), timezones=st.just(dt.UTC)
    )
)
def test_a_moment_is_stored_to_the_microsecond_in_27_characters(moment):
    text = saved_text(moment)
    assert len(text) == 27
    assert saved_moment(text) == moment


def test_a_moment_is_stored_in_utc():
    summer = dt.datetime(2026, 7, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert saved_text(summer) == "2026-07-01T08:00:00.000000Z"


ROWS = st.builds(
    Row, st.integers(), *(st.text(max_size=4) for _ in range(4)), st.none() | st.text(max_size=4),
    *(st.text(max_size=4) for _ in range(2)), st.just(""),
)  # fmt: skip


@given(ROWS, ROWS)
def test_two_rows_share_a_hash_only_where_they_are_the_same(one, other):
    assert (hash_of(one) == hash_of(other)) == (one == other)
