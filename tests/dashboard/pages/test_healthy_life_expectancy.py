"""Published figures: borough, London and England with intervals, their source, and why there are no limits."""

from __future__ import annotations

import json

import pytest

PAGE = "healthy_life_expectancy"


def figures(app):
    return [json.loads(part.proto.spec) for part in app.get("plotly_chart")]


def test_each_sex_has_a_chart_of_the_three_areas(open_page):
    app, _ = open_page("full", PAGE)
    assert len(figures(app)) == 2
    for figure in figures(app):
        assert {"Haringey", "London", "England"} <= {part["name"] for part in figure["data"]}


def test_the_page_says_why_there_are_no_limits(open_page):
    app, told = open_page("full", PAGE)
    assert "No limits are drawn. Each figure covers three years" in told.plain
    assert not [part for figure in figures(app) for part in figure["data"] if "limit" in part["name"]]


def test_source_years_and_release_are_given(open_page):
    _, told = open_page("full", PAGE)
    assert (
        "Source: ONS, Explore Local Statistics. Years 2011 to 2024. Released: 10 December 2025." in told.plain
    )


def test_the_alternative_text_gives_values_and_intervals(open_page):
    app, _ = open_page("full", PAGE)
    parts = app.get("plotly_chart")
    assert len(parts) == 2
    for part in parts:
        assert "Haringey" in part.proto.alt
        assert "95% interval" in part.proto.alt


def test_every_figure_drawn_stands_in_the_table(open_page):
    app, told = open_page("full", PAGE)
    for figure in figures(app):
        drawn = next(part for part in figure["data"] if part["name"] == "Haringey")
        assert drawn["y"]
        assert all(f"<td>{value:.1f}</td>" in told.html for value in drawn["y"])


@pytest.mark.parametrize(
    ("state", "words"),
    [("empty", "No published figure is loaded"), ("broken", "The charts cannot be opened")],
)
def test_empty_and_broken_marts_are_told_without_a_trace(open_page, state, words):
    app, told = open_page(state, PAGE)
    assert words in told.plain
    assert not app.exception
    assert not figures(app)
