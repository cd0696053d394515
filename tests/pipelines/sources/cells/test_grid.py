"""Files are known by their bytes, whatever their names say."""

from __future__ import annotations

import pytest

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells import containers
from pipelines.sources.cells.grid import read_book
from pipelines.sources.cells.types import MAX_BYTES
from tests.pipelines.sources.cells.written_books import xlsx, zipped

TEXT = b"date,kg\n2026-01-05,3\n"


def test_text_is_one_sheet_without_a_name():
    book = read_book(TEXT, "log.csv")
    (grid,) = book.grids
    assert (book.format, book.notes, grid.sheet, grid.is_hidden) == ("csv", (), None, False)
    assert (grid.n_rows, grid.n_columns, grid.row(1)) == (2, 2, ("2026-01-05", "3"))


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("a.csv", xlsx(("a", "b")), "xlsx"), ("a.xlsx", TEXT, "csv")]
)
def test_a_name_that_promises_another_kind_is_told(name, content, kind):
    book = read_book(content, name)
    assert book.format == kind
    assert "The name promises" in book.notes[-1]


@pytest.mark.parametrize("name", ["log.csv", "LOG.TXT", "log.zip", "log", "", "../../etc/passwd", "log.xlsm"])
def test_other_names_are_nothing_to_speak_of(name):
    content = xlsx(("a", "b")) if name.endswith("m") else TEXT
    assert read_book(content, name).notes == ()


def test_the_one_table_in_a_zip_is_unpacked_and_told():
    book = read_book(
        zipped({"form.csv/form.csv": TEXT, "__MACOSX/._form.csv": b"x", "readme.md": b"x"}), "form.zip"
    )
    assert book.grids[0].row(1) == ("2026-01-05", "3")
    assert book.notes == ("Unpacked from a zip: form.csv/form.csv.",)


def test_a_workbook_in_a_zip_is_read():
    assert read_book(zipped({"log.xlsx": xlsx(("a", "b"))}), "log.zip").format == "xlsx"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"a.csv": TEXT, "b.csv": TEXT}, "holds 2 tables"),
        ({"a.exe": b"MZ"}, "holds no tables"),
        ({"a.csv": zipped({"b.csv": TEXT})}, "zip inside a zip"),
        ({"word/document.xml": b""}, "Word document"),
        ({"xl/workbook.bin": b""}, "xlsb"),
        ({"Index/Document.iwa": b""}, "Numbers"),
    ],
)
def test_a_zip_that_holds_no_single_table_is_refused(parts, reason):
    with pytest.raises(UnreadableFileError, match=reason):
        read_book(zipped(parts), "log.zip")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\xef\xbb\xbf\n<table><tr><td>1</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b'[{"date": 1}]', "JSON"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
        (b"PK\x03\x04 and no more", "damaged"),
        (bytes(range(1, 256)) * 20, "no text"),
        (b"\xff\xfe" + bytes(range(0xD8, 0xE0)) * 200, "not"),
    ],
)
def test_what_is_no_table_is_refused_with_its_kind_and_a_cure(content, reason):
    with pytest.raises(UnreadableFileError, match=reason):
        read_book(content, "log.csv")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read():
    with pytest.raises(UnreadableFileError, match="at most 80"):
        read_book(bytes(MAX_BYTES + 1), "log.csv")


def test_an_archive_that_unpacks_to_too_much_is_refused_by_its_directory(monkeypatch):
    monkeypatch.setattr(containers, "MAX_UNPACKED", 1_000)
    with pytest.raises(UnreadableFileError, match="unpacks to more"):
        read_book(zipped({"a.csv": b"1,2\n" * 1_000}), "log.zip")


def test_an_archive_that_lies_about_its_size_is_read_no_further_than_the_limit(monkeypatch):
    monkeypatch.setattr(containers, "MAX_BYTES", 1_000)
    with pytest.raises(UnreadableFileError):
        read_book(zipped({"a.csv": b"1,2\n" * 1_000}), "log.zip")


def test_the_name_of_the_file_is_in_no_fault():
    with pytest.raises(UnreadableFileError) as caught:
        read_book(b"%PDF", "Maureen Khan 07700 900123.csv")
    assert "Maureen" not in str(caught.value)
