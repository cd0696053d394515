"""Learning: do predictions hold, are we missing by less, from talk to action, ready to scale."""

from dashboard.components.frame import Frame, show
from dashboard.components.learning import page
from dashboard.components.viewport import is_narrow


def body(frame: Frame) -> None:
    """Open with how well the groups know what they know, then the four blocks."""
    narrow = is_narrow()
    homes = page.prototypes(frame.store)
    view = page.choose(frame, homes)
    page.title(frame, view, homes)
    page.show_blocks(frame, view, homes, narrow)


show(body, "Learning")
