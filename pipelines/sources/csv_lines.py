"""Delimited text as people export it: any of three delimiters, two encodings, and true line numbers.

A record keeps the 1-based line of the file where it begins, although cells may hold line breaks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

DELIMITERS = (",", ";", "\t")

#: A record of more lines than this is a quote that was never closed, not a long comment.
LONGEST_RECORD = 40

UNCLOSED = (
    'A quotation mark (") is opened on this line and not closed. Close it, or write two of them ("") for one that '
    "belongs to the text."
)


@dataclass(frozen=True, slots=True)
class Record:
    """One CSV record: the line it begins on, its cells, and a fault where it could not be split."""

    line: int
    cells: tuple[str, ...]
    fault: str | None = None
    n_lines: int = 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands in it."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Text:
    """A file split into records, every line of it in exactly one record."""

    records: tuple[Record, ...]
    delimiter: str
    encoding: str


def split(content: bytes) -> Text:
    """Split a file into records.

    UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252 (what Excel saves in Britain).
    Never raises: a line that cannot be split becomes a record with a fault, and reading goes on below it.
    """
    text, encoding = _decode(content)
    lines = list(io.StringIO(text, newline=""))
    delimiter = _delimiter(lines)
    return Text(tuple(_records(lines, delimiter)), delimiter, encoding)


def _decode(content: bytes) -> tuple[str, str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that splits most often on the first line that holds any."""
    for line in islice(lines, 10):
        if line.lower().startswith("sep=") and len(line.rstrip("\r\n")) == len("sep=") + 1:
            return line[4]
        counts = {mark: line.count(mark) for mark in DELIMITERS}
        if any(counts.values()):
            return max(DELIMITERS, key=lambda mark: counts[mark])
    return ","


def _records(lines: list[str], delimiter: str) -> Iterator[Record]:
    begin = 0
    while begin < len(lines):
        for record in _until_broken(lines, begin, delimiter):
            yield record
            begin += record.n_lines


def _until_broken(lines: list[str], begin: int, delimiter: str) -> Iterator[Record]:
    """Yield records from a line on, ending after one that is broken, so that reading can begin again below it."""
    reader = csv.reader(islice(lines, begin, None), delimiter=delimiter)
    first = begin
    try:
        for cells in reader:
            end = begin + reader.line_num
            at_end = end == len(lines) and _is_unclosed(lines[first:end], delimiter)
            if at_end or end - first > LONGEST_RECORD:
                yield Record(first + 1, (), UNCLOSED)
                return
            yield Record(first + 1, tuple(cells), None, end - first)
            first = end
    except csv.Error:
        yield Record(
            first + 1, (), "This line cannot be split into cells. Save the file as CSV (UTF-8) again."
        )


def _is_unclosed(lines: list[str], delimiter: str) -> bool:
    """Whether a record would have swallowed another line, had there been one."""
    reader = csv.reader([*lines, "x"], delimiter=delimiter)
    next(reader)
    return reader.line_num > len(lines)
