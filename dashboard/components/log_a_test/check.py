"""The line that answers while numbers are typed: what they say together, or what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.components.log_a_test.items import Item
from pipelines.measures import SESSIONS, Measure, items_of

NOTHING_YET = "Leave blank what was not counted."
MEND = "Mend one of them."


@dataclass(frozen=True)
class Check:
    """What the numbers say together. Where `is_wrong`, nothing may be saved."""

    words: str
    is_wrong: bool


def check(measures: Sequence[Measure], items: Sequence[Item], counts: Mapping[str, float]) -> Check:
    """Return what the numbers of a test say together.

    Parameters
    ----------
    measures
        The measures counted at the prototype.
    items
        Their items, by name.
    counts
        What has been typed in; what is blank is not in it.
    """
    labels = {one.item: one.label for one in items}
    shares = [(measure, *_totals(measure, counts)) for measure in measures if measure.is_share]
    known = [
        (measure, part, whole) for measure, part, whole in shares if part is not None and whole is not None
    ]
    wrong = [
        f"{_named(measure.numerator, labels)}: {part:g}, but {_lower(_named(measure.denominator, labels))}: "
        f"only {whole:g}. {MEND}"
        for measure, part, whole in known
        if part > whole
    ]
    if wrong:
        return Check(" ".join(dict.fromkeys(wrong)), is_wrong=True)
    told = [f"{_named(measure.numerator, labels)}: {part:g} of {whole:g}." for measure, part, whole in known]
    told += [f"{labels[item]}: {count:g}." for item, count in counts.items() if not _is_told(item, known)]
    return Check(" ".join(dict.fromkeys(told)) or NOTHING_YET, is_wrong=False)


def _totals(measure: Measure, counts: Mapping[str, float]) -> tuple[float | None, float | None]:
    return _total(measure.numerator, counts), _total(measure.denominator, counts)


def _total(counted: str | None, counts: Mapping[str, float]) -> float | None:
    """Return what a numerator or denominator adds up to; None where a part of it is blank."""
    parts = [1.0 if item == SESSIONS else counts.get(item) for item in items_of(counted)]
    known = [part for part in parts if part is not None]
    return sum(known) if parts and len(known) == len(parts) else None


def _is_told(item: str, known: Sequence[tuple[Measure, float, float]]) -> bool:
    return any(item in measure.items for measure, _, _ in known)


def _named(counted: str | None, labels: Mapping[str, str]) -> str:
    return " and ".join(labels.get(item, "sessions") for item in items_of(counted))


def _lower(name: str) -> str:
    """Begin a name small inside a sentence, unless it begins with an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
