"""The shelf of published files: told apart by their headings, read in order, every line with a fate."""

from __future__ import annotations

import json
import shutil

import duckdb
import pytest

from pipelines.importing import is_lone
from pipelines.mart import run_sql
from pipelines.sources import check_paths, load_tables, read_folder
from pipelines.sources.register import READERS, Shelf, reader_for
from tests.pipelines.sources.published.published_files import (
    ACHIEVEMENT_HEADING,
    ACHIEVEMENT_LINES,
    counts,
    read,
    table,
)
from tests.pipelines.sources.published.published_files import CVDPREVENT_RECORD as RECORD
from tests.pipelines.sources.published.published_files import FINGERTIPS_ROW as ROW

ONS_HEADING = "areacd,areanm,geography,indicator,period,observation,unit\n"
ONS = ONS_HEADING + "E09000002,Barking and Dagenham,District,Anxiety,2022-04-01/P1Y,2.98,score\n"
NETWORKS = "practice_code,practice_name,pcn_code\nF82001,Halbutt Street Surgery,U11211\n"

#: Files that a reader of this room covers, with the lines that load; `geo` and `imd` are looked at in their own tests.
SHARED = {
    "ons/healthy-life-expectancy.csv": 5814,
    "nhs/MAPPING_INDICATORS_2324.csv": 76,
    "nhs/MAPPING_NHS_GEOGRAPHIES_2324_NEL.csv": 265,
    "nhs/bd_practices_pcn_2324.csv": 32,
    "fingertips/fingertipsnext_categories.csv": 120,
    "fingertips/fingertipsnext_indicators.json": 35,
    "fingertips/fn_ValidHeadersAndValidDataRows.csv": 9,
    "fingertips/shape_90362_hle_derived.csv": 120,
}


def test_every_reader_has_a_name_of_its_own():
    names = [reader.name for reader in READERS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (ONS, "ONS Explore Local Statistics"),
        (table(ROW), "Fingertips"),
        (json.dumps({"indicatorRawData": [RECORD]}), "CVDPREVENT"),
        (ACHIEVEMENT_HEADING + ACHIEVEMENT_LINES, "QOF achievement"),
        (NETWORKS, "list of practices"),
    ],
)
def test_a_file_is_told_apart_by_its_headings_whatever_its_name(content, name):
    for file in ("download (3).csv", "x.json", "MAPPING_2324.csv"):
        assert read(content, file).publication.reader == name


def test_headings_that_nobody_knows_are_refused_with_the_nearest_reader_named():
    found = read(ONS.replace("observation", "figure"))
    assert counts(found) == (2, 0, 1, 1)
    (fault,) = found.publication.faults
    assert "comes nearest to ONS Explore Local Statistics, but has no column observation" in fault.reason


def test_no_heading_is_known_to_two_readers_without_one_needing_more():
    for reader in READERS:
        if reader.needs and reader.knows is None:
            assert reader_for(reader.needs) is reader


@pytest.fixture
def localities(folder):
    (folder / "localities").mkdir()
    return folder / "localities"


def test_every_shared_file_that_a_reader_covers_loads_whole(localities, folder, measures, shared_folder):
    for name in SHARED:
        shutil.copy(shared_folder / "data" / name, localities)
    shutil.copy(shared_folder / "data/ons/healthy-life-expectancy.json", localities)
    checked = read_folder(folder, measures)
    loads = {
        load.file.rpartition("/")[2]: load for load in checked.loads if load.file.startswith("localities/")
    }
    assert {name: load.lines_loaded for name, load in loads.items()} == {
        name.rpartition("/")[2]: n_lines for name, n_lines in SHARED.items()
    }
    for load in loads.values():
        assert load.lines_refused == 0
        assert load.lines_read == load.lines_loaded + load.lines_furniture


def test_what_is_read_reaches_the_tables_of_a_mart(localities, folder, measures):
    (localities / "a.csv").write_text(ONS)
    (localities / "b.csv").write_text(table(ROW | {"Value": "*"}))
    (localities / "list_2324.csv").write_text(NETWORKS)
    connection = duckdb.connect()
    run_sql(connection, "schema")
    load_tables(connection, read_folder(folder, measures))
    figures = connection.sql(
        "SELECT value, is_suppressed, sex, line FROM locality_value ORDER BY indicator DESC"
    ).fetchall()
    assert figures == [(2.98, False, None, 2), (None, True, "persons", 2)]
    led_back = connection.sql(
        "SELECT file FROM locality_value JOIN load USING (load_id) ORDER BY file"
    ).fetchall()
    assert led_back == [("localities/a.csv",), ("localities/b.csv",)]
    assert connection.sql("SELECT practice_code, pcn_code, year FROM practice").fetchall() == [
        ("F82001", "U11211", "2023/24")
    ]


def test_the_same_file_under_two_names_counts_once(localities, folder, measures):
    (localities / "a.csv").write_text(ONS)
    (localities / "b.csv").write_text(ONS)
    checked = read_folder(folder, measures)
    loads = [load for load in checked.loads if load.file.startswith("localities/")]
    assert len(checked.locality_values) == 1
    assert [(load.lines_loaded, load.lines_furniture) for load in loads] == [(1, 1), (0, 2)]


