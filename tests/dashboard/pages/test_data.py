"""The Data page in every state: each line accounted for, each fault with its cure, values masked for others."""

from __future__ import annotations

import pytest


def test_every_line_is_accounted_for(open_page):
    _, told = open_page("full", "data")
    assert "<h1>Three files read; four places need a look.</h1>" in told.html
    assert "224 lines read = 218 loaded + 2 refused + 4 titles, headings, blanks and totals." in told.plain


def test_each_fault_says_how_to_mend_it(open_page):
    _, told = open_page("full", "data")
    assert "Write it as 2026-01-31." in told.plain
    assert "sample/test_logs/ashfield.csv, line 3" in told.plain


def test_others_do_not_see_what_stood_in_a_refused_cell(open_page):
    _, told = open_page("full", "data")
    assert "about 20" not in told.html
    assert "is left out of the shared copy" in told.plain


def test_the_group_sees_what_stood_there(open_page, monkeypatch, app_marts):
    app, _ = open_page("full", "data")
    monkeypatch.setenv("LEARNING_AUDIENCE", "group")
    app.run()
    html = "\n".join(part.proto.body for part in app.get("html"))
    assert "about 20" in html
    assert "true counts, for the group alone" in html


def test_faults_are_kept_to_the_file_in_the_address(open_page):
    app, told = open_page("full", "data", file="sample/test_logs/creekside.csv")
    assert "creekside.csv, line 9" in told.plain
    assert "ashfield.csv, line 3" not in told.plain
    app.selectbox(key="choice_file").select("sample/test_logs/ashfield.csv").run()
    html = "\n".join(part.proto.body for part in app.get("html"))
    assert "ashfield.csv, line 3" in html


def test_a_choice_without_faults_says_so(open_page):
    _, told = open_page("full", "data", file="sample/test_logs/creekside.csv", effect="cell missing")
    assert "Nothing of this kind in this file" in told.plain


def test_the_page_says_where_numbers_come_from(open_page):
    _, told = open_page("full", "data")
    assert "Every number but the public figures is made up." in told.plain
    assert "ONS, Explore Local Statistics, released 10 December 2025" in told.plain


def test_an_empty_mart_says_what_to_do_next(open_page):
    _, told = open_page("empty", "data")
    assert "No file has been read yet." in told.plain
    assert "python -m pipelines build" in told.plain


def test_one_point_is_loaded_like_many(open_page):
    _, told = open_page("one_point", "data")
    assert "Every line is accounted for" in told.plain


@pytest.mark.parametrize("state", ["broken", "missing", "old"])
def test_a_mart_that_cannot_be_opened_is_a_page(open_page, state):
    _, told = open_page(state, "data")
    assert "The charts cannot be opened" in told.plain
