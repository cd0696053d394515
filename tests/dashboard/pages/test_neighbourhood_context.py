"""The Neighbourhood page with published facts: beside the charts, under words of their own."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from dashboard import context
from pipelines.mart import current
from tests.dashboard.marts import write_marts

FACTS = [
    ("residents", "all", 33325.0, 17.0, None),
    ("deprived in England", "all", 10.0, 17.0, None),
    ("recorded hypertension", "all", None, None, "Put the QOF files into localities."),
]


@pytest.fixture(scope="module")
def marts_with_facts(tmp_path_factory):
    """Marts of the tests with facts about one neighbourhood."""
    folder = write_marts(tmp_path_factory.mktemp("marts"), "full")
    with duckdb.connect(str(current(folder / "shared"))) as mart:
        for name, part, value, out_of, why in FACTS:
            mart.execute(
                """INSERT INTO neighbourhood_fact
                       (neighbourhood_id, fact, part, value, out_of, edition, period_start, source, released_on, why_missing)
                   VALUES ('creekside', ?, ?, ?, ?, 2025, ?, 'Publisher', ?, ?)""",
                [name, part, value, out_of, dt.date(2021, 3, 21), dt.date(2025, 10, 30), why],
            )
    return folder


@pytest.fixture
def open_with_facts(open_page, marts_with_facts, monkeypatch):
    def open_(**choices):
        monkeypatch.setattr(context, "marts_folder", lambda: marts_with_facts)
        return open_page("full", "neighbourhood", **choices)

    return open_


def test_the_strip_stands_between_the_title_and_the_charts(open_with_facts):
    _, told = open_with_facts(neighbourhood="creekside")
    assert "33,325" in told.plain
    assert told.html.index("page-title") < told.html.index('class="context"') < told.html.index("card-title")


def test_the_title_does_not_give_a_second_number_of_residents(open_with_facts):
    _, told = open_with_facts(neighbourhood="creekside")
    assert told.plain.count("Residents") == 1


def test_a_neighbourhood_without_facts_has_no_strip_and_keeps_its_residents(open_with_facts):
    _, told = open_with_facts(neighbourhood="millpond")
    assert 'class="context"' not in told.html
    assert told.plain.count("Residents") == 1


def test_a_figure_that_is_not_loaded_says_how_to_load_it(open_with_facts):
    _, told = open_with_facts(neighbourhood="creekside")
    assert "No published figure loaded" in told.plain
    assert "Put the QOF files into localities." in told.plain
