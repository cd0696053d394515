"""A part without fields is made once for everybody, and anew for another mart, address, width or colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import context
from dashboard.components import once as remembering
from dashboard.theme import DARK, LIGHT

MADE: list[str] = []


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    """Each test begins and ends without what another one made."""
    MADE.clear()
    remembering._made.clear()
    yield
    remembering._made.clear()


def page() -> None:
    import streamlit as st

    from dashboard.components.once import once
    from tests.dashboard.components.test_once import part

    width = st.session_state.get("width", "wide")
    told = once("test.part", lambda: part(width), width, whatever=["seek"])
    st.markdown(f"returned {told}")


def part(width: str) -> str:
    """Draw two blocks, one inside a column, and tell that it was made."""
    MADE.append(width)
    st.html(f"<p>{width} {st.query_params.get('place')}</p>")
    with st.container(key="held"):
        left, _ = st.columns(2)
        left.markdown(f"inside {width}")
    return width.upper()


@pytest.fixture
def opened(app_marts: Callable[[str], Path]) -> AppTest:
    app_marts("full")
    return AppTest.from_function(page, default_timeout=30)


def shown(app: AppTest) -> list[str]:
    assert not app.exception
    return [str(one.proto.body) for one in app.get("html")] + [one.value for one in app.markdown]


def test_a_part_is_made_once_and_shown_every_time(opened):
    first = shown(opened.run())
    assert first == ["<p>wide None</p>", "inside wide", "returned WIDE"]
    assert shown(opened.run()) == first
    assert MADE == ["wide"]


def test_another_reader_is_shown_what_the_first_one_had_made(opened):
    first = shown(opened.run())
    other = AppTest.from_function(page, default_timeout=30)
    assert shown(other.run()) == first
    assert MADE == ["wide"]


def test_another_address_or_width_is_another_part(opened):
    opened.run()
    opened.query_params["place"] = "ashfield"
    assert "<p>wide ashfield</p>" in shown(opened.run())
    opened.session_state["width"] = "narrow"
    assert "inside narrow" in shown(opened.run())
    assert MADE == ["wide", "wide", "narrow"]


def test_what_the_part_does_not_look_at_makes_no_difference(opened):
    opened.run()
    opened.query_params["seek"] = "said_yes"
    opened.run()
    assert MADE == ["wide"]


def test_other_colours_are_another_part(opened, monkeypatch):
    for theme in (LIGHT, DARK, LIGHT):
        monkeypatch.setattr(context, "theme", lambda theme=theme: theme)
        opened.run()
    assert MADE == ["wide", "wide"]


def test_a_new_mart_is_shown_at_once(opened, fixture_mart, monkeypatch):
    opened.run()
    monkeypatch.setenv("LEARNING_MARTS", str(fixture_mart("one_point")))
    opened.run()
    assert MADE == ["wide", "wide"]


def test_a_server_that_may_not_write_does_not_show_what_one_that_may_has_drawn(opened, monkeypatch):
    for may in (True, False):
        monkeypatch.setattr(context, "may_write", lambda may=may: may)
        opened.run()
    assert MADE == ["wide", "wide"]


def test_what_failed_is_made_anew(opened, monkeypatch):
    def broken(width: str) -> str:
        MADE.append("broken")
        raise ValueError(width)

    whole = part
    monkeypatch.setattr("tests.dashboard.components.test_once.part", broken)
    assert opened.run().exception
    monkeypatch.setattr("tests.dashboard.components.test_once.part", whole)
    assert "inside wide" in shown(opened.run())
    assert MADE == ["broken", "wide"]
