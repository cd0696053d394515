"""A folder of definitions: every fault of every file told at once, never only the first."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pipelines.errors import Fault, FaultyInputError
from pipelines.measures.definition import Measure
from pipelines.measures.reading import read_definition
from pipelines.vocabulary import Domain


def read_measures(folder: Path) -> tuple[Measure, ...]:
    """Read every ``*.toml`` of a folder, in order of domain, display_order and id.

    Raises
    ------
    FaultyInputError
        With every fault of every file, never only the first.
    """
    faults: list[Fault] = []
    measures: list[Measure] = []
    for path in sorted(folder.glob("*.toml")):
        measure, found = _read_file(path)
        faults += found
        if measure is not None:
            measures.append(measure)
    faults += _same_ids(measures, folder)
    if faults:
        raise FaultyInputError(faults)
    domains = list(Domain)
    return tuple(sorted(measures, key=lambda m: (domains.index(m.domain), m.display_order, m.measure_id)))


def _read_file(path: Path) -> tuple[Measure | None, list[Fault]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = f"the file is not readable TOML ({error}). Compare it with data/measures/."
        return None, [Fault(str(path), None, None, reason)]
    return read_definition(table, str(path))


def _same_ids(measures: list[Measure], folder: Path) -> list[Fault]:
    ids = [measure.measure_id for measure in measures]
    reason = 'two files have the id "{}". Give one another id.'
    return [
        Fault(str(folder), None, "id", reason.format(one))
        for place, one in enumerate(ids)
        if one in ids[:place]
    ]
