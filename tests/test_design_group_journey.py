"""As a design group would: plan a cycle, see when they will know, seal, log twelve tests on a phone, review, decide, go on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import test_browser
from tests.test_browser import CHROMIUM, FLAGS, IDLE, SIDEWAYS, choose, open_page, serving, settle

pytestmark = test_browser.pytestmark

DESK, PHONE = (1280, 900), (390, 844)
SIGNED = "Ashfield design group"

#: Of forty asked each week; no trend, no two neighbours alike.
YES_BEFORE = (17, 21, 18, 20, 16, 22, 19, 17, 21, 18, 20, 16, 22, 19, 18, 21, 17, 20, 19, 18, 22, 16, 20, 18)
#: Asked and said yes at each of twelve tests during the cycle: three in four.
DURING = (
    (20, 15),
    (21, 17),
    (18, 13),
    (24, 18),
    (22, 17),
    (19, 14),
    (25, 18),
    (23, 18),
    (17, 13),
    (26, 19),
    (16, 12),
    (27, 20),
)
ASKED, SAID_YES = (sum(numbers) for numbers in zip(*DURING, strict=True))


def today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


@pytest.fixture(scope="module")
def group(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A group of its own: half a year of weekly tests in a spreadsheet, one cycle adapted; the address and the folder."""
    data = tmp_path_factory.mktemp("group") / "data"
    write_group(data / "inbox")
    with serving(data, tmp_path_factory.mktemp("marts")) as address:
        yield address, data


def write_group(inbox: Path) -> None:
    first = today() - dt.timedelta(weeks=len(YES_BEFORE))
    days = [first + dt.timedelta(weeks=week) for week in range(len(YES_BEFORE))]
    (inbox / "test_logs").mkdir(parents=True)
    (inbox / "measures").mkdir()
    (inbox / "neighbourhoods.csv").write_text(
        "neighbourhood_id,name,display_order,population,wards,pcn_code\nashfield,Ashfield,1,40000,Abbey,\n"
    )
    (inbox / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,theme,stage,started_on,planned_every\n"
        f"barber,ashfield,Checks at the barber,hypertension,prototype,{first},week\n"
    )
    (inbox / "cycles.csv").write_text(
        "cycle_id,prototype_id,cycle_no,question,primary_measure,predicted_value,predicted_low,predicted_high,"
        "predicted_for,do_start,do_end,decision,decided_on,learning\n"
        f"barber_1,barber,1,Does a poster help?,said_yes,0.5,0.45,0.6,{days[23]},{days[16]},{days[23]},adapt,"
        f"{days[23]},A poster is not a word.\n"
    )
    (inbox / "measures/said_yes.toml").write_text(
        'id = "said_yes"\nname = "Men who said yes"\nshort_name = "Said yes"\ndomain = "quality"\n'
        'kind = "proportion"\nnumerator = "said_yes"\ndenominator = "asked"\ncounts = "people"\nunit = "% of men asked"\n'
        'period = "session"\nbetter = "up"\ndisclosive = false\nprototypes = ["*"]\nwhy = "w"\nsource = "s"\n'
    )
    lines = ["neighbourhood_id,prototype_id,tested_on,place,place_type,asked,said_yes"]
    lines += [
        f"ashfield,barber,{day},Fade,barber,40,{yes}" for day, yes in zip(days, YES_BEFORE, strict=True)
    ]
    (inbox / "test_logs/ashfield.csv").write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def fill(page, label: str, words: str) -> None:
    """Fill a field by its label and leave it."""
    field = page.get_by_label(label, exact=True).locator("visible=true").first
    field.fill(words)
    page.keyboard.press("Tab")
    settle(page)


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()
    settle(page)


def follow(page, address: str, name: str) -> None:
    """Follow a link by its words."""
    to = page.get_by_role("link", name=name, exact=True).first.get_attribute("href")
    page.goto(f"{address}/{to}")
    page.wait_for_function(IDLE, timeout=60_000)
    settle(page)


def type_day(page, label: str, day: dt.date) -> None:
    """Type a day into the three parts of a date field."""
    field = page.get_by_role("group", name=re.compile(label)).first
    parts = field.get_by_role("spinbutton")
    for part, digits in zip(parts.all(), (f"{day:%d}", f"{day:%m}", f"{day:%Y}"), strict=False):
        part.click()
        page.keyboard.type(digits)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    settle(page)


