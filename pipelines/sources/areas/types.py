"""Rows about areas: wards, small areas (LSOA), the residents and the deprivation of small areas.

An area is known by its code and the vintage of its boundaries: the year in the name of the published column, e.g. 2024
for ``WD24CD``. Names are for people only, since two wards may bear the same one. Field names are the column names of
`pipelines/sql/schema.sql`, and `TABLE` names the table.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Ward:
    """One ward. The vintages are years of published ward files, both included; None where the end is not known."""

    TABLE: ClassVar[str] = "ward"

    ward_code: str
    name: str
    lad_code: str | None
    first_vintage: int | None
    last_vintage: int | None
    source: str | None
    released_on: dt.date | None
    load_id: str
    line: int

    def is_of(self, vintage: int) -> bool:
        """Whether the ward is among those of a year."""
        after = self.first_vintage is None or self.first_vintage <= vintage
        return after and (self.last_vintage is None or vintage <= self.last_vintage)


@dataclass(frozen=True, slots=True)
class SmallAreaWard:
    """One small area and the ward that it fits best, with the borough; all three with their vintage."""

    TABLE: ClassVar[str] = "small_area_ward"

    lsoa_code: str
    lsoa_vintage: int
    lsoa_name: str | None
    ward_code: str
    ward_vintage: int
    ward_name: str
    lad_code: str | None
    lad_vintage: int | None
    lad_name: str | None
    source: str | None
    released_on: dt.date | None
    load_id: str
    line: int


@dataclass(frozen=True, slots=True)
class SmallAreaChange:
    """What became of a small area of 2011: unchanged U, split S, merged M, or irregular X."""

    TABLE: ClassVar[str] = "small_area_change"

    lsoa11_code: str
    lsoa21_code: str
    change: str
    source: str | None
    released_on: dt.date | None
    load_id: str
    line: int


@dataclass(frozen=True, slots=True)
class SmallAreaResidents:
    """People who live in a small area, as counted or estimated for a day."""

    TABLE: ClassVar[str] = "small_area_residents"

    lsoa_code: str
    lsoa_vintage: int
    counted_on: dt.date
    residents: int
    source: str | None
    released_on: dt.date | None
    load_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Deprivation:
    """How deprived a small area is in one domain (``imd`` is all of them together) of one edition.

    Decile 1 and rank 1 are the most deprived. A score has no unit of its own, and may be negative.
    """

    TABLE: ClassVar[str] = "deprivation"

    edition: int
    lsoa_code: str
    lsoa_vintage: int
    domain: str
    score: float | None
    rank: int | None
    decile: int | None
    source: str | None
    released_on: dt.date | None
    load_id: str
    line: int


@dataclass(frozen=True, slots=True)
class NeighbourhoodWard:
    """One ward of a neighbourhood as written; without a code there is a reason."""

    TABLE: ClassVar[str] = "neighbourhood_ward"

    neighbourhood_id: str
    written: str
    ward_code: str | None
    name: str | None
    reason: str | None
