"""Plan a cycle: question, measure, when we will know, and a prediction that is sealed before the first test."""

from dashboard.components.frame import Frame, show
from dashboard.components.plan import page as plan_page
from dashboard.components.plan import sealed as plan_sealed


def body(frame: Frame) -> None:
    """Show the plan that the address names, or the steps of a new one."""
    view = plan_page.planned(frame)
    if view is None:
        plan_page.show_form(frame)
    else:
        plan_sealed.show(frame, view)


show(body, "Plan a cycle")
