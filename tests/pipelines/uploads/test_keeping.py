"""An upload is kept whole; the same content adds nothing; a later version takes the place of the older."""

from __future__ import annotations

import csv
import datetime as dt
import io
import multiprocessing
import os
import signal
import threading
from dataclasses import replace

import pytest

from pipelines.inputs import input_folder, read_inputs
from pipelines.measures import measure_of, write_measure
from pipelines.sources.logs.mapping import ItemSpec, Mapping, read_mapping
from pipelines.uploads import UploadError, keep, kept_files, read_kept, read_uploads
from tests.pipelines.uploads.conftest import FIRST, files_in, log_of, mapping_of

GUESTS = {
    "id": "guests_a_week",
    "name": "Guests",
    "domain": "reach",
    "kind": "count",
    "numerator": "guests",
    "unit": "a week",
    "period": "week",
    "better": "up",
    "disclosive": False,
    "prototypes": ["this_prototype"],
    "why": "A meal that nobody joins feeds nobody.",
    "source": "Counted at the door.",
}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def keep_new(data, content=None, name="lunch.csv", **more):
    content = log_of(range(10, 22)) if content is None else content
    return keep(
        content, name, mapping_of(), "Ash", data, "The Heath", "Sunday lunch", [measure_of(GUESTS)], **more
    )


def test_the_first_upload_fills_an_empty_inbox_with_all_it_needs(data):
    kept = keep_new(data)
    files = files_in(data)
    assert (kept.state, kept.file, kept.replaced) == ("kept", "test_logs/lunch.csv", None)
    assert set(files) == {
        "neighbourhoods.csv",
        "prototypes.csv",
        "measures/guests_a_week.toml",
        "test_logs/lunch.csv",
        "test_logs/lunch.toml",
        "uploads.csv",
    }
    assert [row["neighbourhood_id"] for row in rows_of(files["neighbourhoods.csv"])] == ["the_heath"]
    assert [row["prototype_id"] for row in rows_of(files["prototypes.csv"])] == ["sunday_lunch"]
    assert 'prototypes = ["sunday_lunch"]' in files["measures/guests_a_week.toml"].decode().replace(
        "\n    ", ""
    ).replace(",\n]", "]")


def test_what_was_kept_can_be_built_with(data):
    keep_new(data)
    inputs = read_inputs(data)
    assert inputs.folder == data / "inbox"
    assert [load.lines_loaded for load in inputs.checked.loads if load.file == "test_logs/lunch.csv"] == [12]
    assert [measure.prototypes for measure in inputs.measures] == [("sunday_lunch",)]
    assert [upload.who for upload in inputs.uploads] == ["Ash"]


def test_a_made_up_place_is_copied_only_where_it_is_chosen(data):
    keep(log_of([1, 2, 3]), "a.csv", mapping_of("heath", "heath_lunch"), None, data)
    files = files_in(data)
    assert [row["neighbourhood_id"] for row in rows_of(files["neighbourhoods.csv"])] == ["heath"]
    assert [row["prototype_id"] for row in rows_of(files["prototypes.csv"])] == ["heath_lunch"]


def test_a_made_up_place_is_copied_with_every_column_it_has(data):
    path = data / "sample/neighbourhoods.csv"
    path.write_text(
        "neighbourhood_id,name,display_order,wards,wards_vintage,note\nheath,Heath,1,Abbey,2022,lively\n",
        encoding="utf-8",
    )
    keep(log_of([1, 2, 3]), "a.csv", mapping_of("heath", "heath_lunch"), None, data)
    (row,) = rows_of(files_in(data)["neighbourhoods.csv"])
    assert (row["wards"], row["wards_vintage"], row["note"]) == ("Abbey", "2022", "lively")


def test_the_same_content_again_adds_nothing_and_says_so(data):
    keep_new(data)
    before = files_in(data)
    mapping, _ = read_mapping(before["test_logs/lunch.toml"], "lunch.toml")
    again = keep(log_of(range(10, 22)), "another name.csv", mapping, "Ben", data)
    assert again.state == "same"
    assert "nothing was added" in again.sentence
    assert files_in(data) == before


