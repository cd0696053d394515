"""Meeting mode: what changed since the last meeting, one question a screen, decided in the sight of all."""

from dashboard.components.frame import show
from dashboard.components.meeting import page

show(page.show, "Meeting", is_slide=True)
