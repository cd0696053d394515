"""Where an upload belongs: rows for its neighbourhood and prototype, chosen, begun or named by the file itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from pipelines.sources.cells.grid import read_book
from pipelines.sources.cells.headings import plain
from pipelines.sources.cells.layout import find_layout
from pipelines.sources.logs.mapping import Mapping
from pipelines.uploads.fault import UploadError
from pipelines.uploads.places import Table, made_id, read_table, shown_name

NEIGHBOURHOODS, PROTOTYPES = "neighbourhoods.csv", "prototypes.csv"

Files = dict[str, bytes | None]


def placed(
    data: Path, mapping: Mapping, new_neighbourhood: str | None, new_prototype: str | None
) -> tuple[Mapping, Files]:
    """Return a mapping with the ids of its place, and the tables that change for it.

    Parameters
    ----------
    data
        The data folder. Ids are those of its inbox, or of its made-up sample, whose rows are then copied.
    mapping
        Names the ids, where they are not begun here.
    new_neighbourhood, new_prototype
        Names to begin; a name that is there already is taken for the one that has it.

    Raises
    ------
    UploadError
        Where nothing is chosen, or what is chosen is nowhere.
    """
    tables = _tables(data)
    prototype_id, home = mapping.prototype_id, mapping.neighbourhood_id
    if new_neighbourhood:
        home, tables[NEIGHBOURHOODS] = _begun_neighbourhood(new_neighbourhood, tables[NEIGHBOURHOODS])
    if new_prototype:
        if home is None:
            raise UploadError(
                "No neighbourhood is chosen. Choose one for the new prototype, or name a new one."
            )
        prototype_id, tables[PROTOTYPES] = _begun_prototype(new_prototype, home, tables[PROTOTYPES])
    tables[PROTOTYPES] = _with_known(data, PROTOTYPES, prototype_id, tables[PROTOTYPES])
    row = tables[PROTOTYPES].row("prototype_id", prototype_id)
    home = row["neighbourhood_id"].strip() if row else home
    tables[NEIGHBOURHOODS] = _with_known(data, NEIGHBOURHOODS, home, tables[NEIGHBOURHOODS])
    return replace(mapping, neighbourhood_id=home, prototype_id=prototype_id), _changed(data, tables)


def tables_of_named(data: Path, prototype_ids: set[str]) -> Files:
    """Return the tables that change for a file that names its prototypes itself.

    Raises
    ------
    UploadError
        Where not one of them is known: every line would be refused.
    """
    tables = _tables(data)
    known = 0
    for prototype_id in sorted(prototype_ids):
        try:
            tables[PROTOTYPES] = _with_known(data, PROTOTYPES, prototype_id, tables[PROTOTYPES])
        except UploadError:
            continue  # the lines that name it will be refused, each with its reason
        row = tables[PROTOTYPES].row("prototype_id", prototype_id)
        home = row["neighbourhood_id"].strip() if row else None
        tables[NEIGHBOURHOODS] = _with_known(data, NEIGHBOURHOODS, home, tables[NEIGHBOURHOODS])
        known += 1
    if not known:
        raise UploadError(
            f"The file names its prototypes itself, and none of them is in {PROTOTYPES}. Add them there first, with "
            f"their neighbourhoods in {NEIGHBOURHOODS}; data/README.md says what the two files hold."
        )
    return _changed(data, tables)


def named_in(content: bytes, name: str, mapping: Mapping) -> set[str]:
    """Return the ids of prototypes that stand in a file."""
    wanted = {plain(heading) for heading in mapping.columns.get("prototype_id", ())}
    ids: set[str] = set()
    for grid in read_book(content, name).grids:
        layout = None if grid.is_hidden else find_layout(grid, mapping.headings)
        for place, heading in enumerate(layout.headings if layout else ()):
            if layout is not None and plain(heading) in wanted:
                ids |= {
                    cell.strip()
                    for cell in grid.cells[place].take(pa.array(layout.body)).unique().to_pylist()
                }
    return ids - {""}


def _tables(data: Path) -> dict[str, Table]:
    return {name: read_table(data / "inbox", name) for name in (NEIGHBOURHOODS, PROTOTYPES)}


def _changed(data: Path, tables: dict[str, Table]) -> Files:
    before = _tables(data)
    return {name: table.written() for name, table in tables.items() if table.rows != before[name].rows}


def _begun_neighbourhood(name: str, table: Table) -> tuple[str, Table]:
    there = table.named(shown_name(name))
    if there is not None:
        return there["neighbourhood_id"].strip(), table
    made = made_id(name, {row.get("neighbourhood_id", "") for row in table.rows})
    row = {
        "neighbourhood_id": made,
        "name": shown_name(name) or made,
        "display_order": str(len(table.rows) + 1),
    }
    return made, table.with_row(row)


def _begun_prototype(name: str, home: str, table: Table) -> tuple[str, Table]:
    there = table.named(shown_name(name), home)
    if there is not None:
        return there["prototype_id"].strip(), table
    made = made_id(name, {row.get("prototype_id", "") for row in table.rows})
    row = {"prototype_id": made, "neighbourhood_id": home, "name": shown_name(name) or made}
    return made, table.with_row(row | {"stage": "prototype", "planned_every": "week"})


def _with_known(data: Path, file: str, value: str | None, table: Table) -> Table:
    """Return a table with the row of an id, copied from the made-up sample where only that has it."""
    key = f"{file.removesuffix('s.csv')}_id"
    if value is None:
        what = key.removesuffix("_id")
        raise UploadError(
            f"No {what} is chosen. Choose the {what} that the file belongs to, or name a new one."
        )
    if table.row(key, value):
        return table
    row = read_table(data / "sample", file).row(key, value)
    if row is None:
        raise UploadError(f'"{value}" is not in {file}. Choose one that is there, or name a new one.')
    return table.with_row(row)
