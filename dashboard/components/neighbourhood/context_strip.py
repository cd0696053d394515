"""The context strip: published facts about a neighbourhood, plainly apart from what its prototypes brought about.

Ink and grey alone: the charts' colours belong to results. Each fact has its source and its date; one that is not there
says so and how to load it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from dashboard.components.wording import day, missing, rows_of
from dashboard.figures.locality import period_text

Row = Mapping[str, Any]

LEAD = "Published figures about the place, not results of its prototypes."

NOT_LOADED = "No published figure loaded"

#: A fact's name in the mart, and its words on the screen.
RESIDENTS, ENGLAND, BOROUGH = "residents", "deprived in England", "deprived in the borough"
HYPERTENSION, HEALTHY_LIFE = "recorded hypertension", "healthy life expectancy"


def strip_html(facts: pd.DataFrame, place: str, made_up: bool = False, narrow: bool = False) -> str:
    """Return the strip; nothing where the mart holds no facts about the place.

    Parameters
    ----------
    facts
        Rows of neighbourhood_fact for one neighbourhood.
    place
        Its name.
    made_up
        Whether the neighbourhood is one of the sample: then the wards are real, and it is not.
    narrow
        Whether the page is a phone's: the strip is then folded under its first words.
    """
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(facts):
        by_name.setdefault(str(row["fact"]), []).append(row)
    if not by_name:
        return ""
    if not _is_known(facts):
        return _nothing_html(facts, place, narrow)
    boxes = (
        _residents(_first(by_name, RESIDENTS)),
        _deprivation(_first(by_name, ENGLAND), _first(by_name, BOROUGH), by_name.get("decile", [])),
        _hypertension(_first(by_name, HYPERTENSION)),
        _healthy_life(by_name.get(HEALTHY_LIFE, []), place),
    )
    lead = LEAD
    if made_up:
        lead += f" The wards are real; putting them together as {place} is made up."
    words = f'<p class="context-lead"><b>About the area</b> {escape(lead)}</p><dl>{"".join(boxes)}</dl>'
    return _section(words, _folded(by_name) if narrow else "")


def _section(words: str, folded_under: str) -> str:
    """Return the strip's frame; on a phone its words are folded under the first of them."""
    if folded_under:
        words = f"<details><summary>{escape(folded_under)}</summary>{words}</details>"
    return f'<section class="context" aria-label="Published figures about the area">{words}</section>'


def _is_known(facts: pd.DataFrame) -> bool:
    """Whether any figure is there; the tenths go with the count of deprived areas and say nothing alone."""
    return bool(facts.loc[facts["fact"] != "decile", "value"].notna().any())


def _nothing_html(facts: pd.DataFrame, place: str, narrow: bool) -> str:
    """Return the strip of a place of which nothing is known: one sentence, each reason once."""
    reasons = dict.fromkeys(str(why) for why in facts["why_missing"] if not missing(why))
    told = "".join(f"<p>{escape(why)}</p>" for why in reasons)
    words = f'<p class="context-lead"><b>About the area</b> {NOT_LOADED} for {escape(place)}.</p>'
    words += f"<details><summary>Why, and what to do</summary>{told}</details>" if told else ""
    return _section(words, f"About the area: {NOT_LOADED.lower()}" if narrow else "")


def has_residents(facts: pd.DataFrame) -> bool:
    """Whether the strip says how many people live there."""
    return bool((facts.loc[facts["fact"] == RESIDENTS, "value"].notna()).any())


def _first(by_name: Mapping[str, Sequence[Row]], name: str) -> Row | None:
    rows = by_name.get(name, [])
    return rows[0] if rows else None


def _folded(by_name: Mapping[str, Sequence[Row]]) -> str:
    """Return what a phone shows before the strip is opened."""
    residents = _first(by_name, RESIDENTS)
    known = residents is not None and not missing(residents["value"])
    people = f": {residents['value']:,.0f} residents, and more" if residents is not None and known else ""
    return f"About the area{people}"


