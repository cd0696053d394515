"""As a steering group would: a whole meeting by keyboard, from what was agreed last time to a record; and a shared link."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.inputs import input_folder
from pipelines.records import read_records
from pipelines.records.kinds import Agreed, DissentNoted, FollowedUp, MeetingHeld
from pipelines.vocabulary import Became
from tests import test_browser
from tests.test_browser import CHROMIUM, FLAGS, PROJECT, SIDEWAYS, open_page, serving, settle

pytestmark = test_browser.pytestmark

ROOM, LAPTOP, PHONE = (1920, 1080), (1280, 720), (390, 844)
SIGNED = "Ana Bell, steering group"

#: Sizes of everything that is written on the screen, px, with the words.
SIZES = """() => [...document.querySelectorAll('body *')].filter((e) => {
    if (['STYLE', 'SCRIPT', 'NOSCRIPT', 'TITLE'].includes(e.tagName)) { return false; }
    const box = e.getBoundingClientRect();
    const isWritten = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    return isWritten && box.width > 1 && box.height > 1 && e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }).map((e) => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim().slice(0, 40)])"""

#: How far the slide is higher than the window, px.
TALLER = """() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollHeight - m.clientHeight; }"""


@pytest.fixture(scope="module")
def group(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The dashboard on a copy of the made-up data that a meeting may write to: its address and the folder."""
    data = tmp_path_factory.mktemp("steering") / "data"
    for name in ("measures", "sample", "localities"):
        shutil.copytree(PROJECT / "data" / name, data / name)
    with serving(data, tmp_path_factory.mktemp("marts")) as address:
        yield address, data


@pytest.fixture(scope="module")
def browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with closing(chromium):
            yield chromium


