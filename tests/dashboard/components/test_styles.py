"""Style sheets: none is forgotten, and none makes a browser look through the whole page after each change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.components.styles import EVERYWHERE, SHEETS, everywhere, own

PAGES = Path(__file__).parents[3] / "dashboard" / "pages"


def test_every_sheet_of_the_folder_is_on_every_page_or_belongs_to_one():
    assert sorted(EVERYWHERE) == sorted(path.stem for path in SHEETS.glob("*.css"))
    pages = {path.stem for path in PAGES.glob("*.py")}
    assert {path.stem.removesuffix("_projector") for path in (SHEETS / "pages").glob("*.css")} <= pages


def test_the_sheet_for_everyone_has_the_last_word():
    assert EVERYWHERE[0] == "page"
    assert EVERYWHERE[-1] == "everyone"
    assert everywhere().rstrip().endswith((SHEETS / "everyone.css").read_text(encoding="utf-8").rstrip())


@pytest.mark.parametrize("sheet", EVERYWHERE)
def test_no_sheet_of_every_page_asks_what_is_inside_an_element(sheet):
    """A page of 25 charts took 46 s with such rules in a browser set to less motion, and 8 s without that setting."""
    words = re.sub(r"/\*.*?\*/", "", (SHEETS / f"{sheet}.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert ":has(" not in words


def test_less_motion_is_no_transition_at_all():
    """One of any length, however short, begins for every element whose style changes."""
    css = (SHEETS / "everyone.css").read_text(encoding="utf-8")
    less = css[css.index("prefers-reduced-motion") :]
    assert re.search(r"transition-duration: 0s !important", less)


def test_a_page_without_a_sheet_of_its_own_has_no_more_styles():
    assert own("data") == ""
    assert ":root" in own("overview", "overview_projector")


def test_every_line_of_links_of_a_page_keeps_them_apart():
    """The rule was lost once with the class of another page: the names of three documents stood as one word."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PAGES.parent.rglob("*.py"))
    lines = set(re.findall(r'<nav class="([\w-]+)"', code))
    every = everywhere() + own(*(path.stem for path in (SHEETS / "pages").glob("*.css")))
    assert lines
    for name in lines:
        assert re.search(rf"\.{name}\b[^{{]*{{[^}}]*\bgap:", every), name
