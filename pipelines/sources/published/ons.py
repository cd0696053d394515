"""Published figures of areas: CSVs of the ONS service "Explore Local Statistics".

Columns are found by name, since their order differs from file to file. A period is an ISO interval, e.g.
``2022-01-01/P3Y``: three years from 2022. The sex, where there is one, is part of the indicator's name. The JSON of the
same name that the service gives beside a CSV carries the day of release.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.sources.published.figures import LongForm, make_values, read_parts
from pipelines.sources.published.publication import Asked, Publication, Reader
from pipelines.sources.tables import LocalityValue

SOURCE = "Office for National Statistics, Explore Local Statistics"

FORM = LongForm(
    SOURCE,
    {
        "area_code": "areacd",
        "area_name": "areanm",
        "geography": "geography",
        "indicator": "indicator",
        "period_published": "period",
        "value": "observation",
        "lower_95": "lci_95",
        "upper_95": "uci_95",
        "unit": "unit",
        "note": "notes",
    },
)

_SEX = re.compile(r"\b(female|male)s?\b", re.I)


def read_ons(publication: Publication, asked: Asked) -> Sequence[LocalityValue]:
    """Return the figures of a file of Explore Local Statistics."""
    parts = read_parts(publication, FORM)
    parts.sex = [sex_in(indicator or "") for indicator in parts.texts["indicator"]]
    marks = publication.texts("status")
    parts.texts["note"] = [
        "; ".join(filter(None, (f"status {mark}" if mark else "", note))) or None
        for mark, note in zip(marks, parts.texts["note"], strict=True)
    ]
    return make_values(publication, asked, FORM, parts)


def sex_in(indicator: str) -> str | None:
    """Return the sex that the name of an indicator speaks of, None where it speaks of none or of both."""
    named = {match.casefold() for match in _SEX.findall(indicator)}
    return named.pop() if len(named) == 1 else None


READER = Reader(
    "ONS Explore Local Statistics",
    frozenset(("areacd", "areanm", "indicator", "period", "observation")),
    read_ons,
    by_block=True,
)
