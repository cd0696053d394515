"""Log a test as a design group would: on a phone-sized screen, twelve times, with a line that is cut and a page reloaded."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.records import read_records, standing
from tests.test_browser import CHROMIUM, FLAGS, IDLE, SIDEWAYS, open_page, serving

PROJECT = Path(__file__).parents[1]
PHONE = (390, 844)
WHERE = "log_a_test?prototype=ashfield_barbers"
CONNECTED = "() => document.querySelector('[data-testid=stApp]').getAttribute('data-test-connection-state') === 'CONNECTED'"

#: A choice is kept once the server has answered it; a number at once.
KEPT_CHIP = "() => Object.values(localStorage).some(kept => kept.includes('Half-term'))"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The dashboard on a data folder of its own: its address and the folder."""
    home = tmp_path_factory.mktemp("house")
    for name in ("measures", "sample", "localities"):
        shutil.copytree(PROJECT / "data" / name, home / "data" / name)
    with serving(home / "data", home / "marts") as address:
        yield address, home / "data"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Line:
    """A line between browser and server that can be cut."""

    def __init__(self, to: str):
        self.is_on, self._ends = True, []
        self._to = ("127.0.0.1", int(to.rsplit(":", 1)[1]))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        self.is_on = False
        for end in self._ends:
            _shut(end)
        self._ends = []

    def close(self) -> None:
        self.cut()
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if not self.is_on:
                near.close()
                continue
            far = socket.create_connection(self._to)
            self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := one.recv(65536):
            other.sendall(chunk)
    for end in (one, other):
        _shut(end)


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@pytest.fixture
def line(house):
    made = Line(house[0])
    yield made
    made.close()


def number(page, item: str):
    return page.locator(f".log-row[data-item={item}] input")


def write(page, **counts: int) -> None:
    for item, count in counts.items():
        number(page, item).fill(str(count))


def save(page, name: str = "Ana") -> None:
    field = page.get_by_label("Your name or role")
    if field.count():
        field.fill(name)
    page.get_by_role("button", name="Save this test").click()
    page.wait_for_selector(".log-saved", timeout=60_000)
    page.wait_for_function(IDLE, timeout=60_000)


def sessions(data: Path):
    return [entry.body for entry in standing(read_records(data, data / "sample")).sessions]


def test_the_form_fits_a_phone_and_every_target_fits_a_thumb(browser, house):
    page, errors = open_page(browser, f"{house[0]}/{WHERE}", PHONE)
    try:
        assert errors == []
        assert page.evaluate(SIDEWAYS) == 0
        for step in page.locator(".log-row button:visible").all():
            assert {round(step.bounding_box()[side]) for side in ("width", "height")} == {60}
        button = page.locator(".st-key-log_save button").bounding_box()
        assert round(button["height"]) == 62
        assert button["y"] + button["height"] <= PHONE[1], "saving is always in reach"
        assert all(
            round(chip.bounding_box()["height"]) >= 46 for chip in page.locator("[data-variant=pills]").all()
        )
        assert page.locator(".log-check").bounding_box()["y"] < button["y"], "the answer is seen while typing"
    finally:
        page.close()


def test_on_a_laptop_it_is_the_same_column_in_the_middle(browser, house):
    page, _ = open_page(browser, f"{house[0]}/{WHERE}", (1280, 900))
    try:
        box = page.locator(".st-key-log_page").bounding_box()
        assert round(box["width"]) == 420
        assert abs(box["x"] + 210 - 640) < 12
    finally:
        page.close()


def test_steppers_begin_blank_and_blank_is_not_zero(browser, house):
    page, _ = open_page(browser, f"{house[0]}/{WHERE}", PHONE)
    try:
        asked = page.locator(".log-row[data-item=asked]")
        less, more = asked.get_by_role("button").first, asked.get_by_role("button").last
        seen = [number(page, "asked").input_value()]
        for button in (more, more, less, less, less, less):
            button.click()
            seen.append(number(page, "asked").input_value())
        assert seen == ["", "1", "2", "1", "0", "", "0"]
        number(page, "asked").fill("12,5x")
        number(page, "asked").blur()
        assert number(page, "asked").input_value() == "125", "people are whole: what is no digit is left out"
    finally:
        page.close()


