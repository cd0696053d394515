"""Delimited text as people export it: any of three delimiters, many encodings, true line numbers, no line lost.

Two lanes give the same grid. The fast one splits a block of plain lines at once; where a block holds a record that
runs over lines, a line of another width, or anything else that is not plain, it is split line by line
(`record_lines`). Every line of the text is in exactly one row or one broken record.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from pipelines.sources.cells.encodings import to_utf8
from pipelines.sources.cells.gathering import Gathered
from pipelines.sources.cells.record_lines import (
    LONGEST_LINE,
    LONGEST_RECORD,
    TOO_LONG,
    Record,
    split_lines,
    usual_width,
)
from pipelines.sources.cells.types import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, TOO_MANY_COLUMNS, Grid

DELIMITERS = (",", ";", "\t")

#: Bytes split at a time.
BLOCK = 2_000_000

#: Records turned into columns at a time: few, so that they are gone before the garbage collector counts them as old.
BATCH = 200

_LINE_END = re.compile(rb"\r\n|\n|\r")

#: Lines at the head of a text by which its usual width is told.
HEAD = 200


def read_text(content: bytes) -> tuple[Grid, tuple[str, ...]]:
    """Read delimited text.

    Parameters
    ----------
    content
        UTF-8 with or without a mark, UTF-16, UTF-32, else a one-byte encoding that Excel writes.

    Returns
    -------
    tuple
        The grid, blank lines and a `sep=` line among its rows; and notes on encoding and delimiter.

    Raises
    ------
    UnreadableFileError
        Beyond the limits of `cells`, or where nearly no line can be split.
    """
    encoded, notes = to_utf8(content)
    text = memoryview(encoded)
    n_lines = count_lines(text)
    head = _head(text)
    delimiter = find_delimiter(head)
    width = usual_width(head, delimiter)
    reading = _Reading(text, delimiter, width, max(width, min(MAX_COLUMNS, MAX_CELLS // max(n_lines, 1))))
    reading.gathered.check(n_lines)
    while reading.begin < len(text):
        reading.next_block()
        reading.gathered.check(n_lines)
    return reading.gathered.grid(), (*notes, *_delimiter_note(delimiter))


def find_delimiter(head: Sequence[str]) -> str:
    """Return the delimiter that a `sep=` line names, else the one that gives most lines one and the same width."""
    named = re.fullmatch(r"sep=([!#-~\t])\s*", head[0], re.IGNORECASE) if head else None
    if named:
        return named[1]
    return max(DELIMITERS, key=lambda mark: _agreement(head, mark))


def _agreement(head: Sequence[str], mark: str) -> tuple[int, int]:
    """Return how many lines have the usual width for a delimiter, and that width; nothing where it divides none."""
    width = usual_width(head, mark)
    n_lines = sum(line.count(mark) >= width - 1 for line in head) if width > 1 else 0
    return n_lines, width


def _delimiter_note(delimiter: str) -> tuple[str, ...]:
    names = {"\t": "tabs", ";": "semicolons"}
    return () if delimiter == "," else (f"Cells are divided by {names.get(delimiter, delimiter)}.",)


def count_lines(text: bytes | memoryview) -> int:
    """Count lines as they are split everywhere here: at line feed, carriage return, or both together."""
    n_ends = n_both = 0
    for begin in range(0, len(text), BLOCK):
        piece = bytes(text[begin : begin + BLOCK + 1])
        n_both += piece.count(b"\r\n")
        n_ends += piece.count(b"\n", 0, BLOCK) + piece.count(b"\r", 0, BLOCK)
    return n_ends - n_both + (bytes(text[-1:]) not in (b"", b"\n", b"\r"))


def _head(text: memoryview) -> list[str]:
    """Return the first lines, whole."""
    piece = bytes(text[:LONGEST_LINE])
    lines = piece.splitlines(keepends=True)
    return [line.decode() for line in lines[: min(HEAD, len(lines) - (len(piece) < len(text)))]]


@dataclass(slots=True)
class _Reading:
    """A text while it is read: what it is divided by, how far it is read, what was gathered."""

    text: memoryview
    delimiter: str
    width: int
    widest: int
    begin: int = 0
    line: int = 1
    gathered: Gathered = field(default_factory=Gathered)

    def next_block(self) -> None:
        """Split the next lines, at once where they are plain."""
        end = _block_end(self.text, self.begin)
        if end - self.begin > max(BLOCK, 4 * LONGEST_LINE):  # one line, not even looked at
            self.gathered.broken.append((self.line, TOO_LONG))
            self.begin, self.line = end, self.line + 1
            return
        block = bytes(self.text[self.begin : end])
        n_lines = count_lines(block)
        table = _fast(block, n_lines, self.delimiter, self.widest)
        if table is None:
            self._split_with_care(block)
            return
        self.gathered.add_arrays(np.arange(self.line, self.line + n_lines, dtype=np.int64), table.columns)
        self.begin, self.line = end, self.line + n_lines

    def _split_with_care(self, block: bytes) -> None:
        """Split a block line by line, its last record to its end."""
        lines = block.splitlines(keepends=True)
        n_block = len(lines)
        if b'"' in block:
            lines += self._next_lines(self.begin + len(block))
        written = [line.decode() for line in lines]
        records = takewhile(lambda record: record.begin < n_block, self._records(written, block))
        used = 0
        while batch := list(islice(records, BATCH)):
            used = batch[-1].begin + batch[-1].n_lines
            self._keep(batch)
        self.begin, self.line = self.begin + sum(map(len, lines[:used])), self.line + used

    def _next_lines(self, begin: int) -> list[bytes]:
        """Return as many whole lines as a record may still have."""
        piece = bytes(self.text[begin : begin + LONGEST_LINE])
        lines = piece.splitlines(keepends=True)
        return lines[: min(LONGEST_RECORD, len(lines) - (begin + len(piece) < len(self.text)))]

    def _records(self, written: list[str], block: bytes) -> Iterator[Record]:
        """Yield records; without quotes and beyond doubt a line is one."""
        is_plain = not (b'"' in block or b"\0" in block) and max(map(len, written)) <= MAX_CHARACTERS
        if not is_plain:
            return split_lines(written, self.delimiter, self.width, self.widest)
        rows = csv.reader(written, delimiter=self.delimiter)
        return (
            Record(n, 1, cells, None if len(cells) <= self.widest else TOO_MANY_COLUMNS)
            for n, cells in enumerate(rows)
        )

    def _keep(self, batch: Sequence[Record]) -> None:
        self.gathered.broken += [(self.line + record.begin, record.fault) for record in batch if record.fault]
        whole = [record for record in batch if not record.fault]
        lines = [self.line + record.begin for record in whole]
        self.gathered.add_records(lines, [record.cells for record in whole])


def _block_end(text: memoryview, begin: int) -> int:
    """Return where a block ends: after the last line end within reach, else after the next one."""
    end = begin + BLOCK
    if end >= len(text):
        return len(text)
    piece = bytes(text[begin:end])
    cut = piece.rfind(b"\n") + 1 or piece.rfind(b"\r", 0, -1) + 1
    if cut:
        return begin + cut
    for at in range(end - 1, len(text), BLOCK):
        ending = _LINE_END.search(bytes(text[at : at + BLOCK]))
        if ending:
            end = at + ending.end()
            return end + (bytes(text[end - 1 : end + 1]) == b"\r\n")
    return len(text)


def _fast(block: bytes, n_lines: int, delimiter: str, widest: int) -> pa.Table | None:
    """Split a block at once; None where it is not plain: a row a line, all of one width, nothing too long."""
    last = block[block.rfind(b"\n", 0, -1) + 1 :]
    if b"\0" in block or b'"' in last or block.startswith(b"\xef\xbb\xbf") or len(last) > LONGEST_LINE:
        return None
    first = block[: LONGEST_LINE // 2].splitlines()[0].decode(errors="replace")
    try:
        width = len(next(csv.reader([first], delimiter=delimiter), ()))
    except csv.Error:
        return None
    if not 0 < width <= widest:
        return None
    try:
        table = arrow_csv.read_csv(pa.BufferReader(block), *_options(width, delimiter))
    except pa.ArrowInvalid:
        return None
    if len(table) != n_lines or any(map(_has_long_cell, table.columns)):
        return None
    return table


def _options(width: int, delimiter: str) -> tuple[Any, Any, Any]:
    """Have every cell as the text it is."""
    names = [str(n) for n in range(width)]
    return (
        # A line longer than two of these blocks cannot be read at once.
        arrow_csv.ReadOptions(column_names=names, block_size=LONGEST_LINE // 2, use_threads=False),
        arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=False, ignore_empty_lines=False),
        arrow_csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )


def _has_long_cell(column: pa.ChunkedArray) -> bool:
    return bool((pc.max(pc.binary_length(column)).as_py() or 0) > MAX_CHARACTERS)
