"""Small published files for the tests, and a way to read them without a data folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.sources.origin import read_origin
from pipelines.sources.publication import Asked
from pipelines.sources.publication_text import open_publication
from pipelines.sources.published import Found, read_published

#: A QOF achievement file of one practice; its shape only, no real one could be had.
ACHIEVEMENT_HEADING = "PRACTICE_CODE,INDICATOR_CODE,MEASURE,VALUE\n"
ACHIEVEMENT_LINES = (
    "F82001,HYP008,NUMERATOR,300\nF82001,HYP008,DENOMINATOR,400\nF82001,HYP008,PCAS,100\n"
    "F82001,HYP008,ACHIEVED_POINTS,13.5\nF82001,HYP001,REGISTER,620\n"
)


def table(*rows: Mapping[str, Any]) -> str:
    """Return a CSV of rows that all have the columns of the first."""
    names = list(rows[0])
    lines = [",".join(names), *(",".join(str(row.get(name, "")) for name in names) for row in rows)]
    return "\n".join(lines) + "\n"


def read(
    content: str | bytes,
    name: str = "localities/file.csv",
    beside: Mapping[str, Any] | None = None,
    asked: Asked | None = None,
) -> Found:
    """Read one published file."""
    encoded = content.encode() if isinstance(content, str) else content
    origin = read_origin(json.dumps(beside).encode() if beside else None)
    return read_published(open_publication(encoded, name, origin), asked or Asked())


def counts(found: Found) -> tuple[int, int, int, int]:
    """Return lines read, loaded, refused and furniture."""
    load = found.publication.close()
    return load.lines_read, load.lines_loaded, load.lines_refused, load.lines_furniture


def told(found: Found) -> Sequence[tuple[int | None, str | None, str]]:
    """Return line, column and effect of each fault."""
    return [(fault.line, fault.column, str(fault.effect)) for fault in found.publication.faults]


def reasons(found: Found) -> str:
    """Return the reasons of all faults, one a line."""
    return "\n".join(fault.reason for fault in found.publication.faults)
