"""Any table file as sheets of cells: the bytes are looked at, not the name."""

from __future__ import annotations

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.containers import is_zip, table_in_zip, workbook_kind
from pipelines.sources.cells.delimited import read_text
from pipelines.sources.cells.kinds import is_old_workbook, refuse_other_kinds
from pipelines.sources.cells.types import MAX_BYTES, Book, Grid
from pipelines.sources.cells.workbook import read_workbook

__all__ = ["Book", "Grid", "read_book"]

_CALLED = {"xlsx": "an .xlsx workbook", "xls": "an .xls workbook", "ods": "an .ods workbook", "csv": "text"}
_PROMISES = {
    "xlsx": (".xlsx", ".xlsm"),
    "xls": (".xls",),
    "ods": (".ods",),
    "csv": (".csv", ".tsv", ".tab", ".txt"),
}


def read_book(content: bytes, name: str) -> Book:
    """Read any table file into sheets of text.

    Parameters
    ----------
    content
        The bytes of a comma, semicolon or tab text, of an xlsx, xlsm, xls or ods workbook, or of a zip with one.
    name
        The name of the file. It decides nothing; where it promises another kind a note says so.

    Returns
    -------
    Book
        Every line of the file is in a grid's rows or among its broken ones.

    Raises
    ------
    UnreadableFileError
        Where no table can be had from the bytes: what was found and how to mend it. The name is not in it.
    """
    book = _read(content, may_unpack=True)
    return Book(book.grids, book.format, (*book.notes, *_name_note(name, book.format)))


def _read(content: bytes, may_unpack: bool) -> Book:
    """Read by what the bytes are; a zip is unpacked once, never one inside another."""
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(
            f"The file has {len(content) / 1e6:,.0f} MB; at most {MAX_BYTES / 1e6:,.0f} are read. Split it into several."
        )
    kind = workbook_kind(content) if is_zip(content) else "xls" if is_old_workbook(content) else None
    if kind:
        grids, notes = read_workbook(content)
        return Book(grids, kind, notes)
    if is_zip(content):
        return _packed(content, may_unpack)
    refuse_other_kinds(content)
    grid, notes = read_text(content)
    return Book((grid,), "csv", notes)


def _packed(content: bytes, may_unpack: bool) -> Book:
    if not may_unpack:
        raise UnreadableFileError("The file is a zip inside a zip. Unpack it and give the table itself.")
    table, inside = table_in_zip(content)
    book = _read(table, may_unpack=False)
    note = f"Unpacked from a zip: {inside}."
    return Book(book.grids, book.format, (note, *book.notes))


def _name_note(name: str, kind: str) -> tuple[str, ...]:
    promised = next((kind for kind, ends in _PROMISES.items() if name.lower().endswith(ends)), kind)
    if promised == kind:
        return ()
    return (f"The name promises {_CALLED[promised]}, but the file is {_CALLED[kind]}; it was read as that.",)
