"""The real server in headless Chromium: every page, desk and phone, without an error, a scroll bar or an exception box."""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PdfReader

PROJECT = Path(__file__).parent.parent
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = (
    "",
    "changes",
    "meeting",
    "neighbourhood",
    "prototype",
    "cycle",
    "plan",
    "log_a_test",
    "learning",
    "pack",
    "hypertension",
    "healthy_life_expectancy",
    "measures",
    "data",
    "method",
)
SIZES = {"projector": (1920, 1080), "desk": (1280, 720), "phone": (390, 844)}

#: The script has not been running, and nothing on the page has been stale, for 400 ms since the question was asked: a
#: page that learns how wide its window is draws itself twice, and is idle for a moment in between; so is one whose heading
#: has not come yet.
IDLE = """() => { const app = document.querySelector('[data-testid=stApp]'), now = performance.now();
  const asked = window.lastAskedIdle; window.lastAskedIdle = now;
  const idle = app && app.getAttribute('data-test-script-state') === 'notRunning' && !document.querySelector('[data-stale=true]')
    && document.querySelector('h1');
  if (!idle || asked === undefined || now - asked > 500) { window.idleSince = idle ? now : undefined; }
  else if (window.idleSince === undefined) { window.idleSince = now; }
  return idle && now - window.idleSince > 400; }"""
SIDEWAYS = """() => { const d = document.documentElement, m = document.querySelector('[data-testid=stMain]');
  return Math.max(d.scrollWidth - d.clientWidth, m ? m.scrollWidth - m.clientWidth : 0) }"""

#: An element has stood in the upper part of the window, down to so many px, for two seconds.
STANDS_ABOVE = """([wanted, lowest]) => { const top = document.querySelector(wanted)?.getBoundingClientRect().top;
  if (top === undefined || top < 0 || top >= lowest) { window.standsSince = undefined; }
  else { window.standsSince ??= performance.now(); }
  return window.standsSince !== undefined && performance.now() - window.standsSince > 2000; }"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """The dashboard as `make run` starts it, on marts of its own."""
    with serving(PROJECT / "data", tmp_path_factory.mktemp("marts")) as address:
        yield address


@pytest.fixture
def own_server(tmp_path) -> Iterator[tuple[str, Path]]:
    """The same on a data folder of its own, into which a test may put files: its address and the folder."""
    data = tmp_path / "data"
    for name in ("measures", "sample", "localities"):
        shutil.copytree(PROJECT / "data" / name, data / name)
    with serving(data, tmp_path / "marts") as address:
        yield address, data


@contextmanager
def serving(data: Path, marts: Path) -> Iterator[str]:
    """Start the dashboard on a data folder and a port of its own, give its address, and end it with all it started.

    The next free port would not do: two tests that start at the same moment would find the same one, and one of them
    would then look at the other's pages.
    """
    command = [sys.executable, "-u", "-m", "dashboard", "run", "--data", str(data), "--marts", str(marts)]
    process = subprocess.Popen(
        [*command, "--port", str(_port_of_its_own())],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield _address(process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
        if process.stdout:
            process.stdout.close()


def _port_of_its_own() -> int:
    """Return a port that the system has just given out, and so gives nobody else for a while."""
    with socket.socket() as given:
        given.bind(("127.0.0.1", 0))
        port: int = given.getsockname()[1]
        return port


def _address(process: subprocess.Popen[str]) -> str:
    """Wait for the printed address and for the server to answer at it."""
    assert process.stdout is not None
    for line in process.stdout:
        if "http://127.0.0.1:" in line:
            address = "http://127.0.0.1:" + line.split("http://127.0.0.1:")[1].split()[0]
            break
    else:
        raise AssertionError("the server ended without printing its address")
    for _ in range(120):
        try:
            with urllib.request.urlopen(address + "/_stcore/health", timeout=2) as answer:
                assert answer.status == 200
                return address
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"no answer at {address} within a minute")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def open_page(browser, address: str, size: tuple[int, int] = (1280, 720)):
    """Open an address and wait until it is drawn; returns the page and the console's errors."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    errors: list[str] = []

    def note(message) -> None:
        # Streamlit itself asks for <page>/_stcore/... first on a deep link and is told 404.
        if message.type == "error" and "_stcore" not in (message.location or {}).get("url", ""):
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.wait_for_function(IDLE, timeout=60_000)
    return page, errors


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_every_page_opens_clean(browser, server, path, size):
    page, errors = open_page(browser, f"{server}/{path}", size)
    try:
        assert page.locator("[data-testid=stException]").count() == 0
        assert errors == []
        assert page.evaluate(SIDEWAYS) == 0
        assert "made-up data" in page.inner_text("body").lower()
        assert (
            page.evaluate("() => [...document.images].filter(image => !image.hasAttribute('alt')).length")
            == 0
        )
    finally:
        page.close()


