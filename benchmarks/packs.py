"""How long the pack for the minutes takes: nine measures in every neighbourhood, all parts, beside reading the same mart."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.served import data_folders
from benchmarks.tables import table
from dashboard.exports.contents import gather
from dashboard.exports.pack import make_pack
from dashboard.store import Store
from pipelines.mart import current
from pipelines.vocabulary import Audience

#: What was promised for six neighbourhoods by nine measures, seconds.
PROMISED = 15.0

MEASURES = 9


def report() -> str:
    """Measure; return the table as Markdown."""
    with data_folders() as folders:
        rows = [[name, *_row(folder / "marts")] for name, folder in folders.items()]
    heads = ["data", "charts", "floor: ask the mart, s", "the pack, s", "ratio"]
    promised = f"Promised for 6 neighbourhoods by {MEASURES} measures: {PROMISED:.0f} s."
    return f"{table(heads, rows, numbers=(1, 2, 3, 4))}\n\n{promised}\n"


def _row(marts: Path) -> list[str]:
    """Return the charts of a pack, and the seconds it takes in a process that has made none before."""
    store = Store(current(marts / Audience.SHARED))
    try:
        measures = measures_of_all(store)
        began = time.perf_counter()
        gather(store, None, measures)
        floor = time.perf_counter() - began
        began = time.perf_counter()
        made = make_pack(store, None, measures)
        took = time.perf_counter() - began
    finally:
        store.close()
    drawn = made.facts["charts_drawn"]
    assert isinstance(drawn, list)
    return [str(len(drawn)), f"{floor:.2f}", f"{took:.1f}", f"{took / floor:.0f}"]


def measures_of_all(store: Store) -> list[str]:
    """Return the nine measures that are charted in most places."""
    counted = store.summaries()["measure_id"].value_counts(sort=True)
    return [str(measure) for measure in counted.index[:MEASURES]]
