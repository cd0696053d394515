"""The guards of conftest hold: what one test leaves does not reach the next."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest


def _write(path: Path) -> None:
    path.write_text("done", encoding="utf-8")


@pytest.fixture(scope="module")
def page_that_fails_elsewhere(tmp_path_factory):
    """Run a page as a test of another module would: it works under the test, and nowhere else."""
    page = tmp_path_factory.mktemp("page") / "page.py"
    page.write_text("import streamlit as st\nst.session_state['a'] = 1\nassert __name__ == '__main__'\n")
    app = AppTest.from_file(str(page)).run()
    assert not app.exception


@pytest.mark.usefixtures("page_that_fails_elsewhere")
def test_a_process_started_after_a_page_was_tested_does_its_own_work(tmp_path):
    process = multiprocessing.get_context("spawn").Process(target=_write, args=(tmp_path / "told",))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert (tmp_path / "told").read_text(encoding="utf-8") == "done"
