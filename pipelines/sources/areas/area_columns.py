"""Which columns of a table name areas, and of which vintage: read from the headings, never guessed from the codes.

Three ways of writing are known: the portal's ``LSOA21CD``, the long ``LSOA code (2021)`` of the indices of deprivation,
and ``lsoa21_code`` as packages write it. Headings come as `pipelines.sources.published.publication_text.heading_word` leaves
them: small letters, one underscore between words, so that double spaces and byte order marks are gone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipelines.sources.published.publication import Publication

SMALL_AREA, WARD, BOROUGH = "lsoa", "ward", "lad"

_SHORT = re.compile(r"^(lsoa|wd|ward|lad|ltla)(\d{2})_?(cd|nm|code|name)$", re.ASCII)
_LONG = re.compile(r"^(lsoa|ward|local_authority_district)_(code|name)_(\d{4})$", re.ASCII)

_KINDS = {"wd": WARD, "ltla": BOROUGH, "local_authority_district": BOROUGH}
_PARTS = {"cd": "code", "nm": "name"}

#: What the codes of an area look like, in England and Wales.
_CODES = {
    SMALL_AREA: re.compile(r"[EW]01\d{6}", re.ASCII),
    WARD: re.compile(r"[EW]05\d{6}", re.ASCII),
    BOROUGH: re.compile(r"(E0[6-9]|W06)\d{6}", re.ASCII),
}
EXAMPLES = {SMALL_AREA: "E01000006", WARD: "E05014053", BOROUGH: "E09000002"}

_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,15})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class AreaColumn:
    """The columns of one kind of area: its vintage, the heading of the codes, and of the names where there is one."""

    kind: str
    vintage: int
    code: str
    name: str | None


def find_area_columns(headings: Iterable[str]) -> tuple[AreaColumn, ...]:
    """Return the area columns of a table, the oldest vintage of a kind first; names without codes are no area."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for heading in headings:
        if (read := read_heading(heading)) is not None:
            kind, vintage, part = read
            found.setdefault((kind, vintage), {}).setdefault(part, heading)
    return tuple(
        AreaColumn(kind, vintage, parts["code"], parts.get("name"))
        for (kind, vintage), parts in sorted(found.items())
        if "code" in parts
    )


def read_heading(heading: str) -> tuple[str, int, str] | None:
    """Return the kind of area, the vintage, and 'code' or 'name'; None where the heading names no area.

    >>> read_heading("wd24cd")
    ('ward', 2024, 'code')
    >>> read_heading("local_authority_district_name_2019")
    ('lad', 2019, 'name')
    """
    if short := _SHORT.match(heading):
        kind, year, part = short[1], 2000 + int(short[2]), short[3]
    elif long := _LONG.match(heading):
        kind, part, year = long[1], long[2], int(long[3])
    else:
        return None
    return _KINDS.get(kind, kind), year, _PARTS.get(part, part)


def only(columns: Sequence[AreaColumn], kind: str) -> AreaColumn | None:
    """Return the only column of a kind; with two vintages side by side there is none."""
    found = [column for column in columns if column.kind == kind]
    return found[0] if len(found) == 1 else None


def is_code(kind: str, written: str) -> bool:
    """Whether a text is the code of such an area."""
    return _CODES[kind].fullmatch(written) is not None


def numbers(
    publication: Publication,
    heading: str,
    rows: Sequence[int],
    reason: str = "This is not a number. Compare it with the publication.",
    is_right: Callable[[float], bool] = math.isfinite,
) -> dict[int, float]:
    """Return the numbers of a column by row; what is none, or not right, is left out with the reason, blanks without."""
    read = publication.each(heading, lambda text: _number(text, is_right))
    publication.missing([row for row in rows if read[row] is False], heading, reason)
    return {row: float(value) for row in rows if (value := read[row]) is not None and value is not False}


def _number(text: str, is_right: Callable[[float], bool]) -> float | bool | None:
    """Return a number, None for a blank, False for anything else."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or not is_right(float(text)):
        return False
    return float(text)
