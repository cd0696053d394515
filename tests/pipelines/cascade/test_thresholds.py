"""Thresholds: every boundary value, by source, purpose, setting and age."""

from __future__ import annotations

import pytest

from pipelines.cascade.thresholds import (
    THRESHOLDS,
    Comparator,
    Purpose,
    Source,
    is_to_target,
    threshold_for,
)
from pipelines.vocabulary import Setting

NICE, QOF = Source.NICE, Source.QOF
CLINICS = (Setting.CLINIC, Setting.PHARMACY, Setting.COMMUNITY)
HOMES = (Setting.HOME, Setting.AMBULATORY)

#: Setting, age, systolic and diastolic at the boundary: NICE says below, QOF or less (features.md 4.1 and 4.3).
BOUNDARIES = [
    *[(setting, age, 140, 90) for setting in CLINICS for age in (18, 79)],
    *[(setting, age, 150, 90) for setting in CLINICS for age in (80, 101)],
    *[(setting, age, 135, 85) for setting in HOMES for age in (18, 79)],
    *[(setting, age, 145, 85) for setting in HOMES for age in (80, 101)],
]


@pytest.mark.parametrize(("setting", "age", "systolic", "diastolic"), BOUNDARIES)
def test_at_the_boundary_qof_says_to_target_and_nice_does_not(setting, age, systolic, diastolic):
    def said(source, up, down):
        return is_to_target(systolic + up, diastolic + down, age, setting, source)

    assert (said(NICE, 0, 0), said(QOF, 0, 0)) == (False, True)
    assert (said(NICE, -1, 0), said(NICE, 0, -1), said(NICE, -1, -1)) == (False, False, True)
    assert (said(QOF, 1, 0), said(QOF, 0, 1), said(QOF, -1, -1)) == (False, False, True)


@pytest.mark.parametrize(
    ("purpose", "setting", "systolic", "diastolic"),
    [
        (Purpose.RAISED, Setting.CLINIC, 140, 90),
        (Purpose.RAISED, Setting.COMMUNITY, 140, 90),
        (Purpose.RAISED, Setting.PHARMACY, 140, 90),
        (Purpose.CONFIRMED, Setting.HOME, 135, 85),
        (Purpose.CONFIRMED, Setting.AMBULATORY, 135, 85),
        (Purpose.SEVERE, Setting.CLINIC, 180, 120),
    ],
)
def test_one_of_the_two_pressures_is_enough_to_be_raised_confirmed_or_severe(
    purpose, setting, systolic, diastolic
):
    found = threshold_for(NICE, purpose, setting)
    assert found.comparator == Comparator.OR_MORE
    assert found.holds(systolic, diastolic - 1)
    assert found.holds(systolic - 1, diastolic)
    assert not found.holds(systolic - 1, diastolic - 1)


@pytest.mark.parametrize(
    ("source", "purpose", "setting", "age", "why"),
    [
        (NICE, Purpose.TO_TARGET, Setting.ALL, 50, "Name the setting"),
        (NICE, Purpose.TO_TARGET, Setting.CLINIC, None, "Give the age"),
        (QOF, Purpose.RAISED, Setting.CLINIC, 50, "publishes no threshold"),
        (NICE, Purpose.CONFIRMED, Setting.CLINIC, None, "publishes no threshold"),
        (NICE, Purpose.SEVERE, Setting.HOME, None, "publishes no threshold"),
    ],
)
def test_what_is_not_published_is_not_made_up(source, purpose, setting, age, why):
    with pytest.raises(ValueError, match=why):
        threshold_for(source, purpose, setting, age)


def test_every_threshold_stands_once_and_speaks_its_comparator():
    keys = [(one.source, one.purpose, one.is_at_home, one.is_older) for one in THRESHOLDS]
    assert len(set(keys)) == len(keys) == 11
    assert {one.words for one in THRESHOLDS if one.is_at_home and one.is_older} == {
        "below 145/85",
        "145/85 or less",
    }
    assert {one.comparator for one in THRESHOLDS if one.source == QOF} == {Comparator.OR_LESS}
