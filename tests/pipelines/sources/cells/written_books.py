"""Workbooks written for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(f'xmlns:{one}="{_OFFICE}{one}:1.0"' for one in ("office", "table", "text"))
_SHEETS = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(*rows: Sequence[Any], write: Callable[[Any, Any], None] | None = None, **options: Any) -> bytes:
    """A workbook of one sheet; `write` gets the book and the sheet for what rows cannot say."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm", **options}
    )
    sheet = book.add_worksheet("Log")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    if write:
        write(book, sheet)
    book.close()
    return stream.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one of its files changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {found: archive.read(found) for found in archive.namelist()}
    return zipped({**parts, name: change(parts[name])})


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip of files by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def ods(table: str) -> bytes:
    """An OpenDocument spreadsheet with the XML of its tables."""
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return zipped(
        {
            "mimetype": _SHEETS,
            "content.xml": f"<office:document-content {_NAMES}><office:body><office:spreadsheet>{table}"
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_SHEETS}"/></manifest:manifest>',
        }
    )


def ods_cell(text: str, kind: str = "string", **attributes: str) -> str:
    """A cell of an OpenDocument table."""
    values = "".join(
        f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items()
    )
    return f'<table:table-cell office:value-type="{kind}"{values}><text:p>{text}</text:p></table:table-cell>'
