"""What the successor of Fingertips publishes beside its figures: descriptions of indicators, and categories of people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from pipelines.sources.personal import printable
from pipelines.sources.published.described import PublishedCategory, PublishedIndicator
from pipelines.sources.published.figure_cells import kept
from pipelines.sources.published.fingertips import SOURCE
from pipelines.sources.published.publication import Asked, Publication, Reader


def read_indicators(publication: Publication, _: Asked) -> Sequence[PublishedIndicator]:
    """Return the descriptions of indicators that the successor of Fingertips publishes as JSON."""
    ids, names = publication.texts("indicatorid"), publication.each("indicatorname", printable)
    publication.refuse(
        [row for row in publication.open_rows() if not ids[row] or not names[row]],
        "indicatorid",
        "An indicator needs an id and a name.",
    )
    rows = publication.open_rows()
    publication.load(rows)
    units, kinds = publication.each("unitlabel", kept), publication.each("valuetype", kept)
    better, groups = publication.each("polarity", _better), publication.each("datasource", kept)
    updated = publication.each("lastupdateddate", _day)
    return [
        PublishedIndicator(
            ids[row], names[row], units[row], better[row], groups[row], None, kinds[row], None,
            publication.origin.source or SOURCE, updated[row], publication.load_id, int(publication.lines[row]),
        )
        for row in rows
    ]  # fmt: skip


def _better(polarity: str) -> str | None:
    words = polarity.casefold()
    if not words:
        return None
    return "up" if words.startswith("high") else "down" if words.startswith("low") else "neither"


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def read_categories(publication: Publication, _: Asked) -> Sequence[PublishedCategory]:
    """Return the categories that figures are published by, each with its place in its kind."""
    kinds, names = (
        publication.each("categorytypename", printable),
        publication.each("categoryname", printable),
    )
    publication.refuse(
        [row for row in publication.open_rows() if not kinds[row] or not names[row]],
        "categoryname",
        "A category needs a name and a kind.",
    )
    rows = publication.open_rows()
    publication.load(rows)
    places = publication.each(
        "sequence", lambda text: int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
    )
    return [
        PublishedCategory(
            kinds[row], names[row], places[row], publication.load_id, int(publication.lines[row])
        )
        for row in rows
    ]


READERS = (
    Reader(
        "Fingertips indicators",
        frozenset(("indicatorid", "indicatorname", "unitlabel", "polarity", "valuetype")),
        read_indicators,
    ),
    Reader(
        "Fingertips categories", frozenset(("categoryname", "categorytypename", "sequence")), read_categories
    ),
)
