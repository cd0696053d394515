"""The conductor: from a data folder to two published marts, the whole story on one page.

Alone holds the working connection. Reads in the order of the arrows in docs/architecture.md: sources, sql,
charts, learning, words, disclosure, mart.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from pipelines import words
from pipelines.charts import Release, SeriesChart, chart_series
from pipelines.disclosure import release_all, release_faults
from pipelines.errors import FaultyInputError, LearningError
from pipelines.learning import judge_cycle
from pipelines.mart import (
    SCHEMA_VERSION,
    Step,
    current,
    new_database,
    no_step,
    open_read_only,
    publish,
    run_sql,
)
from pipelines.measures import Measure, read_measures
from pipelines.sources import Checked, load_tables, read_folder, write_measures
from pipelines.vocabulary import Audience

PROJECT = Path(__file__).parent.parent

#: Tables that both marts take over as they were read; the shared mart masks and empties what it must.
CARRIED = (
    "neighbourhood",
    "prototype",
    "cycle",
    "measure",
    "target",
    "load",
    "rejected_row",
    "test_count",
    "locality_value",
)

RULE_SET, RULE_SET_VERSION = "mdc", 1

Progress = Callable[[str, int, int], None]


def default_data() -> Path:
    """Return the data folder: LEARNING_DATA, else `data/` of the project; a filled inbox takes the sample's place."""
    named = os.environ.get("LEARNING_DATA")
    if named:
        return Path(named)
    return PROJECT / "data"


def default_marts() -> Path:
    """Return the folder of marts: LEARNING_MARTS, else `data/marts`."""
    return Path(os.environ.get("LEARNING_MARTS") or PROJECT / "data" / "marts")


def input_folder(data: Path) -> Path:
    """Return the folder that is read: a non-empty `inbox/`, else `sample/`, else the folder itself."""
    inbox, sample = data / "inbox", data / "sample"
    if any(path.name != ".gitkeep" for path in inbox.glob("*")):
        return inbox
    return sample if sample.is_dir() else data


@dataclass(frozen=True)
class Built:
    """What a build made."""

    true_mart: Path
    shared_mart: Path
    n_series: int
    n_cycles: int
    n_refused: int
    content_hash: str


@dataclass(frozen=True)
class Inputs:
    """Everything read, before anything is computed."""

    folder: Path
    measures: tuple[Measure, ...]
    checked: Checked
    content_hash: str


def read_inputs(data: Path) -> Inputs:
    """Read measures and logs; every fatal fault of both is told at once.

    Raises
    ------
    FaultyInputError
        Where nothing can be built.
    """
    folder = input_folder(data)
    faults: list[Any] = []
    measures: tuple[Measure, ...] = ()
    checked: Checked | None = None
    try:
        measures = read_measures(measures_folder(data, folder))
    except FaultyInputError as error:
        faults += error.faults
    try:
        checked = read_folder(folder, measures, localities=data / "localities")
    except FaultyInputError as error:
        faults += error.faults
    if faults or checked is None:
        raise FaultyInputError(faults)
    if not measures:
        raise LearningError(
            f"{measures_folder(data, folder)}: no measure file (*.toml) found. data/README.md shows how to write one."
        )
    return Inputs(folder, measures, checked, content_hash(data, folder))


def measures_folder(data: Path, folder: Path) -> Path:
    """Return where the measure definitions are: with the logs, else beside them, else the project's own."""
    places = (folder / "measures", data / "measures", PROJECT / "data" / "measures")
    return next((place for place in places if any(place.glob("*.toml"))), places[1])


