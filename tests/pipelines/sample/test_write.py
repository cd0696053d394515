"""The written sample: same seed same bytes, complete, consistent, and nobody real in it."""

import csv
import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.errors import FaultyInputError
from pipelines.measures import read_measures
from pipelines.sample import simulate, write_sample
from pipelines.sources.cascade.steps import item_of
from pipelines.vocabulary import Decision, Stage, Verdict

PROJECT = Path(__file__).parents[3]
DATA = PROJECT / "data"
WHOLE = {
    "said_yes": "asked",
    "to_target": "reviewed",
    "came_back": "guests",
    "offers_taken": "offers_made",
} | {
    "someone_to_call_on": "asked_who_to_call",
    "less_alone": "asked_less_alone",
}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bytes_of(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


@pytest.fixture(scope="module")
def log_rows(sample):
    return [row for path in sorted((sample / "test_logs").glob("*.csv")) for row in rows_of(path)]


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    write_sample(tmp_path / "one", seed=7)
    write_sample(tmp_path / "two", seed=7)
    write_sample(tmp_path / "other", seed=8)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    differing = {
        name for name, content in bytes_of(tmp_path / "one").items()
        if content != bytes_of(tmp_path / "other")[name]
    }  # fmt: skip
    logs = {f"test_logs/{p.name}" for p in (tmp_path / "one" / "test_logs").iterdir()}
    assert differing == {*logs, "cascade_counts.csv"}


def test_the_committed_sample_is_what_seed_2026_writes(tmp_path):
    write_sample(tmp_path, complete=False)
    assert bytes_of(tmp_path) == bytes_of(DATA / "sample")


def test_a_written_sample_is_complete_by_itself(sample):
    assert bytes_of(sample / "measures") == bytes_of(DATA / "measures")
    assert bytes_of(sample / "localities") == bytes_of(DATA / "localities")


def test_every_cell_that_a_measure_needs_is_logged_or_counted_by_the_month(sample, log_rows):
    columns = {column for row in log_rows for column in row}
    months = {
        item_of(row["step"], int(row["follow_up_months"] or 0), row["setting"])
        for row in rows_of(sample / "cascade_counts.csv")
    }
    for measure in read_measures(sample / "measures"):
        needed = {measure.numerator, measure.denominator or measure.numerator}
        assert needed <= (columns if measure.is_logged else months), measure.measure_id


def test_each_prototype_keeps_a_log_of_its_own_without_an_empty_count(sample):
    paths = sorted((sample / "test_logs").glob("*.csv"))
    assert [path.stem for path in paths] == sorted(
        row["prototype_id"] for row in rows_of(sample / "prototypes.csv")
    )
    for path in paths:
        rows = rows_of(path)
        assert {row["prototype_id"] for row in rows} == {path.stem}
        assert all(value for row in rows for column, value in row.items() if column != "cycle_no")


def test_a_part_is_never_larger_than_its_whole(log_rows):
    seen = 0
    for row in log_rows:
        for part, whole in WHOLE.items():
            if row.get(part, ""):
                seen += 1
                assert 0 <= int(row[part]) <= int(row[whole]), row
    assert seen > 3_000


def test_everyone_who_said_yes_is_among_the_people_checked(log_rows):
    rows = [row for row in log_rows if row.get("bp_checked")]
    assert len(rows) > 500
    assert all(int(row["said_yes"]) <= int(row["bp_checked"]) for row in rows)


def test_every_row_belongs_to_a_known_prototype_of_its_neighbourhood_and_to_a_day_of_its_life(
    sample, log_rows
):
    prototypes = {row["prototype_id"]: row for row in rows_of(sample / "prototypes.csv")}
    for row in log_rows:
        assert prototypes[row["prototype_id"]]["neighbourhood_id"] == row["neighbourhood_id"]
        assert prototypes[row["prototype_id"]]["started_on"] <= row["tested_on"] <= "2026-11-22"
    assert {row["prototype_id"] for row in log_rows} == set(prototypes)


def test_each_prototype_tests_once_a_week_at_most(log_rows):
    weeks = [
        (row["prototype_id"], dt.date.fromisoformat(row["tested_on"]).isocalendar()[:2]) for row in log_rows
    ]
    assert len(set(weeks)) == len(weeks)


def test_every_neighbourhood_has_a_hypertension_prototype_and_three_in_all(sample):
    rows = [row for row in rows_of(sample / "prototypes.csv") if row["stage"] != Stage.STOPPED]
    places = {row["neighbourhood_id"] for row in rows}
    assert len(places) == 6
    for place in places:
        themes = [row["theme"] for row in rows if row["neighbourhood_id"] == place]
        assert sorted(themes) == ["food", "hypertension", "school_gate"]


def test_the_nineteen_wards_are_each_in_one_neighbourhood(sample):
    wards = [ward for row in rows_of(sample / "neighbourhoods.csv") for ward in row["wards"].split("; ")]
    assert len(wards) == len(set(wards)) == 19


def test_cycles_are_whole_ordered_and_told_apart(sample):
    measures = {m.measure_id: m for m in read_measures(sample / "measures")}
    themes = {row["prototype_id"]: row["theme"] for row in rows_of(sample / "prototypes.csv")}
    cycles = rows_of(sample / "cycles.csv")
    assert 40 <= len(cycles) <= 60
    assert len({row["cycle_id"] for row in cycles}) == len(cycles)
    for row in cycles:
        measure = measures[row["primary_measure"]]
        taken = (f"theme:{themes[row['prototype_id']]}", row["prototype_id"])
        assert any(entry in taken for entry in measure.prototypes)
        low, value, high = (float(row[f"predicted_{x}"]) for x in ("low", "value", "high"))
        assert low < value < high
        assert not measure.is_share or 0 <= low < high <= 1
        do_start, do_end = dt.date.fromisoformat(row["do_start"]), dt.date.fromisoformat(row["do_end"])
        assert 8 * 7 <= (do_end - do_start).days + 1 <= 16 * 7
        assert row["question"].endswith("?")


def test_a_decided_cycle_says_what_was_learned_and_an_open_one_does_not(sample):
    cycles = rows_of(sample / "cycles.csv")
    decided = [row for row in cycles if row["decision"]]
    assert {row["decision"] for row in decided} == set(Decision)
    assert all(row["do_end"] < row["decided_on"] <= "2026-11-22" and row["learning"] for row in decided)
    still_open = [row for row in cycles if not row["decision"]]
    assert len(still_open) >= 3
    assert not any(row["decided_on"] + row["learning"] for row in still_open)
    assert sum(row["do_end"] > "2026-11-22" for row in still_open) >= 3
    over = [row["do_end"] for row in still_open if row["do_end"] <= "2026-11-22"]
    assert len(over) >= 2, "some are over, so that a meeting has a cycle to decide on"
    assert min(over) > "2026-10-27", "since its last meeting"
    assert sum(row["decided_on"] >= "2026-10-26" for row in decided) >= 5


def test_two_cycles_of_one_prototype_overlap_and_the_stopped_prototype_keeps_its_record(sample):
    cycles = rows_of(sample / "cycles.csv")
    overlapping = [
        (a["cycle_id"], b["cycle_id"]) for a, b in pairwise(cycles)
        if a["prototype_id"] == b["prototype_id"] and b["do_start"] <= a["do_end"]
    ]  # fmt: skip
    assert overlapping == [("long_meadow_lunch_1", "long_meadow_lunch_2")]
    (stopped,) = [row for row in rows_of(sample / "prototypes.csv") if row["stage"] == Stage.STOPPED]
    assert {row["decision"] for row in cycles if row["prototype_id"] == stopped["prototype_id"]} >= {
        "abandon"
    }


def test_predictions_came_true_and_did_not():
    inside = []
    cycles = {row["cycle_id"]: row for row in rows_of(DATA / "sample" / "cycles.csv")}
    for planted in simulate(2026):
        row, series = cycles[planted.truth.cycle_id], planted.series
        during = [planted.do_start <= day <= planted.do_end for day in series.period_start]
        numerator = sum(n for n, use in zip(series.numerator, during, strict=True) if use and n == n)
        counted = sum(use and n == n for n, use in zip(series.numerator, during, strict=True))
        if series.denominator is not None:
            counted = sum(d for d, use in zip(series.denominator, during, strict=True) if use and d == d)
        if row["decision"]:
            inside.append(float(row["predicted_low"]) <= numerator / counted <= float(row["predicted_high"]))
    assert 0.3 <= sum(inside) / len(inside) <= 0.7


def test_the_truth_table_names_every_cycle_once_in_words_of_the_vocabulary(sample):
    truth = rows_of(sample / "truth.csv")
    cycles = {row["cycle_id"]: row for row in rows_of(sample / "cycles.csv")}
    named = [row for row in truth if row["cycle_id"]]
    assert [row["cycle_id"] for row in named] == list(cycles)
    for row in named:
        assert row["measure_id"] == cycles[row["cycle_id"]]["primary_measure"]
        assert set(row["acceptable"].split("|")) <= set(Verdict)


def test_a_sample_of_one_prototype_holds_the_same_numbers_for_it(tmp_path, sample):
    write_sample(tmp_path, prototypes=1)
    name = "test_logs/creekside_salon.csv"
    assert (tmp_path / name).read_bytes() == (sample / name).read_bytes()
    assert len(list((tmp_path / "test_logs").iterdir())) == 6


def test_a_smaller_sample_leaves_no_log_of_the_larger_one_behind(tmp_path):
    write_sample(tmp_path / "anew", prototypes=1)
    write_sample(tmp_path / "over", prototypes=4)
    (tmp_path / "over" / "note.txt").write_text("mine")
    write_sample(tmp_path / "over", prototypes=1)
    assert bytes_of(tmp_path / "over") == bytes_of(tmp_path / "anew") | {"note.txt": b"mine"}


def test_data_of_ones_own_are_never_written_over(tmp_path):
    (tmp_path / "cycles.csv").write_text("mine")
    with pytest.raises(FaultyInputError, match=r"cycles\.csv: this file is not part of a sample"):
        write_sample(tmp_path)
    assert bytes_of(tmp_path) == {"cycles.csv": b"mine"}


def test_many_prototypes_have_each_an_id_of_its_own_and_rows(tmp_path):
    write_sample(tmp_path, prototypes=12, complete=False)
    prototypes = [row["prototype_id"] for row in rows_of(tmp_path / "prototypes.csv")]
    assert len(prototypes) == len(set(prototypes)) == 6 * 12 + 1
    logged = {row["prototype_id"] for p in (tmp_path / "test_logs").glob("*.csv") for row in rows_of(p)}
    assert logged == set(prototypes)


@pytest.mark.parametrize("count", [0, -1, 61])
def test_an_impossible_number_of_prototypes_is_refused(tmp_path, count):
    with pytest.raises(ValueError, match=f"prototypes is {count}; choose 1 to 60"):
        write_sample(tmp_path, prototypes=count)


def test_no_phone_postcode_date_of_birth_or_true_place_stands_in_the_made_up_files(sample):
    wards = {ward for row in rows_of(sample / "neighbourhoods.csv") for ward in row["wards"].split("; ")}
    texts = [p.read_text(encoding="utf-8") for p in sorted(sample.rglob("test_logs/*.csv"))]
    texts += [(sample / name).read_text(encoding="utf-8") for name in ("cycles.csv", "prototypes.csv")]
    for text in texts:
        assert not re.search(r"\b(0|\+44)\d{9,10}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b|@", text)
        for true_name in (
            *wards - {"Heath", "Village", "Beam", "Abbey"},
            "Barking",
            "Dagenham",
            "London",
            "NHS",
        ):
            assert true_name not in text
        titles = r"\b(Mr|Mrs|Ms|Miss|Dr|Imam|Father|Sister|Nurse) [A-Z]"
        assert not re.search(titles, text)
