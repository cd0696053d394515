"""The Measures page in every state, and a measure written by form from the first word to its chart."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import context
from dashboard.components.measures import page as measure_page
from dashboard.components.measures import view as measure_view
from dashboard.components.measures.answers import EVERYWHERE
from dashboard.components.measures.answers import PREFIX as KEY
from pipelines.build import build
from pipelines.measures import read_measures

PROJECT = Path(__file__).parents[3]


def labels(app, kind: str) -> list[str]:
    return [part.proto.label for part in app.get(kind)]


@pytest.fixture(autouse=True)
def _own_data(tmp_path, monkeypatch):
    """A data folder of its own, so that no test touches the project's."""
    monkeypatch.setenv("LEARNING_DATA", str(tmp_path / "data"))
    shutil.copytree(PROJECT / "data" / "measures", tmp_path / "data" / "measures")


def test_every_measure_of_the_mart_is_a_card_under_its_domain(open_page):
    _, told = open_page("full", "measures")
    store = context.open_store()
    for name in store.measures()["name"]:
        assert name in told.plain
    assert told.html.count('<article class="measure"') == len(store.measures())
    order = [told.plain.index(word) for word in ("Reach: whom", "Quality: how", "Impact: what")]
    assert order == sorted(order)
    assert "Made-up data" in told.plain


def test_a_card_leads_to_the_charts_of_its_measure(open_page):
    _, told = open_page("full", "measures")
    row = context.open_store().summaries().iloc[0]
    assert f"prototype={row['prototype_id']}&amp;measure={row['measure_id']}" in told.html


def test_without_measures_the_page_says_what_a_measure_is_and_offers_to_write_one(open_page):
    _, told = open_page("empty", "measures")
    assert "No measure yet" in told.plain
    assert "Write a new one" in told.plain
    assert "Without one there is nothing to chart" in told.plain


@pytest.mark.parametrize("state", ["broken", "missing", "old"])
def test_a_mart_that_cannot_be_read_is_said(open_page, state):
    _, told = open_page(state, "measures")
    assert "The charts cannot be opened" in told.plain


@pytest.mark.parametrize("way", ["read", "new", "sheet", "nonsense"])
@pytest.mark.parametrize("state", ["full", "one_point", "empty"])
def test_every_way_opens_in_every_state(open_page, state, way):
    _, told = open_page(state, "measures", do=way)
    assert "Read the definitions" in told.plain


def test_sixty_measures_with_long_names_keep_their_index(open_page, monkeypatch):
    real = measure_view.load_views

    def many(store):
        (first, *_) = real(store)
        long = "People who " + "came again and " * 30 + "stayed"
        made = [
            dataclasses.replace(first.measure, measure_id=f"m_{at}", name=long, short_name=long)
            for at in range(60)
        ]
        return [measure_view.MeasureView(one, first.places) for one in made]

    monkeypatch.setattr("dashboard.components.measures.view.load_views", many)
    _, told = open_page("full", "measures")
    assert told.html.count('<article class="measure"') == 60
    assert told.html.count('href="#measure-m_') == 60
    assert "Sixty measures" in told.plain  # fmt: skip


def test_every_fault_of_the_definitions_is_told_on_the_machine_they_lie_on(open_page, monkeypatch):
    folder = context.data_folder() / "measures"
    (folder / "broken.toml").write_text("id = ", encoding="utf-8")
    (folder / "odd.toml").write_text('id = "odd"\nname = 3', encoding="utf-8")
    _, told = open_page("full", "measures")
    assert "wrong with definitions in the folder" in told.plain
    assert "broken.toml" in told.plain
    assert "column name" in told.plain
    monkeypatch.setattr(context, "may_write", lambda: False)
    _, told = open_page("full", "measures")
    assert "broken.toml" not in told.plain


def test_a_link_to_a_measure_fills_the_form_in_and_asks_whether_it_takes_its_place(open_page):
    row = context_row(open_page)
    app, told = open_page("full", "measures", do="new", like=row["measure_id"])
    assert app.text_input(key=KEY + "name").value == row["name"]
    assert app.checkbox(key=KEY + "replace").label.startswith("It takes the place of")
    assert "A measure with this key is in use." in told.plain


def context_row(open_page):
    open_page("full", "measures")
    return context.open_store().measures().iloc[0]


def test_a_link_like_nothing_is_a_blank_form(open_page):
    app, told = open_page("full", "measures", do="new", like="<script>")
    assert app.text_input(key=KEY + "name").value == ""
    assert "answers are still open. The first is its name." in told.plain