def test_two_releases_of_a_figure_are_both_kept_with_their_days(localities, folder, measures):
    for name, value, day in (("old", "2.98", "2023-11-01"), ("new", "3.05", "2024-11-01")):
        (localities / f"{name}.csv").write_text(ONS.replace("2.98", value))
        (localities / f"{name}.json").write_text(json.dumps({"source": "ONS", "released_on": day}))
    values = read_folder(folder, measures).locality_values
    assert {(str(value.released_on), value.value) for value in values} == {
        ("2024-11-01", 3.05),
        ("2023-11-01", 2.98),
    }


def test_a_correction_is_read_before_what_it_corrects_so_that_it_stands(localities, folder, measures):
    (localities / "ACHIEVEMENT_LONDON_2122.csv").write_text(ACHIEVEMENT_HEADING + ACHIEVEMENT_LINES)
    corrected = ACHIEVEMENT_LINES.replace("REGISTER,620", "REGISTER,640")
    (localities / "ACHIEVEMENT_LONDON_2122_V2.csv").write_text(ACHIEVEMENT_HEADING + corrected)
    checked = read_folder(folder, measures)
    assert [v.value for v in checked.locality_values if v.indicator == "HYP001, register"] == [640]
    old = next(load for load in checked.loads if load.file.endswith("_2122.csv"))
    assert (old.lines_loaded, old.lines_refused, old.lines_furniture) == (0, 1, 5)


def test_lists_of_practices_are_read_first_and_say_whose_figures_are_wanted(localities):
    (localities / "a_achievement_2324.csv").write_text(
        ACHIEVEMENT_HEADING + ACHIEVEMENT_LINES + ACHIEVEMENT_LINES.replace("F82001", "F82999")
    )
    (localities / "z_practices_2324.csv").write_text(NETWORKS)
    shelf = Shelf([localities])
    assert [path.name for path in shelf.paths] == ["z_practices_2324.csv", "a_achievement_2324.csv"]
    found = [shelf.read(path, path.name) for path in shelf.paths]
    assert {value.area_name for value in found[1].values} == {"Halbutt Street Surgery"}
    assert counts(found[1]) == (11, 5, 0, 6)


def test_a_list_that_names_no_network_of_the_folder_leaves_no_practice(localities):
    (localities / "practices_2324.csv").write_text(NETWORKS)
    shelf = Shelf([localities], pcns=["U27362", None])
    (found,) = [shelf.read(path, path.name) for path in shelf.paths]
    assert counts(found) == (2, 0, 0, 2)


def test_a_json_beside_a_csv_describes_it_unless_it_holds_figures_itself(localities):
    (localities / "ons.csv").write_text(ONS)
    (localities / "ons.json").write_text(
        json.dumps({"ess-beta-metadata": {"shared": {"sourceDate": "19/02/2026"}}})
    )
    (localities / "cvd.csv").write_text(table({name: value or "" for name, value in RECORD.items()}))
    (localities / "cvd.json").write_text(json.dumps({"indicatorRawData": [RECORD | {"AreaCode": "U11211"}]}))
    shelf = Shelf([localities])
    assert sorted(path.name for path in shelf.paths) == ["cvd.csv", "cvd.json", "ons.csv"]


def test_files_of_the_cache_are_read_and_their_records_are_not(localities):
    (localities / "cache").mkdir()
    (localities / "cache" / "ons.csv").write_text(ONS)
    (localities / "cache" / "ons.csv.fetched.json").write_text('{"fetched_at": "2026-11-20T08:00:00+00:00"}')
    shelf = Shelf([localities])
    (found,) = [shelf.read(path, path.name) for path in shelf.paths]
    assert str(found.values[0].retrieved_on) == "2026-11-20"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_encodings_and_delimiters_change_nothing(encoding, mark):
    (value,) = read(ONS.replace("Anxiety", "Anxiété").replace(",", mark).encode(encoding)).values
    assert (value.value, value.indicator) == (2.98, "Anxiété")


def test_many_faults_of_one_kind_are_told_by_their_number():
    lines = "".join(f"E0900{n:04},B,D,Anxiety,2022-04-01/P1Y,lots,score\n" for n in range(5000))
    found = read(ONS_HEADING + lines)
    assert counts(found) == (5001, 0, 5000, 1)
    assert len(found.publication.faults) == 21
    assert "4,980 further lines" in found.publication.faults[-1].reason


def test_titles_blank_lines_and_lines_too_long_have_their_fate():
    found = read("\n" + ONS + "\n,,\nE09000003,Barnet,District,Anxiety,2022-04-01/P1Y,3.1,score,more,more\n")
    assert counts(found) == (6, 1, 1, 4)


def test_a_published_file_is_checked_wherever_it_lies(tmp_path):
    (tmp_path / "download.csv").write_text(ONS)
    (tmp_path / "download.json").write_text('{"released_on": "2024-11-01"}')
    checked = check_paths([tmp_path / "download.csv"])
    assert [(load.file, load.lines_read, load.lines_loaded) for load in checked.loads] == [
        ("download.csv", 2, 1)
    ]
    assert str(checked.locality_values[0].released_on) == "2024-11-01"
    assert not is_lone(tmp_path / "download.csv")


def test_a_fetched_file_beside_the_folder_in_use_bears_the_name_of_its_place(
    folder, measures, tmp_path_factory
):
    data = tmp_path_factory.mktemp("data")
    (data / "localities" / "cache").mkdir(parents=True)
    (data / "localities" / "cache" / "ons.csv").write_text(ONS)
    checked = read_folder(folder, measures, localities=data / "localities")
    assert [load.file for load in checked.loads if "ons" in load.file] == ["localities/cache/ons.csv"]
