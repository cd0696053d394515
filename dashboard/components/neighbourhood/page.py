"""The parts of the Neighbourhood page: choices, facts, charts on one axis, keys."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components import chart_card, notices
from dashboard.components.chance import chance_words
from dashboard.components.frame import Frame
from dashboard.components.marks_key import flags_html, shapes_html
from dashboard.components.neighbourhood import context_strip, every_place
from dashboard.components.prototype_view import Chart, PrototypeView, load_view
from dashboard.components.ribbon_strip import overlap_words, ribbon_html
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import capital, day, missing
from dashboard.figures.ribbon import Bracket
from dashboard.figures.whiskers import interval_rows
from dashboard.store import Store
from pipelines.vocabulary import Domain

#: Slots that stay even where nothing is measured; balancing measures have none to keep.
ALWAYS = (Domain.REACH, Domain.QUALITY, Domain.IMPACT)

#: Of up to so many charts all answer to the pointer.
MOST_ANSWERING = 4

#: Weeks to look back, by the word in the address; a phone begins with the shortest.
SPANS: dict[str, int | None] = {"16": 16, "52": 52, "all": None}
SPAN_WORDS = {"16": "last 16 weeks", "52": "last year", "all": "all"}


def choose(store: Store) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Ask for a neighbourhood, west to east, and one of its prototypes; return both rows, None where there is none."""
    places, prototypes = store.neighbourhoods(), store.prototypes()
    asked = prototypes[prototypes["prototype_id"] == st.query_params.get("prototype")]
    home = None if asked.empty else str(asked["neighbourhood_id"].iloc[0])
    left, right, _ = st.columns((0.28, 0.42, 0.3), gap="medium")
    with left:
        names = dict(zip(places["neighbourhood_id"], places["name"], strict=True))
        place_id = context.select("Neighbourhood", "neighbourhood", names, default=home)
    here = prototypes[prototypes["neighbourhood_id"] == place_id]
    with right:
        names = dict(zip(here["prototype_id"], here["name"], strict=True))
        prototype_id = context.select("Prototype", "prototype", names) if names else None
    return _row(places, "neighbourhood_id", place_id), _row(here, "prototype_id", prototype_id)


def chosen_weeks() -> int | None:
    """Return how many weeks to look back: as the address says, else all, and sixteen weeks on a phone."""
    measure = st.query_params.get("measure", "")
    is_picked = (
        st.session_state.get("choice_measure") == measure
    )  # chosen at the foot of the page, not by a link
    is_narrow(seek=measure if measure.isidentifier() and not is_picked else None)
    narrow = is_narrow_now()
    return SPANS[context.choice("weeks", list(SPANS), "16" if narrow else "all") or "all"]


def looked_into(store: Store, prototype_id: str) -> str | None:
    """Return the measure that the address names, where the prototype has too many for all to answer to the pointer."""
    measures = set(store.summaries(prototype_id=prototype_id)["measure_id"])
    asked = st.query_params.get("measure")
    return asked if len(measures) > MOST_ANSWERING and asked in measures else None


def answering(view: PrototypeView, asked: str | None) -> set[str]:
    """Return the measures whose charts answer to the pointer; the others are pictures that lead to them.

    All of a few. Of many the primary measure of the cycle that began last and the one asked for, or else the first: a browser
    takes a twentieth of a second and more for each, which is too long for 25.
    """
    measures = [str(chart.summary["measure_id"]) for chart in view.charts]
    if len(measures) <= MOST_ANSWERING:
        return set(measures)
    primary = view.cycles[-1].primary_measure if view.cycles else None
    return {measure for measure in (primary, asked) if measure in measures} or {measures[0]}


def load(store: Store, prototype_id: str, weeks: int | None) -> PrototypeView:
    """Return the prototype's charts and cycles."""
    return load_view(store, prototype_id, weeks)


def facts(
    place: Mapping[str, Any], prototype: Mapping[str, Any], view: PrototypeView, published: pd.DataFrame
) -> list[tuple[str, str]]:
    """Return the strip of facts; what is not known is left out, and so is what the context strip says better."""
    strip = []
    if not missing(place["population"]) and not context_strip.has_residents(published):
        strip.append(("Residents", f"{int(place['population']):,}"))
    if not missing(prototype["stage"]):
        strip.append(("Stage", capital(str(prototype["stage"]))))
    if not missing(prototype["started_on"]):
        strip.append(("Began", day(prototype["started_on"], year=True)))
    last = [row.summary["latest_on"] for row in view.charts if not missing(row.summary["latest_on"])]
    if last:
        strip.append(("Latest point", day(max(last), year=True)))
    decided = len(view.decisions())
    strip.append(("Cycles", f"{len(view.filed)}, {decided} decided" if view.filed else "none yet"))
    return strip


def show_context(frame: Frame, place: Mapping[str, Any], published: pd.DataFrame) -> None:
    """Show the published figures about the place, apart from the charts."""
    words = context_strip.strip_html(published, str(place["name"]), frame.made_up, is_narrow_now())
    if words:
        st.html(words)


