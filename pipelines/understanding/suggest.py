"""Measures for the items of a mapping: those in use that the items answer, and plain new ones for the rest."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from itertools import islice
from pathlib import Path
from typing import Any

from pipelines.inputs import measures_in_use
from pipelines.measures import SESSIONS, Measure, items_of, measure_of
from pipelines.sources import personal
from pipelines.sources.cells.headings import plain
from pipelines.sources.logs.mapping import ItemSpec, Mapping
from pipelines.sources.logs.options import YES
from pipelines.sources.written.units import find_unit
from pipelines.understanding.columns import split_heading
from pipelines.understanding.headings import MEAN, PART_OF, concept_of
from pipelines.understanding.proposal import NEW_PROTOTYPE
from pipelines.vocabulary import Domain

_WHY = "Not said yet: write on the Measures page why anybody should care."
_SOURCE = "Log of the group, read by its mapping."

#: Amounts of these kinds add up over a week, where the heading does not speak of a mean (a wait, an age, a price);
#: of others (pressure) the mean tells more.
_ADD_UP = ("mass", "money", "distance", "volume", "time")

#: Beside a blood pressure or an age a weight is somebody's own, and is not added up.
_AGE, _BODY = re.compile(r"\bage\b", re.I), re.compile(r"\b(?:weight|height|waist|bmi)\b", re.I)

#: More measures than this are not suggested for one file: nobody reads them. The first columns come first.
MOST_SUGGESTED = 40


def suggested_measures(
    mapping: Mapping, folder: Path, shares: Sequence[tuple[str, str, str]] = ()
) -> tuple[Measure, ...]:
    """Return measures that chart what a mapping counts.

    Parameters
    ----------
    mapping
        What the file was taken for; where its prototype is not chosen yet, new measures are for `NEW_PROTOTYPE`.
    folder
        The data folder in use, for the measures and themes there.
    shares
        Share, part and whole, as `Proposal.shares` has them: the share is then counted from its two numbers.

    Returns
    -------
    tuple
        First the measures in use that the items answer; then, for each item that none of them counts, a new one: a
        share of those who came where the heading asks for a part of them, a share of sessions for a ticked option, a
        sum a week for people, goods, money and hours, a mean for scores, waits and readings. Not more new ones than
        `MOST_SUGGESTED`. A person fills in why it matters.
    """
    in_use = measures_in_use(folder)
    answered = tuple(measure for measure in in_use if _answers(measure, mapping, folder))
    counted = {item for measure in answered for item in items_of(measure.numerator)}
    taken = {measure.measure_id for measure in in_use}
    made = []
    parts = {share: (part, whole) for share, part, whole in shares}
    for definition in islice(_definitions(mapping, counted, parts), MOST_SUGGESTED):
        definition["id"] = _free(definition["id"], taken)
        taken.add(definition["id"])
        made.append(measure_of(definition))
    return (*answered, *made)


def _answers(measure: Measure, mapping: Mapping, folder: Path) -> bool:
    """Whether a measure in use counts items of a mapping and is meant for its prototype."""
    items = {*items_of(measure.numerator), *items_of(measure.denominator)} - {SESSIONS}
    if not items or not items <= set(mapping.items):
        return False
    if mapping.prototype_id is None:
        return "prototype_id" in mapping.columns or "*" in measure.prototypes
    theme = _themes(folder).get(mapping.prototype_id, "")
    return bool({"*", mapping.prototype_id, f"theme:{theme}"} & set(measure.prototypes))


def _themes(folder: Path) -> dict[str, str]:
    path = folder / "prototypes.csv"
    if not path.is_file():
        return {}
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig", errors="replace").splitlines())
    return {str(row.get("prototype_id") or ""): str(row.get("theme") or "").strip() for row in rows}


def _definitions(
    mapping: Mapping, counted: set[str], parts: Mapping_[str, tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    """Yield a definition for every item that no measure counts yet, and the shares that go with them."""
    whole = _those_who_came(mapping.items)
    persons = any(spec.ask.unit == "mmHg" or _AGE.search(spec.headings[0]) for spec in mapping.items.values())
    for item, spec in mapping.items.items():
        if item in parts and {*parts[item]} <= set(mapping.items):
            ratio = _share(*parts[item], "share") | {"domain": "quality", "better": "up"}
            yield _common(mapping, item, spec) | ratio | _domain(spec)
        elif item not in counted:
            made = _kind_of(item, spec, whole, is_about_persons=persons)
            yield _common(mapping, item, spec) | made | _domain(spec)
    if {"kg_wasted", "kg_shared"} <= set(mapping.items) and "kg_wasted" not in counted:
        yield _wasted(mapping)
    if SESSIONS not in counted:
        yield _sessions(mapping)


def _those_who_came(items: dict[str, ItemSpec]) -> str | None:
    """Return the item that counts those who came, of which others are parts."""
    counts = [
        item
        for item, spec in items.items()
        if spec.ask.amount == "count" and not spec.option and not spec.ask.part
    ]
    named = [item for item in counts if _concept(items[item]) == "people_came"]
    return next(iter((*named, *counts)), None)


def _common(mapping: Mapping, item: str, spec: ItemSpec) -> dict[str, Any]:
    return {
        "id": item,
        "name": _name(item, spec),
        "short_name": item.replace("_", " ").capitalize()[:20].strip(),
        "period": "week",
        "disclosive": True,
        "never_negative": spec.ask.amount == "count" or find_unit(spec.ask.unit or "") is not None,
        "prototypes": _prototypes(mapping),
        "why": _WHY,
        "source": _SOURCE,
    }


def _prototypes(mapping: Mapping) -> list[str]:
    return ["*"] if "prototype_id" in mapping.columns else [mapping.prototype_id or NEW_PROTOTYPE]


def _kind_of(item: str, spec: ItemSpec, whole: str | None, is_about_persons: bool) -> dict[str, Any]:
    ask, concept = spec.ask, _concept(spec)
    if spec.option is not None:
        return _share(item, SESSIONS, "share of sessions") | {
            "domain": "quality",
            "better": "neither",
            "disclosive": False,
        }
    if ask.amount == "count" and ask.part == "first":
        return _share(item, f"{item}_of", "share") | {"domain": "reach", "better": "up"}
    if (
        ask.amount == "count"
        and whole not in (None, item)
        and (PART_OF.search(spec.headings[0]) or concept == "first_timers")
    ):
        return _share(item, str(whole), "share of those who came") | {"domain": "quality", "better": "up"}
    if ask.amount == "count":
        return {"kind": "count", "numerator": item, "unit": "a week", "domain": "reach", "better": "up"}
    unit = find_unit(ask.unit) if ask.unit else None
    better = "down" if concept == "wasted" or ask.unit == "mmHg" else "up"
    is_mean = all(MEAN.search(split_heading(heading)[1]) for heading in spec.headings)
    is_mean |= is_about_persons and any(_BODY.search(heading) for heading in spec.headings)
    if ask.amount == "measurement" and unit is not None and unit.kind in _ADD_UP and not is_mean:
        made = {
            "kind": "i",
            "numerator": item,
            "unit": f"{unit.name} a week",
            "better": better,
            "disclosive": False,
        }
        return made | {"domain": "balancing" if concept == "wasted" else "reach"}
    words = {"share": "share, 0 to 1", "score": f"out of {ask.out_of:g}" if ask.out_of else "score"}
    mean = {"kind": "measurement", "numerator": item, "unit": words.get(ask.amount, ask.unit or "mean")}
    return mean | {"domain": "impact" if ask.unit == "mmHg" else "quality", "better": better}


def _domain(spec: ItemSpec) -> dict[str, Any]:
    """Return the domain that the columns stand under, where the log itself sorts them so ("Reach: how many came")."""
    group = split_heading(spec.headings[0])[0].strip().lower()
    return {"domain": group} if group in list(Domain) else {}


def _share(numerator: str, denominator: str, unit: str) -> dict[str, Any]:
    return {"kind": "proportion", "numerator": numerator, "denominator": denominator, "unit": unit}


def _wasted(mapping: Mapping) -> dict[str, Any]:
    """Return the waste of what went out or was wasted, with limits that follow how much that was."""
    spec = mapping.items["kg_wasted"]
    words = {
        "id": "wasted_of_shared_and_wasted",
        "name": "Wasted, of what was shared or wasted",
        "short_name": "Wasted share",
    }
    counted = {
        "kind": "ip",
        "numerator": "kg_wasted",
        "denominator": "kg_shared + kg_wasted",
        "unit": "kg of each kg",
    }
    return _common(mapping, "kg_wasted", spec) | words | counted | {
        "domain": "quality", "better": "down", "disclosive": False,
    }  # fmt: skip


def _sessions(mapping: Mapping) -> dict[str, Any]:
    words = {
        "id": "sessions_held",
        "name": "Sessions held",
        "short_name": "Sessions",
        "unit": "a week",
        "kind": "count",
    }
    common = _common(mapping, "sessions_held", ItemSpec(("Sessions held",)))
    return common | words | {
        "numerator": SESSIONS, "domain": "balancing", "better": "neither", "disclosive": False, "wall": False,
    }  # fmt: skip


def _name(item: str, spec: ItemSpec) -> str:
    """Return a measure's name: the question as the form asks it, or the item's word where it is asked in several ways."""
    if spec.option is not None and plain(spec.option) in YES:
        return personal.scrub(personal.printable(spec.headings[0]))[0].strip(" :*")[:75] + ": yes"
    if spec.option is not None:
        return f'Sessions with "{personal.scrub(spec.option)[0][:60]}"'
    if spec.where is not None:
        return personal.scrub(f"{spec.where[1]}, {spec.headings[0]}")[0][:80]
    question = personal.scrub(personal.printable(spec.headings[0]))[0].strip(" ?:*")
    return (
        question[:80]
        if len(spec.headings) == 1 and not spec.ask.part
        else item.replace("_", " ").capitalize()
    )


def _concept(spec: ItemSpec) -> str | None:
    if spec.where is not None:
        return concept_of(spec.where[1])
    parts = (split_heading(heading) for heading in spec.headings)
    found = (concept_of(leaf, group) for group, leaf in parts)
    return next((concept for concept in found if concept), None)


def _free(word: str, taken: Iterable[str]) -> str:
    number, free = 2, word
    while free in taken:
        free, number = f"{word}_{number}", number + 1
    return free
