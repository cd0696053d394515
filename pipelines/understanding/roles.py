"""What each column of a sheet is: told by the form tool, by the heading's words, and by what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.sources import personal
from pipelines.sources.logs.form_tools import Form
from pipelines.sources.written.values import Ask
from pipelines.understanding import cells, headings
from pipelines.understanding.columns import Column
from pipelines.understanding.days import find_days
from pipelines.understanding.examples import examples_of
from pipelines.understanding.found import MOST, Found, share_words
from pipelines.understanding.options import is_list_of_answers, options_of, yes_of
from pipelines.understanding.proposal import ColumnGuess, Role

_CONTRACT: dict[str, Role] = {
    role.value: role for role in Role if role.value in ("neighbourhood_id", "prototype_id", "tested_on")
}
_CONTRACT |= {role.value: role for role in (Role.PLACE, Role.PLACE_TYPE, Role.CYCLE_NO)}
#: More different answers than this are no list of areas.
MOST_ANSWERS = 8
SEVERAL_PLACES = (
    "It parts the records by neighbourhood or area, and here they are counted together. To count them apart, keep a file "
    "for each, or say in the mapping which column has the prototype's id."
)
_CALENDAR = re.compile(r"^(?:week|wk|month|year|quarter|day)(?: ?(?:no\.?|number|#|of year))?$", re.I)
_COUNTS = re.compile(r"\b(?:how many|how much|number|no\.?|count|people|total|kg|amount)\b|%|£", re.I)


def guess_sheet(columns: Sequence[Column], form: Form | None) -> list[ColumnGuess]:
    """Return a guess for every column of a sheet, in the order of the sheet; items have no word yet."""
    roles = _told_by_form(columns, form)
    find_days(columns, roles)
    for column in columns:
        if column.heading not in roles:
            roles[column.heading] = _guess(column, columns)
    _only_one_each(columns, roles)
    _count_answers(columns, roles)
    return [_told(column, found) for column in columns for found in roles[column.heading]]


def _told_by_form(columns: Sequence[Column], form: Form | None) -> dict[str, list[Found]]:
    roles: dict[str, list[Found]] = {}
    for column in columns:
        told = form.role_of(column.heading) if form else _CONTRACT.get(column.heading.strip().lower())
        if isinstance(told, tuple):
            role, why = told
            roles[column.heading] = [Found(Role(role), why)]
        elif told is not None:
            roles[column.heading] = [Found(told, "The heading is the word of the contract for it.")]
    return roles


def _guess(column: Column, columns: Sequence[Column]) -> list[Found]:
    """Return what a column is that no tool and no day explains; a tick list gives a guess for every option."""
    named = _by_heading(column)
    if named is not None:
        return [named]
    boxes = _boxes(column, columns)
    if boxes is not None:
        return boxes
    numbers = cells.number_share(column)
    if numbers >= MOST or (numbers >= 0.3 and _COUNTS.search(column.words)):
        return _numbers(column, columns, numbers)
    return [_words(column)]


def _by_heading(column: Column) -> Found | None:
    """Return the role that the heading alone decides, where what the cells hold does not speak against it."""
    numbers = cells.number_share(column)
    if personal.is_personal_heading(column.leaf) and numbers < MOST:
        if headings.SENDER.search(column.leaf) and column.place <= 2:
            return Found(
                Role.SENDER,
                "The heading asks who sent the form; it is compared to find doubles and never kept.",
            )
        return Found(Role.PERSONAL, "The heading asks for personal data; nothing of it is kept.")
    if numbers < MOST and headings.PERSON.fullmatch(column.leaf.strip(" :?*.")):
        return Found(Role.PERSONAL, "The heading asks for people by name; nothing of it is kept.")
    if column.personal_share >= 0.3:
        return Found(Role.PERSONAL, "Many cells hold personal data; nothing of it is kept.")
    if headings.SYSTEM.match(column.heading.strip()) or _CALENDAR.match(column.leaf.strip()):
        return Found(
            Role.LEAVE_OUT,
            "The heading is that of a running number or of a system; there is nothing to count.",
        )
    if headings.CYCLE.search(column.leaf) and len(column.counts) <= 40:
        return Found(Role.CYCLE_NO, "The heading speaks of a PDSA cycle.")
    if numbers < MOST and headings.NOTE.search(column.leaf):
        return Found(
            Role.NOTE,
            "The heading asks for a note; it is looked at for what it says of the record, never kept.",
        )
    if not column.counts:
        return Found(Role.LEAVE_OUT, "The column is empty.")
    if cells.holds_times(column):
        return Found(Role.LEAVE_OUT, "The cells are times of day; there is nothing to count.")
    if headings.RUNNING.search(column.words) or (
        numbers >= MOST and _may_run(column) and cells.only_rises(column)
    ):
        why = "Its numbers only ever rise, or the heading says so: a running total, not what happened on the day."
        return Found(Role.LEAVE_OUT, why, is_sure=False)
    if headings.LOCALITY.fullmatch(column.leaf.strip(" :?*.")) and 1 < len(column.counts) <= MOST_ANSWERS:
        return Found(Role.LEAVE_OUT, SEVERAL_PLACES, is_sure=False)
    if numbers >= 0.5:
        return None
    return _place_or_member(column)


def _may_run(column: Column) -> bool:
    """Whether a heading leaves it open that its numbers are a running total: it says "total", or nothing that is counted."""
    if re.search(r"\btotal\b", column.words, re.I):
        return True
    says_what = headings.concept_of(column.leaf, column.group) or cells.unit_in(column.words)
    return not says_what and not _COUNTS.search(column.words)


def _place_or_member(column: Column) -> Found | None:
    for role, words in headings.BY_WORDS:
        if role is not Role.CYCLE_NO and words.search(column.leaf) and not headings.TICK.search(column.leaf):
            recurs = len(column.counts) <= max(3, column.n_filled / 2)
            return Found(
                role, _WHY[role] + ("" if recurs else " Hardly any cell comes twice, so please look."), recurs
            )
    return None


_ONE_EACH = (Role.SENDER, Role.PLACE, Role.PLACE_TYPE, Role.CYCLE_NO, Role.MEMBER, Role.SOURCE)
_NO_SOURCE = (
    "It says which group it was; that is needed only where another column says where things came from."
)
_WHY = {
    Role.PLACE_TYPE: "The heading asks for a kind of place.",
    Role.PLACE: "The heading asks where it was.",
    Role.SOURCE: "The heading asks where it came from.",
    Role.MEMBER: "The heading asks which group it was.",
}


def _boxes(column: Column, columns: Sequence[Column]) -> list[Found] | None:
    """Return a guess for every option of a tick list; none of a summary whose options have columns of their own."""
    if any(other.heading.startswith(f"{column.heading}/") for other in columns):
        return [Found(Role.LEAVE_OUT, "Each of its options has a column of its own.")]
    if cells.number_share(column) >= 0.5:
        return None
    yes = yes_of(column)
    if yes is not None:
        why = "The cells say yes or no: 1 where they say yes, 0 where they say no."
        return [Found(Role.ITEM, why, is_sure=False, option=yes)]
    options = options_of(column)
    if not options:
        return None
    why = "The cells list answers that come again; 1 where this one was ticked, 0 where only others were."
    return [Found(Role.ITEM, why, is_sure=len(options) > 1, option=option) for option in options]


def _is_box(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column is one option of a question that has a column of its own, as form tools write them."""
    return set(column.counts) <= {"0", "1", "TRUE", "FALSE"} and any(
        other.heading == column.group_of_options for other in columns
    )


