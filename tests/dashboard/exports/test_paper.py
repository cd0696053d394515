"""The PDF read back: what PDF/UA-1 asks of a document (ISO 14289-1), and the words and pictures it must hold."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from dashboard.exports.pack import PDF


@pytest.fixture(scope="module")
def read(pack) -> PdfReader:
    return PdfReader(io.BytesIO(pack.files[PDF]))


def elements(node) -> Iterator[DictionaryObject]:
    """Return the structure elements of a document in reading order."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for one in node:
            yield from elements(one)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


@pytest.fixture(scope="module")
def tags(read) -> list[DictionaryObject]:
    return list(elements(read.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def test_it_says_its_language_its_title_and_that_it_is_tagged(read, contents):
    root = read.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == contents.title


def test_it_names_the_standard_that_it_follows(read):
    xmp = read.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", xmp)


def test_every_figure_has_words_and_every_chart_its_own(tags, contents):
    alts = [str(tag["/Alt"]).strip() for tag in tags if tag["/S"] == "/Figure" and "/Alt" in tag]
    assert all("/Alt" in tag and str(tag["/Alt"]).strip() for tag in tags if tag["/S"] == "/Figure")
    assert [alt for alt in alts if alt in {one.alt for one in contents.charts}] == [
        one.alt for one in contents.charts
    ]


def test_headings_begin_at_the_first_level_and_skip_none(tags):
    levels = [int(str(tag["/S"])[2]) for tag in tags if re.fullmatch(r"/H[1-6]", str(tag["/S"]))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert {2, 3, 4} <= set(levels)


def test_every_cell_of_the_wall_names_its_headings(tags, contents):
    heads = {str(tag["/ID"]) for tag in tags if tag["/S"] == "/TH" and "/ID" in tag}
    assert len(heads) == 1 + len(contents.columns) + len({cell.place for cell in contents.cells})
    cells = [tag for tag in tags if tag["/S"] == "/TD"]
    assert len(cells) == len(contents.cells)
    named = [[str(one) for one in tag["/A"]["/Headers"]] for tag in cells]
    assert all(len(names) == 2 and set(names) <= heads for names in named)


def test_every_page_knows_its_place_in_the_order_of_reading(read):
    assert all("/StructParents" in page and page.get("/Tabs") == "/S" for page in read.pages)


def test_every_letter_is_in_the_file_and_can_be_read_as_text(read):
    fonts = [
        font.get_object() for page in read.pages for font in page["/Resources"].get("/Font", {}).values()
    ]
    assert fonts
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        described = below["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described)
        assert "/ToUnicode" in font


def test_it_can_be_leafed_through_by_neighbourhood(read, contents):
    def titles(items) -> list[str]:
        return [t for item in items for t in (titles(item) if isinstance(item, list) else [str(item.title)])]

    marks = titles(read.outline)
    assert [name for name, _ in contents.places() if name not in marks] == []


def test_it_says_the_published_sentences(read, contents):
    text = squeezed(" ".join(page.extract_text() for page in read.pages))
    said = [contents.headline, contents.chance, *(one.sentence for one in contents.charts)]
    said += [str(row["sentence"]) for row in [*contents.changes, *contents.agreed]]
    assert len(said) > 20
    assert [words for words in said if squeezed(words) not in text] == []


def test_made_up_data_says_so_on_the_first_page(read):
    assert "Made-updata" in squeezed(read.pages[0].extract_text())


def squeezed(words: str) -> str:
    """Lines are broken where the page ends, and a hyphenated word may be in two lines."""
    return re.sub(r"\s+", "", words)
