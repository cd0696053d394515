"""How predictions did beside the guess that nothing changes, in words."""

from __future__ import annotations

import math

import pytest

from dashboard.components.learning.words import skill_words


@pytest.mark.parametrize(
    ("skill", "told", "figure"),
    [
        (0.2, "better than", "0.2"),
        (-0.55, "worse than", "minus 0."),
        (-0.04, "as well as", "0.0"),
        (0.0, "as well as", "0.0"),
    ],
)
def test_the_skill_is_told_against_the_guess_that_nothing_changes(skill, told, figure):
    assert f"did {told} the guess that nothing changes: skill {figure}" in skill_words(skill)


def test_without_a_skill_nothing_is_said():
    assert skill_words(None) == ""
    assert skill_words(math.nan) == ""
