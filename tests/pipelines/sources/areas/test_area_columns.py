"""Area columns are told by their headings, in three ways of writing, with the vintage that stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.areas.area_columns import (
    AreaColumn,
    find_area_columns,
    is_code,
    numbers,
    only,
    read_heading,
)
from pipelines.sources.published.origin import Origin
from pipelines.sources.published.publication_text import heading_word, open_publication


@pytest.mark.parametrize(
    ("written", "kind", "vintage", "part"),
    [
        ("LSOA21CD", "lsoa", 2021, "code"),
        ("LSOA11NM", "lsoa", 2011, "name"),
        ("WD24CD", "ward", 2024, "code"),
        ("wd25nm", "ward", 2025, "name"),
        ("LAD24CD", "lad", 2024, "code"),
        ("ward24_code", "ward", 2024, "code"),
        ("ltla22_name", "lad", 2022, "name"),
        ("\ufeffLSOA code (2011)", "lsoa", 2011, "code"),
        ("Local  Authority District  name (2019)", "lad", 2019, "name"),
    ],
)
def test_the_vintage_is_read_from_the_heading(written, kind, vintage, part):
    assert read_heading(heading_word(written)) == (kind, vintage, part)


@pytest.mark.parametrize(
    "written", ["LSOACD", "LSOA21NMW", "WD24CDO", "ward_code", "MSOA21CD", "LSOA code", "21CD"]
)
def test_a_heading_without_a_vintage_names_no_area(written):
    assert read_heading(heading_word(written)) is None


def test_two_vintages_of_small_areas_stand_side_by_side_in_order():
    columns = find_area_columns(["lsoa21_name", "lsoa21_code", "lsoa11_code", "change_code"])
    assert columns == (
        AreaColumn("lsoa", 2011, "lsoa11_code", None),
        AreaColumn("lsoa", 2021, "lsoa21_code", "lsoa21_name"),
    )
    assert only(columns, "lsoa") is None


def test_a_name_without_its_code_is_no_area():
    assert find_area_columns(["wd24nm", "lad24nm"]) == ()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("lsoa", "E01000006"),
        ("lsoa", "W01000001"),
        ("ward", "E05014053"),
        ("lad", "E09000002"),
        ("lad", "E06000001"),
    ],
)
def test_codes_are_known_by_their_kind(kind, code):
    assert is_code(kind, code)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("lsoa", "E05014053"), ("ward", "E0501405"), ("ward", "E05014053 "), ("lad", "E12000007"), ("lsoa", "")],
)
def test_a_code_of_another_kind_is_none(kind, code):
    assert not is_code(kind, code)


@given(st.floats(-1e6, 1e6).map(lambda value: round(value, 6)))
def test_a_number_is_read_as_it_is_written(value):
    publication = open_publication(f"score\n{value:.6f}\n".encode(), "a.csv", Origin())
    assert numbers(publication, "score", [0]) == {0: pytest.approx(value)}
    assert publication.faults == []


@given(st.text(alphabet="0123456789.,-+eE ", min_size=1, max_size=8).filter(lambda text: text.strip()))
def test_what_is_no_number_is_left_out_and_told_and_never_zero(text):
    publication = open_publication(f'"score"\n"{text}"\n'.encode(), "a.csv", Origin())
    found = numbers(publication, "score", [0])
    assert bool(found) != bool(publication.faults)
    if found:
        assert found[0] == float(text)
