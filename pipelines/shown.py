"""What one audience may see of the observations: the true ones, or all of them released together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.charts import Release
from pipelines.disclosure import Released, enter_series, release_all, without_telling_which
from pipelines.inputs import Inputs
from pipelines.measures import Measure
from pipelines.memory import Memory, digest_of, name_of
from pipelines.vocabulary import Audience
from pipelines.work import Observations, Observed, Worked

#: What the shared mart says of a test that was planned and not held: the reason was typed for the group.
NOT_HELD = "Planned and not held."


@dataclass(frozen=True)
class Shown:
    """What one audience may see of the observations.

    Attributes
    ----------
    audience
        Who.
    observation
        By series.
    keys
        What each series was made from.
    how
        How each series was prepared.
    data_until
        Last day that the data speak of.
    """

    audience: Audience
    observation: Observations
    keys: dict[str, str]
    how: dict[str, Release]
    data_until: dt.date | None


def shown_to(audience: Audience, work: Worked, inputs: Inputs, memory: Memory) -> Shown:
    """Return the observations as an audience may see them: the true ones, or all released together."""
    observation, keys, until = work.observation, work.keys, work.reach.data_until
    if audience == Audience.TRUE:
        return Shown(audience, observation, keys, dict.fromkeys(observation, Release()), until)
    measures = {measure.measure_id: measure for measure in inputs.measures}
    measures_name = name_of(inputs.measures)
    released: dict[str, Released] = {}
    names: dict[str, str] = {}
    for one in work.observed.values():
        growing = _growing(one.series, work.reach.whole_until)
        before = _ledger_of(one.series, inputs)
        name = name_of("released", inputs.profile, before, measures_name, one.keys, growing)
        found, named = memory.recall(
            name,
            lambda one=one: _released_with_names(one, measures, work, inputs),  # type: ignore[misc]
        )
        released |= found
        names |= named
    if inputs.ledger is not None:
        for series in released.values():
            enter_series(series, inputs.ledger)
    in_order = {series_id: released[series_id] for series_id in observation}
    how = {
        series_id: Release(one.from_rounded, one.note or None, one.hidden_reason, one.too_coarse, one.profile)
        if one.from_rounded
        else Release()
        for series_id, one in in_order.items()
    }
    return Shown(audience, {name: one.observation for name, one in in_order.items()}, names, how, until)


def _released_with_names(
    one: Observed, measures: Mapping[str, Measure], work: Worked, inputs: Inputs
) -> tuple[dict[str, Released], dict[str, str]]:
    """Release the series of one prototype, and name each by what was released of it."""
    released, measures_name = _released(one.series, measures, work, inputs), name_of(inputs.measures)
    names = {
        series_id: key
        if _is_as_it_is(released[series_id])
        else _released_name(released[series_id], measures_name)
        for series_id, key in one.keys.items()
    }
    return released, names


def _released_name(one: Released, measures_name: str) -> str:
    """Return what a released series is made from, as far as anything that is made of it can tell."""
    how = (one.from_rounded, one.note, one.hidden_reason, one.profile, one.period, sorted(one.secondary))
    return name_of("released series", measures_name, digest_of(one.observation), how, one.n_recorded)


def _growing(observation: Observations, whole_until: dt.date | None) -> dt.date | None:
    """Return the day up to which periods are whole where one of these series reaches beyond it; else None."""
    ends = [rows["period_end"].iloc[-1] for rows in observation.values()]
    return whole_until if whole_until is not None and any(end > whole_until for end in ends) else None


def _released(
    observation: Observations, measures: Mapping[str, Measure], work: Worked, inputs: Inputs
) -> dict[str, Released]:
    """Release the series of one prototype; those of others share nothing with them that could give a figure away."""
    kept = {name: _without_reasons(rows) for name, rows in observation.items()}
    until = work.reach.whole_until
    released = release_all(kept, measures, inputs.profile, data_until=until, ledger=inputs.ledger)
    return {name: without_telling_which(one) for name, one in released.items()}


def _ledger_of(observation: Observations, inputs: Inputs) -> list[Any]:
    """Return what was released of some series before, as part of the name of what is released of them now."""
    if inputs.ledger is None:
        return []
    ledger = inputs.ledger
    return [[ledger.periods.get(series_id), ledger.of_series(series_id)] for series_id in observation]


def _is_as_it_is(one: Released) -> bool:
    """Whether a series is shown to everyone to the last word: then its chart is the same for every audience."""
    return not one.from_rounded and not (one.observation["note"] == NOT_HELD).any()


def _without_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations without the words of those who typed why a test was not held; that it was not stays."""
    has_reason = (rows["n_sessions"] == 0) & rows["note"].notna()
    return rows.assign(note=rows["note"].where(~has_reason, NOT_HELD)) if has_reason.any() else rows
