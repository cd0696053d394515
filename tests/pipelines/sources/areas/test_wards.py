"""A ward is known by its code, or by its name and the year of its boundaries; anything less is refused, with what it may mean."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipelines.sources import read_folder
from pipelines.sources.areas.types import SmallAreaWard, Ward
from pipelines.sources.areas.wards import NO_WARDS_LOADED, find_ward, known_wards, place_wards
from pipelines.sources.tables import Effect, Neighbourhood

PROJECT_LOCALITIES = Path(__file__).parents[4] / "data" / "localities"
BOROUGH = "E09000002"


def ward(code, name, first=None, last=None, lad=BOROUGH):
    return Ward(code, name, lad, first, last, None, None, "load", 2)


OLD_ABBEY, NEW_ABBEY = ward("E05000026", "Abbey", None, 2021), ward("E05014053", "Abbey", 2022)
BEAM = ward("E05014056", "Beam", 2022)
EASTBROOK = ward("E05014059", "Eastbrook & Rush Green", 2022)
MERTON = ward("E05013805", "Abbey", 2022, lad="E09000024")
WARDS = (OLD_ABBEY, NEW_ABBEY, BEAM, EASTBROOK)


@pytest.fixture(scope="module")
def register():
    with (PROJECT_LOCALITIES / "wards.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_register_has_the_old_seventeen_and_the_new_nineteen(register):
    old = {row["ward_code"]: row["ward_name"] for row in register if row["last_vintage"] == "2021"}
    new = {row["ward_code"]: row["ward_name"] for row in register if row["first_vintage"] == "2022"}
    assert sorted(old) == [f"E050000{n}" for n in range(26, 43)]
    assert sorted(new) == [f"E050140{n}" for n in range(53, 72)]
    assert len(set(old.values()) & set(new.values())) == 14
    assert len(register) == 36


@pytest.mark.parametrize(
    ("vintage", "code"), [(2021, "E05000026"), (2011, "E05000026"), (2022, "E05014053"), (2024, "E05014053")]
)
def test_a_name_with_its_year_is_the_ward_of_that_year(vintage, code):
    found = find_ward("Abbey", vintage, WARDS)
    assert isinstance(found, Ward)
    assert found.ward_code == code


def test_a_name_alone_is_refused_with_both_wards_it_may_mean():
    reason = find_ward("abbey", None, WARDS)
    assert isinstance(reason, str)
    assert "E05000026 Abbey (until 2021) and E05014053 Abbey (from 2022)" in reason
    assert "wards_vintage" in reason


def test_a_name_alone_is_refused_also_where_one_ward_alone_is_loaded():
    assert isinstance(find_ward("Beam", None, WARDS), str)
    assert isinstance(find_ward("Abbey", None, (NEW_ABBEY,)), str)


def test_a_name_of_another_year_is_refused_and_the_other_year_told():
    reason = find_ward("Beam", 2021, WARDS)
    assert isinstance(reason, str)
    assert "No ward of 2021" in reason
    assert "E05014056 Beam (from 2022)" in reason


@pytest.mark.parametrize("written", ["E05014053", "e05014053"])
def test_a_code_needs_no_year(written):
    assert find_ward(written, None, WARDS) == NEW_ABBEY


def test_a_code_that_is_not_of_the_year_stated_is_refused():
    reason = find_ward("E05000026", 2022, WARDS)
    assert isinstance(reason, str)
    assert "not of 2022" in reason


def test_a_code_that_no_table_has_is_refused():
    assert "No ward of this code" in str(find_ward("E05099999", 2022, WARDS))


@pytest.mark.parametrize(
    "written", ["Eastbrook and Rush Green", "EASTBROOK & RUSH GREEN", "Eastbrook &  Rush Green"]
)
def test_names_are_compared_without_case_and_ampersands(written):
    assert find_ward(written, 2022, WARDS) == EASTBROOK


def test_a_name_that_is_none_is_told():
    assert "No ward of this name" in str(find_ward("Abey", 2022, WARDS))


def test_a_name_in_two_boroughs_is_refused_unless_the_others_settle_the_borough():
    wards = (*WARDS, MERTON)
    assert "E05013805" in str(find_ward("Abbey", 2022, wards))
    alone = Neighbourhood("n", "N", 1, wards="Abbey", wards_vintage=2022)
    beside = Neighbourhood("n", "N", 1, wards="Abbey; Beam", wards_vintage=2022)
    assert place_wards([alone], wards)[0].ward_code is None
    assert [row.ward_code for row in place_wards([beside], wards)] == ["E05014053", "E05014056"]


def test_a_lookup_knows_its_wards_of_its_own_year_alone():
    row = SmallAreaWard(
        "E01034473", 2021, None, "E05014053", 2024, "Abbey", BOROUGH, 2024, None, None, None, "load", 2
    )
    wards = known_wards([row, row])
    assert len(wards) == 1
    assert isinstance(find_ward("Abbey", 2024, wards), Ward)
    assert isinstance(find_ward("Abbey", 2022, wards), str)


def test_without_any_table_of_wards_nothing_is_guessed():
    place = Neighbourhood("n", "N", 1, wards="Abbey", wards_vintage=2022)
    (placed,) = place_wards([place], [])
    assert (placed.ward_code, placed.reason) == (None, NO_WARDS_LOADED)


def test_every_ward_of_the_borough_finds_its_code_by_name_and_year(register):
    wards = tuple(
        ward(
            row["ward_code"],
            row["ward_name"],
            int(row["first_vintage"]) if row["first_vintage"] else None,
            int(row["last_vintage"]) if row["last_vintage"] else None,
        )
        for row in register
    )
    for row in register:
        found = find_ward(row["ward_name"], 2021 if row["last_vintage"] else 2024, wards)
        assert isinstance(found, Ward)
        assert found.ward_code == row["ward_code"]


def test_a_data_folder_tells_a_name_without_its_year_and_keeps_the_neighbourhood(tmp_path):
    heading = "neighbourhood_id,name,wards,wards_vintage"
    (tmp_path / "neighbourhoods.csv").write_text(
        f"{heading}\nash,Ash,Abbey; Beam,\noak,Oak,Abbey,2022\nelm,Elm,Abbey,last year\n"
    )
    (tmp_path / "prototypes.csv").write_text("prototype_id,neighbourhood_id,name\np,ash,P\n")
    checked = read_folder(tmp_path, [], localities=PROJECT_LOCALITIES)
    assert [place.wards_vintage for place in checked.neighbourhoods] == [None, 2022, None]
    told = [fault for fault in checked.faults if fault.column == "wards"]
    assert [(fault.value, fault.effect) for fault in told] == [
        ("Abbey", Effect.CELL_MISSING),
        ("Beam", Effect.CELL_MISSING),
        ("Abbey", Effect.CELL_MISSING),
    ]
    assert "ash" in told[0].reason
    (year,) = [fault for fault in checked.faults if fault.column == "wards_vintage"]
    assert year.line == 4


def test_a_data_folder_without_tables_of_areas_is_not_reproached(tmp_path):
    (tmp_path / "neighbourhoods.csv").write_text("neighbourhood_id,name,wards\nash,Ash,Abbey; Beam\n")
    (tmp_path / "prototypes.csv").write_text("prototype_id,neighbourhood_id,name\np,ash,P\n")
    assert [fault for fault in read_folder(tmp_path, []).faults if fault.column == "wards"] == []
