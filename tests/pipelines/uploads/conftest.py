"""A data folder with a made-up sample and an empty inbox, and a log to upload."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.sources.logs.mapping import ItemSpec, Mapping

FIRST = dt.date(2025, 1, 7)


def log_of(counts: Sequence[object], first: dt.date = FIRST) -> bytes:
    """A weekly log of guests."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Day", "Guests"])
    writer.writerows([(first + dt.timedelta(weeks=n)).isoformat(), count] for n, count in enumerate(counts))
    return text.getvalue().encode()


def mapping_of(home: str | None = None, prototype: str | None = None, heading: str = "Guests") -> Mapping:
    return Mapping(home, prototype, {"tested_on": ("Day",)}, {"guests": ItemSpec((heading,))})


@pytest.fixture
def data(tmp_path) -> Path:
    """`data/` as a new user has it: a sample of two places, and an inbox with nothing but its .gitkeep."""
    folder = tmp_path / "data"
    (folder / "sample" / "test_logs").mkdir(parents=True)
    (folder / "inbox").mkdir()
    (folder / "inbox" / ".gitkeep").touch()
    (folder / "sample" / "neighbourhoods.csv").write_text(
        "neighbourhood_id,name,display_order,population,wards,pcn_code\nheath,Heath,1,40000,,\nmill,Mill,2,39000,,\n",
        encoding="utf-8",
    )
    (folder / "sample" / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,theme,stage,started_on,planned_every\n"
        "heath_lunch,heath,Lunch,food,prototype,,week\nmill_lunch,mill,Lunch,food,prototype,,week\n",
        encoding="utf-8",
    )
    return folder


def files_in(data: Path) -> dict[str, bytes]:
    """What a reader sees in the inbox."""
    inbox = data / "inbox"
    paths = [path for path in inbox.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(inbox).as_posix(): path.read_bytes() for path in sorted(paths)}
