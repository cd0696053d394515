"""The conductor: from a data folder to two published marts, the whole story on one page.

The order is that of the arrows in docs/architecture.md: sources, sql, disclosure,
charts, learning, words, mart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.compute import Progress, Rows, Shown, computed_rows, shown_to
from pipelines.errors import LearningError
from pipelines.fill import Filling, carry_over, fill_mart, write_rows
from pipelines.inputs import Inputs, read_inputs
from pipelines.mart import Step, attach, current, no_step, publish
from pipelines.vocabulary import Audience
from pipelines.work import observations, reach_of, working_database


@dataclass(frozen=True)
class Built:
    """What a build made."""

    true_mart: Path
    shared_mart: Path
    n_series: int
    n_cycles: int
    n_refused: int
    content_hash: str


def build(data: Path, marts: Path, progress: Progress | None = None, step: Step = no_step) -> Built:
    """Build and publish both marts.

    Parameters
    ----------
    data
        The data folder (docs: data/README.md).
    marts
        Where `true/` and `shared/` are published.
    progress
        Told (what, done, of) after each chart.
    step
        Told each named step of publishing, prefixed with the audience: ``true:written``.

    Raises
    ------
    LearningError
        Where nothing can be built; the marts in use stay as they were.
    """
    inputs = read_inputs(data)
    with working_database(inputs) as work:
        observation = observations(work, inputs.together.known_until)
        reach = reach_of(work, inputs)

        def filling(audience: Audience, true_rows: Rows | None) -> Filling:
            shown = shown_to(audience, observation, inputs, reach)
            return Filling(computed_rows(shown, inputs, progress, true_rows))

        return _publish_both(work, inputs, marts, filling, step)


def refresh_series(data: Path, marts: Path, series_id: str, step: Step = no_step) -> Built:
    """Compute one series again, with the cycles judged on it, and publish both marts; the rest is carried over.

    Charted again are the series asked for and those whose rows differ from the mart in use: a figure of one series
    may be held back to protect a figure of another. Equal to a full build where nothing else changed.

    Raises
    ------
    LearningError
        Where there is no mart to carry over from, or no such series.
    """
    inputs = read_inputs(data)
    with working_database(inputs) as work:
        observation = observations(work, inputs.together.known_until)
        reach = reach_of(work, inputs)
        if series_id not in observation:
            reason = f"Its measure or prototype is not in {inputs.folder}."
            raise LearningError(f"There is no series {series_id}. {reason}")

        def filling(audience: Audience, true_rows: Rows | None) -> Filling:
            shown, old = shown_to(audience, observation, inputs, reach), current(marts / audience)
            changed = _changed(work, shown, old) | {series_id}
            fresh = shown.only(name for name in shown.observation if name in changed)
            kept = [name for name in shown.observation if name not in changed]
            return Filling(computed_rows(fresh, inputs, true_rows=true_rows), carry_over(old, kept))

        return _publish_both(work, inputs, marts, filling, step)


def _changed(work: duckdb.DuckDBPyConnection, shown: Shown, old: Path) -> set[str]:
    """Return the series whose rows differ from those of a mart.

    Raises
    ------
    MartError
        Where the mart was made by another version, so that nothing can be carried over from it.
    """
    work.execute("CREATE OR REPLACE TEMP TABLE shown_observation AS FROM observation LIMIT 0")
    write_rows(work, "shown_observation", shown.table())
    attach(work, old)
    try:
        found = work.execute(
            """
            SELECT series_id FROM (FROM shown_observation EXCEPT FROM old.observation)
            UNION
            SELECT series_id FROM (FROM old.observation EXCEPT FROM shown_observation)
            """
        ).fetchall()
    finally:
        work.execute("DETACH old")
    return {series_id for (series_id,) in found} & set(shown.observation)


def _publish_both(
    work: duckdb.DuckDBPyConnection,
    inputs: Inputs,
    marts: Path,
    filling: Callable[[Audience, Rows | None], Filling],
    step: Step,
) -> Built:
    """Publish the true mart, then the shared one; both are computed before either is touched."""
    true = filling(Audience.TRUE, None)
    made = {Audience.TRUE: true, Audience.SHARED: filling(Audience.SHARED, true.rows)}
    paths = {
        audience: publish(
            marts / audience,
            inputs.content_hash,
            lambda mart, audience=audience: fill_mart(mart, work, inputs, audience, made[audience]),  # type: ignore[misc]
            lambda name, audience=audience: step(f"{audience}:{name}"),  # type: ignore[misc]
        )
        for audience in Audience
    }
    series = {name for (name,) in work.execute("SELECT DISTINCT series_id FROM observation").fetchall()}
    cycles = [c for c in inputs.checked.cycles if f"{c.primary_measure}@{c.prototype_id}" in series]
    return Built(
        paths[Audience.TRUE],
        paths[Audience.SHARED],
        n_series=len(series),
        n_cycles=len(cycles),
        n_refused=sum(load.lines_refused for load in inputs.checked.loads),
        content_hash=inputs.content_hash,
    )
