"""What may join the chain, by what was saved before: one of each, and no prediction moved once Do began."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from pipelines.errors import FaultyInputError
from pipelines.records import standing
from pipelines.records.kinds import Withdrawn
from pipelines.records.tables import RECORD
from pipelines.vocabulary import Choice
from tests.pipelines.records.entered import (
    NOON,
    ONE_OF_EACH,
    agreed,
    cycle,
    followed,
    learning,
    meeting,
    prediction,
    session,
)

DO_BEGINS = NOON + dt.timedelta(days=7)
AFTER = NOON + dt.timedelta(days=20)


def refused(kept, *bodies, who="Design group", now=NOON, **options):
    """The fields at fault of a save that is refused; nothing was saved."""
    before = kept.all()
    with pytest.raises(FaultyInputError) as told:
        kept.append(bodies, who, now=now, **options)
    assert kept.all() == before
    return [fault.column for fault in told.value.faults]


def saved(kept, body, now=NOON, **options):
    (record,) = kept.append([body], "Design group", now=now, **options)
    return record


@pytest.fixture
def sealed(kept):
    """A planned cycle with a prediction sealed a week before Do."""
    saved(kept, cycle())
    return saved(kept, prediction())


def test_several_bodies_are_saved_together_or_not_at_all(kept):
    assert refused(kept, learning(), learning(""), session(counts={})) == ["text", "counts"]
    assert [record.number for record in kept.append([learning(), session()], "Design group", now=NOON)] == [
        1,
        2,
    ]


def test_nothing_is_no_save(kept):
    assert refused(kept) == ["bodies"]


def test_an_unsigned_record_is_refused_with_everything_else_that_is_wrong(kept):
    assert refused(kept, learning(""), who=" ") == ["who", "text"]


def test_the_signature_is_kept_on_one_line(kept):
    (record,) = kept.append([learning()], "  Zoe\u0308 \n Okafor ", now=NOON)
    assert record.who == "Zo\u00eb Okafor"


@pytest.mark.parametrize(
    "body", [cycle(), prediction(), ONE_OF_EACH["prototype"]], ids=lambda body: body.KIND
)
def test_there_is_one_of_each_until_it_is_superseded_or_taken_back(kept, body):
    name = "prototype_id" if body.KIND == "prototype" else "cycle_id"
    saved(kept, cycle(cycle_id="other_1"))
    first = saved(kept, body)
    assert refused(kept, body) == [name]
    assert refused(kept, learning(), body) == [name]
    again = replace(body, reason="Rain.") if body.KIND == "prediction" else body
    second = saved(kept, again, supersedes=first.record_id)
    assert standing(kept.all()).stands(second.record_id)


def test_two_of_a_kind_cannot_be_saved_at_once(kept):
    assert refused(kept, prediction(), prediction(value=0.45)) == ["cycle_id"]


def test_decisions_learnings_and_sessions_may_be_many(kept):
    for body in (learning(), session(), ONE_OF_EACH["decision"], ONE_OF_EACH["dissent"]):
        kept.append([body, body], "Design group", now=NOON)
    assert len(kept.all()) == 8


def test_a_record_takes_the_place_of_one_of_its_kind_that_stands(kept):
    first = saved(kept, learning("First."))
    assert refused(kept, session(), supersedes=first.record_id) == ["supersedes"]
    assert refused(kept, learning(), learning(), supersedes=first.record_id) == ["supersedes"]
    assert refused(kept, learning(), supersedes="nobody") == ["supersedes"]
    saved(kept, learning("Second."), supersedes=first.record_id)
    assert refused(kept, learning("Third."), supersedes=first.record_id) == ["supersedes"]


def test_a_prediction_cannot_take_the_place_of_another_cycles(kept, sealed):
    saved(kept, cycle(cycle_id="garage_2"))
    assert "cycle_id" in refused(
        kept, prediction(cycle_id="garage_2", reason="r"), supersedes=sealed.record_id
    )


def test_what_stands_can_be_taken_back_once(kept):
    first = saved(kept, learning())
    back = saved(kept, Withdrawn(first.record_id, "Typed twice."))
    assert refused(kept, Withdrawn(first.record_id, "Again.")) == ["record_id"]
    assert refused(kept, Withdrawn(back.record_id, "Undo the undo.")) == ["record_id"]
    assert refused(kept, Withdrawn("nobody", "Who?")) == ["record_id"]
    assert refused(kept, Withdrawn(first.record_id, "r"), supersedes=back.record_id)[0] == "supersedes"


def test_one_record_is_not_taken_back_twice_in_one_save(kept):
    first = saved(kept, learning())
    back = Withdrawn(first.record_id, "Typed twice.")
    assert refused(kept, back, back) == ["record_id"]


def test_before_do_a_prediction_may_change_without_a_reason_and_be_taken_back(kept, sealed):
    second = saved(kept, prediction(value=0.45), supersedes=sealed.record_id)
    saved(kept, Withdrawn(second.record_id, "Undo."))
    assert standing(kept.all()).stands(sealed.record_id)


def test_from_the_day_do_begins_a_prediction_changes_only_with_a_reason(kept, sealed):
    assert refused(kept, prediction(value=0.45), now=DO_BEGINS, supersedes=sealed.record_id) == ["reason"]
    saved(kept, prediction(value=0.45, reason="The rep left."), now=DO_BEGINS, supersedes=sealed.record_id)


def test_of_a_cycle_that_no_record_tells_of_do_may_have_begun(kept):
    first = saved(kept, prediction(cycle_id="from_a_file_1"))
    changed = prediction(cycle_id="from_a_file_1", value=0.45)
    assert refused(kept, changed, supersedes=first.record_id) == ["reason"]
    assert refused(kept, Withdrawn(first.record_id, "r")) == ["record_id"]


@pytest.mark.parametrize(
    "body",
    [
        prediction(value=0.45),
        prediction(value=0.45, low=0.1, high=0.9),
        prediction(predicted_for=dt.date(2026, 12, 1)),
        prediction(direction="down"),
        prediction(measure_id="bp_checked"),
    ],
    ids=["value", "range", "day", "direction", "measure"],
)
def test_after_do_began_no_call_alters_what_was_sealed(kept, sealed, body):
    """A second one is refused, one in its place needs a reason, and the first is in the chain as it was sealed."""
    assert refused(kept, body, now=AFTER) == ["cycle_id"]
    assert refused(kept, body, now=AFTER, supersedes=sealed.record_id) == ["reason"]
    assert refused(kept, Withdrawn(sealed.record_id, "We were wrong."), now=AFTER) == ["record_id"]
    late = saved(kept, replace(body, reason="The rep left."), now=AFTER, supersedes=sealed.record_id)
    versions = standing(kept.all()).predictions
    assert versions[0].record == sealed
    assert versions[0].record.saved_at == NOON
    assert versions[1].record == late
    assert late.saved_at == AFTER


def test_after_do_began_the_cycle_that_a_prediction_is_held_against_stays(kept, sealed):
    planned = kept.all()[0].record_id
    for name, value in (
        ("do_start", AFTER.date()),
        ("primary_measure", "bp_checked"),
        ("prototype_id", "other"),
    ):
        assert refused(kept, cycle(**{name: value}), now=AFTER, supersedes=planned) == [name]
    assert refused(kept, Withdrawn(planned, "Never mind."), now=AFTER) == ["record_id"]
    saved(kept, cycle(do_end=AFTER.date(), question="Put better?"), now=AFTER, supersedes=planned)


def test_before_do_a_cycle_may_be_moved(kept, sealed):
    planned = kept.all()[0].record_id
    saved(kept, cycle(do_start=AFTER.date()), supersedes=planned)
    (moved,) = standing(kept.all()).cycles
    assert moved.body.do_start == AFTER.date()


def test_a_cycle_moved_before_do_and_a_clock_put_back_do_not_reopen_a_prediction(kept, sealed):
    saved(kept, learning(), now=AFTER)
    assert refused(kept, prediction(value=0.45), now=NOON, supersedes=sealed.record_id) == ["reason"]


def test_the_database_itself_refuses_to_change_or_remove_a_record(kept, sealed, tmp_path):
    raw = sqlite3.connect(tmp_path / "records.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="never changed or removed"):
        raw.execute("UPDATE record SET body = '{}'")
    with pytest.raises(sqlite3.IntegrityError, match="never changed or removed"):
        raw.execute("DELETE FROM record")
    raw.close()
    with kept._engine.begin() as connection, pytest.raises(DatabaseError):
        connection.execute(update(RECORD).values(who="somebody else"))
    with kept._engine.begin() as connection, pytest.raises(DatabaseError):
        connection.execute(delete(RECORD))


@pytest.fixture
def begun(kept):
    """A meeting that has begun, with something agreed."""
    saved(kept, meeting())
    return saved(kept, agreed())


def test_something_is_agreed_at_a_meeting_that_stands(kept):
    assert refused(kept, agreed()) == ["meeting_id"]
    held = saved(kept, meeting())
    assert refused(kept, agreed(meeting_id="another")) == ["meeting_id"]
    saved(kept, Withdrawn(held.record_id, "Not held."))
    assert refused(kept, agreed()) == ["meeting_id"]


def test_a_meeting_and_what_it_agreed_may_be_saved_together_but_not_the_other_way_about(kept):
    assert refused(kept, agreed(), meeting()) == ["meeting_id"]
    assert len(kept.append([meeting(), agreed()], "Design group", now=NOON)) == 2


def test_a_meeting_ends_in_the_place_of_its_beginning_and_more_may_be_agreed_after(kept):
    first = saved(kept, meeting())
    assert refused(kept, meeting(minutes=50)) == ["meeting_id"]
    assert refused(kept, meeting(meeting_id="another", minutes=50), supersedes=first.record_id) == [
        "meeting_id"
    ]
    saved(kept, meeting(minutes=50), supersedes=first.record_id)
    saved(kept, agreed())


def test_a_question_has_one_answer_at_a_meeting_until_another_takes_its_place(kept, begun):
    other = agreed(choice=Choice.KEEP_GOING)
    assert refused(kept, other) == ["item"]
    assert refused(kept, agreed(item="signal:other@garage:2026-03-04"), supersedes=begun.record_id) == [
        "item"
    ]
    saved(kept, other, supersedes=begun.record_id)
    saved(kept, meeting(meeting_id="next"))
    saved(kept, agreed(meeting_id="next"))
    assert len(standing(kept.all()).agreed) == 2


def test_what_became_is_told_of_something_agreed_that_stands(kept, begun):
    (opened, _) = kept.all()
    for nothing in ("nobody", opened.record_id):
        assert refused(kept, followed(nothing)) == ["record_id"]
    saved(kept, followed(begun.record_id))
    saved(kept, followed(begun.record_id))
    later = saved(kept, agreed(choice=Choice.KEEP_GOING), supersedes=begun.record_id)
    assert refused(kept, followed(begun.record_id)) == ["record_id"]
    saved(kept, followed(later.record_id))


def test_a_meeting_at_which_something_was_agreed_stays(kept, begun):
    (opened, _) = kept.all()
    assert refused(kept, Withdrawn(opened.record_id, "Wrong day.")) == ["record_id"]
    ended = saved(kept, meeting(minutes=50), supersedes=opened.record_id)
    saved(kept, Withdrawn(ended.record_id, "It goes on."))  # the beginning stands again
    saved(kept, Withdrawn(begun.record_id, "Nobody meant that."))
    saved(kept, Withdrawn(opened.record_id, "Wrong day."))
    assert standing(kept.all()).meetings == ()
