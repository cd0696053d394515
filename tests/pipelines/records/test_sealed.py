"""Whatever is called in whatever order: once Do has begun, the prediction that counts stays as it was sealed."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import FaultyInputError
from pipelines.records import open_records
from pipelines.records.dialects import sqlite_address
from pipelines.records.kinds import CyclePlanned, PredictionSealed, Withdrawn
from tests.pipelines.records.entered import NOON, cycle, prediction

DAYS = st.integers(0, 5)
CALLS = st.lists(
    st.tuples(
        st.sampled_from(
            ["plan", "move", "unplan", "seal", "change", "change", "change with reason", "unseal"]
        ),
        DAYS,  # how far ahead Do is planned, and which record is meant
        st.integers(0, 4),  # days since the call before
    ),
    min_size=1,
    max_size=8,
)


def body_of(what: str, draw: int, today: dt.date, step: int):
    if what in ("plan", "move"):
        return cycle(do_start=today + dt.timedelta(days=draw))
    reason = "The rep left." if what == "change with reason" else None
    return prediction(value=0.5 + step / 1000, predicted_for=dt.date(2027, 1, 1), reason=reason)


def call(kept, what: str, draw: int, now: dt.datetime, step: int) -> None:
    """Try one call, on the record that `draw` picks of all that were ever saved; refused ones change nothing."""
    kind = CyclePlanned if what in ("plan", "move", "unplan") else PredictionSealed
    known = [record.record_id for record in kept.all() if isinstance(record.body, kind)]
    picked = known[draw % len(known)] if known else "nobody"
    try:
        if what in ("unplan", "unseal"):
            kept.append([Withdrawn(picked, "Undo.")], "Design group", now=now)
        else:
            body = body_of(what, draw, now.date(), step)
            kept.append([body], "Design group", None if what in ("plan", "seal") else picked, now=now)
    except FaultyInputError:
        return


def first_day_of_do(records) -> dt.date | None:
    """The first day of the cycle as it stands: the last that was planned and not taken back."""
    back = {record.body.record_id for record in records if isinstance(record.body, Withdrawn)}
    planned = [r for r in records if isinstance(r.body, CyclePlanned) and r.record_id not in back]
    old = {record.supersedes for record in planned}
    standing = [record.body.do_start for record in planned if record.record_id not in old]
    assert len(standing) <= 1
    return standing[0] if standing else None


def counts(records, first_day: dt.date):
    """The prediction held against the result: the last that was sealed before Do and not taken back by then."""
    early = [record for record in records if record.saved_at.date() < first_day]
    back = {record.body.record_id for record in early if isinstance(record.body, Withdrawn)}
    sealed = [r for r in early if isinstance(r.body, PredictionSealed) and r.record_id not in back]
    return sealed[-1] if sealed else None


@settings(max_examples=50, deadline=None)
@given(CALLS)
def test_once_do_has_begun_the_prediction_that_counts_never_changes(calls):
    with tempfile.TemporaryDirectory() as folder:
        kept = open_records(sqlite_address(Path(folder) / "records.sqlite"))
        now, bound = NOON, None
        opening = [("plan", 3, 0), ("seal", 0, 0)]
        for step, (what, draw, days) in enumerate([*opening, *calls]):
            now += dt.timedelta(days=days)
            before = kept.all()
            call(kept, what, draw, now, step)
            after = kept.all()
            assert after[: len(before)] == before
            first_day = first_day_of_do(after)
            if bound is not None:
                assert (first_day, counts(after, bound[0])) == bound
            if first_day is not None and first_day <= now.date() and counts(after, first_day) is not None:
                bound = (first_day, counts(after, first_day))
            back = {r.body.record_id for r in after if isinstance(r.body, Withdrawn)}
            assert bound is None or bound[1].record_id not in back
        kept.close()
