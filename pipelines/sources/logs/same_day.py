"""Records that stand for one session twice, or correct one another, or say that they do not count."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several records for one prototype and day. `where` is its place and parties, as far as they are known."""

    record: int
    line: int
    entered: dt.datetime | None
    sender: str
    where: tuple[str, ...]
    corrects: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a record."""

    effect: Effect
    reason: str


def judge_day(same_day: Sequence[Entry]) -> dict[int, Verdict]:
    """Judge different records for one prototype and day.

    Parameters
    ----------
    same_day
        The records, in the order in which they were entered.

    Returns
    -------
    dict
        Record -> verdict; a record without one counts without a word.
    """
    verdicts: dict[int, Verdict] = {}
    standing: list[Entry] = []
    for entry in same_day:
        before = [earlier for earlier in standing if earlier.sender == entry.sender] or standing
        if entry.corrects:
            verdicts |= _correct(entry, before)
            standing = [earlier for earlier in standing if not _is_out(verdicts.get(earlier.record))]
        elif any(_is_close(earlier, entry) for earlier in standing):
            reason = (
                "Sent within two hours of another record for this day by the same person: a correction or a second "
                "session? Say which in a comment."
            )
            verdicts[entry.record] = Verdict(Effect.HELD, reason)
        elif standing and entry.entered:
            reason = f"A second record for this day beside line {standing[-1].line}, with other answers. Both count."
            verdicts[entry.record] = Verdict(Effect.NOTED, reason)
        standing.append(entry)
    return verdicts


def _correct(entry: Entry, before: list[Entry]) -> dict[int, Verdict]:
    if not before:
        reason = "The record says that it corrects another, but none of that day is there. Say which one it replaces."
        return {entry.record: Verdict(Effect.HELD, reason)}
    replaced = before[-1]
    return {
        replaced.record: Verdict(Effect.LINE_REFUSED, f"Replaced by the correction on line {entry.line}."),
        entry.record: Verdict(Effect.NOTED, f"A correction; it stands in place of line {replaced.line}."),
    }


def _is_out(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.effect in (Effect.LINE_REFUSED, Effect.HELD)


def _is_close(earlier: Entry, later: Entry) -> bool:
    if earlier.entered is None or later.entered is None:
        return False
    if (earlier.sender, earlier.where) != (later.sender, later.where):
        return False
    return later.entered - earlier.entered <= CLOSE
