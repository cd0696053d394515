"""A mapping read from TOML: all faults told at once, each with its key."""

from __future__ import annotations

import tomllib
from typing import Any

from pipelines.errors import Fault
from pipelines.measures import IDENTIFIER
from pipelines.sources.logs.mapping.types import (
    COLUMNS,
    DATES,
    FORMS,
    ID_COLUMNS,
    ItemSpec,
    Mapping,
    SheetMapping,
)
from pipelines.sources.written.values import Ask

_TOP = (*ID_COLUMNS, "form", "dates", "dates_carry_down", *COLUMNS)
_TABLES = ("columns", "items", "ticked", "sheets")
_AMOUNTS = ("count", "measurement", "share", "score")
_PARTS = ("first", "second")
_ITEM_KEYS = frozenset(("heading", "amount", "unit", "out_of", "part", "option", "not_from", "where"))
_SHEET_KEYS = frozenset(("dates", "skip", "read_hidden"))

_NOT_HEADINGS = "this is not a heading. Write the question as the form has it, in quotes; several as a list."


def read_mapping(content: bytes, file: str) -> tuple[Mapping | None, list[Fault]]:
    """Read a mapping.

    Parameters
    ----------
    content
        The bytes of the TOML file.
    file
        Its path, for the faults.

    Returns
    -------
    tuple
        The mapping and no fault, or None and every fault. A file that names neither a date nor an item only
        overrules how a log of the contract is read (`Mapping.by_name`).
    """
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = f"the file is not readable TOML ({error}). data/README.md shows a mapping."
        return None, [Fault(file, None, None, reason)]
    reader = _Reader(table, file)
    mapping = reader.mapping()
    return (None, reader.faults) if reader.faults else (mapping, [])