def tab_to(page, role: str, name: str) -> None:
    """Press Tab until the element of a role, whose name begins so, has the focus."""
    wanted = page.get_by_role(role, name=re.compile(f"^{name}"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.and_(page.locator(":focus")).count():
            return
    raise AssertionError(f"Tab never came to the {role} {name}")


def arrow(page, key: str, heading: str) -> None:
    """Press an arrow with nothing in focus, and wait for the slide it leads to."""
    page.keyboard.press(key)
    page.wait_for_selector(f".meeting-far:has-text('{heading}')", timeout=60_000)
    settle(page)


def bodies(data: Path, kind: type) -> list:
    records = read_records(data, input_folder(data))
    return [record.body for record in records if isinstance(record.body, kind)]


def test_a_whole_meeting_is_run_by_keyboard_and_becomes_a_record(browser, group):
    address, data = group
    before = {kind: len(bodies(data, kind)) for kind in (Agreed, DissentNoted, FollowedUp, MeetingHeld)}
    page, errors = open_page(browser, f"{address}/meeting", ROOM)
    with closing(page):
        begin(page)
        follow_up(page)
        many = int(re.search(r"(\d+) questions?", page.inner_text(".meeting-far"))[1])
        at = to_a_signal(page, many)
        question = page.inner_text("h1")
        answer(page)
        assert min(page.evaluate(SIZES))[0] >= 24, min(page.evaluate(SIZES))
        differ(page)
        arrow(page, "ArrowLeft", f"Question {at - 1} of {many}")
        arrow(page, "ArrowRight", f"Question {at} of {many}")
        assert "Recorded" in page.inner_text(".meeting-recorded")
        for later in range(at + 1, many + 1):
            arrow(page, "ArrowRight", f"Question {later} of {many}")
            assert page.evaluate(TALLER) <= 0
        arrow(page, "ArrowRight", "What we agreed")
        assert question in page.inner_text(".meeting-list")
        assert "One saw it differently." in page.inner_text(".meeting-list")
        end(page)
        page.keyboard.press("Escape")
        page.wait_for_url("**/changes**", timeout=60_000)
        assert errors == []

    agreed, meeting = bodies(data, Agreed)[-1], bodies(data, MeetingHeld)[-1]
    assert len(bodies(data, Agreed)) == before[Agreed] + 1
    assert (agreed.question, agreed.by_whom) == (question, "GP health lead")
    assert bodies(data, DissentNoted)[-1].text == "Two sites were closed."
    assert bodies(data, FollowedUp)[-1].became in list(Became)
    assert len(bodies(data, FollowedUp)) == before[FollowedUp] + 1
    assert len(bodies(data, MeetingHeld)) == before[MeetingHeld] + 2
    assert (meeting.minutes, meeting.text) == (47, "Next time in the library.")


def begin(page) -> None:
    tab_to(page, "textbox", "Your name or role")
    page.keyboard.type(SIGNED)
    tab_to(page, "button", "Begin the meeting")
    page.keyboard.press("Enter")
    page.wait_for_url("**meeting=steering-**", timeout=120_000)
    settle(page)


def to_a_signal(page, many: int) -> int:
    """Go on to the second question or a later one that asks about a signal, and return its number."""
    for at in range(1, many + 1):
        arrow(page, "ArrowRight", f"Question {at} of {many}")
        if at > 1 and page.get_by_role("radio", name="Find the cause").count():
            return at
    raise AssertionError("no question is about a signal")


def follow_up(page) -> None:
    """Say of the one thing that nobody has spoken of yet what became of it."""
    nothing_told = page.locator("[role=radiogroup]:not(:has([aria-checked=true]))").first
    nothing_told.locator("[role=radio]").first.focus()
    page.keyboard.press("Space")
    settle(page)
    tab_to(page, "button", "Record what became of it")
    page.keyboard.press("Enter")
    page.wait_for_selector(".saved", timeout=120_000)
    settle(page)
    page.evaluate("document.activeElement.blur()")


def answer(page) -> None:
    """Choose by arrow and Space, write who, and record by Enter; no arrow pressed in a field leaves the slide."""
    slide = page.inner_text(".meeting-far").partition("·")[0]
    tab_to(page, "radio", "Keep going")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    settle(page)
    assert page.get_by_role("radio", name="Find the cause").get_attribute("aria-checked") == "true"
    tab_to(page, "textbox", "Who")
    page.keyboard.type("GP health lead")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert page.inner_text(".meeting-far").startswith(slide)
    tab_to(page, "button", "Record")
    page.keyboard.press("Enter")
    page.wait_for_selector(".meeting-recorded", timeout=120_000)
    settle(page)
    assert "Find the cause: GP health lead." in page.inner_text(".meeting-recorded")
    page.evaluate("document.activeElement.blur()")


def differ(page) -> None:
    """Note another reading; Esc would close the note and not the meeting."""
    tab_to(page, "button", "Seen differently")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-testid=stPopoverBody]")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-testid=stPopoverBody]", state="hidden")
    assert "/meeting" in page.url
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-testid=stPopoverBody] textarea")
    page.locator("[data-testid=stPopoverBody] textarea").focus()
    page.keyboard.type("Two sites were closed.")
    tab_to(page, "button", "Note it")
    page.keyboard.press("Enter")
    page.wait_for_selector(".meeting-dissents:has-text('Two sites were closed.')", timeout=120_000)
    settle(page)
    page.evaluate("document.activeElement.blur()")


def end(page) -> None:
    tab_to(page, "textbox", "What else was said")
    page.keyboard.type("Next time in the library.")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("47")
    tab_to(page, "button", "End the meeting")
    page.keyboard.press("Enter")
    page.wait_for_selector(".meeting-recorded:has-text('47 minutes')", timeout=120_000)
    settle(page)
    page.evaluate("document.activeElement.blur()")


@pytest.mark.parametrize("size", [ROOM, LAPTOP, PHONE])
def test_a_shared_link_opens_on_the_question_it_names_and_nothing_but_the_slide(browser, group, size):
    address, _ = group
    page, errors = open_page(browser, f"{address}/meeting", size)
    with closing(page):
        for _ in range(2):
            before = page.inner_text("h1")
            page.keyboard.press("ArrowRight")
            page.wait_for_function("before => document.querySelector('h1')?.innerText !== before", arg=before)
            settle(page)
        shared, heading = page.url, page.inner_text("h1")
    page, errors = open_page(browser, shared, size)
    with closing(page):
        assert page.inner_text("h1") == heading
        assert "Question 2 of" in page.inner_text(".meeting-far")
        assert re.search(r"\d+ minutes? left", page.inner_text(".meeting-timer"))
        assert page.locator(".js-plotly-plot").count() == 1
        assert not page.locator("[data-testid=stHeader]").is_visible()
        assert page.evaluate(SIDEWAYS) == 0
        assert size == PHONE or page.evaluate(TALLER) <= 0
        if size == ROOM:
            assert min(page.evaluate(SIZES))[0] >= 24, min(page.evaluate(SIZES))
        assert errors == []
