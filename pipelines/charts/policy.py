"""What may be shown of a chart: limits, centre line, signals and icons (docs/method.md, Charts 6, 8, 9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.charts.plan import Plan
from pipelines.disclosure import NHS, Profile
from pipelines.spc import Chart
from pipelines.vocabulary import (
    POINTS_FOR_ICON,
    POINTS_FOR_LIMITS,
    Assurance,
    ChartKind,
    LimitsState,
    Rule,
    Variation,
    WhyNoLimits,
)

#: Rules that mark single points, in order of precedence.
POINT_RULES = (Rule.BEYOND_LIMITS, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT)


@dataclass(frozen=True)
class Release:
    """How a series was prepared for its audience; the default is the group's own copy, untouched."""

    from_rounded: bool = False
    note: str | None = None
    hidden_reason: str | None = None
    #: Told the half-width of the limits at each point: whether rounding drowns them.
    too_coarse: Callable[[NDArray[np.float64]], bool] | None = None
    profile: Profile = NHS


@dataclass(frozen=True)
class Shown:
    """What policy allows on the screen."""

    limits_state: LimitsState
    why_no_limits: WhyNoLimits | None
    has_centre: bool

    @property
    def has_limits(self) -> bool:
        """Whether a usual range is shown."""
        return self.limits_state != LimitsState.NONE

    @property
    def may_signal(self) -> bool:
        """Whether points may be coloured: charts with limits, and run charts."""
        return self.has_limits or self.why_no_limits == WhyNoLimits.RUN_CHART


def what_may_be_shown(plan: Plan, drawn: Chart | None, release: Release, phase: int = -1) -> Shown:
    """Decide on centre line and limits of a phase; the first reason against them that holds is the one told."""
    if drawn is None:
        return Shown(LimitsState.NONE, WhyNoLimits.NO_DATA, has_centre=False)
    if plan.why_no_limits is not None:
        return Shown(LimitsState.NONE, plan.why_no_limits, has_centre=True)
    if plan.baseline.state == "start_up":
        return Shown(LimitsState.NONE, WhyNoLimits.START_UP, has_centre=False)
    if plan.kind == ChartKind.RUN:
        return Shown(LimitsState.NONE, WhyNoLimits.RUN_CHART, has_centre=True)
    half_width = (drawn.upper_limit - drawn.lower_limit) / 2
    if release.too_coarse is not None and release.too_coarse(half_width):
        return Shown(LimitsState.NONE, WhyNoLimits.ROUNDED, has_centre=False)
    engine = drawn.phases[phase]
    if engine.limits_state == LimitsState.NONE:
        return Shown(LimitsState.NONE, engine.why_no_limits, has_centre=True)
    # Enough points are not enough: someone must have declared the baseline, or accepted it by name.
    is_vouched = plan.baseline.rule_used == "dates" or plan.phases[phase].signed is not None
    is_established = is_vouched and engine.limits_state == LimitsState.ESTABLISHED
    return Shown(
        LimitsState.ESTABLISHED if is_established else LimitsState.PROVISIONAL, None, has_centre=True
    )


@dataclass(frozen=True)
class Icons:
    """The icons of a chart, and the rules its latest point fires, joined by commas in order of precedence."""

    variation: Variation
    assurance: Assurance
    variation_rules: str | None = None


def icons_of(drawn: Chart | None, shown: Shown, fired: list[Rule], n_points: int, phase: int = -1) -> Icons:
    """Return the icons of a phase: from its thirteenth point, and only where limits are shown.

    Parameters
    ----------
    drawn
        The chart, or None without a single value.
    shown
        What may be shown.
    fired
        Rules that the latest point fires outside the baseline.
    n_points
        Points of the phase with a value.
    phase
        Which; the latest unless told.
    """
    if drawn is None:
        return Icons(Variation.NONE, Assurance.EMPTY)
    if n_points < POINTS_FOR_ICON:
        return Icons(Variation.TOO_FEW, Assurance.EMPTY)
    if not shown.has_limits:
        return Icons(Variation.NONE, Assurance.EMPTY)
    engine = drawn.phases[phase]
    variation = engine.variation if fired else Variation.COMMON_CAUSE
    return Icons(variation, engine.assurance, ",".join(fired) or None)


def remedy_of(shown: Shown, n_points: int) -> str | None:
    """Return what would bring limits, or None where there are some or nothing would."""
    if shown.why_no_limits == WhyNoLimits.START_UP:
        missing = max(POINTS_FOR_LIMITS - n_points, 1)
        return f"{missing} more points without a trend, or a baseline accepted by a named person"
    if shown.why_no_limits == WhyNoLimits.ROUNDED:
        return "larger numbers a point, so that rounding hides less"
    if shown.why_no_limits == WhyNoLimits.SPARSE:
        return "a coarser period, or more people a test"
    return None
