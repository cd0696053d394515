"""Delimited text as people export it: any of three delimiters, many encodings, true line numbers, no line lost.

Two lanes give the same grid. The fast one splits a block of plain lines at once; where a block holds a record that
runs over lines, a line of another width, or anything else that is not plain, it is split line by line
(`record_lines`). Every line of the text is in exactly one row or one broken record.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from pipelines.sources.cells import MAX_CHARACTERS, MAX_COLUMNS, Grid
from pipelines.sources.encodings import to_utf8
from pipelines.sources.gathering import Gathered
from pipelines.sources.record_lines import (
    LONGEST_LINE,
    LONGEST_RECORD,
    split_lines,
    usual_width,
)

DELIMITERS = (",", ";", "\t")

#: Bytes split at a time.
BLOCK = 2_000_000

#: Records turned into columns at a time.
BATCH = 20_000

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
    text, notes = to_utf8(content)
    del content
    view = memoryview(text)
    head = _head(view)
    delimiter = find_delimiter(head)
    gathered = Gathered()
    begin, line, width = 0, 1, usual_width(head, delimiter)
    while begin < len(view):
        block = bytes(view[begin : _block_end(view, begin)])
        n_lines, n_bytes = _n_lines(block), len(block)
        gathered.check(line - 1 + n_lines)
        table = _fast(block, n_lines, delimiter)
        if table is None:
            n_lines, n_bytes = _careful(block, view[begin + n_bytes :], line, delimiter, width, gathered)
        else:
            gathered.add_arrays(np.arange(line, line + n_lines, dtype=np.int64), table.columns)
        begin, line = begin + n_bytes, line + n_lines
        gathered.check(line - 1)
    return gathered.grid(), (*notes, *_delimiter_note(delimiter))


def find_delimiter(head: Sequence[bytes]) -> str:
    """Return the delimiter that a `sep=` line names, else the one that gives most lines one and the same width."""
    named = re.fullmatch(rb"sep=([!#-~\t])\s*", head[0], re.IGNORECASE) if head else None
    if named:
        return named[1].decode()
    return max(DELIMITERS, key=lambda mark: _agreement(head, mark))


def _agreement(head: Sequence[bytes], mark: str) -> tuple[int, int]:
    """Return how many lines have the usual width for a delimiter, and that width; nothing where it divides none."""
    width = usual_width(head, mark)
    n_lines = sum(line.count(mark.encode()) >= width - 1 for line in head) if width > 1 else 0
    return n_lines, width


def _delimiter_note(delimiter: str) -> tuple[str, ...]:
    names = {"\t": "tabs", ";": "semicolons"}
    return () if delimiter == "," else (f"Cells are divided by {names.get(delimiter, delimiter)}.",)


def _head(view: memoryview) -> list[bytes]:
    """Return the first lines, whole."""
    piece = bytes(view[:1_000_000])
    lines = piece.splitlines(keepends=True)
    return lines[: min(HEAD, len(lines) - (len(piece) < len(view)))]


def _block_end(view: memoryview, begin: int) -> int:
    """Return where a block ends: after the last line end within reach, else after the next one."""
    end = begin + BLOCK
    while end < len(view):
        piece = bytes(view[begin:end])
        cut = piece.rfind(b"\n") + 1 or piece.rfind(b"\r", 0, -1) + 1
        if cut:
            return begin + cut
        end += BLOCK
    return len(view)


def _n_lines(block: bytes) -> int:
    """Count lines as they are split everywhere here: at line feed, carriage return, or both together."""
    n_ends = block.count(b"\n")
    if b"\r" in block:
        n_ends += block.count(b"\r") - block.count(b"\r\n")
    return n_ends + (not block.endswith((b"\n", b"\r")))


def _fast(block: bytes, n_lines: int, delimiter: str) -> pa.Table | None:
    """Split a block at once; None where it is not plain: a row a line, all of one width, nothing too long."""
    last = block[block.rfind(b"\n", 0, -1) + 1 :]
    if b"\0" in block or b'"' in last or block.startswith(b"\xef\xbb\xbf"):
        return None
    first = block[:LONGEST_LINE].splitlines()[0].decode(errors="replace")
    width = len(next(csv.reader([first], delimiter=delimiter), ()))
    if not 0 < width <= MAX_COLUMNS:
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
        arrow_csv.ReadOptions(column_names=names),
        arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=False, ignore_empty_lines=False),
        arrow_csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )


def _has_long_cell(column: pa.ChunkedArray) -> bool:
    return bool((pc.max(pc.binary_length(column)).as_py() or 0) > MAX_CHARACTERS)


def _careful(
    block: bytes, rest: memoryview, line: int, delimiter: str, width: int, gathered: Gathered
) -> tuple[int, int]:
    """Split a block line by line, its last record to its end; return the lines and bytes that were used."""
    lines = block.splitlines(keepends=True)
    n_block = len(lines)
    beyond = bytes(rest[:LONGEST_LINE]).splitlines(keepends=True)
    lines += beyond[: min(LONGEST_RECORD, len(beyond) - (len(rest) > LONGEST_LINE))]
    used = 0
    inside = takewhile(lambda record: record.begin < n_block, split_lines(lines, delimiter, width))
    while batch := list(islice(inside, BATCH)):
        used = batch[-1].begin + batch[-1].n_lines
        gathered.broken += [(line + record.begin, record.fault) for record in batch if record.fault]
        whole = [record for record in batch if not record.fault]
        gathered.add_records([line + record.begin for record in whole], [record.cells for record in whole])
        gathered.check(line - 1 + used)
    return used, sum(map(len, lines[:used]))
