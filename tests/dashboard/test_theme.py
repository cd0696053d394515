"""Colours: the tokens of the design, readable on every ground, and never the only way to tell."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from dashboard.theme import COLOUR_NAMES, LIGHT, SYMBOL, SYMBOL_SIZE, THEMES
from pipelines.vocabulary import PointType, Rule, Variation

TEXT = ("text", "muted", "data", "improvement", "concern", "neutral", "prediction", "cycle_text", "target")
GROUNDS = (
    "page", "surface", "range_fill", "cycle_a", "cycle_b", "improvement_soft", "concern_soft", "neutral_soft",
    "prediction_soft",
)  # fmt: skip
LINES = ("data_line", "centre", "range_edge", "line_strong", "cycle_edge")

TOKENS = Path(__file__).parents[3] / "shared" / "design" / "tokens.json"
CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2, 0 for black to 1 for white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_text_colour_is_readable_on_every_ground(theme):
    colours = theme.colours()
    low = {
        (text, ground): round(contrast(colours[text], colours[ground]), 2)
        for text, ground in product(TEXT, GROUNDS)
        if contrast(colours[text], colours[ground]) < 4.5
    }
    assert not low


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_letters_inside_icons_and_words_on_buttons_are_readable(theme):
    for state in ("improvement", "concern", "neutral", "prediction"):
        assert contrast(theme.on_colour, getattr(theme, state)) >= 4.5
    assert contrast(theme.on_action, theme.action) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_lines_stand_out_from_the_page(theme):
    for line in LINES:
        assert contrast(getattr(theme, line), theme.page) >= 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_links_and_buttons_are_ink_and_never_the_colour_of_a_signal(theme):
    assert theme.action == theme.text
    assert theme.action not in (theme.improvement, theme.concern, theme.neutral)


@pytest.mark.parametrize("name", THEMES)
def test_the_colours_are_the_design_s(name):
    if not TOKENS.is_file():
        pytest.skip("the design tokens are not beside the project")
    assert THEMES[name].colours() == json.loads(TOKENS.read_text(encoding="utf-8"))["colour"][name]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_streamlit_s_own_widgets_wear_the_same_colours(name):
    import tomllib

    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][name]
    theme = THEMES[name]
    assert config == {
        "primaryColor": theme.action, "backgroundColor": theme.page, "secondaryBackgroundColor": theme.surface,
        "textColor": theme.text, "linkColor": theme.text, "borderColor": theme.line_strong,
    }  # fmt: skip


def test_every_point_type_and_variation_has_a_colour_and_every_rule_a_shape():
    assert {LIGHT.of_point(point) for point in PointType} == {
        LIGHT.data,
        LIGHT.improvement,
        LIGHT.concern,
        LIGHT.neutral,
    }
    assert all(LIGHT.of_variation(state).startswith("#") for state in Variation)
    assert set(SYMBOL) == {None, *Rule}
    assert set(SYMBOL.values()) <= set(SYMBOL_SIZE)


def test_css_variables_name_every_colour():
    css = LIGHT.css_variables()
    assert "--range-fill:#E4E8EC" in css
    assert css.count("--") == len(COLOUR_NAMES)
