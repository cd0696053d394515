"""QOF achievement: a line a practice, indicator and measure, millions of them for England.

It is read by columns, and only the practices that the data folder speaks of are kept. From numerator N, denominator D and
personalised care adjustments P (patients set aside for a recorded reason, not in D) come two shares, each named for what
it is: 100 N / D leaves them out, 100 N / (D + P) counts them as patients who were not reached.

Unproven on a download: no such file could be had. Columns and words of measures are those of public code that reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.sources.cells.types import MAX_ROWS
from pipelines.sources.published.drifting import DriftingNames
from pipelines.sources.published.figure_cells import Figure, FigureState, read_figure
from pipelines.sources.published.figure_periods import Span
from pipelines.sources.published.figures import count_once
from pipelines.sources.published.publication import (
    MOST_ROWS,
    NOT_ASKED_FOR,
    TOO_MANY_ROWS,
    Asked,
    Publication,
    Reader,
)
from pipelines.sources.published.qof import GEOGRAPHY, SOURCE, name_of, share_of, year_or_refuse
from pipelines.sources.tables import LocalityValue

ACHIEVEMENT = DriftingNames(
    {
        "practice_code": ("practicecode", "orgcode"),
        "indicator_code": ("indicatorcode", "indicator"),
        "measure": ("measure",),
        "value": ("value",),
    },
    frozenset(("practice_code", "indicator_code", "measure", "value")),
)

#: What a measure of the achievement file is called, by the names it has borne.
MEASURES = {
    "NUMERATOR": "numerator",
    "DENOMINATOR": "denominator",
    "REGISTER": "register",
    "NEWLY_DIAGNOSED": "newly diagnosed",
    "ACHIEVED_POINTS": "points",
    "ACHIEVEDPOINTS": "points",
    "PCAS": "adjustments",
    "PCA": "adjustments",
    "EXCEPTIONS": "adjustments",
}

LEFT_OUT = "personalised care adjustments left out"
COUNTED_IN = "personalised care adjustments counted in"


def read_achievement(publication: Publication, asked: Asked) -> Sequence[LocalityValue]:
    """Return the shares, registers and points of each practice asked for."""
    ACHIEVEMENT.rename(publication)
    year = year_or_refuse(publication)
    if year is None:
        return ()
    _set_others_aside(publication, asked)
    if len(publication.open_rows()) > MOST_ROWS:
        publication.refuse_whole(TOO_MANY_ROWS)
        return ()
    cells = _Cells(publication, year[0])
    return [
        value
        for key, rows in cells.by_indicator().items()
        for value in _values(publication, asked, year, key, rows)
    ]


def _set_others_aside(publication: Publication, asked: Asked) -> None:
    """Set other practices aside by whole columns, before anything else is read."""
    encoded = publication.columns["practice_code"].dictionary_encode()
    wanted = np.array([asked.keeps(code) for code in encoded.dictionary.to_pylist()], dtype=bool)
    if len(wanted):
        others = np.flatnonzero(~wanted[encoded.indices.to_numpy()])
        publication.set_aside(others, NOT_ASKED_FOR)


class _Cells:
    """The lines of the practices kept: each gets its fate, the sound ones are gathered by practice and indicator."""

    def __init__(self, publication: Publication, year: str):
        self.publication = publication
        self.rows = publication.open_rows()
        self.practice, self.indicator, measure, value = (
            publication.taken(name, self.rows)
            for name in ("practice_code", "indicator_code", "measure", "value")
        )
        self.measure = [MEASURES.get(word.upper().replace(" ", "_")) for word in measure]
        self.figure = [read_figure(text) for text in value]
        self._refuse()
        about = {
            row: (self.practice[at], self.indicator[at], self.measure[at], year)
            for at, row in enumerate(self.rows)
        }
        figures = dict(zip(self.rows, self.figure, strict=True))
        stand = count_once(
            publication, about, figures, "that give again what an earlier line gives.", "value"
        )
        publication.load(stand)
        self.stand = frozenset(stand)

    def _refuse(self) -> None:
        publication, there = self.publication, range(len(self.rows))
        empty = [self.rows[at] for at in there if not self.practice[at] or not self.indicator[at]]
        publication.refuse(empty, "practice_code", "A figure needs a practice and an indicator.")
        unknown = [self.rows[at] for at in there if self.measure[at] is None]
        words = ", ".join(sorted(set(MEASURES) - {"ACHIEVEDPOINTS", "PCA"}))
        publication.refuse(unknown, "measure", f"This measure is not known. Known are {words}.")
        wrong = [self.rows[at] for at in there if self.figure[at].state == FigureState.UNREADABLE]
        publication.refuse(wrong, "value", "This is neither a figure nor a known mark for a missing one.")

    def by_indicator(self) -> dict[tuple[str, str], dict[str, tuple[Figure, int]]]:
        """Return figure and row of each measure, by practice and indicator."""
        gathered: dict[tuple[str, str], dict[str, tuple[Figure, int]]] = {}
        for at, row in enumerate(self.rows):
            measure = self.measure[at]
            if row in self.stand and measure is not None:
                held = gathered.setdefault((self.practice[at], self.indicator[at]), {})
                held[measure] = (self.figure[at], row)
        return gathered


@dataclass(frozen=True, slots=True)
class _Made:
    """One figure of a practice and indicator, with what it is called and counted in."""

    words: str
    figure: Figure
    unit: str
    count: float | None = None
    denominator: float | None = None


def _values(
    publication: Publication,
    asked: Asked,
    year: tuple[str, Span],
    key: tuple[str, str],
    measures: Mapping[str, tuple[Figure, int]],
) -> list[LocalityValue]:
    """Return the figures of one practice and indicator; each leads back to the first of its lines."""
    line = int(publication.lines[min(row for _, row in measures.values())])
    there = {name: figure for name, (figure, _) in measures.items()}
    return [_value(publication, asked, year, key, line, made) for made in _made(there)]


def _made(there: Mapping[str, Figure]) -> list[_Made]:
    """Return two shares, the register, those newly diagnosed and the points, as far as given."""
    people = [
        _Made(word, there[word], "people", there[word].value)
        for word in ("register", "newly diagnosed")
        if word in there
    ]
    points = [_Made("points", there["points"], "points")] if "points" in there else []
    return [*_shares(there), *people, *points]


def _shares(there: Mapping[str, Figure]) -> list[_Made]:
    part, whole, adjusted = (there.get(name) for name in ("numerator", "denominator", "adjustments"))
    if part is None or whole is None:
        return []
    shares = [_Made(LEFT_OUT, share_of(part, whole), "%", part.value, whole.value)]
    if adjusted is not None:
        wider = _sum(whole, adjusted)
        shares.append(_Made(COUNTED_IN, share_of(part, wider), "%", part.value, wider.value))
    return shares


def _sum(whole: Figure, more: Figure) -> Figure:
    """Return the sum; where one of the two is not there, the sum is not there for the same reason."""
    if whole.value is None or more.value is None:
        return whole if whole.value is None else more
    return Figure(whole.value + more.value, FigureState.OK)


def _value(
    publication: Publication,
    asked: Asked,
    year: tuple[str, Span],
    key: tuple[str, str],
    line: int,
    made: _Made,
) -> LocalityValue:
    (practice, indicator), origin = key, publication.origin
    return LocalityValue(
        area_code=practice,
        area_name=name_of(asked, practice),
        geography=GEOGRAPHY,
        indicator=f"{indicator}, {made.words}",
        period_start=year[1][0],
        period_end=year[1][1],
        value=made.figure.value,
        lower_95=None,
        upper_95=None,
        unit=made.unit,
        source=origin.source or SOURCE,
        released_on=origin.released_on,
        indicator_id=indicator,
        count=made.count,
        denominator=made.denominator,
        period_published=year[0],
        is_suppressed=made.figure.state == FigureState.SUPPRESSED,
        retrieved_on=origin.retrieved_on,
        load_id=publication.load_id,
        line=line,
    )


READER = Reader(
    "QOF achievement", ACHIEVEMENT.needed, read_achievement, knows=ACHIEVEMENT.know, most_lines=MAX_ROWS
)
