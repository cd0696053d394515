"""Hypertension for a GP health lead: better or chance, where people are lost, who is not reached; below, what proves it."""

from dashboard.components.frame import Frame, show
from dashboard.components.hypertension import page
from dashboard.components.hypertension.view import THEME


def body(frame: Frame) -> None:
    """Choose a neighbourhood, answer in three sentences, then show what they rest on; or all places side by side."""
    if frame.store.theme_sentences(THEME).empty:
        page.show_no_theme(frame)
        return
    place = page.choose(frame)
    if place is None:
        page.show_borough(frame)
    else:
        page.show_place(frame, place)


show(body, "Hypertension")
