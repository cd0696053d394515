"""The conductor: the same input gives equal tables, a refresh equals a rebuild, and nothing true leaks into the shared mart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipelines.build import build, refresh
from pipelines.errors import FaultyInputError
from pipelines.inputs import input_folder, read_inputs
from pipelines.mart import current, open_read_only
from pipelines.memory import Forgetful

PROJECT = Path(__file__).parents[2]
TABLES = ("mart_info", "neighbourhood", "prototype", "cycle", "measure", "target", "rejected_row", "test_count", "observation",
          "chart_summary", "chart_point", "cycle_result", "locality_value", "cascade_count",
          "theme_step", "theme_sentence", "worked_note", "worked_figure")  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    marts = tmp_path_factory.mktemp("marts")
    return build(PROJECT / "data", marts)


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data folder, with one neighbourhood's logs and counts, that a test may change."""
    shutil.copytree(PROJECT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("marts", "inbox"))
    for path in (tmp_path / "data/sample/test_logs").glob("*.csv"):
        if not path.name.startswith("ashfield"):
            path.unlink()
    counts = tmp_path / "data/sample/cascade_counts.csv"
    heading, *lines = counts.read_text(encoding="utf-8").splitlines(keepends=True)
    counts.write_text(
        heading + "".join(line for line in lines if line.startswith("ashfield,")), encoding="utf-8"
    )
    return tmp_path / "data"


def tables(path: Path, names=TABLES) -> dict[str, pd.DataFrame]:
    connection = open_read_only(path)
    try:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").df() for name in names}
    finally:
        connection.close()


def assert_equal_marts(one: Path, other: Path, names=TABLES) -> None:
    left, right = tables(one, names), tables(other, names)
    for name in names:
        pd.testing.assert_frame_equal(left[name], right[name], obj=name)


def change_a_log(data: Path) -> None:
    """Add a hundred people to the last line of one log."""
    path = data / "sample/test_logs/ashfield_barbers.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    header, last = lines[0].split(","), lines[-1].split(",")
    last[header.index("bp_checked")] = "140"
    path.write_text("\n".join([*lines[:-1], ",".join(last)]) + "\n", encoding="utf-8")


def test_two_builds_of_the_same_input_give_equal_tables(built, tmp_path):
    again = build(PROJECT / "data", tmp_path)
    assert again.content_hash == built.content_hash
    assert_equal_marts(built.true_mart, again.true_mart)
    assert_equal_marts(built.shared_mart, again.shared_mart)


def test_every_table_of_the_sample_has_rows(built):
    for name, rows in tables(built.true_mart).items():
        assert len(rows) or name == "rejected_row", f"{name} is empty"


def test_lines_reconcile_for_every_file(built):
    load = tables(built.true_mart, ("load",))["load"]
    parts = load["lines_loaded"] + load["lines_refused"] + load["lines_furniture"]
    assert (load["lines_read"] == parts).all()


def test_a_refresh_after_a_log_has_changed_equals_a_full_build(built, data, tmp_path):
    marts = tmp_path / "marts"
    build(data, marts)
    change_a_log(data)
    refreshed = refresh(data, marts)
    rebuilt = build(data, tmp_path / "rebuilt", memory=Forgetful())
    assert refreshed.content_hash == rebuilt.content_hash != built.content_hash
    assert_equal_marts(refreshed.true_mart, rebuilt.true_mart)
    assert_equal_marts(refreshed.shared_mart, rebuilt.shared_mart)


def test_the_shared_mart_holds_no_true_count(built):
    rows = tables(built.shared_mart)
    assert rows["test_count"].empty
    assert rows["cascade_count"].empty
    assert rows["rejected_row"]["value"].isna().all()
    disclosive = set(rows["measure"].query("disclosive")["measure_id"])
    shown = rows["chart_point"][rows["chart_point"]["measure_id"].isin(disclosive)]
    assert len(shown)
    assert (shown["numerator"].dropna() % 5 == 0).all()
    assert (shown["denominator"].dropna() % 5 == 0).all()
    assert not shown["numerator"].between(1, 7).any()


def test_at_least_six_in_ten_settled_cells_of_the_wall_show_an_icon(built):
    rows = tables(built.shared_mart)
    wall = rows["measure"].query("wall")["measure_id"]
    cells = rows["chart_summary"]
    settled = cells[cells["measure_id"].isin(wall) & (cells["why_no_limits"].fillna("") != "start_up")]
    with_icon = settled[~settled["variation"].isin(["none", "too_few"])]
    assert len(with_icon) / len(settled) >= 0.6