def test_the_check_line_answers_and_a_contradiction_cannot_be_saved(browser, house):
    page, _ = open_page(browser, f"{house[0]}/{WHERE}", PHONE)
    try:
        write(page, asked=14, said_yes=16)
        page.get_by_text("Said yes: 16, but people asked: only 14. Mend one of them.").wait_for(
            timeout=20_000
        )
        page.wait_for_function(IDLE)
        assert page.locator(".st-key-log_save button").is_disabled()
        write(page, said_yes=14)
        page.get_by_text("Said yes: 14 of 14.").wait_for(timeout=20_000)
        page.wait_for_function(IDLE)
        assert page.locator(".st-key-log_save button").is_enabled()
    finally:
        page.close()


def test_twelve_sessions_are_logged_on_a_phone_and_each_is_kept_as_typed(browser, house):
    address, data = house
    before = len(sessions(data))
    page, errors = open_page(browser, f"{address}/{WHERE}", PHONE)
    try:
        for n in range(12):
            write(page, asked=30 + n, said_yes=10 + n)
            save(page)
            assert page.locator(".log-saved h2").inner_text().startswith("Saved ")
            page.get_by_role("button", name="Add another").click()
            page.wait_for_selector(".log-row")
            page.wait_for_function(IDLE)
            assert number(page, "asked").input_value() == ""
        assert errors == []
    finally:
        page.close()
    kept = sessions(data)[before:]
    assert [body.counts for body in kept] == [{"asked": 30 + n, "said_yes": 10 + n} for n in range(12)]
    assert {body.cycle_no for body in kept} == {"4"}


def test_a_line_cut_for_a_while_loses_nothing_and_the_page_says_so(browser, house, line):
    _, data = house
    before = len(sessions(data))
    page, _ = open_page(browser, f"{line.address}/{WHERE}", PHONE)
    try:
        write(page, asked=24)
        page.get_by_text("People asked: 24.").wait_for(timeout=20_000)
        line.cut()
        page.get_by_text("Not saved: no connection.").wait_for(timeout=20_000)
        write(page, said_yes=15)
        line.is_on = True
        page.wait_for_function(CONNECTED, timeout=90_000)
        page.get_by_text("Said yes: 15 of 24.").wait_for(timeout=30_000)
        save(page)
    finally:
        page.close()
    assert [body.counts for body in sessions(data)[before:]] == [{"asked": 24, "said_yes": 15}]


def test_a_page_loaded_again_finds_its_test_and_after_saving_that_it_was_saved(browser, house):
    address, data = house
    before = len(sessions(data))
    page, _ = open_page(browser, f"{address}/{WHERE}", PHONE)
    try:
        write(page, asked=21, said_yes=7)
        page.get_by_text("Said yes: 7 of 21.").wait_for(timeout=20_000)
        page.get_by_text("Half-term").click()
        page.wait_for_function(KEPT_CHIP, timeout=20_000)
        assert "21" not in page.url
        page.reload()
        page.get_by_text("Still here from").wait_for(timeout=60_000)
        page.wait_for_function(IDLE)
        assert (number(page, "asked").input_value(), number(page, "said_yes").input_value()) == ("21", "7")
        save(page)
        page.reload()
        page.wait_for_selector(".log-saved", timeout=60_000)
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("heading", name="Taken back").wait_for(timeout=60_000)
    finally:
        page.close()
    assert len(sessions(data)) == before
    last = [record.body for record in read_records(data, data / "sample")][-2]
    assert (last.counts, last.note) == ({"asked": 21, "said_yes": 7}, "Half-term")


def test_two_browsers_that_save_at_once_are_both_kept(browser, house):
    address, data = house
    before = len(sessions(data))
    pages = [open_page(browser, f"{address}/{WHERE}", PHONE)[0] for _ in range(2)]
    try:
        for n, page in enumerate(pages):
            write(page, asked=50 + n)
            page.get_by_label("Your name or role").fill(f"Person {n}")
        for page in pages:
            page.get_by_role("button", name="Save this test").click(no_wait_after=True)
        for page in pages:
            page.wait_for_selector(".log-saved", timeout=90_000)
    finally:
        for page in pages:
            page.close()
    assert sorted(body.counts["asked"] for body in sessions(data)[before:]) == [50, 51]
