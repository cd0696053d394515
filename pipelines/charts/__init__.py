"""Observations of one series to the rows of chart_point and chart_summary.

`decided` is what people decided on a usual range; `plan` chooses period, chart and baseline, `phases` the stretches with
lines of their own; `policy` decides what may be shown; `drawing` has the engine draw; `rows` and `summary` write what came
of it, `proposals` what may be decided now. Every figure comes from `pipelines.spc`.
"""

from pipelines.charts.decided import SeriesDecisions, decisions_of
from pipelines.charts.plan import Plan, plan_chart
from pipelines.charts.policy import Release
from pipelines.charts.rows import SeriesChart, chart_series

__all__ = ["Plan", "Release", "SeriesChart", "SeriesDecisions", "chart_series", "decisions_of", "plan_chart"]