def _numbers(column: Column, columns: Sequence[Column], share: float) -> list[Found]:
    if _is_box(column, columns):
        return [
            Found(
                Role.ITEM,
                f'One of the answers to "{column.group_of_options}": 1 where it was ticked, else 0.',
            )
        ]
    two = cells.pairs(column)
    if two is not None and two[0] != "score":
        is_pressure = two[0] == "blood pressure"
        ask = Ask("measurement", "mmHg") if is_pressure else Ask("count")
        words = "a blood pressure, upper and lower" if is_pressure else "a part and a whole"
        why = f"The cells hold two numbers, {words}; this is the {{}} one."
        return [
            Found(Role.ITEM, why.format(part), is_pressure, replace(ask, part=part))
            for part in ("first", "second")
        ]
    ask, why = cells.ask_of(column)
    is_sure = (
        share >= 0.85
        and ask.amount != "share"
        and bool(
            _COUNTS.search(column.words)
            or headings.concept_of(column.leaf, column.group)
            or ask.unit
            or ask.out_of
        )
    )
    return [Found(Role.ITEM, f"{share_words(share)} hold a number; {why}.".capitalize(), is_sure, ask)]


def _words(column: Column) -> Found:
    lengths = sum(len(cell) * n for cell, n in column.counts.items()) / column.n_filled
    if lengths > 25 or len(column.counts) > max(12, column.n_filled / 2):
        return Found(
            Role.NOTE, "The cells are free text; it is looked at for what it says of the record, never kept."
        )
    return Found(
        Role.LEAVE_OUT, "The cells are words, not numbers. To count an answer, name it as a ticked option."
    )


def _only_one_each(columns: Sequence[Column], roles: dict[str, list[Found]]) -> None:
    """Leave one column a role where a role can have one only; and no member where nothing says where things came from."""
    having = {role: [c for c in columns if roles[c.heading][0].role is role] for role in _ONE_EACH}
    if not having[Role.SOURCE]:
        for column in having.pop(Role.MEMBER):
            is_place = bool(headings.PLACE.search(column.leaf)) and not having[Role.PLACE]
            roles[column.heading] = [
                Found(Role.PLACE, _WHY[Role.PLACE]) if is_place else Found(Role.LEAVE_OUT, _NO_SOURCE)
            ]
            having[Role.PLACE] += [column] if is_place else []
    for role, found in having.items():
        for column in found[1:]:
            kept = Role.PERSONAL if role is Role.SENDER else Role.LEAVE_OUT
            why = f'"{found[0].leaf}" is taken for that already.'
            roles[column.heading] = [Found(kept, why, is_sure=False)]


def _count_answers(columns: Sequence[Column], roles: dict[str, list[Found]]) -> None:
    """Where a sheet has days and no numbers (a row a call), count the answers of its first short list of answers."""
    every = [found.role for one in roles.values() for found in one]
    if Role.TESTED_ON not in every or Role.ITEM in every:
        return
    for column in columns:
        is_open = roles[column.heading][0].role in (Role.LEAVE_OUT, Role.NOTE) and not column.personal_share
        if is_open and headings.LOCALITY.fullmatch(column.leaf) is None and is_list_of_answers(column):
            why = "Each row is one record and says one of a few answers; 1 where it says this one, else 0."
            roles[column.heading] = [
                Found(Role.ITEM, why, is_sure=False, option=answer) for answer in column.counts
            ]
            return


def _told(column: Column, found: Found) -> ColumnGuess:
    return ColumnGuess(
        column.sheet,
        column.heading,
        found.role,
        None,
        found.ask,
        found.option,
        (found.option,) if found.option else examples_of(column, found.role),
        found.why,
        found.is_sure,
    )
