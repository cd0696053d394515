"""Lists that come with QOF: indicators, practices and their networks."""

from __future__ import annotations

import csv
import io

import pytest

from pipelines.sources.published.publication import Asked
from tests.pipelines.sources.published.published_files import counts, read, told

NETWORKS = {"U27362": 6, "U86966": 3, "U26744": 5, "U55387": 8, "U92874": 3, "U11211": 7}


def test_the_practices_of_north_east_london_load_whole(shared_folder):
    content = (shared_folder / "data/nhs/MAPPING_NHS_GEOGRAPHIES_2324_NEL.csv").read_bytes()
    found = read(content, "MAPPING_NHS_GEOGRAPHIES_2324_NEL.csv")
    twin = list(csv.DictReader(io.StringIO(content.decode())))
    assert counts(found) == (266, 265, 0, 1)
    assert [
        (row.practice_code, row.practice_name, row.pcn_name, row.icb_code) for row in found.published
    ] == [(row["PRACTICE_CODE"], row["PRACTICE_NAME"], row["PCN_NAME"], row["ICB_ODS_CODE"]) for row in twin]
    assert [row.pcn_code for row in found.published] == [
        None if row["PCN_ODS_CODE"] == "U" else row["PCN_ODS_CODE"] for row in twin
    ]


def test_only_practices_of_the_networks_asked_for_are_kept(shared_folder):
    content = (shared_folder / "data/nhs/MAPPING_NHS_GEOGRAPHIES_2324_NEL.csv").read_bytes()
    found = read(content, "MAPPING_2324.csv", asked=Asked(pcns=frozenset(NETWORKS)))
    kept = [row.pcn_code for row in found.published]
    assert {code: kept.count(code) for code in NETWORKS} == NETWORKS
    assert counts(found) == (266, 32, 0, 234)


def test_the_practices_of_the_borough_load_whole_without_their_postcodes(shared_folder):
    found = read((shared_folder / "data/nhs/bd_practices_pcn_2324.csv").read_bytes(), "bd_practices_2324.csv")
    assert counts(found) == (33, 32, 0, 1)
    assert {row.year for row in found.published} == {"2023/24"}
    assert "RM10" not in repr(found.published)


def test_the_indicators_of_a_year_load_whole(shared_folder):
    content = (shared_folder / "data/nhs/MAPPING_INDICATORS_2324.csv").read_bytes()
    found = read(content, "MAPPING_INDICATORS_2324.csv")
    twin = list(csv.DictReader(io.StringIO(content.decode())))
    assert counts(found) == (77, 76, 0, 1)
    assert [(row.indicator_id, row.group_name, row.people, row.points) for row in found.published] == [
        (
            row["INDICATOR_CODE"],
            row["GROUP_DESCRIPTION"].strip(),
            row["PATIENT_LIST_TYPE"],
            float(row["INDICATOR_POINT_VALUE"]),
        )
        for row in twin
    ]


@pytest.mark.parametrize(
    "heading",
    ["practice_code,practice_name,pcn_ods_code,stp_ods_code", "PracticeCode,PracticeName,PCNCode,ICBCode"],
)
def test_names_drift(heading):
    (row,) = read(f"{heading}\nF82001,Halbutt Street Surgery,U11211,QMF\n", "list_2324.csv").published
    assert (row.practice_code, row.pcn_code, row.icb_code) == ("F82001", "U11211", "QMF")


def test_a_code_that_is_none_and_a_practice_in_two_networks_are_refused():
    lines = "F82001,Halbutt Street,U11211\nHalbutt,F82001,U11211\nF82002,X,West PCN\nF82001,Halbutt Street,U55387\n"
    found = read("PRACTICE_CODE,PRACTICE_NAME,PCN_ODS_CODE\n" + lines, "list_2324.csv")
    assert counts(found) == (5, 1, 3, 1)
    assert sorted((line, column) for line, column, effect in told(found) if effect == "line refused") == [
        (3, "practice_code"), (4, "pcn_code"), (5, "practice_code"),
    ]  # fmt: skip
