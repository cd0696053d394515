"""What the cells of a column hold: days, numbers and of what kind, two numbers in one, or words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import numpy as np

from pipelines.sources.written.units import Unit, find_unit
from pipelines.sources.written.values import Ask, read_number
from pipelines.understanding.columns import Column
from pipelines.understanding.headings import DAY, HOW_MANY, MEAN, OPINION, SENT, concept_of

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TIME = r"(?:[ T,]+\d{1,2}[:.]\d{2}.*)?"
DATE = re.compile(
    rf"^(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}{_TIME}|\d{{1,2}}([-/. ])\d{{1,2}}\1(?:\d{{4}}|\d{{2}}){_TIME}|"
    rf"(?:[a-z]{{3,9}}\.?,? +)?\d{{1,2}}(?:st|nd|rd|th)?[ -]+(?:of +)?{_MONTH}\.?,?(?:[ -]+\d{{2,4}})?{_TIME}|"
    rf"(?:[a-z]{{3,9}}\.?,? +)?{_MONTH}\.? +\d{{1,2}}(?:st|nd|rd|th)?(?:,? +\d{{4}})?{_TIME})$",
    re.I,
)
_SERIAL = re.compile(r"^[34]\d{4}(?:\.\d+)?$", re.ASCII)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_PAIR = re.compile(r"^\D{0,4}(\d{1,3}(?:\.\d+)?)\s*/\s*(\d{1,3}(?:\.\d+)?)(?!\s*/)", re.ASCII)
_PER_CENT = re.compile(r"\d\s*(?:%|per ?cent|pct)", re.I)
_BESIDE = re.compile(
    r"^[~<>≈≤≥]?\s*(?P<money>£)?\s*\d[\d,.]*\s*[½¼¾]?\s*(?P<unit>[a-zA-Z%]+\.?)?(?:\s*\+.*)?$", re.ASCII
)
_SCORE_HEADING = re.compile(
    r"out of (\d{1,2})|(?<!\d)[01]\s*(?:-|–|to)\s*(\d{1,2})(?!\d)|(?<!\d)/ ?(\d{1,2})\b|"
    r"\b(?:scores?|ratings?|stars?|how did it feel)\b",
    re.I,
)
_AGES = re.compile(r"\b(?:aged?|ages|years?|yrs?|old)\b", re.I)
#: Marks on a scale that nobody names end here at the latest.
_HIGHEST_MARK = 10
_PRESSURE = re.compile(r"systolic|diastolic|mmhg", re.I)
_SHARE_HEADING = re.compile(r"%|\bper ?cent\b|\bpercentage\b|\bproportion\b", re.I)

#: The unit in which a kind of amount is kept where only the cells name one.
_KEPT_IN = {
    "mass": "kg",
    "time": "minutes",
    "money": "pounds",
    "distance": "km",
    "volume": "litres",
    "pressure": "mmHg",
}

#: A cell is a number if it is one as an amount of anything, or of time (1h 30, 1:15).
_ANY = (Ask("measurement"), Ask("measurement", "minutes"))

_TIME_OF_DAY = re.compile(
    r"^(?:[01]?\d|2[0-3])[:.][0-5]\d ?(?:[ap]\.?m\.?)$|^(?:[01]?\d|2[0-3]):[0-5]\d(?::\d\d)?$|^1?\d ?[ap]m$",
    re.I,
)
_DOTTED_TIME = re.compile(r"^(?:[01]?\d|2[0-3])\.[0-5]\d$")
_CLOCK_HEADING = re.compile(
    r"\b(?:start(?:ed|s)?|begin|began|finish(?:ed)?|end(?:ed|s)?|opened|closed|arrived|left|time)\b", re.I
)
MOST_TIMES = 0.8

#: So many numbers that never fall are no counts of separate days.
_FEWEST_RISING = 8

#: Words that are units only where brackets say so: "last week", "second helpings", "day centre".
_NO_UNIT = frozenset(
    ("day", "week", "second", "minute", "hour", "stone", "mi", "pt", "st", "oz", "sec", "days", "weeks")
)

#: Longer cells are words, whatever digits stand in them.
LONGEST_NUMBER = 40


def holds_times(column: Column) -> bool:
    """Whether the cells are times of day: 10:30, 2pm; 10.30 where the heading speaks of a start or an end."""
    says_time = bool(_CLOCK_HEADING.search(column.leaf))
    has_unit = unit_in(column.leaf) is not None
    if has_unit and not says_time:
        return False
    return (
        column.share(
            lambda cell: bool(_TIME_OF_DAY.match(cell)) or (says_time and bool(_DOTTED_TIME.match(cell)))
        )
        >= MOST_TIMES
    )


def only_rises(column: Column) -> bool:
    """Whether many numbers stand one above the other, none smaller than the one before: a running total."""
    numbers = [read_number(cell, Ask("measurement")).value for cell in column.cells.to_pylist()[:200]]
    known = np.array([number for number in numbers if number is not None])
    return len(known) >= _FEWEST_RISING and bool(
        (np.diff(known) >= 0).all() and np.mean(np.diff(known) > 0) > 0.8
    )


def holds_date(cell: str) -> bool:
    """Whether a cell is written like a day, with or without a time and a year."""
    return bool(DATE.match(cell))


def date_share(column: Column) -> float:
    """Return the share of filled cells written like days; day numbers count where the heading speaks of a day."""
    says_day = bool(DAY.search(column.leaf) or SENT.search(column.leaf))
    return column.share(lambda cell: bool(DATE.match(cell)) or (says_day and bool(_SERIAL.match(cell))))


def has_clock(column: Column) -> bool:
    """Whether most cells hold a time of day."""
    return column.share(lambda cell: bool(_CLOCK.search(cell)) or bool(re.match(r"^\d{5}\.\d", cell))) > 0.5


@lru_cache(maxsize=16384)
def holds_number(cell: str) -> bool:
    """Whether a cell holds a number as people write it, bounds, estimates, units and words for numbers included."""
    if len(cell) > LONGEST_NUMBER or DATE.match(cell):
        return False
    return (
        any(read_number(cell, ask).value is not None for ask in _ANY)
        or bool(_BESIDE.match(cell))
        or bool(_PAIR.match(cell))
    )


def says_missing(cell: str) -> bool:
    """Whether a cell says that there is no number (n/a, did not ask)."""
    return str(read_number(cell, Ask()).state) in ("missing", "suppressed")


def number_share(column: Column) -> float:
    """Return the share of filled cells that hold a number, of those that do not say that there is none."""
    numbers, others = 0, 0
    for cell, n in column.counts.items():
        if holds_number(cell):
            numbers += n
        elif not says_missing(cell):
            others += n
    return numbers / (numbers + others) if numbers else 0.0


def pairs(column: Column) -> tuple[str, str] | None:
    """Return what the two numbers in a cell are: ``("blood pressure", ...)``, ``("score", "5")``, ``("part", ...)``."""
    found = [
        (match, n)
        for cell, n in column.counts.items()
        if (match := _PAIR.match(cell)) and not DATE.match(cell)
    ]
    n_pairs = sum(n for _, n in found)
    if not n_pairs:
        return None
    both = Counter[tuple[float, float]]()
    for match, n in found:
        both[float(match[1]), float(match[2])] += n
    below = Counter[float]()
    for (_, second), n in both.items():
        below[second] += n
    pressures = sum(
        n for (top, low), n in both.items() if 70 <= top <= 260 and 30 <= low <= 160 and low < top
    )
    if pressures >= 0.8 * n_pairs and n_pairs >= 0.4 * column.n_filled:
        return "blood pressure", ""
    second, n_same = below.most_common(1)[0]
    if n_same >= 0.9 * n_pairs and second in (3, 4, 5, 6, 7, 10, 100) and all(a <= second for a, _ in both):
        return "score", f"{second:g}"
    n_parts = sum(n for (part, whole), n in both.items() if part <= whole)
    return ("part", "") if n_pairs >= 0.6 * column.n_filled and n_parts >= 0.95 * n_pairs else None


def ask_of(column: Column) -> tuple[Ask, str]:
    """Return what the numbers of a column are, and the reason in words."""
    heading = column.leaf.replace("_", " ")
    score, pair = _score_heading(column, heading), pairs(column)
    if score or (pair and pair[0] == "score"):
        top = next(
            (float(group) for group in (score.groups() if score else ()) if group and group.isdigit()), None
        )
        top = top or (float(pair[1]) if pair and pair[0] == "score" else None)
        if (top is not None or not any(map(holds_percent, column.counts))) and not _goes_beyond(column, top):
            of = f" out of {top:g}" if top else ""
            return Ask("score", out_of=top), f"the heading or the cells speak of a score{of}"
    if _SHARE_HEADING.search(heading) or column.share(holds_percent) >= 0.2:
        # Whether plain numbers are per cents or fractions is settled by all the cells of the file.
        return Ask("share"), "the heading or the cells speak of per cent"
    if _PRESSURE.search(heading):
        return Ask("measurement", "mmHg"), "the heading speaks of a blood pressure"
    unit = unit_in(heading) or unit_in(column.group)
    if unit is not None:
        return Ask("measurement", unit.name), f"the heading names the unit {unit.name}"
    unit_name = _unit_of_cells(column)
    if unit_name:
        return Ask("measurement", unit_name), f"some cells name a unit, kept in {unit_name}"
    if column.share(_is_between_0_and_1) > 0.8 and column.share(lambda cell: "." in cell) > 0.4:
        return Ask("share"), "nearly all the cells lie between 0 and 1"
    if not HOW_MANY.search(heading):
        if OPINION.search(f"{column.group} {heading}"):
            return Ask(
                "measurement"
            ), "the heading asks for an opinion or a feeling, on a scale that it does not say"
        if MEAN.search(heading) and not re.search(r"\d", heading):
            return Ask("measurement"), "the heading speaks of something whose mean tells more than its sum"
    if column.share(_is_below_0) > 0:
        return Ask("measurement"), "some cells lie below 0, which no count does"
    if column.share(_has_fraction) > 0.2:
        return Ask("measurement"), "many cells are fractions, which no count is"
    return Ask("count"), "the cells are numbers"


def _score_heading(column: Column, heading: str) -> re.Match[str] | None:
    """Return what a heading says of a score; ages and counts of people are none, whatever ranges stand in it."""
    if _AGES.search(heading) or HOW_MANY.search(heading):
        return None
    opinion = OPINION.search(f"{column.group} {heading}")
    if concept_of(column.leaf) is not None and not opinion:
        return None
    return _SCORE_HEADING.search(heading) or (opinion if not _goes_beyond(column, _HIGHEST_MARK) else None)


def _goes_beyond(column: Column, top: float | None) -> bool:
    """Whether cells are above the highest mark, so that the heading speaks of something else."""
    if top is None:
        return False
    numbers = [read_number(cell, Ask("measurement")).value for cell in column.counts if not _PAIR.match(cell)]
    return any(number is not None and number > top for number in numbers)


def holds_percent(cell: str) -> bool:
    """Whether a cell is written as per cent."""
    return bool(_PER_CENT.search(cell))


def unit_in(heading: str) -> Unit | None:
    """Return the unit of a measurement that a heading names (kg, minutes, £), or None."""
    if "£" in heading:
        return find_unit("£")
    words = [
        word
        for word in re.findall(r"[A-Za-z]+", heading)
        if len(word) > 1 and (word.lower() not in _NO_UNIT or f"({word}" in heading)
    ]
    found = [unit for word in words if (unit := find_unit(word)) is not None and unit.kind in _KEPT_IN]
    return found[0] if found else None


def _unit_of_cells(column: Column) -> str | None:
    kinds = Counter[str]()
    for cell, n in column.counts.items():
        match = _BESIDE.match(cell)
        unit = (
            find_unit("£" if match["money"] else match["unit"])
            if match and (match["money"] or match["unit"])
            else None
        )
        if unit is not None and unit.kind in _KEPT_IN:
            kinds[unit.kind] += n
    return _KEPT_IN[kinds.most_common(1)[0][0]] if kinds else None


def _is_below_0(cell: str) -> bool:
    return bool(re.fullmatch(r"[-−]\s?\d+(?:[.,]\d+)?", cell))


def _has_fraction(cell: str) -> bool:
    return bool(re.fullmatch(r"\d+\.\d*[1-9]\d*|\d+,\d{1,2}", cell))


def _is_between_0_and_1(cell: str) -> bool:
    try:
        return 0 <= float(cell) <= 1
    except ValueError:
        return False
