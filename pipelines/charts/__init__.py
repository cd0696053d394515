"""Observations of one series to the rows of chart_point and chart_summary.

`plan` chooses period, chart and baseline; `policy` decides what may be shown; `rows` writes what came of it. Every
figure comes from `pipelines.spc`.
"""

from pipelines.charts.plan import Plan, plan_chart
from pipelines.charts.policy import Release
from pipelines.charts.rows import SeriesChart, chart_series

__all__ = ["Plan", "Release", "SeriesChart", "chart_series", "plan_chart"]
