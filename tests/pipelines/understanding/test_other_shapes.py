"""Logs as other groups keep them, each beside what a careful person reads from it. All of them are made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from pipelines.preview import Preview, preview
from pipelines.sources.written.values import Ask
from pipelines.understanding import Proposal, Role, suggested_measures, understand
from pipelines.understanding.suggest import MOST_SUGGESTED
from tests.pipelines.understanding.conftest import WEEKS, text_of, workbook_of

TODAY = dt.date(2026, 1, 1)
DAYS = [f"{day:%d/%m/%Y}" for day in WEEKS]

Read = Callable[..., tuple[Proposal, Preview]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Understand a file and chart it, in an empty data folder."""

    def run(content: bytes | Sequence[Sequence[object]], name: str = "log.csv") -> tuple[Proposal, Preview]:
        content = content if isinstance(content, bytes) else text_of(content)
        proposal = understand(content, name, tmp_path)
        measures = suggested_measures(proposal.mapping, tmp_path, proposal.shares)
        return proposal, preview(content, name, proposal.mapping, measures, tmp_path, TODAY)

    return run


def weekly(seen: Preview, measure: str) -> dict[dt.date, float | None]:
    """Return a chart's weeks with their value, those without one left out."""
    chart = next(chart for chart in seen.charts if chart.summary["measure_id"] == measure)
    points = chart.points.to_dict("records")
    return {point["period_start"]: point["value"] for point in points if point["value"] == point["value"]}


def by_week(numbers: Sequence[float]) -> dict[dt.date, float]:
    return {
        day - dt.timedelta(days=day.weekday()): number for day, number in zip(WEEKS, numbers, strict=False)
    }


def asks(proposal: Proposal) -> Mapping[str, Ask]:
    return {item: spec.ask for item, spec in proposal.mapping.items.items()}


def test_what_came_in_and_what_was_thrown_away_are_never_added_up(read):
    kinds = ("Delivery in", "Given out", "Thrown away")
    rows = [[day, kind, 10 * n + 1 + m % 5] for m, day in enumerate(DAYS) for n, kind in enumerate(kinds)]
    proposal, seen = read([["Date", "Event", "kg"], *rows])
    assert {item: spec.where for item, spec in proposal.mapping.items.items()} == {
        "kg_in": ("Event", "Delivery in"),
        "kg_shared": ("Event", "Given out"),
        "kg_wasted": ("Event", "Thrown away"),
    }
    for n, item in enumerate(("kg_in", "kg_shared", "kg_wasted")):
        assert weekly(seen, item) == by_week([10 * n + 1 + m % 5 for m in range(len(DAYS))])


def test_a_row_a_call_is_counted_by_its_answers_also_where_two_calls_are_alike(read):
    rows = [[day, ("Food", "Housing")[n % 2]] for day in DAYS for n in range(5)]
    proposal, seen = read([["Date", "Reason"], *rows])
    assert list(proposal.mapping.items) == ["food", "housing"]
    assert weekly(seen, "sessions_held") == by_week([5] * len(DAYS))
    assert weekly(seen, "food") == by_week([0.6] * len(DAYS))
    assert any("word for word" in fault.reason for fault in seen.faults)


def test_a_renamed_question_is_one_item(read):
    half = len(DAYS) // 2
    rows = [[day, n + 3 if n < half else "", "" if n < half else n + 3] for n, day in enumerate(DAYS)]
    proposal, seen = read([["Date", "How many people came?", "Number who came along"], *rows])
    assert list(proposal.mapping.items) == ["people_came"]
    assert weekly(seen, "people_came") == by_week([n + 3 for n in range(len(DAYS))])


def test_an_item_written_under_two_headings_at_once_is_asked_about(read, tmp_path):
    half = len(DAYS) // 2
    rows = [[day, n + 3 if n < half else "", "" if n < half else n + 3] for n, day in enumerate(DAYS)]
    heading = ["Date", "How many people came?", "Number who came along"]
    mapping = read([heading, *rows])[0].mapping
    rows[2] = [DAYS[2], 5, 7]
    content = text_of([heading, *rows])
    seen = preview(content, "log.csv", mapping, suggested_measures(mapping, tmp_path), tmp_path, TODAY)
    assert [fault.line for fault in seen.faults if fault.effect.value == "held"] == [4]
    assert WEEKS[2] - dt.timedelta(days=WEEKS[2].weekday()) not in weekly(seen, "people_came")


