"""The engine: run and control charts. Arrays in, frozen dataclasses out; no files, SQL, plots or screens.

>>> from pipelines.spc import chart
>>> chart([51.0, 49.0, 52.0, 50.0], kind="i").to_frame()  # doctest: +SKIP
"""

from pipelines.spc.baseline import Baseline, find_baseline
from pipelines.spc.chart import Chart, chart
from pipelines.spc.intervals import Interval, byar, clopper_pearson, exact_poisson, wilson
from pipelines.spc.kinds import choose_kind
from pipelines.spc.many import chart_many
from pipelines.spc.remedies import why_plain_limits_fail
from pipelines.spc.rule_sets import RuleSet, rule_set
from pipelines.spc.trend_test import MannKendall, mann_kendall

__all__ = [
    "Baseline",
    "Chart",
    "Interval",
    "MannKendall",
    "RuleSet",
    "byar",
    "chart",
    "chart_many",
    "choose_kind",
    "clopper_pearson",
    "exact_poisson",
    "find_baseline",
    "mann_kendall",
    "rule_set",
    "why_plain_limits_fail",
    "wilson",
]
