"""Quality and Outcomes Framework: achievement and prevalence of general practices, a year a file.

The achievement file is long: a line a practice, indicator and measure, millions of them for England. It is read by
columns, and only the practices that the data folder speaks of are kept. From numerator N, denominator D and personalised
care adjustments P (patients set aside for a recorded reason, not in D) come two shares, each named for what it is:
100 N / D leaves them out, 100 N / (D + P) counts them as patients who were not reached.

No line says which year it is: that comes from the file's name (``_2324``) or the JSON beside it, and is told.

Unproven on a download: the achievement and prevalence files could not be had, their columns are those of public code that
reads them. The lists (`qof_lists`) are real files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pipelines.sources.drifting import DriftingNames
from pipelines.sources.figure_cells import Figure, FigureState, read_figure
from pipelines.sources.figure_periods import Span, read_span
from pipelines.sources.figures import LongForm, count_once, make_values, read_parts
from pipelines.sources.publication import NOT_ASKED_FOR, Asked, Publication, Reader
from pipelines.sources.tables import LocalityValue

SOURCE = "NHS England, Quality and Outcomes Framework"

GEOGRAPHY = "General practice"

ACHIEVEMENT = DriftingNames(
    {
        "practice_code": ("practicecode", "orgcode"),
        "indicator_code": ("indicatorcode", "indicator"),
        "measure": ("measure",),
        "value": ("value",),
    },
    frozenset(("practice_code", "indicator_code", "measure", "value")),
)

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


def _year_or_refuse(publication: Publication) -> tuple[str, Span] | None:
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


def read_prevalence(publication: Publication, asked: Asked) -> Sequence[LocalityValue]:
    """Return what share of each practice's patients is on each register, with register and list size."""
    PREVALENCE.rename(publication)
    year = _year_or_refuse(publication)
    if year is None:
        return ()
    parts = read_parts(publication, PREVALENCE_FORM)
    n_rows = publication.n_rows
    parts.texts |= {
        "geography": [GEOGRAPHY] * n_rows,
        "unit": ["%"] * n_rows,
        "period_published": [year[0]] * n_rows,
        "area_name": [_name(asked, code or "") for code in parts.texts["area_code"]],
        "indicator": [code and f"{code} prevalence" for code in parts.texts["indicator_id"]],
    }
    parts.span = [year[1]] * n_rows
    parts.value = [
        _share(register, size)
        for register, size in zip(parts.numbers["count"], parts.numbers["denominator"], strict=True)
    ]
    return make_values(publication, asked, PREVALENCE_FORM, parts)


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


def _share(part: Figure, whole: Figure) -> Figure:
    """Return a share in per cent; where one of the two is not there, the share is not there for the same reason."""
    for figure in (part, whole):
        if figure.value is None:
            return figure
    if not whole.value:
        return Figure(None, FigureState.MISSING, "0")
    return Figure(100 * (part.value or 0.0) / whole.value, FigureState.OK)


def _name(asked: Asked, code: str) -> str:
    return (asked.practices or {}).get(code, code)


def read_achievement(publication: Publication, asked: Asked) -> Sequence[LocalityValue]:
    """Return the shares, registers and points of each practice asked for."""
    ACHIEVEMENT.rename(publication)
    year = _year_or_refuse(publication)
    if year is None:
        return ()
    _set_others_aside(publication, asked)
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


def _values(
    publication: Publication,
    asked: Asked,
    year: tuple[str, Span],
    key: tuple[str, str],
    measures: Mapping[str, tuple[Figure, int]],
) -> list[LocalityValue]:
    """Return the figures of one practice and indicator: two shares, the register, the points, as far as given."""
    there = {name: figure for name, (figure, _) in measures.items()}
    first = min(row for _, row in measures.values())
    made: list[tuple[str, Figure, str, float | None, float | None]] = []
    if "numerator" in there and "denominator" in there:
        made += _shares(there)
    made += [
        (word, there[word], unit, there[word].value if unit == "people" else None, None)
        for word, unit in (("register", "people"), ("newly diagnosed", "people"), ("points", "points"))
        if word in there
    ]
    return [_row(publication, asked, year, key, first, *figure) for figure in made]


def _shares(there: Mapping[str, Figure]) -> list[tuple[str, Figure, str, float | None, float | None]]:
    part, whole, adjusted = there["numerator"], there["denominator"], there.get("adjustments")
    shares = [(LEFT_OUT, _share(part, whole), "%", part.value, whole.value)]
    if adjusted is not None:
        wider = whole if adjusted.value is None else _plus(whole, adjusted.value)
        share = _share(part, wider) if adjusted.value is not None else adjusted
        shares.append(
            (COUNTED_IN, share, "%", part.value, wider.value if adjusted.value is not None else None)
        )
    return shares


def _plus(whole: Figure, more: float) -> Figure:
    return whole if whole.value is None else Figure(whole.value + more, FigureState.OK)


def _row(
    publication: Publication,
    asked: Asked,
    year: tuple[str, Span],
    key: tuple[str, str],
    row: int,
    words: str,
    figure: Figure,
    unit: str,
    count: float | None,
    denominator: float | None,
) -> LocalityValue:
    practice, indicator = key
    origin = publication.origin
    fields: dict[str, Any] = {"count": count, "denominator": denominator, "unit": unit}
    return LocalityValue(
        area_code=practice,
        area_name=_name(asked, practice),
        geography=GEOGRAPHY,
        indicator=f"{indicator}, {words}",
        indicator_id=indicator,
        period_start=year[1][0],
        period_end=year[1][1],
        period_published=year[0],
        value=figure.value,
        lower_95=None,
        upper_95=None,
        source=origin.source or SOURCE,
        released_on=origin.released_on,
        retrieved_on=origin.retrieved_on,
        is_suppressed=figure.state == FigureState.SUPPRESSED,
        load_id=publication.load_id,
        line=int(publication.lines[row]),
        **fields,
    )


READERS = (
    Reader("QOF achievement", ACHIEVEMENT.needed, read_achievement, knows=ACHIEVEMENT.know),
    Reader("QOF prevalence", PREVALENCE.needed, read_prevalence, knows=PREVALENCE.know),
)
