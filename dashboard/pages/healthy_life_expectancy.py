"""Healthy life expectancy of the borough, London and England: published figures with intervals, without limits."""

from dashboard.components.frame import Frame, show
from dashboard.components.healthy_life_expectancy import page as locality_page


def body(frame: Frame) -> None:
    """Choose a local authority where several are loaded, and show its published figures beside London's and England's."""
    rows = locality_page.figures_of(frame)
    if rows.empty:
        locality_page.show_nothing(frame)
        return
    area = locality_page.choose_area(rows)
    locality_page.title(frame, rows, area)
    locality_page.show_figures(frame, rows, area)


show(body, "Healthy life expectancy", needs_rows=False)
