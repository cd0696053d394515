"""Bytes of a published file into columns by name: delimited text (or a sheet), or JSON of records.

JSON is a list of objects, or an object that holds one such list. Its "line" is the number of the record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.grid import Book, read_book
from pipelines.sources.published.origin import Origin
from pipelines.sources.published.publication import Publication
from pipelines.sources.tables import Effect

#: Lines at the top among which the heading stands.
HEADING_WITHIN = 100

#: A JSON grows in memory by its records and cells more than by its bytes; the same figures as CSV do not.
LARGEST_JSON, MOST_RECORDS, MOST_CELLS = 40_000_000, 500_000, 3_000_000

TOO_LARGE = (
    f"A JSON of more than {LARGEST_JSON // 1_000_000} MB, {MOST_RECORDS:,} records or {MOST_CELLS:,} cells is not read. "
    "Download the CSV of the same figures."
)


def heading_word(heading: str) -> str:
    """Return a heading as one word: small letters and digits, one underscore between words.

    >>> heading_word("Lower CI  95.0 limit")
    'lower_ci_95_0_limit'
    """
    return re.sub(r"[\W_]+", "_", heading.strip().casefold()).strip("_")


def open_publication(content: bytes, file: str, origin: Origin) -> Publication:
    """Split a file into columns; lines that cannot be split are refused here, blank ones are furniture.

    Never raises: what cannot be read at all is a publication without columns, with the fault that says why.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _from_json(content, file, origin)
    return _from_text(content, file, origin)


def _from_json(content: bytes, file: str, origin: Origin) -> Publication:
    n_boxes, n_parts = content.count(b"{") + content.count(b"["), content.count(b",")
    if len(content) > LARGEST_JSON or n_boxes > MOST_RECORDS or n_parts > MOST_CELLS:
        return _unreadable(content, file, origin, TOO_LARGE)
    try:
        records = _records_of(json.loads(content.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return _unreadable(content, file, origin, "This JSON is cut short or damaged. Download it again.")
    if not records:
        return _unreadable(
            content, file, origin, "This JSON holds no list of records, so there are no figures in it."
        )
    columns: dict[str, pa.StringArray] = {}
    for key in dict.fromkeys(key for record in records for key in record):
        cells = [_cell(record.get(key)) for record in records]
        columns.setdefault(heading_word(key), pa.array(cells, type=pa.string()))
    return Publication(file, content, columns, np.arange(1, len(records) + 1), origin)


def _records_of(read: Any) -> list[dict[str, Any]]:
    """Return the list of records in a JSON, whatever the key that holds it."""
    lists = [read] if isinstance(read, list) else list(read.values()) if isinstance(read, dict) else []
    found = [
        part for part in lists if isinstance(part, list) and part and all(isinstance(r, dict) for r in part)
    ]
    return max(found, key=len, default=[])


def _cell(value: Any) -> str:
    if value is None or isinstance(value, (list, dict)):
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value).strip()
    return text.encode("utf-8", errors="replace").decode()  # half a character, as JSON may escape it, is none


def _from_text(content: bytes, file: str, origin: Origin) -> Publication:
    try:
        book = read_book(content, file)
    except UnreadableFileError as error:
        return _unreadable(content, file, origin, str(error))
    grid = next((grid for grid in book.grids if not grid.is_hidden and grid.n_rows), book.grids[0])
    notes = (*book.notes, *_sheet_note(book))
    del book
    cells = [pc.utf8_trim_whitespace(column) for column in grid.cells]
    lines, broken = grid.lines, grid.broken
    del grid  # as large as the file, and not needed any more
    is_empty = [pc.equal(pc.binary_length(column), 0).to_numpy(zero_copy_only=False) for column in cells]
    is_blank = np.logical_and.reduce(is_empty) if cells else np.zeros(0, dtype=bool)
    at = _heading_row(cells, is_blank)
    heading = [heading_word(column[at].as_py()) for column in cells] if at is not None else []
    width = max((place + 1 for place, name in enumerate(heading) if name), default=0)
    is_wide = ~np.logical_and.reduce(is_empty[width:]) if is_empty[width:] else np.zeros_like(is_blank)
    is_body = np.arange(len(is_blank)) > (-1 if at is None else at)
    body = np.flatnonzero(is_body & ~is_blank & ~is_wide)
    publication = Publication(file, content, _columns(heading, cells, body), lines[body], origin)
    wide = lines[is_body & is_wide].tolist()
    publication.other_lines["furniture"] = len(lines) - len(body) - len(wide)
    unsplit: dict[str, list[int]] = {}
    for broken_line, reason in broken:
        unsplit.setdefault(reason, []).append(broken_line)
    unsplit[
        f"The line has more cells than the heading, which has {width}. A text with a comma needs quotes."
    ] = wide
    for reason, those in unsplit.items():
        publication.refuse_lines(those, reason)
    for note in notes:
        publication.tell(None, None, None, note)
    return publication


def _heading_row(cells: Sequence[pa.StringArray], is_blank: np.ndarray) -> int | None:
    """Return the first row that holds anything but a line that only names the delimiter."""
    for row in np.flatnonzero(~is_blank[:HEADING_WITHIN]):
        if not "".join(column[int(row)].as_py() for column in cells).casefold().startswith("sep="):
            return int(row)
    return None


def _sheet_note(book: Book) -> tuple[str, ...]:
    n_sheets = sum(grid.n_rows > 0 for grid in book.grids)
    return (f"Of {n_sheets} sheets the first was read; save the others as CSV.",) if n_sheets > 1 else ()


def _columns(
    heading: Sequence[str], cells: Sequence[pa.StringArray], body: np.ndarray
) -> dict[str, pa.StringArray]:
    """Return columns by heading; of headings that recur the first counts."""
    named = {name: at for at, name in reversed(list(enumerate(heading))) if name}
    return {name: _taken(cells[at], body) for name, at in sorted(named.items(), key=lambda pair: pair[1])}


def _taken(cells: pa.StringArray, rows: np.ndarray) -> pa.StringArray:
    """Return the cells of some rows (rising); where none is missing between them they are not copied."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
        return cells.slice(int(rows[0]), len(rows))
    return cells.take(pa.array(rows))


def _unreadable(content: bytes, file: str, origin: Origin, reason: str) -> Publication:
    publication = Publication(file, content, {}, np.arange(0), origin)
    publication.tell(None, None, None, reason, Effect.LINE_REFUSED)
    publication.other_lines["refused"] = 1
    return publication
