"""The Pack page: one button, its progress, every part to take away; from the shared mart whoever the server speaks to."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.components.pack import page
from dashboard.exports.contents import PackError
from dashboard.exports.pack import WHAT, Pack
from dashboard.store import Store

FILE = Path(__file__).parents[3] / "dashboard/pages/pack.py"


@pytest.fixture(autouse=True)
def nothing_is_kept():
    page._shelf.clear()


@pytest.fixture
def made(monkeypatch) -> list[tuple[Store, object]]:
    """Make a pack of nothing at once; what it was asked for is kept. Packs are made in tests/dashboard/exports."""
    asked: list[tuple[Store, object]] = []

    def make(store, since, told):
        asked.append((store, since))
        told(0.5, "Setting the document")
        facts = {"data_until": "2026-11-22", "content_hash": "full0001"}
        return Pack(dict.fromkeys(WHAT, b"words"), facts)

    monkeypatch.setattr(page, "make_pack", make)
    return asked


@pytest.fixture
def taken(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(
        st, "download_button", lambda _words, _data, name, *_args, **_more: names.append(name)
    )
    return names


def opened() -> AppTest:
    return AppTest.from_file(FILE, default_timeout=60)


def shown(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def test_nothing_is_made_before_it_is_asked_for(app_marts, made, taken):
    app_marts()
    app = opened().run()
    assert not app.exception
    assert (made, taken) == ([], [])
    assert all(name in shown(app) for name in WHAT)


def test_one_button_makes_it_and_every_part_can_be_taken_away(app_marts, made, taken):
    app_marts()
    app = opened().run()
    app.button(key="make_pack").click().run()
    assert not app.exception
    assert taken == ["neighbourhood-learning-2026-11-22-full0001.zip", *WHAT]
    assert "The pack is ready: data until 22 November 2026, news since 27 October 2026" in shown(app)


def test_whoever_asks_for_the_same_gets_what_was_made(app_marts, made, taken):
    app_marts()
    for _ in range(2):
        opened().run().button(key="make_pack").click().run()
    assert len(made) == 1
    assert len(taken) == 2 * (1 + len(WHAT))


def test_a_server_for_the_group_makes_it_of_the_shared_mart(app_marts, made, taken, monkeypatch):
    app_marts()
    monkeypatch.setenv("LEARNING_AUDIENCE", "group")
    opened().run().button(key="make_pack").click().run()
    store, _ = made[0]
    assert store.info()["audience"] == "shared"


def test_a_pack_that_cannot_be_made_says_why(app_marts, monkeypatch, taken):
    def refuse(*_args, **_more):
        raise PackError("There is no data yet.")

    app_marts()
    monkeypatch.setattr(page, "make_pack", refuse)
    app = opened().run()
    app.button(key="make_pack").click().run()
    assert not app.exception
    assert "There is no data yet." in shown(app)
    assert taken == []


@pytest.mark.parametrize(("n_bytes", "words"), [(540_123, "540 kB"), (4_727_768, "4.7 MB"), (162, "1 kB")])
def test_a_size_is_told_as_people_tell_it(n_bytes, words):
    assert page.size_words(n_bytes) == words
