"""Rows of served_gap: how far the groups served least and best lie apart, half-year by half-year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np

from pipelines.served.groups import ServedGroup
from pipelines.served.inequality import inequality, weighted_sum
from pipelines.served.questions import HELP, NOT_SERVICES
from pipelines.vocabulary import GroupType
from pipelines.words.served import gap_sentence, group_words, half_year_words, help_sentence

Row = dict[str, Any]

#: Fifths that an index needs: all of them.
FIFTHS = 5
INDICES = ("slope_index", "slope_low", "slope_high", "relative_index", "relative_low", "relative_high")
#: Share of the people below which a group is not picked: by chance alone the smallest lie furthest out.
LEAST_PICKED = 0.05


def served_gaps(groups: Sequence[ServedGroup]) -> list[Row]:
    """Return the gaps of every place, question and kind of group.

    The two groups are picked in the first half-year in which two can be shown, as the furthest apart; they stay the
    same from then on, so that picking them widens that first gap alone.

    Parameters
    ----------
    groups
        What `served_groups` returns.
    """
    asked = [one for one in groups if one.question != HELP]
    together = [one for one in groups if one.group == NOT_SERVICES]

    def by(one: ServedGroup) -> tuple[str, str, str]:
        return one.place_id, one.question, one.group_type

    asked.sort(key=lambda one: (*by(one), one.period_start, one.display_order))
    gaps = [row for _, series in groupby(asked, key=by) for row in _series(list(series))]
    return gaps + [_help(one) for one in together]


def _help(one: ServedGroup) -> Row:
    """Return who gave help as a row: no pair is picked, the sentence alone tells family, neighbours and groups."""
    ends = (one.share, one.lower_95, one.upper_95)
    return _empty([one]) | {"sentence": help_sentence(*ends)}


def _series(series: list[ServedGroup]) -> list[Row]:
    """Return the gaps of one kind of group in one place, in time order."""
    halves = [list(half) for _, half in groupby(series, key=lambda one: one.period_start)]
    first = next((half for half in halves if len(_to_pick(half)) > 1), None)
    if first is None:
        return [_row(half, None, None) for half in halves]
    ordered = sorted(_to_pick(first), key=lambda one: float(one.share or 0))
    pair = ordered[0].group, ordered[-1].group
    when = half_year_words(first[0].period_start, first[0].period_end)
    return [
        _row(
            half,
            pair if half[0].period_start >= first[0].period_start else None,
            when,
            is_first=half is first,
        )
        for half in halves
    ]


def _shown(half: Sequence[ServedGroup]) -> list[ServedGroup]:
    return [one for one in half if one.share is not None]


def _to_pick(half: Sequence[ServedGroup]) -> list[ServedGroup]:
    """Return the groups shown that are large enough to be held against each other."""
    shown = _shown(half)
    people = sum(one.n_people or 0 for one in shown)
    return [one for one in shown if (one.n_people or 0) >= LEAST_PICKED * people]


def _row(
    half: Sequence[ServedGroup], pair: tuple[str, str] | None, when: str | None, *, is_first: bool = False
) -> Row:
    row = _empty(half) | _indices(half)
    named: Row = {}
    if pair is not None:
        here = {group.group: group for group in half}
        named = _pair(pair, here, half[0].group_type)
    told = {name: value for name, value in named.items() if name in row}
    sentence = gap_sentence(row | named, half[0].question, None if is_first else when)
    return row | told | {"sentence": sentence}


def _empty(half: Sequence[ServedGroup]) -> Row:
    """Return the row of a half-year before anything is worked out."""
    one = half[0]
    figures = ("least", "best", "gap", "gap_low", "gap_high", *INDICES)
    return {
        "place_id": one.place_id,
        "question": one.question,
        "group_type": one.group_type,
        "period_start": one.period_start,
        "period_end": one.period_end,
        **dict.fromkeys(figures),
        "n_groups": len(half),
        "n_hidden": sum(group.is_hidden for group in half),
    }


def _pair(pair: tuple[str, str], here: dict[str, ServedGroup], kind: str) -> Row:
    """Return the two groups by name, and their gap where both are shown."""
    words = [group_words(kind, group) for group in pair]
    least, best = (here.get(group) for group in pair)
    found: Row = {"words_least": words[0], "words_best": words[1], "least": words[0], "best": words[1]}
    if least is None or best is None or least.share is None or best.share is None:
        return found
    names = [one.group_name for one in (least, best)]
    y = np.array([least.share, best.share])
    low, high = (np.array([getattr(one, end) for one in (least, best)]) for end in ("lower_95", "upper_95"))
    gap, gap_low, gap_high = weighted_sum(np.array([-1.0, 1.0]), y, y - low, high - y)
    return found | {
        "least": names[0],
        "best": names[1],
        "share_least": least.share,
        "share_best": best.share,
        "gap": gap,
        "gap_low": gap_low,
        "gap_high": gap_high,
    }


def _indices(half: Sequence[ServedGroup]) -> Row:
    """Return slope and relative index of the fifths of deprivation; none unless all five are shown."""
    shown = _shown(half)
    if half[0].group_type != GroupType.DEPRIVATION_FIFTH or len(shown) != FIFTHS:
        return dict.fromkeys(INDICES)
    columns = [
        [float(getattr(one, name)) for one in shown] for name in ("share", "lower_95", "upper_95", "n_people")
    ]
    found = inequality(*columns)
    if found is None:
        return dict.fromkeys(INDICES)
    values = (found.slope, found.slope_low, found.slope_high)
    ratios = (found.relative, found.relative_low, found.relative_high)
    # A table holds no infinite end: one that cannot be told from 0 is left out.
    known = [value if np.isfinite(value) else None for value in (*values, *ratios)]
    return dict(zip(INDICES, known, strict=True))
