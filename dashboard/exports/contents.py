"""What a pack holds, asked of the shared mart once; every part of it is written from this and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.components.changes.since import usual_since
from dashboard.components.prototype_view import Chart, load_view
from dashboard.components.wall.cells import Cell, make_cells
from dashboard.components.wall.words import chance_line, headline
from dashboard.components.wording import date, day, missing, rows_of
from dashboard.exports.drawing import PAPER
from dashboard.figures.control_chart import control_chart
from dashboard.store import Store
from dashboard.theme import LIGHT
from pipelines.errors import LearningError
from pipelines.vocabulary import Audience


class PackError(LearningError):
    """A pack that cannot be made: the reason, and what to do."""


@dataclass(frozen=True)
class PackChart:
    """A chart of the pack, with the names of its place and prototype and, where there is one, the meeting's question."""

    place: str
    prototype: str
    chart: Chart
    question: str = ""

    @property
    def series_id(self) -> str:
        """Of the series."""
        return str(self.chart.summary["series_id"])

    @property
    def measure(self) -> str:
        """The measure's name."""
        return str(self.chart.summary["measure_name"])

    @property
    def title(self) -> str:
        """Where and what: ``Creekside, days to follow-up``."""
        name = str(self.chart.summary["short_name"])
        return f"{self.place}, {name if name[1:2].isupper() else name[:1].lower() + name[1:]}"

    @property
    def alt(self) -> str:
        """The alternative text, as on the screen."""
        return self.chart.request.alt(str(self.chart.summary["sentence"]))

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of its points, gaps and hidden places; these last keep no number."""
        return self.chart.request.rows()

    @cached_property
    def figure(self) -> go.Figure:
        """The chart, drawn once for paper and for the page that opens offline."""
        return control_chart(self.chart.request, LIGHT, size=PAPER)

    @property
    def sentence(self) -> str:
        """The chart's sentence."""
        return str(self.chart.summary["sentence"])


@dataclass(frozen=True)
class Contents:
    """Everything that a pack tells.

    Attributes
    ----------
    info
        Facts about the mart.
    until, since
        Last day of the data; the day that the news reaches back to.
    columns, cells
        The wall: its measures, and a cell for each neighbourhood and measure.
    changes
        Rows of change since the day, as a meeting takes them; `is_kept` of a signal that outlasts the number of charts.
    news
        The row of news_since, or None.
    meeting, agreed
        The last meeting and what it agreed; None and nothing where none was held.
    charts
        West to east, each prototype's charts together, cause before effect.
    points, summaries
        Every point and the latest phase of every chart of the mart, also of those that are not drawn.
    names
        The names of place and prototype of every chart, by series_id.
    """

    info: Mapping[str, str]
    until: dt.date
    since: dt.date
    columns: Sequence[Mapping[str, Any]]
    cells: Sequence[Cell]
    changes: Sequence[Mapping[str, Any]]
    news: Mapping[str, Any] | None
    meeting: Mapping[str, Any] | None
    agreed: Sequence[Mapping[str, Any]]
    charts: Sequence[PackChart]
    points: pd.DataFrame
    summaries: pd.DataFrame
    names: pd.DataFrame

    @property
    def made_up(self) -> bool:
        """Whether the mart holds sample data."""
        return self.info.get("made_up") == "true"

    @property
    def title(self) -> str:
        """Of the whole pack."""
        return f"Neighbourhood learning, data until {day(self.until, year=True)}"

    @property
    def headline(self) -> str:
        """The sentence over the wall."""
        return headline(self.cells)

    @property
    def chance(self) -> str:
        """How many charts of the wall signal, and how many chance alone would give."""
        return " ".join(chance_line(self.cells))

    @property
    def since_words(self) -> str:
        """The heading over the news."""
        return f"What changed since {day(self.since, year=True)}"

    @property
    def agreed_words(self) -> str:
        """The heading over what was agreed."""
        if self.meeting is None:
            return "What was agreed"
        return f"What was agreed on {day(self.meeting['held_on'], year=True)}"

    @property
    def basis(self) -> str:
        """What everything rests on: rules with their version, the data, whose copy it is."""
        rules = (
            f"Rules: {self.info.get('rule_set', 'none')}, version {self.info.get('rule_set_version', '0')}"
        )
        version = f"data version {self.info.get('content_hash', 'unknown')}"
        held = f"small numbers held back ({self.info.get('privacy_profile', 'profile unknown')})"
        return f"{rules}. Data until {day(self.until, year=True)}, {version}; {held}."

    def places(self) -> list[tuple[str, list[PackChart]]]:
        """Return the charts by neighbourhood, west to east."""
        return [(name, list(held)) for name, held in groupby(self.charts, key=lambda one: one.place)]


