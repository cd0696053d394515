"""Names that hold tags, markdown, formulas or turned directions, on every page of the real server: plain text, nothing else.

The same pages are opened on a harmless twin of the same data: whatever element the hostile one has more was made of data.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.safe_csv import FORMULA
from tests.hostile_names import TRICKS, write_folder, write_workbook
from tests.test_browser import CHROMIUM, SIDEWAYS, SIZES, browser, open_page, serving, settle, upload

__all__ = ["browser"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]

#: Every page, and every choice that shows other words; the log's names are long, so that they must be broken.
PAGES = (
    "",
    "?view=projector",
    "neighbourhood?neighbourhood=one",
    "neighbourhood?neighbourhood=two",
    "prototype?neighbourhood=one",
    "prototype?neighbourhood=two",
    "cycle?cycle=one_1",
    "cycle?cycle=two_1",
    "plan?prototype=one_meal",
    "log_a_test?prototype=one_meal",
    "learning",
    "hypertension?neighbourhood=one",
    "healthy_life_expectancy",
    "measures",
    "measures?do=new&from=guests",
    "measures?do=sheet",
    "data",
    "method",
)

#: How many there are of what data could make: elements by name, handlers, words that a figure sets apart.
MADE = """(tags) => {
  const count = {}, add = (name) => { count[name] = (count[name] || 0) + 1 };
  const address = (one) => one.getAttribute('href') || one.getAttribute('xlink:href') || '';
  for (const one of document.querySelectorAll('[data-testid=stMain] *, [data-testid=stHeader] *')) {
    const tag = one.tagName.toLowerCase(), names = (one.className.baseVal ?? one.className) + (one.dataset.testid || '');
    if (tags.includes(tag)) add(tag);
    if (tag === 'a' && /example\\.org|javascript/.test(address(one))) add('link of data');
    if (tag === 'tspan' && /bold|italic/.test(one.getAttribute('style') || '')) add('styled tspan');
    if (/katex|stIconMaterial|stMarkdownColoredText/.test(names)) add('markdown');
    for (const name of one.getAttributeNames()) if (name.startsWith('on')) add(name);
  }
  return count }"""
TAGS = [
    *("a", "img", "script", "iframe", "object", "embed", "link", "base", "form", "font"),
    *(
        "b",
        "strong",
        "i",
        "em",
        "s",
        "del",
        "code",
        "pre",
        "hr",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ),
]

#: No part of the page is still to come.
DRAWN = (
    "() => !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]')"
)

#: What must never stand in the words of a page: characters that turn or ring.
UNSEEN = "\u202a\u202b\u202c\u202d\u202e\u200e\u200f\x07\x1b"


@pytest.fixture(scope="module")
def servers(tmp_path_factory) -> Iterator[dict[bool, str]]:
    """The addresses of two dashboards: on hostile data, and on its harmless twin."""
    home = tmp_path_factory.mktemp("names")
    with (
        serving(write_folder(home / "hostile", hostile=True), home / "hostile marts") as hostile,
        serving(write_folder(home / "plain", hostile=False), home / "plain marts") as plain,
    ):
        yield {True: hostile, False: plain}


def drawn(browser, address: str, size: tuple[int, int]):
    """Open a page, wait until nothing is to come, and note every dialog and error."""
    page, errors = open_page(browser, address, size)
    page.on("dialog", lambda dialog: (errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.wait_for_function(DRAWN, timeout=60_000)
    page.wait_for_timeout(300)
    return page, errors


def said(page) -> str:
    """Everything a page tells, also to those who do not see it: words, alternative texts, titles, hover texts."""
    return page.evaluate(
        """() => [document.title, document.body.innerText,
          ...[...document.querySelectorAll('*')].flatMap((one) => ['alt', 'title', 'aria-label', 'placeholder', 'value']
            .map((name) => one.getAttribute(name) || ''))].join('\\n')"""
    )


def check_is_plain(page, errors: list[str]) -> None:
    """No script ran, nothing asked, nothing failed, nothing unseen is in the words, nothing is wider than the page."""
    assert errors == []
    assert page.evaluate("() => window.hit") is None
    assert page.locator("[data-testid=stException]").count() == 0
    assert not [mark for mark in UNSEEN if mark in said(page)]
    assert page.evaluate(SIDEWAYS) == 0


def made(page) -> Counter[str]:
    return Counter(page.evaluate(MADE, TAGS))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_no_page_makes_an_element_out_of_a_name(browser, servers, path):
    counted = {}
    for hostile in (True, False):
        page, errors = drawn(browser, f"{servers[hostile]}/{path}", SIZES["projector"])
        try:
            check_is_plain(page, errors)
            counted[hostile] = made(page)
        finally:
            page.close()
    assert counted[True] == counted[False]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_no_name_works_or_is_wider_than_the_page_on_a_phone(browser, servers, path):
    page, errors = drawn(browser, f"{servers[True]}/{path}", SIZES["phone"])
    try:
        check_is_plain(page, errors)
        assert made(page)["link of data"] == 0
    finally:
        page.close()


@pytest.mark.parametrize(
    ("path", "tricks"),
    [
        ("", "script image icon tags bold"),
        ("neighbourhood?neighbourhood=one", "script image icon tags link sql plotly code"),
        ("neighbourhood?neighbourhood=two", "bold path"),
        ("cycle?cycle=one_1", "script link code image bold"),
        ("measures", "tags plotly script code link bold image icon"),
    ],
)
def test_what_was_written_is_shown_as_it_was_written(browser, servers, path, tricks):
    page, errors = drawn(browser, f"{servers[True]}/{path}", SIZES["projector"])
    try:
        words = " ".join(page.inner_text("body").split())
        assert not [name for name in tricks.split() if TRICKS[name] not in words]
        assert errors == []
    finally:
        page.close()


@pytest.mark.parametrize(
    "address",
    [
        "neighbourhood?neighbourhood=%3Cimg%20src%3Dx%20onerror%3D%22window.hit%3D5%22%3E",
        "?show=%E2%80%AEabc%3Cscript%3Ewindow.hit%3D6%3C%2Fscript%3E",
        "method?doc=..%2F..%2F..%2Fetc%2Fpasswd",
        "cycle?cycle='%3B%20DROP%20TABLE%20cycle%3B--",
        "measures?do=new&from=%3Ared%5Br%5D",
    ],
)
def test_a_link_with_a_hostile_choice_is_no_element_and_no_error(browser, servers, address):
    page, errors = drawn(browser, f"{servers[True]}/{address}", SIZES["projector"])
    try:
        check_is_plain(page, errors)
        assert "root:" not in page.inner_text("body")
    finally:
        page.close()


def test_the_wizard_shows_headings_and_sheets_as_they_are_written(browser, servers, tmp_path):
    counted = {}
    for hostile in (True, False):
        name = "food <img src=x onerror=hit> **b** `c`.xlsx" if hostile else "food image b c.xlsx"
        file = write_workbook(tmp_path / name, hostile)
        page, errors = drawn(browser, f"{servers[hostile]}/data", SIZES["projector"])
        try:
            upload(page, file)
            for folded in page.locator("[data-testid=stExpander] summary").all():
                folded.click()
            settle(page)
            page.wait_for_function(DRAWN, timeout=60_000)
            check_is_plain(page, errors)
            counted[hostile] = made(page)
            if hostile:
                words = " ".join(page.inner_text("body").split())
                assert not [
                    name for name in ("script", "image", "link", "bold", "tags") if TRICKS[name] not in words
                ]
        finally:
            page.close()
    assert counted[True] == counted[False]


def test_no_cell_of_a_file_that_is_taken_away_begins_as_a_formula(browser, servers):
    page, errors = drawn(browser, f"{servers[True]}/data", SIZES["projector"])
    try:
        assert "=one <img src=x onerror=hit=6> **b**" in " ".join(page.inner_text("body").split())
        buttons = page.locator("[data-testid=stDownloadButton] button").all()
        assert len(buttons) >= 2
        for button in buttons:
            with page.expect_download() as taken:
                button.click()
            text = Path(taken.value.path()).read_text(encoding="utf-8-sig")
            rows = list(csv.reader(io.StringIO(text, newline="")))
            assert len(rows) > 1
            assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
        assert errors == []
    finally:
        page.close()
