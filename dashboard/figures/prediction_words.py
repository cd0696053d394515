"""The words of the cycle's picture: what each of its three rows says, and where the words keep clear of the marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.figures.plain import figure_text
from dashboard.theme import Theme

#: Words stand beside their marks where this share of the width is free there, else above them.
ROOM = 0.34

#: Longest second line that still fits behind the first on a phone, in letters.
SHORT = 34

NO_PREDICTION = "No prediction was sealed. This cycle cannot be scored."

Figures = Mapping[str, float | None]


@dataclass(frozen=True)
class RowWords:
    """The words of one row: its name and value, the line below them, and the values at which its marks stand."""

    name: str
    value: str
    below: str
    marks: list[float]


def row_words(
    row: Figures, during: Sequence[float], result: Mapping[str, Any], style: NumberStyle
) -> tuple[RowWords, RowWords, RowWords]:
    """Return the words of the rows before, predicted and happened.

    Parameters
    ----------
    row
        The figures of the picture, None where missing.
    during
        Values drawn as small rings.
    result
        The row of cycle_result, for the counts behind a share.
    style
        How the measure's values are written.
    """
    before = _held(row, "before_lower", "before_upper", "before")
    predicted = _held(row, "predicted_low", "predicted_high", "predicted_value")
    return (
        RowWords("Before", style.value_text(row["before"]) or "not known", _usual(row, style), before),
        RowWords(
            "We predicted", *_guess(row, style), [*predicted, *_held(row, "observed")] if predicted else []
        ),
        RowWords(
            "What happened",
            style.value_text(row["observed"]) or "not yet known",
            _counted(during, result, style),
            [*_held(row, "observed"), *during],
        ),
    )


def note(
    words: RowWords, level: float, top: float, axis: ValueAxis, colour: str, theme: Theme, *, narrow: bool
) -> dict[str, Any]:
    """Return the annotation of one row: right of its marks, left of them, or above them, wherever there is room."""
    head = f'<b><span style="color:{colour}">{figure_text(words.name)}</span></b>: {figure_text(words.value)}'
    tail = f'<span style="font-size:14px;color:{theme.muted}">{figure_text(words.below)}</span>'
    common = {"showarrow": False, "font": {"size": 16, "color": theme.text}, "yref": "y"}
    ends = [(mark - axis.low) / (axis.high - axis.low) for mark in words.marks] or [0.0]
    beside = f"{head}<br>{tail}"
    if not words.marks and not narrow:
        return common | _at(0.0, "paper", "left", 0) | {"text": beside, "y": level, "yanchor": "middle"}
    if not narrow and 1 - max(ends) >= ROOM:
        return (
            common
            | _at(max(words.marks), "x", "left", 18)
            | {"text": beside, "y": level, "yanchor": "middle"}
        )
    if not narrow and min(ends) >= ROOM:
        return (
            common
            | _at(min(words.marks), "x", "right", -18)
            | {"text": beside, "y": level, "yanchor": "middle"}
        )
    text = beside if narrow and len(words.below) > SHORT else f"{head}  {tail}"
    place = _at(0.0, "paper", "left", -12 if narrow else 0)
    return common | place | {"text": text, "y": top, "yanchor": "bottom", "bgcolor": theme.page}


def span(low: float, high: float, style: NumberStyle) -> str:
    """Return `50 to 66%`, clipped to what can happen."""
    return f"{style.text(style.clip(low)).removesuffix('%')} to {style.text(style.clip(high))}"


def number(value: Any) -> float | None:
    """Return a cell as a float, None where it holds nothing."""
    return None if value is None or pd.isna(value) else float(value)


def _at(x: float, ref: str, anchor: str, shift: int) -> dict[str, Any]:
    return {"x": x, "xref": ref, "xanchor": anchor, "xshift": shift, "align": anchor}


def _held(row: Figures, *names: str) -> list[float]:
    return [value for name in names if (value := row[name]) is not None]


def _usual(row: Figures, style: NumberStyle) -> str:
    ends = _held(row, "before_lower", "before_upper")
    return f"usual range {span(ends[0], ends[1], style)}" if len(ends) == 2 else "no usual range yet"


def _guess(row: Figures, style: NumberStyle) -> tuple[str, str]:
    ends = _held(row, "predicted_low", "predicted_high")
    if len(ends) < 2:
        return "nothing", NO_PREDICTION
    promised = span(ends[0], ends[1], style)
    return style.value_text(row["predicted_value"]) or promised, f"8 in 10 sure of {promised}"


def _counted(during: Sequence[float], result: Mapping[str, Any], style: NumberStyle) -> str:
    above, below = number(result.get("observed_numerator")), number(result.get("observed_denominator"))
    rings = f"small rings: the {len(during)} points" if len(during) > 1 else ""
    counted = (
        f"{above:,.0f} of {below:,.0f}" if style.is_share and above is not None and below is not None else ""
    )
    told = "; ".join(words for words in (counted, rings) if words)
    return told or (
        "one point" if during or number(result.get("observed")) is not None else "nothing counted yet"
    )
