"""One prototype in one place: reach, quality and impact under one another, on one time axis."""

from typing import Any

from dashboard.components.frame import Frame, show
from dashboard.components.neighbourhood import page as prototype_page
from dashboard.components.once import once

Row = dict[str, Any]


def body(frame: Frame) -> None:
    """Choose a place and a prototype, then draw its charts."""
    store = frame.store
    place, prototype = prototype_page.choose(store)
    if place is None or prototype is None:
        prototype_page.show_no_prototype(frame, place)
        return
    weeks = prototype_page.chosen_weeks()
    ids, narrow = (place["neighbourhood_id"], prototype["prototype_id"]), prototype_page.is_narrow_now()
    asked = prototype_page.looked_into(store, str(prototype["prototype_id"]))
    names = once(
        "neighbourhood",
        lambda: _show_prototype(frame, place, prototype, weeks, asked),
        *(*ids, weeks, narrow, asked),
        whatever=["measure"],
    )
    prototype_page.show_every_place(frame, names, prototype, weeks)


def _show_prototype(
    frame: Frame, place: Row, prototype: Row, weeks: int | None, asked: str | None
) -> dict[str, str]:
    """Draw the prototype's facts, charts and keys, and return what is measured: name by measure_id."""
    view = prototype_page.load(frame.store, prototype["prototype_id"], weeks)
    published = frame.store.neighbourhood_facts(place["neighbourhood_id"])
    facts = prototype_page.facts(place, prototype, view, published)
    frame.title(str(prototype["name"]), f"{place['name']} › prototype", facts)
    prototype_page.show_context(frame, place, published)
    prototype_page.show_charts(frame, view, weeks, asked)
    prototype_page.show_keys(frame, view)
    return view.measure_names()


show(body, "Neighbourhood")
