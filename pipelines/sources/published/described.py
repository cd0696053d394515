"""What publishers say beside their figures: indicators, categories of people, practices and their networks.

Field names are the column names of `pipelines/sql/schema.sql`, and `TABLE` names the table.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PublishedIndicator:
    """One indicator as its publisher describes it. `better` is up, down, neither or None where not said;
    `points` are what a practice is paid by at most."""

    TABLE: ClassVar[str] = "published_indicator"

    indicator_id: str
    name: str
    unit: str | None
    better: str | None
    group_name: str | None
    people: str | None
    value_type: str | None
    points: float | None
    source: str | None
    updated_on: dt.date | None
    load_id: str
    line: int


@dataclass(frozen=True, slots=True)
class PublishedCategory:
    """One category of people that figures are published by, e.g. a tenth of areas by deprivation."""

    TABLE: ClassVar[str] = "published_category"

    category_type: str
    category: str
    sequence: int | None
    load_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Practice:
    """One general practice and the primary care network that it is in, of one list."""

    TABLE: ClassVar[str] = "practice"

    practice_code: str
    practice_name: str
    pcn_code: str | None
    pcn_name: str | None
    sub_icb_code: str | None
    icb_code: str | None
    year: str | None
    load_id: str
    line: int
