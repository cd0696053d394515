"""Bytes of a published file into columns by name: delimited text, or JSON of records.

JSON is a list of objects, or an object that holds one such list. Its "line" is the number of the record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.sources.csv_lines import Record, split
from pipelines.sources.origin import Origin
from pipelines.sources.publication import Publication
from pipelines.sources.tables import Effect

#: A JSON grows about eightfold in memory; the same figures as CSV do not.
LARGEST_JSON = 40_000_000

TOO_LARGE = (
    f"A JSON of more than {LARGEST_JSON // 1_000_000} MB is not read. Download the CSV of the same figures."
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
    try:
        if len(content) > LARGEST_JSON:
            raise ValueError(TOO_LARGE)
        records = _records_of(json.loads(content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        reason = (
            TOO_LARGE
            if len(content) > LARGEST_JSON
            else f"This JSON cannot be read ({type(error).__name__})."
        )
        return _unreadable(content, file, origin, reason)
    keys = list(dict.fromkeys(key for record in records for key in record))
    columns = {heading_word(key): _column([_cell(record.get(key)) for record in records]) for key in keys}
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
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _from_text(content: bytes, file: str, origin: Origin) -> Publication:
    records = split(content).records
    body = [record for record in records if not record.is_blank and record.fault is None]
    heading = [heading_word(cell) for cell in body[0].cells] if body else []
    fitting = [record for record in body[1:] if _fits(record, len(heading))]
    publication = Publication(
        file, content, _columns(heading, fitting), np.array([r.line for r in fitting], dtype=np.int64), origin
    )
    publication.other_lines["furniture"] = sum(record.is_blank for record in records) + bool(body)
    _refuse_unsplit(
        publication, [record for record in records if not _fits(record, len(heading))], len(heading)
    )
    return publication


def _fits(record: Record, width: int) -> bool:
    return record.fault is None and not any(cell.strip() for cell in record.cells[width:])


def _refuse_unsplit(publication: Publication, records: Sequence[Record], width: int) -> None:
    for record in records:
        reason = record.fault or (
            f"The line has {len(record.cells)} cells, the heading {width}. A text with a comma needs quotes."
        )
        publication.refuse_line(record.line, reason)


def _columns(heading: Sequence[str], records: Sequence[Record]) -> dict[str, pa.StringArray]:
    """Return columns by heading; of headings that recur the first counts."""
    return {
        name: _column([r.cells[at].strip() if at < len(r.cells) else "" for r in records])
        for at, name in reversed(list(enumerate(heading)))
        if name
    }


def _column(texts: list[str]) -> pa.StringArray:
    return pa.array(texts, type=pa.string())


def _unreadable(content: bytes, file: str, origin: Origin, reason: str) -> Publication:
    publication = Publication(file, content, {}, np.arange(0), origin)
    publication.tell(None, None, None, reason, Effect.LINE_REFUSED)
    publication.other_lines["refused"] = 1
    return publication
