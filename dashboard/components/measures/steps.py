"""The history of a target as a small step drawing, without words: they stand beside it."""

from __future__ import annotations

import datetime as dt

from dashboard.components.icons import image
from dashboard.theme import Theme
from pipelines.measures import Measure

WIDTH, HEIGHT, EDGE = 180, 44, 5


def steps_html(measure: Measure, until: dt.date | None, theme: Theme) -> str:
    """Return the steps as an `<img>`; nothing where the target never changed."""
    if len(measure.targets) < 2:
        return ""
    return image(steps_svg(measure, until, theme), "", "target-steps")


def steps_svg(measure: Measure, until: dt.date | None, theme: Theme) -> str:
    """Return the SVG: dashed like a target on a chart, from the first day of the first to `until` or a little later."""
    days = [target.from_on.toordinal() for target in measure.targets]
    room = max((days[-1] - days[0]) // 4, 1)
    last = max(days[-1] + room, until.toordinal() if until else 0)
    values = [target.value for target in measure.targets]
    low, span = min(values), (max(values) - min(values)) or 1.0

    def x(day: int) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (day - days[0]) / (last - days[0])

    def y(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / span

    path = f"M{x(days[0]):.1f} {y(values[0]):.1f}"
    for day, value in zip(days[1:], values[1:], strict=True):
        path += f"H{x(day):.1f}V{y(value):.1f}"
    line = f'<path d="{path}H{x(last):.1f}" fill="none" stroke="{theme.target}" stroke-width="1.6" stroke-dasharray="9 5"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{line}</svg>'
