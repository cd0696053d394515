"""Tables keyed by area: best-fit lookups of small areas to wards, changes of small areas, residents, ward registers.

One table may hold several of these (a lookup with residents and deprivation beside it); each is read by its own part.
Where the codes and their vintages stand is read from the headings.
Sources: Office for National Statistics, Open Geography Portal, https://geoportal.statistics.gov.uk ; Census 2021, table
TS021; English indices of deprivation (`pipelines.sources.areas.imd`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import Any

from pipelines.sources.areas import imd
from pipelines.sources.areas.area_columns import (
    BOROUGH,
    EXAMPLES,
    SMALL_AREA,
    WARD,
    AreaColumn,
    find_area_columns,
    is_code,
    numbers,
    only,
)
from pipelines.sources.areas.types import SmallAreaChange, SmallAreaResidents, SmallAreaWard, Ward
from pipelines.sources.published.publication import Asked, Publication, Reader

SOURCE = "Office for National Statistics, Open Geography Portal"

#: Census day, and the day on which counts of small areas were released (ONS, ethnic group: Census 2021, table TS021).
CENSUS_DAY, CENSUS_RELEASE = dt.date(2021, 3, 21), dt.date(2022, 11, 29)
CENSUS_SOURCE = "Office for National Statistics, Census 2021"
CENSUS_HEADING = "total_residents"

CHANGES = ("U", "S", "M", "X")

_CHANGE_HEADINGS = ("chgind", "chngind", "change_code")
_MID_YEAR = re.compile(r"total_population_mid_(\d{4})(_.*)?", re.ASCII)
_REGISTER = ("ward_code", "ward_name", "lad_code", "first_vintage", "last_vintage")


def is_area_table(headings: Collection[str]) -> bool:
    """Whether a table with these headings (as `heading_word` leaves them) holds anything that `read_areas` reads."""
    columns = find_area_columns(headings)
    small, ward = only(columns, SMALL_AREA), only(columns, WARD)
    has_figures = bool(imd.find_figures(headings)) or _residents_heading(headings, small) is not None
    return bool(
        set(_REGISTER) <= set(headings)
        or (small and (ward or has_figures))
        or (ward and not small)
        or _change_heading(headings, columns)
    )


def read_areas(publication: Publication, _asked: Asked) -> list[Any]:
    """Give every line of a table of areas its fate and return its rows, of the types in `pipelines.sources.areas.types`.

    A line with a code that is none, or with an area that an earlier line has, is refused. A figure that cannot be read
    is left out with its reason; the rest of the line stands.
    """
    if set(_REGISTER) <= set(publication.columns):
        return _read_register(publication)
    columns = find_area_columns(publication.columns)
    _refuse_codes(publication, columns)
    _refuse_changes(publication, columns)
    imd.refuse_unknown_edition(publication, columns)
    _refuse_doubles(publication, columns)
    rows = publication.open_rows()
    publication.load(rows)
    return [
        *_read_lookup(publication, columns, rows),
        *_read_changes(publication, columns, rows),
        *_read_residents(publication, columns, rows),
        *imd.read_deprivation(publication, columns, rows),
        *_read_wards(publication, columns, rows),
    ]


READER = Reader("tables of areas", frozenset(), read_areas, knows=is_area_table)


def _refuse_codes(publication: Publication, columns: Sequence[AreaColumn]) -> None:
    for column in columns:
        right = publication.each(column.code, lambda text, kind=column.kind: is_code(kind, text))  # type: ignore[misc]
        wrong = [row for row in publication.open_rows() if not right[row]]
        publication.refuse(
            wrong,
            column.code,
            f"This is not the code of such an area. It is written as {EXAMPLES[column.kind]}.",
        )


def _refuse_doubles(publication: Publication, columns: Sequence[AreaColumn]) -> None:
    """Refuse areas that an earlier line has: a best-fit table names each of them once."""
    small = [column.code for column in columns if column.kind == SMALL_AREA]
    keys = list(zip(*(publication.texts(code) for code in small or [columns[0].code]), strict=True))
    seen: set[tuple[str, ...]] = set()
    doubles = []
    for row in publication.open_rows():
        if keys[row] in seen:
            doubles.append(row)
        seen.add(keys[row])
    publication.refuse(doubles, (small or [columns[0].code])[0], "An earlier line has this area.")


def _refuse_changes(publication: Publication, columns: Sequence[AreaColumn]) -> None:
    heading = _change_heading(publication.columns, columns)
    if heading is not None:
        letters = publication.texts(heading)
        wrong = [row for row in publication.open_rows() if letters[row].upper() not in CHANGES]
        publication.refuse(wrong, heading, "This is not a change code. It is U, S, M or X.")


def _read_lookup(
    publication: Publication, columns: Sequence[AreaColumn], rows: Sequence[int]
) -> list[SmallAreaWard]:
    small, ward, borough = (only(columns, kind) for kind in (SMALL_AREA, WARD, BOROUGH))
    if small is None or ward is None:
        return []
    lsoas, lsoa_names = _codes_and_names(publication, small)
    wards, ward_names = _codes_and_names(publication, ward)
    lads, lad_names = _codes_and_names(publication, borough)
    lad_vintage = borough.vintage if borough else None
    return [
        SmallAreaWard(
            lsoas[row],
            small.vintage,
            lsoa_names[row] or None,
            wards[row],
            ward.vintage,
            ward_names[row] or wards[row],
            lads[row] or None,
            lad_vintage,
            lad_names[row] or None,
            *_told(publication, SOURCE, None, row),
        )
        for row in rows
    ]


def _read_changes(
    publication: Publication, columns: Sequence[AreaColumn], rows: Sequence[int]
) -> list[SmallAreaChange]:
    heading = _change_heading(publication.columns, columns)
    if heading is None:
        return []
    old, new = (publication.texts(column.code) for column in columns if column.kind == SMALL_AREA)
    letters = publication.texts(heading)
    return [
        SmallAreaChange(old[row], new[row], letters[row].upper(), *_told(publication, SOURCE, None, row))
        for row in rows
    ]


def _read_residents(
    publication: Publication, columns: Sequence[AreaColumn], rows: Sequence[int]
) -> list[SmallAreaResidents]:
    """Return residents: of Census 2021, or the mid-year estimate that stands beside deprivation."""
    small = only(columns, SMALL_AREA)
    heading = _residents_heading(publication.columns, small)
    if small is None or heading is None:
        return []
    day, source, released_on = CENSUS_DAY, CENSUS_SOURCE, CENSUS_RELEASE
    if estimate := _MID_YEAR.fullmatch(heading):
        edition = imd.edition_of(columns)
        day, source = dt.date(int(estimate[1]), 6, 30), imd.SOURCE
        released_on = edition.released_on if edition else None  # type: ignore[assignment]
    reason = "This is not a number of people. Compare it with the publication."
    people = numbers(publication, heading, rows, reason, lambda value: value >= 0 and value == int(value))
    codes = publication.texts(small.code)
    return [
        SmallAreaResidents(
            codes[row], small.vintage, day, int(count), *_told(publication, source, released_on, row)
        )
        for row, count in people.items()
    ]


def _read_wards(publication: Publication, columns: Sequence[AreaColumn], rows: Sequence[int]) -> list[Ward]:
    """Return the wards of a table that has no small areas: they are known of its year alone."""
    ward, borough = only(columns, WARD), only(columns, BOROUGH)
    if ward is None or any(column.kind == SMALL_AREA for column in columns):
        return []
    codes, names = _codes_and_names(publication, ward)
    lads, _ = _codes_and_names(publication, borough)
    year = ward.vintage
    return [
        Ward(
            codes[row],
            names[row] or codes[row],
            lads[row] or None,
            year,
            year,
            *_told(publication, SOURCE, None, row),
        )
        for row in rows
    ]


def _read_register(publication: Publication) -> list[Ward]:
    """Return the wards of a register: code, name, borough, and the first and last year of each."""
    codes = publication.texts("ward_code")
    wrong = [row for row in publication.open_rows() if not is_code(WARD, codes[row])]
    publication.refuse(
        wrong, "ward_code", f"This is not the code of a ward. It is written as {EXAMPLES[WARD]}."
    )
    rows = publication.open_rows()
    publication.load(rows)
    reason = "This is not a year. Write it in four digits, e.g. 2022."
    first, last = (
        numbers(
            publication, heading, rows, reason, lambda value: value == int(value) and 1900 <= value <= 2100
        )
        for heading in ("first_vintage", "last_vintage")
    )
    names, lads = publication.texts("ward_name"), publication.texts("lad_code")
    return [
        Ward(
            codes[row],
            names[row] or codes[row],
            lads[row] or None,
            int(first[row]) if row in first else None,
            int(last[row]) if row in last else None,
            *_told(publication, SOURCE, None, row),
        )
        for row in rows
    ]


def _change_heading(headings: Collection[str], columns: Sequence[AreaColumn]) -> str | None:
    """Return the heading of the change codes, where a table stands between the small areas of 2011 and 2021."""
    small = [column.vintage for column in columns if column.kind == SMALL_AREA]
    return (
        next((name for name in _CHANGE_HEADINGS if name in headings), None) if small == [2011, 2021] else None
    )


def _residents_heading(headings: Collection[str], small: AreaColumn | None) -> str | None:
    """Return the heading of residents of small areas."""
    if small is None:
        return None
    if small.vintage == CENSUS_DAY.year and CENSUS_HEADING in headings:
        return CENSUS_HEADING
    return next((heading for heading in headings if _MID_YEAR.fullmatch(heading)), None)


def _codes_and_names(publication: Publication, column: AreaColumn | None) -> tuple[list[str], list[str]]:
    if column is None:
        return publication.texts(""), publication.texts("")
    return publication.texts(column.code), publication.texts(column.name or "")


def _told(
    publication: Publication, source: str, released_on: dt.date | None, row: int
) -> tuple[str, dt.date | None, str, int]:
    """Return source, release date, load and line; what lies beside the file says more than the reader knows."""
    origin = publication.origin
    told = (origin.source or source, origin.released_on or released_on)
    return *told, publication.load_id, int(publication.lines[row])