def test_the_same_content_with_another_mapping_keeps_the_mapping(data):
    keep_new(data)
    before = files_in(data)
    changed = mapping_of("the_heath", "sunday_lunch")
    changed.items["people"] = changed.items.pop("guests")
    again = keep(log_of(range(10, 22)), "lunch.csv", changed, "Ben", data)
    after = files_in(data)
    assert again.state == "mapped"
    assert {name for name in after if after[name] != before[name]} == {"test_logs/lunch.toml"}
    assert read_mapping(after["test_logs/lunch.toml"], "x")[0] == changed


def test_a_longer_version_takes_the_place_of_the_older_and_both_stay_in_the_log(data):
    keep_new(data)
    again = keep(
        log_of(range(10, 26)), "lunch March.csv", mapping_of("the_heath", "sunday_lunch"), "Ben", data
    )
    files = files_in(data)
    assert (again.state, again.replaced) == ("replaced", "test_logs/lunch.csv")
    assert [name for name in files if name.startswith("test_logs/")] == [
        "test_logs/lunch March.csv",
        "test_logs/lunch March.toml",
    ]
    aside = [name for name in files if name.startswith("replaced/")]
    assert len(aside) == 2
    assert files[aside[0]] == log_of(range(10, 22))
    old, new = read_uploads(data / "inbox")
    assert (old.file, old.who, old.replaced_by) == ("test_logs/lunch.csv", "Ash", new.sha256)
    assert (new.file, new.who, new.replaced_by) == ("test_logs/lunch March.csv", "Ben", None)
    loads = {load.file: load.lines_loaded for load in read_inputs(data).checked.loads}
    assert loads["test_logs/lunch March.csv"] == 16
    assert "test_logs/lunch.csv" not in loads


def test_a_version_of_the_same_name_whose_numbers_were_all_corrected_takes_the_place_too(data):
    keep_new(data, log_of([1, 2, 3]))
    again = keep(log_of([11, 12, 13, 14]), "lunch.csv", mapping_of("the_heath", "sunday_lunch"), None, data)
    assert again.state == "replaced"
    assert kept_files(data) == ("test_logs/lunch.csv",)


def test_other_weeks_of_the_same_form_stand_beside(data):
    keep_new(data)
    later = log_of(range(10, 22), first=week_day(60))
    again = keep(later, "lunch.csv", mapping_of("the_heath", "sunday_lunch"), None, data)
    assert (again.state, again.file) == ("beside", "test_logs/lunch 2.csv")
    assert kept_files(data) == ("test_logs/lunch 2.csv", "test_logs/lunch.csv")


def week_day(weeks: int) -> dt.date:
    return FIRST + dt.timedelta(weeks=weeks)


def test_another_prototypes_log_of_the_same_name_and_days_stands_beside(data):
    keep_new(data)
    other = keep(log_of(range(5, 17)), "lunch.csv", mapping_of("the_heath"), None, data, None, "Breakfast")
    assert other.state == "beside"
    assert len(kept_files(data)) == 2


def test_a_person_may_say_that_it_stands_beside(data):
    keep_new(data)
    mapping = mapping_of("the_heath", "sunday_lunch")
    assert keep(log_of(range(10, 26)), "lunch.csv", mapping, None, data, beside=True).state == "beside"


def test_a_workbook_and_a_text_of_one_name_do_not_share_a_mapping(data):
    keep_new(data)
    other = keep(
        log_of([7, 8, 9], week_day(90)), "lunch.txt", mapping_of("the_heath", "sunday_lunch"), None, data
    )
    assert other.file == "test_logs/lunch 2.txt"