@pytest.mark.parametrize("size", [SIZES["projector"], SIZES["phone"]], ids=["projector", "phone"])
def test_of_many_charts_the_one_that_a_link_names_answers_and_is_in_view(browser, server, size):
    page, errors = open_page(
        browser, f"{server}/neighbourhood?prototype=saltmarsh_garage&measure=said_yes", size
    )
    try:
        card = page.locator("[class*=st-key-card_said_yes_]")
        card.locator(".js-plotly-plot").wait_for(timeout=30_000)
        # Charts above it come in meanwhile, and it is held in view: it comes to stand there and stays.
        page.wait_for_function(STANDS_ABOVE, arg=["[class*=st-key-card_said_yes_]", size[1] / 3], polling=100)
        pictures = page.locator(".picture-card")
        assert pictures.count() >= 10
        assert page.locator(".js-plotly-plot").count() <= 4
        page.mouse.wheel(0, 1)  # a reader who moves lets go of the chart that is held in view
        pictures.nth(3).locator("a").last.click()
        page.wait_for_function(
            "before => location.search !== before", arg="?prototype=saltmarsh_garage&measure=said_yes"
        )
        page.wait_for_function(IDLE, timeout=60_000)
        assert "measure=said_yes" not in page.url
        assert errors == []
    finally:
        page.close()


def test_a_cell_of_the_wall_leads_to_its_chart(browser, server):
    page, errors = open_page(browser, server, SIZES["projector"])
    try:
        cell = page.locator("td a[href*='neighbourhood']").first
        said = cell.get_attribute("href")
        page.goto(server + "/" + str(said).lstrip("/"))
        page.wait_for_function(IDLE, timeout=60_000)
        page.wait_for_selector(".js-plotly-plot", timeout=30_000)
        assert errors == []
        assert page.locator(".js-plotly-plot").count() >= 1
    finally:
        page.close()


def test_on_paper_the_wall_has_every_neighbourhood_whatever_the_width_of_the_sheet(browser, server):
    page, _ = open_page(browser, server, SIZES["projector"])
    try:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 794, "height": 1123})
        rows = page.locator("table.wall tbody tr")
        assert rows.count() == 6
        assert all(rows.nth(at).is_visible() for at in range(6))
    finally:
        page.close()


def test_on_paper_a_chart_keeps_its_newest_end_with_what_is_written_there(browser, server):
    page, _ = open_page(browser, f"{server}/neighbourhood?prototype=ashfield_sunday_meal", SIZES["projector"])
    try:
        page.wait_for_selector(".js-plotly-plot", timeout=30_000)
        at_the_end = [text for share, text in printed(page) if share > 0.5]
        assert any(text.startswith("average") for text in at_the_end)
        assert any(text == "usual range" for text in at_the_end)
    finally:
        page.close()


def printed(page) -> list[tuple[float, str]]:
    """Print a page; return every piece of text on the sheets, and how far to the right it begins, 0 to 1."""
    found: list[tuple[float, str]] = []
    for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages:
        width = float(sheet.mediabox.width)

        def note(text, matrix, place, _font, _size, width=width) -> None:
            across = matrix[0] * place[4] + matrix[2] * place[5] + matrix[4]
            if text.strip():
                found.append((across / width, text.strip()))

        sheet.extract_text(visitor_text=note)
    return found


def test_a_choice_is_kept_in_the_address_and_survives_a_reload(browser, server):
    page, _ = open_page(browser, f"{server}/neighbourhood?neighbourhood=saltmarsh", SIZES["desk"])
    try:
        assert "Saltmarsh" in page.inner_text("body")
        page.reload()
        page.wait_for_function(IDLE, timeout=60_000)
        page.wait_for_timeout(400)
        assert "neighbourhood=saltmarsh" in page.url
        assert "Saltmarsh" in page.inner_text("body")
    finally:
        page.close()


