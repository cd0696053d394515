"""The only reader of a mart: one method a question, plain rows out. Knows no screen.

Frames come with the columns of pipelines/sql/schema.sql; a missing value is None or NaN, never 0.
"""

from __future__ import annotations

from dashboard.store.charts import Charts
from dashboard.store.cycles import Cycles
from dashboard.store.learning import Learning
from dashboard.store.news import News
from dashboard.store.places import Places
from dashboard.store.recorded import Recorded
from dashboard.store.served import Served
from dashboard.store.sources import Sources
from dashboard.store.wall import OnWall


class Store(Charts, Cycles, Learning, News, OnWall, Places, Recorded, Served, Sources):
    """A published mart, open for reading; opened and closed as `dashboard.store.reader.Reader` says."""


__all__ = ["Store"]
