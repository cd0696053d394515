"""Log a test: the numbers of one session, or that it did not happen, typed in on a phone."""

from dashboard.components.frame import show
from dashboard.components.log_a_test import page as log_page

show(log_page.body, log_page.NAME, needs_rows=False)
