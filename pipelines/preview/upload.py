"""What an upload would show: read, observed and charted by the build's own functions; nothing is published."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.charted import charts_of
from pipelines.charts import SeriesChart
from pipelines.inputs import Inputs
from pipelines.measures import Measure
from pipelines.memory import Forgetful
from pipelines.shown import shown_to
from pipelines.sources import Checked, Load, RowFault, read_folder
from pipelines.sources.logs.mapping import Mapping, write_mapping
from pipelines.sources.tables import Guess
from pipelines.understanding.proposal import NEW_PROTOTYPE
from pipelines.uploads.names import safe_name
from pipelines.uploads.places import Table, read_table
from pipelines.vocabulary import Audience
from pipelines.work import worked

#: Stands for a neighbourhood that is not there yet.
NEW_NEIGHBOURHOOD = "this_neighbourhood"


@dataclass(frozen=True)
class Preview:
    """What would be loaded, refused and shown.

    Attributes
    ----------
    loads
        One entry a sheet, each reconciling: read = loaded + refused + furniture.
    faults
        Every refused line, missing cell and note; no personal data in them.
    guesses
        What was decided while reading (order of dates, shares), each with its evidence.
    charts
        Those of the file alone, in the measures' order; a measure without a point has none.
    measures
        By id, those of the charts.
    notes
        Sentences about the preview as a whole.
    """

    loads: tuple[Load, ...]
    faults: tuple[RowFault, ...]
    guesses: tuple[Guess, ...]
    charts: tuple[SeriesChart, ...]
    measures: dict[str, Measure]
    notes: tuple[str, ...]


def preview(
    content: bytes,
    name: str,
    mapping: Mapping,
    measures: Sequence[Measure],
    folder: Path,
    today: dt.date | None = None,
) -> Preview:
    """Read a file with a mapping and chart it, publishing nothing.

    Parameters
    ----------
    content, name
        The file as it came.
    mapping
        What its columns are; where it names no prototype yet, one is made up for the preview.
    measures
        What to chart.
    folder
        The data folder in use, for its neighbourhoods, prototypes and cycles.
    today
        Days after it lie in the future; the day of the clock where not given.

    Returns
    -------
    Preview
        Equal to what a build would show of this file, were it the only log of its prototype.

    Raises
    ------
    FaultyInputError
        Where the mapping or the folder's own tables cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="preview-") as beside:
        checked = _read_alone(content, name, _placed(mapping), measures, folder, Path(beside), today)
        charts = _charts(Inputs(Path(beside), tuple(measures), checked, "preview"))
    loads = tuple(load for load in checked.loads if load.file.startswith("test_logs/"))
    ids = {load.load_id for load in loads}
    charted = {str(chart.summary["measure_id"]) for chart in charts}
    return Preview(
        loads,
        tuple(fault for fault in checked.faults if fault.load_id in ids),
        tuple(guess for guess in checked.guesses if guess.load_id in ids),
        charts,
        {measure.measure_id: measure for measure in measures if measure.measure_id in charted},
        _notes(loads, measures, charted),
    )


def _placed(mapping: Mapping) -> Mapping:
    """Return the mapping with ids, made up where none is chosen yet and no column has them."""
    if "prototype_id" in mapping.columns:
        return mapping
    home = mapping.neighbourhood_id or NEW_NEIGHBOURHOOD
    return replace(mapping, neighbourhood_id=home, prototype_id=mapping.prototype_id or NEW_PROTOTYPE)


def _read_alone(
    content: bytes,
    name: str,
    mapping: Mapping,
    measures: Sequence[Measure],
    folder: Path,
    beside: Path,
    today: dt.date | None,
) -> Checked:
    """Read a file as the only log of a folder of its own, which holds the places in use."""
    for table, with_new in _tables(folder, mapping).items():
        (beside / table).write_bytes(with_new.written())
    if (folder / "cycles.csv").is_file():
        (beside / "cycles.csv").write_bytes((folder / "cycles.csv").read_bytes())
    logs = beside / "test_logs"
    logs.mkdir()
    log = logs / safe_name(name)
    log.write_bytes(content)
    log.with_suffix(".toml").write_text(write_mapping(mapping), encoding="utf-8")
    return read_folder(beside, measures, today=today)


def _tables(folder: Path, mapping: Mapping) -> dict[str, Table]:
    """Return neighbourhoods and prototypes in use, with rows for what the mapping names and they lack."""
    tables = {name: read_table(folder, name) for name in ("neighbourhoods.csv", "prototypes.csv")}
    places, prototypes = tables.values()
    home, prototype_id = mapping.neighbourhood_id, mapping.prototype_id
    if home and not places.row("neighbourhood_id", home):
        row = {"neighbourhood_id": home, "name": home, "display_order": str(len(places.rows) + 1)}
        tables["neighbourhoods.csv"] = places.with_row(row)
    if prototype_id and home and not prototypes.row("prototype_id", prototype_id):
        row = {"prototype_id": prototype_id, "neighbourhood_id": home, "name": prototype_id}
        tables["prototypes.csv"] = prototypes.with_row(row)
    return tables


def _charts(inputs: Inputs) -> tuple[SeriesChart, ...]:
    """Chart everything that was read, as the group's own mart would."""
    memory = Forgetful()
    shown = shown_to(Audience.TRUE, worked(inputs, memory), inputs, memory)
    charts = charts_of(shown, inputs, memory).charts
    order = {measure.measure_id: place for place, measure in enumerate(inputs.measures)}
    return tuple(sorted(charts.values(), key=lambda chart: order[str(chart.summary["measure_id"])]))


def _notes(loads: Sequence[Load], measures: Sequence[Measure], charted: set[str]) -> tuple[str, ...]:
    notes = []
    if not any(load.lines_loaded for load in loads):
        notes.append(
            "No record could be loaded: see the reasons below, and which column was taken for the day."
        )
    without = [measure.name for measure in measures if measure.measure_id not in charted]
    if without:
        notes.append(f"Without a point: {'; '.join(without)}.")
    return tuple(notes)
