"""A machine that holds nothing but the shared mart: every page opens, and those that write say that this copy is for reading."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.components.reading_copy import COPY
from tests.dashboard.pages.conftest import APP

PAGES = (
    "overview", "neighbourhood", "prototype", "cycle", "plan", "log_a_test", "learning", "hypertension",
    "healthy_life_expectancy", "measures", "data", "method",
)  # fmt: skip

#: Pages that are for entering something, or offer to.
WRITING = {"plan": {}, "log_a_test": {}, "data": {}, "measures": {"do": "new"}, "prototype": {}}


@pytest.fixture
def copy_for_reading(fixture_mart, monkeypatch, tmp_path):
    """The shared mart alone: no data folder, no true mart, no records; and a working folder that is empty."""
    shutil.copytree(fixture_mart("full") / "shared", tmp_path / "marts" / "shared")
    monkeypatch.setenv("LEARNING_MARTS", str(tmp_path / "marts"))
    monkeypatch.setenv("LEARNING_DATA", str(tmp_path / "nowhere"))
    monkeypatch.delenv("LEARNING_AUDIENCE", raising=False)
    return tmp_path


def told_by(page, **choices):
    app = AppTest.from_file(str(APP), default_timeout=30)
    for name, value in choices.items():
        app.query_params[name] = value
    app.switch_page(f"dashboard/pages/{page}.py").run()
    assert not app.exception, [problem.message for problem in app.exception]
    parts = [part.proto.body for part in app.get("html") if "<style>" not in part.proto.body]
    return app, re.sub(r"<[^>]+>", " ", " ".join(parts))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(copy_for_reading, page):
    _, told = told_by(page)
    assert "cannot be opened" not in told
    assert sorted(path.name for path in copy_for_reading.iterdir()) == ["marts"]


@pytest.mark.parametrize(("page", "choices"), WRITING.items(), ids=WRITING)
def test_a_page_that_writes_says_that_this_copy_is_for_reading(copy_for_reading, page, choices):
    app, told = told_by(page, **choices)
    assert COPY in told
    assert not [button for button in app.button if button.label.startswith(("Save", "Seal", "Keep"))]


def start(folder, monkeypatch, *more):
    """Start the launcher as far as the server; return its answer and the environment that the server was given."""
    begun = []

    def begin(_program, _words, environment):
        begun.append(environment)
        raise SystemExit(0)

    monkeypatch.setattr(os, "execve", begin)
    monkeypatch.setattr(subprocess, "call", lambda _words, env: begin("", [], env))
    words = [
        "run",
        "--data",
        str(folder / "nowhere"),
        "--marts",
        str(folder / "marts"),
        "--port",
        "8999",
        *more,
    ]
    return CliRunner().invoke(main, words), begun


def test_the_launcher_serves_the_shared_mart_as_it_is(copy_for_reading, monkeypatch):
    answer, begun = start(copy_for_reading, monkeypatch)
    assert "for reading" in answer.output
    assert [environment["LEARNING_AUDIENCE"] for environment in begun] == ["shared"]
    assert sorted(path.name for path in copy_for_reading.iterdir()) == ["marts"]


def test_the_launcher_does_not_take_such_a_copy_for_the_groups_own(copy_for_reading, monkeypatch):
    answer, begun = start(copy_for_reading, monkeypatch, "--audience", "group")
    assert answer.exit_code == 1
    assert begun == []
