"""The English indices of deprivation, editions 2019 (small areas of 2011) and 2025 (small areas of 2021).

Read from the official file with its long headings or from a table with short ones (``IMD_decile``). In both, rank 1 and
decile 1 are the most deprived, a higher score is more deprived, and scores of some domains go below zero.
Source: Ministry of Housing, Communities and Local Government,
https://www.gov.uk/government/collections/english-indices-of-deprivation
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipelines.sources.areas.area_columns import BOROUGH, SMALL_AREA, AreaColumn, numbers
from pipelines.sources.areas.types import Deprivation
from pipelines.sources.published.publication import Publication

SOURCE = "Ministry of Housing (MHCLG), English indices of deprivation"


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: the vintages it is published on, how many small areas it ranks, and its day of release."""

    year: int
    lsoa_vintage: int
    lad_vintage: int
    n_areas: int
    released_on: dt.date


EDITIONS = (
    Edition(2019, 2011, 2019, 32_844, dt.date(2019, 9, 26)),
    Edition(2025, 2021, 2024, 33_755, dt.date(2025, 10, 30)),
)

#: How a domain's headings begin.
_DOMAINS = {
    "imd": "imd",
    "index_of_multiple_deprivation_imd": "imd",
    "income": "income",
    "employment": "employment",
    "education": "education",
    "education_skills_and_training": "education",
    "health": "health",
    "health_deprivation_and_disability": "health",
    "crime": "crime",
    "housing_and_access": "housing",
    "housing_and_services": "housing",
    "barriers_to_housing_and_services": "housing",
    "environment": "environment",
    "living_environment": "environment",
    "income_deprivation_affecting_children_index_idaci": "idaci",
    "income_deprivation_affecting_older_people_idaopi": "idaopi",
    "income_deprivation_affecting_older_people_index_idaopi": "idaopi",
}
_FIGURE = re.compile(r"(?P<domain>[a-z_]+?)_(?P<what>score|rank|decile)(?:_rate)?(?:_where_1_is_.*)?")

#: Tenths that a decile may lie from its rank's own: the published tenths are not quite equal.
_SLACK = 1.0


def find_figures(headings: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the heading of each figure (score, rank, decile) by domain; domains that are not known are left out."""
    found: dict[str, dict[str, str]] = {}
    for heading in headings:
        figure = _FIGURE.fullmatch(heading)
        if figure and (domain := _DOMAINS.get(figure["domain"])):
            found.setdefault(domain, {}).setdefault(figure["what"], heading)
    return found


def edition_of(areas: Collection[AreaColumn], told: str | None = None) -> Edition | None:
    """Return the edition that a table's area columns belong to.

    Two editions stand on the areas of 2011 (2015 and 2019), so the borough's vintage decides where it is given, or what
    the JSON beside the table says (`told`); a table that says neither is taken for the edition known here.
    """
    small = {column.vintage for column in areas if column.kind == SMALL_AREA}
    boroughs = {column.vintage for column in areas if column.kind == BOROUGH}
    for edition in EDITIONS:
        fits = small == {edition.lsoa_vintage} and (not boroughs or edition.lad_vintage in boroughs)
        if fits and told in (None, str(edition.year)):
            return edition
    return None


def refuse_unknown_edition(publication: Publication, areas: Collection[AreaColumn]) -> None:
    """Refuse every line of an edition that is not known, and say so where the edition had to be presumed."""
    if not find_figures(publication.columns) or not any(column.kind == SMALL_AREA for column in areas):
        return
    told = publication.origin.told.get("edition")
    edition = edition_of(areas, told)
    if edition is None:
        known = " and ".join(str(one.year) for one in EDITIONS)
        publication.refuse(
            publication.open_rows(),
            None,
            f"The vintages of these areas belong to no edition of the indices that is known here ({known}).",
        )
    elif told is None and not any(column.kind == BOROUGH for column in areas):
        words = f"The headings do not name the edition. Small areas of {edition.lsoa_vintage}: taken for {edition.year}."
        publication.tell(None, None, None, words)


def read_deprivation(
    publication: Publication, areas: Sequence[AreaColumn], rows: Sequence[int]
) -> list[Deprivation]:
    """Return the figures of the rows, one row a small area and domain; none where the table has none, or no edition."""
    edition = edition_of(areas, publication.origin.told.get("edition"))
    if edition is None:
        return []
    headed = find_figures(publication.columns)
    return [
        one
        for domain, named in headed.items()
        for one in _domain(publication, areas, rows, edition, domain, named)
    ]


def _domain(
    publication: Publication,
    areas: Sequence[AreaColumn],
    rows: Sequence[int],
    edition: Edition,
    domain: str,
    named: dict[str, str],
) -> list[Deprivation]:
    scores = numbers(publication, named.get("score", ""), rows)
    ranks = _whole(publication, named.get("rank", ""), rows, edition.n_areas)
    deciles = _whole(publication, named.get("decile", ""), rows, 10)
    for row in _contradicted(publication, named.get("decile"), ranks, deciles, edition):
        del deciles[row]
    code = next(column.code for column in areas if column.kind == SMALL_AREA)
    codes, origin = publication.texts(code), publication.origin
    return [
        Deprivation(
            edition.year,
            codes[row],
            edition.lsoa_vintage,
            domain,
            scores.get(row),
            ranks.get(row),
            deciles.get(row),
            origin.source or SOURCE,
            origin.released_on or edition.released_on,
            publication.load_id,
            int(publication.lines[row]),
        )
        for row in rows
        if row in scores or row in ranks or row in deciles
    ]


def _whole(publication: Publication, heading: str, rows: Sequence[int], most: int) -> dict[int, int]:
    """Return whole numbers from 1 to `most`; anything else is left out with the reason."""
    reason = f"This is not a whole number from 1 to {most:,}. Compare it with the publication."
    found = numbers(
        publication, heading, rows, reason, lambda value: value == int(value) and 1 <= value <= most
    )
    return {row: int(value) for row, value in found.items()}


def _contradicted(
    publication: Publication,
    heading: str | None,
    ranks: dict[int, int],
    deciles: dict[int, int],
    edition: Edition,
) -> list[int]:
    """Return, and tell, rows whose decile their rank contradicts: such a file may count from the other end."""
    rows = []
    for row, decile in deciles.items():
        tenth = 10 * ranks[row] / edition.n_areas if row in ranks else decile
        if not tenth - _SLACK <= decile <= tenth + 1 + _SLACK:
            rows.append(row)
    reason = (
        f"Rank and decile contradict each other (of {edition.n_areas:,} areas, rank 1 and decile 1 are the most "
        "deprived). Does this file count from the other end?"
    )
    publication.missing(rows, heading or "", reason)
    return rows
