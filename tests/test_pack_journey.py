"""As whoever writes the minutes would: one button, every part taken away and read back, the offline page without a network."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from dashboard.exports.pack import HTML, MANIFEST, PDF, PPTX, WHAT
from tests import test_browser
from tests.test_browser import CHROMIUM, FLAGS, PROJECT, open_page, serving

pytestmark = test_browser.pytestmark

#: A pack of forty charts takes ten seconds; on a machine that does much else besides, many times that.
PATIENCE = 240_000


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def taken(browser, tmp_path_factory) -> Iterator[dict[str, bytes]]:
    """Make the pack of the sample by its button, and take away every part and the whole."""
    with serving(PROJECT / "data", tmp_path_factory.mktemp("marts")) as address:
        page, errors = open_page(browser, f"{address}/pack")
        page.get_by_role("button", name="Make the pack").click()
        page.get_by_text("The pack is ready").wait_for(timeout=PATIENCE)
        files: dict[str, bytes] = {}
        for name in ("Take away all of it", *WHAT):
            with page.expect_download(timeout=60_000) as download:
                page.get_by_role("button", name=name).click()
            files[download.value.suggested_filename] = Path(download.value.path()).read_bytes()
        assert errors == []
        page.close()
        yield files


def test_every_part_can_be_taken_away_and_is_what_the_manifest_says(taken):
    told = {one["name"]: one["sha256"] for one in json.loads(taken[MANIFEST])["files"]}
    assert set(told) == set(WHAT) - {MANIFEST}
    assert {name: hashlib.sha256(taken[name]).hexdigest() for name in told} == told


def test_the_whole_holds_the_same_parts(taken):
    (name,) = [name for name in taken if name.endswith(".zip")]
    with zipfile.ZipFile(io.BytesIO(taken[name])) as whole:
        assert {part: whole.read(part) for part in whole.namelist()} == {part: taken[part] for part in WHAT}


def test_document_and_slides_open_and_hold_every_chart(taken):
    charts = json.loads(taken[MANIFEST])["charts_drawn"]
    slides = Presentation(io.BytesIO(taken[PPTX])).slides
    assert sum(shape.has_chart for slide in slides for shape in slide.shapes) == len(charts)
    assert len(PdfReader(io.BytesIO(taken[PDF])).pages) >= len(charts) / 4


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_offline_page_opens_without_a_network_and_nothing_runs_off_its_side(
    taken, browser, tmp_path, width
):
    (tmp_path / HTML).write_bytes(taken[HTML])
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / HTML).as_uri())
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    drawn = page.evaluate("() => document.querySelectorAll('svg[role=img]').length")
    context.close()
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    assert over <= 0
    assert drawn == len(json.loads(taken[MANIFEST])["charts_drawn"])


def test_on_a_phone_a_chart_of_the_offline_page_begins_at_its_newest_weeks(taken, browser, tmp_path):
    (tmp_path / HTML).write_bytes(taken[HTML])
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((tmp_path / HTML).as_uri())
    ends = page.evaluate(
        """() => [...document.querySelectorAll('.plot')].map(plot =>
          plot.firstElementChild.getBoundingClientRect().right - plot.getBoundingClientRect().right)"""
    )
    page.close()
    assert len(ends) == len(json.loads(taken[MANIFEST])["charts_drawn"])
    assert all(abs(end) <= 1 for end in ends)
