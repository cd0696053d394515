"""Who is reached least: groups of people by name, the sentence of a place, and of a gap between two groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.vocabulary import GroupType
from pipelines.words.parts import capital, listed, missing, number_word

Row = Mapping[str, Any]

#: Groups whose code is not their name, on a label and inside a sentence.
NAMES: Mapping[tuple[str, str], tuple[str, str]] = {
    (GroupType.DEPRIVATION_FIFTH, "1"): ("Most deprived fifth", "the most deprived fifth"),
    (GroupType.DEPRIVATION_FIFTH, "2"): ("Second fifth", "the second most deprived fifth"),
    (GroupType.DEPRIVATION_FIFTH, "3"): ("Middle fifth", "the middle fifth"),
    (GroupType.DEPRIVATION_FIFTH, "4"): ("Fourth fifth", "the second least deprived fifth"),
    (GroupType.DEPRIVATION_FIFTH, "5"): ("Least deprived fifth", "the least deprived fifth"),
    (GroupType.SEX, "female"): ("Women", "women"),
    (GroupType.SEX, "male"): ("Men", "men"),
    (GroupType.AGE_BAND, "18_39"): ("18 to 39", "people aged 18 to 39"),
    (GroupType.AGE_BAND, "40_59"): ("40 to 59", "people aged 40 to 59"),
    (GroupType.AGE_BAND, "60_79"): ("60 to 79", "people aged 60 to 79"),
    (GroupType.AGE_BAND, "80_and_over"): ("80 and over", "people aged 80 and over"),
    (GroupType.HELP_SOURCE, "not_services"): (
        "Family, neighbours and groups",
        "family, neighbours and groups",
    ),
}
#: Words of an ethnic group that are no names.
SMALL_WORDS = {"and", "or", "of", "other", "any", "background", "not", "known", "stated", "mixed"}

#: What is done to people, inside a sentence: "people aged 40 to 59 are reached least".
LEAST = {
    "reach": "reached least",
    "quality": "confirmed in 28 days least",
    "impact": "treated to target least",
}
DONE = {
    "reach": "measured",
    "quality": "confirmed in 28 days",
    "impact": "treated to target",
}
#: A share this close to another is told with a decimal more.
DECIMALS = (0, 1)


def group_name(kind: str, group: str) -> str:
    """Return what a group is called on a label."""
    return NAMES[kind, group][0] if (kind, group) in NAMES else _from_code(group)


def group_words(kind: str, group: str) -> str:
    """Return what a group is called inside a sentence."""
    if (kind, group) in NAMES:
        return NAMES[kind, group][1]
    return f"{_from_code(group)} people" if kind == GroupType.ETHNIC_GROUP else group.replace("_", " ")


def _from_code(group: str) -> str:
    words = [word if word in SMALL_WORDS else word.capitalize() for word in group.split("_")]
    return capital(" ".join(words))


def half_year_words(start: dt.date, end: dt.date) -> str:
    """Return a half-year as people write it: April to September 2026."""
    year = f" {start.year}" if start.year != end.year else ""
    return f"{start:%B}{year} to {end:%B %Y}"


def least_served(rows: Sequence[Row]) -> dict[str, str]:
    """Return, place by place, the sentence that says who is reached least; the head of the page shows it.

    Parameters
    ----------
    rows
        Rows of served_group.
    """
    latest = [row for row in rows if row["is_latest"] and row["question"] == "reach"]
    places = dict.fromkeys(str(row["place_id"]) for row in latest)
    return {place: reached_least([row for row in latest if row["place_id"] == place]) for place in places}


def reached_least(rows: Sequence[Row]) -> str:
    """Say who is served least of the groups of one place, question and half-year; also that it cannot be told.

    Parameters
    ----------
    rows
        Rows of served_group in the order in which they are shown.
    """
    when = half_year_words(rows[0]["period_start"], rows[0]["period_end"])
    shown = [row for row in rows if not missing(row["share"])]
    hidden = held_back(sum(bool(row["is_hidden"]) for row in rows))
    if not shown or missing(shown[0]["everyone"]):
        return f"Who is {LEAST[rows[0]['question']]} cannot be told for {when}: too few people were counted.{hidden}"
    fewer = [row for row in shown if row["is_fewer"]]
    if not fewer:
        everyone = _per_100(float(shown[0]["everyone"]))
        return (
            f"Cannot yet tell who is {LEAST[rows[0]['question']]}: overall it is {everyone}, and none of the {len(shown)} "
            f"groups compared lies further below than chance explains ({when}).{hidden}"
        )
    return f"{capital(_fewer_words(fewer))} ({when}).{hidden}"


def _fewer_words(fewer: Sequence[Row]) -> str:
    """Return who is served less, and by how much; the shares one by one where they differ."""
    everyone = float(fewer[0]["everyone"])
    shares = [float(row["share"]) for row in fewer]
    places = decimals([*shares, everyone], least_apart=everyone)
    names = [group_words(str(row["group_type"]), str(row["group"])) for row in fewer]
    told = [_of_100(share, places) for share in shares]
    verb = "are" if len(fewer) > 1 or not names[0].startswith("the ") else "is"
    head = f"{listed(names)} {verb} {LEAST[fewer[0]['question']]}"
    if len(set(told)) == 1:
        return f"{head}: about {told[0]} in 100, against {_of_100(everyone, places)} in 100 overall"
    return f"{head}: about {listed(told)} in 100, against {_of_100(everyone, places)} in 100 overall"


def decimals(shares: Sequence[float], least_apart: float) -> int:
    """Return with how many decimals shares in 100 are told so that none reads the same as the one it is held against."""
    for places in DECIMALS:
        others = [share for share in shares if share != least_apart]
        if all(_of_100(share, places) != _of_100(least_apart, places) for share in others):
            return places
    return DECIMALS[-1]


def held_back(number: int) -> str:
    """Say how many groups are held back, as a sentence of its own; nothing for none."""
    if not number:
        return ""
    return f" {capital(number_word(number))} {'group is' if number == 1 else 'groups are'} held back."


def gap_sentence(row: Row, question: str, picked: str | None) -> str:
    """Say how far apart the two groups of a gap lie, and what cannot be told from it.

    Parameters
    ----------
    row
        A row of served_gap with the shares `share_least` and `share_best`, and `words_least` and `words_best`; these
        None where held back.
    question
        `reach`, `quality` or `impact`.
    picked
        The half-year in which the two groups were picked; None for that half-year itself.
    """
    hidden = held_back(int(row["n_hidden"]))
    if row["least"] is None:
        return f"Cannot yet tell: fewer than two groups can be shown.{hidden}"
    names = row["words_least"], row["words_best"]
    if missing(row["gap"]):
        return f"The gap between {names[0]} and {names[1]} is not shown in this half-year.{hidden}"
    told = _gap_words(row, names, question)
    if picked is None:
        caution = " The two were picked as furthest apart, so chance widens this first gap."
    else:
        caution = f" The two were picked in {picked}."
    return told + caution + _index_words(row) + hidden


def _gap_words(row: Row, names: tuple[str, str], question: str) -> str:
    least, best = float(row["share_least"]), float(row["share_best"])
    places = decimals([least, best], least_apart=best)
    shares = f"Of {names[0]} {_of_100(least, places)} in 100 were {DONE[question]}, of {names[1]} {_of_100(best, places)}"
    low, high = float(row["gap_low"]), float(row["gap_high"])
    if low <= 0 <= high:
        return f"{shares}: they may be the same (gap {_points(low)} to {_points(high)} points)."
    more = f"{_points(abs(float(row['gap'])))} points"
    ends = sorted((abs(low), abs(high)))
    return f"{shares}: {more} apart ({_points(ends[0])} to {_points(ends[1])})."


def _index_words(row: Row) -> str:
    if missing(row["slope_index"]):
        return ""
    low, high = float(row["slope_low"]), float(row["slope_high"])
    ends = f"({_points(low)} to {_points(high)})"
    if low <= 0 <= high:
        return f" Along all five fifths together no slope can be told: {_points(float(row['slope_index']))} points {ends}."
    which = "least" if low > 0 else "most"
    return (
        f" Along all five fifths together the {which} deprived end is "
        f"{_points(abs(float(row['slope_index'])))} points ahead "
        f"({_points(min(abs(low), abs(high)))} to {_points(max(abs(low), abs(high)))})."
    )


def help_sentence(share: float | None, low: float | None, high: float | None) -> str:
    """Say how much of all help family, neighbours and groups gave, and how much services; shares with an interval."""
    if share is None or low is None or high is None:
        return "Who gave help is held back or was not counted in this half-year."
    return (
        f"Family, neighbours and groups gave {_per_100(share)} of all help counted "
        f"({_of_100(low, 0)} to {_of_100(high, 0)}), services the other {100 - round(100 * share)}."
    )


def _of_100(share: float, places: int) -> str:
    return f"{100 * share:.{places}f}"


def _per_100(share: float) -> str:
    return f"{_of_100(float(share), 0)} in 100"


def _points(share: float) -> str:
    told = f"{100 * share:.1f}"
    return "0.0" if told == "-0.0" else told
