"""Colours, sizes and marks of the screens, in three themes: light, dark, projector.

Improvement, concern and neutral are spent on signals only: links, buttons and selection are ink. Every text
colour stands at 4.5 : 1 or more on every ground it is used on (tests/dashboard/test_theme.py).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

from pipelines.vocabulary import Assurance, PointType, Rule, Variation


@dataclass(frozen=True)
class Theme:
    """Every colour of one theme, as ``#RRGGBB``; the names are those of the design tokens."""

    name: str
    page: str
    surface: str
    line: str
    line_strong: str
    text: str
    muted: str
    data: str
    data_line: str
    range_fill: str
    range_edge: str
    centre: str
    improvement: str
    improvement_soft: str
    concern: str
    concern_soft: str
    neutral: str
    neutral_soft: str
    cycle_a: str
    cycle_b: str
    cycle_edge: str
    cycle_text: str
    prediction: str
    prediction_soft: str
    target: str
    action: str
    on_action: str
    on_colour: str
    focus: str

    def colours(self) -> dict[str, str]:
        """Return the colours by token name."""
        return {name: value for name, value in asdict(self).items() if name != "name"}

    def css_variables(self) -> str:
        """Return the colours as CSS custom properties, e.g. ``--range-fill:#E4E8EC``."""
        return ";".join(f"--{name.replace('_', '-')}:{value}" for name, value in self.colours().items())

    def of_point(self, point_type: str) -> str:
        """Return the colour of a point: ink unless it is a signal."""
        return str(getattr(self, POINT_COLOUR[PointType(point_type)]))

    def of_variation(self, variation: str) -> str:
        """Return the colour of a variation icon."""
        return str(getattr(self, VARIATION_COLOUR[Variation(variation)]))


POINT_COLOUR = {
    PointType.COMMON_CAUSE: "data",
    PointType.IMPROVEMENT: "improvement",
    PointType.CONCERN: "concern",
    PointType.SPECIAL_HIGH: "neutral",
    PointType.SPECIAL_LOW: "neutral",
}

VARIATION_COLOUR = {
    Variation.IMPROVEMENT_HIGH: "improvement",
    Variation.IMPROVEMENT_LOW: "improvement",
    Variation.CONCERN_HIGH: "concern",
    Variation.CONCERN_LOW: "concern",
    Variation.NEUTRAL_HIGH: "neutral",
    Variation.NEUTRAL_LOW: "neutral",
    Variation.COMMON_CAUSE: "centre",
    Variation.TOO_FEW: "muted",
    Variation.NONE: "muted",
}

#: The state in words: alt text of the icon, and the words beside it on a desk page.
VARIATION_WORDS = {
    Variation.IMPROVEMENT_HIGH: "Improvement, high",
    Variation.IMPROVEMENT_LOW: "Improvement, low",
    Variation.CONCERN_HIGH: "Concern, high",
    Variation.CONCERN_LOW: "Concern, low",
    Variation.NEUTRAL_HIGH: "Change, high",
    Variation.NEUTRAL_LOW: "Change, low",
    Variation.COMMON_CAUSE: "Usual variation",
    Variation.TOO_FEW: "Too few points",
    Variation.NONE: "No icon on this chart",
}

ASSURANCE_WORDS = {
    Assurance.PASS: "Will meet the target",
    Assurance.FAIL: "Will miss the target",
    Assurance.HIT_OR_MISS: "May or may not meet the target",
    Assurance.EMPTY: "No target",
}

#: The plotly symbol of a point by the rule that wins; trend takes the side of its direction.
SYMBOL = {
    None: "circle",
    Rule.BEYOND_LIMITS: "diamond",
    Rule.TREND: "triangle-up",
    Rule.TWO_OF_THREE: "square",
    Rule.SHIFT: "circle-open",
    Rule.LONG_RUN: "circle-open",
    Rule.FEW_CROSSINGS: "circle",
    Rule.MANY_CROSSINGS: "circle",
    Rule.FOUR_OF_FIVE: "circle",
    Rule.MEAN_OF_DO: "circle",
}

#: Marker diameters in px by symbol.
SYMBOL_SIZE = {
    "circle": 7,
    "diamond": 14,
    "triangle-up": 13,
    "triangle-down": 13,
    "square": 10,
    "circle-open": 9,
}
OPEN_SYMBOL_LINE = 2.6

FONT = '"Source Sans", "Source Sans 3", "Segoe UI", Arial, sans-serif'


@dataclass(frozen=True)
class ChartSize:
    """How large a chart is drawn: lines, marks, words and the room around the plot.

    Attributes
    ----------
    data_line, centre, range_edge, target, prediction_edge, flag_line, cap
        Widths of lines, px.
    marks
        What the diameters of SYMBOL_SIZE are multiplied by.
    label, last_value, hover
        Sizes of words, px: labels of lines and axes, the latest value, the hover box.
    plot_height, plot_width
        Of the plot itself, px; the width that it has most often, by which is judged what words fit.
    left, right
        Margins, px: for the labels of values, and of lines.
    above, above_with_words, below, months_below
        Margins, px, without and with something written there.
    months
        Most labels on the time axis.
    has_labels
        Whether the words at the right and in the corners are part of the figure; a phone has them above it.
    is_alone
        Whether it stands alone, so that it carries what stacked charts have in a ribbon: the names of cycles.
    """

    data_line: float
    centre: float
    range_edge: float
    target: float
    prediction_edge: float
    flag_line: float
    cap: float
    marks: float
    label: float
    last_value: float
    hover: float
    plot_height: int
    plot_width: int
    left: int
    right: int
    above: int
    above_with_words: int
    below: int
    months_below: int
    months: int
    has_labels: bool = True
    is_alone: bool = False


