"""When a page is drawn, as the browser itself says: the last change of the page, and the second frame after it.

The clock starts at the press of the button or link as the browser was told of it, or at the beginning of a load. The page
is drawn when the script has ended, nothing is stale, every picture is there, and nothing has changed for a while since;
what counts is the frame after the last change, and not the end of that while.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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
    "--disable-extensions",
]
DESK = {"width": 1920, "height": 1080}

#: Milliseconds without a change after which a page is taken for finished.
QUIET = 500

#: Stands in every page before its own scripts: notes the last press and the last frame that showed a change.
WATCH = """
window.drawn = { pressed: 0, shown: 0, changed: 0 };
addEventListener('pointerdown', event => { drawn.pressed = event.timeStamp; drawn.shown = 0; }, true);
const later = () => { drawn.changed = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => { drawn.shown = performance.now(); })); };
const start = () => new MutationObserver(changes => {
  if (changes.some(one => (one.target.closest ?? one.target.parentElement?.closest)?.call(
      one.target.closest ? one.target : one.target.parentElement, '[data-testid=stMain]'))) { later(); } })
  .observe(document, { subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ['d', 'transform', 'src', 'href', 'style', 'viewBox', 'points', 'x', 'y', 'width', 'height'] });
start();
"""

FINISHED = """([quiet, wanted]) => {
  const app = document.querySelector('[data-testid=stApp]'), main = document.querySelector('[data-testid=stMain]');
  return app && main && app.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-stale=true]') && (!wanted || document.querySelector(wanted))
    && [...main.querySelectorAll('img')].every(image => image.complete)
    && drawn.shown > 0 && drawn.shown >= drawn.changed && performance.now() - drawn.changed > quiet;
}"""


@contextmanager
def chromium() -> Iterator[Any]:
    """Start headless Chromium.

    Raises
    ------
    ImportError, FileNotFoundError
        Where playwright or chromium is not on this machine.
    """
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        raise FileNotFoundError("There is no chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def new_page(browser: Any) -> Any:
    """Open a window of its own, with nothing kept from another, that notes when it is drawn."""
    page = browser.new_context(viewport=DESK, reduced_motion="reduce").new_page()
    page.add_init_script(WATCH)
    page.set_default_timeout(60_000)
    return page


def wait_until_drawn(page: Any, wanted: str = "") -> None:
    """Wait until the page is drawn and holds what the selector `wanted` names."""
    page.wait_for_function(FINISHED, arg=[QUIET, wanted], polling=50)


def seconds_since_press(page: Any, wanted: str = "") -> float:
    """Return the seconds from the last press to the frame that showed the last change."""
    wait_until_drawn(page, wanted)
    return float(page.evaluate("(drawn.shown - drawn.pressed) / 1000"))


def seconds_since_load(page: Any, wanted: str = "") -> float:
    """Return the seconds from the beginning of the load to the frame that showed the last change."""
    wait_until_drawn(page, wanted)
    return float(page.evaluate("drawn.shown / 1000"))
