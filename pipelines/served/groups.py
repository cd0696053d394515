"""Rows of served_group: how many of each group of people were served, beside everybody."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from pipelines.disclosure import Profile, ReleasedCell, why_hidden
from pipelines.served.counts import Asked, GroupCounts, Key
from pipelines.served.fewer import fewer_than
from pipelines.served.questions import HELP, KINDS, NOT_SERVICES, SERVICES
from pipelines.spc import wilson
from pipelines.words.served import group_name


@dataclass(frozen=True)
class ServedGroup:
    """One group in one place, half-year and question: the columns of served_group."""

    place_id: str
    question: str
    label: str
    period_start: dt.date
    period_end: dt.date
    is_latest: bool
    group_type: str
    group: str
    group_name: str
    display_order: int
    n_served: float | None
    n_people: float | None
    share: float | None
    lower_95: float | None
    upper_95: float | None
    everyone: float | None
    is_fewer: bool
    is_hidden: bool
    why_hidden: str | None
    from_rounded: bool

    def row(self) -> dict[str, object]:
        """Return it by column."""
        return asdict(self)


Cells = Mapping[Key, ReleasedCell]


def served_groups(counts: GroupCounts, cells: Cells, profile: Profile) -> list[ServedGroup]:
    """Return every group that was counted, in the order in which it is shown.

    Parameters
    ----------
    counts
        What was counted.
    cells
        The same as the audience may see it; nothing else is used of the counts.
    profile
        By which it was released.
    """
    found = _with_shares([_group(one, cells, counts, profile) for one in counts.asked])
    marked = _marked(counts.asked, found, cells)
    found = [replace(one, is_fewer=at in marked) for at, one in enumerate(found)]
    services = [one for one in found if one.question == HELP and one.group == SERVICES]
    found += _with_shares([_not_services(one) for one in services])
    return sorted(found, key=lambda one: (one.place_id, one.question, one.period_start, one.display_order))


def _group(asked: Asked, cells: Cells, counts: GroupCounts, profile: Profile) -> ServedGroup:
    part, whole = cells[asked.part], cells[asked.whole]
    is_hidden = part.value is None or whole.value is None
    reason = part.why_hidden or whole.why_hidden
    return ServedGroup(
        place_id=asked.place_id,
        question=asked.question.name,
        label=asked.question.label,
        period_start=asked.half.start,
        period_end=asked.half.end,
        is_latest=asked.half == counts.halves[-1],
        group_type=asked.kind,
        group=asked.group,
        group_name=group_name(asked.kind, asked.group),
        display_order=_order(asked, counts),
        n_served=part.value,
        n_people=whole.value,
        share=None,
        lower_95=None,
        upper_95=None,
        everyone=_everyone(asked, cells),
        is_fewer=False,
        is_hidden=is_hidden,
        why_hidden=why_hidden(reason, profile) if is_hidden and reason else None,
        from_rounded=not profile.hides_nothing,
    )


def _order(asked: Asked, counts: GroupCounts) -> int:
    """Return the place of a group among all that are shown beside it."""
    kinds = [*KINDS, *(kind for kind in counts.order if kind not in KINDS)]
    before = sum(len(counts.order[kind]) for kind in kinds[: kinds.index(asked.kind)] if kind in counts.order)
    return 1 + before + counts.order[asked.kind].index(asked.group)


def _everyone(asked: Asked, cells: Cells) -> float | None:
    if asked.question.name == HELP:
        return None
    part, whole = (cells[key].value for key in asked.everyone)
    return min(part / whole, 1.0) if part is not None and whole else None


def _with_shares(groups: Sequence[ServedGroup]) -> list[ServedGroup]:
    """Add shares and their intervals; a rounded part may exceed its rounded whole by a rounding."""
    counted = [(one.n_served, one.n_people) for one in groups]
    known = [served is not None and bool(people) for served, people in counted]
    people = np.array(
        [n if is_known and n else np.nan for (_, n), is_known in zip(counted, known, strict=True)]
    )
    served = np.array([np.nan if x is None else x for x, _ in counted])
    served = np.where(np.isnan(people), np.nan, np.minimum(served, people))
    lower, upper = wilson(served, people)
    return [
        replace(
            one,
            n_served=float(served[at]),
            share=float(served[at] / people[at]),
            lower_95=float(lower[at]),
            upper_95=float(upper[at]),
        )
        if known[at]
        else one
        for at, one in enumerate(groups)
    ]


def _not_services(services: ServedGroup) -> ServedGroup:
    """Return all help but that of services, worked out from what is shown of theirs."""
    served, people = services.n_served, services.n_people
    rest = people - served if served is not None and people is not None else None
    name = group_name(services.group_type, NOT_SERVICES)
    return replace(services, group=NOT_SERVICES, group_name=name, display_order=0, n_served=rest, share=None)


def _marked(asked: Sequence[Asked], groups: Sequence[ServedGroup], cells: Cells) -> set[int]:
    """Return the positions of the groups that are served less than the others of their place and half-year.

    Tested so, wholly below everybody, and with what rounding leaves open held against the mark.
    """
    marked: set[int] = set()
    pages: dict[tuple[str, dt.date], list[int]] = defaultdict(list)
    for at, one in enumerate(groups):
        if one.share is not None and one.everyone is not None:
            pages[one.place_id, one.period_start].append(at)
    for page in pages.values():
        keys = [(asked[at].part, asked[at].whole, *asked[at].everyone) for at in page]
        served = [cells[part].high for part, *_ in keys]
        people, all_served, all_people = ([cells[key[by]].value or 0.0 for key in keys] for by in (1, 2, 3))
        marks = fewer_than(served, people, all_served, all_people)
        marked |= {at for at, mark in zip(page, marks, strict=True) if mark and _is_below(groups[at])}
    return marked


def _is_below(one: ServedGroup) -> bool:
    return one.upper_95 is not None and one.everyone is not None and one.upper_95 < one.everyone
