"""What judging a cycle gives, and what it asks of a cycle."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from pipelines.vocabulary import Verdict


class CycleLike(Protocol):
    """The columns of the table cycle that judging needs; None where not stated."""

    @property
    def cycle_id(self) -> str: ...  # noqa: D102
    @property
    def prototype_id(self) -> str: ...  # noqa: D102
    @property
    def cycle_no(self) -> str | None: ...  # noqa: D102
    @property
    def predicted_value(self) -> float | None: ...  # noqa: D102
    @property
    def predicted_low(self) -> float | None: ...  # noqa: D102
    @property
    def predicted_high(self) -> float | None: ...  # noqa: D102
    @property
    def predicted_for(self) -> dt.date | None: ...  # noqa: D102
    @property
    def do_start(self) -> dt.date | None: ...  # noqa: D102
    @property
    def do_end(self) -> dt.date | None: ...  # noqa: D102
    @property
    def decided_on(self) -> dt.date | None: ...  # noqa: D102


@dataclass(frozen=True)
class ReceiptRow:
    """One line of a receipt: `mark` is supports, nothing or lowers."""

    mark: str
    label: str
    words: str


@dataclass(frozen=True)
class CycleResult:
    """One judged cycle: the columns of the table cycle_result, but for its sentences.

    Values are in the measure's stored unit (shares 0 to 1); None where not defined. `change` is a ratio
    (`change_scale` ratio) or a difference in the stored unit, with its 95 % interval.
    """

    cycle_id: str
    prototype_id: str
    cycle_no: str | None
    measure_id: str
    series_id: str
    do_start: dt.date | None
    do_end: dt.date | None
    n_do_points: int
    n_planned: int
    n_missing: int
    n_baseline_points: int
    observed: float | None
    observed_numerator: float | None
    observed_denominator: float | None
    before: float | None
    before_numerator: float | None
    before_denominator: float | None
    before_lower: float | None
    before_upper: float | None
    change: float | None
    change_low: float | None
    change_high: float | None
    change_scale: str | None
    p_value: float | None
    autocorrelation: float | None
    dispersion: float | None
    season_in_model: bool | None
    signal_rules: str | None
    signal_direction: str | None
    verdict: Verdict
    reason: str
    notes: str | None
    predicted_value: float | None
    predicted_low: float | None
    predicted_high: float | None
    prediction_inside: bool | None
    prediction_error: float | None
    interval_score: float | None
    is_sealed: bool
    rule_set: str
    rule_set_version: int
    receipt: tuple[ReceiptRow, ...]

    def to_row(self) -> dict[str, Any]:
        """Return the columns of cycle_result; the receipt apart, since it is published as text."""
        row = asdict(self)
        del row["receipt"]
        return row
