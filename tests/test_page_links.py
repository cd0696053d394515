"""Links between pages in the real browser: the program is loaded once, the address says what is seen, Back goes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import test_browser
from tests.test_browser import CHROMIUM, FLAGS, PROJECT, open_page, serving, settle

pytestmark = test_browser.pytestmark


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    with serving(PROJECT / "data", tmp_path_factory.mktemp("marts")) as address:
        yield address


@pytest.fixture
def page(server):
    """The wall, in a page that remembers whether it was ever loaded anew."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page, errors = open_page(chromium, server, (1280, 900))
        page.evaluate("window.loadedOnce = true")
        yield page
        assert errors == []
        chromium.close()


def heading(page) -> str:
    settle(page)
    return page.inner_text("h1")


def test_a_cell_opens_its_chart_without_loading_the_program_again(page):
    page.locator("table.wall td a").nth(1).click()
    page.wait_for_selector(".js-plotly-plot")
    assert "neighbourhood=ashfield" in page.url
    assert page.evaluate("window.loadedOnce") is True


def test_a_link_counts_for_more_than_what_was_chosen_before(page):
    page.locator("table.wall th[scope=row] a").nth(1).click()
    page.wait_for_url("**/neighbourhood?neighbourhood=brook_end**")
    first = heading(page)
    page.go_back()
    page.wait_for_selector("table.wall")
    settle(page)
    page.locator("table.wall th[scope=row] a").nth(2).click()
    page.wait_for_url("**neighbourhood=creekside**")
    assert heading(page) != first
    assert page.evaluate("window.loadedOnce") is True


def test_back_shows_what_was_seen_before(page):
    wall = heading(page)
    page.locator("table.wall td a").first.click()
    page.wait_for_url("**/neighbourhood?**")
    there = heading(page)
    page.go_back()
    page.wait_for_selector("table.wall")
    assert heading(page) == wall
    page.go_forward()
    page.wait_for_url("**/neighbourhood?**")
    assert heading(page) == there


def test_a_link_with_a_key_held_opens_beside(page):
    with page.context.expect_page() as opened:
        page.locator("table.wall td a").first.click(modifiers=["Control"])
    assert "neighbourhood" in opened.value.url
    assert page.locator("table.wall").count() == 1
