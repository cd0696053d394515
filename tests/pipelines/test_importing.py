"""The import by command: understood, shown, kept; and a look at a file that lies anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.__main__ import cli
from pipelines.errors import FaultyInputError, LearningError
from pipelines.importing import import_file, is_lone, look_at_lone, told
from pipelines.inputs import read_inputs
from pipelines.sources.logs.mapping import write_mapping

ROWS = ["Session date,How many people came?,Postcode,Notes"]
ROWS += [f"{day:02d}/03/2026,{10 + day},RM10 9HU,ring Maureen on 07700 900123" for day in range(3, 31, 7)]


def run(*words: object) -> Result:
    """Run a command within this process: starting another one would cost seconds."""
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "desk" / "walks.csv"
    path.parent.mkdir()
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return path


def test_a_file_is_understood_and_kept_under_new_names(file, tmp_path):
    data = tmp_path / "data"
    looked, kept = import_file(file, data, "The Park", "Walks", who="Ash", begin=True)
    assert kept.state == "kept"
    inputs = read_inputs(data)
    assert [row.prototype_id for row in inputs.checked.prototypes] == ["walks"]
    assert [load.lines_loaded for load in inputs.checked.loads if load.file == kept.file] == [4]
    assert {measure.measure_id for measure in inputs.measures} == {one.measure_id for one in looked.measures}


def test_the_next_file_of_the_form_needs_no_names(file, tmp_path):
    data = tmp_path / "data"
    import_file(file, data, "The Park", "Walks", begin=True)
    file.write_text(file.read_text(encoding="utf-8") + "31/03/2026,50,,\n", encoding="utf-8")
    looked, kept = import_file(file, data)
    assert looked.proposal.matches == "test_logs/walks.toml"
    assert kept.state == "replaced"
    assert looked.proposal.mapping.prototype_id == "walks"


def test_an_unknown_place_is_refused_with_the_nearest_one(file, tmp_path):
    data = tmp_path / "data"
    import_file(file, data, "The Park", "Walks", begin=True)
    with pytest.raises(LearningError, match="Did you mean walks"):
        import_file(file, data, "the_park", "walk")


def test_a_written_mapping_takes_the_place_of_the_proposed_one(file, tmp_path):
    looked, _ = import_file(file, tmp_path / "data", "The Park", "Walks", begin=True)
    mapping = looked.proposal.mapping
    mapping.items["heads"] = mapping.items.pop("people_came")
    toml = tmp_path / "own.toml"
    text = write_mapping(mapping)
    toml.write_text(
        text if "prototype_id" in text else 'neighbourhood_id = "the_park"\nprototype_id = "walks"\n' + text,
        encoding="utf-8",
    )
    again, kept = import_file(file, tmp_path / "data", "the_park", "walks", mapping_file=toml)
    assert list(again.proposal.mapping.items) == ["heads"]
    assert kept.state == "mapped"


def test_a_mapping_with_faults_is_told_and_nothing_kept(file, tmp_path):
    toml = tmp_path / "own.toml"
    toml.write_text("nonsense = 1\n", encoding="utf-8")
    with pytest.raises(FaultyInputError, match="nonsense"):
        import_file(file, tmp_path / "data", "The Park", "Walks", mapping_file=toml, begin=True)
    assert not (tmp_path / "data").exists()


def test_a_file_with_nothing_to_count_is_refused_in_words(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("Name,Colour\nAnn,red\nBob,blue\n", encoding="utf-8")
    with pytest.raises(LearningError, match="no column of days, or no number"):
        import_file(path, tmp_path / "data", "A", "B", begin=True)


def test_what_is_told_of_a_column_holds_no_personal_data(file):
    words = " ".join(" ".join(line) for line in told(look_at_lone(file)))
    assert "Session date the day of the session" in words
    assert not any(secret in words for secret in ("RM10", "9HU", "Maureen", "07700"))


def test_a_file_in_a_data_folder_is_not_lone(file, tmp_path):
    assert is_lone(file)
    (tmp_path / "neighbourhoods.csv").touch()
    assert not is_lone(file)


def test_the_command_keeps_a_file_and_a_second_time_nothing(file, tmp_path):
    words = ("import", file, "--data", tmp_path / "data", "--who", "Ash")
    first = run(*words, "--neighbourhood", "The Park", "--prototype", "Walks", "--new")
    assert first.exit_code == 0, first.output
    assert "walks.csv is kept" in first.output
    assert "Maureen" not in first.output
    again = run(*words)
    assert again.exit_code == 0, again.output
    assert "nothing was added" in again.output


def test_the_check_of_a_lone_file_says_what_its_columns_were_taken_for(file, tmp_path):
    report = tmp_path / "faults.csv"
    checked = run("check", file, "--csv", report)
    assert checked.exit_code == 0, checked.output
    assert "the day of the session" in checked.output
    assert report.is_file()
    assert "Maureen" not in checked.output + report.read_text(encoding="utf-8")


def test_several_files_are_checked_at_once_wherever_they_lie(file, tmp_path):
    other = file.with_name("other.csv")
    other.write_text("Day,Guests\nsoon,4\n2026-03-03,5\n", encoding="utf-8")
    report = tmp_path / "faults.csv"
    checked = run("check", file, other, "--csv", report, "--strict")
    assert checked.exit_code == 1
    assert {"walks.csv", "other.csv"} <= set(checked.output.replace("/", " ").replace(",", " ").split())
    assert "other.csv" in report.read_text(encoding="utf-8")
