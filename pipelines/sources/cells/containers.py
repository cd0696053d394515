"""Archives: which of them are workbooks, and the one table that a form's download packs into a zip."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.types import MAX_BYTES

#: Bytes that an archive may unpack to. A sheet of 50,000 rows and ten columns has 25 million.
MAX_UNPACKED = 400_000_000

#: Files in an archive. A workbook of fifty sheets with pictures has a few hundred.
MAX_FILES = 5_000

_TABLES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
_TOO_LARGE = f"The file unpacks to more than {MAX_UNPACKED // 1_000_000} MB. Split it into several files."
_BROKEN = "The file is a damaged or cut-short archive (zip or workbook). Download or save it again."

#: A file inside that tells the kind of archive, and what to call it.
_OTHERS = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "Index/Document.iwa": "an Apple Numbers or Pages document",
    "Index.zip": "an Apple Numbers or Pages document",
}


def is_zip(content: bytes) -> bool:
    """Whether the bytes begin as a zip archive does, as a workbook's do too."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def workbook_kind(content: bytes) -> str | None:
    """Return 'xlsx' or 'ods' for an archive that is such a workbook, None for any other zip.

    Raises
    ------
    UnreadableFileError
        Where it is damaged, unpacks to too much, or is another program's document.
    """
    with _opened(content) as archive:
        names = set(archive.namelist())
        for name, what in _OTHERS.items():
            if name in names:
                raise UnreadableFileError(f"The file is {what}. Save the table as .xlsx or CSV UTF-8.")
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        return "ods" if "content.xml" in names else None


def table_in_zip(content: bytes) -> tuple[bytes, str]:
    """Return the bytes and the name of the one table in a zip.

    Raises
    ------
    UnreadableFileError
        Where there is none or more than one, or it is locked, damaged or too large.
    """
    with _opened(content) as archive:
        tables = [
            found
            for found in archive.infolist()
            if found.filename.lower().endswith(_TABLES)
            and not found.filename.startswith("__MACOSX/")
            and not PurePosixPath(found.filename).name.startswith(".")
        ]
        if len(tables) != 1:
            raise UnreadableFileError(
                f"The zip holds {len(tables) or 'no'} tables; one is needed. Unpack it and give the tables one by one."
            )
        return _unpacked(archive, tables[0]), tables[0].filename


def _opened(content: bytes) -> zipfile.ZipFile:
    """Open an archive whose directory keeps to the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise UnreadableFileError(_BROKEN) from None
    found = archive.infolist()
    if len(found) > MAX_FILES or sum(one.file_size for one in found) > MAX_UNPACKED:
        raise UnreadableFileError(_TOO_LARGE)
    return archive


def _unpacked(archive: zipfile.ZipFile, table: zipfile.ZipInfo) -> bytes:
    """Unpack a file, never more of it than may be read, whatever the directory says."""
    if table.flag_bits & 1:
        raise UnreadableFileError("The zip is locked with a password. Unpack it and give the table itself.")
    try:
        with archive.open(table) as stream:
            content = stream.read(MAX_BYTES + 1)
    except Exception:  # a damaged archive fails in a dozen ways, none of them ours
        raise UnreadableFileError(_BROKEN) from None
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(_TOO_LARGE)
    return content
