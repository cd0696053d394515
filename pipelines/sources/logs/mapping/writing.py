"""A mapping written as TOML that a person can read and edit; read back, it is equal."""

from __future__ import annotations

from typing import Any

import tomli_w

from pipelines.sources.logs.mapping.types import COLUMNS, COUNT, ID_COLUMNS, ItemSpec, Mapping

_HEAD = """\
# Which column of the file is what. Headings stand in quotes, as the file has them; several may stand in a list.
# Everything that is not named here is left out. data/README.md says what each key means.
"""

_COMMENTS = {
    "dates": '# "day-first" reads 03/04/2026 as 3 April, "month-first" as 4 March; "as-written" lets the whole column decide.',
    "dates_carry_down": "# An empty date is that of the row above.",
    "tested_on": "# The day of the session, not the day on which it was typed in.",
    "sender": "# Compared to find doubles, never kept.",
}


def write_mapping(mapping: Mapping) -> str:
    """Return a mapping as TOML; `read_mapping` of it gives an equal one."""
    top: dict[str, Any] = {key: value for key in ID_COLUMNS if (value := getattr(mapping, key)) is not None}
    if mapping.form:
        top["form"] = mapping.form
    top["dates"] = mapping.dates
    if mapping.dates_carry_down:
        top["dates_carry_down"] = True
    top |= {key: _one_or_list(mapping.columns[key]) for key in COLUMNS if key in mapping.columns}
    parts = [_HEAD, *(_line(key, value) for key, value in top.items())]
    ids = {key: _one_or_list(mapping.columns[key]) for key in ID_COLUMNS if key in mapping.columns}
    tables = {
        "columns": ids,
        "items": {name: _item(spec) for name, spec in mapping.items.items()},
        "sheets": {name: _sheet(sheet) for name, sheet in mapping.sheets.items()},
    }
    parts += [_table(name, table) for name, table in tables.items() if table]
    return "".join(parts)


def _line(key: str, value: Any) -> str:
    comment = f"{_COMMENTS[key]}\n" if key in _COMMENTS else ""
    return comment + tomli_w.dumps({key: value})


def _table(name: str, table: dict[str, Any]) -> str:
    """Return a table; an item of several keys is written on one line where TOML allows."""
    if name != "items":
        return "\n" + tomli_w.dumps({name: table})
    lines = ["\n[items]   # item = the heading under which it is counted\n"]
    simple = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines.append(tomli_w.dumps(simple))
    lines += [
        "\n" + tomli_w.dumps({"items": {key: value}}) for key, value in table.items() if key not in simple
    ]
    return "".join(lines)


def _one_or_list(headings: tuple[str, ...]) -> str | list[str]:
    return headings[0] if len(headings) == 1 else list(headings)


def _item(spec: ItemSpec) -> Any:
    plain = ItemSpec(spec.headings)
    if spec == plain:
        return _one_or_list(spec.headings)
    ask, default = spec.ask, COUNT
    made: dict[str, Any] = {"heading": _one_or_list(spec.headings)}
    made |= {
        key: getattr(ask, key)
        for key in ("amount", "unit", "out_of", "part")
        if getattr(ask, key) != getattr(default, key)
    }
    if spec.option is not None:
        made["option"] = spec.option
    if spec.not_from is not None:
        made["not_from"] = list(spec.not_from)
    if spec.where is not None:
        made["where"] = {"heading": spec.where[0], "says": spec.where[1]}
    return made


def _sheet(sheet: Any) -> dict[str, Any]:
    made = {"dates": sheet.dates} if sheet.dates else {}
    return made | {key: True for key in ("skip", "read_hidden") if getattr(sheet, key)}
