"""The worked pictures of the Method page: what the script draws, and fit for every reader."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pipelines.vocabulary import ChartKind, Rule

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "pictures" / "worked"
PICTURES = sorted(FOLDER.glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
#: A phone's width less the margins of the page, over the width of a picture.
ON_A_PHONE = 340 / 360


def test_the_pictures_are_what_the_script_draws(tmp_path):
    paths = os.pathsep.join([str(DOCS.parent), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-W", "error", str(FOLDER / "draw.py"), str(tmp_path)],
        check=True,
        cwd=DOCS.parent,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    drawn = {one.name: one.read_text(encoding="utf-8") for one in tmp_path.glob("*.svg")}
    assert drawn == {one.name: one.read_text(encoding="utf-8") for one in PICTURES}


def test_every_chart_every_rule_and_both_icons_have_a_picture():
    """Only four_of_five and mean_of_do have none: they judge a Do and colour no point of a chart."""
    drawn = {*ChartKind, *Rule, "variation", "assurance"} - {Rule.FOUR_OF_FIVE, Rule.MEAN_OF_DO}
    assert {one.stem for one in PICTURES} == drawn


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: one.stem)
def test_a_picture_says_what_it_is_on_a_white_card_in_letters_that_a_phone_can_show(picture):
    root = ET.parse(picture).getroot()  # drawn by the script above
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    assert root.find(f"{SVG}rect").get("fill") == "#FFFFFF"
    smallest = min(float(one.get("font-size")) for one in root.iter(f"{SVG}text"))
    assert smallest * ON_A_PHONE >= 12


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: one.stem)
def test_the_words_of_a_picture_stay_on_its_card(picture):
    """Letters of Arial, the widest of the fonts named, are half their height wide on average."""
    root = ET.parse(picture).getroot()
    width, height = float(root.get("width")), float(root.get("height"))
    for one in root.iter(f"{SVG}text"):
        size, words = float(one.get("font-size")), one.text or ""
        assert float(one.get("x")) + 0.5 * size * len(words) <= width - 2, words
        assert float(one.get("y")) <= height - 4, words


def test_a_point_that_a_rule_names_is_told_by_its_shape():
    shapes = {
        name: len(re.findall(shape, (FOLDER / f"{name}.svg").read_text(encoding="utf-8")))
        for name, shape in (
            ("beyond_limits", r"l7 7l-7 7l-7 -7Z"),
            ("trend", r"h-13Z"),
            ("two_of_three", r'width="10" height="10"'),
            ("shift", r'stroke-width="2.6"'),
            ("long_run", r'stroke-width="2.6"'),
        )
    }
    assert shapes == {"beyond_limits": 1, "trend": 7, "two_of_three": 2, "shift": 7, "long_run": 9}
