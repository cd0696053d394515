"""A machine that holds nothing but the shared mart, and may not write: the real server opens every page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.build import build
from tests.test_browser import CHROMIUM, PROJECT, browser, open_page, serving, settle

__all__ = ["browser"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]

#: Every page, and something that only this page says.
PAGES = {
    "": "",
    "neighbourhood": "",
    "prototype": "",
    "cycle": "",
    "plan": "for reading",
    "log_a_test": "for reading",
    "learning": "",
    "hypertension": "",
    "healthy_life_expectancy": "",
    "measures": "",
    "data": "",
    "method": "",
}


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Path:
    """A folder with the shared mart, read-only, and nothing else."""
    built = build(PROJECT / "data", tmp_path_factory.mktemp("elsewhere"))
    folder = tmp_path_factory.mktemp("machine")
    shutil.copytree(built.shared_mart.parent, folder / "marts/shared")
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)


@pytest.fixture(scope="module")
def server(machine):
    with serving(machine / "nowhere", machine / "marts") as address:
        yield address


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_every_page_opens_with_nothing_but_the_shared_mart(browser, server, machine, path):
    before = files(machine)
    page, errors = open_page(browser, f"{server}/{path}")
    try:
        settle(page)
        told = page.inner_text("body")
        assert page.locator("[data-testid=stException]").count() == 0
        assert errors == []
        assert "cannot be opened" not in told
        assert PAGES[path] in told
        assert len(told) > 300
    finally:
        page.close()
    assert files(machine) == before
    assert not any("true" in name for name in before)