def test_measures_already_there_are_left_as_they_are(data):
    keep_new(data)
    path = data / "inbox/measures/guests_a_week.toml"
    mine = path.read_text(encoding="utf-8").replace(
        "A meal that nobody joins", "My own words: a meal nobody joins"
    )
    path.write_text(mine, encoding="utf-8")
    keep(
        log_of([5, 6], week_day(80)),
        "b.csv",
        mapping_of("the_heath", "sunday_lunch"),
        None,
        data,
        measures=[measure_of(GUESTS)],
    )
    assert path.read_text(encoding="utf-8") == mine


def test_the_first_measures_of_an_inbox_in_use_bring_along_those_that_its_logs_were_charted_with(data):
    (data / "measures").mkdir()
    for name, item in (("guests_here", "guests"), ("nothing_here", "pressure")):
        definition = GUESTS | {"id": name, "numerator": item, "prototypes": ["*"]}
        (data / "measures" / f"{name}.toml").write_text(write_measure(definition), encoding="utf-8")
    keep(log_of([1, 2, 3]), "a.csv", mapping_of("heath", "heath_lunch"), None, data)
    mapping = mapping_of("heath", "heath_lunch")
    keep(log_of([5, 6], week_day(80)), "b.csv", mapping, None, data, measures=[measure_of(GUESTS)])
    names = sorted(path.name for path in (data / "inbox/measures").glob("*.toml"))
    assert names == ["guests_a_week.toml", "guests_here.toml"]


@pytest.mark.parametrize(
    ("mapping", "names", "words"),
    [
        (mapping_of(), {}, "No prototype is chosen"),
        (mapping_of("heath", "nobody"), {}, '"nobody" is not in prototypes.csv'),
        (mapping_of(), {"new_prototype": "Lunch"}, "No neighbourhood is chosen"),
    ],
)
def test_without_a_place_nothing_is_written(data, mapping, names, words):
    with pytest.raises(UploadError, match=words):
        keep(log_of([1]), "a.csv", mapping, None, data, **names)
    assert files_in(data) == {}
    assert input_folder(data) == data / "sample"


def contract_log(*prototypes: str) -> bytes:
    lines = ["neighbourhood_id,prototype_id,tested_on,guests"]
    lines += [f"heath,{one},2026-01-{n + 6:02d},{n}" for one in prototypes for n in range(3)]
    return "\n".join(lines).encode()


NAMED = {
    "neighbourhood_id": ("neighbourhood_id",),
    "prototype_id": ("prototype_id",),
    "tested_on": ("tested_on",),
}


def test_a_log_that_names_its_prototypes_itself_brings_their_made_up_rows_along(data):
    mapping = Mapping(None, None, NAMED, {"guests": ItemSpec(("guests",))})
    keep(contract_log("heath_lunch", "nobody"), "a.csv", mapping, None, data)
    files = files_in(data)
    assert [row["prototype_id"] for row in rows_of(files["prototypes.csv"])] == ["heath_lunch"]
    (load,) = [load for load in read_inputs(data).checked.loads if load.file == "test_logs/a.csv"]
    assert (load.lines_loaded, load.lines_refused) == (3, 3)


def test_a_log_whose_prototypes_are_all_unknown_is_refused(data):
    mapping = Mapping(None, None, NAMED, {"guests": ItemSpec(("guests",))})
    with pytest.raises(UploadError, match="none of them is in"):
        keep(contract_log("nobody"), "a.csv", mapping, None, data)
    assert files_in(data) == {}


def test_a_name_that_is_there_begins_nothing_new(data):
    keep_new(data)
    again = keep_new(data, log_of(range(30, 40), week_day(70)), "b.csv")
    files = files_in(data)
    assert again.state == "beside"
    assert len(rows_of(files["neighbourhoods.csv"])) == len(rows_of(files["prototypes.csv"])) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": {}}, "No column is chosen for the day"),
        ({"items": {}}, "No column is chosen that counts"),
        ({"items": {"Kg in!": ItemSpec(("Guests",))}}, "not an item name"),
    ],
)
def test_a_mapping_that_could_not_be_read_again_is_refused(data, change, words):
    with pytest.raises(UploadError, match=words):
        keep(log_of([1]), "a.csv", replace(mapping_of("heath", "heath_lunch"), **change), None, data)
    assert files_in(data) == {}


