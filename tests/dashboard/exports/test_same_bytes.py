"""Archives and office documents carry no clock."""

from __future__ import annotations

import io
import zipfile

from dashboard.exports.same_bytes import FIRST_DAY, archive, without_clock

CORE = b'<p><dcterms:created xsi:type="dcterms:W3CDTF">2026-11-22T23:00:00Z</dcterms:created></p>'


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_an_archive_gives_back_what_was_put_in_and_no_day():
    held = opened(archive({"b.txt": b"two", "a.txt": b"one"}))
    assert {name: held.read(name) for name in held.namelist()} == {"b.txt": b"two", "a.txt": b"one"}
    assert {entry.date_time for entry in held.infolist()} == {FIRST_DAY}


def test_a_document_inside_a_document_forgets_when_it_was_made_too():
    inner = archive({"docProps/core.xml": CORE, "sheet.xml": b"<v>12</v>"})
    outer = opened(without_clock(archive({"docProps/core.xml": CORE, "ppt/embeddings/s.xlsx": inner})))
    assert b"2026" not in outer.read("docProps/core.xml")
    sheet = opened(outer.read("ppt/embeddings/s.xlsx"))
    assert b"2026" not in sheet.read("docProps/core.xml")
    assert sheet.read("sheet.xml") == b"<v>12</v>"
