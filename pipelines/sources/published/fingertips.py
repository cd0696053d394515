"""OHID Fingertips: the download of 27 columns, its forerunner of 26, and the upload form of its successor with 16.

Columns are found by name: the name of the 23rd changes with the kind of parent area, and the heading has grown over the
years. A file repeats England and the regions once for each parent; rows by category (a tenth by deprivation) stand
beside the plain ones. Area types carry their vintage in their name, e.g. "Counties & UAs (from Apr 2023)".

Unproven on a download: no download of Fingertips could be had. The columns are those of a public test suite and of the
publisher's own source code, the figures of the test file those of ONS. The upload form is a real file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.sources.published.figure_cells import hyphens
from pipelines.sources.published.figure_periods import Span, read_span
from pipelines.sources.published.figures import LongForm, Parts, make_values, read_parts
from pipelines.sources.published.publication import Asked, Publication, Reader
from pipelines.sources.tables import LocalityValue

SOURCE = "Office for Health Improvement and Disparities, Fingertips"


def _decile(text: str) -> str | None:
    return f"decile {text}" if text else None


FORM = LongForm(
    SOURCE,
    {
        "indicator_id": "indicator_id",
        "indicator": "indicator_name",
        "area_code": "area_code",
        "area_name": "area_name",
        "geography": "area_type",
        "sex": "sex",
        "age": "age",
        "category_type": "category_type",
        "category": "category",
        "period_published": "time_period",
        "value": "value",
        "lower_95": "lower_ci_95_0_limit",
        "upper_95": "upper_ci_95_0_limit",
        "count": "count",
        "denominator": "denominator",
        "note": "value_note",
    },
    texts={"age": hyphens},
    repeats="that give an area again: the file lists England and each region once for every parent.",
)

UPLOAD = LongForm(
    SOURCE,
    {
        "area_code": "area_code",
        "value": "value",
        "lower_95": "lower_ci_95",
        "upper_95": "upper_ci_95",
        "count": "count",
        "denominator": "denominator",
        "sex": "sex",
        "category_type": "deprivation_category",
        "category": "deprivation_decile",
        "period_published": "date_from",
    },
    texts={"category": _decile},
)

_SORTABLE = re.compile(r"(\d{4})\d{4}", re.ASCII)
_RANGE = re.compile(r"(\d{1,2})\s*y", re.ASCII)


def read_fingertips(publication: Publication, asked: Asked) -> Sequence[LocalityValue]:
    """Return the figures of a download."""
    parts = read_parts(publication, FORM)
    sortable = publication.each("time_period_sortable", _start_year)
    lengths = publication.each("time_period_range", _years_long)
    _fill_spans(publication, parts, sortable, lengths)
    values = make_values(publication, asked, FORM, parts)
    _compare_starts(publication, parts, sortable)
    return values


def _tell_vintages(publication: Publication, values: Sequence[LocalityValue]) -> None:
    """Tell where a file gives the same areas for more than one vintage of boundaries."""
    kinds: dict[str, set[str]] = {}
    for value in values:
        kinds.setdefault(value.area_code, set()).add(value.geography or "")
    several = sorted({kind for found in kinds.values() if len(found) > 1 for kind in found})
    if several:
        reason = f"The same areas stand under several kinds of area, kept apart by it: {'; '.join(several)}."
        publication.tell(None, "area_type", None, reason)


def _start_year(text: str) -> int | None:
    match = _SORTABLE.fullmatch(text)
    return int(match[1]) if match else None


def _years_long(text: str) -> int | None:
    match = _RANGE.fullmatch(text)
    return int(match[1]) if match else None


def _fill_spans(
    publication: Publication, parts: Parts, starts: Sequence[int | None], lengths: Sequence[int | None]
) -> None:
    """Where the text of a period cannot be read, take its start and length from the columns made for sorting."""
    filled = []
    for row in publication.open_rows():
        start, length = starts[row], lengths[row]
        if parts.span[row] is None and start and length:
            parts.span[row] = read_span(f"{start} - {start + length - 1}")
            filled.append(row)
    publication.note(
        filled, "time_period", "This period could not be read; its years are taken from the last columns."
    )


def _compare_starts(publication: Publication, parts: Parts, starts: Sequence[int | None]) -> None:
    """Tell where the period as written and the column for sorting do not begin in the same year."""
    other = []
    for row, start in enumerate(starts):
        span: Span | None = parts.span[row]
        if span and start and span[0].year != start:
            other.append(row)
    reason = "The column for sorting says another first year. The period was taken as written; compare the publication."
    publication.note(other, "time_period", reason)


def read_upload(publication: Publication, asked: Asked) -> Sequence[LocalityValue]:
    """Return the figures of an upload form, which says neither its indicator nor the names of areas."""
    indicator = publication.origin.told.get("indicator_id")
    if indicator is None:
        reason = (
            "The form does not say which indicator it holds, so it bears the file's name. Write "
            '{"indicator_id": "41101"} into a .json of the same name beside it.'
        )
        publication.tell(None, None, None, reason)
    parts = read_parts(publication, UPLOAD)
    name = publication.origin.told.get("indicator") or indicator or publication.stem
    parts.texts["indicator"] = [name] * publication.n_rows
    parts.texts["indicator_id"] = [indicator] * publication.n_rows
    parts.texts["age"] = _ages(publication)
    _read_upload_periods(publication, parts)
    return make_values(publication, asked, UPLOAD, parts)


def _ages(publication: Publication) -> list[str | None]:
    """Return the band of ages in words of Fingertips: 5-10 yrs, 65+ yrs, up to 40 yrs, All ages."""
    begins, ends = publication.texts("age_from_years_inclusive"), publication.texts("age_to_years_inclusive")
    return [
        f"{begin}-{end} yrs"
        if begin and end
        else f"{begin}+ yrs"
        if begin
        else f"up to {end} yrs"
        if end
        else "All ages"
        for begin, end in zip(begins, ends, strict=True)
    ]


def _read_upload_periods(publication: Publication, parts: Parts) -> None:
    """Put the two dates together; the kind of period is kept, since forms of a year and a quarter may share dates."""
    begins, ends = publication.texts("date_from"), publication.texts("date_to")
    kinds = publication.each("period_type", lambda kind: kind.replace("_", " "))
    parts.span = [read_span(f"{begin}/{end}") for begin, end in zip(begins, ends, strict=True)]
    parts.texts["period_published"] = [
        f"{begin} to {end} {kind}".strip() for begin, end, kind in zip(begins, ends, kinds, strict=True)
    ]


READERS = (
    Reader(
        "Fingertips",
        frozenset(
            ("indicator_id", "indicator_name", "area_code", "area_type", "sex", "age", "time_period", "value")
        ),
        read_fingertips,
        by_block=True,
        finish=_tell_vintages,
    ),
    Reader(
        "Fingertips upload form",
        frozenset(("area_code", "date_from", "date_to", "period_type", "sex", "value", "denominator")),
        read_upload,
        by_block=True,
    ),
)
