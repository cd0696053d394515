"""Icons as `<img>` with words, since Streamlit drops inline SVG and every icon needs its state in plain text."""

from __future__ import annotations

import base64
import math
import re
from functools import cache
from html import escape
from pathlib import Path

from dashboard.theme import ASSURANCE_WORDS, VARIATION_WORDS, Theme
from pipelines.vocabulary import POINTS_FOR_ICON, Assurance, Variation

FOLDER = Path(__file__).parent.parent / "assets" / "icons"

#: Title and description say nothing inside an `<img>`, whose words are its alt.
SILENT = re.compile(r"<(title|desc)\b.*?</\1>|\s(role|aria-labelledby)=\"[^\"]*\"")


def data_uri(svg: str) -> str:
    """Return an SVG picture as an address that may stand in `<img src>`."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def image(svg: str, alt: str, css: str) -> str:
    """Return an `<img>` of an SVG picture; an empty `alt` marks one whose words stand beside it."""
    return f'<img class="{css}" alt="{escape(alt)}" src="{data_uri(svg)}">'


@cache
def icon_svg(name: str, theme_name: str) -> str:
    """Return the SVG of an icon, e.g. ``improvement_high``, in a theme."""
    return SILENT.sub("", (FOLDER / theme_name / f"{name}.svg").read_text(encoding="utf-8"))


def variation(state: str, theme: Theme, css: str = "icon", alt: str | None = None) -> str:
    """Return the variation icon as HTML, or nothing where the chart carries none."""
    if state == Variation.NONE:
        return ""
    words = VARIATION_WORDS[Variation(state)] if alt is None else alt
    return image(icon_svg(state, theme.name), words, css)


def assurance(state: str, theme: Theme, css: str = "icon", alt: str | None = None) -> str:
    """Return the assurance icon as HTML."""
    words = ASSURANCE_WORDS[Assurance(state)] if alt is None else alt
    return image(icon_svg(state, theme.name), words, css)


def too_few(points: int, theme: Theme, css: str = "icon") -> str:
    """Return a ring filled `points` of 13 round three dots; alt is empty, as the words stand beside it."""
    part = min(points / POINTS_FOR_ICON, 0.999)
    angle = 2 * math.pi * part
    x, y = 24 + 20 * math.sin(angle), 24 - 20 * math.cos(angle)
    arc = f"M24 4A20 20 0 {int(part > 0.5)} 1 {x:.2f} {y:.2f}" if points else ""
    dots = "".join(f'<circle cx="{at}" cy="24" r="3.2" fill="{theme.muted}"/>' for at in (14, 24, 34))
    return image(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<circle cx="24" cy="24" r="20" fill="none" stroke="{theme.line}" stroke-width="3"/>'
        f'<path d="{arc}" fill="none" stroke="{theme.muted}" stroke-width="4"/>{dots}</svg>',
        "",
        css,
    )