@pytest.mark.parametrize(
    ("heading", "cells", "ask"),
    [
        ("Rate the session [Food]", ("4", "5", "2"), Ask("score")),
        ("How was it?", ("4", "5", "1"), Ask("score")),
        ("Mood /10", ("7/10", "4/10"), Ask("score", out_of=10)),
        ("Age", ("71", "64", "80"), Ask("measurement")),
        ("Change on last week", ("+3", "-4", "0"), Ask("measurement")),
        ("How many rated it well?", ("4", "5", "2"), Ask("count")),
        ("Children 0-5", ("4", "5", "2"), Ask("count")),
        ("Second helpings", ("4", "5", "2"), Ask("count")),
        ("Euros", ("8,9", "12,50"), Ask("measurement")),
    ],
)
def test_what_is_added_up_and_what_is_not(understood, heading, cells, ask):
    rows = [[day, cells[n % len(cells)]] for n, day in enumerate(DAYS)]
    assert list(asks(understood(text_of([["Date", heading], *rows]), "log.csv")).values()) == [ask]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("came before", "came_before"),
        ("How many came?", "people_came"),
        ("No. of guests", "people_came"),
        ("came by bus", "came_bus"),
        ("How many people stopped to talk?", "people_stopped_talk"),
        ("Mood /10", "mood"),
        ("Kilos donnés (kg)", "kilos_donnes"),
    ],
)
def test_an_item_is_called_what_its_heading_says(understood, heading, item):
    rows = [[day, (n * 7) % 10] for n, day in enumerate(DAYS)]
    assert list(understood(text_of([["Date", heading], *rows]), "log.csv").mapping.items) == [item]


def test_fractions_on_one_sheet_tell_that_the_1_on_another_is_all_of_them(read):
    first = [["Date", "Guests", "% back"], *([day, 20, 0.25 + n / 40] for n, day in enumerate(WEEKS[:12]))]
    second = [["Date", "Guests", "% back"], *([day, 20, 1] for day in WEEKS[12:])]
    proposal, seen = read(workbook_of({"Spring": first, "Summer": second}), "log.xlsx")
    assert asks(proposal)["back"] == Ask("share")
    assert weekly(seen, "back")[WEEKS[20] - dt.timedelta(days=WEEKS[20].weekday())] == 1.0
    assert not [fault for fault in seen.faults if fault.effect.value == "held"]


def test_a_share_whose_two_numbers_stand_in_the_file_is_counted_from_them(read, tmp_path):
    rows = [[day, 10 + n, n % 7, f"{(n % 7) / (10 + n):.0%}"] for n, day in enumerate(DAYS)]
    proposal, _ = read([["Date", "Guests", "came before", "% came back"], *rows])
    assert proposal.shares == (("came_back", "came_before", "people_came"),)
    assert any("divided by" in note for note in proposal.notes)
    made = suggested_measures(proposal.mapping, tmp_path, proposal.shares)
    shares = [one for one in made if one.numerator == "came_before" and one.denominator == "people_came"]
    assert [one.name for one in shares] == ["% came back"]


def test_decimal_commas_are_read_where_no_cell_parts_thousands(read):
    rows = [[day, f"{n},5"] for n, day in enumerate(DAYS)]
    _, seen = read(text_of([["Date", "Bread (kg)"], *rows], ";"))
    assert weekly(seen, "bread") == by_week([n + 0.5 for n in range(len(DAYS))])
    assert any("decimal points" in guess.evidence for guess in seen.guesses)


