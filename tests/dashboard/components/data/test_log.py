"""Uploads with their versions, guesses with the way to overrule them."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.components.data import log as sources_log


def uploads() -> pd.DataFrame:
    row = {"who": "Ana", "file": "test_logs/food.xlsx", "n_bytes": 12_345}
    return pd.DataFrame(
        [
            row | {"received_at": dt.datetime(2026, 11, 20, 14, 5), "sha256": "b" * 64, "replaced_by": None},
            row
            | {"received_at": dt.datetime(2026, 11, 18, 9, 0), "sha256": "a" * 64, "replaced_by": "b" * 64},
        ]
    )


def test_both_versions_of_a_corrected_file_stand_in_the_log():
    html = sources_log.uploads_html(uploads())
    assert '<td data-label="Content">bbbbbbbb</td><td data-label="Size" class="right">12 kB</td>' in html
    assert '<td data-label="Now">in use</td>' in html
    assert '<td data-label="Now">replaced by bbbbbbbb</td>' in html


def test_a_guess_stands_with_its_evidence_and_the_key_that_overrules_it():
    row = {"load_id": "l", "file": "test_logs/food.xlsx", "sheet": "Apr", "column": "When"}
    row |= {"what": "Month first", "evidence": "4/16/2026 <b>", "overrule": 'dates = "day-first"'}
    html = sources_log.guesses_html(pd.DataFrame([row] * 300))
    assert "test_logs/food.xlsx, Apr, column When" in html
    assert "dates = &quot;day-first&quot;" in html
    assert "<b>" not in html
    assert "the first 200 of 300" in html


@pytest.mark.parametrize(("n", "words"), [(800, "800 bytes"), (12_345, "12 kB"), (3_400_000, "3.4 MB")])
def test_sizes_are_written_as_people_write_them(n, words):
    assert sources_log.size_words(n) == words
