"""Log a test: the numbers of one session, or that it did not happen, typed in on a phone."""

from dashboard.components import log_page
from dashboard.components.frame import show

show(log_page.body, log_page.NAME, needs_rows=False)
