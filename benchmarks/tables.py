"""Figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median


def number(value: float) -> str:
    """Write a figure with three digits that count, and no more decimals than say something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values: list[float]) -> list[str]:
    """Return least, median and largest."""
    return [number(min(values)), number(median(values)), number(max(values))]


def table(head: list[str], rows: list[list[str]], numbers: Iterable[int] = ()) -> str:
    """Return a Markdown table; the columns in `numbers` stand right."""
    right = set(numbers)
    marks = ["---:" if at in right else "---" for at in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, marks, *rows])
