"""The Method page: the project's own document, readable whatever the state of the data."""

from __future__ import annotations

import pytest

from dashboard.components.method import documents


@pytest.mark.parametrize("state", ["full", "one_point", "empty", "broken", "missing"])
def test_the_method_can_be_read_in_every_state(open_page, state):
    app, told = open_page(state, "method")
    assert "<h1>How every number is made</h1>" in told.html
    assert any("usual range" in part.value for part in app.markdown)


def test_made_up_data_says_so_here_too(open_page):
    assert "Made-up data" in open_page("full", "method")[1].plain


def test_the_glossary_is_one_click_away(open_page):
    _, told = open_page("full", "method")
    assert 'href="method?doc=glossary"' in told.html
    app, told = open_page("full", "method", doc="glossary")
    assert f"<h1>{documents.read('glossary')[0]}</h1>" in told.html
    assert app.markdown


def test_an_unknown_document_shows_the_method(open_page):
    assert "<h1>How every number is made</h1>" in open_page("full", "method", doc="../README")[1].html


def test_a_copy_without_documents_says_so(open_page, monkeypatch, tmp_path):
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    assert "The method is not here" in open_page("full", "method")[1].plain
