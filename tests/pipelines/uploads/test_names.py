"""Names of files and people are fit to be kept on any system and shown anywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.uploads.names import LONGEST, free_name, safe_name, safe_words


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("food.xlsx", "food.xlsx"),
        ("Food Network 2026.XLSX", "Food Network 2026.xlsx"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\ann\\log.csv", "log.csv"),
        ("<b>log</b>.csv", "b.csv"),
        ("log\u202excel.csv", "log xcel.csv"),
        ("a\x00b\nc.csv", "a b c.csv"),
        ("CON.csv", "log CON.csv"),
        ("nul.tar.csv", "log nul.tar.csv"),
        ("COM1.xlsx", "log COM1.xlsx"),
        ("=cmd|' /C calc'!A0.csv", "C calc-A0.csv"),
        (".hidden.csv", "hidden.csv"),
        ("trailing. .csv", "trailing.csv"),
        (".csv", "log.csv"),
        ("", "log.csv"),
        ("no extension", "no extension.csv"),
        ("script.exe", "script.exe.csv"),
        ("ring Maureen on 07700 900123.csv", "name removed on phone removed.csv"),
        ("Walk & talk.csv.zip", "Walk - talk.csv.zip"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_safe(given_name, kept):
    assert safe_name(given_name) == kept


@given(st.text(max_size=300))
def test_whatever_the_name_what_is_kept_can_be_a_file_anywhere(name):
    kept = safe_name(name)
    stem, _, extension = kept.rpartition(".")
    assert stem
    assert extension in ("csv", "tsv", "txt", "xlsx", "xls", "ods", "zip")
    assert not set(kept) & set('<>:"/\\|?*\0')
    assert all(unicodedata.category(mark)[0] != "C" for mark in kept)
    assert len(kept.encode()) <= LONGEST + 12
    assert kept[0] not in "=+-@. \t"
    assert stem[-1] not in ". "
    assert safe_name(kept) == kept


def test_a_name_whose_mapping_would_be_anothers_gets_a_number():
    assert free_name("food.xlsx", []) == "food.xlsx"
    assert free_name("food.xlsx", ["test_logs/FOOD.csv"]) == "food 2.xlsx"
    assert free_name("food.xlsx", ["food.csv", "food 2.ods"]) == "food 3.xlsx"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Ash", "Ash"),
        ("  Ash\nB ", "Ash B"),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("\u202eAsh", "Ash"),
        ("", None),
        (None, None),
    ],
)
def test_who_is_on_one_line_and_never_a_formula(said, kept):
    assert safe_words(said) == kept
