"""Published figures in long form: a format is which heading is what."""

from __future__ import annotations

import pytest

from pipelines.sources.published.figure_cells import Figure, FigureState
from pipelines.sources.published.figures import LongForm, count_once, read_long
from pipelines.sources.published.origin import Origin
from pipelines.sources.published.publication import Asked, Publication
from pipelines.sources.published.publication_text import open_publication

FORM = LongForm(
    "A publisher",
    {"area_code": "code", "indicator": "what", "period_published": "when", "value": "figure", "lower_95": "low",
     "upper_95": "high", "note": "note"},
)  # fmt: skip
HEADING = "code,what,when,figure,low,high,note\n"


def opened(lines: str) -> Publication:
    return open_publication((HEADING + lines).encode(), "x.csv", Origin())


def effects(publication: Publication) -> list[tuple[int | None, str | None, str]]:
    return [(fault.line, fault.column, str(fault.effect)) for fault in publication.faults]


def test_a_format_needs_no_more_than_its_headings():
    (value,) = read_long(opened("E1,Anxiety,2022,2.9,2.5,3.3,\n"), Asked(), FORM)
    assert (value.area_code, value.area_name, value.indicator, value.value) == ("E1", "E1", "Anxiety", 2.9)
    assert (value.source, value.unit, value.line) == ("A publisher", None, 2)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (",Anxiety,2022,2.9,,,", ("code", "line refused")),
        ("E1,,2022,2.9,,,", ("what", "line refused")),
        ("E1,Anxiety,soon,2.9,,,", ("when", "line refused")),
        ("E1,Anxiety,2022,about 3,,,", ("figure", "line refused")),
        ("E1,Anxiety,2022,2.9,low,3.3,", ("low", "cell missing")),
        ("E1,Anxiety,2022,2.9,3.0,3.3,", ("figure", "noted")),
        ("E1,Anxiety,2022,*,,,", ("figure", "noted")),
    ],
)
def test_what_is_wrong_with_a_line_is_told_with_its_column(line, fault):
    publication = opened(f"E2,Anxiety,2022,1.0,,,\n{line}\n")
    read_long(publication, Asked(), FORM)
    assert effects(publication) == [(3, *fault)]


def test_a_line_with_several_faults_is_refused_once():
    publication = opened(",,soon,about 3,,,x\n")
    assert read_long(publication, Asked(), FORM) == []
    assert publication.close().lines_refused == 1


def test_the_note_of_a_publisher_tells_a_figure_held_back_from_one_that_is_not_there():
    lines = "E1,A,2022,,,,Suppressed for small numbers\nE2,A,2022,,,,Not collected\nE3,A,2022,0,,,Suppressed before 2020\n"
    values = read_long(opened(lines), Asked(), FORM)
    assert [(value.value, value.is_suppressed) for value in values] == [
        (None, True),
        (None, False),
        (0.0, False),
    ]


def test_figures_of_two_files_are_compared_within_a_release():
    first, second = opened("E1,A,2022,1,,,\n"), opened("E1,A,2022,2,,,\nE1,A,2023,2,,,\n")
    second.known = first.known
    assert len(read_long(first, Asked(), FORM)) == 1
    assert [value.value for value in read_long(second, Asked(), FORM)] == [2.0]
    assert effects(second) == [(2, "figure", "line refused")]


def test_nothing_counts_twice_and_nothing_is_chosen_in_silence():
    publication = opened("a\nb\nc\nd\n")
    figures = [Figure(number, FigureState.OK) for number in (1.0, 1.0, 2.0, 1.0)]
    about = [("x",), ("x",), ("x",), ("y",)]
    assert count_once(publication, about, figures, "again.", "figure") == [0, 3]
    publication.load([0, 3])
    load = publication.close()
    assert (load.lines_loaded, load.lines_refused, load.lines_furniture) == (2, 1, 2)
