"""Records that stand for one session twice, or correct one another, or say that they do not count."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.sources.tables import Effect

if TYPE_CHECKING:
    from pipelines.sources.sessions import Draft

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
class Verdict:
    """What becomes of a draft; `effect` None means that it counts without a word."""

    effect: Effect | None = None
    reason: str = ""


def judge(
    drafts: Sequence[Draft], file: str, seen: dict[tuple[object, ...], str]
) -> list[tuple[Draft, Verdict]]:
    """Return every draft with its verdict, in the order given.

    Parameters
    ----------
    drafts
        Records with a date, of one file.
    file
        Its name, for the reasons.
    seen
        Records of all logs read so far and where they stand; added to.
    """
    verdicts: dict[int, Verdict] = {}
    days: dict[tuple[str, dt.date | None], list[Draft]] = defaultdict(list)
    for draft in _in_order_of_entry(drafts):
        key = _contents(draft)
        if key in seen:
            reason = f"The same record stands in {seen[key]}. Counted once; a true second session needs another place."
            verdicts[draft.line] = Verdict(Effect.LINE_REFUSED, reason)
            continue
        seen[key] = f"{file}, line {draft.line}"
        days[draft.prototype_id, draft.day.day].append(draft)
    for same_day in days.values():
        if len(same_day) > 1 or _corrects(same_day[0]):
            verdicts.update(_judge_day(same_day))
    return [(draft, verdicts.get(draft.line, Verdict())) for draft in drafts]


def _in_order_of_entry(drafts: Sequence[Draft]) -> list[Draft]:
    earliest = dt.datetime.min
    return sorted(drafts, key=lambda draft: (draft.submitted_at or earliest, draft.line))


def _contents(draft: Draft) -> tuple[object, ...]:
    """Everything a person typed, but not who sent it and when."""
    answers = tuple((item.item, " ".join(item.written.split()).lower()) for item in draft.items)
    words = tuple(" ".join(text.split()).lower() for _, text in draft.words)
    where = tuple((text or "").lower() for text in (draft.place, draft.place_type, draft.cycle_no))
    return (draft.prototype_id, draft.day.day, where, answers, words)


def _corrects(draft: Draft) -> bool:
    return any(CORRECTS.search(text) for _, text in draft.words)


def _judge_day(same_day: list[Draft]) -> dict[int, Verdict]:
    """Judge different records for one prototype and day, in the order they were entered."""
    verdicts: dict[int, Verdict] = {}
    standing: list[Draft] = []
    for draft in same_day:
        before = [earlier for earlier in standing if earlier.sender == draft.sender] or standing
        if _corrects(draft):
            verdicts |= _correct(draft, before)
            standing = [
                earlier
                for earlier in standing
                if earlier.line not in verdicts or not _is_out(verdicts[earlier.line])
            ]
        elif standing and any(_is_close(earlier, draft) for earlier in standing):
            reason = (
                "Sent within two hours of another record for this day by the same person: a correction or a second "
                "session? Say which in a comment."
            )
            verdicts[draft.line] = Verdict(Effect.HELD, reason)
        elif standing and draft.submitted_at:
            reason = f"A second record for this day beside line {standing[-1].line}, with other answers. Both count."
            verdicts[draft.line] = Verdict(Effect.NOTED, reason)
        standing.append(draft)
    return verdicts


def _correct(draft: Draft, before: list[Draft]) -> dict[int, Verdict]:
    if not before:
        reason = "The record says that it corrects another, but none of that day is there. Say which one it replaces."
        return {draft.line: Verdict(Effect.HELD, reason)}
    replaced = before[-1]
    return {
        replaced.line: Verdict(Effect.LINE_REFUSED, f"Replaced by the correction on line {draft.line}."),
        draft.line: Verdict(Effect.NOTED, f"A correction; it stands in place of line {replaced.line}."),
    }


def _is_out(verdict: Verdict) -> bool:
    return verdict.effect in (Effect.LINE_REFUSED, Effect.HELD)


def _is_close(earlier: Draft, later: Draft) -> bool:
    if earlier.submitted_at is None or later.submitted_at is None or earlier.sender != later.sender:
        return False
    return later.submitted_at - earlier.submitted_at <= CLOSE