def test_sample_data_are_said_to_be_made_up_and_other_data_are_not(built, data, tmp_path):
    assert tables(built.shared_mart)["mart_info"].set_index("key").loc["made_up", "value"] == "true"
    shutil.copytree(data / "sample", data / "inbox")
    (data / "inbox/truth.csv").unlink()
    own = build(data, tmp_path / "own")
    assert tables(own.shared_mart)["mart_info"].set_index("key").loc["made_up", "value"] == "false"


def test_a_filled_inbox_takes_the_place_of_the_sample(data):
    assert input_folder(data) == data / "sample"
    (data / "inbox").mkdir()
    (data / "inbox/.gitkeep").touch()
    assert input_folder(data) == data / "sample"
    (data / "inbox/neighbourhoods.csv").touch()
    assert input_folder(data) == data / "inbox"


def test_a_build_that_cannot_be_tells_every_fault_and_leaves_the_mart_in_use(data, tmp_path):
    marts = tmp_path / "marts"
    before = build(data, marts)
    (data / "sample/neighbourhoods.csv").unlink()
    (data / "measures/said_yes.toml").write_text('id = "said_yes"\n')
    with pytest.raises(FaultyInputError) as told:
        build(data, marts)
    text = str(told.value)
    assert "neighbourhoods.csv" in text
    assert "said_yes.toml" in text
    assert current(marts / "shared") == before.shared_mart
    assert current(marts / "true") == before.true_mart


def test_a_folder_without_measures_uses_the_projects_own(data):
    shutil.rmtree(data / "measures")
    assert len(read_inputs(data).measures) >= 10


def test_progress_is_told_for_every_chart_of_both_audiences(data, tmp_path):
    told: list[tuple[str, int, int]] = []
    done = build(data, tmp_path / "marts", lambda *what: told.append(what))
    assert {what for what, *_ in told} == {"true charts", "shared charts"}
    assert told[-1][1:] == (done.n_series, done.n_series)


def test_both_marts_are_whole_before_either_is_pointed_to(data, tmp_path):
    steps: list[str] = []
    build(data, tmp_path / "marts", step=steps.append)
    both = ("true", "shared")
    assert sorted(steps[:4]) == sorted(
        f"{audience}:{name}" for audience in both for name in ("writing", "written")
    )
    assert steps[4:] == [
        f"{audience}:{name}" for audience in both for name in ("named", "pointer_written", "pointed")
    ]


def test_what_was_planted_in_the_cascade_is_found_and_nothing_else_that_far_from_chance(built):
    steps = tables(built.true_mart, ("theme_step",))["theme_step"]
    far = steps[steps["step"].notna() & steps["beyond"].str.endswith("99.8")]
    found = {
        (row.neighbourhood_id, row.step, row.beyond) for row in far.itertuples() if row.step != "on_register"
    }
    assert found == {
        ("ashfield", "confirmed", "below 99.8"),
        ("brook_end", "confirmed", "above 99.8"),
        ("creekside", "to_target", "below 99.8"),
    }
    assert set(steps.loc[steps["leak"].notna(), "neighbourhood_id"]) >= {"ashfield", "creekside"}


def test_steps_of_the_cascade_add_up_in_both_marts(built):
    for mart in (built.true_mart, built.shared_mart):
        steps = tables(mart, ("theme_step",))["theme_step"].dropna(subset=["n_lost"])
        assert len(steps) > 30
        whole = steps["n_reached"] + steps["n_lost"] + steps["n_not_due"].fillna(0)
        assert (whole - steps["n_before"]).abs().max() < 1e-9
        assert (steps["share"] + steps["share_lost"] - 1).abs().max() < 1e-9


def test_a_theme_says_better_or_worse_of_those_charts_alone_whose_icons_are_coloured(built):
    for mart in (built.true_mart, built.shared_mart):
        found = tables(mart, ("theme_sentence", "chart_summary", "prototype", "measure"))
        charts = (
            found["chart_summary"]
            .query("is_latest_phase")
            .merge(found["prototype"][["prototype_id", "theme"]])
        )
        charts = charts.merge(found["measure"][["measure_id", "short_name"]])
        told = found["theme_sentence"].query("question.str.startswith('Is it getting better')")
        assert len(told)
        for row in told.itertuples():
            here = charts[
                (charts["neighbourhood_id"] == row.neighbourhood_id) & (charts["theme"] == row.theme)
            ]
            for word, icon in (("better", "improvement"), ("worse", "concern"), ("changed", "neutral")):
                coloured = here[here["variation"].str.startswith(icon)]
                assert (f"{word}: " in row.sentence.lower()) == bool(len(coloured)), row.sentence
                for name in coloured["short_name"]:
                    assert name[1:] in row.sentence, row.sentence
