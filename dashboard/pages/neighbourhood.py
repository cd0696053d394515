"""One prototype in one place: reach, quality and impact under one another, on one time axis."""

from dashboard.components.frame import Frame, show
from dashboard.components.neighbourhood import page as prototype_page


def body(frame: Frame) -> None:
    """Choose a place and a prototype, then draw its charts."""
    store = frame.store
    place, prototype = prototype_page.choose(store)
    if place is None or prototype is None:
        prototype_page.show_no_prototype(frame, place)
        return
    weeks = prototype_page.chosen_weeks()
    view = prototype_page.load(store, prototype["prototype_id"], weeks)
    published = store.neighbourhood_facts(place["neighbourhood_id"])
    facts = prototype_page.facts(place, prototype, view, published)
    frame.title(str(prototype["name"]), f"{place['name']} › prototype", facts)
    prototype_page.show_context(frame, place, published)
    prototype_page.show_charts(frame, view, weeks)
    prototype_page.show_keys(frame, view)
    prototype_page.show_all_six(frame, view, prototype, weeks)


show(body, "Neighbourhood")