def show_charts(frame: Frame, view: PrototypeView, weeks: int | None, asked: str | None = None) -> None:
    """Draw the ribbon and every chart, cause above effect; a domain without a measure keeps its place."""
    if view.axis is None or not view.charts:
        notices.nothing_counted("this prototype")
        return
    narrow = is_narrow_now()
    shared = view.shared_bracket()
    place = st.container() if narrow else st.columns(chart_card.CHART_AND_WORDS, gap="medium")[0]
    above = shared if narrow else view.ribbon_bracket()  # a phone has no room for the longer words
    with place:
        st.html(_span_links(weeks) + ribbon_html(view.cycles, view.axis, above, narrow))
    last, live = view.charts[-1], answering(view, asked)
    for domain in Domain:
        held = view.of_domain(domain)
        if not held and domain in ALWAYS:
            chart_card.show_empty_slot(domain)
        for answers, charts in groupby(held, lambda chart: chart.summary["measure_id"] in live):
            if not answers:
                cards = (_picture_card(chart, frame, weeks, shared) for chart in charts)
                st.html("".join(cards))
                continue
            for chart in charts:
                chart_card.show_card(
                    chart,
                    frame.theme,
                    months=chart is last,
                    narrow=narrow,
                    own_bracket=chart.bracket != shared,
                    green=_primary_words(chart, view),
                )


def _picture_card(chart: Chart, frame: Frame, weeks: int | None, shared: Bracket | None) -> str:
    own_bracket, leads_to = chart.bracket != shared, _in_full(chart, weeks)
    return chart_card.picture_card_html(
        chart, frame.theme, leads_to, narrow=is_narrow_now(), own_bracket=own_bracket
    )


def show_keys(frame: Frame, view: PrototypeView) -> None:
    """Close with the key of flags, the key of shapes, overlaps, and what chance alone would show."""
    if not view.charts:
        return
    flags = flags_html(view.cycles, view.decisions(), view.verdicts()) if view.cycles else ""
    inexact = any(len(interval_rows(chart.request.rows())) for chart in view.charts)
    keys = f'<div class="keys">{flags}{shapes_html(frame.theme, inexact)}</div>'
    if is_narrow_now():
        keys = f'<details class="fold"><summary>Key: flags and shapes</summary>{keys}</details>'
    overlap = overlap_words(view.cycles)
    rules = f"Rules: {frame.info.get('rule_set', 'none')}, version {frame.info.get('rule_set_version', '0')}."
    chance = f"{chance_words(chart.summary for chart in view.charts)} {rules}"
    told = f'<p class="sentence flush">{escape(overlap)}</p>' if overlap else ""
    st.html(f'{told}{keys}<p class="chance">{escape(chance)}</p>')


def show_every_place(
    frame: Frame, names: Mapping[str, str], prototype: Mapping[str, Any], weeks: int | None
) -> None:
    """Close with one of the measures in every neighbourhood, on one scale."""
    every_place.show(frame.store, frame.theme, names, str(prototype["prototype_id"]), weeks)


def show_no_prototype(frame: Frame, place: Mapping[str, Any] | None) -> None:
    """Say that a place has no prototype."""
    name = "Neighbourhood" if place is None else str(place["name"])
    frame.title(name, "Neighbourhood")
    notices.notice(
        f"No prototype in {name} yet",
        "A prototype is one line in prototypes.csv: its name, its neighbourhood and the day it began.",
    )


def is_narrow_now() -> bool:
    """Return what `is_narrow` found in this run."""
    return bool(st.session_state.get("is_narrow", False))


def _primary_words(chart: Chart, view: PrototypeView) -> str:
    """Return the green words at the primary measure of the cycle that began last."""
    measure = chart.summary["measure_id"]
    mine = [cycle for cycle in view.cycles if cycle.primary_measure == measure]
    if not mine or mine[-1] is not view.cycles[-1]:
        return ""
    cycle = mine[-1]
    result = view.results.get(cycle.cycle_id)
    sealed = "" if result is None else ", sealed" if result["is_sealed"] else ", prediction not sealed"
    return f"primary measure of {cycle.name[:1].lower()}{cycle.name[1:]}{sealed if cycle.has_range else ''}"


def _in_full(chart: Chart, weeks: int | None) -> str:
    """Return the address at which a chart answers to the pointer."""
    ids = {name: str(chart.summary[f"{name}_id"]) for name in ("neighbourhood", "prototype", "measure")}
    span = next(name for name, long in SPANS.items() if long == weeks)
    return context.link("neighbourhood", **ids, weeks=span)


def _span_links(weeks: int | None) -> str:
    """Return links to look back further or less far; the one in use is bold."""
    here = {name: st.query_params.get(name) for name in ("neighbourhood", "prototype")}
    parts = []
    for name, span in SPANS.items():
        words = SPAN_WORDS[name]
        address = escape(context.link("neighbourhood", **here, weeks=name))
        parts.append(
            f"<b>{words}</b>" if span == weeks else f'<a href="{address}" target="_self">{words}</a>'
        )
    return f'<p class="choices-line">Show: {" · ".join(parts)}</p>'


def _row(frame: pd.DataFrame, column: str, value: str | None) -> dict[str, Any] | None:
    rows = frame[frame[column] == value].to_dict("records")
    return {str(key): cell for key, cell in rows[0].items()} if rows else None
