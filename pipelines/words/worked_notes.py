"""Worked notes in words: what misleads a clinician, in the general case and with the numbers of a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

READINGS = {1: "one first reading", 2: "mean of two first readings", 3: "mean of three first readings"}

REGRESSION = "A high first reading falls by itself"
NO_READING = "Who has no reading is neither to target nor above it"
FINDING_MORE = "Finding more people lowers the share to target"
WINTER = "Compare winter with winter"
THRESHOLDS = "Below 140/90 is not 140/90 or less"
ENDS_IN_ZERO = "How many readings end in 0"
ROLLING = "Figures of the last 12 months signal falsely"

REGISTER_PARTS = ("To target", "Above target", "No reading in 12 months")

#: Per cent of readings that end in 0 where nobody rounds: by machine, and by ear to the nearest 2.
EXPECTED_ZEROS = (10.0, 20.0)


def regression(chosen: Any, falls: Sequence[float]) -> str:
    """Return the general case, with the expected falls after one, two and three first readings."""
    one, two, three = (f"{fall:.1f}" for fall in falls)
    return (
        f"People chosen because one reading was {chosen.cut_off:.0f} or more read lower the next time with no help at all: "
        "chance lifted many of the first readings, and it does not strike the same people twice.\n"
        f"Among adults with a mean of {chosen.mean:.0f} mmHg, who differ by {chosen.between:.0f} from each other and by "
        f"{chosen.within:.0f} from reading to reading (standard deviations, an assumption), the fall is {one} mmHg after one "
        f"first reading, {two} where the first is the mean of two, and {three} for three (Davis, 1976).\n"
        "So begin with the second or a later reading, and hold every fall against the one that comes by itself."
    )


def regression_here(
    when: str, first: float, later: float, fall: tuple[float, float, float], expected: float
) -> str:
    """Return the case of a place: the observed fall with its ends, beside the one expected with no help."""
    seen, low, high = fall
    told = (
        f"Here, {when}: people raised at the first check read {first:.1f} mmHg then and {later:.1f} later, a fall of "
        f"{seen:.1f} ({low:.1f} to {high:.1f}). With no help at all {expected:.1f} is expected"
    )
    if low > expected:
        return f"{told}: {seen - expected:.1f} more fell than by itself, and these figures cannot say what did it."
    if high < expected:
        return f"{told}: the fall is smaller than that, so ask how the later readings were taken."
    return f"{told}, and that lies within: the fall may be nothing else."


def no_reading() -> str:
    """Return the general case of those without a reading."""
    return (
        "To target, above target and no reading in 12 months make up the whole register. Where the share to target is of "
        "those read only, people who were never invited vanish from it.\n"
        "Above target asks for treatment; no reading asks for an invitation. Each step of the cascade has the step before as "
        "its whole, so that nothing adds up to more than 100%."
    )


def no_reading_here(when: str, on_register: float, parts: tuple[float, float, float]) -> str:
    """Return the three parts of a register, in per cent."""
    target, above, none = (f"{part:.1f}%" for part in parts)
    return (
        f"Here, {when}: of {on_register:,.0f} people on the register {target} were to target, {above} were above it and "
        f"{none} had no reading in 12 months."
    )


def finding_more() -> str:
    """Return the worked case of a growing register."""
    return (
        "650 of 1,000 people on a register are to target: 65%. The checks find 100 more, of whom 30 are to target already. "
        "Now 680 of 1,100 are to target: 62%. More people than ever are safe, and the share has fallen.\n"
        "So read the size of the register, the number controlled and the share together, and look at those who have been on "
        "it for a year or more."
    )


def finding_more_here(now: Any, before: Any, year: Any | None) -> str:
    """Return a register now and a year before, and the share among those on it for a year."""
    grown, safe = now.denominator - before.denominator, now.numerator - before.numerator
    share, was = 100 * now.value, 100 * before.value
    told = (
        f"Here, in {now.start:%B %Y}: {now.numerator:,.0f} of {now.denominator:,.0f} on the register to target, {share:.0f}%. "
        f"A year before: {before.numerator:,.0f} of {before.denominator:,.0f}, {was:.0f}%."
    )
    if grown > 0 and safe > 0 and share < was:
        told += f" The register grew by {grown:,.0f} and {safe:,.0f} more people are controlled, while the share fell."
    elif grown > 0:
        told += f" The register grew by {grown:,.0f}; {abs(safe):,.0f} {'more' if safe >= 0 else 'fewer'} are controlled."
    if year is not None:
        told += f" Of those on it for a year or more {100 * year.value:.0f}% are to target."
    return told


def winter() -> str:
    """Return the general case of the season."""
    return (
        "Blood pressure is higher in the cold months. From winter to summer every place gets better, and from summer to winter "
        "every place gets worse, whatever anybody does.\n"
        "So hold a month against the same month a year before. A chart with less than a year of points cannot tell a season "
        "from a change."
    )


def winter_here(now: Any, before: Any) -> str:
    """Return the mean systolic pressure now and a year before."""
    change = round(now.value, 1) - round(before.value, 1)
    way = "the same" if abs(change) < 0.05 else f"{_plain(abs(change))} {'higher' if change > 0 else 'lower'}"
    return (
        f"Here, the mean of the last readings of people on the register was {_plain(now.value)} mmHg in {now.start:%B %Y}, {way} "
        f"{'as' if way == 'the same' else 'than'} in {before.start:%B %Y} ({_plain(before.value)})."
    )


def _plain(value: float) -> str:
    """Return a pressure with one decimal where it has any."""
    return f"{value:.1f}".removesuffix(".0")


def setting(threshold: Any) -> str:
    """Return where and for whom a threshold holds: `at home, 80 and over`."""
    place = "at home or ambulatory" if threshold.is_at_home else "at a clinic or pharmacy"
    return f"{place}, {'80 and over' if threshold.is_older else 'under 80'}"


def thresholds(rows: Sequence[tuple[str, str, str]]) -> str:
    """Return the targets of NICE and of QOF side by side: setting and age, and the words of each."""
    table = "\n".join(f"{where[0].upper()}{where[1:]}: NICE {nice}; QOF {qof}." for where, nice, qof in rows)
    return (
        "NICE says below, the Quality and Outcomes Framework says or less. A last reading of 140/90 counts as to target for "
        f"one and not for the other, and many readings end in 0.\n{table}\n"
        "A reading at home is 5 mmHg lower than the same pressure at a clinic. Figures of different settings, ages or sources "
        "are never joined here."
    )


def ends_in_zero() -> str:
    """Return the general case of digit preference."""
    return (
        "By a machine one reading in ten ends in 0; read by ear to the nearest 2, one in five. More than that were rounded by "
        "hand, and 138 or 142 became 140: people are called raised, or to target, by a habit.\n"
        "So 10 to 20% is expected, and fewer would be as odd as more."
    )


def ends_in_zero_here(when: str, found: Any, low: float, high: float) -> str:
    """Return the share of a place, in per cent with its ends, against what is expected."""
    least, most = EXPECTED_ZEROS
    told = (
        f"Here, {when}: {found.numerator:,.0f} of {found.denominator:,.0f} readings ended in 0, {100 * found.value:.0f}% "
        f"({low:.0f} to {high:.0f}%)."
    )
    if low > most:
        return f"{told} That is more than reading by ear explains."
    if high < least:
        return f"{told} That is fewer than anybody expects: ask how they were written down."
    return f"{told} That is as expected."


def rolling() -> str:
    """Return why published rolling figures are lines without icons."""
    return (
        "CVDPREVENT and QOF publish figures of the last 12 months. Two months that follow each other share eleven of them, so "
        "the points drift together where nothing has changed.\n"
        "On control charts of 24 such points 96% show a signal by chance, against 13% where each month stands by itself. So "
        "they are drawn as a line with intervals, without a usual range and without an icon. Icons here rest on people counted "
        "in their own month."
    )
