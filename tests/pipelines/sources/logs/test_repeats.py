"""Doubles, corrections and second sessions, found by columns, against a slow and obvious twin record by record."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.logs.context import Context, Seen
from pipelines.sources.logs.mapping import ItemSpec, Mapping
from pipelines.sources.logs.reading import read_log
from pipelines.sources.logs.repeats import MANY_A_DAY
from pipelines.sources.tables import Prototype

MAPPING = Mapping(
    "ash",
    "ash-bp",
    {"tested_on": ("Day",), "submitted_at": ("Stamp",), "sender": ("Email",), "place": ("Place",)},
    {"came": ItemSpec(("Came",))},
)
TWO_HOURS = dt.timedelta(hours=2)


def context() -> Context:
    prototypes = {"ash-bp": Prototype("ash-bp", "ash", "Checks")}
    return Context(prototypes, frozenset(("ash",)), frozenset(("came",)), (), dt.date(2026, 11, 22))


RECORDS = st.lists(
    st.tuples(
        st.sampled_from(["2026-03-02", "2026-03-03", "2026-03-04"]),
        st.sampled_from(["2026-03-05 09:00:00", "2026-03-05 10:30:00", "2026-03-05 18:00:00", ""]),
        st.sampled_from(["a@example.org", "b@example.org"]),
        st.sampled_from(["Hall", " hall ", "Park"]),
        st.sampled_from(["3", "4"]),
        st.sampled_from(["", "", "Correction: not 4"]),
    ),
    max_size=9,
)


def twin(records) -> dict[int, str]:
    """Return the fate of each line: loaded, or out."""
    entries = []
    for number, (day, stamp, who, place, came, words) in enumerate(records):
        entered = dt.datetime.fromisoformat(stamp) if stamp else None
        entries.append((number + 2, day, entered, who, place.strip().lower(), came, words))
    entries.sort(key=lambda entry: (entry[2] or dt.datetime.min, entry[0]))
    fates, seen, days = {}, set(), defaultdict(list)
    for line, day, entered, who, place, came, words in entries:
        contents = (day, place, came, words)
        fates[line] = "out" if contents in seen else "loaded"
        if contents not in seen:
            seen.add(contents)
            days[day].append((line, entered, who, place, words))
    mean = sum(map(len, days.values())) / len(days) if days else 0
    for same_day in days.values():
        if any(entry[4] for entry in same_day) or mean < MANY_A_DAY:
            fates |= judged(same_day)
    return fates


def judged(same_day) -> dict[int, str]:
    fates, standing = {}, []
    for entry in same_day:
        line, entered, who, place, words = entry
        before = [earlier for earlier in standing if earlier[2] == who] or standing
        close = [
            earlier
            for earlier in standing
            if entered and earlier[1] and earlier[2:4] == (who, place) and entered - earlier[1] <= TWO_HOURS
        ]
        if words and before:
            fates[before[-1][0]] = "out"
        elif words or close:
            fates[line] = "out"
        if words:
            standing = [earlier for earlier in standing if fates.get(earlier[0]) != "out"]
        standing.append(entry)
    return fates


@given(RECORDS)
def test_the_fates_of_repeats_equal_those_of_the_twin(records):
    text = "Day,Stamp,Email,Place,Came,Comments\n" + "".join(",".join(record) + "\n" for record in records)
    (ledger, sessions), *_ = read_log(text.encode(), "log.csv", MAPPING, b"", context())
    expected = twin(records)
    assert {line.line for line in sessions.raw_lines()} == {
        line for line, fate in expected.items() if fate == "loaded"
    }
    assert {line for line, fate in ledger.fates.items() if fate == "refused"} == {
        line for line, fate in expected.items() if fate == "out"
    }


def test_many_records_a_day_are_the_nature_of_a_log_kept_by_person():
    lines = [f"2026-03-02,2026-03-02 09:{n:02}:00,a@example.org,Hall,{n},\n" for n in range(10)]
    text = "Day,Stamp,Email,Place,Came,Comments\n" + "".join(lines)
    (ledger, sessions), *_ = read_log(text.encode(), "log.csv", MAPPING, b"", context())
    assert len(sessions) == 10
    assert ledger.faults == []


KEYS = st.lists(st.integers(0, 9), max_size=8).map(lambda numbers: np.array(sorted(numbers), dtype=np.uint64))


@given(st.lists(KEYS, max_size=3), st.lists(st.integers(0, 9), max_size=8))
def test_what_was_seen_is_found_where_it_first_stood(blocks, asked):
    seen = Seen()
    first: dict[int, str] = {}
    for number, keys in enumerate(blocks):
        seen.add(keys, np.arange(len(keys)) + 2, f"{number}.csv")
        for line, key in enumerate(keys.tolist(), start=2):
            first.setdefault(key, f"{number}.csv, line {line}")
    sheets, lines = seen.find(np.array(asked, dtype=np.uint64))
    found = {n: f"{seen.name(sheets[n])}, line {lines[n]}" for n in np.flatnonzero(sheets >= 0)}
    assert found == {n: first[key] for n, key in enumerate(asked) if key in first}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("2026-03-02,,,Hall,3,wet", "2026-03-02,,,HALL ,3,Wet", True),
        ("2026-03-02,,,Hall,3,wet", "02/03/2026,,,Hall,3,wet", True),
        ("2026-03-02,,,Hall,3,", "2026-03-02,,,3,Hall,", False),
        ("2026-03-02,,,Hall,3,", "2026-03-02,,,Hall,,3", False),
        ("2026-03-02,,,Hall,3,", "2026-03-03,,,Hall,3,", False),
    ],
)
def test_records_are_alike_by_what_was_typed_and_where(one, other, alike):
    text = f"Day,Stamp,Email,Place,Came,Comments\n{one}\n{other}\n"
    (_, sessions), *_ = read_log(text.encode(), "log.csv", MAPPING, b"", context())
    assert len(sessions) == (1 if alike else 2)
