"""Neighbourhoods and prototypes of the inbox: what an upload needs of them, chosen or new."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pipelines.sources import personal
from pipelines.uploads.names import safe_words

COLUMNS = {
    "neighbourhoods.csv": (
        "neighbourhood_id",
        "name",
        "display_order",
        "population",
        "wards",
        "wards_vintage",
        "pcn_code",
    ),
    "prototypes.csv": ("prototype_id", "neighbourhood_id", "name", "theme", "stage", "started_on", "planned_every"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A reference table as it stands: its columns, its rows as cells by column, and how it is written."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    delimiter: str = ","

    def row(self, key: str, value: str | None) -> dict[str, str] | None:
        """Return the row with a value in a column, or None."""
        return next((row for row in self.rows if row.get(key, "").strip() == value), None)

    def named(self, name: str, home: str | None = None) -> dict[str, str] | None:
        """Return the row of a name, capitals aside, in a neighbourhood where one is given; or None."""
        rows = [row for row in self.rows if home is None or row.get("neighbourhood_id", "").strip() == home]
        return next((row for row in rows if row.get("name", "").strip().casefold() == name.casefold()), None)

    def with_row(self, row: dict[str, str]) -> Table:
        """Return the table with one more row; columns that only the row has are added behind the others."""
        more = [column for column, cell in row.items() if column not in self.columns and cell]
        return Table((*self.columns, *more), (*self.rows, row), self.delimiter)

    def written(self) -> bytes:
        """Return the table as UTF-8 text."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([row.get(column, "") for column in self.columns] for row in self.rows)
        return text.getvalue().encode()


def read_table(folder: Path, name: str) -> Table:
    """Return a reference table of a folder; an empty one with the usual columns where there is none."""
    path = folder / name
    if not path.is_file():
        return Table(COLUMNS[name], ())
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    columns = tuple(column.strip() for column in rows[0]) if rows else COLUMNS[name]
    return Table(columns, tuple(dict(zip(columns, row, strict=False)) for row in rows[1:]), delimiter)


def made_id(name: str, taken: Collection[str]) -> str:
    """Return an id made of a name as it may be shown: small letters, digits and _, not taken yet."""
    ascii_only = unicodedata.normalize("NFKD", shown_name(name)).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")[:48].strip("_") or "place"
    word = word if word[0].isalpha() else f"n_{word}"
    number, free = 2, word
    while free in taken:
        free, number = f"{word}_{number}", number + 1
    return free


def shown_name(name: str) -> str:
    """Return the name of a place or prototype as it may be kept and shown."""
    return personal.scrub(safe_words(name) or "")[0]
