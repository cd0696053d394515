"""Hypertension for a GP health lead: better or chance, where people are lost, what to ask; below, what proves it."""

from dashboard.components import hypertension_page as page
from dashboard.components.frame import Frame, show
from dashboard.components.hypertension_view import THEME


def body(frame: Frame) -> None:
    """Choose a neighbourhood, answer in three sentences, then show the charts they rest on."""
    if frame.store.theme_sentences(THEME).empty:
        page.show_no_theme(frame)
        return
    place, view, narrow = page.choose(frame)
    page.title(frame, place, view)
    page.show_answers(view)
    page.show_steps_and_care(frame, view)
    page.show_charts(frame, view, narrow)
    page.show_area(frame, place, view, narrow)


show(body, "Hypertension")