class _Reader:
    """Reads one mapping and gathers its faults."""

    def __init__(self, table: dict[str, Any], file: str):
        self.table = table
        self.file = file
        self.faults: list[Fault] = []

    def mapping(self) -> Mapping:
        known = (*_TOP, *_TABLES)
        for key in sorted(set(self.table) - set(known)):
            self._fault(key, f"this key is not known. Known keys: {', '.join(known)}.")
        by_name = not {"tested_on", "items", "ticked"} & set(self.table)
        columns = self._columns()
        items = self._items() | self._ticked()
        if not by_name:
            self._require(columns, items)
        self._check_transfers(items, columns)
        return Mapping(
            self._text("neighbourhood_id"),
            self._text("prototype_id"),
            columns,
            items,
            self._choice(self.table, "dates", DATES) or DATES[0],
            self._flag(self.table, "dates_carry_down"),
            self._sheets(),
            self._choice(self.table, "form", FORMS),
            by_name,
        )

    def _fault(self, key: str | None, reason: str) -> None:
        self.faults.append(Fault(self.file, None, key, reason))

    def _require(self, columns: dict[str, tuple[str, ...]], items: dict[str, ItemSpec]) -> None:
        if "tested_on" not in self.table:
            self._fault("tested_on", "this key is missing. Add it; data/README.md says what it means.")
        for key in ID_COLUMNS:
            if key not in self.table and key not in columns:
                self._fault(
                    key,
                    f'this key is missing. Add it, or under [columns] {key} = "the heading that holds it".',
                )
        if not items and not {"items", "ticked"} & {str(fault.column).split(".")[0] for fault in self.faults}:
            self._fault(
                "items",
                'no item is mapped. Write e.g. [items] and below it attended = "How many people came?".',
            )

    def _text(self, key: str) -> str | None:
        value = self.table.get(key)
        if value is not None and not (isinstance(value, str) and value.strip()):
            self._fault(key, "this is not a text. Write it in quotes.")
            return None
        return value

    def _flag(self, table: dict[str, Any], key: str, name: str | None = None) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._fault(name or key, "this is neither true nor false. Write it without quotes.")
            return False
        return value

    def _choice(
        self, table: dict[str, Any], key: str, words: tuple[str, ...], name: str | None = None
    ) -> str | None:
        value = table.get(key)
        if value is not None and value not in words:
            self._fault(name or key, f"choose one of: {', '.join(words)}.")
            return None
        return value

    def _headings(self, value: Any, name: str, reason: str = _NOT_HEADINGS) -> tuple[str, ...]:
        found = value if isinstance(value, list) else [value]
        if not found or not all(isinstance(heading, str) and heading.strip() for heading in found):
            self._fault(name, reason)
            return ()
        return tuple(found)

    def _columns(self) -> dict[str, tuple[str, ...]]:
        reason = "this is not a text. Write the heading in quotes; several as a list."
        columns = {key: self._headings(self.table[key], key, reason) for key in COLUMNS if key in self.table}
        for key, value in self._named("columns").items():
            if key not in (*COLUMNS, *ID_COLUMNS):
                self._fault(f"columns.{key}", f"known are: {', '.join((*ID_COLUMNS, *COLUMNS))}.")
            elif key in self.table:
                self._fault(f"columns.{key}", "this key stands twice. Remove one of the two.")
            else:
                columns[key] = self._headings(value, f"columns.{key}", reason)
        return columns

    def _named(self, key: str) -> dict[str, Any]:
        found = self.table.get(key, {})
        if not isinstance(found, dict):
            self._fault(key, f"this is not a table. Begin it with [{key}].")
            return {}
        return found

    def _check_item_name(self, key: str, name: str) -> None:
        if not IDENTIFIER.match(name):
            self._fault(f"{key}.{name}", "this is not an item name. Use small letters, digits and _.")

    def _items(self) -> dict[str, ItemSpec]:
        made = {}
        for name, entry in self._named("items").items():
            self._check_item_name("items", name)
            made[name] = self._item(name, entry)
        return made

    def _item(self, name: str, entry: Any) -> ItemSpec:
        key = f"items.{name}"
        if not isinstance(entry, dict):
            return ItemSpec(self._headings(entry, key))
        for unknown in sorted(set(entry) - _ITEM_KEYS):
            self._fault(f"{key}.{unknown}", f"this key is not known. Known: {', '.join(sorted(_ITEM_KEYS))}.")
        out_of = entry.get("out_of")
        if out_of is not None and (
            isinstance(out_of, bool) or not isinstance(out_of, int | float) or out_of <= 0
        ):
            self._fault(f"{key}.out_of", "this is not a number above 0. Write it without quotes.")
            out_of = None
        texts = {word: entry.get(word) for word in ("unit", "option")}
        for word, text in texts.items():
            if text is not None and not (isinstance(text, str) and text.strip()):
                self._fault(f"{key}.{word}", "this is not a text. Write it in quotes.")
        ask = Ask(
            self._choice(entry, "amount", _AMOUNTS, f"{key}.amount") or "count",
            texts["unit"],
            None if out_of is None else float(out_of),
            self._choice(entry, "part", _PARTS, f"{key}.part"),
        )
        headings = self._headings(entry.get("heading"), key)
        return ItemSpec(
            headings,
            ask,
            texts["option"],
            self._not_from(entry.get("not_from"), key),
            self._where(entry, key),
        )

    def _where(self, entry: dict[str, Any], key: str) -> tuple[str, str] | None:
        value = entry.get("where")
        if value is None:
            return None
        texts = [value.get(word) for word in ("heading", "says")] if isinstance(value, dict) else []
        if (
            len(texts) == 2
            and len(value) == 2
            and all(isinstance(text, str) and text.strip() for text in texts)
        ):
            return str(texts[0]), str(texts[1])
        self._fault(f"{key}.where", 'write it as where = { heading = "Event", says = "Given out" }.')
        return None

    def _not_from(self, value: Any, key: str) -> tuple[str, str] | None:
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2 and all(isinstance(word, str) for word in value):
            return value[0], value[1]
        self._fault(f"{key}.not_from", 'write it as not_from = ["source", "member"].')
        return None

    def _check_transfers(self, items: dict[str, ItemSpec], columns: dict[str, tuple[str, ...]]) -> None:
        for name, spec in items.items():
            missing = [key for key in spec.not_from or () if key not in columns]
            if missing:
                reason = (
                    f'{" and ".join(missing)} must be among the columns. Add e.g. {missing[0]} = "Got from".'
                )
                self._fault(f"items.{name}.not_from", reason)

    def _ticked(self) -> dict[str, ItemSpec]:
        made: dict[str, ItemSpec] = {}
        for name, entry in self._named("ticked").items():
            self._check_item_name("ticked", name)
            texts = [entry.get(key) for key in ("heading", "option")] if isinstance(entry, dict) else [None]
            if not all(isinstance(text, str) and text.strip() for text in texts) or set(entry) != {
                "heading",
                "option",
            }:
                reason = 'write it as { heading = "What did you do?", option = "Tea, cake and talk" }.'
                self._fault(f"ticked.{name}", reason)
            else:
                made[name] = ItemSpec((str(texts[0]),), option=str(texts[1]))
        return made

    def _sheets(self) -> dict[str, SheetMapping]:
        made = {}
        for name, entry in self._named("sheets").items():
            if not isinstance(entry, dict):
                self._fault(f"sheets.{name}", f'this is not a table. Begin it with [sheets."{name}"].')
                continue
            for unknown in sorted(set(entry) - _SHEET_KEYS):
                known = ", ".join(sorted(_SHEET_KEYS))
                self._fault(f"sheets.{name}.{unknown}", f"this key is not known. Known: {known}.")
            key = f"sheets.{name}"
            made[name] = SheetMapping(
                self._choice(entry, "dates", DATES, f"{key}.dates"),
                self._flag(entry, "skip", f"{key}.skip"),
                self._flag(entry, "read_hidden", f"{key}.read_hidden"),
            )
        return made
