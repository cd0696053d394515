"""Splitting lines into records, one at a time and with care: the lane for text that is not plain.

A record may run over several lines inside quotes. A quote that was never closed must cost its own line only, not
swallow what stands below it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.sources.cells import (
    HOLDS_NUL,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    TOO_MANY_CHARACTERS,
    TOO_MANY_COLUMNS,
)

#: A record of more lines than this is a quote that was never closed, not a long comment.
LONGEST_RECORD = 40

#: Bytes of a line beyond which it is not even split.
LONGEST_LINE = 1_000_000

UNCLOSED = (
    'A quotation mark (") is opened on this line and not closed. Close it, or write two of them ("") for one that '
    "belongs to the text."
)
UNSPLIT = "This line cannot be split into cells. Save the file as CSV (UTF-8) again."
TOO_LONG = f"The line has more than {LONGEST_LINE:,} characters. Look for a line break that is missing."


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the 0-based line it begins on, its lines, its cells, and a fault where it cannot be kept."""

    begin: int
    n_lines: int
    cells: Sequence[str]
    fault: str | None = None


@dataclass(slots=True)
class _Window:
    """Lines handed to the splitter, never more than a record may have."""

    lines: Sequence[bytes]
    first: int
    at: int
    wanted_more: bool = False

    def __iter__(self) -> Iterator[str]:
        while self.at < len(self.lines) and self.at - self.first < LONGEST_RECORD:
            line = self.lines[self.at]
            if len(line) > LONGEST_LINE:
                break
            self.at += 1
            yield line.decode()
        # The splitter asks for a line only while a record is open, or when it has given all.
        self.wanted_more = True


def usual_width(lines: Sequence[bytes], delimiter: str) -> int:
    """Return how many cells the lines of a text mostly have, each split by itself; 1 where there are none."""
    widths = Counter(
        len(next(csv.reader([line.decode()], delimiter=delimiter), ()))
        for line in lines
        if len(line) < MAX_CHARACTERS
    )
    several = {width: n for width, n in widths.items() if width > 1}
    return max(several, key=lambda width: (several[width], width), default=1)


def split_lines(lines: Sequence[bytes], delimiter: str, width: int) -> Iterator[Record]:
    """Yield the records of lines, each line in exactly one of them.

    Parameters
    ----------
    lines
        UTF-8, each with its line end.
    delimiter
        One character.
    width
        Cells that a record of this text usually has; a quote that runs over lines and leaves fewer is a slip.
    """
    begin = 0
    while begin < len(lines):
        for record in _until_broken(lines, begin, delimiter, width):
            yield record
            begin = record.begin + record.n_lines


def _until_broken(lines: Sequence[bytes], begin: int, delimiter: str, width: int) -> Iterator[Record]:
    """Yield records from a line on, ending after one that is broken, so that reading can begin again below it."""
    if len(lines[begin]) > LONGEST_LINE:
        yield Record(begin, 1, (), TOO_LONG)
        return
    window = _Window(lines, begin, begin)
    try:
        for cells in csv.reader(window, delimiter=delimiter):
            inside = lines[window.first : window.at]
            if window.wanted_more or (len(inside) > 1 and _is_slip(inside, cells, delimiter, width)):
                yield Record(window.first, 1, (), UNCLOSED)
                return
            yield Record(window.first, len(inside), cells, _fault(cells))
            window.first = window.at
    except csv.Error as error:
        reason = TOO_MANY_CHARACTERS if "field limit" in str(error) else UNSPLIT
        yield Record(window.first, 1, (), reason)


def _fault(cells: Sequence[str]) -> str | None:
    """Return why a record that could be split cannot be kept."""
    if len(cells) > MAX_COLUMNS:
        return TOO_MANY_COLUMNS
    if any(len(cell) > MAX_CHARACTERS for cell in cells):
        return TOO_MANY_CHARACTERS
    return HOLDS_NUL if any("\0" in cell for cell in cells) else None


def _is_slip(inside: Sequence[bytes], cells: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a record of several lines is a quote that was never closed, and not a comment with line breaks.

    It is where the quote is closed in the middle of a word (no program writes that), or where there are too few
    cells while a line inside it is a whole record.
    """
    try:
        list(csv.reader((line.decode() for line in inside), delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return len(cells) < width and any(usual_width([line], delimiter) == width for line in inside[1:])
