"""The icons at the right of a chart with their words: what is happening now, and where it stands to the target."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboard.components import icons
from dashboard.components.wording import missing
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import ASSURANCE_WORDS, VARIATION_WORDS, Theme
from pipelines.vocabulary import POINTS_FOR_ICON, Assurance, Variation, WhyNoLimits

#: Why a chart carries no variation icon, by why it has no limits.
NO_ICON: dict[str, str] = {
    WhyNoLimits.RUN_CHART: "run chart: a median, no usual range",
    WhyNoLimits.ROLLING: "each figure shares data with the one before",
    WhyNoLimits.ROUNDED: "rounding hides the variation",
    WhyNoLimits.REDEFINED: "the definition changed",
    WhyNoLimits.SPARSE: "the counts are too small",
    WhyNoLimits.NO_DATA: "nothing counted yet",
}


def states_html(summary: Mapping[str, Any], style: NumberStyle, theme: Theme) -> str:
    """Return the icons and words of one chart, from its row of chart_summary."""
    parts = [_variation(summary, theme)]
    if summary["assurance"] != Assurance.EMPTY:
        parts.append(_assurance(summary, style, theme))
    return f'<div class="states">{"".join(parts)}</div>'


def _variation(summary: Mapping[str, Any], theme: Theme) -> str:
    state, count = Variation(summary["variation"]), int(summary["n_points"])
    if summary["is_hidden"]:
        return _entry("", "Held back", "small numbers could point to a person")
    if state == Variation.TOO_FEW:
        below = f"{count} of {POINTS_FOR_ICON}" if count < POINTS_FOR_ICON else "not settled yet"
        return _entry(icons.too_few(count, theme), VARIATION_WORDS[state], below)
    if state == Variation.NONE:
        why = str(summary["why_no_limits"])
        return _entry("", "No icon", NO_ICON.get(why, "points inside the baseline raise none"))
    short = str(summary["sentence_short"]).rstrip(".")
    words = VARIATION_WORDS[state].split(",")[0]
    return _entry(
        icons.variation(state, theme, alt=""),
        words,
        "no signal" if state == Variation.COMMON_CAUSE else short,
    )


def _assurance(summary: Mapping[str, Any], style: NumberStyle, theme: Theme) -> str:
    state = Assurance(summary["assurance"])
    target = "" if missing(summary["target"]) else f"target {style.text(float(summary['target']))}"
    return _entry(icons.assurance(state, theme, alt=""), ASSURANCE_WORDS[state], target)


def _entry(icon: str, heading: str, below: str) -> str:
    tail = f"<span>{escape(below)}</span>" if below else ""
    return f'<div class="state">{icon}<p><b>{escape(heading)}</b>{tail}</p></div>'
