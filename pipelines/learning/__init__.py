"""Learning from cycles: judging them, scoring predictions, choosing headlines.

Knows the chart's rows and the engine; knows no files, no SQL and no screen.
"""

from pipelines.learning.calibration import Calibration, ErrorRun, calibrate
from pipelines.learning.exact import RateRatio, ShareDifference, exact_rate_ratio, newcombe_difference
from pipelines.learning.gate import Gate, GateRule, ready_to_scale
from pipelines.learning.judge import judge_cycle
from pipelines.learning.many import ByChance, expected_by_chance, headlines
from pipelines.learning.power import Outlook, when_will_we_know
from pipelines.learning.prediction import (
    AgainstNaive,
    Naive,
    Score,
    direction_held,
    naive_guess,
    naive_prediction,
    score_against_naive,
    score_prediction,
    skill,
)
from pipelines.learning.result import CycleLike, CycleResult, ReceiptRow
from pipelines.learning.sample_size import paired_mean_size, poisson_ratio_events, two_proportions_size
from pipelines.learning.second_opinion import SecondOpinion, second_opinion, why_no_second_opinion
from pipelines.learning.stages import StageRow, Stages, stage_summary
from pipelines.learning.verdict import CLAIMS, VERDICT_RULES, VERDICT_VERSION

__all__ = [
    "CLAIMS",
    "VERDICT_RULES",
    "VERDICT_VERSION",
    "AgainstNaive",
    "ByChance",
    "Calibration",
    "CycleLike",
    "CycleResult",
    "ErrorRun",
    "Gate",
    "GateRule",
    "Naive",
    "Outlook",
    "RateRatio",
    "ReceiptRow",
    "Score",
    "SecondOpinion",
    "ShareDifference",
    "StageRow",
    "Stages",
    "calibrate",
    "direction_held",
    "exact_rate_ratio",
    "expected_by_chance",
    "headlines",
    "judge_cycle",
    "naive_guess",
    "naive_prediction",
    "newcombe_difference",
    "paired_mean_size",
    "poisson_ratio_events",
    "ready_to_scale",
    "score_against_naive",
    "score_prediction",
    "second_opinion",
    "skill",
    "stage_summary",
    "two_proportions_size",
    "when_will_we_know",
    "why_no_second_opinion",
]
