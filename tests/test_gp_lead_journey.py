"""As a GP health lead would: from the front page to "where are people lost, and is it getting better?" in three clicks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.mart import current
from tests import test_browser
from tests.test_browser import CHROMIUM, FLAGS, IDLE, PROJECT, SIDEWAYS, open_page, serving, settle

pytestmark = test_browser.pytestmark

DESK, PHONE = (1280, 900), (390, 844)
PLACE = "millpond"
LINK = "Hypertension in ten minutes"


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The sample as everybody is shown it: the address, and a copy of the mart that answers."""
    marts = tmp_path_factory.mktemp("marts")
    with serving(PROJECT / "data", marts) as address:
        yield address, marts / "shared"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def known(served, tmp_path_factory):
    """Ask the mart itself: what the page is held against."""
    copy = tmp_path_factory.mktemp("asked") / "mart.duckdb"
    copy.write_bytes(current(served[1]).read_bytes())

    def ask(sql: str) -> list[dict[str, Any]]:
        with duckdb.connect(str(copy), read_only=True) as mart:
            return [{str(k): v for k, v in row.items()} for row in mart.execute(sql).df().to_dict("records")]

    return ask


class Reader:
    """Somebody with a mouse or a finger, and a count of how often they clicked."""

    def __init__(self, page: Any):
        self.page, self.clicks = page, 0

    def click(self, what: Any) -> None:
        what.click()
        self.clicks += 1
        self.page.wait_for_timeout(300)
        self.page.wait_for_function(IDLE, timeout=60_000)
        settle(self.page)


def answer_of(known: Any, place: str) -> tuple[str, str, str]:
    """Return what the mart says of a place: where people are lost, whether it gets better, and the chart of that step."""
    told = known(
        f"""SELECT sentence FROM theme_sentence WHERE theme = 'hypertension' AND neighbourhood_id = '{place}'
            ORDER BY display_order"""
    )
    chart = known(
        f"""SELECT c.sentence FROM theme_step t JOIN chart_summary c USING (measure_id, neighbourhood_id)
            WHERE t.theme = 'hypertension' AND neighbourhood_id = '{place}' AND t.step IS NOT NULL AND c.is_latest_phase
              AND (t.leak IS NOT NULL OR t.is_largest) ORDER BY NOT t.is_largest, t.display_order"""
    )
    return told[0]["sentence"], told[1]["sentence"], chart[0]["sentence"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_three_clicks_from_the_front_page_to_where_people_are_lost_and_whether_it_is_getting_better(
    browser, served, known, size
):
    address, _ = served
    lost, better, chart = answer_of(known, PLACE)
    page, errors = open_page(browser, address, size)
    try:
        reader = Reader(page)
        reader.click(page.get_by_role("link", name=LINK).locator("visible=true").first)
        assert "/hypertension" in page.url
        reader.click(page.get_by_role("combobox", name="Neighbourhood"))
        reader.click(page.get_by_role("option", name="Millpond"))
        assert reader.clicks <= 3

        assert "neighbourhood=millpond" in page.url
        first, second = (words.inner_text() for words in page.locator(".three article").all()[:2])
        assert lost in re.sub(r"\s+", " ", first)
        assert better in re.sub(r"\s+", " ", second)
        assert page.locator(".js-plotly-plot").first.is_visible()
        assert chart in re.sub(r"\s+", " ", page.inner_text("[class*=st-key-matters_]"))
        assert page.evaluate(SIDEWAYS) == 0
        assert page.locator("[data-testid=stException]").count() == 0
        assert errors == []
    finally:
        page.close()


def test_the_answer_is_in_sight_without_scrolling(browser, served):
    page, _ = open_page(browser, f"{served[0]}/hypertension?neighbourhood={PLACE}", DESK)
    try:
        lowest = page.evaluate("() => document.querySelector('.three').getBoundingClientRect().bottom")
        begins = page.evaluate("() => document.querySelector('.steps h2').getBoundingClientRect().top")
        assert lowest < begins < DESK[1]
    finally:
        page.close()


def test_the_bars_of_the_cascade_say_what_the_mart_says(browser, served, known):
    steps = known(
        f"""SELECT label, n_reached, n_before, is_largest FROM theme_step
            WHERE theme = 'hypertension' AND neighbourhood_id = '{PLACE}' AND step IS NOT NULL ORDER BY display_order"""
    )
    page, _ = open_page(browser, f"{served[0]}/hypertension?neighbourhood={PLACE}", DESK)
    try:
        drawn = {row.locator(".step-name").inner_text(): row for row in page.locator(".step").all()}
        for step in steps:
            words = drawn[step["label"]].inner_text()
            if step["n_before"] != step["n_before"]:
                assert "held back" in words or "nothing counted" in words
                assert not re.search(r"\d", words.replace(step["label"], ""))
            else:
                assert f"{step['n_reached']:,.0f}" in words
        marked = [name for name, row in drawn.items() if "largest" in str(row.get_attribute("class"))]
        assert marked == [step["label"] for step in steps if step["is_largest"]]
    finally:
        page.close()
