"""One PDSA cycle: the group's own guess against the world, then the verdict, then how it was reached."""

from dashboard.components import styles
from dashboard.components.cycle import page as cycle_page
from dashboard.components.frame import Frame, show


def body(frame: Frame) -> None:
    """Choose a cycle and review it."""
    view = cycle_page.chosen(frame)
    if view is None:
        cycle_page.show_no_cycle(frame)
        return
    styles.show_own("cycle")
    cycle_page.title(frame, view)
    cycle_page.show_review(frame, view)


show(body, "Cycle")
