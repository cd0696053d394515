"""One prototype as a story: its stages, its charts with the cycles under them, what was learned and decided."""

from dashboard.components import styles
from dashboard.components.cycle import agreed as cycle_agreed
from dashboard.components.frame import Frame, show
from dashboard.components.prototype import cycles as prototype_cycles
from dashboard.components.prototype import ramp as prototype_ramp
from dashboard.components.prototype import story as prototype_story
from dashboard.components.spread import page as spread_page


def body(frame: Frame) -> None:
    """Choose a prototype, then tell it from idea to now."""
    view = prototype_story.chosen(frame)
    if view is None:
        return
    styles.show_own("prototype")
    prototype_story.title(frame, view)
    prototype_story.show_stages(frame, view)
    prototype_ramp.show(frame, view)
    prototype_cycles.show(frame, view)
    cycle_agreed.show_all(frame, view.prototype_id)
    spread_page.show(frame, view.view, view.prototype)
    prototype_story.show_notes(frame, view)
    prototype_story.show_readiness(frame, view)


show(body, "Prototype")
