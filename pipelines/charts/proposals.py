"""What a person may decide now about a usual range. The tool proposes, and never does it alone (docs/method.md, Charts 7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines import words
from pipelines.vocabulary import POINTS_ESTABLISHED, LimitsState, PointType

Column = NDArray[Any]
Row = dict[str, Any]

ACCEPT, REBASE = "accept_baseline", "rebase"
PROPOSAL = ("proposal", "proposal_sentence", "proposal_first_on", "proposal_last_on")


def proposal_of(summary: Mapping[str, Any], columns: Mapping[str, Column]) -> Row:
    """Return the columns of the proposal; all None where there is nothing to decide.

    A usual range may have moved where the points since a day all lie on one side of it, so many that the rule of a
    shift holds, up to the latest one. A range that nobody declared or accepted may be accepted.

    Parameters
    ----------
    summary
        The row of chart_summary of the latest phase, without its proposal and sentences.
    columns
        The columns of chart_point.
    """
    if summary["limits_state"] == LimitsState.NONE:
        return dict.fromkeys(PROPOSAL)
    run = _standing_shift(columns, int(summary["phase"]))
    if run.size:
        return _row(REBASE, columns, run)
    if summary["limits_state"] == LimitsState.PROVISIONAL:
        rows = _to_accept(summary, columns)
        return _row(ACCEPT, columns, rows) if rows.size else dict.fromkeys(PROPOSAL)
    return dict.fromkeys(PROPOSAL)


def _to_accept(summary: Mapping[str, Any], columns: Mapping[str, Column]) -> Column:
    """Return the points that may be accepted: those that set the range, or enough of them to establish an accepted one."""
    here = columns["phase"] == summary["phase"]
    based = np.flatnonzero(columns["is_baseline"] & here)
    if summary["accepted_by"] is None:
        return based[:0] if summary["baseline_rule"] == "dates" else based
    known = np.flatnonzero(_is_point(columns) & here)
    enough = known[known >= based[0]][:POINTS_ESTABLISHED]
    has_signal = (columns["point_type"][enough] != PointType.COMMON_CAUSE).any()
    return enough[:0] if enough.size < POINTS_ESTABLISHED or has_signal else enough


def _standing_shift(columns: Mapping[str, Column], phase: int) -> Column:
    """Return the points of the shift that the latest point belongs to, none where it belongs to none.

    Gaps break a shift; hidden cells and gaps hold no value.
    """
    known = np.flatnonzero(_is_point(columns) & (columns["phase"] == phase))
    if not known.size or not columns["shift"][known[-1]]:
        return known[:0]
    side = np.sign(columns["value"] - columns["centre_line"])
    is_run = columns["shift"][known] & (side[known] == side[known[-1]])
    others = np.flatnonzero(~is_run)
    return known[others[-1] + 1 if others.size else 0 :]


def _is_point(columns: Mapping[str, Column]) -> Column:
    """Return which places hold a point: a value, counted over the whole of its period."""
    is_point: Column = np.isfinite(columns["value"]) & ~columns["is_running"]
    return is_point


def _row(what: str, columns: Mapping[str, Column], rows: Column) -> Row:
    first, last = columns["period_start"][rows[0]], columns["period_end"][rows[-1]]
    is_above = bool(columns["value"][rows[-1]] > columns["centre_line"][rows[-1]])
    return {
        "proposal": what,
        "proposal_first_on": first,
        "proposal_last_on": last,
        "proposal_sentence": words.rebase_sentence(int(rows.size), first, is_above=is_above)
        if what == REBASE
        else words.acceptance_sentence(int(rows.size), first, last),
    }
