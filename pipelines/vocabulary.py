"""The words that files, SQL, Python and screens share. Imports nothing of ours.

A member's value is the word that stands in CSV columns, mart tables and exports.
"""

from __future__ import annotations

from enum import StrEnum

#: Points that a prototype needs before a usual range can be set, and before an icon (docs/method.md).
POINTS_FOR_LIMITS = 12
POINTS_FOR_ICON = 13

#: Points from which an accepted usual range is established, and from which a new one may be drawn (docs/method.md, Charts 6, 7).
POINTS_ESTABLISHED = 20
POINTS_FOR_REBASE = 7


class Domain(StrEnum):
    """What a measure speaks of; screens keep this order, cause before effect."""

    REACH = "reach"
    QUALITY = "quality"
    IMPACT = "impact"
    BALANCING = "balancing"


class Better(StrEnum):
    """The direction in which a measure improves."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class DataType(StrEnum):
    """What kind of number a measure is; decides the chart (docs/method.md, Charts 1)."""

    COUNT = "count"
    PROPORTION = "proportion"
    RATE = "rate"
    MEASUREMENT = "measurement"
    TIME_BETWEEN = "time_between"
    OPPORTUNITIES_BETWEEN = "opportunities_between"


class ChartKind(StrEnum):
    """Kinds of chart; run is the median chart, the others are Shewhart charts."""

    RUN = "run"
    I = "i"  # noqa: E741 - the field's own name for the chart of individual values
    MR = "mr"
    IP = "ip"
    XBAR = "xbar"
    S = "s"
    T = "t"
    G = "g"
    C = "c"
    U = "u"
    UP = "up"
    P = "p"
    PP = "pp"


class Period(StrEnum):
    """The width of one point."""

    SESSION = "session"
    WEEK = "week"
    FOUR_WEEKS = "4-week"
    MONTH = "month"
    THIRTEEN_WEEKS = "13-week"
    WHOLE = "whole"


class Rule(StrEnum):
    """Rules that a point or a series can fire."""

    BEYOND_LIMITS = "beyond_limits"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"
    LONG_RUN = "long_run"
    FEW_CROSSINGS = "few_crossings"
    MANY_CROSSINGS = "many_crossings"
    FOUR_OF_FIVE = "four_of_five"  # of the points of Do; it colours none on a chart
    MEAN_OF_DO = "mean_of_do"  # likewise


class PointType(StrEnum):
    """What a point says, by the precedence of docs/method.md, Charts 5."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    SPECIAL_HIGH = "special_high"
    SPECIAL_LOW = "special_low"


class Variation(StrEnum):
    """The variation icon: what is happening now."""

    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"
    COMMON_CAUSE = "common_cause"
    TOO_FEW = "too_few"
    NONE = "none"


class Assurance(StrEnum):
    """The assurance icon: where the usual range stands against the target."""

    PASS = "pass"  # noqa: S105 - the icon's name
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"
    EMPTY = "empty"


class LimitsState(StrEnum):
    """Whether limits may be shown."""

    NONE = "none"
    TRIAL = "trial"
    PROVISIONAL = "provisional"
    ESTABLISHED = "established"


class WhyNoLimits(StrEnum):
    """Why a chart shows no limits."""

    START_UP = "start_up"
    RUN_CHART = "run_chart"
    ROLLING = "rolling"
    ROUNDED = "rounded"
    REDEFINED = "redefined"
    SPARSE = "sparse"
    OVER_DISPERSED = "over_dispersed"
    NOT_POSITIVE = "not_positive"
    NO_DATA = "no_data"


class Remedy(StrEnum):
    """What to try next where limits would not hold (docs/method.md, remedies before refusals)."""

    COLLECT_MORE = "collect_more"
    COARSEN_PERIOD = "coarsen_period"
    CHART_VALUES = "i"
    RUN_CHART = "run_chart"


class Verdict(StrEnum):
    """The verdict on a cycle; the first line of the table in docs/method.md that holds."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    CHANGED = "changed"
    NO_EVIDENCE = "no evidence of change"
    NOT_ENOUGH_DATA = "not enough data"
    CHECK_THE_DATA = "check the data"


class Decision(StrEnum):
    """What a group decides after a cycle."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"
    CONTINUE = "continue"


class Choice(StrEnum):
    """What a meeting may choose on a question; which of them are offered follows from the question."""

    KEEP_GOING = "keep going"
    FIND_THE_CAUSE = "find the cause"
    STOP_THE_CYCLE = "stop the cycle"
    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"
    CONTINUE = "continue"
    ACCEPT_THE_RANGE = "accept the range"
    MOVE_THE_RANGE = "move the range"
    LEAVE_IT = "leave it"


class Became(StrEnum):
    """What became of something that was agreed at a meeting."""

    DONE = "done"
    UNDER_WAY = "under way"
    NOT_DONE = "not done"
    DROPPED = "dropped"


class ChangeKind(StrEnum):
    """What can have changed since a day, in the order in which a meeting takes it."""

    CYCLE_CLOSED = "cycle closed"
    PREDICTION_DUE = "prediction due"
    SIGNAL = "signal"
    PROPOSAL = "proposal"
    DECISION = "decision"
    BASELINE = "baseline"
    REBASE = "rebase"
    CYCLE_OPENED = "cycle opened"


class Direction(StrEnum):
    """Which way a group expects a measure to move."""

    UP = "up"
    DOWN = "down"
    NO_CHANGE = "no change"


class Stage(StrEnum):
    """From talk to action to scale."""

    IDEA = "idea"
    ACTION = "action"
    PROTOTYPE = "prototype"
    MODEL = "model"
    SCALED = "scaled"
    STOPPED = "stopped"


class CascadeStep(StrEnum):
    """The steps from somebody with high blood pressure to treatment that reaches its target, in order."""

    EXPECTED = "expected"
    REACHED = "reached"
    MEASURED = "measured"
    RAISED = "raised"
    CONFIRMATION_OFFERED = "confirmation_offered"
    CONFIRMED = "confirmed"
    ON_REGISTER = "on_register"
    TREATED = "treated"
    READ_IN_12_MONTHS = "read_in_12_months"
    TO_TARGET = "to_target"


class GroupType(StrEnum):
    """What people are told apart by, where a source gives it."""

    ALL = "all"
    DEPRIVATION_FIFTH = "deprivation_fifth"
    SEX = "sex"
    AGE_BAND = "age_band"
    ETHNIC_GROUP = "ethnic_group"
    HELP_SOURCE = "help_source"


class Setting(StrEnum):
    """Where a blood pressure was read: each has thresholds of its own."""

    ALL = "all"
    COMMUNITY = "community"
    PHARMACY = "pharmacy"
    CLINIC = "clinic"
    HOME = "home"
    AMBULATORY = "ambulatory"


class Audience(StrEnum):
    """Who a mart is for: the group's own copy, or everything shown to others."""

    TRUE = "true"
    SHARED = "shared"


class WhyHidden(StrEnum):
    """Why a released cell is held back."""

    SMALL = "small"
    COMPLEMENT = "complement"
    #: Small or complement: published without saying which, since that would tell.
    HELD = "held"
    DENOMINATOR = "denominator"
    SERIES = "series"
