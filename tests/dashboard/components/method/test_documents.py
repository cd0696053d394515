"""Documents of the app: shown where they are, with links that lead somewhere."""

from __future__ import annotations

import base64
import re

import pytest

from dashboard.components.method import documents


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    return tmp_path


def test_the_project_s_own_method_is_there():
    title, text = documents.read("method")
    assert next(iter(documents.present())) == "method"
    assert title == "How every number is made"
    assert not text.startswith("#"), "the page has the heading already"


def test_only_documents_that_are_there_are_offered(folder):
    assert documents.present() == {}
    (folder / "glossary.md").write_text("# Words\n\nText.", encoding="utf-8")
    assert documents.present() == {"glossary": "Glossary"}
    assert documents.read("glossary") == ("Words", "Text.")


def test_a_document_without_a_heading_goes_by_its_name(folder):
    (folder / "privacy.md").write_text("Text.", encoding="utf-8")
    assert documents.read("privacy") == ("Privacy", "Text.")


def test_links_between_documents_stay_inside_the_app(folder):
    text = "See [words](glossary.md#signal), [house](architecture.md) and [out](https://example.org/a.md)."
    (folder / "method.md").write_text(text, encoding="utf-8")
    assert documents.read("method")[1] == (
        "See [words](method?doc=glossary), [house](method) and [out](https://example.org/a.md)."
    )


def test_a_picture_beside_the_documents_is_put_into_the_text_with_its_words(folder):
    (folder / "pictures").mkdir()
    (folder / "pictures" / "one.svg").write_text("<svg>é</svg>", encoding="utf-8")
    (folder / "method.md").write_text(
        "![A dot.](pictures/one.svg) and [words](glossary.md)", encoding="utf-8"
    )
    text = documents.read("method")[1]
    found = re.fullmatch(
        r"!\[A dot\.\]\(data:image/svg\+xml;base64,(.+?)\) and \[words\]\(method\?doc=glossary\)", text
    )
    assert base64.b64decode(found[1]).decode() == "<svg>é</svg>"


def test_a_picture_that_is_missing_leaves_its_words(folder):
    (folder / "method.md").write_text("![A dot.](pictures/gone.svg)", encoding="utf-8")
    assert documents.read("method")[1] == "A dot."


def test_every_picture_of_the_projects_own_documents_is_in_the_text():
    assert documents.present()
    for name in documents.present():
        written = (documents.FOLDER / f"{name}.md").read_text(encoding="utf-8")
        shown = documents.read(name)[1]
        assert "](pictures/" not in shown
        assert shown.count("](data:image/svg+xml;base64,") == written.count("](pictures/")
