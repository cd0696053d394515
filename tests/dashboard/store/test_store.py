"""The store: one method a question, plain rows, errors in words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.store import Store
from dashboard.store.places import AREA_TABLES
from pipelines import localities
from pipelines.errors import MartError
from pipelines.mart import SCHEMA_VERSION, publish


@pytest.fixture
def store(open_mart):
    return open_mart("full")


def test_the_facts_of_the_mart_come_as_words(store):
    info = store.info()
    assert info["made_up"] == "true"
    assert info["rule_set"] == "mdc"
    assert info["data_until"] == "2026-11-22"


def test_neighbourhoods_stand_west_to_east(store):
    assert store.neighbourhoods()["name"].tolist() == [
        "Ashfield", "Brook End", "Creekside", "Long Meadow", "Millpond", "Saltmarsh",
    ]  # fmt: skip


def test_measures_stand_in_the_order_of_their_domains(store):
    domains = store.measures()["domain"].tolist()
    assert domains == ["reach", "reach", "quality", "quality", "impact", "impact", "balancing"]


def test_a_wall_cell_is_the_series_with_the_most_recent_point(store):
    wall = store.wall().set_index(["neighbourhood_id", "measure_id"])
    cell = wall.loc[("ashfield", "people_reached")]
    assert cell["prototype_id"] == "ashfield_pressure", "the walks stopped six weeks before"
    assert cell["n_series"] == 2
    assert cell["planned_every"] == "week"


def test_the_wall_has_one_row_for_each_neighbourhood_and_measure(store):
    wall = store.wall()
    assert not wall.duplicated(["neighbourhood_id", "measure_id"]).any()
    assert len(wall) == store.summaries()[["neighbourhood_id", "measure_id"]].drop_duplicates().shape[0]


def test_the_wall_of_a_theme_looks_at_its_prototypes_alone(store):
    assert store.wall("connection")["prototype_id"].unique().tolist() == ["ashfield_walks"]


def test_points_come_in_time_order_with_their_gaps(store):
    points = store.points("people_reached@brook_end_pressure")
    assert points["position"].tolist() == list(range(58))
    assert points["period_start"].is_monotonic_increasing
    assert points["is_gap"].sum() == 1
    assert points.loc[points["is_gap"], "value"].isna().all()


def test_points_of_many_series_are_those_of_each(store):
    wanted = ["people_reached@ashfield_pressure", "bp_to_target@millpond_pressure"]
    many = store.points_of(wanted)
    assert sorted(many) == sorted(wanted)
    for series_id in wanted:
        assert many[series_id]["value"].tolist() == pytest.approx(
            store.points(series_id)["value"].tolist(), nan_ok=True
        )


def test_no_series_asked_for_gives_no_points(store):
    assert store.points_of([]) == {}


def test_an_unknown_series_has_no_summary_and_an_unknown_cycle_no_row(store):
    assert store.summary("nothing@nowhere") is None
    assert store.cycle("nothing") is None
    assert store.cycle_result("nothing") is None


def test_a_summary_is_the_latest_phase_of_its_series(store):
    summary = store.summary("people_reached@ashfield_pressure")
    assert summary is not None
    assert summary["is_latest_phase"]
    assert summary["variation"] == "improvement_high"
    assert len(store.phases("people_reached@ashfield_pressure")) == 1


def test_summaries_are_kept_to_a_place_and_a_prototype(store):
    assert set(store.summaries("ashfield")["prototype_id"]) == {"ashfield_pressure", "ashfield_walks"}
    assert set(store.summaries("ashfield", "ashfield_walks")["measure_id"]) == {"people_reached", "new_faces"}
    assert store.summaries("ashfield", "creekside_pressure").empty


def test_cycles_carry_the_names_of_their_place_and_measure(store):
    cycles = store.cycles("ashfield_pressure")
    assert cycles["cycle_id"].tolist() == ["ashfield_1", "ashfield_2"]
    assert cycles["neighbourhood"].unique().tolist() == ["Ashfield"]
    assert cycles["measure"].unique().tolist() == ["People reached"]
    assert store.cycles(neighbourhood_id="ashfield").equals(cycles)


def test_results_and_targets_are_kept_to_what_is_asked(store):
    assert store.cycle_results("millpond_pressure")["verdict"].tolist() == ["improved"]
    assert store.cycle_result("millpond_1")["verdict"] == "improved"
    assert store.targets("bp_to_target")["value"].tolist() == [0.8]
    assert len(store.targets()) == 4


def test_decisions_come_newest_first_and_no_more_than_asked(store):
    decided = store.decisions(2)
    assert decided["cycle_id"].tolist() == ["millpond_1", "creekside_1"]


def test_predictions_due_are_those_nobody_decided_on_with_a_number_in_them(store):
    assert store.predictions_due()["cycle_id"].tolist() == ["ashfield_2", "brook_end_2", "saltmarsh_1"]


def test_rejected_rows_are_kept_to_a_file_and_an_effect(store):
    assert len(store.rejected_rows()) == 4
    assert len(store.rejected_rows("sample/test_logs/ashfield.csv")) == 3
    assert store.rejected_rows("sample/test_logs/ashfield.csv", "cell missing")["line"].tolist() == [17]


def test_the_shared_mart_masks_what_stood_in_refused_cells(open_mart):
    shared, true = open_mart("full"), open_mart("full", "true")
    assert shared.rejected_rows()["value"].isna().all()
    assert true.rejected_rows()["value"].notna().all()


def test_an_empty_mart_answers_every_question_with_no_rows(open_mart):
    store = open_mart("empty")
    for answer in (store.neighbourhoods, store.measures, store.wall, store.themes, store.cycles, store.loads):
        assert answer().empty
    assert store.points("a@b").empty
    assert store.decisions(3).empty


@pytest.mark.parametrize("state", ["broken", "old"])
def test_a_mart_that_cannot_be_read_says_how_to_mend_it(open_mart, state):
    with pytest.raises(MartError, match="python -m pipelines build"):
        open_mart(state)


def test_a_mart_that_loses_a_table_says_so_at_the_question(store):
    store._connection.close()
    with pytest.raises(MartError, match="Build again"):
        store.info()


def test_many_threads_get_their_own_answers(store):
    wanted = [
        f"people_reached@{place}_pressure" for place in ("ashfield", "brook_end", "creekside", "millpond")
    ] * 10

    def ask(series_id):
        return set(store.points(series_id)["series_id"]) == {series_id}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, wanted))


def test_every_plotted_point_leads_back_to_its_file_sheet_and_lines(store):
    series = list(store.summaries(prototype_id="ashfield_pressure")["series_id"])
    points = store.points_of(series)
    sources = store.point_sources(series)
    told = set(zip(sources["series_id"], sources["position"], strict=True))
    plotted = {
        (name, int(at)) for name, rows in points.items() for at in rows[rows["value"].notna()]["position"]
    }
    assert plotted
    assert plotted <= told
    first = sources.iloc[0]
    assert (first["file"], first["sheet"], int(first["n_lines"])) == (
        "sample/test_logs/ashfield.csv",
        "Jan-Mar 26",
        1,
    )
    assert len(first["lines"]) == 1


def test_uploads_stand_newest_first_with_what_replaced_them(store):
    uploads = store.uploads()
    assert list(uploads["replaced_by"].isna()) == [True, False]
    assert uploads["replaced_by"].iloc[1] == uploads["sha256"].iloc[0]


def test_a_guess_says_what_why_and_how_to_overrule_it(store):
    guess = store.guesses().iloc[0]
    assert guess["evidence"] == "4/16/2026 can only be 16 April."
    assert guess["overrule"] == 'dates = "day-first"'


def test_the_prototypes_charted_from_a_file_are_known(store):
    assert "ashfield_pressure" in set(store.prototypes_of("sample/test_logs/ashfield.csv")["prototype_id"])
    assert store.prototypes_of("nothing.csv").empty


@pytest.fixture
def store_of_areas(tmp_path):
    """A mart that holds nothing but tables of areas and a list of practices."""

    def fill(connection):
        version = [str(SCHEMA_VERSION)]
        connection.execute("INSERT INTO mart_info VALUES ('schema_version', ?)", version)
        connection.execute(
            """INSERT INTO small_area_residents
               SELECT 'E0100000' || n, 2021, DATE '2021-03-21', 1500, 'Census', DATE '2022-11-29', 'l', n FROM range(4) t(n)"""
        )
        connection.execute(
            """INSERT INTO deprivation SELECT edition, 'E01', 2021, 'imd', 1, 1, 1, 'Ministry', released, 'l', 2
               FROM (VALUES (2019, DATE '2019-09-26'), (2025, DATE '2025-10-30')) t(edition, released)"""
        )
        connection.execute(
            """INSERT INTO load (load_id, file, reader, sha256, loaded_at, lines_read, lines_loaded, lines_refused,
                                 lines_furniture, cells_missing, personal_cells_dropped)
               VALUES ('p', 'localities/practices.csv', 'list of practices', '0', TIMESTAMP '2026-11-22', 2, 2, 0, 0, 0, 0)"""
        )
        connection.execute(
            """INSERT INTO practice (practice_code, practice_name, load_id, line)
               VALUES ('F1', 'One', 'p', 2), ('F2', 'Two', 'p', 3)"""
        )

    opened = Store(publish(tmp_path, "areas", fill))
    yield opened
    opened.close()


def test_publishers_of_areas_are_told_with_their_releases_and_lists_by_their_file(store_of_areas):
    rows = store_of_areas.public_sources()
    assert list(zip(rows["source"], rows["what"], rows["n_rows"], strict=True)) == [
        ("Census", "residents of small areas", 4),
        ("Ministry", "deprivation of small areas", 1),
        ("Ministry", "deprivation of small areas", 1),
        ("The file localities/practices.csv", "practices", 2),
    ]
    assert rows["released_on"].dropna().dt.year.tolist() == [2022, 2019, 2025]


def test_every_table_of_areas_that_is_loaded_names_its_publisher():
    made_from_them = {"deprivation_2021", "neighbourhood_ward", "neighbourhood_fact"}
    assert set(AREA_TABLES) == set(localities.TABLES) - made_from_them


def test_places_of_earlier_tests_are_for_the_group_alone(open_mart):
    own, shared = open_mart("full", "true"), open_mart("full")
    assert own.places_used("ashfield_pressure", 2) == ["Market square", "Library"]
    assert own.places_used("ashfield_pressure", 1) == ["Market square"]
    assert own.places_used("nobody", 2) == []
    assert shared.places_used("ashfield_pressure", 2) == []
