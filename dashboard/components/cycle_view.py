"""What the Cycle page shows, gathered once from the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components.wording import date, day, missing, rows_of
from dashboard.figures.numbers import NumberStyle
from dashboard.store import Store


@dataclass(frozen=True)
class CycleView:
    """One cycle: as filed (with the names of its place and measure), as judged, and the values seen during Do."""

    filed: dict[str, Any]
    result: dict[str, Any] | None
    during: list[float]
    style: NumberStyle
    better: str

    @property
    def name(self) -> str:
        """The cycle's name in its prototype."""
        return f"Cycle {self.filed['cycle_no']}" if not missing(self.filed["cycle_no"]) else "Cycle"

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
    def has_prediction(self) -> bool:
        """Whether a range was predicted."""
        return not missing(self.filed["predicted_low"]) and not missing(self.filed["predicted_high"])

    @property
    def is_sealed(self) -> bool:
        """Whether the prediction was sealed before Do, so that it counts towards calibration."""
        return self.result is not None and bool(self.result["is_sealed"])

    def receipt(self) -> list[dict[str, str]]:
        """Return the rows of the receipt: mark, label, words."""
        return [] if self.result is None else list(json.loads(self.result["receipt"]))

    def notes(self) -> list[str]:
        """Return what must be said beside the verdict."""
        text = None if self.result is None else self.result["notes"]
        return (
            [] if missing(text) or text is None else [line for line in str(text).splitlines() if line.strip()]
        )


def choose(cycles: pd.DataFrame) -> str | None:
    """Ask for a cycle, in the order of places and time; the one that began last where the address names none."""
    names = {
        str(row["cycle_id"]): f"{row['neighbourhood']} · {row['prototype_name']} · Cycle {row['cycle_no']}"
        for row in cycles.to_dict("records")
    }
    begun = cycles[cycles["do_start"].notna()]
    latest = None if begun.empty else str(begun.sort_values("do_start", kind="stable")["cycle_id"].iloc[-1])
    left, _ = st.columns((0.6, 0.4))
    with left:
        return context.select("Cycle", "cycle", names, default=latest)


def load_cycle(store: Store, cycles: pd.DataFrame, cycle_id: str) -> CycleView:
    """Return a cycle of `Store.cycles` with its verdict and the values seen during Do."""
    filed = {
        str(key): value for key, value in cycles[cycles["cycle_id"] == cycle_id].iloc[0].to_dict().items()
    }
    result = store.cycle_result(cycle_id)
    measures = {row["measure_id"]: row for row in rows_of(store.measures())}
    measure = measures.get(filed["primary_measure"])
    style = (
        NumberStyle.of("count")
        if measure is None
        else NumberStyle.of_row({"data_kind": measure["kind"], **measure})
    )
    better = "neither" if measure is None else str(measure["better"])
    during = _during(store, result, filed) if result is not None else []
    return CycleView(filed, result, during, style, better)


def _during(store: Store, result: dict[str, Any], filed: dict[str, Any]) -> list[float]:
    """Return the values of the points whose period begins within Do."""
    start, end = date(filed["do_start"]), date(filed["do_end"])
    if start is None or missing(result["series_id"]):
        return []
    points = store.points(str(result["series_id"]))
    points = points[~points["is_hidden"].astype(bool) & points["value"].notna()]
    inside = pd.to_datetime(points["period_start"]) >= pd.Timestamp(start)
    if end is not None:
        inside &= pd.to_datetime(points["period_start"]) <= pd.Timestamp(end)
    return [float(value) for value in points.loc[inside, "value"]]
