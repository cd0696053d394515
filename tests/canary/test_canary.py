"""Counts that cannot be mistaken are planted; others than the group never see one of them, wherever they look."""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import streamlit as st
from google.protobuf.json_format import MessageToDict
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from dashboard.components import rebuild
from pipelines import disclosure
from pipelines.build import build
from pipelines.disclosure import RELEASED
from pipelines.mart import current
from pipelines.memory import Forgetful
from tests.canary.meetings import FOR_ALL
from tests.canary.planted import FEW, N_WEEKS, Planted, write_folder
from tests.canary.search import Canaries

PROJECT = Path(__file__).parent.parent.parent

#: Every page, with the choices that show these figures.
PAGES = {
    "overview": {},
    "neighbourhood": {"neighbourhood": "one", "weeks": "all"},
    "prototype": {"prototype": "one_bp", "neighbourhood": "one"},
    "cycle": {"cycle": "one_1"},
    "plan": {"prototype": "one_bp"},
    "log_a_test": {"prototype": "one_bp"},
    "learning": {},
    "hypertension": {"neighbourhood": "one"},
    "healthy_life_expectancy": {},
    "measures": {"measure": "canary_share"},
    "data": {},
    "method": {},
    "changes": {"since": "2025-06-01"},
    "meeting": {"since": "2025-06-01", "meeting": "steering"},
    "pack": {"since": "2025-06-01"},
}

#: The last slide of a meeting, by its name in an address.
CLOSING = "agreed"

#: Profiles that show counts as they are hide small ones alone: of these, only what is hidden must not be found.
EXACT = {"lt5"}


class Built:
    """A folder with canaries, and the marts made of it."""

    def __init__(self, folder: Path, profile: str) -> None:
        self.profile = profile
        self.data, self.marts = folder / "data", folder / "marts"
        self.planted: Planted = write_folder(self.data, profile)
        self.build()

    def build(self) -> None:
        build(self.data, self.marts, memory=Forgetful())

    @property
    def canaries(self) -> Canaries:
        if self.profile in EXACT:
            return Canaries((), self.planted.hidden_rates)
        return Canaries(self.planted.counts, self.planted.rates)

    @property
    def mart(self) -> Path:
        return current(self.marts / "shared")


PROFILES = ["nhs", *(pytest.param(name, marks=pytest.mark.slow) for name in ("opensafely", "lt5"))]


@pytest.fixture(scope="module", params=PROFILES)
def built(request, tmp_path_factory) -> Built:
    return Built(tmp_path_factory.mktemp("canary"), request.param)


def in_mart(path: Path, canaries: Canaries) -> list[str]:
    """Return the true figures in a mart: every column of every table, and the file as it is."""
    found = [f"the file: {one}" for one in canaries.in_bytes(path.read_bytes())]
    with duckdb.connect(str(path), read_only=True) as mart:
        for (table,) in mart.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            for name, *_ in mart.execute(f'DESCRIBE "{table}"').fetchall():
                for (value,) in mart.execute(f'SELECT DISTINCT "{name}" FROM "{table}"').fetchall():
                    found += [f"{table}.{name}: {one}" for one in canaries.in_value(value)]
    return found


def shown_by(page: str, choices: dict[str, str], taken: list[bytes]) -> Iterator[object]:
    """Return everything that a page sends to the browser, and the files that it offers."""
    app = AppTest.from_file(str(PROJECT / "streamlit_app.py"), default_timeout=120)
    for name, value in choices.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"dashboard/pages/{page}.py").run()
    assert not app.exception, (page, app.exception)
    assert not app.error, (page, [one.value for one in app.error])
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if proto is not None:
            yield MessageToDict(proto)
            if spec := getattr(proto, "spec", ""):
                yield json.loads(spec)
    yield dict(app.query_params)
    yield from taken


@pytest.fixture
def pages(built, monkeypatch, tmp_path):
    """Open the pages of a server that has nothing but the shared mart."""
    only_shared = tmp_path / "marts"
    shutil.copytree(built.marts / "shared", only_shared / "shared")
    monkeypatch.setenv("LEARNING_MARTS", str(only_shared))
    monkeypatch.setattr(rebuild, "warm", lambda: None)
    taken: list[bytes] = []

    def offered(*args, data=None, **_kwargs):
        content = data if data is not None else args[1]
        content = content() if callable(content) else content
        taken.append(content if isinstance(content, bytes) else str(content).encode())
        return False

    monkeypatch.setattr(st, "download_button", offered)
    monkeypatch.setattr(
        DeltaGenerator, "download_button", lambda _self, *args, **kwargs: offered(*args, **kwargs)
    )
    return lambda page, **choices: shown_by(page, PAGES[page] | choices, taken)


def test_no_field_of_the_shared_mart_and_no_byte_of_its_file_is_a_true_figure(built):
    assert in_mart(built.mart, built.canaries) == []


