"""What is known of a published file beside its own lines: who gives it, since when, and when it was fetched.

Three places say so: a JSON of the same name (the release file of the ONS service, or one written by hand), the record
that `pipelines.fetch` keeps, and, where both are silent, the reader's own word for its publisher.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from typing import Any

from pipelines.sources.written.dates import read_date

#: Ending of the record that a fetch keeps beside a file.
FETCHED = ".fetched.json"


@dataclass(frozen=True, slots=True)
class Origin:
    """Source and dates of a file; `told` is what a hand-written JSON says besides (indicator_id, period ...)."""

    source: str | None = None
    released_on: dt.date | None = None
    retrieved_on: dt.date | None = None
    address: str | None = None
    told: dict[str, str] = field(default_factory=dict)
    written: bytes = b""


def read_origin(beside: bytes | None, fetched: bytes | None = None) -> Origin:
    """Read what lies beside a file; what cannot be read says nothing.

    Parameters
    ----------
    beside
        The JSON of the same name, where there is one.
    fetched
        The record of the fetch, where there was one.
    """
    about, record = _object(beside), _object(fetched)
    shared = _dictionary(_dictionary(about.get("ess-beta-metadata")).get("shared"))
    told = {
        key: str(value)
        for key, value in about.items()
        if isinstance(value, (str, int)) and key.isidentifier()
    }
    return Origin(
        source=_text(shared.get("sourceOrg")) or told.get("source"),
        released_on=_day(shared.get("sourceDate"))
        or _day(told.get("released_on"))
        or _day(record.get("released_on")),
        retrieved_on=_day(str(record.get("fetched_at", ""))[:10]),
        address=_text(record.get("address")),
        told=told,
        written=(beside or b"") + (fetched or b""),
    )


def _object(content: bytes | None) -> dict[str, Any]:
    try:
        return _dictionary(json.loads(content)) if content else {}
    except (ValueError, RecursionError):
        return {}


def _dictionary(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _day(value: Any) -> dt.date | None:
    text = value if isinstance(value, str) and re.fullmatch(r"[\d/-]{8,10}", value) else ""
    return read_date(text).day if text else None
