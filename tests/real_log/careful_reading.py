"""What was read, held against the readings that a careful person would accept."""

from __future__ import annotations

import pytest


def weeks(mart, measure: str) -> dict[str, tuple]:
    """Return for each week its value, numerator, denominator, and whether it is a gap."""
    rows = mart.execute(
        "SELECT period_start, value, numerator, denominator, is_gap FROM observation WHERE measure_id = $m",
        {"m": measure},
    ).fetchall()
    return {str(start): tuple(rest) for start, *rest in rows}


def accepts(reading: dict, value: float | None, numerator: float | None, denominator: float | None) -> bool:
    """Whether a week is as one acceptable reading has it; of an interval anything inside."""
    if reading.get("gap"):
        return value is None
    if value is None:
        return False
    is_inside = _is_inside(reading, "numerator", numerator) and _is_inside(
        reading, "denominator", denominator
    )
    return is_inside and value == pytest.approx(numerator / (denominator or 1))


def _is_inside(reading: dict, name: str, found: float | None) -> bool:
    """Whether a figure is the reading's, or lies anywhere in its interval."""
    if f"{name}_low" in reading:
        return found is not None and reading[f"{name}_low"] <= found <= reading[f"{name}_high"]
    return found == reading.get(name)
