"""The cells of a workbook as text, read in a process of its own: `workbook.py` starts it and gives it the bytes.

A workbook is a program's memory written down, and a damaged or hostile one can ask for any amount of memory or time.
Here that costs this process only: the system takes it down, and the caller says that the file cannot be read. It
imports nothing of ours, so that it starts at once.

It writes, for each sheet, a line of JSON that describes it; then blocks of rows, each a line of JSON with its size
followed by the lengths (int32) and bytes (UTF-8) of each column's cells; then a line of JSON with the broken rows.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import re
import sys
import zipfile
from array import array
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, BinaryIO
from xml.etree import ElementTree

BATCH = 4_000

_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="e"[^>]*>(?:<f.*?</f>|<f[^>]*/>)?<v>([^<]{1,20})</v>'
)


def main() -> None:
    """Read a workbook from stdin, write its cells to stdout; what cannot be read is told as a word of `error`."""
    limits = json.loads(sys.argv[1])
    limit_memory(limits["memory"])
    content, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        write_book(content, limits, out)
    except MemoryError:
        tell(out, error="memory")
    except BaseException as error:  # a panic of the library is no Exception
        tell(out, error="password" if type(error).__name__ == "PasswordError" else "damaged")


def limit_memory(n_bytes: int) -> None:
    """Have the system refuse more memory than this; where it cannot, the time limit alone holds."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write_book(content: bytes, limits: dict[str, int], out: BinaryIO) -> None:
    """Write all sheets in their order."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    errors = error_cells(content)
    for number, found in enumerate(book.sheets_metadata):
        kind = str(found.typ).rpartition(".")[2]
        is_hidden = str(found.visible).rpartition(".")[2] != "Visible"
        if kind != "WorkSheet":
            tell(out, sheet=found.name, kind=kind, is_hidden=is_hidden, columns=0, merged=[])
            tell(out, broken=[], n_rows=0)
            continue
        write_sheet(book.get_sheet_by_index(number), is_hidden, errors(found.name), limits, out)
    tell(out, end=True)


def write_sheet(
    sheet: Any, is_hidden: bool, errors: dict[tuple[int, int], str], limits: dict[str, int], out: BinaryIO
) -> None:
    """Write one worksheet: its description, its rows from the first on, its broken rows."""
    left = sheet.start[1] if sheet.start else 0
    width = left + sheet.width if sheet.start else 0
    merged = [[*first, *last] for first, last in (sheet.merged_cell_ranges or [])[: limits["merged"]]]
    n_columns = min(width, limits["columns"])
    tell(out, sheet=sheet.name, kind="WorkSheet", is_hidden=is_hidden, columns=n_columns, merged=merged)
    broken: list[tuple[int, str]] = []
    first = 0
    rows: Iterator[list[Any]] = sheet.iter_rows() if sheet.start else iter(())
    while batch := list(islice(rows, BATCH)):
        texts = [[text(cell) for cell in row] for row in batch]
        for (at, column), error in errors.items():
            if first <= at < first + len(batch) and left <= column < width:
                texts[at - first][column - left] = error
        faults = [fault_of(row, left, limits) for row in texts]
        broken += [(first + n, fault) for n, fault in enumerate(faults) if fault]
        whole = [row for row, fault in zip(texts, faults, strict=True) if not fault]
        write_rows(whole, left, n_columns, out)
        first += len(batch)
    tell(out, broken=broken, n_rows=first)


def fault_of(row: list[str], left: int, limits: dict[str, int]) -> str | None:
    """Return a word for why a row cannot be kept."""
    if any(row[max(0, limits["columns"] - left) :]):
        return "columns"
    if max(map(len, row), default=0) > limits["characters"]:
        return "characters"
    return "nul" if any("\0" in cell for cell in row) else None


def write_rows(rows: list[list[str]], left: int, n_columns: int, out: BinaryIO) -> None:
    """Write a block of rows, a column at a time."""
    columns = [[""] * len(rows)] * left + [list(column) for column in zip(*rows, strict=True)]
    packed = []
    for column in columns[:n_columns]:
        cells = [cell.encode() for cell in column]
        packed.append(array("i", map(len, cells)).tobytes() + b"".join(cells))
    tell(out, rows=len(rows), sizes=[len(column) for column in packed])
    out.write(b"".join(packed))


def tell(out: BinaryIO, **words: Any) -> None:
    """Write a line of JSON."""
    out.write(json.dumps(words).encode() + b"\n")


def number_text(value: float) -> str:
    """Write a number as a sheet shows it: 60, not 60.0; no more than the fifteen digits that it keeps."""
    return str(int(value)) if value == value // 1 and abs(value) < 1e15 else format(value, ".15g")


def moment_text(value: dt.datetime) -> str:
    """Write a moment to the nearest second: a sheet keeps days, so that 09:30 may come as 09:29:59.999."""
    whole = value + dt.timedelta(microseconds=500_000) if value.microsecond else value
    return whole.replace(microsecond=0).isoformat()


def span_text(value: dt.timedelta) -> str:
    """Write a length of time as hours, minutes and seconds."""
    seconds = round(value.total_seconds())
    sign, seconds = "-" if seconds < 0 else "", abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    float: number_text,
    dt.date: dt.date.isoformat,
    dt.datetime: moment_text,
    dt.time: lambda value: value.replace(microsecond=0).isoformat(),
    dt.timedelta: span_text,
}


def text(cell: Any) -> str:
    """Return a typed cell as text."""
    return _TEXT[type(cell)](cell)


def error_cells(content: bytes) -> Callable[[str], dict[tuple[int, int], str]]:
    """Return, for a sheet's name, its cells that show an error (#REF!), which the library gives as empty.

    Only of the xlsx kind; an older workbook's errors come as empty cells.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        paths = sheet_paths(archive)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return lambda _name: {}

    def of_sheet(name: str) -> dict[tuple[int, int], str]:
        written = archive.read(paths[name]) if paths.get(name) in archive.namelist() else b""
        if b't="e"' not in written:
            return {}
        return {
            (int(row) - 1, column_number(letters)): error.decode(errors="replace")
            for letters, row, error in _ERROR_CELL.findall(written)
        }

    return of_sheet


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the path of each sheet in an xlsx archive."""
    # Entities that multiply meet this process's limit of memory.
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    paths = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            paths[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return paths


def column_number(letters: bytes) -> int:
    """Return the 0-based number of a column's letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


if __name__ == "__main__":
    main()
