"""Fixtures for every room, and guards: own data is not touched, no test runs in a page of another, no skip goes unseen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).parent.parent
REFERENCE = PROJECT.parent / "shared"

#: What runs the tests: a page run in a test takes its place, and a process started after it would run that page.
MAIN = sys.modules["__main__"]

#: What a test may be skipped for want of, and the setting that names where it is.
NOT_OURS = {"sicily.csv": "REFERENCE_DATA", "LEARNING_TEST_POSTGRESQL": "LEARNING_TEST_POSTGRESQL"}


# The same examples every time, so that a run is never red by chance; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and item.config.getoption("--no-skips") and not _may_skip(report):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and here a skip is a failure: {report.longrepr}"
    return report


def _may_skip(report: pytest.TestReport) -> bool:
    """Only other people's data and a server of one's own may be missing, since neither can be in the repository."""
    told = str(report.longrepr)
    lacks_reference = "beside the project" in told and not REFERENCE.is_dir()
    return lacks_reference or any(
        what in told and not os.environ.get(setting) for what, setting in NOT_OURS.items()
    )


@pytest.fixture(autouse=True)
def _away_from_own_data(monkeypatch, tmp_path_factory):
    """Point every default at an empty folder: a test that forgets to name its data finds none."""
    empty = tmp_path_factory.mktemp("nobodys_data")
    monkeypatch.setenv("LEARNING_DATA", str(empty / "data"))
    monkeypatch.setenv("LEARNING_MARTS", str(empty / "marts"))
    monkeypatch.delenv("LEARNING_AUDIENCE", raising=False)


@pytest.fixture(autouse=True)
def _main_is_not_a_page(monkeypatch):
    """Put back what runs the tests, so that whether a started process works does not hang on the tests before it."""
    monkeypatch.setitem(sys.modules, "__main__", MAIN)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The reference material that may lie beside the project."""
    if not REFERENCE.is_dir():
        pytest.skip("the reference material (../shared) is not beside the project")
    return REFERENCE