def content_hash(data: Path, folder: Path) -> str:
    """Return a hash over every input file and the code that reads it: it names the mart.

    With the code in it, a new version of the project never serves a mart that an older one made.
    """
    digest = hashlib.sha256(f"{SCHEMA_VERSION}/{RULE_SET}/{RULE_SET_VERSION}".encode())
    code = [path for path in Path(__file__).parent.rglob("*") if path.suffix in (".py", ".sql")]
    for place in (folder, measures_folder(data, folder), data / "localities", Path(__file__).parent):
        files = (
            code if place == Path(__file__).parent else [path for path in place.rglob("*") if path.is_file()]
        )
        for path in sorted(files):
            digest.update(str(path.relative_to(place)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


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
        observation = observations(work)
        return _publish_both(
            work,
            inputs,
            marts,
            lambda audience: computed_rows(
                shown_to(audience, observation, inputs), inputs, audience, progress
            ),
            step,
        )


def _publish_both(
    work: duckdb.DuckDBPyConnection,
    inputs: Inputs,
    marts: Path,
    rows_for: Callable[[Audience], Rows],
    step: Step,
) -> Built:
    """Publish the true mart, then the shared one; both are computed before either is touched."""
    rows = {audience: rows_for(audience) for audience in Audience}
    paths = {
        audience: publish(
            marts / audience,
            inputs.content_hash,
            _filler(work, inputs, audience, rows[audience]),
            _prefixed(step, audience),
        )
        for audience in Audience
    }
    shared = rows[Audience.SHARED]
    n_refused = int(sum(load.lines_refused for load in inputs.checked.loads))
    return Built(
        paths[Audience.TRUE],
        paths[Audience.SHARED],
        len(shared.summaries),
        len(shared.cycles),
        n_refused,
        inputs.content_hash,
    )


def working_database(inputs: Inputs) -> Any:
    """Open an in-memory database with everything read and the observations made."""
    return _Working(inputs)


class _Working:
    def __init__(self, inputs: Inputs):
        self.inputs = inputs
        self.manager = new_database()

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        connection = self.manager.__enter__()
        load_tables(connection, self.inputs.checked)
        write_measures(connection, self.inputs.measures)
        run_sql(connection, "observation")
        return connection

    def __exit__(self, *details: Any) -> None:
        self.manager.__exit__(*details)


def observations(work: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Return the observations by series, each in time order."""
    frame = work.execute("SELECT * FROM observation ORDER BY series_id, period_start, session_no").df()
    for column in ("period_start", "period_end"):
        frame[column] = frame[column].dt.date
    return {
        str(series_id): rows.reset_index(drop=True)
        for series_id, rows in frame.groupby("series_id", sort=False)
    }


@dataclass(frozen=True)
class Rows:
    """The computed tables of one mart."""

    observation: pd.DataFrame
    points: pd.DataFrame
    summaries: pd.DataFrame
    cycles: pd.DataFrame


@dataclass(frozen=True)
class Shown:
    """What one audience may see of the observations, and how each series was prepared for it."""

    observation: dict[str, pd.DataFrame]
    how: dict[str, Release]


def shown_to(audience: Audience, observation: dict[str, pd.DataFrame], inputs: Inputs) -> Shown:
    """Return the observations as an audience may see them: the true ones, or all released together."""
    if audience == Audience.TRUE:
        return Shown(observation, dict.fromkeys(observation, Release()))
    measures = {measure.measure_id: measure for measure in inputs.measures}
    released = release_all(observation, measures, data_until=last_whole_week(observation))
    how = {
        series_id: Release(one.from_rounded, one.note or None, one.hidden_reason, one.too_coarse)
        for series_id, one in released.items()
    }
    return Shown({series_id: one.observation for series_id, one in released.items()}, how)


def last_whole_week(observation: dict[str, pd.DataFrame]) -> dt.date | None:
    """Return the last day of the latest week with a test: a longer period that ends after it is still growing."""
    tested = [rows.loc[rows["n_sessions"] > 0, "period_start"] for rows in observation.values()]
    latest = max((days.max() for days in tested if len(days)), default=None)
    return None if latest is None else latest + dt.timedelta(days=6 - latest.weekday())


def computed_rows(shown: Shown, inputs: Inputs, audience: Audience, progress: Progress | None = None) -> Rows:
    """Chart every series and judge every cycle, for one audience."""
    measures = {measure.measure_id: measure for measure in inputs.measures}
    starts = defaultdict(list)
    for cycle in inputs.checked.cycles:
        if cycle.do_start is not None:
            starts[cycle.prototype_id].append(cycle.do_start)
    charted: dict[str, SeriesChart] = {}
    for done, (series_id, rows) in enumerate(shown.observation.items(), start=1):
        measure = measures[str(rows["measure_id"].iloc[0])]
        do_starts = starts[str(rows["prototype_id"].iloc[0])]
        charted[series_id] = chart_series(rows, measure, do_starts, shown.how[series_id])
        if progress:
            progress(f"{audience} charts", done, len(shown.observation))
    return Rows(
        _table(list(shown.observation.values())),
        _stacked([chart.columns for chart in charted.values()]),
        pd.DataFrame([chart.summary for chart in charted.values()]),
        pd.DataFrame(cycle_rows(charted, shown, inputs)),
    )


def _stacked(charts: Sequence[dict[str, np.ndarray]]) -> pd.DataFrame:
    """Put the columns of many charts under one another, once a column rather than once a chart."""
    if not charts:
        return pd.DataFrame()
    return pd.DataFrame({name: np.concatenate([chart[name] for chart in charts]) for name in charts[0]})


def _table(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def cycle_rows(charted: dict[str, SeriesChart], shown: Shown, inputs: Inputs) -> list[dict[str, Any]]:
    """Judge every cycle on its primary measure and word the result."""
    measures = {measure.measure_id: measure for measure in inputs.measures}
    prototypes = {prototype.prototype_id: prototype for prototype in inputs.checked.prototypes}
    out = []
    for cycle in inputs.checked.cycles:
        series = charted.get(f"{cycle.primary_measure}@{cycle.prototype_id}")
        measure = measures.get(cycle.primary_measure or "")
        if series is None or measure is None:
            continue
        others = [c for c in inputs.checked.cycles if c.prototype_id == cycle.prototype_id and c != cycle]
        result = judge_cycle(series.points, cycle, measure, series.summary, others)
        row = result.to_row() | {
            "neighbourhood_id": prototypes[cycle.prototype_id].neighbourhood_id,
            "is_released": shown.how[f"{cycle.primary_measure}@{cycle.prototype_id}"].from_rounded,
            "sentence": words.cycle_sentence(result, measure),
            "prediction_sentence": words.prediction_sentence(result, measure),
            "receipt": words.receipt_json(result),
        }
        out.append(row)
    return out


def _filler(
    work: duckdb.DuckDBPyConnection, inputs: Inputs, audience: Audience, rows: Rows
) -> Callable[[duckdb.DuckDBPyConnection], None]:
    def fill(mart: duckdb.DuckDBPyConnection) -> None:
        for table in CARRIED:
            if table == "test_count" and audience == Audience.SHARED:
                continue
            rows_read = work.sql(f'SELECT * FROM "{table}"')
            if table == "rejected_row" and audience == Audience.SHARED:
                write_rows(mart, table, release_faults(rows_read.df()))
            else:
                write_rows(mart, table, rows_read.to_arrow_table())
        write_rows(mart, "observation", rows.observation)
        write_rows(mart, "chart_point", rows.points)
        write_rows(mart, "chart_summary", rows.summaries)
        write_rows(mart, "cycle_result", rows.cycles)
        write_info(mart, inputs, audience)

    return fill


def write_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Any) -> None:
    """Insert a frame by column names; a column the table lacks is left out, as the table's own names decide."""
    if len(rows) == 0:
        return
    names = [name for (name, *_) in connection.execute(f'DESCRIBE "{table}"').fetchall()]
    have = rows.column_names if hasattr(rows, "column_names") else list(rows.columns)
    columns = ", ".join(f'"{name}"' for name in names if name in have)
    connection.register("incoming", rows)
    connection.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM incoming')
    connection.unregister("incoming")


def write_info(mart: duckdb.DuckDBPyConnection, inputs: Inputs, audience: Audience) -> None:
    """Write what this mart is: audience, versions, how far the data go, and whether they are made up."""
    until = mart.execute("SELECT max(period_end) FROM observation").fetchall()[0][0]
    facts: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "audience": audience,
        "content_hash": inputs.content_hash,
        "rule_set": RULE_SET,
        "rule_set_version": RULE_SET_VERSION,
        "made_up": str(is_made_up(inputs.folder)).lower(),
        "data_until": until or "",
        "sources": ", ".join(sorted(load.file for load in inputs.checked.loads)),
    }
    mart.executemany(
        "INSERT INTO mart_info VALUES (?, ?)", [[key, str(value)] for key, value in facts.items()]
    )


def is_made_up(folder: Path) -> bool:
    """Whether a folder holds sample data: it then carries the sample's truth table."""
    return (folder / "truth.csv").is_file()


def _prefixed(step: Step, audience: Audience) -> Step:
    return lambda name: step(f"{audience}:{name}")


def refresh_series(data: Path, marts: Path, series_id: str, step: Step = no_step) -> Built:
    """Compute one series again, with the cycles judged on it, and publish both marts; the rest is carried over.

    Equal to a full build where only this series' input changed.

    Raises
    ------
    LearningError
        Where there is no mart to carry over from, or no such series.
    """
    inputs = read_inputs(data)
    with working_database(inputs) as work:
        observation = observations(work)
        if series_id not in observation:
            raise LearningError(
                f"There is no series {series_id}. Its measure or prototype is not in {inputs.folder}."
            )

        def rows_for(audience: Audience) -> Rows:
            shown = shown_to(audience, observation, inputs)
            return _refreshed(marts / audience, shown, series_id, inputs, audience)

        return _publish_both(work, inputs, marts, rows_for, step)


def _refreshed(folder: Path, shown: Shown, series_id: str, inputs: Inputs, audience: Audience) -> Rows:
    """Chart again the series asked for and those whose rows differ from the mart in use; carry the others over.

    Others can differ: a figure of one series may be held back to protect a figure of another.
    """
    with closing(open_read_only(current(folder))) as old:
        before = observations(old)
        changed = {
            name: rows
            for name, rows in shown.observation.items()
            if name == series_id or name not in before or not _same_rows(before[name], rows)
        }
        fresh = computed_rows(Shown(changed, shown.how), inputs, audience)
        kept = [name for name in shown.observation if name not in changed]
        return _carried_over(old, fresh, kept)


def _same_rows(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two frames hold the same figures, whatever the types of their columns."""
    return (
        one.astype(object)
        .where(one.notna(), None)
        .equals(other[one.columns].astype(object).where(other.notna(), None))
    )


def _carried_over(old: duckdb.DuckDBPyConnection, fresh: Rows, kept: list[str]) -> Rows:
    names = ("observation", "chart_point", "chart_summary", "cycle_result")
    rows = {
        name: old.execute(f"SELECT * FROM {name} WHERE list_contains($kept, series_id)", {"kept": kept}).df()
        for name in names
    }
    return Rows(
        _joined(rows["observation"], fresh.observation),
        _joined(rows["chart_point"], fresh.points),
        _joined(rows["chart_summary"], fresh.summaries),
        _joined(rows["cycle_result"], fresh.cycles),
    )


def _joined(old: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    kept = [frame.astype(object) for frame in (old, fresh) if len(frame)]
    return pd.concat(kept, ignore_index=True) if kept else old
