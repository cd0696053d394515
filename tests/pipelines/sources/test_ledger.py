"""The book-keeping of a file: a fate a line, and faults that cannot fill the memory."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.sources.ledger import MOST_TOLD, Ledger
from pipelines.sources.tables import Effect


@pytest.fixture
def ledger() -> Ledger:
    return Ledger("test_logs/a.csv", "test log", b"content")


def test_a_line_refused_twice_counts_once_and_is_told_twice(ledger):
    ledger.refuse(2, "kg", "x", "Not a number.")
    ledger.refuse(2, "day", "y", "Not a day.")
    assert (ledger.close().lines_refused, len(ledger.faults)) == (1, 2)


def test_what_has_a_fate_keeps_it_when_the_rest_is_refused(ledger):
    ledger.furniture(1)
    ledger.load(2)
    ledger.refuse_all(np.arange(1, 6), "Not read.")
    load = ledger.close()
    assert (load.lines_read, load.lines_loaded, load.lines_refused, load.lines_furniture) == (5, 1, 3, 1)
    assert [fault.line for fault in ledger.faults] == [3, 4, 5]


@pytest.mark.parametrize("way", ["all at once", "one by one"])
def test_faults_beyond_the_most_are_told_by_their_number_and_every_line_counts(ledger, way):
    lines = np.arange(2, MOST_TOLD + 1_002)
    if way == "all at once":
        ledger.refuse_all(lines, "Not read.")
    else:
        for line in lines.tolist():
            ledger.refuse(line, None, None, f"Not read: {line}.")
    *first, last = ledger.faults
    assert [fault.line for fault in first] == lines[:MOST_TOLD].tolist()
    assert (last.line, last.effect) == (None, Effect.LINE_REFUSED)
    assert (
        f"1,000 further notes of this kind, on lines {MOST_TOLD + 2:,} to {MOST_TOLD + 1_001:,}"
        in last.reason
    )
    assert ledger.close().lines_refused == len(lines)


def test_each_effect_has_its_own_most(ledger):
    for line in range(1, MOST_TOLD + 3):
        ledger.tell(line, "kg", None, "Read as 2.", Effect.NOTED)
    ledger.refuse(3, "kg", "x", "Not a number.")
    assert [fault.line for fault in ledger.faults if fault.effect is Effect.LINE_REFUSED] == [3]
    assert [fault.effect for fault in ledger.faults if fault.line is None] == [Effect.NOTED]


def test_a_fault_of_the_whole_file_is_always_told(ledger):
    ledger.refuse_all(np.arange(1, MOST_TOLD + 10), "Not read.")
    ledger.tell(None, None, None, "The file is odd.", Effect.LINE_REFUSED)
    assert "The file is odd." in [fault.reason for fault in ledger.faults]
