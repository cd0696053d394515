"""How golden_chain.jsonl was made, once. Made again, it must not differ."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

from pipelines.records.chain import EMPTY, Head, link, record_of
from pipelines.records.text import write_text
from tests.pipelines.records.entered import NOON, ONE_OF_EACH


def golden() -> list:
    """One record of each kind, an hour after another, ids counted up."""
    head, records = EMPTY, []
    for n, body in enumerate(ONE_OF_EACH.values()):
        row = link(
            head, body, "Zoë, design group", NOON + dt.timedelta(hours=n), record_id=str(uuid.UUID(int=n + 1))
        )
        head = Head(row.number, row.hash)
        records.append(record_of(row))
    return records


if __name__ == "__main__":
    write_text(golden(), Path(__file__).with_name("golden_chain.jsonl"))
