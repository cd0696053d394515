"""The palette for everybody's eyes: colours of signals stay apart under simulated colour blindness, and read in grey.

The simulation is Machado, Oliveira and Fernandes (2009, A Physiologically-based Model for Simulation of Color Vision
Deficiency, IEEE TVCG 15:1291), severity 1.0, applied to linear sRGB; the distance is CIEDE2000 (Sharma, Wu and Dalal 2005,
Color Research and Application 30:21), held here against pairs of that paper's own table 1.
"""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from dashboard.theme import SYMBOL, THEMES
from pipelines.vocabulary import Rule

#: Rows give red, green, blue of what is seen, columns what is shown; table 1 of Machado 2009, severity 1.0.
EYES = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

#: Pairs that stand side by side on a chart and mean something else.
APART = (
    ("improvement", "concern"), ("improvement", "data"), ("concern", "data"), ("improvement", "neutral"),
    ("concern", "prediction"),
)  # fmt: skip

#: CIEDE2000 from which two colours are told apart at a glance (design, section 2).
AT_A_GLANCE = 10

#: The design's own figures, worked out apart from this code: normal, deuteranopia, protanopia, tritanopia.
DESIGN = {
    ("light", "improvement", "concern"): (47, 55, 51, 62),
    ("light", "improvement", "data"): (18, 20, 22, 19),
    ("light", "concern", "data"): (36, 37, 31, 40),
    ("light", "improvement", "neutral"): (28, 14, 18, 34),
    ("light", "concern", "prediction"): (49, 22, 14, 55),
    ("projector", "improvement", "concern"): (46, 55, 49, 60),
    ("projector", "improvement", "data"): (25, 26, 28, 26),
    ("projector", "concern", "data"): (37, 37, 30, 39),
    ("projector", "improvement", "neutral"): (25, 14, 17, 35),
    ("projector", "concern", "prediction"): (49, 23, 13, 53),
}


def linear(colour: str) -> np.ndarray:
    """Return linear red, green, blue, 0 to 1, of ``#RRGGBB`` (IEC 61966-2-1)."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def seen(colour: str, eyes: str) -> np.ndarray:
    """Return CIELAB under D65 of a colour as those eyes see it."""
    rgb = np.clip(EYES[eyes] @ linear(colour), 0, 1)
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    part = to_xyz @ rgb / np.array([0.95047, 1.0, 1.08883])
    f = np.where(part > (6 / 29) ** 3, np.cbrt(part), part / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, other: np.ndarray) -> float:
    """Return the CIEDE2000 distance of two CIELAB colours; the steps are numbered as in Sharma 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    mean_hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * np.cos(np.radians(mean_hue - 30))
        + 0.24 * np.cos(np.radians(2 * mean_hue))
        + 0.32 * np.cos(np.radians(3 * mean_hue + 6))
        - 0.20 * np.cos(np.radians(4 * mean_hue - 63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    around = np.radians(60 * np.exp(-(((mean_hue - 275) / 25) ** 2)))
    rotation = -np.sin(around) * 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    parts = (l2 - l1) / s_light, (c2 - c1) / s_chroma, hue / s_hue
    return float(np.sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2]))


def apart(theme: str, one: str, other: str, eyes: str) -> float:
    """Return how far two colours of a theme are apart for those eyes."""
    colours = THEMES[theme].colours()
    return ciede2000(seen(colours[one], eyes), seen(colours[other], eyes))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_that_of_the_paper_that_defines_how_to_work_it_out(one, other, distance):
    assert ciede2000(np.array(one, float), np.array(other, float)) == pytest.approx(distance, abs=5e-5)


@pytest.mark.parametrize("eyes", EYES)
def test_grey_stays_grey_for_all_eyes(eyes):
    assert np.allclose(seen("#808080", eyes)[1:], 0, atol=0.2)


@pytest.mark.parametrize(("named", "distances"), DESIGN.items(), ids=["-".join(named) for named in DESIGN])
def test_the_colours_are_as_far_apart_as_the_design_worked_out(named, distances):
    assert [apart(*named, eyes) for eyes in EYES] == pytest.approx(distances, abs=1)


@pytest.mark.parametrize("theme", THEMES)
def test_colours_that_mean_something_else_are_told_apart_by_all_eyes(theme):
    near = {
        (*pair, eyes): round(distance, 1)
        for pair, eyes in product(APART, EYES)
        if (distance := apart(theme, *pair, eyes)) < AT_A_GLANCE
    }
    assert not near


def test_the_nearest_of_all_pairs_is_the_one_the_design_names():
    found = {
        (theme, *pair, eyes): apart(theme, *pair, eyes) for theme, pair, eyes in product(THEMES, APART, EYES)
    }
    nearest = min(found, key=found.__getitem__)
    assert nearest == ("dark", "improvement", "neutral", "protanopia")
    assert found[nearest] == pytest.approx(10.5, abs=0.1)


def test_a_mid_purple_would_not_do_as_the_colour_of_a_change_that_is_neither_good_nor_bad():
    purple, blue = seen("#6B4FA0", "deuteranopia"), seen(THEMES["light"].improvement, "deuteranopia")
    assert ciede2000(purple, blue) < AT_A_GLANCE


def test_rules_of_unlike_meaning_have_unlike_shapes_so_that_a_chart_reads_in_grey():
    one_point, near_the_edge, run, climb = Rule.BEYOND_LIMITS, Rule.TWO_OF_THREE, Rule.SHIFT, Rule.TREND
    shapes = [SYMBOL[rule] for rule in (None, one_point, near_the_edge, run, climb)]
    assert all(one != other for one, other in combinations(shapes, 2))
