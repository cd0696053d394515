"""Which column of a sheet a mapping means: headings compared without regard to case, spaces and end marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.sources.cells.headings import plain
from pipelines.sources.logs.mapping.types import Mapping


def fit(mapping: Mapping, headings: Sequence[str]) -> float:
    """Return which share (0 to 1) of what a mapping asks for a sheet has, to match the next upload of a form."""
    at = heading_places(headings)
    wanted = [*mapping.columns.values(), *(spec.headings for spec in mapping.items.values())]
    found = sum(find_place(group, at) is not None for group in wanted)
    return found / len(wanted) if wanted else 0.0


def find_places(mapping: Mapping, headings: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return where the columns and where the items of a mapping stand on a sheet; those it lacks are left out."""
    at = heading_places(headings)
    columns = {
        key: place for key, group in mapping.columns.items() if (place := find_place(group, at)) is not None
    }
    items = {
        name: place
        for name, spec in mapping.items.items()
        if (place := find_place(spec.headings, at)) is not None
        and (spec.where is None or find_place(spec.where[:1], at) is not None)
    }
    return columns, items


def find_place(group: Sequence[str], at: dict[str, int]) -> int | None:
    """Return where the first of several headings stands that a sheet has; None where it has none."""
    for heading in group:
        for name in (plain(heading), word(heading)):
            if name in at:
                return at[name]
    return None


def heading_places(headings: Sequence[str]) -> dict[str, int]:
    """Return where each heading stands; the second of two alike is also known as ``<heading>#2``."""
    at: dict[str, int] = {}
    times: dict[str, int] = {}
    for n, heading in enumerate(headings):
        name = plain(heading)
        if not name:
            continue
        times[name] = times.get(name, 0) + 1
        at.setdefault(name, n)
        at[f"{name}#{times[name]}"] = n
    for n, heading in enumerate(headings):
        if word(heading):
            at.setdefault(word(heading), n)
    return at


def word(heading: str) -> str:
    """Return a heading as the word of a column: small letters, one underscore between words."""
    return re.sub(r"\W+", "_", heading.strip().lower()).strip("_")
