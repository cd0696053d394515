"""A data folder read whole, and single paths checked."""

from __future__ import annotations

import pytest

from pipelines.errors import FaultyInputError
from pipelines.sources import check_paths, read_folder

LOG = "neighbourhood_id,prototype_id,tested_on,attended\nash,ash-bp,2025-03-04,12\n"


def test_a_folder_without_a_log_is_empty_and_no_fault(folder, measures):
    checked = read_folder(folder, measures)
    assert checked.raw_lines == ()
    assert checked.faults == ()
    assert [load.file for load in checked.loads] == ["neighbourhoods.csv", "prototypes.csv"]


def test_measures_are_found_in_the_folder_and_their_faults_told_with_the_rest(folder):
    (folder / "measures").mkdir()
    (folder / "measures" / "bad.toml").write_text('id = "bad"\n')
    (folder / "prototypes.csv").unlink()
    with pytest.raises(FaultyInputError) as caught:
        read_folder(folder)
    assert "prototypes.csv" in str(caught.value)
    assert "bad.toml" in str(caught.value)


def test_two_readings_of_one_folder_are_equal(folder, measures):
    (folder / "test_logs" / "log.csv").write_text(LOG + "ash,ash-bp,2025-03-11,10-12\n")
    assert read_folder(folder, measures) == read_folder(folder, measures)


def test_a_single_log_is_checked_within_its_folder(folder, measures):
    for name in ("one", "two"):
        (folder / "test_logs" / f"{name}.csv").write_text(
            LOG.replace("12", str(len(name) * 7 + ord(name[0]) % 5))
        )
    checked = check_paths([folder / "test_logs" / "one.csv"], measures)
    assert [load.file for load in checked.loads] == ["test_logs/one.csv"]
    assert len(checked.raw_lines) == len(checked.raw_cells) == 1


def test_a_path_that_is_not_there_or_outside_a_data_folder_is_told(tmp_path, measures):
    (tmp_path / "lone.csv").write_text(LOG)
    for name, words in (("absent.csv", "no such file"), ("lone.csv", "test_logs/")):
        with pytest.raises(FaultyInputError, match=words):
            check_paths([tmp_path / name], measures)
