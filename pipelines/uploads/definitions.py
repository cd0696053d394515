"""The measures that an upload brings: written beside it where they are not there yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.measures import Measure, definition_of, measure_of, read_measures, write_measure
from pipelines.uploads.versions import Standing

#: What a measure names before its prototype has an id (`understanding.NEW_PROTOTYPE`).
NEW_PROTOTYPE = "this_prototype"


def new_definitions(
    measures: Sequence[Measure], prototype_id: str | None, data: Path, logs: Sequence[Standing]
) -> dict[str, bytes | None]:
    """Return the definitions to write into the inbox, by their paths.

    Parameters
    ----------
    measures
        What the upload is to be charted with; those that are there already are left as they are.
    prototype_id
        The id to put where a measure names a prototype that had none yet.
    data
        The data folder.
    logs
        The logs kept so far. A folder that holds definitions is the only one read, so the first ones of an inbox that
        is in use already bring along those that its logs were charted with.

    Raises
    ------
    FaultyInputError
        Where a definition could not be read again.
    """
    there = {path.stem for path in (data / "inbox" / "measures").glob("*.toml")}
    along = _charted_so_far(data, logs) if measures and not there else []
    files: dict[str, bytes | None] = {}
    for measure in (*measures, *along):
        path = f"measures/{measure.measure_id}.toml"
        if measure.measure_id not in there and path not in files:
            meant = [prototype_id if one == NEW_PROTOTYPE else one for one in measure.prototypes]
            definition = definition_of(replace(measure, prototypes=tuple(one for one in meant if one)))
            measure_of(definition)  # raises where it has faults
            files[path] = write_measure(definition).encode()
    return files


def _charted_so_far(data: Path, logs: Sequence[Standing]) -> list[Measure]:
    """Return the measures in use that count something in the logs kept; all where a log names no items itself."""
    items = {item for log in logs if log.mapping for item in log.mapping.items}
    is_open = any(log.mapping is None or log.mapping.by_name for log in logs)
    in_use = read_measures(data / "measures") if logs else ()
    return [measure for measure in in_use if is_open or items & set(measure.items)]
