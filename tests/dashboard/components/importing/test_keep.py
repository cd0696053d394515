"""Keeping: what stands in the way is said before, what became of the file after."""

from __future__ import annotations

import pytest

from dashboard.components.importing.keep import Told, in_the_way, told_html
from dashboard.components.importing.place import Belonging
from pipelines.understanding import Role
from pipelines.uploads import Kept
from tests.dashboard.import_fakes import columns, guess, mapping

HERE = Belonging("ashfield", "ashfield_pressure")


def test_a_file_that_is_whole_can_be_kept():
    assert in_the_way(columns(), mapping(), HERE) == []


def test_everything_that_is_missing_is_said_at_once():
    told = in_the_way((), mapping(columns={}, items={}), Belonging())
    assert len(told) == 4
    assert told[0] == "Choose the column with the date of the test."


def test_two_columns_for_one_thing_are_named_with_their_sheet():
    twice = (*columns(), guess("Jan-Mar 26", "Day", Role.TESTED_ON))
    assert in_the_way(twice, mapping(), HERE) == [
        "Two columns of the sheet Jan-Mar 26 are said to be the day of the session: choose one of them."
    ]


def test_a_file_that_names_its_own_places_needs_no_choice():
    own = mapping(columns={"tested_on": ("Date",), "neighbourhood_id": ("n",), "prototype_id": ("p",)})
    assert in_the_way(columns(), own, Belonging()) == []
    assert HERE.put(own).prototype_id is None
    assert HERE.put(mapping()).prototype_id == "ashfield_pressure"


@pytest.mark.parametrize("state", ["kept", "beside", "replaced", "mapped", "same"])
def test_each_outcome_has_its_words_and_the_way_to_the_charts(state):
    kept = Kept(state, "test_logs/food.xlsx", None, "food.xlsx is kept.")
    html = told_html(Told(kept, ""), [("Food <b>", "neighbourhood?prototype=food")])
    assert "food.xlsx is kept." in html
    assert 'href="neighbourhood?prototype=food"' in html
    assert "Food &lt;b&gt;" in html
    assert ("Nothing was added" in html) is (state == "same")


def test_a_build_that_failed_is_not_called_done():
    html = told_html(Told(Kept("kept", "f", None, "f is kept."), "measures/x.toml: no unit."), [])
    assert "Kept, but the charts could not be made" in html
    assert "measures/x.toml: no unit." in html


def test_what_became_of_its_lines_is_said_with_it():
    told = Told(Kept("kept", "f", None, "f is kept."), "")
    assert "<p>Of its 9 lines ...</p>" in told_html(told, [], "Of its 9 lines ...")
