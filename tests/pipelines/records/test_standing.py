"""What stands: neither superseded nor taken back; and nothing is forgotten."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pipelines.records import standing
from pipelines.records.chain import EMPTY, Head, link, record_of
from pipelines.records.kinds import KINDS, LearningWritten, Withdrawn
from tests.pipelines.records.entered import NOON, ONE_OF_EACH, learning, prediction


def saved(*steps):
    """Records of bodies; a step may be a body, (body, index superseded) or an index taken back."""
    head, records = EMPTY, []
    for step in steps:
        if isinstance(step, int):
            step = Withdrawn(records[step].record_id, "Typed twice.")
        body, old = step if isinstance(step, tuple) else (step, None)
        row = link(head, body, "a group", NOON, records[old].record_id if old is not None else None)
        head = Head(row.number, row.hash)
        records.append(record_of(row))
    return records


def test_one_of_each_kind_stands_in_its_own_place():
    bodies = [body for body in ONE_OF_EACH.values() if not isinstance(body, Withdrawn)]
    recorded = standing(saved(*bodies))
    places = [place for place in vars(recorded) if place not in ("withdrawals", "superseded", "withdrawn")]
    found = [entry.body for place in places for entry in getattr(recorded, place)]
    assert sorted(body.KIND for body in found) == sorted(set(KINDS) - {"withdrawal"})
    assert all(entry.record.body is entry.body for place in places for entry in getattr(recorded, place))


def test_what_is_superseded_does_not_stand_but_is_known():
    records = saved(learning("First."), (learning("Better."), 0))
    recorded = standing(records)
    assert [entry.body.text for entry in recorded.learnings] == ["Better."]
    assert recorded.superseded == {records[0].record_id}


def test_what_is_taken_back_does_not_stand_but_is_known():
    records = saved(learning(), 0)
    recorded = standing(records)
    assert recorded.learnings == ()
    assert recorded.withdrawn == {records[0].record_id}
    assert [entry.body.reason for entry in recorded.withdrawals] == ["Typed twice."]


def test_what_a_record_superseded_stands_again_once_that_record_is_taken_back():
    recorded = standing(saved(learning("First."), (learning("Worse."), 0), 1))
    assert [entry.body.text for entry in recorded.learnings] == ["First."]


def test_of_predictions_every_version_is_there():
    recorded = standing(saved(prediction(), (prediction(value=0.55, reason="Rain."), 0)))
    assert [entry.body.value for entry in recorded.predictions] == [0.5, 0.55]
    assert [recorded.stands(entry.record.record_id) for entry in recorded.predictions] == [False, True]


def test_nothing_stands_of_nothing():
    assert standing(()).learnings == ()


@given(
    st.lists(st.tuples(st.sampled_from(["new", "supersede", "withdraw"]), st.integers(0, 99)), max_size=25)
)
def test_what_stands_is_what_a_plain_ledger_kept_by_hand_says(steps):
    """A second telling, as one would keep it on paper: a slip a record, a stack for what lies under it."""
    plan, live, under = [], [], {}
    for n, (what, draw) in enumerate(steps):
        if what == "new" or not live:
            plan.append(learning(str(n)))
            live.append(n)
            under[n] = None
        elif what == "supersede":
            old = live[draw % len(live)]
            plan.append((learning(str(n)), old))
            live[live.index(old)] = n
            under[n] = old
        else:
            old = live[draw % len(live)]
            plan.append(old)
            live.remove(old)
            if under[old] is not None:
                live.append(under[old])
    recorded = standing(saved(*plan))
    assert sorted(int(entry.body.text) for entry in recorded.learnings) == sorted(live)
    assert all(isinstance(entry.body, LearningWritten) for entry in recorded.learnings)
    assert all(entry.record.saved_at.tzinfo == dt.UTC for entry in recorded.learnings)
