"""The wizard on the Data page, driven as a person would: upload, look, correct, choose, keep."""

from __future__ import annotations

import html as htmllib
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import rebuild
from dashboard.components.importing import keep as import_keep
from dashboard.components.importing import page as import_page
from pipelines.errors import Fault, LearningError
from pipelines.understanding import Role
from pipelines.uploads import Kept
from tests.dashboard import import_fakes

APP = Path(__file__).parents[3] / "streamlit_app.py"


@pytest.fixture
def doors(monkeypatch, app_marts):
    """Fakes for the four doors, and what went through them."""
    app_marts("full")
    seen: dict[str, list] = {"columns": [], "mapping": [], "kept": []}
    state = {
        "proposal": import_fakes.proposal(),
        "preview": import_fakes.preview(),
        "kept": "kept",
        "faults": (),
    }

    def mapping_of(columns, proposal):
        seen["columns"].append(columns)
        return proposal.mapping

    def preview(content, name, mapping, measures, folder):
        seen["mapping"].append(mapping)
        return state["preview"]

    def keep(content, name, mapping, who, data, new_neighbourhood, new_prototype, measures, beside):
        seen["kept"].append((name, mapping, who, new_neighbourhood, new_prototype, beside))
        return Kept(state["kept"], "test_logs/food.xlsx", None, "food.xlsx is kept.")

    monkeypatch.setattr(import_page, "understand", lambda *_: state["proposal"])
    monkeypatch.setattr(import_page, "mapping_of", mapping_of)
    monkeypatch.setattr(import_page, "suggested_measures", lambda *_: (import_fakes.measure(),))
    monkeypatch.setattr(import_page, "preview", preview)
    monkeypatch.setattr(import_keep, "keep", keep)
    monkeypatch.setattr(rebuild, "build_again", lambda: state["faults"])
    return seen, state


@pytest.fixture
def upload(doors):
    """Upload a file on the Data page and return the app."""

    def upload_(name: str = "food.xlsx", content: bytes = b"bytes") -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=30)
        app.switch_page("dashboard/pages/data.py").run()
        app.file_uploader[0].upload(name, content).run()
        assert not app.exception, [problem.message for problem in app.exception]
        return app

    return upload_


def words(app: AppTest) -> str:
    parts = [part.proto.body for part in app.get("html") if "<style>" not in part.proto.body]
    return re.sub(r"\s+", " ", htmllib.unescape(re.sub(r"<[^>]+>", " ", " ".join(parts)))).strip()


def box(app: AppTest, label: str):
    (found,) = [one for one in [*app.selectbox, *app.text_input] if one.label.startswith(label)]
    return found


def test_the_page_offers_the_box_above_the_report(doors):
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.switch_page("dashboard/pages/data.py").run()
    told = words(app)
    assert len(app.file_uploader) == 1
    assert (
        told.index("Add a spreadsheet or form export")
        < told.index("What needs a look")
        < told.index("Load log")
    )


def test_an_uploaded_file_is_told_in_sentences_and_nothing_is_kept(upload, doors):
    told = words(upload())
    assert "food.xlsx: 66 rows on two sheets, two things counted." in told
    assert "A row counts on the day under “Date” and “When”." in told
    assert "left out, hidden" in told
    assert "4/16/2026 can only be 16 April" in told
    assert "No date could be read. Write it as 2026-01-31." in told
    assert "Made-up data" not in told
    assert doors[0]["kept"] == []


def test_a_corrected_column_changes_the_mapping_on_every_sheet(upload, doors):
    app = upload()
    box(app, "Notes is").select(Role.PLACE).run()
    (changed,) = [one for one in doors[0]["columns"][-1] if one.heading == "Notes"]
    assert (changed.role, changed.is_sure, changed.why) == (Role.PLACE, True, "You said so.")


def test_a_number_can_be_counted_as_something_else_and_in_another_unit(upload, doors):
    app = upload()
    box(app, "Got (kg) is counted as").select("people_fed").run()
    box(app, "Got (kg) is measured in").select_index(1).run()
    (changed,) = [one for one in doors[0]["columns"][-1] if one.heading == "Got (kg)"]
    assert changed.item == "people_fed"
    assert changed.ask != import_fakes.KG


def test_the_order_of_columns_is_that_of_the_file_whatever_needs_a_look(upload, doors):
    upload()
    assert doors[0]["columns"][-1] == import_fakes.columns()


def test_dates_empty_dates_and_sheets_can_be_overruled(upload, doors):
    app = upload()
    box(app, "Dates are written").select("month-first").run()
    box(app, "An empty date means").select(True).run()
    box(app, "old DO NOT USE is").select(True).run()
    box(app, "Apr - June is").select(False).run()
    mapping = doors[0]["mapping"][-1]
    assert mapping.dates == "month-first"
    assert mapping.dates_carry_down
    assert mapping.sheets["old DO NOT USE"].read_hidden
    assert mapping.sheets["Apr - June"].skip
    assert "Jan-Mar 26" not in mapping.sheets


