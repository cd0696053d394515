"""Tables of areas: each line gets its fate, and what is read equals a plain reading of the same file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.areas.types import (
    Deprivation,
    SmallAreaChange,
    SmallAreaResidents,
    SmallAreaWard,
    Ward,
)
from pipelines.sources.published.origin import Origin, read_origin
from pipelines.sources.published.publication import Asked
from pipelines.sources.published.publication_text import open_publication
from pipelines.sources.register import read_published

PROJECT_LOCALITIES = Path(__file__).parents[4] / "data" / "localities"

LOOKUP = "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM,ObjectId"
LINE = "E01034473,Barking and Dagenham 015E,E05014053,Abbey,E09000002,Barking and Dagenham,7"


def read(text: str | bytes, origin: Origin | None = None):
    content = text.encode() if isinstance(text, str) else text
    return read_published(open_publication(content, "areas.csv", origin or Origin()), Asked())


def rows_of(found, row_type):
    return [row for row in found.published if isinstance(row, row_type)]


def plain(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_a_lookup_keeps_every_code_with_its_vintage():
    (row,) = rows_of(read(f"{LOOKUP}\n{LINE}\n"), SmallAreaWard)
    assert (row.lsoa_code, row.lsoa_vintage) == ("E01034473", 2021)
    assert (row.ward_code, row.ward_vintage, row.ward_name) == ("E05014053", 2024, "Abbey")
    assert (row.lad_code, row.lad_vintage) == ("E09000002", 2024)
    assert row.line == 2


def test_another_years_lookup_is_read_without_a_change_to_the_code():
    (row,) = rows_of(read(f"{LOOKUP}\n{LINE}\n".replace("24", "27", 4)), SmallAreaWard)
    assert row.ward_vintage == 2027


def test_the_headings_of_packages_say_the_same():
    heading = "lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code,total_residents"
    found = read(f"{heading}\nB 015E,E01034473,Abbey,E05014053,Barking and Dagenham,E09000002,1265.0\n")
    (ward,) = rows_of(found, SmallAreaWard)
    assert (ward.ward_code, ward.ward_vintage, ward.lad_code) == ("E05014053", 2024, "E09000002")
    (people,) = rows_of(found, SmallAreaResidents)
    assert (people.residents, people.counted_on) == (1265, dt.date(2021, 3, 21))
    assert people.released_on == dt.date(2022, 11, 29)


@pytest.mark.parametrize("code", ["E05014053", "E0103447", "", "e01034473", "<script>"])
def test_a_line_whose_code_is_none_is_refused_with_its_column(code):
    found = read(f"{LOOKUP}\n{code}{LINE.removeprefix('E01034473')}\n")
    assert found.published == ()
    assert found.publication.close().lines_refused == 1
    (fault,) = found.publication.faults
    assert (fault.line, fault.column) == (2, "lsoa21cd")
    assert "E01000006" in fault.reason


def test_a_best_fit_names_each_area_once():
    found = read(f"{LOOKUP}\n{LINE}\n{LINE.replace('E05014053,Abbey', 'E05014054,Alibon')}\n")
    assert [row.ward_name for row in rows_of(found, SmallAreaWard)] == ["Abbey"]
    load = found.publication.close()
    assert (load.lines_loaded, load.lines_refused, load.lines_furniture) == (1, 1, 1)


def test_a_split_area_may_stand_in_several_lines_of_the_change_table():
    found = read(
        "LSOA11CD,CHGIND,LSOA21CD\nE01000010,S,E01034473\nE01000010,S,E01034474\nE01000010,S,E01034474\n"
    )
    changes = rows_of(found, SmallAreaChange)
    assert [(row.lsoa11_code, row.change, row.lsoa21_code) for row in changes] == [
        ("E01000010", "S", "E01034473"),
        ("E01000010", "S", "E01034474"),
    ]
    assert found.publication.close().lines_refused == 1


def test_a_change_that_is_none_of_the_four_refuses_its_line():
    found = read("LSOA11CD,CHNGIND,LSOA21CD\nE01000010,Z,E01034473\nE01000011,x,E01034474\n")
    assert [row.change for row in rows_of(found, SmallAreaChange)] == ["X"]
    assert found.publication.faults[0].column == "chngind"


def test_a_register_of_wards_says_of_which_years_each_is():
    found = read(
        "ward_code,ward_name,lad_code,first_vintage,last_vintage\nE05000026,Abbey,E09000002,,2021\nX1,Y,,,\n"
    )
    (ward,) = rows_of(found, Ward)
    assert ward.is_of(2021)
    assert ward.is_of(2009)
    assert not ward.is_of(2022)
    assert found.publication.close().lines_refused == 1


@pytest.mark.parametrize("people", ["-1", "12.5", "many"])
def test_residents_that_cannot_be_are_left_out_and_the_line_stands(people):
    found = read(f"lsoa21_code,total_residents\nE01034473,{people}\n")
    assert rows_of(found, SmallAreaResidents) == []
    load = found.publication.close()
    assert (load.lines_loaded, load.cells_missing) == (1, 1)


def test_what_lies_beside_the_file_says_source_and_release():
    origin = read_origin(b'{"source": "ONS", "released_on": "2024-07-22"}')
    (row,) = rows_of(read(f"{LOOKUP}\n{LINE}\n", origin), SmallAreaWard)
    assert (row.source, row.released_on) == ("ONS", dt.date(2024, 7, 22))


@given(st.binary(max_size=300))
def test_any_bytes_below_a_known_heading_are_accounted_for(tail):
    found = read(LOOKUP.encode() + b"\n" + tail)
    load = found.publication.close()
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
    assert len(found.published) == load.lines_loaded


#: file, lines loaded, rows by type
SHARED_FILES = [
    (
        "geo/bd_lsoa21_ward24_census21_imd2025.csv",
        115,
        {SmallAreaWard: 115, SmallAreaResidents: 115, Deprivation: 8 * 115},
    ),
    ("geo/bd_ward_bestfit_census21.csv", 19, {Ward: 19}),
    ("geo/london_lsoa11_lsoa21_change.csv", 5016, {SmallAreaChange: 5016}),
    ("geo/london_lsoa21_ward24_lad24.csv", 4994, {SmallAreaWard: 4994}),
    ("imd/imd2019_london_lsoa11.csv", 4835, {Deprivation: 8 * 4835}),
    ("imd/imd2025_london_lsoa21.csv", 4994, {Deprivation: 8 * 4994}),
]


@pytest.mark.parametrize(("file", "loaded", "rows"), SHARED_FILES, ids=[name for name, *_ in SHARED_FILES])
def test_every_file_of_areas_reconciles_with_a_plain_reading(shared_folder, file, loaded, rows):
    path = shared_folder / "data" / file
    found = read(path.read_bytes())
    load = found.publication.close()
    assert load.lines_loaded == loaded == len(plain(path))
    assert (load.lines_refused, load.lines_furniture) == (0, 1)
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
    assert load.cells_missing == 0
    assert Counter(type(row) for row in found.published) == Counter(rows)


def test_the_boroughs_sums_equal_those_of_a_plain_reading(shared_folder):
    path = shared_folder / "data/geo/bd_lsoa21_ward24_census21_imd2025.csv"
    found = read(path.read_bytes())
    assert sum(row.residents for row in rows_of(found, SmallAreaResidents)) == 218_868
    deciles = Counter(row.decile for row in rows_of(found, Deprivation) if row.domain == "imd")
    assert deciles == {1: 2, 2: 30, 3: 54, 4: 19, 5: 7, 6: 2, 7: 1}
    scores = {row.lsoa_code: row.score for row in rows_of(found, Deprivation) if row.domain == "crime"}
    assert scores == {line["lsoa21_code"]: float(line["Crime_score"]) for line in plain(path)}
    assert min(scores.values()) < 0


def test_the_boroughs_changes_are_told_apart(shared_folder):
    path = shared_folder / "data/geo/london_lsoa11_lsoa21_change.csv"
    here = {line["lsoa21_code"] for line in plain(path) if line["ltla22_code"] == "E09000002"}
    changes = [row for row in rows_of(read(path.read_bytes()), SmallAreaChange) if row.lsoa21_code in here]
    assert Counter(row.change for row in changes) == {"U": 104, "S": 10, "M": 2}
    assert len(changes) == 116


EXTRACTS = [
    ("small_areas_wards_2024.csv", "geo/london_lsoa21_ward24_lad24.csv", 115),
    ("small_areas_2011_2021.csv", "geo/london_lsoa11_lsoa21_change.csv", 116),
    ("deprivation_2025.csv", "imd/imd2025_london_lsoa21.csv", 115),
    ("deprivation_2019.csv", "imd/imd2019_london_lsoa11.csv", 110),
]


@pytest.mark.parametrize(("extract", "whole", "n"), EXTRACTS, ids=[name for name, *_ in EXTRACTS])
def test_the_small_tables_of_the_project_hold_lines_of_the_published_files_unchanged(
    shared_folder, extract, whole, n
):
    kept = (PROJECT_LOCALITIES / extract).read_text(encoding="utf-8").splitlines()
    published = (shared_folder / "data" / whole).read_text(encoding="utf-8-sig").splitlines()
    assert kept[0] == published[0]
    assert len(kept) == n + 1
    assert set(kept) <= set(published)


def test_the_projects_residents_are_those_of_the_derived_table(shared_folder):
    whole = plain(shared_folder / "data/geo/bd_lsoa21_ward24_census21_imd2025.csv")
    kept = plain(PROJECT_LOCALITIES / "residents_2021.csv")
    assert {line["lsoa21_code"]: line["total_residents"] for line in kept} == {
        line["lsoa21_code"]: line["total_residents"] for line in whole
    }


@pytest.mark.parametrize("path", sorted(PROJECT_LOCALITIES.glob("*.csv")), ids=lambda path: path.stem)
def test_every_small_table_of_the_project_loads_whole_and_names_its_source(path):
    beside = path.with_suffix(".json")
    origin = read_origin(beside.read_bytes())
    publication = open_publication(path.read_bytes(), path.name, origin)
    found = read_published(publication, Asked())
    load = found.publication.close()
    assert load.lines_refused == 0
    assert load.lines_loaded > 0
    assert origin.source
