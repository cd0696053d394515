"""What an upload would show: read, observed and charted by the build's own functions; nothing is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.measures import Measure
from pipelines.sources.tables import Load, RowFault

if TYPE_CHECKING:
    from pipelines.sources.mapping import Mapping


@dataclass(frozen=True)
class PreviewChart:
    """One chart of a preview: rows as in chart_point, the row of chart_summary, and its measure."""

    measure: Measure
    points: pd.DataFrame
    summary: dict[str, Any]


@dataclass(frozen=True)
class Preview:
    """What would be loaded, refused and shown.

    `loads` has one entry a sheet and reconciles: read = loaded + refused + furniture. `faults` are every refused
    line, missing cell and note; no personal data in them. `charts` are those of the file alone.
    """

    loads: tuple[Load, ...]
    faults: tuple[RowFault, ...]
    guesses: tuple[Any, ...]
    charts: tuple[PreviewChart, ...]


def preview(
    content: bytes,
    name: str,
    mapping: Mapping,
    measures: Sequence[Measure],
    folder: Path,
    today: dt.date | None = None,
) -> Preview:
    """Read a file with a mapping and chart it, publishing nothing; an unknown prototype is made up for the preview."""
    raise NotImplementedError
