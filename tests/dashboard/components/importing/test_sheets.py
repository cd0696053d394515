"""How dates and numbers were read: each sentence with the sheet and column that it speaks of."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.importing.sheets import evidence_html
from pipelines.sources.tables import Guess
from tests.dashboard.import_fakes import preview, proposal

EVIDENCE = "15 rows can only be read so."


def made(*where: tuple[str | None, str | None]):
    what = "Dates written 0/0/0000 have the month first."
    guesses = tuple(
        Guess("l1", "food.xlsx", sheet, column, what, EVIDENCE, "dates") for sheet, column in where
    )
    return replace(preview(), guesses=guesses)


def test_each_sentence_names_its_sheet_and_column_first():
    html = evidence_html(proposal(), made(("Apr - June", "When"), ("Jan-Mar 26", "Date")))
    assert "<b>Sheet <bdi>Apr - June</bdi>, column <bdi>When</bdi>:</b> Dates written 0/0/0000 have" in html
    assert "<b>Sheet <bdi>Jan-Mar 26</bdi>, column <bdi>Date</bdi>:</b>" in html
    assert html.count(EVIDENCE) == 2


def test_a_text_file_has_no_sheet_to_name():
    assert "<b>Column <bdi>Date</bdi>:</b>" in evidence_html(proposal(), made((None, "Date")))


def test_before_there_is_a_preview_the_evidence_alone_is_told():
    assert "<li>4/16/2026 can only be 16 April" in evidence_html(proposal(), None)


def test_where_nothing_was_guessed_nothing_is_told():
    assert evidence_html(proposal(orders=()), made()) == ""


def test_names_of_sheets_cannot_become_tags():
    assert "<i>" not in evidence_html(proposal(), made(("<i>April", "<i>When")))