def test_names_of_places_lose_personal_data_and_invisible_characters(data):
    keep(log_of([1]), "a.csv", mapping_of(), "=Ash", data, "Heath\u202e <b>", "ring Maureen on 07700 900123")
    files = files_in(data)
    everything = b"".join(files.values()).decode().casefold()
    assert "maureen" not in everything
    assert "07700" not in everything
    assert rows_of(files["neighbourhoods.csv"])[0]["name"] == "Heath <b>"
    assert rows_of(files["uploads.csv"])[0]["who"] == "Ash"


def test_a_kept_file_can_be_looked_at_again_and_no_other(data):
    keep_new(data)
    assert read_kept(data, "test_logs/lunch.csv") == log_of(range(10, 22))
    for other in ("../sample/prototypes.csv", "test_logs/lunch.toml", "uploads.csv", "/etc/passwd"):
        with pytest.raises(UploadError, match="not among the logs kept"):
            read_kept(data, other)


def test_two_uploads_at_once_do_not_lose_one_another(data):
    keep_new(data)
    threads = [
        threading.Thread(
            target=keep,
            args=(
                log_of([n], week_day(100 + n)),
                f"log {n}.csv",
                mapping_of("the_heath", "sunday_lunch"),
                f"P{n}",
                data,
            ),
        )
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept_files(data)) == 7
    assert {upload.who for upload in read_uploads(data / "inbox")} == {"Ash", *(f"P{n}" for n in range(6))}


STEPS = (*(f"aside:{n}" for n in range(6)), "announced", "done:neighbourhoods.csv", "done:prototypes.csv")
STEPS += (
    "done:measures/guests_a_week.toml",
    "done:test_logs/lunch.toml",
    "done:test_logs/lunch.csv",
    "done:uploads.csv",
)


class KilledError(Exception):
    pass


@pytest.mark.parametrize("dies_at", STEPS)
def test_a_first_upload_broken_off_anywhere_leaves_a_folder_that_is_read(data, dies_at):
    (data / "sample" / "truth.csv").touch()

    def die(name):
        if name == dies_at:
            raise KilledError

    with pytest.raises(KilledError):
        keep_new(data, step=die)
    inputs = read_inputs(data)
    is_kept = not dies_at.startswith("aside")
    assert inputs.folder == data / ("inbox" if is_kept else "sample")
    assert any(load.file == "test_logs/lunch.csv" for load in inputs.checked.loads) == is_kept
    assert keep_new(data).state == ("same" if is_kept else "kept")


def _keep_and_die(data, dies_at):
    def die(name):
        if name == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    mapping = mapping_of("the_heath", "sunday_lunch")
    keep(log_of(range(10, 26)), "lunch March.csv", mapping, "Ben", data, step=die)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
@pytest.mark.parametrize(
    "dies_at",
    ["aside:0", "aside:4", "announced", "done:test_logs/lunch.csv", "done:test_logs/lunch March.csv", "over"],
)
def test_kill_9_while_a_version_is_replaced_leaves_one_of_the_two_whole(data, dies_at):
    keep_new(data)
    process = multiprocessing.get_context("spawn").Process(target=_keep_and_die, args=(data, dies_at))
    process.start()
    process.join(120)
    assert process.exitcode == -9
    loads = {load.file: load.lines_loaded for load in read_inputs(data).checked.loads}
    if dies_at.startswith("aside"):
        assert loads["test_logs/lunch.csv"] == 12
        assert "test_logs/lunch March.csv" not in loads
    else:
        assert loads["test_logs/lunch March.csv"] == 16
        assert "test_logs/lunch.csv" not in loads
    assert [upload.replaced_by is None for upload in read_uploads(data / "inbox")].count(True) == 1
