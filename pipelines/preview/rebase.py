"""What a chart would look like if its usual range were accepted or moved: both versions, nothing published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.charted import do_starts
from pipelines.charts import SeriesChart, SeriesDecisions, chart_series, decisions_of
from pipelines.charts.decided import Accepted, Signed, moved_by
from pipelines.errors import LearningError
from pipelines.inputs import read_inputs
from pipelines.memory import Memory
from pipelines.records.kinds import BaselineAccepted, RebaseAccepted
from pipelines.shown import shown_to
from pipelines.vocabulary import Audience
from pipelines.work import worked

#: What is read stays known from one preview to the next; the builds of this process have a memory of their own.
MEMORY = Memory()

#: The id of a decision that nobody has signed yet.
NOT_YET = "preview"


@dataclass(frozen=True)
class TwoCharts:
    """A chart as it is, and as it would be.

    Attributes
    ----------
    now, then
        Both made by the functions of a build.
    why_not
        Why the decision would not be applied; None where it would.
    """

    now: SeriesChart
    then: SeriesChart
    why_not: str | None


def preview_rebase(
    data: Path,
    series_id: str,
    body: RebaseAccepted | BaselineAccepted,
    *,
    who: str = "",
    audience: Audience = Audience.TRUE,
    memory: Memory = MEMORY,
) -> TwoCharts:
    """Chart a series without and with a decision on its usual range.

    Parameters
    ----------
    data
        The data folder.
    series_id
        Which series.
    body
        The decision, as it would be recorded.
    who
        Who would sign it.
    audience
        Whose figures to chart; a server that speaks to others never previews from true figures.
    memory
        What is known already.

    Raises
    ------
    LearningError
        Where the data cannot be read, or there is no such series.
    """
    with memory.one_build():
        inputs = read_inputs(data, memory)
        shown = shown_to(audience, worked(inputs, memory), inputs, memory)
    if series_id not in shown.observation:
        raise LearningError(f"There is no series {series_id} in this data.")
    rows = shown.observation[series_id]
    measure = next(one for one in inputs.measures if one.measure_id == rows["measure_id"].iloc[0])
    starts = do_starts(inputs).get(str(rows["prototype_id"].iloc[0]), [])
    decided = decisions_of(inputs.recorded).get(series_id, SeriesDecisions())
    now, then = (
        chart_series(rows, measure, starts, shown.how[series_id], decisions)
        for decisions in (decided, _with(decided, body, who))
    )
    return TwoCharts(now, then, then.notes.get(NOT_YET))


def _with(decided: SeriesDecisions, body: RebaseAccepted | BaselineAccepted, who: str) -> SeriesDecisions:
    signed = Signed(NOT_YET, who or "you", dt.date.max, body.reason)
    if isinstance(body, RebaseAccepted):
        return replace(decided, moved=(*decided.moved, moved_by(body, signed)))
    return replace(decided, accepted=(*decided.accepted, Accepted(signed, body.first_on, body.last_on)))