def _residents(row: Row | None) -> str:
    if row is None or missing(row["value"]):
        return _missing("Residents", row)
    how = f"{day(row['period_start'], year=True)}; sum of the {row['out_of']:.0f} small areas that fit its wards best"
    return _box("Residents", f"{row['value']:,.0f}", how, _source(row))


def _deprivation(england: Row | None, borough: Row | None, deciles: Sequence[Row]) -> str:
    label = "Small areas among the most deprived fifth"
    if england is None or missing(england["value"]):
        return _missing(label, england)
    value = f"{england['value']:.0f} of {england['out_of']:.0f} in England"
    if borough is not None and not missing(borough["value"]):
        value += f" · {borough['value']:.0f} of {borough['out_of']:.0f} in the borough"
    how = f"By the index of multiple deprivation {england['edition']:.0f}"
    return _box(label, value, how, _source(england), _profile(deciles))


def _hypertension(row: Row | None) -> str:
    label = "Recorded hypertension"
    if row is None or missing(row["value"]):
        return _missing(label, row)
    of = "" if missing(row["out_of"]) else f" of {row['out_of']:,.0f} people"
    years = period_text(row["period_start"], row["period_end"])
    return _box(label, f"{100 * row['value']:.1f}%{of}", f"{row['area_name']}, {years}", _source(row))


def _healthy_life(rows: Sequence[Row], place: str) -> str:
    known = [row for row in rows if not missing(row["value"])]
    label = "Healthy life expectancy"
    if not known:
        return _missing(label, rows[0] if rows else None)
    words = {"female": "women", "male": "men"}
    told = [f"{words.get(row['part'], row['part'])} {row['value']:.1f}{_interval(row)}" for row in known]
    years = " and ".join(sorted({period_text(row["period_start"], row["period_end"]) for row in known}))
    how = f"Years at birth, with 95% intervals, {years}; of {known[0]['area_name']}, not of {place} alone"
    return _box(label, " · ".join(told), how, _source(known[0]))


def _interval(row: Row) -> str:
    low, high = row["lower_95"], row["upper_95"]
    return "" if missing(low) or missing(high) else f" ({low:.1f} to {high:.1f})"


def _profile(deciles: Sequence[Row]) -> str:
    """Return the small areas by tenth of England as ten grey bars, the most deprived tenth at the left."""
    if not deciles:
        return ""
    counts = [row["value"] for row in sorted(deciles, key=lambda row: int(row["part"]))]
    most = max(counts) or 1
    bars = "".join(f'<i style="height:{round(100 * count / most)}%"></i>' for count in counts)
    words = "Small areas by tenth of England, the most deprived first: " + ", ".join(
        f"{count:.0f}" for count in counts
    )
    return (
        f'<dd class="tenths"><span role="img" aria-label="{escape(words)}" title="{escape(words)}">{bars}</span>'
        "<small>tenths of England, most deprived first</small></dd>"
    )


def _source(row: Row) -> str:
    """Return who published it, and when."""
    source = "source not stated" if missing(row["source"]) else str(row["source"])
    released = (
        "release date not stated"
        if missing(row["released_on"])
        else f"released {day(row['released_on'], year=True)}"
    )
    return f"{source}, {released}"


def _box(label: str, value: str, how: str, source: str, more: str = "") -> str:
    return (
        f'<div><dt>{escape(label)}</dt><dd class="what">{escape(value)}</dd>{more}'
        f'<dd class="how">{escape(how)}. {escape(source)}.</dd></div>'
    )


def _missing(label: str, row: Row | None) -> str:
    """Return a fact that is not there: the words, and how to mend it one click away."""
    why = "" if row is None or missing(row["why_missing"]) else str(row["why_missing"])
    mend = f"<details><summary>Why, and what to do</summary><p>{escape(why)}</p></details>" if why else ""
    return f'<div class="none"><dt>{escape(label)}</dt><dd class="what">{NOT_LOADED}</dd><dd class="how">{mend}</dd></div>'
