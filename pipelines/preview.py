"""What an upload would show: read, observed and charted by the build's own functions; nothing is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.charts import SeriesChart
from pipelines.measures import Measure
from pipelines.sources.tables import Load, RowFault

if TYPE_CHECKING:
    from pipelines.sources.mapping import Mapping


@dataclass(frozen=True)
class Preview:
    """What would be loaded, refused and shown.

    Attributes
    ----------
    loads
        One entry a sheet, each reconciling: read = loaded + refused + furniture.
    faults
        Every refused line, missing cell and note; no personal data in them.
    guesses
        What was decided while reading (order of dates, shares), each with its evidence.
    charts
        Those of the file alone, in the measures' order; a measure without a point has none.
    measures
        By id, those of the charts.
    notes
        Sentences about the preview as a whole.
    """

    loads: tuple[Load, ...]
    faults: tuple[RowFault, ...]
    guesses: tuple[Any, ...]
    charts: tuple[SeriesChart, ...]
    measures: dict[str, Measure]
    notes: tuple[str, ...]


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
