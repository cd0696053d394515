"""From drafts to sessions: the care that a whole record needs, the same for logs and for forms.

A draft is a line whose cells were found but not yet judged. Here test submissions, sessions that were not held,
doubles, corrections and doubtful dates are taken out, and the numbers of the rest are read. Nothing is dropped
without a reason in the ledger, and what may hide a true number leaves a held record behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.sources import doubles, personal
from pipelines.sources.dates import Day
from pipelines.sources.ledger import Ledger
from pipelines.sources.tables import Effect, HeldRecord, Prototype, RawCell, RawLine
from pipelines.sources.values import Number, read_count

#: A session entered later than this is more likely a wrong year.
LATEST_ENTRY = dt.timedelta(days=300)

HELD, NOT_RECORDED = "held", "not recorded"


@dataclass(frozen=True, slots=True)
class Item:
    """One counted cell: the item's word, the heading it stood under, and what was written."""

    item: str
    heading: str
    written: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One record of a log, before it is judged. `words` are (heading, text) pairs: looked at, never kept."""

    line: int
    prototype_id: str
    day: Day
    date_heading: str
    date_written: str
    items: tuple[Item, ...]
    place: str | None = None
    place_type: str | None = None
    cycle_no: str | None = None
    words: tuple[tuple[str, str], ...] = ()
    submitted_at: dt.datetime | None = None
    sender: str = ""


@dataclass(slots=True)
class Sessions:
    """What came of a log."""

    lines: list[RawLine] = field(default_factory=list)
    cells: list[RawCell] = field(default_factory=list)
    held: list[HeldRecord] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What a log is checked against.

    `shares` are the (numerator, denominator) items of the measures that are shares; `items` every item that a
    measure uses; `seen` the records met so far in all logs.
    """

    prototypes: dict[str, Prototype]
    neighbourhood_ids: frozenset[str]
    items: frozenset[str]
    shares: tuple[tuple[str, str], ...]
    today: dt.date
    seen: dict[tuple[object, ...], str] = field(default_factory=dict)


def settle(drafts: Iterable[Draft], ledger: Ledger, context: Context) -> Sessions:
    """Give every draft its fate and return the sessions that count."""
    sessions = Sessions()
    for line, prototype_id, day in ledger.doubtful:
        sessions.held.append(HeldRecord(ledger.load_id, ledger.file, line, prototype_id, day, None, HELD))
    dated = [
        draft for draft in drafts if _is_real(draft, ledger) and _is_dated(draft, ledger, context, sessions)
    ]
    held_on = [draft for draft in dated if _was_held(draft, ledger)]
    for draft, verdict in doubles.judge(held_on, ledger.file, context.seen):
        if verdict.effect is Effect.LINE_REFUSED:
            ledger.refuse(draft.line, None, None, verdict.reason)
        elif verdict.effect is Effect.HELD:
            _hold(draft, None, None, verdict.reason, draft.day.day, ledger, sessions)
        else:
            if verdict.reason:
                ledger.tell(draft.line, None, None, verdict.reason, Effect.NOTED)
            _keep(draft, ledger, context, sessions)
    return sessions


def _is_real(draft: Draft, ledger: Ledger) -> bool:
    if any(doubles.TEST.search(text) for _, text in draft.words):
        ledger.refuse(
            draft.line, None, None, "The record says that it is a test of the form. It is not counted."
        )
        return False
    return True


def _was_held(draft: Draft, ledger: Ledger) -> bool:
    says_so = any(doubles.NOT_HELD.search(text) for _, text in draft.words)
    if not says_so:
        return True
    if any(
        read_count(item.written).value or read_count(item.written).state == "held" for item in draft.items
    ):
        reason = "The words say that a session was called off, but people were counted. Counted; check it."
        ledger.tell(draft.line, None, None, reason, Effect.NOTED)
        return True
    ledger.refuse(
        draft.line, None, None, "The record says that the session was not held. The period is a gap, not 0."
    )
    return False


