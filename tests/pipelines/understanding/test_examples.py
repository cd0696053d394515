"""Examples beside a guess hold nothing personal."""

from __future__ import annotations

import pytest

from tests.pipelines.understanding.conftest import WEEKS, guess_of


def test_a_real_sheet_gives_no_postcode_and_no_note_away(understood, shared_folder):
    path = shared_folder / "data/spreadsheets/messy400.xlsx"
    proposal = understood(path.read_bytes(), path.name)
    shown = repr(proposal)
    for secret in ("RM10 9HU", "rm8 3rh", "IG11 8AB", "9HU", "3RH", "8AB", "white-coat", "café", "line one"):
        assert secret not in shown
    assert guess_of(proposal, "Session: Postcode").role == "personal"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Who came", "Maureen Smith"),
        ("Where", "12 Acacia Avenue RM10 9HU"),
        ("How many came?", "12, ring Maureen on 07700 900123"),
        ("Email", "maureen@example.org"),
        ("Telephone", "07700 900123"),
        ("Comments", "Maureen cried"),
        ("Born", "03/02/1951"),
    ],
)
def test_no_personal_cell_is_shown(understood, heading, cell):
    rows = [["Date", heading, "Guests"]]
    rows += [[day.isoformat(), f"{cell} {n}" if n % 3 else "12", 4 + n] for n, day in enumerate(WEEKS)]
    shown = repr(understood(rows).columns)
    for secret in ("Maureen", "maureen", "RM10 9HU", "9HU", "07700", "900123", "cried", "1951"):
        assert secret not in shown


def test_at_most_three_examples_each_written_another_way(understood):
    cells = ["12", "13", "<5", "~20", "twelve", "14"]
    rows = [["Date", "Guests"], *[[day.isoformat(), cells[n % 6]] for n, day in enumerate(WEEKS)]]
    examples = guess_of(understood(rows), "Guests").examples
    assert len(examples) == 3
    assert len({"".join("0" if mark.isdigit() else mark for mark in cell) for cell in examples}) == 3