def plan(page, question: str, start: dt.date) -> None:
    """Answer every step but the signature."""
    fill(page, "The question", question)
    fill(page, "What will you do differently?", "The barber asks while the man waits.")
    choose(page, "The measure it is judged on", "said yes")
    type_day(page, "Test from", start)
    page.get_by_text("It goes up", exact=True).click()
    settle(page)
    fill(page, "We expect, per cent", "70")
    fill(page, "8 in 10 sure: from", "60")
    fill(page, "to", "80")


def log_tests(browser, address: str, cycle: str) -> None:
    """Log twelve tests on a phone, each by typing two numbers and tapping once."""
    page, errors = open_page(browser, f"{address}/log_a_test?prototype=barber&cycle={cycle}", PHONE)
    try:
        for n, (asked, yes) in enumerate(DURING):
            page.locator("#log_number_asked").fill(str(asked))
            page.locator("#log_number_said_yes").fill(str(yes))
            page.keyboard.press("Tab")
            page.wait_for_selector(f".log-check:has-text('{yes} of {asked}')", timeout=60_000)
            settle(page)
            if n == 0:
                fill(page, "Your name or role, as it will be printed", SIGNED)
            press(page, "Save this test")
            page.wait_for_selector("text=/Saved \\d\\d:\\d\\d/", timeout=60_000)
            assert "could not be made" not in page.inner_text("body")
            assert page.evaluate(SIDEWAYS) == 0
            press(page, "Add another")
            page.wait_for_function(
                "() => document.querySelector('#log_number_asked')?.value === ''", timeout=60_000
            )
        assert errors == []
    finally:
        page.close()


def test_a_group_plans_seals_tests_reviews_decides_and_goes_on(browser, group):
    address, _ = group
    page, errors = open_page(browser, f"{address}/cycle?cycle=barber_1", DESK)
    try:
        follow(page, address, "Plan the next cycle")
        plan(page, "If the barber asks, will more men say yes?", today())
        said = page.inner_text(".plan-when")
        assert "could show a rise from 4" in said
        assert "The change you predict needs about" in said

        press(page, "Seal it")
        assert "Write your name or role" in page.inner_text("body")
        fill(page, "Your name or role, as it will be printed", SIGNED)
        press(page, "Seal it")
        page.wait_for_selector(".sealing", timeout=60_000)
        sealed = page.inner_text(".sealing")
        assert re.search(rf"by {SIGNED}\. Seal [0-9a-f]{{8}}", sealed)

        log_tests(browser, address, "barber_2")

        follow(page, address, "Open cycle 2")
        told = page.inner_text("[data-testid=stMain]")
        assert "If the barber asks, will more men say yes?" in page.inner_text("h1")
        assert "Improved" in page.inner_text(".verdict h2")
        counted = re.search(r"\((\d+ of \d+, \d+ points?)\)", told)
        assert counted is not None
        assert counted[1] == f"{SAID_YES} of {ASKED}, 12 points"
        assert re.search(r"The prediction held|holds so far|not due yet", told)
        assert page.locator(".st-key-cycle_triptych .js-plotly-plot").count() >= 1

        fill(page, "What surprised us?", "Men brought a friend.")
        fill(page, "Your name or role, as it will be printed", SIGNED)
        press(page, "Keep what we learned")
        page.wait_for_selector(".learned:has-text('Men brought a friend.')", timeout=60_000)

        page.locator("[data-testid=stRadioOption]", has_text="Adapt").click()
        settle(page)
        press(page, "Record decision")
        assert "Write one sentence: why adapt?" in page.inner_text("body")
        fill(page, "Because", "It works; now let two barbers ask.")
        press(page, "Record decision")
        page.wait_for_selector(f".recorded:has-text('Adapted by {SIGNED}')", timeout=60_000)
        assert f"Adapted by {SIGNED}" in page.inner_text(".recorded >> nth=0")
        assert "Because: It works; now let two barbers ask." in page.inner_text("[data-testid=stMain]")

        follow(page, address, "Plan the next cycle")
        plan(page, "If two barbers ask, will more men say yes?", today() + dt.timedelta(days=7))
        fill(page, "Your name or role, as it will be printed", SIGNED)
        press(page, "Seal it")
        page.wait_for_selector(".sealing", timeout=60_000)
        page.goto(f"{address}/cycle?cycle=barber_2")
        settle(page)
        follow(page, address, "Open cycle 3")
        assert "If two barbers ask" in page.inner_text("h1")
        assert "Not begun." in page.inner_text(".stand")
        assert errors == []
        assert page.locator("[data-testid=stException]").count() == 0
    finally:
        page.close()
