"""Where a number comes from, in words: file, sheet and lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard.components.plain_text import file_name, shown
from dashboard.components.wording import missing, rows_of

#: Runs of lines named one by one; of more, the first and last line and how many there are.
MOST_RUNS = 4


def lines_words(lines: Sequence[int], n_lines: int | None = None) -> str:
    """Return lines as a person would name them: ``line 5``, ``lines 5, 9-12``, ``lines 5 to 900 (310 lines)``.

    Parameters
    ----------
    lines
        Line numbers in order; the last of them is the last of all.
    n_lines
        How many there are, where `lines` is only some of them.
    """
    many = n_lines or len(lines)
    if not lines:
        return ""
    if many == 1:
        return f"line {lines[0]}"
    runs = _runs(lines)
    if len(runs) > MOST_RUNS or many > len(lines):
        return f"lines {lines[0]:,} to {lines[-1]:,} ({many:,} lines)"
    return "lines " + ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)


def _runs(lines: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs


def place_words(file: object, sheet: object = None) -> str:
    """Return a file and its sheet: ``food.xlsx, Apr - June``."""
    parts = [file_name(file), "" if missing(sheet) else shown(sheet, 40)]
    return ", ".join(part for part in parts if part)


def sources_by_point(rows: pd.DataFrame) -> dict[str, dict[int, str]]:
    """Return where each point comes from: words by position, by series_id.

    Parameters
    ----------
    rows
        As `Store.point_sources` gives them: a row a point, file and sheet.
    """
    told: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of(rows):
        lines = lines_words([int(line) for line in row["lines"]], int(row["n_lines"]))
        told[str(row["series_id"])][int(row["position"])].append(
            _joined((place_words(row["file"], row["sheet"]), lines))
        )
    return {series: {at: "; ".join(parts) for at, parts in points.items()} for series, points in told.items()}


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
