"""Log a test, state by state: what blocks saving says so, what was saved can be taken back, nothing is ever pretended."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import context
from dashboard.components import rebuild, save
from dashboard.components.log_a_test import numbers as log_numbers
from dashboard.components.log_a_test import page as log_page
from dashboard.components.log_a_test import state as log_state
from dashboard.components.save import LONDON, Saved
from pipelines.errors import Fault
from pipelines.records.kinds import Record, Withdrawn

NOW = dt.datetime(2026, 11, 22, 14, 32, tzinfo=LONDON)
TODAY = NOW.date()


class Desk:
    """Stands where records are kept: remembers what was saved, and may be told to fail."""

    def __init__(self):
        self.bodies, self.faults, self.trouble, self.counts = [], (), (), {}

    def save(self, bodies, who, supersedes=None):
        if self.faults:
            return Saved((), self.faults, NOW)
        if not who:
            return Saved((), (Fault("what was entered", None, "who", "Write your name or role."),), NOW)
        self.bodies += [(body, who) for body in bodies]
        number = len(self.bodies)
        record = Record(number, f"r{number}", NOW, who, bodies[0], None, "0" * 64, "1" * 64)
        return Saved((record,), (), NOW, self.trouble)


@pytest.fixture
def desk(monkeypatch):
    made = Desk()
    log_state.ends().clear()
    monkeypatch.setattr(context, "may_write", lambda: True)
    monkeypatch.setattr(rebuild, "warm", lambda: None)
    monkeypatch.setattr(save, "save", made.save)
    monkeypatch.setattr(log_page, "_today", lambda: TODAY)
    monkeypatch.setattr(log_state, "now", lambda: NOW + dt.timedelta(minutes=1))
    monkeypatch.setattr(log_numbers, "ask", lambda *_: dict(made.counts))
    yield made
    log_state.ends().clear()


@pytest.fixture
def opened(desk, open_page):
    def open_(state="full", **choices):
        app, _ = open_page(state, "log_a_test", **({"prototype": "ashfield_pressure"} | choices))
        return app

    return open_


def words(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html") if "<style>" not in part.proto.body)


def sign(app: AppTest, name="Ana"):
    next(field for field in app.text_input if "name or role" in field.label).set_value(name)
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def fill_and_save(app, desk, **counts):
    desk.counts = {name: float(count) for name, count in counts.items()}
    sign(app).run()
    return press(app, "log_save")


def test_the_form_is_about_the_prototype_in_the_address_and_its_running_cycle(opened):
    told = words(opened(prototype="brook_end_pressure"))
    assert "Blood pressure checks at the market" in told
    assert "Brook End, cycle 2" in told


def test_a_day_outside_every_cycle_belongs_to_none(opened, desk, monkeypatch):
    monkeypatch.setattr(log_page, "_today", lambda: dt.date(2026, 6, 1))
    app = opened()
    assert ", cycle" not in words(app)
    fill_and_save(app, desk, attended=5)
    assert desk.bodies[0][0].cycle_no is None


def test_what_was_counted_is_saved_once_with_its_day_and_its_prototype(opened, desk):
    app = fill_and_save(opened(prototype="brook_end_pressure"), desk, attended=15, asked=24)
    assert len(desk.bodies) == 1
    body, who = desk.bodies[0]
    assert (body.tested_on, body.counts, body.cycle_no) == (TODAY, {"asked": 24.0, "attended": 15.0}, "2")
    assert (who, body.prototype_id) == ("Ana", "brook_end_pressure")
    assert "Saved 14:32." in words(app)


def test_what_it_did_to_the_chart_is_told_with_the_way_there(opened, desk):
    told = words(fill_and_save(opened(), desk, attended=15))
    assert "People reached: a new point." in told or "People reached: counted" in told
    assert "measure=people_reached" in told


def test_a_contradiction_blocks_saving_and_says_so(opened, desk):
    app = opened()
    desk.counts = {"attended": 16.0, "asked": 14.0}
    sign(app).run()
    assert app.button(key="log_save").disabled
    assert "only 14. Mend one of them." in words(app)
    assert log_page.WRONG in words(app)
    assert desk.bodies == []


def test_a_blank_is_not_recorded_as_zero(opened, desk):
    fill_and_save(opened(), desk, attended=3)
    assert "asked" not in desk.bodies[0][0].counts


def test_nobody_signed_is_told_and_the_form_stays(opened, desk):
    desk.counts = {"attended": 3.0}
    app = press(opened(), "log_save")
    assert "Not saved. Write your name or role." in words(app)
    assert app.button(key="log_save")


def test_another_day_must_be_picked_before_saving(opened, desk):
    app = opened()
    sign(app)
    app.get("button_group")[0].set_value("other").run()
    app = press(app, "log_save")
    assert log_page.NO_DAY in words(app)
    app.date_input[0].set_value(dt.date(2026, 11, 9)).run()
    desk.counts = {"attended": 3.0}
    press(app.run(), "log_save")
    assert desk.bodies[0][0].tested_on == dt.date(2026, 11, 9)


def test_a_machine_that_fails_is_never_hidden(opened, desk):
    desk.faults = (Fault("the records", None, None, "The disk is full."),)
    app = fill_and_save(opened(), desk, attended=3)
    assert "Not saved. Keep this page open; try again. The disk is full." in words(app)
    assert "Saved 14:32" not in words(app)
    desk.faults = ()
    assert "Saved 14:32." in words(press(app, "log_save"))
    assert len(desk.bodies) == 1


def test_saved_without_charts_says_both(opened, desk):
    desk.trouble = (Fault("the charts", None, None, "The disk is full."),)
    told = words(fill_and_save(opened(), desk, attended=3))
    assert "Saved 14:32. The charts could not be made again and stay as they were." in told
    assert "The disk is full." in told


def test_a_test_that_did_not_happen_needs_a_reason_and_holds_no_number(opened, desk):
    desk.counts = {"attended": 3.0}
    app = press(sign(opened()).run(), "log_not_held")
    app.get("button_group")[1].set_value(["Bad weather"]).run()
    told = words(press(app, "log_save"))
    body = desk.bodies[0][0]
    assert (body.was_held, body.counts, body.why_not_held) == (False, {}, "Bad weather")
    assert "a gap with its reason, not as a zero" in told


def test_one_can_come_back_from_saying_that_it_did_not_happen(opened):
    app = press(press(opened(), "log_not_held"), "log_held")
    assert app.button(key="log_not_held")


def test_undo_takes_back_by_a_record_of_its_own(opened, desk):
    app = press(fill_and_save(opened(), desk, attended=3), "log_undo")
    assert isinstance(desk.bodies[1][0], Withdrawn)
    assert desk.bodies[1][0].record_id == "r1"
    assert "Taken back 14:32." in words(app)
    assert not [button for button in app.button if button.key == "log_undo"]


def test_after_ten_minutes_nothing_is_taken_back_and_it_is_said(opened, desk, monkeypatch):
    app = fill_and_save(opened(), desk, attended=3)
    monkeypatch.setattr(log_state, "now", lambda: NOW + dt.timedelta(minutes=11))
    app = press(app, "log_undo")
    assert len(desk.bodies) == 1
    assert log_state.TOO_LATE in words(app)


def test_an_undo_that_fails_says_so(opened, desk):
    app = fill_and_save(opened(), desk, attended=3)
    desk.faults = (Fault("the records", None, None, "The disk is full."),)
    app = press(app, "log_undo")
    assert "The disk is full." in words(app)
    assert "Taken back" not in words(app)


def test_another_test_begins_blank_and_remembers_who_signs(opened, desk):
    app = press(fill_and_save(opened(), desk, attended=3), "log_another")
    assert not [field for field in app.text_input if "name or role" in field.label]
    desk.counts = {"attended": 4.0}
    press(app.run(), "log_save")
    assert [who for _, who in desk.bodies] == ["Ana", "Ana"]
    assert len(log_state.ends()) == 2


def test_a_draft_is_saved_once_however_often_it_is_tapped(opened, desk):
    app = fill_and_save(opened(), desk, attended=3)
    one = app.session_state["log_draft"]
    log_state.keep(one, desk.bodies[0][0], "Ana")
    assert len(desk.bodies) == 1


def test_a_note_that_looks_personal_is_warned_of_at_once_and_not_kept_by_the_browser(opened, desk):
    app = opened()
    app.get("button_group")[-1].set_value(["Other …"]).run()
    field = next(one for one in app.text_input if "unusual" in one.label)
    field.set_value("ring 07700 900123").run()
    assert "a telephone number" in words(app)
    assert "07700" not in words(app)
    one = app.session_state["log_draft"]
    assert not log_state.is_clean("ring 07700 900123")
    assert log_state.is_clean("Half-term, rain")
    assert one.kept is None


def test_a_server_that_others_reach_shows_no_form(desk, open_page, monkeypatch):
    monkeypatch.setattr(context, "may_write", lambda: False)
    app, told = open_page("full", "log_a_test")
    assert "Nothing can be entered here" in told.plain
    assert not [button for button in app.button if button.key == "log_save"]


def test_without_a_prototype_it_says_where_one_begins(desk, open_page):
    app, told = open_page("empty", "log_a_test")
    assert "Nothing to test yet" in told.plain
    assert not [button for button in app.button if button.key == "log_save"]


def test_without_a_measure_it_says_where_to_choose_one(opened, desk, monkeypatch):
    monkeypatch.setattr("dashboard.components.log_a_test.place.measure_of_row", lambda *_: _nobodys())
    app = opened()
    assert "Nothing to count yet" in words(app)
    assert 'href="measures' in words(app)


def _nobodys():
    class Nobodys:
        measure_id = "x"

        @staticmethod
        def is_for(*_):
            return False

    return Nobodys()


def test_a_tap_whose_run_was_ended_by_the_next_message_is_answered_by_the_next_run(opened, desk):
    app = opened()
    desk.counts = {"attended": 3.0}
    sign(app).run()
    app.session_state["log_draft"].want_saving()
    app.run()
    assert len(desk.bodies) == 1
    assert "Saved 14:32." in words(app)


def test_a_tap_on_numbers_that_contradict_each_other_is_not_answered_later(opened, desk):
    app = opened()
    desk.counts = {"attended": 16.0, "asked": 14.0}
    app.session_state["log_draft"].want_saving()
    sign(app).run()
    desk.counts = {"attended": 14.0, "asked": 14.0}
    app.run()
    assert desk.bodies == []