def test_the_search_would_find_them_in_the_groups_own_mart(built):
    found = {one.split(":")[0] for one in in_mart(current(built.marts / "true"), built.canaries)}
    assert found >= {"chart_point.value", "observation.value"}
    if built.profile not in EXACT:
        assert found >= {"test_count.count", "cascade_count.count", "served_group.share"}


def test_what_a_meeting_agreed_is_told_but_for_the_question_that_tells_a_true_figure(built):
    """The group's own mart holds all three; whatever tells of the third is found there, so it would be found here."""
    own, canaries = current(built.marts / "true"), built.canaries
    with duckdb.connect(str(own), read_only=True) as mart:
        asked = [one for (one,) in mart.execute("SELECT question FROM agreed").fetchall()]
    with duckdb.connect(str(built.mart), read_only=True) as mart:
        told = mart.execute("SELECT question, reason, became FROM agreed ORDER BY question").fetchall()
        (minutes,) = mart.execute("SELECT minutes, text FROM meeting").fetchall()
    assert told == [
        ("Adopt, adapt or abandon?", FOR_ALL, None),
        ("Is raised in One getting better?", FOR_ALL, "done"),
    ]
    assert minutes == (40, "Everybody came.")
    (singing,) = [one for one in asked if canaries.in_text(one)]
    assert singing not in [question for question, *_ in told]


def test_there_is_something_to_see_beside_what_is_hidden(built):
    with duckdb.connect(str(built.mart), read_only=True) as mart:
        rows = mart.execute(
            "SELECT period_start, value, is_hidden, hidden_reason FROM chart_point WHERE series_id = 'canary_share@one_bp'"
        ).df()
        profile = mart.execute("SELECT value FROM mart_info WHERE key = 'privacy_profile'").fetchall()
    assert profile == [(built.profile,)]
    assert len(rows) == N_WEEKS
    assert rows["value"].notna().sum() > N_WEEKS * 0.8
    assert set(rows["hidden_reason"].dropna()) == {"held"}
    few = pd.Timestamp("2025-01-06") + pd.to_timedelta(
        [7 * week for week, n in FEW.items() if n <= 4], unit="D"
    )
    assert rows.set_index(pd.to_datetime(rows["period_start"])).loc[few, "is_hidden"].all()


def test_every_page_is_looked_at():
    assert set(PAGES) == {path.stem for path in (PROJECT / "dashboard/pages").glob("*.py")}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_true_figure_in_words_charts_pictures_links_or_files(pages, built, page, caplog):
    canaries = built.canaries
    with caplog.at_level(logging.DEBUG):
        found = [one for shown in pages(page) for one in canaries.in_value(shown)]
    assert found == []
    assert canaries.in_text(caplog.text) == []


def test_no_slide_of_a_meeting_shows_a_true_figure(pages, built):
    """A slide of each kind of question, and the last, which tells what was agreed."""
    with duckdb.connect(str(built.mart), read_only=True) as mart:
        question = "SELECT min(change_id) FROM change WHERE question IS NOT NULL GROUP BY kind ORDER BY kind"
        items = [item for (item,) in mart.execute(question).fetchall()]
    assert items
    for item in (*items, CLOSING):
        shown = list(pages("meeting", item=item))
        assert [one for part in shown for one in built.canaries.in_value(part)] == []
        assert FOR_ALL in str(shown) or item != CLOSING


def test_no_log_of_a_build_tells_a_true_figure(built, capfd, caplog):
    with caplog.at_level(logging.DEBUG):
        built.build()
    told = capfd.readouterr()
    assert built.canaries.in_text(told.out + told.err + caplog.text) == []


def test_the_ledger_of_releases_holds_no_true_figure(built):
    text = (built.data / RELEASED / "ledger.jsonl").read_text(encoding="utf-8")
    assert "canary_share@one_bp" in text
    shown = [
        json.loads(line).get("value") for line in text.splitlines()
    ]  # the ends beside it follow from it by the rule
    assert any(value is not None for value in shown)
    assert built.canaries.in_value(shown) == []


#: What somebody might publish by mistake: where, what instead, and the column in which it is then found.
MISTAKES = {
    "figures that are not rounded": ("profile", "Profile.rounded", lambda _self, n: n, "observation.value"),
    "what was counted, hidden in nothing": ("release", "apply", lambda rows, *_: rows, "chart_point.value"),
    "all of a disclosive measure": ("withhold", "release", None, "chart_point.numerator"),
}


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_true_figure_that_somebody_publishes_is_found(tmp_path, monkeypatch, mistake):
    room, name, instead, column = MISTAKES[mistake]
    module = sys.modules[f"pipelines.disclosure.{room}"]  # the package has a function of the same name
    real = disclosure.release

    def open_to_all(rows, measure, *args, **kwargs):
        return real(rows, replace(measure, disclosive=False), *args, **kwargs)

    holder, _, last = name.rpartition(".")
    monkeypatch.setattr(getattr(module, holder) if holder else module, last, instead or open_to_all)
    wrong = Built(tmp_path, "nhs")
    assert column in {one.split(":")[0] for one in in_mart(wrong.mart, wrong.canaries)}
