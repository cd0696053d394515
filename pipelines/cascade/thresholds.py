"""Thresholds of blood pressure by purpose, age and setting, each with its comparator.

NICE NG136 (recommendations 1.2.2 to 1.2.10 and 1.4.20 to 1.4.22) says "below" for targets; the Quality and Outcomes
Framework (HYP008, HYP009) says "or less". A pressure of 140/90 is to target for one and not for the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipelines.vocabulary import Setting

#: From this age the higher target holds; 79 has the lower one.
OLDER_FROM = 80
#: Read by a professional once, or by the person and by a machine many times and averaged: 5 mmHg lower.
AT_HOME = (Setting.HOME, Setting.AMBULATORY)


class Comparator(StrEnum):
    """How a reading is held against a threshold."""

    BELOW = "below"
    OR_LESS = "or less"
    OR_MORE = "or more"


class Source(StrEnum):
    """Who says so."""

    NICE = "NICE NG136"
    QOF = "QOF"


class Purpose(StrEnum):
    """What a threshold is for."""

    RAISED = "raised"
    CONFIRMED = "confirmed"
    SEVERE = "severe"
    TO_TARGET = "to target"


@dataclass(frozen=True)
class Threshold:
    """One pair of limits in mmHg. Both have to be met for below and or less; one is enough for or more."""

    source: Source
    purpose: Purpose
    is_at_home: bool
    is_older: bool | None
    systolic: int
    diastolic: int
    comparator: Comparator

    def holds(self, systolic: float, diastolic: float) -> bool:
        """Tell whether a reading, in mmHg, meets it."""
        if self.comparator == Comparator.OR_MORE:
            return systolic >= self.systolic or diastolic >= self.diastolic
        if self.comparator == Comparator.OR_LESS:
            return systolic <= self.systolic and diastolic <= self.diastolic
        return systolic < self.systolic and diastolic < self.diastolic

    @property
    def words(self) -> str:
        """The limits as people write them: `below 140/90`, `140/90 or less`."""
        pair = f"{self.systolic}/{self.diastolic}"
        return f"below {pair}" if self.comparator == Comparator.BELOW else f"{pair} {self.comparator}"


def _targets(source: Source, comparator: Comparator) -> list[Threshold]:
    rows = [(False, False, 140, 90), (True, False, 135, 85), (False, True, 150, 90), (True, True, 145, 85)]
    return [
        Threshold(source, Purpose.TO_TARGET, at_home, older, systolic, diastolic, comparator)
        for at_home, older, systolic, diastolic in rows
    ]


#: Every threshold, once; is_older None: the same at every age. Severe is for readings at a clinic only.
THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(Source.NICE, Purpose.RAISED, False, None, 140, 90, Comparator.OR_MORE),
    Threshold(Source.NICE, Purpose.CONFIRMED, True, None, 135, 85, Comparator.OR_MORE),
    Threshold(Source.NICE, Purpose.SEVERE, False, None, 180, 120, Comparator.OR_MORE),
    *_targets(Source.NICE, Comparator.BELOW),
    *_targets(Source.QOF, Comparator.OR_LESS),
)


def threshold_for(source: Source, purpose: Purpose, setting: Setting, age: int | None = None) -> Threshold:
    """Return the threshold that holds for a reading.

    Parameters
    ----------
    source, purpose
        Whose, and for what.
    setting
        Where it was read; at home and ambulatory have limits of their own, everywhere else is as a clinic.
    age
        In whole years; needed for targets.

    Raises
    ------
    ValueError
        Where no such threshold is published, where a target lacks the age, and for all settings together.
    """
    if setting == Setting.ALL:
        raise ValueError("Readings of all settings have no threshold in common. Name the setting.")
    if purpose == Purpose.TO_TARGET and age is None:
        raise ValueError("A target depends on age: 80 and over have their own. Give the age in years.")
    older = None if purpose != Purpose.TO_TARGET or age is None else age >= OLDER_FROM
    wanted = (source, purpose, setting in AT_HOME, older)
    for one in THRESHOLDS:
        if (one.source, one.purpose, one.is_at_home, one.is_older) == wanted:
            return one
    raise ValueError(f"{source} publishes no threshold for {purpose} at {setting}.")


def is_to_target(
    systolic: float, diastolic: float, age: int, setting: Setting, source: Source = Source.NICE
) -> bool:
    """Tell whether a last reading, in mmHg, is to the target of an age and a setting."""
    return threshold_for(source, Purpose.TO_TARGET, setting, age).holds(systolic, diastolic)
