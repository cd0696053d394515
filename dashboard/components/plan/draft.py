"""A cycle as it is being planned: what was answered so far, what is still missing, and the records it becomes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.components.plan.view import Home, Judged
from pipelines.records.kinds import Body, CyclePlanned, PredictionSealed, PrototypeStarted, StageReached
from pipelines.vocabulary import Direction

#: Digits kept of a share that was typed as per cent: 56.5 is 0.565 and not 0.5650000000000001.
SHARE_DIGITS = 10


@dataclass(frozen=True)
class Guess:
    """A prediction as typed, in the measure's stored unit; None where nothing was typed."""

    direction: Direction | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    due: dt.date | None = None
    reason: str = ""

    def missing(self) -> dict[str, str]:
        """Return what must still be said, by field."""
        told = {}
        if self.direction is None:
            told["direction"] = "Say which way you expect it to go."
        if self.value is None:
            told["value"] = "Write the value that you expect."
        if self.low is None or self.high is None:
            told["low"] = "Write both ends of the range that you are 8 in 10 sure of."
        if self.due is None:
            told["predicted_for"] = "Say on which day you look at the result."
        return told or self._out_of_order()

    def _out_of_order(self) -> dict[str, str]:
        value, low, high = self.value or 0.0, self.low or 0.0, self.high or 0.0
        if low >= high:
            return {"low": "The lower end must be below the upper one."}
        if not low <= value <= high:
            return {"value": "The value you expect lies outside its own range. Mend one of the three."}
        return {}

    def record(self, cycle_id: str, measure_id: str) -> PredictionSealed:
        """Return the record; `missing` must be empty."""
        if (
            self.direction is None
            or self.value is None
            or self.low is None
            or self.high is None
            or self.due is None
        ):
            raise ValueError("A prediction with something missing cannot be sealed.")
        return PredictionSealed(
            cycle_id,
            measure_id,
            self.direction,
            self.value,
            self.low,
            self.high,
            self.due,
            self.reason.strip() or None,
        )


@dataclass(frozen=True)
class Draft:
    """A cycle as answered so far."""

    home: Home | None
    cycle_id: str = ""
    cycle_no: str = ""
    question: str = ""
    plan: str = ""
    judged: Judged | None = None
    do_start: dt.date | None = None
    do_end: dt.date | None = None
    guess: Guess = Guess()

    def missing(self) -> dict[str, str]:
        """Return what must still be said, by field, in the order of the page."""
        told = {}
        if self.home is None or not self.home.prototype_id:
            told["prototype_id"] = (
                "Say what is tested: choose a prototype, or give a new one a place and a name."
            )
        elif self.home.is_new and not self.home.reason.strip():
            told["stage_reason"] = "Write one sentence: why does it start?"
        if not self.question.strip():
            told["question"] = "Write the question that this cycle answers."
        if not self.plan.strip():
            told["plan"] = "Write what will be done differently: a sentence is enough."
        if self.judged is None:
            told["primary_measure"] = "Choose the one measure that this cycle is judged on."
        if self.do_start is None or self.do_end is None:
            told["do_start"] = "Say from which day to which day you test."
        elif self.do_end < self.do_start:
            told["do_start"] = "Testing ends before it begins. Mend one of the two days."
        return told | self.guess.missing()

    def records(self, today: dt.date) -> list[Body]:
        """Return the records of this plan, in the order of saving; `missing` must be empty."""
        if self.home is None or self.judged is None or self.do_start is None:
            raise ValueError("A plan with something missing cannot be saved.")
        measure_id = self.judged.measure.measure_id
        cycle = CyclePlanned(
            self.cycle_id,
            self.home.prototype_id,
            self.cycle_no,
            self.question.strip(),
            measure_id,
            self.do_start,
            self.do_end,
            self.plan.strip() or None,
        )
        return [
            *_started(self.home, self.do_start, today),
            cycle,
            self.guess.record(self.cycle_id, measure_id),
        ]


def _started(home: Home, do_start: dt.date, today: dt.date) -> list[Body]:
    """Return the records by which a new prototype begins; none for one that there is."""
    if not home.is_new or home.stage is None:
        return []
    started = PrototypeStarted(
        home.prototype_id, home.neighbourhood_id, home.name, home.theme, started_on=do_start
    )
    return [started, StageReached(home.prototype_id, home.stage, today, home.reason.strip())]


def stored(typed: float | None, is_share: bool) -> float | None:
    """Return a number as it is kept: a share that was typed as per cent is 0 to 1."""
    if typed is None:
        return None
    return round(typed / 100, SHARE_DIGITS) if is_share else float(typed)


def typed(value: float | None, is_share: bool) -> float | None:
    """Return a number as people type it: a share as per cent."""
    if value is None:
        return None
    return round(value * 100, SHARE_DIGITS - 2) if is_share else value