@pytest.mark.parametrize(
    "query",
    ["neighbourhood=nowhere", "neighbourhood=%3Cscript%3E", "cycle=gone", "measure=none&prototype=none"],
)
@pytest.mark.parametrize("path", ["neighbourhood", "cycle", ""])
def test_a_link_to_nothing_is_no_error(browser, server, path, query):
    page, errors = open_page(browser, f"{server}/{path}?{query}")
    try:
        assert page.locator("[data-testid=stException]").count() == 0
        assert errors == []
    finally:
        page.close()


FOOD = PROJECT / "tests" / "real_log" / "test_logs" / "excel_food_network.xlsx"


def settle(page) -> None:
    """Wait until the page has answered what was done last."""
    page.wait_for_timeout(700)
    page.wait_for_function(IDLE, timeout=120_000)
    page.wait_for_timeout(400)


def choose(page, label: str, words: str) -> None:
    """Choose in a select by its label, typing what a person would."""
    box = page.get_by_role("combobox", name=label).first
    box.click()
    box.fill(words)
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    settle(page)


def upload(page, file: Path) -> None:
    """Put a file into the upload box of the Data page."""
    page.set_input_files("[data-testid=stFileUploader] input[type=file]", str(file))
    page.wait_for_selector("text=What was understood", timeout=60_000)
    settle(page)


def rows_behind(page, address: str) -> list[str]:
    """Return the rows of the first chart's numbers: when, value, ..., and where each comes from."""
    page.goto(address)
    settle(page)
    page.get_by_text("See the numbers").first.click()
    return [row.inner_text() for row in page.locator("table.numbers").first.locator("tbody tr").all()]


@pytest.mark.parametrize("size", [SIZES["projector"], SIZES["phone"]], ids=["projector", "phone"])
def test_a_spreadsheet_becomes_charts_and_the_same_one_again_adds_nothing(browser, own_server, size):
    address, data = own_server
    page, errors = open_page(browser, f"{address}/data", size)
    try:
        upload(page, FOOD)
        assert "81 rows on three sheets, four things counted" in page.inner_text("h1")
        assert not (data / "inbox" / "test_logs").exists()
        page.get_by_text("Used: ").first.click()
        choose(page, "No. fed is counted as", "people_helped")
        assert "people_helped" in page.inner_text(".import-said >> nth=0")
        assert page.locator(".import-charts figure").count() >= 5
        assert page.evaluate(SIDEWAYS) == 0

        choose(page, "Neighbourhood", "Ashfield")
        choose(page, "Prototype", "A new prototype")
        page.get_by_role("textbox", name="Name of the new prototype").fill("Food network")
        page.keyboard.press("Tab")
        settle(page)
        page.get_by_role("button", name="Keep it and make the charts").click()
        page.wait_for_selector(".import-told", timeout=120_000)
        settle(page)
        assert "81 are loaded" in page.inner_text(".import-told")
        top = page.evaluate("() => document.querySelector('.import-told').getBoundingClientRect().top")
        assert 0 <= top < size[1], "what became of the file is told out of sight"
        assert page.evaluate(SIDEWAYS) == 0
        charts = address + "/" + str(page.locator(".import-told a").first.get_attribute("href"))
        before = rows_behind(page, charts)
        assert page.locator(".js-plotly-plot, .picture-card").count() >= 5
        counted = [row for row in before if row.split("\t")[1].strip().isdigit()]
        assert counted
        assert all("excel_food_network.xlsx" in row for row in counted)

        page.goto(f"{address}/data")
        settle(page)
        upload(page, FOOD)
        assert "people_helped" in page.inner_text(".import-said >> nth=0")
        page.get_by_role("button", name="Keep it and make the charts").click()
        page.wait_for_selector(".import-told", timeout=120_000)
        assert "Nothing was added" in page.inner_text(".import-told")
        assert rows_behind(page, charts) == before
        assert len(list((data / "inbox" / "test_logs").glob("*.xlsx"))) == 1
        assert errors == []
        assert page.locator("[data-testid=stException]").count() == 0
    finally:
        page.close()
