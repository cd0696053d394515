"""The table prediction: every version of every prediction, and how the one that counts has done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipelines.learning import direction_held
from pipelines.learning.due import is_due
from pipelines.recorded.chain import plain_time
from pipelines.recorded.places import as_judged
from pipelines.recorded.scoring import NOTHING
from pipelines.recorded.sealing import Version
from pipelines.vocabulary import Direction

Row = dict[str, Any]

#: What a file says of a prediction: no direction, no moment, nobody's name.
_FROM_A_FILE = dict.fromkeys(("direction", "sealed_at", "who", "seal", "supersedes", "reason"))

_SIGN = {Direction.UP: 1, Direction.DOWN: -1}


def prediction_rows(
    versions: Mapping[str, tuple[Version, ...]],
    results: Mapping[str, Row],
    homes: Mapping[str, str],
    until: dt.date | None,
) -> list[Row]:
    """Return a row a version; only the one held against the result is scored.

    Parameters
    ----------
    versions
        By cycle, oldest first.
    results
        Rows of cycle_result by cycle, with the columns of `beside_naive`, as this audience may see them.
    homes
        Prototype to neighbourhood.
    until
        Last day that the data speak of.
    """
    return [
        _as_written(one) | {"neighbourhood_id": homes[one.cycle.prototype_id]} | _score(one, results, until)
        for of_cycle in versions.values()
        for one in of_cycle
        if one.body is not None or one.cycle.primary_measure is not None
    ]


def _as_written(one: Version) -> Row:
    cycle, body, record = one.cycle, one.body, one.record
    row: Row = {
        "cycle_id": cycle.cycle_id,
        "prototype_id": cycle.prototype_id,
        "is_sealed": one.is_sealed,
        "is_scored_one": one.is_scored_one,
        "why_not_sealed": one.why_not_sealed,
    }
    if body is None or record is None:
        return (
            row
            | _FROM_A_FILE
            | {
                "prediction_id": f"file:{cycle.cycle_id}",
                "measure_id": cycle.primary_measure,
                "value": cycle.predicted_value,
                "low": cycle.predicted_low,
                "high": cycle.predicted_high,
                "predicted_for": cycle.predicted_for,
            }
        )
    return row | {
        "prediction_id": record.record_id,
        "measure_id": body.measure_id,
        "direction": str(body.direction),
        "value": body.value,
        "low": body.low,
        "high": body.high,
        "predicted_for": body.predicted_for,
        "sealed_at": plain_time(record),
        "who": record.who,
        "seal": record.hash,
        "supersedes": record.supersedes,
        "reason": body.reason,
    }


def _score(one: Version, results: Mapping[str, Row], until: dt.date | None) -> Row:
    """Return how a version did; a version that is not held against the result has no score."""
    result = results.get(one.cycle.cycle_id)
    due = bool(result["is_due"]) if result else is_due(as_judged(one.cycle), until)
    none = dict.fromkeys(("observed", "is_inside", "is_direction_right", "error", "interval_score"))
    if result is None or not one.is_scored_one:
        return {"is_due": due} | none | NOTHING
    return {
        "is_due": due,
        "observed": result["observed"] if due else None,
        "is_inside": result["prediction_inside"],
        "is_direction_right": _is_direction_right(one, result) if due else None,
        "error": result["prediction_error"],
        "interval_score": result["interval_score"],
    } | {name: result[name] for name in NOTHING}


def _is_direction_right(one: Version, result: Row) -> bool | None:
    """Return whether the result moved the way that was sealed; a file's prediction says so by its value alone."""
    before, observed = result["before"], result["observed"]
    if one.body is None:
        return direction_held(one.cycle.predicted_value, before, observed)
    sign = _SIGN.get(one.body.direction)
    return None if sign is None or before is None else direction_held(before + sign, before, observed)