def test_the_check_line_speaks_as_answers_come_and_keeping_too_early_tells_every_open_one(open_page):
    app, _ = open_page("full", "measures", do="new")
    app.text_input(key=KEY + "name").set_value("People who came to the walk").run()
    assert "The first is what it speaks of." in says(app)
    app.text_input(key=KEY + "baseline").set_value("last spring").run()
    assert "Cannot be kept yet." in says(app)
    assert "field-fault" in says(app)
    app.text_input(key=KEY + "baseline").set_value("auto").run()
    assert "field-fault" not in says(app)
    app.button(key=KEY + "keep").click().run()
    assert not app.exception
    assert says(app).count('class="field-fault"') == 9
    assert not (context.data_folder() / "inbox").exists()


def says(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html") if "<style>" not in part.proto.body)


def test_a_server_for_others_writes_nothing_and_says_how_to_go_on(open_page, monkeypatch):
    monkeypatch.setattr(context, "may_write", lambda: False)
    app, told = open_page("full", "measures", do="new")
    assert not [one for one in app.button if one.key == KEY + "keep"]
    assert "This server can be reached from other machines" in told.plain


@pytest.fixture
def own_logs(tmp_path, monkeypatch):
    """One log of one's own, built with the project's measures."""
    data, marts = tmp_path / "data", tmp_path / "marts"
    (data / "inbox" / "test_logs").mkdir(parents=True)
    for name in ("neighbourhoods.csv", "prototypes.csv"):
        shutil.copy(PROJECT / "data" / "sample" / name, data / "inbox" / name)
    lines = (PROJECT / "data/sample/test_logs/ashfield_gate.csv").read_text("utf-8").splitlines()
    log = [f"{lines[0]},walkers", *(f"{line},{20 + at}" for at, line in enumerate(lines[1:21]))]
    (data / "inbox/test_logs/gate.csv").write_text("\n".join(log) + "\n", encoding="utf-8")
    build(data, marts)
    monkeypatch.setenv("LEARNING_MARTS", str(marts))
    monkeypatch.delenv("LEARNING_AUDIENCE", raising=False)
    return data


def test_a_measure_written_by_form_is_kept_charted_and_leaves_the_others_there(own_logs):
    app = AppTest.from_file(str(PROJECT / "streamlit_app.py"), default_timeout=60)
    app.query_params["do"] = "new"
    app.switch_page("dashboard/pages/measures.py").run()
    before = set(context.open_store().summaries()["measure_id"])
    app.text_input(key=KEY + "name").set_value("People who came to the walk")
    app.radio(key=KEY + "domain").set_value("reach")
    app.text_area(key=KEY + "why").set_value("Walking together.")
    app.text_area(key=KEY + "source").set_value("Tally.")
    app.radio(key=KEY + "kind").set_value("count").run()
    app.session_state[KEY + "numerator"] = ["walkers"]
    app.text_input(key=KEY + "unit").set_value("people a week")
    app.radio(key=KEY + "better").set_value("up")
    app.radio(key=KEY + "use").set_value(EVERYWHERE)
    app.radio(key=KEY + "disclosive").set_value(False).run()
    assert "The sum of walkers, a point a week. Higher is better. No target." in says(app)
    app.button(key=KEY + "keep").click().run()
    assert not app.exception
    assert "Kept. The charts are made again" in says(app)
    assert "It is charted in one place:" in says(app)
    assert "prototype=ashfield_gate&amp;measure=people_who_came_to_the_walk" in says(app)
    kept = {one.measure_id for one in read_measures(own_logs / "inbox" / "measures")}
    assert kept == before | {"people_who_came_to_the_walk"}
    assert set(context.open_store().summaries()["measure_id"]) == kept
    assert app.text_input(key=KEY + "name").value == ""


def test_a_sheet_is_offered_for_each_prototype_with_its_guide(open_page):
    app, told = open_page("full", "measures", do="sheet")
    assert labels(app, "download_button")[:2] == ["Take the spreadsheet (Excel)", "Take the guide (text)"]
    assert "How to fill in the log of" in told.plain
    assert "tested_on" in told.plain
    assert "no names, no addresses" in told.plain


def test_the_sheet_of_counts_by_the_month_is_offered_for_hypertension_alone(open_page):
    by_prototype = {
        prototype: labels(
            open_page("full", "measures", do="sheet", prototype=prototype)[0], "download_button"
        )[2:]
        for prototype in ("ashfield_pressure", "ashfield_walks")
    }
    assert by_prototype == {
        "ashfield_pressure": ["Take the sheet of counts by the month (Excel)"],
        "ashfield_walks": [],
    }


def test_without_prototypes_there_is_no_sheet(open_page):
    _, told = open_page("empty", "measures", do="sheet")
    assert "Nothing has been loaded yet" in told.plain


def test_the_ways_are_links_and_the_chosen_one_is_marked(open_page):
    _, told = open_page("full", "measures", do="sheet")
    assert 'do=sheet" target="_self" aria-current="true"' in told.html
    assert set(measure_page.WAYS) == {"read", "new", "sheet"}
