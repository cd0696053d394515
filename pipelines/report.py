"""What was read, as a report for people: a table of loads, every fault, every guess; as text and as CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.markup import escape
from rich.table import Table

from pipelines.preview import Preview
from pipelines.safe_csv import csv_text
from pipelines.sources import Checked, Load, RowFault
from pipelines.sources.tables import Effect, Guess

#: Anything with loads, faults and guesses.
Read = Checked | Preview

COLUMNS = ("file", "sheet", "line", "column", "value", "reason", "effect")

#: Word in the column `effect` of the lines of the CSV that tell of a whole load.
LOADED = "loaded"

_COUNTS = {
    "read": "lines_read",
    "loaded": "lines_loaded",
    "refused": "lines_refused",
    "headings, blanks, totals": "lines_furniture",
    "cells missing": "cells_missing",
    "personal cells dropped": "personal_cells_dropped",
}


def table_of(loads: Iterable[Load]) -> Table:
    """Return the loads as a table: a line a file or sheet, with the beginning of its hash."""
    table = Table(box=None)
    table.add_column("file", overflow="fold", ratio=1)
    for heading in (*_COUNTS, "sha256"):
        table.add_column(heading, justify="right", overflow="fold")
    for load in loads:
        counts = (str(getattr(load, name)) for name in _COUNTS.values())
        table.add_row(escape(_where(load.file, load.sheet)), *counts, load.sha256[:8])
    return table


def lines_of(read: Read) -> Iterator[str]:
    """Yield the report below the table: refusals by reason, every fault, every guess with what overrules it."""
    for load in read.loads:
        yield from _refusals(load, read.faults)
    yield from (fault_words(fault) for fault in read.faults)
    yield from (_guess_words(guess) for guess in read.guesses)
    yield f"{len(read.faults)} notes in {len({load.file for load in read.loads})} files."


def fault_words(fault: RowFault) -> str:
    """Return a fault in one line: where, what it did, why, what was found."""
    where = _where(fault.file, fault.sheet) + (f", line {fault.line}" if fault.line else "")
    column = f", column {fault.column}" if fault.column else ""
    found = f' Found "{fault.value}".' if fault.value else ""
    return f"{where}{column} ({fault.effect}): {fault.reason}{found}"


def report_csv(reads: Sequence[Read]) -> str:
    """Return the report as CSV: a line a load with its counts and hash, then a line a fault; no cell is a formula."""
    loads = [
        (load.file, load.sheet, None, None, load.sha256, f"{_counts(load)}.", LOADED)
        for read in reads
        for load in read.loads
    ]
    faults = [
        (f.file, f.sheet, f.line, f.column, f.value, f.reason, str(f.effect))
        for read in reads
        for f in read.faults
    ]
    return csv_text(COLUMNS, [*loads, *faults])


def _refusals(load: Load, faults: Iterable[RowFault]) -> Iterator[str]:
    """Yield how many lines of a load were refused for which reason; a line may have several."""
    own = [fault for fault in faults if fault.load_id == load.load_id and fault.line is not None]
    lines = Counter(fault.reason for fault in own if fault.effect is Effect.LINE_REFUSED)
    for reason, n_lines in lines.most_common():
        if n_lines > 1:
            yield f"{_where(load.file, load.sheet)}: {n_lines} lines refused: {reason}"


def _guess_words(guess: Guess) -> str:
    column = f", column {guess.column}" if guess.column else ""
    return (
        f"{_where(guess.file, guess.sheet)}{column}: {guess.what} {guess.evidence} Overrule: {guess.overrule}"
    )


def _counts(load: Load) -> str:
    return ", ".join(f"{words} {getattr(load, name)}" for words, name in _COUNTS.items())


def _where(file: str, sheet: str | None) -> str:
    return f"{file}, sheet {sheet}" if sheet else file
