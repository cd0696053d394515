"""A usual range previewed, recorded, built and taken back: what was previewed is what is published."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pipelines.errors import LearningError
from pipelines.memory import Memory
from pipelines.preview.rebase import preview_rebase
from pipelines.records.kinds import BaselineAccepted, RebaseAccepted, Withdrawn
from pipelines.vocabulary import Audience
from tests.pipelines.recorded.small import DO_START, Group, rows, saturday, write

SERIES = "bp_checked@barbers"
NEW_FROM = DO_START + dt.timedelta(days=7)
MOVE = RebaseAccepted(SERIES, NEW_FROM, "a second chair", True, True, True, True, 11)
REFUSED = RebaseAccepted(SERIES, NEW_FROM, "it looks better", True, False, True, True, 11)
FIRST_WEEKS = BaselineAccepted(
    SERIES, saturday(-1), saturday(16) + dt.timedelta(days=1), "nothing changed then"
)

DECIDED = (
    f"SELECT what, is_standing, note FROM baseline_decision WHERE series_id = '{SERIES}' ORDER BY saved_at"
)
PHASES = f"""SELECT phase, limits_state, accepted_by, rebased_from, baseline_n FROM chart_summary
             WHERE series_id = '{SERIES}' ORDER BY phase"""
LINES = f"""SELECT centre_line, upper_limit, old_upper_limit FROM chart_point
            WHERE series_id = '{SERIES}' ORDER BY position"""
CYCLE = "SELECT verdict, before, observed, change, before_upper, receipt FROM cycle_result WHERE cycle_id = 'barbers_1'"


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """What each step of a story published: nothing decided, accepted and moved, both taken back."""
    group = Group(write(tmp_path_factory.mktemp("rebase") / "data"))
    memory = Memory()
    told = {"before": group.build()}
    (baseline,) = group.save(FIRST_WEEKS, who="Ann")
    told["preview"] = preview_rebase(group.data, SERIES, MOVE, who="Ann", memory=memory)
    told["saved"] = len(group.records.all())
    _, move = group.save(REFUSED, MOVE, who="Ann")
    told["after"] = group.build()
    told["shown"] = preview_rebase(group.data, SERIES, REFUSED, audience=Audience.SHARED, memory=memory)
    group.save(
        Withdrawn(baseline.record_id, "we missed a week"), Withdrawn(move.record_id, "it did not last")
    )
    told["undone"] = group.build()
    group.records.close()
    return told


def test_a_preview_records_nothing(story):
    assert story["saved"] == 1


def test_what_was_previewed_is_what_is_published(story):
    then = story["preview"].then
    assert story["preview"].why_not is None
    published = np.array(rows(story["after"].true_mart, LINES), dtype=float)
    previewed = then.points[["centre_line", "upper_limit", "old_upper_limit"]].to_numpy(float)
    np.testing.assert_allclose(previewed[-11:], published[-11:], rtol=1e-12)
    assert len(story["preview"].now.summaries) == 1


def test_a_move_begins_a_phase_with_name_and_day_and_the_old_lines_go_on(story):
    first, second = rows(story["after"].true_mart, PHASES)
    assert first[:3] == (0, "provisional", "Ann")
    assert second[:4] == (1, "provisional", "Ann", NEW_FROM)
    old = [line[2] for line in rows(story["after"].true_mart, LINES)]
    assert old[0] is None
    assert old[-1] is not None


def test_answers_that_do_not_allow_a_move_leave_the_range_and_say_so(story):
    for mart in (story["after"].true_mart, story["after"].shared_mart):
        notes = [note for _, _, note in rows(mart, DECIDED)]
        assert notes == [None, "Not applied: the reason was not known.", None]


def test_the_shared_mart_takes_the_same_decision_on_its_own_figures(story):
    assert [row[0] for row in rows(story["after"].shared_mart, PHASES)] == [0, 1]


def test_the_verdict_on_the_cycle_that_brought_the_change_stays_as_it_was(story):
    before, after = (rows(story[name].true_mart, CYCLE)[0] for name in ("before", "after"))
    assert after[0] == before[0]
    assert after[2] == before[2]
    assert after[4] < 55


def test_decisions_taken_back_bring_the_range_back_and_stay_readable(story):
    assert rows(story["undone"].true_mart, PHASES) == rows(story["before"].true_mart, PHASES)
    assert [standing for _, standing, _ in rows(story["undone"].true_mart, DECIDED)] == [False, True, False]


def test_an_unknown_series_is_told(tmp_path):
    group = Group(write(tmp_path / "data"))
    with pytest.raises(LearningError, match="no series"):
        preview_rebase(group.data, "nothing@nowhere", MOVE, memory=Memory())
    group.records.close()
