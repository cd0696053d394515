"""What people entered as rows of the mart's tables, beside what was computed for the same audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.measures import Measure
from pipelines.memory import Forgetful, Memory, name_of
from pipelines.recorded import chain, told
from pipelines.recorded.calibrating import calibration_rows
from pipelines.recorded.meetings import agreed_rows, homes_of, meeting_rows, own_ids
from pipelines.recorded.merging import Merged
from pipelines.recorded.predictions import prediction_rows
from pipelines.recorded.scaling import gate_rows
from pipelines.recorded.stages import count_rows, event_rows
from pipelines.records import Record
from pipelines.vocabulary import Audience

Row = dict[str, Any]


@dataclass(frozen=True)
class Computed:
    """What was computed for one audience.

    Attributes
    ----------
    audience
        Who it is for.
    summaries
        Rows of chart_summary.
    results
        Rows of cycle_result by cycle, with the columns of `scoring.beside_naive` and `is_due`.
    data_until
        Last day that the data speak of.
    not_applied
        Why a decision on a usual range is not applied, by the id of its record.
    """

    audience: Audience
    summaries: Sequence[Row]
    results: Mapping[str, Row]
    data_until: dt.date | None
    not_applied: Mapping[str, str] = field(default_factory=dict)


def recorded_tables(
    merged: Merged,
    records: Sequence[Record],
    measures: Mapping[str, Measure],
    computed: Computed,
    memory: Memory | None = None,
) -> dict[str, list[Row]]:
    """Return the rows by table.

    Parameters
    ----------
    merged
        Files and records together.
    records
        The whole chain.
    measures
        By id.
    computed
        For the audience.
    memory
        What it knows already is not computed again.
    """
    memory = memory or Forgetful()
    checked, recorded, audience = merged.checked, merged.recorded, computed.audience
    homes = {row.prototype_id: row.neighbourhood_id for row in checked.prototypes}
    cycles = {cycle.cycle_id: cycle for cycle in checked.cycles}
    predictions = prediction_rows(merged.versions, computed.results, homes, computed.data_until)
    calibration, errors = calibration_rows(predictions, cycles, _names(merged), audience, memory)
    events = event_rows(merged.prototypes_read, checked.prototypes, recorded)
    counts, talk_to_action = memory.recall(
        name_of("stages", events, checked.prototypes, computed.data_until),
        lambda: count_rows(events, checked.prototypes, computed.data_until),
    )
    results = list(computed.results.values())
    own = own_ids(records, checked.cycles, measures) if audience == Audience.SHARED else frozenset()
    here = homes_of(checked.cycles, checked.prototypes)
    return {
        "record": chain.record_rows(records, recorded, audience, own),
        "stage_event": events,
        "stage_count": counts,
        "mart_info": [{"key": "talk_to_action", "value": talk_to_action}],
        "prediction": predictions,
        "calibration": calibration,
        "prediction_error": errors,
        "gate": gate_rows(
            checked.prototypes, checked.neighbourhoods, results, computed.summaries, measures, memory
        ),
        "decision": told.decision_rows(records, recorded, merged.fit),
        "learning": told.learning_rows(records, recorded, merged.fit),
        "dissent": told.dissent_rows(recorded),
        "annotation": told.annotation_rows(recorded),
        "quote": told.quote_rows(recorded, audience),
        "baseline_decision": told.baseline_rows(records, recorded, merged.fit, computed.not_applied),
        "meeting": meeting_rows(recorded),
        "agreed": agreed_rows(records, recorded, merged.fit - own, here),
    }


def _names(merged: Merged) -> dict[str, str]:
    """Return what each prototype is called in a sentence."""
    return {row.prototype_id: row.name for row in merged.checked.prototypes}
