"""What the Cycle page shows, gathered once from the store."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components.wording import date, day, missing, rows_of
from dashboard.figures.numbers import NumberStyle
from dashboard.store import Store
from pipelines.vocabulary import Decision

LONDON = ZoneInfo("Europe/London")

Row = dict[str, Any]


class Stand(StrEnum):
    """How far a cycle has come, by the calendar and by what was recorded."""

    NOT_BEGUN = "not begun"
    RUNNING = "running"
    DUE = "due"
    DECIDED = "decided"


def today() -> dt.date:
    """Return the day in London."""
    return dt.datetime.now(LONDON).date()


@dataclass(frozen=True)
class CycleView:
    """One cycle: as filed (with the names of its place and measure), as judged, and what was written about it.

    `during` holds the points of Do, `predictions` every version, `decisions` and `learnings` those recorded, oldest
    first. `following` is the cycle that came after it in the prototype, where there is one; `summary`
    the chart of its measure as it stands.
    """

    filed: Row
    result: Row | None
    points: pd.DataFrame
    style: NumberStyle
    better: str
    predictions: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    learnings: list[Row] = field(default_factory=list)
    dissents: list[Row] = field(default_factory=list)
    second_opinion: Row | None = None
    following: Row | None = None
    summary: Row | None = None
    on: dt.date = field(default_factory=today)

    @property
    def cycle_id(self) -> str:
        """Its id."""
        return str(self.filed["cycle_id"])

    @property
    def name(self) -> str:
        """The cycle's name in its prototype."""
        return cycle_name(self.filed)

    @property
    def question(self) -> str:
        """The question as asked; the name where none was filed."""
        return self.name if missing(self.filed["question"]) else str(self.filed["question"])

    @property
    def dates(self) -> str:
        """First to last day of Do in words."""
        start, end = date(self.filed["do_start"]), date(self.filed["do_end"])
        if start is None:
            return "not started"
        return f"{day(start)} to {day(end, year=True)}" if end else f"since {day(start, year=True)}"

    @property
    def stand(self) -> Stand:
        """How far it has come."""
        start, end = date(self.filed["do_start"]), date(self.filed["do_end"])
        if self.decision not in (None, Decision.CONTINUE):
            return Stand.DECIDED
        if start is None or start > self.on:
            return Stand.NOT_BEGUN
        return Stand.RUNNING if end is None or end >= self.on else Stand.DUE

    @property
    def decision(self) -> str | None:
        """The decision in force, recorded or filed; None before there is one."""
        return None if missing(self.filed["decision"]) else str(self.filed["decision"])

    @property
    def in_force(self) -> Row | None:
        """The recorded decision in force; None where there is none, or it stands in a file only."""
        standing = [row for row in self.decisions if row["is_standing"]]
        return standing[-1] if standing else None

    @property
    def has_prediction(self) -> bool:
        """Whether a range was predicted."""
        return not missing(self.filed["predicted_low"]) and not missing(self.filed["predicted_high"])

    @property
    def scored(self) -> Row | None:
        """The prediction that is held against the result."""
        return next((row for row in self.predictions if row["is_scored_one"]), None)

    @property
    def is_sealed(self) -> bool:
        """Whether the prediction was sealed before Do, so that it counts towards calibration."""
        if self.scored is not None:
            return bool(self.scored["is_sealed"])
        return self.result is not None and bool(self.result["is_sealed"])

    @property
    def during(self) -> list[float]:
        """The values seen during Do."""
        return [float(value) for value in self.points["value"].dropna()] if len(self.points) else []

    def receipt(self) -> list[dict[str, str]]:
        """Return the rows of the receipt: mark, label, words."""
        return [] if self.result is None else list(json.loads(self.result["receipt"]))

    def notes(self) -> list[str]:
        """Return what must be said beside the verdict."""
        text = None if self.result is None else self.result["notes"]
        return (
            [] if missing(text) or text is None else [line for line in str(text).splitlines() if line.strip()]
        )


def cycle_name(filed: Row) -> str:
    """Return the name of a cycle in its prototype."""
    return "Cycle" if missing(filed["cycle_no"]) else f"Cycle {filed['cycle_no']}"


def choose(cycles: pd.DataFrame) -> str | None:
    """Ask for a cycle, in the order of places and time; the one that began last where the address names none."""
    names = {
        str(row["cycle_id"]): f"{row['neighbourhood']} · {row['prototype_name']} · Cycle {row['cycle_no']}"
        for row in cycles.to_dict("records")
    }
    begun = cycles[cycles["do_start"].notna()]
    begun = begun[pd.to_datetime(begun["do_start"]) <= pd.Timestamp(today())]
    latest = None if begun.empty else str(begun.sort_values("do_start", kind="stable")["cycle_id"].iloc[-1])
    left, _ = st.columns((0.6, 0.4))
    with left:
        return context.select("Cycle", "cycle", names, default=latest)


def load_cycle(store: Store, cycles: pd.DataFrame, cycle_id: str) -> CycleView:
    """Return a cycle of `Store.cycles` with its verdict, the points of Do, and what was written about it."""
    filed = _filed(cycles, cycle_id)
    result = store.cycle_result(cycle_id)
    measures = {row["measure_id"]: row for row in rows_of(store.measures())}
    measure = measures.get(filed["primary_measure"])
    return CycleView(
        filed,
        result,
        _during(store, filed),
        style_of(measure),
        "neither" if measure is None else str(measure["better"]),
        rows_of(store.predictions(cycle_id=cycle_id)),
        rows_of(store.decisions_of(cycle_id)),
        rows_of(store.learnings(cycle_id)),
        rows_of(store.dissents(cycle_id)),
        store.second_opinion(cycle_id),
        _following(cycles, filed),
        store.summary(f"{filed['primary_measure']}@{filed['prototype_id']}"),
    )


def style_of(measure: Row | None) -> NumberStyle:
    """Return how a row of the table measure writes its values; a plain count where it is not known."""
    if measure is None:
        return NumberStyle.of("count")
    return NumberStyle.of_row({"data_kind": measure["kind"], **measure})


def _filed(cycles: pd.DataFrame, cycle_id: str) -> Row:
    return rows_of(cycles[cycles["cycle_id"] == cycle_id])[0]


def _following(cycles: pd.DataFrame, filed: Row) -> Row | None:
    """Return the cycle of the same prototype that begins next after this one."""
    start = date(filed["do_start"])
    others = [
        row
        for row in rows_of(cycles[cycles["prototype_id"] == filed["prototype_id"]])
        if row["cycle_id"] != filed["cycle_id"] and not missing(row["do_start"])
    ]
    later = [row for row in others if start is None or _order(row) > _order(filed)]
    return min(later, key=_order, default=None)


def _order(row: Row) -> tuple[dt.date, int, str]:
    number = str(row["cycle_no"])
    return (date(row["do_start"]) or dt.date.min, int(number) if number.isdecimal() else 0, number)


def _during(store: Store, filed: Row) -> pd.DataFrame:
    """Return the points of the primary measure whose period begins within Do; what is held back is left out."""
    start, end = date(filed["do_start"]), date(filed["do_end"])
    if start is None or missing(filed["primary_measure"]):
        return pd.DataFrame()
    points = store.points(f"{filed['primary_measure']}@{filed['prototype_id']}")
    points = points[~points["is_hidden"].astype(bool) & points["value"].notna()]
    inside = pd.to_datetime(points["period_start"]) >= pd.Timestamp(start)
    if end is not None:
        inside &= pd.to_datetime(points["period_start"]) <= pd.Timestamp(end)
    return points[inside].reset_index(drop=True)
