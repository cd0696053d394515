"""Lists that come with the Quality and Outcomes Framework: its indicators, and practices with their networks.

The code of the sub-ICB covers the whole of north east London, so practices are known by their network (PCN), never by
that. A list of practices tells which practices the data folder speaks of, so it is read before figures are.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.sources.published.described import Practice, PublishedIndicator
from pipelines.sources.published.drifting import DriftingNames
from pipelines.sources.published.figure_cells import FigureState, kept, read_figure
from pipelines.sources.published.publication import PCN, PRACTICE, Asked, Publication, Reader
from pipelines.sources.published.qof import SOURCE, qof_year

#: What the list of the NHS writes for a practice in no network.
UNALLOCATED = "U"

PRACTICES = DriftingNames(
    {
        "practice_code": ("practicecode", "orgcode"),
        "practice_name": ("practicename", "orgname"),
        "pcn_code": ("pcnodscode", "pcncode"),
        "pcn_name": ("pcnname",),
        "sub_icb_code": ("subicbodscode", "subicblocodscode", "subicbloccode", "ccgodscode", "ccgcode"),
        "icb_code": ("icbodscode", "icbcode", "stpodscode", "stpcode"),
    },
    frozenset(("practice_code", "practice_name", "pcn_code")),
)

INDICATORS = DriftingNames(
    {
        "indicator_code": ("indicatorcode", "indicator"),
        "group_name": ("groupdescription", "indicatorgroupdescription", "groupdesc"),
        "description": ("indicatordescription",),
        "points": ("indicatorpointvalue", "indicatorpoints", "pointvalue"),
        "list_type": ("patientlisttype",),
    },
    frozenset(("indicator_code", "group_name", "points")),
)


def read_practices(publication: Publication, asked: Asked) -> Sequence[Practice]:
    """Return practices with their networks; those of other networks are set aside where some are asked for."""
    PRACTICES.rename(publication)
    codes, networks = publication.texts("practice_code"), publication.each("pcn_code", _code)
    wrong = [row for row in publication.open_rows() if not PRACTICE.fullmatch(codes[row])]
    publication.refuse(wrong, "practice_code", "This is no code of a practice. It is written as F82001.")
    wrong = [row for row in publication.open_rows() if networks[row] and not PCN.fullmatch(networks[row])]
    publication.refuse(
        wrong, "pcn_code", "This is no code of a primary care network. It is written as U11211."
    )
    _set_aside(publication, asked, codes, networks)
    rows = publication.open_rows()
    publication.load(rows)
    return _practices(publication, rows, codes, networks)


def _code(text: str) -> str:
    """Return a code, '' for a mark that there is none."""
    return "" if text == UNALLOCATED or read_figure(text).state == FigureState.MISSING else text


def _set_aside(publication: Publication, asked: Asked, codes: Sequence[str], networks: Sequence[str]) -> None:
    if asked.pcns is not None:
        others = [row for row in publication.open_rows() if networks[row] not in asked.pcns]
        publication.set_aside(others, "practices of networks that this data folder does not speak of.")
    seen: set[str] = set()
    again = []
    for row in publication.open_rows():
        if codes[row] in seen:
            again.append(row)
        seen.add(codes[row])
    publication.refuse(
        again, "practice_code", "An earlier line has this practice. A practice is in one network."
    )


def _practices(
    publication: Publication, rows: Sequence[int], codes: Sequence[str], networks: Sequence[str]
) -> list[Practice]:
    names, network_names = publication.each("practice_name", kept), publication.each("pcn_name", kept)
    sub_icbs, icbs = publication.each("sub_icb_code", kept), publication.each("icb_code", kept)
    year = qof_year(publication)
    return [
        Practice(
            codes[row], names[row] or codes[row], networks[row] or None, network_names[row], sub_icbs[row],
            icbs[row], year, publication.load_id, int(publication.lines[row]),
        )
        for row in rows
    ]  # fmt: skip


def read_indicators(publication: Publication, _: Asked) -> Sequence[PublishedIndicator]:
    """Return the indicators of a year with their group and who is counted."""
    INDICATORS.rename(publication)
    codes, groups = publication.texts("indicator_code"), publication.each("group_name", kept)
    empty = [row for row in publication.open_rows() if not codes[row]]
    publication.refuse(empty, "indicator_code", "An indicator needs a code.")
    rows = publication.open_rows()
    publication.load(rows)
    names = publication.each("description", kept)
    people, points = publication.each("list_type", kept), publication.each("points", read_figure)
    return [
        PublishedIndicator(
            codes[row], names[row] or f"{codes[row]} {groups[row] or ''}".strip(), None, None, groups[row], people[row], None,
            points[row].value, publication.origin.source or SOURCE, None, publication.load_id, int(publication.lines[row]),
        )
        for row in rows
    ]  # fmt: skip


READERS = (
    Reader("list of practices", PRACTICES.needed, read_practices, order=0, knows=PRACTICES.know),
    Reader("QOF indicators", INDICATORS.needed, read_indicators, knows=INDICATORS.know),
)
