"""Bytes of a published file into columns by name."""

from __future__ import annotations

import json

import pytest

from pipelines.sources.published import publication_text
from pipelines.sources.published.origin import Origin
from pipelines.sources.published.publication_text import heading_word, open_publication


def opened(content: str | bytes):
    return open_publication(content.encode() if isinstance(content, str) else content, "x.csv", Origin())


@pytest.mark.parametrize(
    ("heading", "word"),
    [("Lower CI 95.0 limit", "lower_ci_95_0_limit"), (" LSOA  code (2021) ", "lsoa_code_2021"), ("AreaCode", "areacode"),
     ("\ufeffareacd", "areacd"), ("__x__", "x"), ("???", "")],
)  # fmt: skip
def test_a_heading_is_one_word(heading, word):
    assert heading_word(heading) == word


def test_cells_are_stripped_and_lines_are_those_of_the_file():
    publication = opened("\na , b\n 1,2 \n\n3,4\n")
    assert {name: column.to_pylist() for name, column in publication.columns.items()} == {
        "a": ["1", "3"],
        "b": ["2", "4"],
    }
    assert publication.lines.tolist() == [3, 5]
    assert publication.other_lines == {"refused": 0, "furniture": 3}


def test_of_headings_that_recur_the_first_counts():
    assert opened("a,b,A\n1,2,3\n").columns["a"].to_pylist() == ["1"]


def test_a_line_that_names_the_delimiter_is_no_heading():
    publication = opened("sep=;\na;b\n1;2\n")
    assert publication.columns["b"].to_pylist() == ["2"]


def test_records_of_a_json_are_found_whatever_key_holds_them():
    records = [{"AreaCode": "E1", "Value": 1.5, "Note": None, "Is": True, "More": [1]}, {"AreaCode": "E2"}]
    for held in (records, {"other": "x", "short": [{"a": 1}], "indicatorRawData": records}):
        publication = opened(json.dumps(held))
        assert {name: column.to_pylist() for name, column in publication.columns.items()} == {
            "areacode": ["E1", "E2"], "value": ["1.5", ""], "note": ["", ""], "is": ["true", ""], "more": ["", ""],
        }  # fmt: skip
        assert publication.lines.tolist() == [1, 2]


def test_a_json_too_large_is_told_with_the_way_round(monkeypatch):
    monkeypatch.setattr(publication_text, "LARGEST_JSON", 10)
    (fault,) = opened('[{"areacode": "E1"}]').faults
    assert "Download the CSV" in fault.reason
