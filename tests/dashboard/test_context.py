"""The audience is fixed at the start of the server; the mart in use is followed."""

from __future__ import annotations

import shutil
import sys

import pytest
from streamlit.runtime.context import StreamlitHeaders

from dashboard import context
from pipelines.errors import MartError
from pipelines.vocabulary import Audience
from tests.dashboard.marts import write_marts


@pytest.fixture(autouse=True)
def _no_words(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["streamlit_app.py"])
    monkeypatch.delenv("LEARNING_AUDIENCE", raising=False)


def test_the_audience_is_everybody_unless_the_server_was_started_for_the_group(monkeypatch):
    assert context.audience() == Audience.SHARED
    monkeypatch.setenv("LEARNING_AUDIENCE", "group")
    assert context.audience() == Audience.TRUE


def test_words_after_the_script_fix_the_audience(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["streamlit_app.py", "--audience", "group"])
    assert context.audience() == Audience.TRUE


@pytest.mark.parametrize("asked", ["", "GROUP", "true", "everyone"])
def test_an_unknown_audience_sees_the_shared_mart(monkeypatch, asked):
    monkeypatch.setenv("LEARNING_AUDIENCE", asked)
    assert context.audience() == Audience.SHARED


def test_words_without_a_value_leave_the_shared_mart(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["streamlit_app.py", "--audience"])
    assert context.audience() == Audience.SHARED


def test_a_new_build_is_seen_at_the_next_question(tmp_path, monkeypatch, fixture_mart):
    monkeypatch.setenv("LEARNING_MARTS", str(tmp_path))
    write_marts(tmp_path, "empty")
    assert context.open_store().neighbourhoods().empty
    shutil.copytree(fixture_mart("one_point"), tmp_path, dirs_exist_ok=True)
    assert len(context.open_store().neighbourhoods()) == 6


def test_the_same_build_again_is_not_opened_twice(tmp_path, monkeypatch):
    monkeypatch.setenv("LEARNING_MARTS", str(tmp_path))
    write_marts(tmp_path, "one_point")
    first = context.open_store()
    write_marts(tmp_path, "one_point")
    assert context.open_store() is first
    assert len(first.neighbourhoods()) == 6


def test_no_mart_is_told_and_not_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("LEARNING_MARTS", str(tmp_path))
    with pytest.raises(MartError, match="no mart"):
        context.open_store()
    write_marts(tmp_path, "empty")
    assert context.open_store().info()["audience"] == "shared"


def test_a_link_holds_its_choices_and_leaves_out_what_is_not_chosen():
    assert (
        context.link("neighbourhood", neighbourhood="brook_end", measure=None)
        == "neighbourhood?neighbourhood=brook_end"
    )
    assert context.link("") == "."
    assert context.link("method") == "method"


def test_a_link_cannot_be_broken_by_what_stands_in_it():
    assert context.link("data", file='a&b="c".csv') == "data?file=a%26b%3D%22c%22.csv"


@pytest.mark.parametrize(
    ("address", "may"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), (None, False), ("", False)],
)
def test_only_a_server_of_this_machine_alone_may_write(monkeypatch, address, may):
    monkeypatch.setattr(context.st, "get_option", lambda name: address if name == "server.address" else None)
    assert context.may_write() is may


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "x-real-ip"])
def test_a_reader_who_comes_through_a_proxy_may_not_write(monkeypatch, header):
    monkeypatch.setattr(context.st, "get_option", lambda _: "127.0.0.1")
    headers = StreamlitHeaders([(header, "10.0.0.7")])
    monkeypatch.setattr(type(context.st.context), "headers", property(lambda _: headers))
    assert not context.may_write()


def test_the_data_folder_is_the_one_the_server_was_started_with(monkeypatch, tmp_path):
    monkeypatch.setenv("LEARNING_DATA", str(tmp_path))
    assert context.data_folder() == tmp_path


def test_a_copy_without_a_data_folder_is_for_reading(monkeypatch, tmp_path):
    monkeypatch.setattr(context.st, "get_option", lambda _: "127.0.0.1")
    monkeypatch.setenv("LEARNING_DATA", str(tmp_path / "nowhere"))
    assert context.is_reading_copy()
    assert not context.may_write()
    monkeypatch.setenv("LEARNING_DATA", str(tmp_path))
    assert context.may_write()
