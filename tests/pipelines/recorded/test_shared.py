"""What others may see of records: nothing of a session but its released points, no name, no word that was typed for the group."""

from __future__ import annotations

import pytest

from pipelines.records.kinds import (
    Agreed,
    LearningWritten,
    MeetingHeld,
    QuoteGiven,
    SessionLogged,
    Withdrawn,
)
from pipelines.vocabulary import Audience, Choice
from tests.pipelines.recorded.small import rows, saturday

#: What was agreed on the question that others may not see.
AGREED = "SELECT * FROM agreed WHERE question = 'Zebraquestion?'"


def asked(series_id: str, question: str, audience: Audience) -> Agreed:
    item = f"signal:{series_id}:{saturday(30)}"
    return Agreed("group", item, series_id, question, Choice.KEEP_GOING, audience=audience)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    from tests.pipelines.recorded.small import Group, write

    group = Group(write(tmp_path_factory.mktemp("group") / "data"))
    counts = {"bp_checked": 50, "reviewed": 41, "to_target": 3}
    told = {"place": "Zebraplace", "note": "Zebranote was there"}
    (kept,) = group.save(SessionLogged("barbers", saturday(31), counts, **told), who="Zebrasigner")
    (wrong,) = group.save(SessionLogged("barbers", saturday(32), counts, **told), who="Zebrasigner")
    group.save(Withdrawn(wrong.record_id, "zebratwice"), who="Zebrasigner")
    not_held = {"was_held": False, "why_not_held": "Zebrareason closed the shop"}
    group.save(SessionLogged("barbers", saturday(33), {}, **not_held), who="Zebrasigner")
    group.save(
        QuoteGiven("barbers", "Zebraquote", "a guest", "group"),
        QuoteGiven("barbers", "I feel seen", "a guest", "everyone"),
        LearningWritten("barbers_1", "Men trust the man with the scissors."),
    )
    group.save(
        MeetingHeld("group", saturday(33), "Design group", saturday(29)),
        asked("to_target@barbers", "Zebraquestion?", Audience.TRUE),
        asked("bp_checked@barbers", "Tigerquestion?", Audience.TRUE),
        asked("to_target@mosque", "Lionquestion?", Audience.SHARED),
    )
    made = group.build()
    group.records.close()
    return made, kept, wrong


def test_no_word_typed_for_the_group_is_in_the_bytes_of_the_shared_mart(built):
    made, *_ = built
    true, shared = made.true_mart.read_bytes(), made.shared_mart.read_bytes()
    for word in (b"Zebrasigner", b"Zebraplace", b"Zebrareason", b"Zebraquote"):
        assert word in true
        assert word not in shared
    assert b"Zebranote" not in true + shared
    assert b"zebratwice" not in true + shared


def test_what_the_groups_own_copy_asks_of_a_measure_that_is_not_for_others_stays_there(built):
    """Another signal is seen in rounded figures: the question would tell the true one, and so would its hash."""
    made, *_ = built
    question = "SELECT question FROM agreed ORDER BY question"
    assert rows(made.true_mart, question) == [("Lionquestion?",), ("Tigerquestion?",), ("Zebraquestion?",)]
    assert rows(made.shared_mart, question) == [("Lionquestion?",), ("Tigerquestion?",)]
    ids = f"SELECT record_id, hash FROM record JOIN (SELECT record_id FROM ({AGREED})) USING (record_id)"
    ((record_id, hash_),) = rows(made.true_mart, ids)
    shared = made.shared_mart.read_bytes()
    for told in ("Zebraquestion", record_id, hash_):
        assert told.encode() in made.true_mart.read_bytes()
        assert told.encode() not in shared


def test_ids_and_hashes_of_sessions_are_not_in_the_shared_mart(built):
    made, *sessions = built
    for record in sessions:
        assert record.record_id.encode() in made.true_mart.read_bytes()
        assert record.record_id.encode() not in made.shared_mart.read_bytes()
        assert record.hash.encode() not in made.shared_mart.read_bytes()


def test_the_head_of_the_chain_is_in_both_marts(built):
    made, *_ = built
    question = "SELECT key, value FROM mart_info WHERE key IN ('records_head', 'n_records') ORDER BY key"
    assert rows(made.true_mart, question) == rows(made.shared_mart, question)
    assert dict(rows(made.true_mart, question))["n_records"] == "11"


def test_calibration_of_a_prototype_is_for_its_group_alone(built):
    made, *_ = built
    assert {scope for (scope,) in rows(made.shared_mart, "SELECT DISTINCT scope FROM calibration")} == {"all"}


def test_what_a_disclosive_prediction_is_held_against_is_the_released_figure(built):
    made, *_ = built
    question = """SELECT prediction.observed IS NOT DISTINCT FROM result.observed
        FROM prediction JOIN cycle_result AS result USING (cycle_id) WHERE prediction.is_scored_one AND prediction.is_due"""
    assert set(rows(made.shared_mart, question)) == {(True,)}
