"""Every state has an icon in every theme, with words, and nothing in it but shapes."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET

import pytest

from dashboard.components import icons
from dashboard.theme import THEMES
from pipelines.vocabulary import Assurance, Variation


def picture(html: str) -> str:
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    assert found
    return base64.b64decode(found[1]).decode()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_variation_has_a_picture_and_words(theme):
    for state in Variation:
        html = icons.variation(state, theme)
        if state == Variation.NONE:
            assert html == "", "a chart without limits carries no icon"
            continue
        ET.fromstring(picture(html))
        assert re.search(r'alt="[A-Z][a-z ,]+"', html)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_assurance_has_a_picture_and_words(theme):
    for state in Assurance:
        assert ET.fromstring(picture(icons.assurance(state, theme))).tag.endswith("svg")


def test_signals_differ_in_shape_and_not_in_colour_alone():
    shapes = {
        re.sub(r"#[0-9A-F]{6}", "", icons.icon_svg(state, "light")) for state in Variation if state != "none"
    }
    assert len(shapes) == len(Variation) - 1


def test_icons_hold_no_text_since_page_fonts_do_not_reach_into_them():
    for state in Variation:
        if state != Variation.NONE:
            assert not re.search(r"<(text|title|desc)\b", icons.icon_svg(state, "dark"))


@pytest.mark.parametrize("points", [0, 1, 6, 7, 12, 13, 40])
def test_the_too_few_ring_is_filled_by_the_share_of_thirteen(points):
    svg = picture(icons.too_few(points, THEMES["light"]))
    ET.fromstring(svg)
    arc = re.search(r"M24 4A20 20 0 (\d) 1", svg)
    assert (arc is None) == (points == 0)
    if arc:
        assert arc[1] == str(int(points > 6.5)), "more than half a ring takes the long way round"


def test_words_in_alt_cannot_break_out():
    assert 'alt="a &quot;b&quot; &lt;c&gt;"' in icons.image("<svg/>", 'a "b" <c>', "icon")
