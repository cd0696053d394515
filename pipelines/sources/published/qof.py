"""Quality and Outcomes Framework: the year of its files, and how many patients are on each register.

No line says which year it is: that comes from the file's name (``_2324``) or the JSON beside it, and is told.

Unproven on a download: the prevalence file could not be had, its columns are those of public code that reads it. The
lists (`qof_lists`) are real files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.sources.published.drifting import DriftingNames
from pipelines.sources.published.figure_cells import Figure, FigureState
from pipelines.sources.published.figure_periods import Span, read_span
from pipelines.sources.published.figures import LongForm, make_values, read_parts
from pipelines.sources.published.publication import Asked, Publication, Reader
from pipelines.sources.tables import LocalityValue

SOURCE = "NHS England, Quality and Outcomes Framework"

GEOGRAPHY = "General practice"

PREVALENCE = DriftingNames(
    {
        "practice_code": ("practicecode", "orgcode"),
        "group_code": ("groupcode", "indicatorgroupcode"),
        "register": ("register", "diseaseregistersize", "registersize"),
        "list_type": ("patientlisttype",),
        "list_size": ("practicelistsize", "patientlistsize", "listsize"),
    },
    frozenset(("practice_code", "group_code", "register", "list_size")),
)

_YEAR = re.compile(r"(?<!\d)(?:20)?(\d{2})[-_ ]?(\d{2})(?!\d)", re.ASCII)


def qof_year(publication: Publication) -> str | None:
    """Return the year of a file, e.g. ``2023/24``: from the JSON beside it, else from its name; None where neither says.

    A year taken from the name is told.
    """
    told = publication.origin.told.get("period", "")
    if read_span(told):
        return told
    for first, then in _YEAR.findall(publication.stem):
        if int(then) == (int(first) + 1) % 100:
            year = f"20{first}/{then}"
            publication.tell(
                None, None, None, f"No line says its year; {year} is taken from the name of the file."
            )
            return year
    return None


def year_or_refuse(publication: Publication) -> tuple[str, Span] | None:
    """Return the year and its days; where nothing says it, every line is refused, and told with the cure."""
    year = qof_year(publication)
    span = read_span(year or "")
    if year is None or span is None:
        reason = (
            "Neither the lines nor the name of the file say which year it is. Keep the year in the name (…_2324.csv), or "
            'write {"period": "2023/24"} into a .json of the same name beside it.'
        )
        publication.refuse(publication.open_rows(), None, reason)
        return None
    return year, span


PREVALENCE_FORM = LongForm(
    SOURCE,
    {
        "area_code": "practice_code",
        "indicator_id": "group_code",
        "indicator": "group_code",
        "age": "list_type",
        "value": "register",
        "count": "register",
        "denominator": "list_size",
    },
)


def read_prevalence(publication: Publication, asked: Asked) -> Sequence[LocalityValue]:
    """Return what share of each practice's patients is on each register, with register and list size."""
    PREVALENCE.rename(publication)
    year = year_or_refuse(publication)
    if year is None:
        return ()
    parts = read_parts(publication, PREVALENCE_FORM)
    n_rows = publication.n_rows
    parts.texts |= {
        "geography": [GEOGRAPHY] * n_rows,
        "unit": ["%"] * n_rows,
        "period_published": [year[0]] * n_rows,
        "area_name": [name_of(asked, code or "") for code in parts.texts["area_code"]],
        "indicator": [code and f"{code} prevalence" for code in parts.texts["indicator_id"]],
    }
    parts.span = [year[1]] * n_rows
    parts.value = [
        share_of(register, size)
        for register, size in zip(parts.numbers["count"], parts.numbers["denominator"], strict=True)
    ]
    return make_values(publication, asked, PREVALENCE_FORM, parts)


def share_of(part: Figure, whole: Figure) -> Figure:
    """Return a share in per cent; where one of the two is not there, the share is not there for the same reason."""
    for figure in (part, whole):
        if figure.value is None:
            return figure
    if not whole.value:
        return Figure(None, FigureState.MISSING, "0")
    return Figure(100 * (part.value or 0.0) / whole.value, FigureState.OK)


def name_of(asked: Asked, code: str) -> str:
    """Return the name of a practice, its code where no list names it."""
    return (asked.practices or {}).get(code, code)


READER = Reader("QOF prevalence", PREVALENCE.needed, read_prevalence, knows=PREVALENCE.know, by_block=True)
