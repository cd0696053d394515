"""How often chance alone makes a chart speak."""

from __future__ import annotations

from pipelines.spc.rule_sets import RuleSet


def false_alarm_rate(rules: RuleSet, n_points: int, n_base: int, *, has_limits: bool) -> float:
    """Return the rate."""
    return float("nan")