def test_yes_no_and_neither_are_told_apart(read):
    answers = ("Yes", "no", "don't know", "Y", "no", "Yes")
    rows = [[day, answers[n % 6], 3] for n, day in enumerate(DAYS)]
    proposal, seen = read([["Date", "Lift home?", "Cups"], *rows])
    assert proposal.mapping.items["lift_home"].option == "Yes"
    expected = [{0: 1.0, 1: 0.0, 3: 1.0, 4: 0.0, 5: 1.0}.get(n % 6) for n in range(len(DAYS))]
    assert weekly(seen, "lift_home") == {day: n for day, n in by_week(expected).items() if n is not None}


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("Running total", ("10", "17", "21", "30"), Role.LEAVE_OUT),
        ("Start", ("10.30", "11.00"), Role.LEAVE_OUT),
        ("Locality", ("Northfield", "Southmead"), Role.LEAVE_OUT),
        ("Leader", ("Sue P", "Olu"), Role.PERSONAL),
        ("Who came", ("Joan, Pat", "Pat, Sid"), Role.PERSONAL),
        ("How to reach them", ("07700 900123", "07700 900456"), Role.PERSONAL),
    ],
)
def test_what_is_never_counted(understood, heading, cells, role):
    rows = [[day, cells[n % len(cells)], 3] for n, day in enumerate(DAYS)]
    guesses = understood(text_of([["Date", heading, "Cups"], *rows]), "log.csv").columns
    assert {guess.heading: guess.role for guess in guesses}[heading] is role
    if role is Role.PERSONAL:
        assert next(guess for guess in guesses if guess.heading == heading).examples == ()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [["Name", *DAYS[:9]], *([name, *"xx x xxx "] for name in ("Ann", "Bea", "Cy"))],
            "paste special, transpose",
        ),
        (
            [["Month", "Drop-ins"], *([f"{month}-25", 20] for month in ("Jan", "Feb", "Mar", "Apr"))],
            "holds months",
        ),
        ([["Venue", "How many came?"], *(["Hall", n] for n in range(9))], "no column of days"),
        (
            [["Date", "What we said"], *([day, f"a long talk about {n}" * 3] for n, day in enumerate(DAYS))],
            "a 1 in each",
        ),
    ],
)
def test_a_table_that_is_no_log_says_why_and_what_to_do(understood, rows, words):
    proposal = understood(text_of(rows), "log.csv")
    assert not proposal.mapping.items or "tested_on" not in proposal.mapping.columns
    assert words in " ".join(proposal.notes).lower()


@pytest.mark.parametrize("heading", ["Total people", "Total", "Total kg"])
def test_a_heading_may_say_total(understood, heading):
    rows = [[day, (n * 7) % 10, 3] for n, day in enumerate(DAYS)]
    proposal = understood(text_of([["Date", heading, "Cups"], *rows]), "log.csv")
    assert [spec.headings for spec in proposal.mapping.items.values()] == [(heading,), ("Cups",)]


def test_more_columns_than_anybody_charts_are_bounded_and_told(tmp_path):
    headings = [f"Thing {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(MOST_SUGGESTED + 5)]
    content = text_of([["Date", *headings], *([day, *range(3, 8 + MOST_SUGGESTED)] for day in DAYS)])
    proposal = understand(content, "wide.csv", tmp_path)
    assert len(suggested_measures(proposal.mapping, tmp_path)) == MOST_SUGGESTED
    assert any("45 columns hold numbers" in note for note in proposal.notes)


@pytest.mark.parametrize("month", ["2026-04", "2026-04-01", "Apr-26"])
def test_counts_of_the_cascade_are_no_log_and_it_says_where_they_belong(month, tmp_path):
    heading = "Neighbourhood_ID,cohort_month,step,follow_up_months,group_type,group,setting,count\n"
    lines = [
        f"ash,{month},{step},,all,all,all,{90 - n}\n"
        for n, step in enumerate(("reached", "measured", "raised"))
    ]
    proposal = understand((heading + "".join(lines)).encode(), "counts.csv", tmp_path)
    assert not proposal.mapping.items
    assert "tested_on" not in proposal.mapping.columns
    assert any("beside prototypes.csv" in note for note in proposal.notes)
