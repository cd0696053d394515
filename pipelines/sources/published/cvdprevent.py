"""CVDPREVENT, the audit of heart disease and stroke in general practice: raw data of one indicator, JSON or CSV.

"To March 2025" is the state on that day; "Apr 2024 - Mar 2025" are outcomes of a year. Everybody is the category "Sex",
"Persons"; age bands, fifths by deprivation and ethnic groups are rows by category. A figure that is not there (empty,
``*``, a dash) is held back, with the publisher's note where one is given.

Unproven on a download: the fields are those of two public clients of the service, the CSV is taken to have the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.sources.published.drifting import DriftingNames
from pipelines.sources.published.figure_cells import hyphens, read_figure, read_figure_or_suppressed
from pipelines.sources.published.figures import LongForm, Parts, make_values, read_parts
from pipelines.sources.published.publication import PCN, PRACTICE, Asked, Publication, Reader
from pipelines.sources.tables import LocalityValue

SOURCE = "CVDPREVENT, NHS England"

NAMES = DriftingNames(
    {
        "area_code": ("areacode",),
        "area_ods_code": ("areaodscode",),
        "area_name": ("areaname",),
        "system_level": ("systemlevelname",),
        "indicator_code": ("indicatorcode",),
        "indicator_name": ("indicatorname", "indicatorshortname"),
        "category_type": ("metriccategorytypename",),
        "category": ("metriccategoryname",),
        "category_attribute": ("categoryattribute",),
        "time_period": ("timeperiodname",),
        "value": ("value",),
        "value_note": ("valuenote",),
        "lower": ("lowerconfidencelimit",),
        "upper": ("upperconfidencelimit",),
        "numerator": ("numerator",),
        "denominator": ("denominator",),
        "factor": ("factor",),
    },
    frozenset(("area_code", "indicator_code", "category_type", "category", "time_period", "value")),
)


def unit_of(factor: str) -> str | None:
    """Return the unit that a factor means: 100 is per cent, 100000 is per 100,000.

    >>> unit_of("100000")
    'per 100,000'
    """
    number = read_figure(factor).value
    if number is None or number <= 1:
        return None
    return "%" if number == 100 else f"per {number:,.0f}"


FORM = LongForm(
    SOURCE,
    {
        "area_code": "area_code",
        "area_name": "area_name",
        "geography": "system_level",
        "indicator_id": "indicator_code",
        "indicator": "indicator_name",
        "sex": "category_attribute",
        "category_type": "category_type",
        "category": "category",
        "period_published": "time_period",
        "value": "value",
        "lower_95": "lower",
        "upper_95": "upper",
        "count": "numerator",
        "denominator": "denominator",
        "unit": "factor",
        "note": "value_note",
    },
    read_value=read_figure_or_suppressed,
    texts={"category": hyphens, "unit": unit_of},
)


def read_cvdprevent(publication: Publication, asked: Asked) -> Sequence[LocalityValue]:
    """Return the figures of one raw file."""
    NAMES.rename(publication)
    parts = read_parts(publication, FORM)
    _put_codes(publication, parts)
    parts.texts["indicator"] = [
        name or code for name, code in zip(parts.texts["indicator"], parts.texts["indicator_id"], strict=True)
    ]
    _sort_categories(parts)
    return make_values(publication, asked, FORM, parts)


def _put_codes(publication: Publication, parts: Parts) -> None:
    """Know practices and networks by the code of the NHS, where the file gives both codes; name the kind of area."""
    ods = publication.texts("area_ods_code")
    codes = [
        second if _kind(second) else first
        for first, second in zip(parts.texts["area_code"], ods, strict=True)
    ]
    parts.texts["area_code"] = codes
    parts.texts["geography"] = [
        kind or _kind(code or "") for kind, code in zip(parts.texts["geography"], codes, strict=True)
    ]


def _kind(code: str) -> str | None:
    return "Primary care network" if PCN.match(code) else "General practice" if PRACTICE.match(code) else None


def _sort_categories(parts: Parts) -> None:
    """Make rows of a sex plain ones, and keep a band of ages also as the age."""
    kinds, names = parts.texts["category_type"], parts.texts["category"]
    for row, (kind, name) in enumerate(zip(kinds, names, strict=True)):
        word = (kind or "").casefold()
        if word == "sex":
            parts.sex[row] = (name or "").casefold() or parts.sex[row]
            kinds[row] = names[row] = None
        elif word.startswith("age"):
            parts.texts["age"][row] = name


READER = Reader("CVDPREVENT", NAMES.needed, read_cvdprevent, knows=NAMES.know, by_block=True)
