"""The tables calibration and prediction_error: do sealed ranges hold as often as promised?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from pipelines import words
from pipelines.learning import Calibration, calibrate
from pipelines.memory import Memory, name_of
from pipelines.recorded.places import as_judged
from pipelines.sources import Cycle
from pipelines.vocabulary import Audience

Row = dict[str, Any]

#: Every cycle together.
ALL = "all"

COLUMNS = ["cycle_id", "due_on", "predicted_value", "predicted_low", "predicted_high", "observed"]


def calibration_rows(
    predictions: Sequence[Row],
    cycles: Mapping[str, Cycle],
    names: Mapping[str, str],
    audience: Audience,
    memory: Memory,
) -> tuple[list[Row], list[Row]]:
    """Return the rows of calibration and of prediction_error.

    Parameters
    ----------
    predictions
        Rows of prediction, as this audience may see them; only those sealed and held against a result count.
    cycles
        By id.
    names
        What a prototype is called in a sentence, by id.
    audience
        Each prototype's own are for the group alone, and so in the true mart only: never a ranking.
    memory
        What it knows already is not computed again.
    """
    sealed = [row for row in predictions if row["is_sealed"] and row["is_scored_one"]]
    scopes: dict[tuple[str, str], list[Row]] = {(ALL, ALL): sealed}
    if audience == Audience.TRUE:
        for prototype_id in dict.fromkeys(row["prototype_id"] for row in sealed):
            own = [row for row in sealed if row["prototype_id"] == prototype_id]
            scopes["prototype", prototype_id] = own
    told: list[Row] = []
    errors: list[Row] = []
    for (scope, scope_id), rows in scopes.items():
        scored = _scored(rows, cycles, names)
        summary, own_errors = memory.recall(
            name_of("calibration", scored),
            lambda scored=scored: _of_scope(scored),  # type: ignore[misc]
        )
        place = {"scope": scope, "scope_id": scope_id}
        told.append(place | {"n_sealed": len(rows)} | summary)
        errors += [place | row for row in own_errors]
    return told, errors


def _of_scope(scored: Sequence[Row]) -> tuple[Row, list[Row]]:
    """Return the summary of some scored predictions, and a row each."""
    found = calibrate(pd.DataFrame(scored, columns=COLUMNS))
    return _summary(found, scored), _errors(found, {row["cycle_id"]: row["where"] for row in scored})


def _scored(rows: Iterable[Row], cycles: Mapping[str, Cycle], names: Mapping[str, str]) -> list[Row]:
    """Return the predictions that are due and have a result, with where they were made."""
    return [
        {
            "cycle_id": row["cycle_id"],
            "due_on": _due_on(cycles[row["cycle_id"]]),
            "predicted_value": row["value"],
            "predicted_low": row["low"],
            "predicted_high": row["high"],
            "observed": row["observed"],
            "skill": row["skill"],
            "where": _where(cycles[row["cycle_id"]], names),
        }
        for row in rows
        if row["is_inside"] is not None
    ]


def _due_on(cycle: Cycle) -> Any:
    """Return the day on which a prediction fell due: its own, the end of Do or the decision, whichever came first."""
    days = (cycle.predicted_for, cycle.do_end, as_judged(cycle).decided_on)
    return min(day for day in days if day is not None)


def _summary(found: Calibration, rows: Sequence[Row]) -> Row:
    skills = [row["skill"] for row in rows if row["skill"] is not None]
    return {
        "n_scored": found.n_scored,
        "n_inside": found.n_inside,
        "share": _known(found.share),
        "share_low": _known(found.share_low) if found.n_scored else None,
        "share_high": _known(found.share_high) if found.n_scored else None,
        "promised": found.promised,
        "state": found.state,
        "mean_skill": sum(skills) / len(skills) if skills else None,
        **_run(found),
        "sentence": words.calibration_sentence(found),
        "error_sentence": words.error_sentence(found.errors),
    }


def _run(found: Calibration) -> Row:
    run = found.errors
    names = ("longest_run", "longest_run_max", "n_crossings", "n_crossings_min")
    return {
        "error_median": None if run is None else run.median,
        **{f"error_{name}": None if run is None else getattr(run, name) for name in names},
        "error_signal": None if run is None else run.is_signal,
    }


def _errors(found: Calibration, where: Mapping[str, str]) -> list[Row]:
    """Return a row a scored prediction whose range has a width, in order of the day it fell due."""
    rows = [row for row in found.points.to_dict("records") if _known(row["error"]) is not None]
    return [
        {
            "position": position,
            "cycle_id": row["cycle_id"],
            "due_on": row["due_on"],
            "value": row["error"],
            "place": row["place"],
            "is_inside": row["is_inside"],
            "median": _known(row["centre_line"]),
            "words": words.error_words(where[row["cycle_id"]], row["error"], row["is_inside"]),
        }
        for position, row in enumerate(rows)
    ]


def _where(cycle: Cycle, names: Mapping[str, str]) -> str:
    name = names[cycle.prototype_id]
    return f"{name}, cycle {cycle.cycle_no}" if cycle.cycle_no else name


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
