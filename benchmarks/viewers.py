"""Fifty people look at the dashboard at once: how long each waits, whether anything fails, what the server holds.

A viewer here is a connection that speaks as a browser does: it opens pages and chooses filters by their addresses, reads
all that the server sends, and then thinks. What a browser draws is not in these times (`pages.py` has it); that nothing is
kept between pages, as a browser would, makes them longer. Viewers and server share one machine.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.served import Server, data_folders, serving
from benchmarks.tables import table
from dashboard.store import Store
from pipelines.mart import current
from pipelines.vocabulary import Audience

VIEWERS, THINK, RAMP, STEADY = 50, 5.0, 30.0, 60.0

#: Seconds after which an answer is a failure.
PATIENCE = 30.0

#: What was promised: seconds that 19 of 20 wait less than, and megabytes of memory.
PROMISED_P95, PROMISED_MB = 1.0, 600.0

#: Longest message that is read, bytes.
LONGEST = 50_000_000

Address = tuple[str, dict[str, str]]


@dataclass
class Heard:
    """What the viewers found: seconds of each page asked for, when it was asked for, and what failed."""

    waits: list[tuple[float, str, float]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def addresses(marts: Path) -> dict[str, list[Address]]:
    """Return what viewers open: the Overview by theme and domain, every prototype's charts, Learning."""
    store = Store(current(marts / Audience.SHARED))
    try:
        themes = [str(theme) for theme in store.themes()["theme"].unique()]
        prototypes = store.prototypes()
    finally:
        store.close()
    walls = [{}, *({"theme": theme} for theme in themes), {"domain": "reach"}, {"domain": "impact"}]
    charts = [
        {"neighbourhood": str(place), "prototype": str(name)}
        for place, name in zip(prototypes["neighbourhood_id"], prototypes["prototype_id"], strict=True)
    ]
    return {
        "Overview, by filter": [("", wall) for wall in walls],
        "charts of a prototype": [("neighbourhood", chart) for chart in charts],
        "Learning": [("learning", {})],
    }


#: Of ten pages: how often each kind is opened.
OFTEN = {"Overview, by filter": 5, "charts of a prototype": 4, "Learning": 1}


async def ask(line: ClientConnection, where: Address) -> str:
    """Open an address and read until the page is complete; return what went wrong, or an empty text."""
    page, choices = where
    question = BackMsg()
    question.rerun_script.page_name = page
    question.rerun_script.query_string = urlencode(choices)
    await line.send(question.SerializeToString())
    wrong = ""
    async for answer in line:
        told = ForwardMsg.FromString(answer)
        kind = told.WhichOneof("type")
        if kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
            wrong = f"{page}: {told.delta.new_element.exception.message[:80]}"
        if kind == "page_not_found":
            wrong = f"{page} is not found"
        if kind == "script_finished":
            return wrong
    return f"{page}: the line was cut"


async def first(server: str, where: Address) -> None:
    """Open one page and leave."""
    async with line_to(server) as line:
        await ask(line, where)


def line_to(server: str) -> connect:
    """Return the connection that a browser makes."""
    address = f"{server.replace('http', 'ws')}/_stcore/stream"
    return connect(address, subprotocols=[Subprotocol("streamlit")], max_size=LONGEST, origin=Origin(server))


async def viewer(
    number: int, server: str, known: dict[str, list[Address]], until: float, heard: Heard
) -> None:
    """Come in some time of the ramp, then open pages and think until the time is over."""
    chance = random.Random(number)
    await asyncio.sleep(RAMP * number / VIEWERS)
    kinds, weights = list(OFTEN), list(OFTEN.values())
    try:
        async with line_to(server) as line:
            while time.monotonic() < until:
                kind = chance.choices(kinds, weights)[0]
                asked = time.monotonic()
                wrong = await asyncio.wait_for(ask(line, chance.choice(known[kind])), PATIENCE)
                heard.waits.append((asked, kind, time.monotonic() - asked))
                heard.failures += [wrong] if wrong else []
                await asyncio.sleep(chance.uniform(0.5, 1.5) * THINK)
    except (OSError, TimeoutError) as error:
        heard.failures.append(f"{type(error).__name__} {error}")


async def look(server: str, known: dict[str, list[Address]]) -> tuple[Heard, float]:
    """Let all viewers look; return what they found, and the moment when the last one had come in.

    Somebody has looked before them: what a server imports at the first page of a kind is not counted.
    """
    for kind in known:
        await asyncio.wait_for(first(server, known[kind][0]), PATIENCE)
    heard, start = Heard(), time.monotonic()
    until = start + RAMP + STEADY
    await asyncio.gather(*(viewer(n, server, known, until, heard) for n in range(VIEWERS)))
    return heard, start + RAMP


def report() -> str:
    """Measure; return the tables as Markdown."""
    rows: list[list[str]] = []
    with data_folders() as folders:
        for name, folder in folders.items():
            with serving(folder) as server:
                heard, all_in = asyncio.run(look(server.address, addresses(folder / "marts")))
                rows += [[name, *row] for row in told(heard, all_in, server)]
    heads = ["data", "50 viewers", "median, s", "19 of 20 within, s", "pages"]
    promised = f"Promised: 19 of 20 within {PROMISED_P95:.0f} s, no failure, {PROMISED_MB:.0f} MB at most."
    return f"{table(heads, rows, numbers=(2, 3, 4))}\n\n{promised}\n"


def told(heard: Heard, all_in: float, server: Server) -> list[list[str]]:
    """Return rows for the time while people came in and since, for each kind of page, and of failures and memory."""
    before = [seconds for asked, _, seconds in heard.waits if asked < all_in]
    since = [(kind, seconds) for asked, kind, seconds in heard.waits if asked >= all_in]
    rows = [_row("while they come in", before), _row("all have come", [seconds for _, seconds in since])]
    rows += [_row(f"of these: {kind}", [s for k, s in since if k == kind]) for kind in OFTEN]
    kinds = "; ".join(sorted(set(heard.failures)))
    rows.append([f"failures{': ' if kinds else ''}{kinds}", "", "", str(len(heard.failures))])
    rows.append(
        ["memory of the server, MB (now, at most)", *(f"{server.megabytes(of):.0f}" for of in MEMORY), ""]
    )
    return rows


MEMORY = ("VmRSS", "VmHWM")


def _row(what: str, seconds: Sequence[float]) -> list[str]:
    if len(seconds) < 2:
        return [what, "", "", str(len(seconds))]
    within = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    return [what, f"{statistics.median(seconds):.2f}", f"{within:.2f}", str(len(seconds))]
