"""Every definition as a card to read: the sentence first, then what is counted, where it goes, and where it is charted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from html import escape

from dashboard import context
from dashboard.components.measures import words
from dashboard.components.measures.steps import steps_html
from dashboard.components.measures.view import MeasureView, Place
from dashboard.components.plain_text import shown_html
from dashboard.theme import Theme
from pipelines.measures import CAN_BE_NEGATIVE, Measure, items_of
from pipelines.vocabulary import Domain

#: Longest text of a definition shown in one piece.
LONGEST = 600

#: From so many measures an index of names stands above the cards.
MANY = 6


def index_html(views: Sequence[MeasureView], narrow: bool = False) -> str:
    """Return the names of all measures by domain, each leading to its card; folded on a phone, nothing for a few."""
    if len(views) < MANY:
        return ""
    parts = []
    for domain in Domain:
        links = [
            f'<li><a href="#{anchor(view.measure)}">{shown_html(view.measure.short_name)}</a></li>'
            for view in views
            if view.measure.domain == domain
        ]
        if links:
            parts.append(f"<div><b>{domain.capitalize()}</b><ul>{''.join(links)}</ul></div>")
    index = f'<nav class="measure-index" aria-label="Measures">{"".join(parts)}</nav>'
    if not narrow:
        return index
    return f'<details class="fold"><summary>The names of all {len(views)}</summary>{index}</details>'


def anchor(measure: Measure) -> str:
    """Return the name by which a link on the page finds a card."""
    return f"measure-{escape(measure.measure_id)}"


def cards_html(
    views: Sequence[MeasureView], until: dt.date | None, theme: Theme, narrow: bool = False
) -> str:
    """Return the cards grouped by domain, cause before effect; on a phone all but the sentences is folded."""
    parts = []
    for domain in Domain:
        cards = [card_html(view, until, theme, narrow) for view in views if view.measure.domain == domain]
        if cards:
            parts.append(f"<h2>{words.DOMAINS[domain]}</h2>{''.join(cards)}")
    return "".join(parts)


def card_html(view: MeasureView, until: dt.date | None, theme: Theme, narrow: bool = False) -> str:
    """Return one definition as a card."""
    measure = view.measure
    change = context.link("measures", do="new", like=measure.measure_id)
    facts = f"<dl>{_counted(measure)}{_read(measure, until, theme)}</dl><dl>{_used(view)}</dl>"
    if narrow:
        facts = f'<details class="fold"><summary>How it is counted, and where it is charted</summary>{facts}</details>'
    return (
        f'<article class="measure" id="{anchor(measure)}"><header><h3>{shown_html(measure.name, LONGEST)}</h3>'
        f'<p class="sentence-of">{shown_html(words.sentence(measure, until), LONGEST)}</p>'
        f"<p>{shown_html(measure.why, LONGEST)}</p>"
        f'<p class="muted">Source: {shown_html(measure.source, LONGEST)}</p>'
        f'<p class="muted"><code>{escape(measure.measure_id)}</code> '
        f'<a href="{escape(change)}" target="_self">Change it, or write one like it</a></p></header>{facts}</article>'
    )


def _counted(measure: Measure) -> str:
    told = [("Counted", _codes(measure.numerator))]
    if measure.denominator:
        told.append(("Out of", _codes(measure.denominator)))
    if measure.counts:
        told.append(("These are", words.COUNTED[measure.counts]))
    told.append(("In words", shown_html(measure.unit)))
    if measure.never_negative and measure.kind in CAN_BE_NEGATIVE:
        told.append(("Lowest", "0: a value below it cannot be."))
    told.append(("Disclosive", words.disclosive_words(measure)))
    return _pairs(told)


def _read(measure: Measure, until: dt.date | None, theme: Theme) -> str:
    told = [("Kind of number", words.kind_words(measure))]
    if measure.planned_every != measure.period:
        told.append(("Planned", f"Every {escape(measure.planned_every)}."))
    told.append(("Usual range", words.baseline_words(measure.baseline)))
    if measure.arrives != "as_counted":
        told.append(("Arrives", words.ARRIVES[measure.arrives]))
    if measure.lag_days:
        told.append(("Can move", f"{measure.lag_days} days after a cycle begins, not before."))
    if measure.no_entry_means_zero:
        told.append(("No entry", "Means none, not a gap."))
    history = "".join(f"<li>{escape(line)}</li>" for line in words.history_words(measure))
    target = f"{steps_html(measure, until, theme)}<ul>{history}</ul>" if history else "None."
    return _pairs([*told, ("Target", target)])


def _used(view: MeasureView) -> str:
    told = [("Used by", shown_html(f"{words.meant_for(view.measure)}.", LONGEST))]
    links = "".join(chart_link(place, view.measure) for place in view.charted)
    told.append(("Charted", f"<ul>{links}</ul>" if links else "Nowhere yet: no log has counted it."))
    if view.charted:
        charts = Counter(words.CHARTS.get(str(place.chart), str(place.chart)) for place in view.charted)
        drawn = "; ".join(f"{name}{f', {many} times' if many > 1 else ''}" for name, many in charts.items())
        told.append(("Drawn as", f"{escape(drawn[:1].upper() + drawn[1:])}."))
    if view.not_charted and view.charted:
        names = "; ".join(f"{place.prototype}, {place.neighbourhood}" for place in view.not_charted)
        told.append(("Not counted at", shown_html(names, LONGEST)))
    return _pairs(told)


def chart_link(place: Place, measure: Measure) -> str:
    """Return a list entry that leads to the chart of a measure at a prototype."""
    address = context.link(
        "neighbourhood",
        neighbourhood=place.neighbourhood_id,
        prototype=place.prototype_id,
        measure=measure.measure_id,
    )
    name = f"{shown_html(place.prototype)}, {shown_html(place.neighbourhood)}"
    return f'<li><a href="{escape(address)}" target="_self">{name}</a></li>'


def _codes(counted: str | None) -> str:
    return " + ".join(f"<code>{escape(item)}</code>" for item in items_of(counted))


def _pairs(told: Sequence[tuple[str, str]]) -> str:
    """Return terms and what they say; the latter is HTML already."""
    return "".join(f"<div><dt>{escape(term)}</dt><dd>{what}</dd></div>" for term, what in told)