def _is_dated(draft: Draft, ledger: Ledger, context: Context, sessions: Sessions) -> bool:
    """Whether the date can be believed; where not, the record is held near the day that it most likely means."""
    day, entered = draft.day.day, draft.submitted_at.date() if draft.submitted_at else None
    shown = personal.mask(draft.date_written)
    if day is None:
        is_missing = not draft.date_written.strip()
        reason = (
            "The date is missing. Write the day of the session, e.g. 2026-01-31."
            if is_missing
            else draft.day.reason
        )
        effect = Effect.HELD if is_missing else Effect.LINE_REFUSED
        _hold(draft, shown, draft.date_heading, reason or "", entered, ledger, sessions, effect)
        return False
    if day > (entered or context.today) + dt.timedelta(days=1):
        reason = "The date lies after the day of entry." if entered else "The date lies in the future."
    elif entered and day < entered - LATEST_ENTRY:
        reason = f"The date lies {(entered - day).days} days before the entry: last year's year, perhaps."
    else:
        if draft.day.note:
            ledger.tell(draft.line, draft.date_heading, shown, draft.day.note, Effect.NOTED)
        return True
    presumed = _presumed(day, entered)
    _hold(draft, shown, draft.date_heading, f"{reason} Correct the year.", presumed, ledger, sessions)
    return False


def _presumed(day: dt.date, entered: dt.date | None) -> dt.date | None:
    """Return the same day of the year that lies nearest before the entry, else the day of entry."""
    if entered is None:
        return None
    for year in (entered.year, entered.year - 1):
        try:
            meant = day.replace(year=year)
        except ValueError:  # 29 February
            continue
        if dt.timedelta(0) <= entered - meant <= LATEST_ENTRY:
            return meant
    return entered


def _hold(
    draft: Draft,
    value: str | None,
    column: str | None,
    reason: str,
    presumed: dt.date | None,
    ledger: Ledger,
    sessions: Sessions,
    effect: Effect = Effect.HELD,
) -> None:
    ledger.refuse(draft.line, column, value, reason, effect)
    if presumed is not None:
        sessions.held.append(
            HeldRecord(ledger.load_id, ledger.file, draft.line, draft.prototype_id, presumed, None, HELD)
        )


def _keep(draft: Draft, ledger: Ledger, context: Context, sessions: Sessions) -> None:
    """Load a session: read its numbers, tell what is doubtful about each."""
    day = draft.day.day
    assert day is not None
    started_on = context.prototypes[draft.prototype_id].started_on
    if started_on and day < started_on:
        reason = f"The session is before the prototype began ({started_on}). Counted; check the date or started_on."
        ledger.tell(draft.line, draft.date_heading, personal.mask(draft.date_written), reason, Effect.NOTED)
    numbers = {item.item: read_count(item.written) for item in draft.items}
    _check_shares(draft, numbers, context.shares)
    ledger.load(draft.line)
    where = (draft.place, draft.place_type, draft.cycle_no)
    sessions.lines.append(RawLine(ledger.load_id, ledger.file, draft.line, draft.prototype_id, day, *where))
    for item in draft.items:
        _keep_number(draft, item, numbers[item.item], ledger, sessions)


def _keep_number(draft: Draft, item: Item, number: Number, ledger: Ledger, sessions: Sessions) -> None:
    """Add one cell, and what is doubtful about it."""
    assert draft.day.day is not None
    sessions.cells.append(RawCell(ledger.load_id, draft.line, item.item, number.value))
    if number.state in _EFFECTS:
        ledger.tell(
            draft.line, item.heading, personal.mask(item.written), number.reason or "", _EFFECTS[number.state]
        )
    if number.state in _DOUBTS:
        ledger.cells_missing += 1
        where = (ledger.load_id, ledger.file, draft.line, draft.prototype_id, draft.day.day)
        sessions.held.append(HeldRecord(*where, item.item, _DOUBTS[number.state]))


_EFFECTS = {
    "noted": Effect.NOTED,
    "missing": Effect.CELL_MISSING,
    "unreadable": Effect.CELL_MISSING,
    "held": Effect.HELD,
}
_DOUBTS = {"missing": NOT_RECORDED, "unreadable": HELD, "held": HELD}


def _check_shares(draft: Draft, numbers: dict[str, Number], shares: tuple[tuple[str, str], ...]) -> None:
    """Take out a numerator above its denominator: one of the two is wrong, and the share cannot be."""
    headings = {item.item: item.heading for item in draft.items}
    for numerator, denominator in shares:
        part = numbers.get(numerator)
        whole = Number(1.0, 1.0, 1.0, "ok") if denominator == "sessions" else numbers.get(denominator)
        if (
            part is None
            or whole is None
            or part.value is None
            or whole.value is None
            or part.value <= whole.value
        ):
            continue
        of = "one session" if denominator == "sessions" else f'{whole.value:g} in "{headings[denominator]}"'
        of = personal.scrub(of)[0]
        reason = f"{part.value:g} of {of} cannot be. The cell is left out; correct one of the two."
        numbers[numerator] = Number(None, None, None, "unreadable", reason)
