"""Splitting lines into records, one at a time and with care: the lane for text that is not plain.

A record may run over several lines inside quotes. A quote that was never closed must cost its own line only, not
swallow what stands below it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.sources.cells.types import (
    HOLDS_NUL,
    MAX_CHARACTERS,
    TOO_MANY_CHARACTERS,
    TOO_MANY_COLUMNS,
)

#: A record of more lines than this is a quote that was never closed, not a long comment.
LONGEST_RECORD = 40

#: Characters of a line beyond which it is not even split.
LONGEST_LINE = 1 << 20

UNCLOSED = (
    'A quotation mark (") is opened on this line and not closed. Close it, or write two of them ("") for one that '
    "belongs to the text."
)
UNSPLIT = "This line cannot be split into cells. Save the file as CSV (UTF-8) again."
TOO_LONG = f"The line has more than {LONGEST_LINE:,} characters. Look for a line break that is missing."


class Record(NamedTuple):
    """One record: the 0-based line it begins on, its lines, its cells, and a fault where it cannot be kept."""

    begin: int
    n_lines: int
    cells: Sequence[str]
    fault: str | None = None


def usual_width(lines: Sequence[str], delimiter: str) -> int:
    """Return how many cells the lines of a text mostly have, each split by itself; 1 where there are none."""
    widths = Counter(
        len(next(csv.reader([line], delimiter=delimiter), ())) for line in lines if len(line) < MAX_CHARACTERS
    )
    several = {width: n for width, n in widths.items() if width > 1}
    return max(several, key=lambda width: (several[width], width), default=1)


def split_lines(lines: Sequence[str], delimiter: str, width: int, widest: int) -> Iterator[Record]:
    """Yield the records of lines, each line in exactly one of them.

    Parameters
    ----------
    lines
        Each with its line end.
    delimiter
        One character.
    width
        Cells that a record of this text usually has; a quote that runs over lines and leaves fewer is a slip.
    widest
        Cells beyond which a record is not kept.
    """
    begin = 0
    while begin < len(lines):
        for record in _until_broken(lines, begin, delimiter, width):
            if not record.fault:
                record = record._replace(fault=fault) if (fault := _fault(record.cells, widest)) else record
            yield record
            begin = record.begin + record.n_lines


def _until_broken(lines: Sequence[str], begin: int, delimiter: str, width: int) -> Iterator[Record]:
    """Yield records from a line on, ending after one that is not written by the rules, to begin again below it."""
    if len(lines[begin]) > LONGEST_LINE:
        yield Record(begin, 1, (), TOO_LONG)
        return
    reader = csv.reader(map(lines.__getitem__, range(begin, len(lines))), delimiter=delimiter, strict=True)
    first = begin
    try:
        for cells in reader:
            end = begin + reader.line_num
            if end - first > 1 and _is_slip(lines[first:end], cells, delimiter, width):
                yield Record(first, 1, (), UNCLOSED)
                return
            yield Record(first, end - first, cells)
            first = end
            if end < len(lines) and len(lines[end]) > LONGEST_LINE:
                return
    except csv.Error:
        yield _alone(first, lines[first], delimiter)


def _alone(at: int, line: str, delimiter: str) -> Record:
    """Split a line by itself, a quote in the middle of a word taken as it stands; open at its end it is broken."""
    reader = csv.reader([line, "x"], delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error as error:
        return Record(at, 1, (), TOO_MANY_CHARACTERS if "field limit" in str(error) else UNSPLIT)
    return Record(at, 1, cells) if reader.line_num == 1 else Record(at, 1, (), UNCLOSED)


def _fault(cells: Sequence[str], widest: int) -> str | None:
    """Return why a record that could be split cannot be kept."""
    if len(cells) > widest:
        return TOO_MANY_COLUMNS
    joined = "".join(cells)
    if len(joined) > MAX_CHARACTERS and max(map(len, cells)) > MAX_CHARACTERS:
        return TOO_MANY_CHARACTERS
    return HOLDS_NUL if "\0" in joined else None


def _is_slip(inside: Sequence[str], cells: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a record of several lines is a quote that was never closed, and not a comment with line breaks.

    It is where the record is too long, or has too few cells while a line inside it is a whole record. (A quote that
    is closed in the middle of a word, which no program writes, has stopped the splitting before.)
    """
    if len(inside) > LONGEST_RECORD:
        return True
    return len(cells) < width and any(usual_width([line], delimiter) == width for line in inside[1:])
