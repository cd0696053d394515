"""The table gate: each rule of readiness to scale, answered for the idea that a prototype is a trial of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipelines import words
from pipelines.learning import ready_to_scale
from pipelines.measures import Measure
from pipelines.memory import Memory, name_of
from pipelines.sources import Neighbourhood, Prototype

Row = dict[str, Any]

#: What the rules read of cycle_result.
RESULT = [
    "cycle_id", "neighbourhood_id", "measure_id", "series_id", "do_end", "verdict", "is_sealed", "predicted_low",
    "predicted_high", "prediction_inside", "observed",
]  # fmt: skip

#: What the rules read of chart_summary.
SUMMARY = [
    "series_id", "measure_id", "neighbourhood_id", "domain", "is_latest_phase", "variation", "limits_state",
    "why_no_limits", "is_hidden",
]  # fmt: skip


def gate_rows(
    prototypes: Sequence[Prototype],
    neighbourhoods: Sequence[Neighbourhood],
    results: Sequence[Row],
    summaries: Sequence[Row],
    measures: Mapping[str, Measure],
    memory: Memory,
) -> list[Row]:
    """Return a row a prototype and rule; prototypes of one idea have the same answers.

    An idea is what prototypes of one theme try in several neighbourhoods; without a theme, those of one name.
    """
    names = {row.neighbourhood_id: row.name for row in neighbourhoods}
    ideas: dict[str, list[str]] = {}
    for row in prototypes:
        ideas.setdefault(row.theme or row.name, []).append(row.prototype_id)
    out: list[Row] = []
    for ids in ideas.values():
        own_charts = [row for row in summaries if row["prototype_id"] in ids]
        if not own_charts:
            continue
        own_results = [{name: row[name] for name in RESULT} for row in results if row["prototype_id"] in ids]
        own_charts = [{name: row[name] for name in SUMMARY} for row in own_charts]
        gate = memory.recall(
            name_of("gate", own_results, own_charts, names, list(measures.values())),
            lambda results=own_results, charts=own_charts: ready_to_scale(  # type: ignore[misc]
                pd.DataFrame(results, columns=RESULT), pd.DataFrame(charts, columns=SUMMARY), measures, names
            ),
        )
        sentence = words.gate_sentence([rule.answer for rule in gate.rules])
        out += [
            {
                "prototype_id": prototype_id,
                "rule": rule.rule,
                "label": rule.label,
                "display_order": order,
                "answer": rule.answer,
                "evidence": rule.evidence,
                "sentence": sentence,
            }
            for prototype_id in ids
            for order, rule in enumerate(gate.rules, start=1)
        ]
    return out
