"""What was fetched is kept with its record, and used without a network."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest

from pipelines.fetch import CACHED, FetchError, Wanted, fetch
from pipelines.fetch.addresses import QOF_MEMBERS
from pipelines.sources import read_folder
from tests.pipelines.sources.published.published_files import ACHIEVEMENT_HEADING, ACHIEVEMENT_LINES

ONS = (
    "areacd,areanm,geography,indicator,period,observation,unit,lci_95,uci_95\n"
    "E09000002,Barking and Dagenham,District,Anxiety,2022-04-01/P1Y,2.98,score,2.7,3.2\n"
)


@pytest.fixture
def wanted(server, content) -> Wanted:
    server.pages["/anxiety.csv"] = content(ONS.encode())
    return Wanted(f"{server.address}/anxiety.csv", "ons_anxiety.csv")


def test_bytes_address_time_and_hash_are_kept_beside_one_another(server, wanted, tmp_path, limits):
    (kept,) = fetch(wanted, tmp_path, limits=limits)
    assert kept.path == tmp_path / CACHED / "ons_anxiety.csv"
    assert kept.path.read_text() == ONS
    record = json.loads((kept.path.parent / "ons_anxiety.csv.fetched.json").read_text())
    assert (record["address"], record["n_bytes"]) == (wanted.address, len(ONS))
    assert record["sha256"] == hashlib.sha256(ONS.encode()).hexdigest()
    age = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(record["fetched_at"])
    assert dt.timedelta(seconds=-2) < age < dt.timedelta(minutes=1)


def test_the_second_time_nothing_is_asked_of_the_network(server, wanted, tmp_path, limits):
    (first,) = fetch(wanted, tmp_path, limits=limits)
    server.pages.clear()
    (second,) = fetch(wanted, tmp_path, limits=limits)
    assert server.asked == ["/anxiety.csv"]
    assert (first.is_new, second.is_new, second.record) == (True, False, first.record)


def test_again_fetches_anew_and_a_failure_leaves_the_old_file(server, wanted, content, tmp_path, limits):
    fetch(wanted, tmp_path, limits=limits)
    server.pages["/anxiety.csv"] = content(ONS.replace("2.98", "2.99").encode())
    (kept,) = fetch(wanted, tmp_path, again=True, limits=limits)
    assert "2.99" in kept.path.read_text()
    server.pages.clear()
    with pytest.raises(FetchError):
        fetch(wanted, tmp_path, again=True, limits=limits)
    assert "2.99" in kept.path.read_text()


@pytest.mark.parametrize("harm", ["file", "record", "no record"])
def test_a_file_that_is_not_the_one_of_its_record_is_fetched_anew(server, wanted, tmp_path, limits, harm):
    (kept,) = fetch(wanted, tmp_path, limits=limits)
    record = kept.path.with_name(kept.path.name + ".fetched.json")
    if harm == "file":
        kept.path.write_text(ONS.replace("2.98", "9.98"))
    elif harm == "record":
        record.write_text('{"address": 1')
    else:
        record.unlink()
    (mended,) = fetch(wanted, tmp_path, limits=limits)
    assert mended.is_new
    assert mended.path.read_text() == ONS


def test_what_no_reader_knows_is_not_kept(server, content, tmp_path, limits):
    server.pages["/odd.csv"] = content(b"ward,people\nAbbey,3\n")
    with pytest.raises(FetchError, match="not a table that any reader knows"):
        fetch(Wanted(f"{server.address}/odd.csv", "odd.csv"), tmp_path, limits=limits)
    assert not (tmp_path / CACHED).exists() or not list((tmp_path / CACHED).iterdir())


def test_a_fetched_file_is_read_like_any_other_with_the_day_of_its_fetch(server, wanted, folder, limits):
    fetch(wanted, folder, limits=limits)
    checked = read_folder(folder, ())
    (value,) = checked.locality_values
    assert (value.value, value.released_on) == (2.98, None)
    assert value.retrieved_on is not None
    assert abs((value.retrieved_on - dt.datetime.now(dt.UTC).date()).days) <= 1
    assert [load.file for load in checked.loads if "cache" in load.file] == [
        "localities/cache/ons_anxiety.csv"
    ]


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members.items():
            archive.writestr(name, held)
    return packed.getvalue()


@pytest.fixture
def qof(server, content):
    """Return a function that serves a zip and says what is wanted of it."""

    def qof(packed: bytes) -> Wanted:
        server.pages["/qof.zip"] = content(packed)
        return Wanted(f"{server.address}/qof.zip", "qof_2023_24.zip", QOF_MEMBERS.format(region="LONDON"))

    return qof


def test_of_a_zip_only_the_files_asked_for_are_taken_out_under_their_bare_names(qof, folder, limits):
    members = {
        "QOF2324/ACHIEVEMENT_LONDON_2324.csv": (ACHIEVEMENT_HEADING + ACHIEVEMENT_LINES).encode(),
        "ACHIEVEMENT_NORTH_WEST_2324.csv": b"x",
        "../../../MAPPING_INDICATORS_2324.csv": b"INDICATOR_CODE,INDICATOR_POINT_VALUE,GROUP_DESCRIPTION\nHYP008,14,High\n",
        "readme.txt": b"x",
    }  # fmt: skip
    kept = fetch(qof(_zip(members)), folder, limits=limits)
    names = ["qof_2023_24.zip", "ACHIEVEMENT_LONDON_2324.csv", "MAPPING_INDICATORS_2324.csv"]
    assert [one.path.name for one in kept] == names
    assert {one.path.parent for one in kept} == {folder / CACHED}
    checked = read_folder(folder, ())
    assert {value.indicator_id for value in checked.locality_values} == {"HYP001", "HYP008"}
    assert [row.indicator_id for row in checked.published] == ["HYP008"]


def test_a_zip_is_used_from_the_cache_too(server, qof, tmp_path, limits):
    wanted = qof(_zip({"PREVALENCE_2324.csv": b"PRACTICE_CODE,GROUP_CODE,REGISTER,PRACTICE_LIST_SIZE\n"}))
    fetch(wanted, tmp_path, limits=limits)
    server.pages.clear()
    assert [one.is_new for one in fetch(wanted, tmp_path, limits=limits)] == [False, False]


@pytest.mark.parametrize("packed", [b"PK\x03\x04 broken", _zip({"other.csv": b"x"}), b"a,b\n1,2\n"])
def test_a_zip_that_is_none_or_holds_nothing_asked_for_is_told(qof, tmp_path, limits, packed):
    with pytest.raises(FetchError):
        fetch(qof(packed), tmp_path, limits=limits)
