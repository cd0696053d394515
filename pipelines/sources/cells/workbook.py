"""Workbooks (xlsx, xlsm, xls, ods) as sheets of text, read in a process of its own with bounded memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.types import (
    HOLDS_NUL,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    TOO_MANY_CHARACTERS,
    TOO_MANY_COLUMNS,
    Grid,
    packed_array,
)

#: Bytes of memory and seconds that reading a workbook may take. 50,000 rows of ten columns need 0.1 GB and 1 s.
MEMORY = 400_000_000
SECONDS = 15

#: Merged ranges of a sheet; beyond these they are not looked at.
MAX_MERGED = 20_000

_READER = Path(__file__).with_name("workbook_cells.py")
_FAULTS = {"columns": TOO_MANY_COLUMNS, "characters": TOO_MANY_CHARACTERS, "nul": HOLDS_NUL}
_SAVE_AGAIN = "Open it in a spreadsheet program, save it again as .xlsx, or save the sheet as CSV UTF-8."
_ERRORS = {
    "password": "The workbook is locked with a password. Save a copy without one.",
    "damaged": f"The workbook is damaged or cut short. {_SAVE_AGAIN}",
    "memory": "The workbook needs more memory than is given to it: it is too large, or a cell stands far outside its "
    "table. Delete what lies beyond the table, or split it into several files.",
    "time": "The workbook takes too long to read. Split it into several files, or save the sheet as CSV UTF-8.",
}
_KINDS = {"ChartSheet": "a chart", "DialogSheet": "a dialogue", "MacroSheet": "a macro", "Vba": "a macro"}


def read_workbook(content: bytes) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    """Read every sheet of a workbook.

    Parameters
    ----------
    content
        The bytes of an xlsx, xlsm, xls or ods file.

    Returns
    -------
    tuple
        A grid a worksheet, hidden ones too, rows counted from the sheet's first; and notes on sheets without cells.
        Numbers come as 60 and 0.45, dates as 2026-01-31, moments as 2026-01-31T09:30:00, errors as #REF!.

    Raises
    ------
    UnreadableFileError
        Where it is locked, damaged, or needs more than `MEMORY` or `SECONDS`.
    """
    limits = {"memory": MEMORY, "columns": MAX_COLUMNS, "characters": MAX_CHARACTERS, "merged": MAX_MERGED}
    command = [sys.executable, "-I", str(_READER), json.dumps(limits)]
    late = threading.Event()
    with subprocess.Popen(  # noqa: S603 - our own script; the workbook goes in as bytes
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as reader:
        timer = threading.Timer(SECONDS, _stop, (reader, late))
        timer.start()
        try:
            return _sheets(content, reader)
        except (OSError, EOFError):
            # The process is gone: taken down by the system for its memory, or by the timer.
            raise UnreadableFileError(_ERRORS["time" if late.is_set() else "memory"]) from None
        finally:
            timer.cancel()
            reader.kill()


def _stop(reader: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    reader.kill()


def _sheets(content: bytes, reader: subprocess.Popen[bytes]) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write(content)
    reader.stdin.close()
    grids, notes = [], []
    while not (told := _told(reader.stdout)).get("end"):
        grid = _grid(told, reader.stdout)
        if told["kind"] == "WorkSheet":
            grids.append(grid)
        else:
            notes.append(
                f"The sheet “{told['sheet']}” is {_KINDS.get(told['kind'], 'no table')}; it holds no rows."
            )
    return tuple(grids), tuple(notes)


def _told(stream: IO[bytes]) -> dict[str, Any]:
    """Read a line of JSON; an error that it tells is raised."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    told: dict[str, Any] = json.loads(line)
    if "error" in told:
        raise UnreadableFileError(_ERRORS[told["error"]])
    return told


def _grid(sheet: dict[str, Any], stream: IO[bytes]) -> Grid:
    """Read the blocks of one sheet and join them."""
    pieces: list[list[pa.Array]] = [[] for _ in range(sheet["columns"])]
    n_cells = 0
    while "rows" in (told := _told(stream)):
        for column, size in zip(pieces, told["sizes"], strict=True):
            column.append(_cells(_exactly(stream, size), told["rows"]))
        n_cells += told["rows"] * sheet["columns"]
        if n_cells > MAX_CELLS:
            raise UnreadableFileError(_ERRORS["memory"])
    broken = {row: _FAULTS[word] for row, word in told["broken"]}
    kept = np.setdiff1d(np.arange(told["n_rows"]), list(broken), assume_unique=True)
    return Grid(
        sheet["sheet"],
        sheet["is_hidden"],
        kept.astype(np.int64) + 1,
        tuple(
            pa.concat_arrays(column) if column else packed_array(np.zeros(0, np.int32), b"")
            for column in pieces
        ),
        _positions(sheet["merged"], kept),
        tuple((row + 1, reason) for row, reason in broken.items()),
    )


def _exactly(stream: IO[bytes], size: int) -> bytes:
    block = stream.read(size)
    if len(block) < size:
        raise EOFError
    return block


def _cells(packed: bytes, n_rows: int) -> pa.StringArray:
    """Return a column's cells from their lengths and bytes."""
    return packed_array(np.frombuffer(packed, np.int32, n_rows), packed[4 * n_rows :])


def _positions(merged: list[list[int]], kept: np.ndarray) -> tuple[tuple[int, int, int, int], ...]:
    """Return merged ranges by positions among the kept rows; one that holds none of them is left out."""
    found = []
    for top, left, bottom, right in merged:
        first, last = np.searchsorted(kept, top), np.searchsorted(kept, bottom, side="right") - 1
        if first <= last:
            found.append((int(first), left, int(last), right))
    return tuple(found)
