"""What is known of a published file beside its own lines."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.published.origin import Origin, read_origin


def test_the_release_file_of_the_ons_gives_source_and_day():
    shared = {"sourceOrg": "Office for National Statistics", "sourceDate": "19/02/2026"}
    origin = read_origin(json.dumps({"ess-beta-metadata": {"shared": shared}}).encode())
    assert (origin.source, origin.released_on) == ("Office for National Statistics", dt.date(2026, 2, 19))


def test_a_json_written_by_hand_gives_the_same_and_more():
    origin = read_origin(b'{"source": "OHID", "released_on": "2025-11-04", "indicator_id": 41101}')
    assert (origin.source, origin.released_on) == ("OHID", dt.date(2025, 11, 4))
    assert origin.told["indicator_id"] == "41101"


def test_the_record_of_a_fetch_gives_day_and_address():
    record = {"address": "https://host/a.csv", "fetched_at": "2026-11-20T08:00:00+00:00"}
    origin = read_origin(None, json.dumps(record).encode())
    assert (origin.retrieved_on, origin.address) == (dt.date(2026, 11, 20), "https://host/a.csv")
    assert (origin.source, origin.released_on) == (None, None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b"null",
        b"\xff\xfe",
        b'{"ess-beta-metadata": 3}',
        b'{"released_on": "soon"}',
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_read_says_nothing(content):
    origin = read_origin(content, content)
    assert (origin.source, origin.released_on, origin.retrieved_on) == (None, None, None)


def test_nothing_beside_a_file_is_an_empty_origin():
    assert read_origin(None) == Origin()


@given(
    st.binary(max_size=60),
    st.recursive(st.none() | st.text(), lambda inner: st.dictionaries(st.text(), inner)),
)
def test_any_content_is_an_origin(content, value):
    assert read_origin(content).released_on is None
    read_origin(json.dumps({"ess-beta-metadata": value, "released_on": value}).encode())