#: On a desk, one chart under another.
DESK = ChartSize(
    data_line=1.6, centre=1.3, range_edge=1, target=1.6, prediction_edge=2.2, flag_line=0.8, cap=4, marks=1,
    label=13, last_value=16, hover=14, plot_height=132, plot_width=790, left=46, right=118,
    above=10, above_with_words=22, below=12, months_below=30, months=12,
)  # fmt: skip

#: On a desk beside something else, in a column of half the page or a little more.
COLUMN = replace(DESK, plot_width=480, months=8)

#: On a phone: the same marks, fewer months, and the labels of lines stand above the plot.
PHONE = replace(DESK, plot_width=300, right=14, months=5, has_labels=False)

#: One chart alone on a screen of 1920 x 1080 that is read from four metres away; no word is below 24 px.
MEETING = ChartSize(
    data_line=3, centre=2.4, range_edge=1, target=3, prediction_edge=4.2, flag_line=1.6, cap=6, marks=1.9,
    label=25, last_value=36, hover=24, plot_height=520, plot_width=1420, left=80, right=330,
    above=14, above_with_words=42, below=16, months_below=52, months=8, is_alone=True,
)  # fmt: skip


def size_for(narrow: bool, wide: ChartSize = DESK) -> ChartSize:
    """Return the size of a page's charts: a phone's where the window is narrow, else `wide`."""
    return PHONE if narrow else wide


RANGE_OPACITY, RANGE_OPACITY_PROVISIONAL, HATCH_OPACITY, FLAG_OPACITY = 0.85, 0.45, 0.5, 0.55
TARGET_DASH, PROVISIONAL_DASH, OLD_LIMITS_DASH, PREDICTION_DASH = "9px,5px", "4px,4px", "1.5px,4px", "2px,3px"

LIGHT = Theme(
    name="light",
    page="#FFFFFF",
    surface="#F5F4F0",
    line="#DAD8D1",
    line_strong="#77756E",
    text="#15202B",
    muted="#525D68",
    data="#36424E",
    data_line="#78838E",
    range_fill="#E4E8EC",
    range_edge="#84909B",
    centre="#66727D",
    improvement="#1464B4",
    improvement_soft="#E0EDF9",
    concern="#AF3F06",
    concern_soft="#FDEADD",
    neutral="#4A1285",
    neutral_soft="#EFE8F6",
    cycle_a="#F3EEDF",
    cycle_b="#FAF8F0",
    cycle_edge="#97884F",
    cycle_text="#5F5328",
    prediction="#115F45",
    prediction_soft="#D8EBE2",
    target="#15202B",
    action="#15202B",
    on_action="#FFFFFF",
    on_colour="#FFFFFF",
    focus="#FFBF1F",
)

DARK = Theme(
    name="dark",
    page="#12181E",
    surface="#1B232B",
    line="#35404B",
    line_strong="#8793A0",
    text="#EEF1F4",
    muted="#B0BAC4",
    data="#D5DCE3",
    data_line="#8F9BA7",
    range_fill="#2A343E",
    range_edge="#5F6C79",
    centre="#A3AEB9",
    improvement="#6CB8F2",
    improvement_soft="#17364F",
    concern="#FF9A5C",
    concern_soft="#4C2814",
    neutral="#CB8CBC",
    neutral_soft="#3F2438",
    cycle_a="#2A271B",
    cycle_b="#1D1D19",
    cycle_edge="#8A7D50",
    cycle_text="#E0D3A4",
    prediction="#98EBB4",
    prediction_soft="#16382A",
    target="#EEF1F4",
    action="#EEF1F4",
    on_action="#12181E",
    on_colour="#12181E",
    focus="#FFD257",
)

PROJECTOR = Theme(
    name="projector",
    page="#FFFFFF",
    surface="#F1F1EE",
    line="#A9A9A4",
    line_strong="#4A4A46",
    text="#000000",
    muted="#333A41",
    data="#1A1F24",
    data_line="#55606A",
    range_fill="#D3D9DF",
    range_edge="#6B7883",
    centre="#3B444C",
    improvement="#0055A4",
    improvement_soft="#CFE3F6",
    concern="#A83400",
    concern_soft="#FBDAC6",
    neutral="#3C0A6B",
    neutral_soft="#E6DAF0",
    cycle_a="#EBE2C6",
    cycle_b="#F8F4E6",
    cycle_edge="#8F7F4A",
    cycle_text="#3F3510",
    prediction="#0E4A32",
    prediction_soft="#C6E2D4",
    target="#000000",
    action="#000000",
    on_action="#FFFFFF",
    on_colour="#FFFFFF",
    focus="#FFBF1F",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, PROJECTOR)}

COLOUR_NAMES = tuple(field.name for field in fields(Theme) if field.name != "name")