def test_a_file_is_kept_where_it_was_said_to_belong(upload, doors):
    app = upload()
    assert "Say in which neighbourhood" in words(app)
    assert not [one for one in app.button if one.label.startswith("Keep it")]
    box(app, "Neighbourhood").select("ashfield").run()
    box(app, "Prototype").select("ashfield_walks").run()
    box(app, "Who brings it").set_value(" Ana  Bell ").run()
    next(one for one in app.button if one.label.startswith("Keep it")).click().run()
    ((name, mapping, who, *_),) = doors[0]["kept"]
    assert (name, who) == ("food.xlsx", "Ana Bell")
    assert (mapping.neighbourhood_id, mapping.prototype_id) == ("ashfield", "ashfield_walks")
    assert "Kept. The charts are there food.xlsx is kept." in words(app)
    assert "What was understood" not in words(app)


def test_a_new_place_and_prototype_are_given_by_name(upload, doors):
    app = upload()
    box(app, "Neighbourhood").select("").run()
    box(app, "Name of the new neighbourhood").set_value("Heath <b>").run()
    box(app, "Name of the new prototype").set_value("Food network").run()
    next(one for one in app.button if one.label.startswith("Keep it")).click().run()
    assert doors[0]["kept"][0][3:] == ("Heath <b>", "Food network", False)


def test_the_same_file_again_says_that_nothing_was_added(upload, doors):
    doors[1]["kept"] = "same"
    app = upload()
    box(app, "Neighbourhood").select("ashfield").run()
    box(app, "Prototype").select("ashfield_walks").run()
    next(one for one in app.button if one.label.startswith("Keep it")).click().run()
    assert "Nothing was added" in words(app)


def test_charts_that_cannot_be_built_are_told_with_the_reason(upload, doors):
    doors[1]["faults"] = (Fault("measures/x.toml", None, "unit", "this key is missing."),)
    app = upload()
    box(app, "Neighbourhood").select("ashfield").run()
    box(app, "Prototype").select("ashfield_walks").run()
    next(one for one in app.button if one.label.startswith("Keep it")).click().run()
    assert "Kept, but the charts could not be made" in words(app)
    assert "measures/x.toml, column unit: this key is missing." in words(app)


def test_a_log_of_the_same_form_may_be_kept_beside_the_old_one(upload, doors):
    doors[1]["proposal"] = import_fakes.proposal(
        matches="test_logs/food.toml",
        mapping=import_fakes.mapping(neighbourhood_id="ashfield", prototype_id="ashfield_walks"),
    )
    app = upload()
    assert box(app, "Prototype").value == "ashfield_walks"
    box(app, "A log of this form").select(True).run()
    next(one for one in app.button if one.label.startswith("Keep it")).click().run()
    assert doors[0]["kept"][0][-1] is True


def test_a_file_put_away_leaves_nothing_behind(upload, doors):
    app = upload()
    next(one for one in app.button if one.label == "Put it away and go back").click().run()
    assert "Load log" in words(app)
    assert doors[0]["kept"] == []


def test_a_file_that_nobody_can_read_says_why_and_takes_another(upload, doors, monkeypatch):
    def unreadable(*_):
        raise LearningError("food.xlsx: this is a picture. Save the sheet as .xlsx and try again.")

    monkeypatch.setattr(import_page, "understand", unreadable)
    told = words(upload())
    assert "food.xlsx cannot be read." in told
    assert "this is a picture. Save the sheet as .xlsx" in told


def test_without_a_date_or_a_number_it_cannot_be_kept_and_says_why(upload, doors):
    doors[1]["proposal"] = import_fakes.proposal(
        columns=(), mapping=import_fakes.mapping(columns={}, items={}), orders=()
    )
    doors[1]["preview"] = import_fakes.preview(charts=())
    told = words(upload())
    assert "No column says on which day a test took place." in told
    assert "Choose at least one column with a number to count." in told
    assert "Nothing yet: a chart needs a day and a number to count." in told


def test_charts_without_a_point_are_named_and_not_drawn(upload, doors):
    doors[1]["preview"] = import_fakes.preview(charts=())
    assert "No chart yet: no row has both a day and a number that counts." in words(upload())


def test_fifty_sheets_of_sixty_columns_are_drawn_a_page_at_a_time(upload, doors):
    many = tuple(
        import_fakes.guess(f"s{sheet}", f"c{n} of {sheet}", Role.LEAVE_OUT, examples=())
        for sheet in range(50)
        for n in range(60)
    )
    doors[1]["proposal"] = import_fakes.proposal(columns=many)
    app = upload()
    assert len(app.selectbox) < 60
    box(app, "Left out: which of them").select(2970).run()
    assert box(app, "c59 of 49 is").value == Role.LEAVE_OUT
    assert len(doors[0]["columns"][-1]) == 3000


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>.csv",
        "**b** [x](http://a).csv",
        "'; DROP TABLE load;.csv",
        "a\u202evsc.exe.csv",
    ],
)
def test_a_name_that_holds_anything_is_plain_text(upload, doors, name):
    doors[1]["proposal"] = import_fakes.proposal(
        columns=(import_fakes.guess(name, name, Role.TESTED_ON, examples=(name,), why=name),), orders=()
    )
    app = upload(name)
    parts = "".join(part.proto.body for part in app.get("html"))
    assert "<script>alert" not in parts
    assert "\u202e" not in parts
    labels = [one.label for one in app.selectbox]
    assert not [label for label in labels if set(label) & set("*[]<>`$#~|\\")]


def test_a_server_that_others_can_reach_takes_no_file(doors, monkeypatch):
    monkeypatch.setattr("dashboard.context.may_write", lambda: False)
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.switch_page("dashboard/pages/data.py").run()
    assert len(app.file_uploader) == 0
    assert "Files are added on the computer that keeps the data" in words(app)
