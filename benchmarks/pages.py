"""What a person at a screen waits for: a filter, another page, a chart, the first load; until the page is drawn.

What a server made once for an address it keeps for everybody, so pages of charts are opened twice.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.drawn import chromium, new_page, seconds_since_load, seconds_since_press, wait_until_drawn
from benchmarks.served import data_folders, serving
from benchmarks.tables import table

#: Times of each kind; the median and the slowest are told.
TIMES = 12

#: What was promised, seconds (median).
PROMISED = {
    "Overview, another theme": 0.4,
    "another page": 0.4,
    "a chart page, nobody opened it before": 0.6,
    "a chart page, opened before": 0.6,
    "first load, a new browser": 1.5,
}

WALL, CHART = "table.wall", "[class*=st-key-card_] .js-plotly-plot"


def report() -> str:
    """Measure; return the table as Markdown."""
    rows: list[list[str]] = []
    try:
        with data_folders() as folders, chromium() as browser:
            for name, folder in folders.items():
                rows += [[name, *row] for row in _rows(browser, folder)]
    except (ImportError, FileNotFoundError) as error:
        return f"Pages are not measured: {error}\n"
    heads = ["data", "what is waited for", "median, s", "slowest, s", "promised, s"]
    return table(heads, rows, numbers=(2, 3, 4)) + "\n"


def _rows(browser: Any, folder: Path) -> Iterator[list[str]]:
    with serving(folder) as server:
        asked: dict[str, Callable[[], list[float]]] = {
            "Overview, another theme": lambda: filters(browser, server.address),
            "another page": lambda: switches(browser, server.address),
            "a chart page, nobody opened it before": lambda: charts(browser, server.address),
            "a chart page, opened before": lambda: charts(browser, server.address),
            "first load, a new browser": lambda: loads(browser, server.address),
        }
        loads(browser, server.address, 1)  # not counted: what a server imports the first time
        for what, measure in asked.items():
            times = measure()
            yield [what, f"{statistics.median(times):.2f}", f"{max(times):.2f}", f"{PROMISED[what]:.1f}"]
        yield [
            "memory of the server, MB",
            f"{server.megabytes():.0f}",
            f"{server.megabytes('VmHWM'):.0f}",
            "",
        ]


def loads(browser: Any, address: str, times: int = TIMES) -> list[float]:
    """Open the Overview in a browser that has nothing kept."""
    found = []
    for _ in range(times):
        page = new_page(browser)
        page.goto(address)
        found.append(seconds_since_load(page, WALL))
        page.context.close()
    return found


def filters(browser: Any, address: str) -> list[float]:
    """Choose one theme after the other on the Overview, and all of them again."""
    page = _opened(browser, f"{address}/", WALL)
    found = []
    for n in range(TIMES):
        box = page.get_by_role("combobox", name="Theme")
        box.click()
        options = page.get_by_role("option")
        options.nth((n + 1) % options.count()).click()
        found.append(seconds_since_press(page, WALL))
    page.context.close()
    return found


def switches(browser: Any, address: str) -> list[float]:
    """Go from the Overview to Learning and back."""
    page = _opened(browser, f"{address}/", WALL)
    found = []
    for n in range(TIMES):
        page.get_by_role("link", name="Overview" if n % 2 else "Learning", exact=True).first.click()
        found.append(seconds_since_press(page, WALL if n % 2 else ".learning, h1"))
    page.context.close()
    return found


def charts(browser: Any, address: str) -> list[float]:
    """Open one cell of the wall after the other: a page of charts each."""
    page = _opened(browser, f"{address}/", WALL)
    found = []
    for n in range(TIMES):
        cells = page.locator("table.wall td a")
        cells.nth(n * 5 % cells.count()).click()
        found.append(seconds_since_press(page, CHART))
        page.get_by_role("link", name="Overview", exact=True).first.click()
        wait_until_drawn(page, WALL)
    page.context.close()
    return found


def _opened(browser: Any, address: str, wanted: str) -> Any:
    page = new_page(browser)
    page.goto(address)
    wait_until_drawn(page, wanted)
    return page
