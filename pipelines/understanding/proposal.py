"""What understanding a file hands over: a mapping, and for every column a guess with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.sources.logs.mapping import Mapping
    from pipelines.sources.written.date_order import DateOrder
    from pipelines.sources.written.values import Ask


#: Stands for a prototype that is not there yet, until keeping an upload gives it its id.
NEW_PROTOTYPE = "this_prototype"


class Role(StrEnum):
    """What a column may be to a test log."""

    TESTED_ON = "tested_on"
    SUBMITTED_AT = "submitted_at"
    SENDER = "sender"
    PLACE = "place"
    PLACE_TYPE = "place_type"
    CYCLE_NO = "cycle_no"
    MEMBER = "member"
    SOURCE = "source"
    NEIGHBOURHOOD = "neighbourhood_id"
    PROTOTYPE = "prototype_id"
    ITEM = "item"
    PERSONAL = "personal"
    NOTE = "note"
    LEAVE_OUT = "leave out"


#: The roles in words for a person who chooses.
ROLES: dict[str, str] = {
    Role.TESTED_ON: "the day of the session",
    Role.SUBMITTED_AT: "when the form was sent",
    Role.SENDER: "who sent the form (compared to find doubles, never kept)",
    Role.PLACE: "the place",
    Role.PLACE_TYPE: "the kind of place",
    Role.CYCLE_NO: "the number of the PDSA cycle",
    Role.MEMBER: "which group or member",
    Role.SOURCE: "where it came from",
    Role.NEIGHBOURHOOD: "the neighbourhood's id",
    Role.PROTOTYPE: "the prototype's id",
    Role.ITEM: "a number to count or measure",
    Role.PERSONAL: "personal: never kept",
    Role.NOTE: "a note: looked at, never kept",
    Role.LEAVE_OUT: "leave out",
}

#: Roles of which a sheet has one column at most; each is a key of `Mapping.columns`.
SINGLE = tuple(role for role in Role if role not in (Role.ITEM, Role.PERSONAL, Role.NOTE, Role.LEAVE_OUT))


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column of one sheet was taken for.

    Attributes
    ----------
    sheet
        The sheet's name; None for a text file.
    heading
        The heading as the reader knows it (``Food in: kg``, ``Comments#2``).
    role
        One of `Role`.
    item
        The item's word where the role is `Role.ITEM`, else None.
    ask
        What the cells are said to hold, where the role is `Role.ITEM`.
    option
        The ticked option that this item counts, or None.
    examples
        At most three of the cells, without personal data; none of a personal column.
    why
        The reason for the guess, one sentence.
    is_sure
        Whether a person need not look at it.
    where
        The heading of another column and what it must say for the cell to count, or None.
    """

    sheet: str | None
    heading: str
    role: Role
    item: str | None
    ask: Ask
    option: str | None
    examples: tuple[str, ...]
    why: str
    is_sure: bool
    where: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SheetGuess:
    """One sheet: `heading_line` is its row number (None where no heading was found), `n_rows` the records below."""

    name: str | None
    heading_line: int | None
    n_rows: int
    is_hidden: bool
    is_read: bool
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole reading of a file, for a person to look at and correct.

    Attributes
    ----------
    mapping
        Ready to read with, but for neighbourhood and prototype where nothing in the file or a kept mapping says them.
    columns
        A guess for every column of every sheet that is read; a column of ticked options has one for every option.
    sheets
        Every sheet of the file.
    form
        ``google forms``, ``microsoft forms``, ``kobo``, ``odk``, or None.
    orders
        How dates were taken to be written, with the evidence.
    notes
        What a person should know about the file as a whole: encoding, hidden sheets, totals, carried-down dates.
    matches
        The kept file whose mapping fits these headings, below the data folder; None where there is none.
    shares
        Share, part and whole, by their items' words, where each share of a column is one column divided by another.
    """

    mapping: Mapping
    columns: tuple[ColumnGuess, ...]
    sheets: tuple[SheetGuess, ...]
    form: str | None
    orders: tuple[DateOrder, ...]
    notes: tuple[str, ...]
    matches: str | None
    shares: tuple[tuple[str, str, str], ...] = ()
