"""Files that are no tables, known by their first bytes, each refused with what to do instead."""

from __future__ import annotations

import re

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.encodings import is_wide

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SAVE_AS = "Save the table as .xlsx or CSV UTF-8 from the program that holds it."

#: First bytes -> what the file is.
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a rich text document",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
    b"\x09\x08\x10\x00": "a workbook of an old kind",
    b"\x09\x04\x06\x00": "a workbook of an old kind",
    b"\x09\x02\x06\x00": "a workbook of an old kind",
    b"\x09\x00\x04\x00": "a workbook of an old kind",
}

_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b")
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"|\})|\[\s*\{)")

#: Control characters that no text holds.
_NOT_TEXT = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b\0")) + b"\x7f"


def is_old_workbook(content: bytes) -> bool:
    """Whether the bytes begin as an .xls workbook does (or another document of those years)."""
    return content.startswith(_OLE)


def refuse_other_kinds(content: bytes) -> None:
    """Raise where the bytes are no text.

    Raises
    ------
    UnreadableFileError
        With the kind of file that was found and what to do.
    """
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if not content.strip(b" \t\r\n\0"):
        raise UnreadableFileError("The file is empty.")
    for signature, what in _SIGNATURES.items():
        if head.startswith(signature):
            raise UnreadableFileError(f"The file is {what}. {_SAVE_AS}")
    if _WEB_PAGE.match(head):
        raise UnreadableFileError(
            "The file is a web page, whatever its name says: perhaps the page that asks to sign in. Download it again, "
            "or open it in a spreadsheet program and save it as .xlsx."
        )
    if _XML.match(head):
        raise UnreadableFileError(f"The file is XML. {_SAVE_AS}")
    if _JSON.match(head):
        raise UnreadableFileError(f"The file is JSON. {_SAVE_AS}")
    if not is_wide(content) and len(head) - len(head.translate(None, _NOT_TEXT)) > max(3, len(head) / 50):
        raise UnreadableFileError(f"The file is no text and no workbook that is known. {_SAVE_AS}")
