"""Rule sets are named, versioned and fixed: a changed set must get a new version, and this file then changes too."""

from __future__ import annotations

import dataclasses

import pytest

from pipelines.errors import ChartError
from pipelines.spc import rule_set
from pipelines.spc.rule_sets import RULE_SETS


def test_the_contents_of_every_set_are_as_filed_under_its_version():
    filed = {
        "mdc": (1, ("beyond_limits", "trend", "two_of_three", "shift"), 7, 7, "anhoej", False, False),
        "anhoej": (1, ("beyond_limits", "long_run", "few_crossings"), 7, 7, "anhoej", False, False),
        "anhoej-bestbox": (1, ("beyond_limits", "long_run", "few_crossings"), 7, 7, "bestbox", False, False),
        "anhoej-cutbox": (1, ("beyond_limits", "long_run", "few_crossings"), 7, 7, "cutbox", False, False),
        "ihi": (2, ("trend", "shift", "few_crossings", "many_crossings"), 6, 5, "ihi", True, True),
    }
    assert {name: dataclasses.astuple(one)[1:] for name, one in RULE_SETS.items()} == filed


def test_run_charts_default_to_anhoej_and_the_rest_to_mdc():
    assert rule_set(None, "run").name == "anhoej"
    assert rule_set(None, "i").name == "mdc"
    assert rule_set(None, "pp").name == "mdc"


def test_an_unknown_set_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(ChartError, match="mdc, anhoej"):
        rule_set("westgard")


def test_a_set_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        rule_set("mdc").shift_length = 8