def gather(store: Store, since: dt.date | None = None, measures: Sequence[str] | None = None) -> Contents:
    """Ask the mart for everything that a pack tells.

    Parameters
    ----------
    store
        The shared mart, open.
    since
        The day that the news reaches back to; None: since the last meeting that ended.
    measures
        Ids of the measures whose charts are drawn; None: those marked for the wall. Charts with a question since the day
        are drawn in any case.

    Raises
    ------
    PackError
        Where the mart is not the shared one, or holds no data.
    """
    info = store.info()
    if info.get("audience") != Audience.SHARED:
        raise PackError("A pack is for others: it is made from the shared mart alone, and this is not it.")
    until = date(info.get("data_until"))
    if until is None:
        raise PackError("There is no data yet: a pack needs a chart. Build it: python -m pipelines build")
    since = since or usual_since(store)
    all_measures, summaries = store.measures(), store.summaries()
    columns = _columns(all_measures, measures)
    changes = rows_of(store.changes(since))
    meeting = store.last_meeting()
    drawn = set(columns["measure_id"])
    return Contents(
        info=info,
        until=until,
        since=since,
        columns=rows_of(columns),
        cells=make_cells(store.neighbourhoods(), columns, store.wall(), store.prototypes(), until),
        changes=changes,
        news=store.news_since(since),
        meeting=meeting,
        agreed=rows_of(store.agreed(str(meeting["meeting_id"]))) if meeting else [],
        charts=_charts(store, summaries, drawn, _questions(changes)),
        points=_every_point(store, summaries),
        summaries=summaries,
        names=_names(store, summaries),
    )


def _columns(measures: pd.DataFrame, wanted: Sequence[str] | None) -> pd.DataFrame:
    if wanted is None:
        return measures[measures["wall"].astype(bool)]
    unknown = sorted(set(wanted) - set(measures["measure_id"]))
    if unknown:
        known = ", ".join(measures["measure_id"])
        raise PackError(f"There is no measure {', '.join(unknown)}. There are: {known}.")
    return measures[measures["measure_id"].isin(list(wanted))]


def _questions(changes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the questions of what changed by series; of more than one the first that a meeting takes."""
    asked = [row for row in changes if not (missing(row.get("question")) or missing(row.get("series_id")))]
    return {str(row["series_id"]): str(row["question"]) for row in reversed(asked)}


def _charts(
    store: Store, summaries: pd.DataFrame, drawn: set[str], questions: Mapping[str, str]
) -> list[PackChart]:
    places, prototypes = store.neighbourhoods(), store.prototypes()
    wanted = summaries[summaries["measure_id"].isin(drawn) | summaries["series_id"].isin(list(questions))]
    ids = set(wanted["series_id"])
    charts = []
    for place in rows_of(places):
        for row in rows_of(prototypes[prototypes["neighbourhood_id"] == place["neighbourhood_id"]]):
            if row["prototype_id"] not in set(wanted["prototype_id"]):
                continue
            view = load_view(store, str(row["prototype_id"]), None)
            held = [chart for chart in view.charts if chart.summary["series_id"] in ids]
            charts += [
                PackChart(
                    str(place["name"]), str(row["name"]), chart, questions.get(chart.summary["series_id"], "")
                )
                for chart in held
            ]
    return charts


def _names(store: Store, summaries: pd.DataFrame) -> pd.DataFrame:
    places = store.neighbourhoods()[["neighbourhood_id", "name"]].rename(columns={"name": "neighbourhood"})
    prototypes = store.prototypes()[["prototype_id", "name"]].rename(columns={"name": "prototype"})
    known = summaries[["series_id", "neighbourhood_id", "prototype_id"]]
    return known.merge(places, on="neighbourhood_id").merge(prototypes, on="prototype_id")


def _every_point(store: Store, summaries: pd.DataFrame) -> pd.DataFrame:
    held = store.points_of([str(name) for name in summaries["series_id"]])
    return pd.concat(held.values(), ignore_index=True) if held else pd.DataFrame()
