"""Saving: kept whole or told why not; a chart that fails never hides that something was saved; two at once are both kept."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard import context
from dashboard.components import rebuild, save
from pipelines.errors import Fault
from pipelines.records import read_records, standing
from pipelines.records.kinds import LearningWritten, SessionLogged

DAY = dt.date(2026, 11, 16)


@pytest.fixture
def data(tmp_path, monkeypatch):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "prototypes.csv").write_text("prototype_id\n")
    monkeypatch.setenv("LEARNING_DATA", str(tmp_path))
    monkeypatch.delenv("LEARNING_RECORDS", raising=False)
    monkeypatch.setattr(context, "may_write", lambda: True)
    monkeypatch.setattr(rebuild, "refresh", lambda: ())
    return tmp_path


def recorded(data):
    return read_records(data, data / "inbox")


def session(n=24):
    return SessionLogged("ashfield_barbers", DAY, {"asked": n})


def test_what_is_saved_is_there_and_says_when(data):
    saved = save.save([session()], "Ana")
    assert saved.is_saved
    assert saved.sentence == f"Saved {saved.at:%H:%M}."
    assert [record.record_id for record in recorded(data)] == [saved.records[0].record_id]
    assert recorded(data)[0].who == "Ana"


def test_the_charts_are_made_again_once(data, monkeypatch):
    asked = []
    monkeypatch.setattr(rebuild, "refresh", lambda: asked.append("made") or ())
    save.save([session()], "Ana")
    assert asked == ["made"]


def test_one_faulty_body_keeps_all_of_them_out_and_names_the_field(data):
    saved = save.save([session(), LearningWritten("c1", "Ring 07700 900123")], "Ana")
    assert not saved.is_saved
    assert [fault.column for fault in saved.faults] == ["text"]
    assert saved.sentence.startswith("Not saved. ")
    assert "07700" not in saved.sentence
    assert recorded(data) == ()


def test_nobody_signs_nothing(data):
    saved = save.save([session()], "  ")
    assert [fault.column for fault in saved.faults] == ["who"]
    assert recorded(data) == ()


def test_a_server_that_others_reach_saves_nothing(data, monkeypatch):
    monkeypatch.setattr(context, "may_write", lambda: False)
    saved = save.save([session()], "Ana")
    assert not saved.is_saved
    assert "no sign-in" in saved.sentence
    assert recorded(data) == ()


def test_a_store_that_cannot_be_opened_is_told_and_nothing_is_made_again(data, monkeypatch):
    monkeypatch.setenv("LEARNING_RECORDS", f"sqlite:///{data / 'not_there' / 'records.sqlite'}")
    monkeypatch.setattr(rebuild, "refresh", lambda: pytest.fail("nothing was saved"))
    saved = save.save([session()], "Ana")
    assert not saved.is_saved
    assert saved.faults[0].column is None


@pytest.mark.parametrize("fails", ["told", "raised"])
def test_charts_that_fail_never_hide_that_it_was_saved(data, monkeypatch, fails):
    def refresh():
        if fails == "raised":
            raise ZeroDivisionError
        return (Fault("the charts", None, None, "The disk is full."),)

    monkeypatch.setattr(rebuild, "refresh", refresh)
    saved = save.save([session()], "Ana")
    assert saved.is_saved
    assert saved.trouble
    assert "stay as they were" in saved.sentence
    assert len(recorded(data)) == 1


def test_two_who_save_at_once_are_both_kept_and_the_chain_has_no_gap(data):
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda n: save.save([session(n)], f"Person {n}"), range(24)))
    assert all(one.is_saved for one in saved)
    kept = recorded(data)
    assert sorted(record.body.counts["asked"] for record in kept) == list(range(24))
    assert [record.number for record in kept] == list(range(1, 25))
    assert len(standing(kept).sessions) == 24


def test_the_sample_is_tried_out_in_records_of_its_own(data):
    (data / "inbox" / "prototypes.csv").unlink()
    (data / "sample").mkdir()
    assert save.save([session()], "Ana").is_saved
    assert (data / "sample_records.sqlite").is_file()
    assert not (data / "records.sqlite").exists()
