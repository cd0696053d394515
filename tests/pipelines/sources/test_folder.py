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


COUNTS = "neighbourhood_id,cohort_month,step,follow_up_months,group_type,group,setting,count\n"
COUNTED = COUNTS + "ash,2025-03,measured,,all,all,all,12\nash,2025-03,measured,,sex,male,all,5\n"


@pytest.fixture
def with_counts(folder):
    """The small folder with counts of the cascade, and a prototype to chart them for."""
    (folder / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,theme\nash-bp,ash,Checks,hypertension\nelm-walk,elm,Walks,food\n"
    )
    (folder / "cascade_counts.csv").write_text(COUNTED)
    return folder


def test_counts_of_the_cascade_are_read_beside_the_logs(with_counts, measures):
    (with_counts / "test_logs" / "log.csv").write_text(LOG)
    checked = read_folder(with_counts, measures)
    assert [(row.step, row.group, row.count) for row in checked.cascade] == [
        ("measured", "all", 12.0), ("measured", "male", 5.0),
    ]  # fmt: skip
    assert [cell.item for cell in checked.raw_cells] == ["attended", "cascade_measured"]
    assert checked.loads[-1].reader == "cascade_counts"


def test_a_month_of_the_cascade_is_no_day_on_which_somebody_tested(with_counts, measures):
    (with_counts / "test_logs" / "log.csv").write_text(LOG)
    checked = read_folder(with_counts, measures)
    assert len(checked.sessions) == 2
    assert [len(part) for part in checked.held_sessions] == [1]
    assert [part.lines["file"].to_pylist() for part in checked.held_sessions] == [["test_logs/log.csv"]]


def test_a_workbook_beside_the_text_is_told_and_not_read(with_counts, measures):
    (with_counts / "cascade_counts.xlsx").write_bytes(b"anything")
    checked = read_folder(with_counts, measures)
    assert len(checked.cascade) == 2
    (fault,) = checked.faults
    assert (fault.file, fault.effect) == ("cascade_counts.xlsx", "noted")


def test_a_missing_column_of_the_counts_is_told_with_the_rest(with_counts, measures):
    (with_counts / "cascade_counts.csv").write_text(COUNTED.replace("cohort_month", "month"))
    (with_counts / "neighbourhoods.csv").unlink()
    with pytest.raises(FaultyInputError) as caught:
        read_folder(with_counts, measures)
    assert {fault.column for fault in caught.value.faults} == {None, "cohort_month"}


def test_counts_of_the_cascade_are_checked_within_their_folder(with_counts, measures):
    (with_counts / "test_logs" / "log.csv").write_text(LOG)
    checked = check_paths([with_counts / "cascade_counts.csv"], measures)
    assert [load.file for load in checked.loads] == ["cascade_counts.csv"]
    assert len(checked.cascade) == 2
    assert check_paths([with_counts / "test_logs" / "log.csv"], measures).cascade == ()


def test_counts_outside_a_data_folder_are_told_where_they_belong(tmp_path, measures):
    (tmp_path / "cascade_counts.csv").write_text(COUNTED)
    with pytest.raises(FaultyInputError, match="Put it into a data folder"):
        check_paths([tmp_path / "cascade_counts.csv"], measures)
