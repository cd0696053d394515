"""Traces as plain dictionaries: the drawing library checks them once, where the figure is made of them."""

from __future__ import annotations

from typing import Any

#: One trace of a figure, by the drawing library's own names.
Trace = dict[str, Any]


def scatter(**more: Any) -> Trace:
    """Return a trace of points or lines."""
    return {"type": "scatter", **more}


def quiet(**more: Any) -> Trace:
    """Return a trace that answers no pointer and stands in no legend."""
    return scatter(hoverinfo="skip", showlegend=False, cliponaxis=False, **more)
