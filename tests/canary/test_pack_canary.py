"""No part of a pack tells a true figure: every text, alternative text, note, cell and drawn value is searched."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
import python_calamine
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, TextStringObject

from dashboard.exports.pack import HTML, PDF, PPTX, make_pack
from dashboard.store import Store
from pipelines.mart import current
from tests.canary.test_canary import Built

#: The face inside the offline page: bytes of letters, which are no text.
FACE = re.compile(r"url\(data:font/[^)]*\)")

#: Measures that are drawn: the planted ones.
DRAWN = ["canary_share", "canary_count", "canary_mean"]


def in_pdf(content: bytes) -> Iterator[str]:
    """Return the words of every page, and every text that the file holds beside them: alternative texts, titles."""
    read = PdfReader(io.BytesIO(content))
    for page in read.pages:
        yield page.extract_text()
    yield from _texts(read.trailer["/Root"]["/StructTreeRoot"], set())
    yield str(dict(read.metadata or {}))


def _texts(node: object, seen: set[int]) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, TextStringObject):
        yield str(node)
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, DictionaryObject):
        for name, value in node.items():
            if name not in ("/P", "/Pg", "/BBox", "/Obj", "/ParentTree"):
                yield from _texts(value, seen)
    elif isinstance(node, ArrayObject):
        for value in node:
            yield from _texts(value, seen)


def in_pptx(content: bytes) -> Iterator[object]:
    """Return every word, value and alternative text of slides and notes, and every cell of the sheets inside."""
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        for name in held.namelist():
            if name.endswith(".xlsx"):
                book = python_calamine.load_workbook(io.BytesIO(held.read(name)))
                yield from book.get_sheet_by_index(0).to_python()
            elif re.match(r"ppt/(slides|notesSlides|charts)/[^/]+\.xml$", name):
                for element in ElementTree.fromstring(held.read(name)).iter():
                    yield element.text or ""
                    yield element.get("descr", "")


def parts(files: Mapping[str, bytes]) -> Iterator[tuple[str, object]]:
    """Return everything that a pack tells, by the name of its part."""
    for name, content in files.items():
        if name == PDF:
            yield from ((name, words) for words in in_pdf(content))
        elif name == PPTX:
            yield from ((name, told) for told in in_pptx(content))
        elif name == HTML:
            yield name, FACE.sub("", content.decode())
        else:
            yield name, content.decode("utf-8-sig")


def pack_of(mart: Path, folder: Path) -> Mapping[str, bytes]:
    copy = folder / mart.name
    shutil.copy(mart, copy)
    with duckdb.connect(str(copy)) as opened:
        opened.execute("UPDATE mart_info SET value = 'shared' WHERE key = 'audience'")
    store = Store(copy)
    try:
        return make_pack(store, measures=DRAWN).files
    finally:
        store.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    return Built(tmp_path_factory.mktemp("pack_canary"), "nhs")


def test_no_part_of_a_pack_tells_a_true_figure(built, tmp_path):
    files = pack_of(built.mart, tmp_path)
    canaries = built.canaries
    found = [f"{name}: {one}" for name, told in parts(files) for one in canaries.in_value(told)]
    assert {name for name, _ in parts(files)} == set(files)
    assert found == []


@pytest.mark.slow
def test_the_search_finds_true_figures_in_every_part_of_a_pack_that_nobody_may_have(built, tmp_path):
    files = pack_of(current(built.marts / "true"), tmp_path)
    canaries = built.canaries
    found = {name for name, told in parts(files) if canaries.in_value(told)}
    assert found >= {PDF, PPTX, HTML, "points.csv", "charts.csv"}
