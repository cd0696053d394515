"""Records that stand for one session twice, or correct one another, or say that they do not count."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from pipelines.sources.tables import Effect

TEST = re.compile(
    r"^\W*test(ing)?\W*([0-9]+\W*)?$|\btest(ing)?\b.{0,20}\bignore\b|\bignore\b.{0,20}\btest|"
    r"^\W*(a |this is (just )?a )?test(ing)? (entry|submission|record|row|only|form|run|response)\b",
    re.I,
)
NOT_HELD = re.compile(
    r"\b(cancel+ed|called off|postponed|rained off|not held|no session|no walk|no meeting|"
    r"(did ?n['o’]?t|did not) (take place|happen|run|go ahead|meet)|nobody (came|turned up)? ?because (it )?closed)\b",
    re.I,
)
_EARLIER = r"(my|the) (last|previous|first|earlier)\b"
CORRECTS = re.compile(
    r"\bcorrection\b|\bcorrected (entry|form|numbers?|figures?|counts?|record|version)\b|\bmeant to (put|write|say)\b|"
    rf"\b(ignore|replaces|instead of) {_EARLIER}|\b{_EARLIER}( (one|entry|form|answer))?\b.*\b(wrong|mistake)\b",
    re.I,
)

#: Two different records of one person for one day, sent this close together, may be one session typed twice.
CLOSE = dt.timedelta(hours=2)

#: Records of one prototype and day among which it cannot be told which one a correction means.
MOST_A_DAY = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several records for one prototype and day. `where` is its place and parties, as far as they are known."""

    record: int
    line: int
    entered: dt.datetime | None
    sender: str
    where: tuple[str, ...]
    corrects: bool


class Finding(IntEnum):
    """What becomes of a record beside others of its day."""

    UNDECIDED = 0
    SOON_AFTER = 1
    SECOND = 2
    CORRECTS_NOTHING = 3
    CORRECTS_ONE_OF_MANY = 4
    REPLACED = 5
    CORRECTION = 6

    @property
    def effect(self) -> Effect:
        """What it does to the data."""
        return _TOLD[self][0]

    def reason(self, line: int) -> str:
        """Return the words; `line` is that of the other record."""
        return _TOLD[self][1].format(line)


_TOLD = {
    Finding.SOON_AFTER: (
        Effect.HELD,
        "Sent within two hours of another record for this day by the same person: a correction or a second session? "
        "Say which in a comment.",
    ),
    Finding.SECOND: (
        Effect.NOTED,
        "A second record for this day beside line {}, with other answers. Both count.",
    ),
    Finding.CORRECTS_NOTHING: (
        Effect.HELD,
        "The record says that it corrects another, but none of that day is there. Say which one it replaces.",
    ),
    Finding.CORRECTS_ONE_OF_MANY: (
        Effect.HELD,
        f"The record says that it corrects another, but more than {MOST_A_DAY:,} are of that day. Take out the one that it "
        "replaces.",
    ),
    Finding.REPLACED: (Effect.LINE_REFUSED, "Replaced by the correction on line {}."),
    Finding.CORRECTION: (Effect.NOTED, "A correction; it stands in place of line {}."),
}


class _Standing:
    """The records of a day that stand so far, so kept that each new one asks about a few of them only."""

    def __init__(self) -> None:
        self.all: dict[int, Entry] = {}
        self._by_sender: dict[str, dict[int, Entry]] = {}
        self._by_place: dict[tuple[str, tuple[str, ...]], dict[int, Entry]] = {}

    def add(self, entry: Entry) -> None:
        self.all[entry.record] = entry
        self._by_sender.setdefault(entry.sender, {})[entry.record] = entry
        if entry.entered is not None:
            self._by_place.setdefault((entry.sender, entry.where), {})[entry.record] = entry

    def remove(self, record: int) -> None:
        entry = self.all.pop(record, None)
        if entry is not None:
            del self._by_sender[entry.sender][record]
            self._by_place.get((entry.sender, entry.where), {}).pop(record, None)

    def last(self, sender: str | None = None) -> Entry | None:
        """Return the last record, of one sender where one is named."""
        among = self.all if sender is None else self._by_sender.get(sender, {})
        return among[next(reversed(among))] if among else None

    def has_close(self, later: Entry) -> bool:
        """Whether the same person sent a record of the same place shortly before."""
        among = self._by_place.get((later.sender, later.where))
        if not among or later.entered is None:
            return False
        entered = among[next(reversed(among))].entered
        return entered is not None and later.entered - entered <= CLOSE


def judge_day(same_day: Iterable[Entry]) -> dict[int, tuple[Finding, int]]:
    """Judge different records for one prototype and day.

    Parameters
    ----------
    same_day
        The records, in the order in which they were entered.

    Returns
    -------
    dict
        Record -> finding, and line of the other record (0 where there is none); a record without one counts without a
        word.
    """
    found: dict[int, tuple[Finding, int]] = {}
    standing = _Standing()
    held: list[int] = []
    for entry in same_day:
        last = standing.last()
        if entry.corrects:
            replaced = standing.last(entry.sender) or last
            if replaced:
                found[replaced.record] = (Finding.REPLACED, entry.line)
                held.append(replaced.record)
            found[entry.record] = (
                (Finding.CORRECTION, replaced.line) if replaced else (Finding.CORRECTS_NOTHING, 0)
            )
            for record in held:
                standing.remove(record)
            held = [] if replaced else [entry.record]
        elif standing.has_close(entry):
            found[entry.record] = (Finding.SOON_AFTER, 0)
            held.append(entry.record)
        elif last and entry.entered:
            found[entry.record] = (Finding.SECOND, last.line)
        standing.add(entry)
    return found
