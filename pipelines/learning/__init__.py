"""Learning from cycles: judging them, scoring predictions, choosing headlines.

Knows the chart's rows and the engine; knows no files, no SQL and no screen.
"""

from pipelines.learning.judge import judge_cycle
from pipelines.learning.many import headlines
from pipelines.learning.prediction import Score, naive_guess, score_prediction, skill
from pipelines.learning.result import CycleLike, CycleResult, ReceiptRow

__all__ = [
    "CycleLike",
    "CycleResult",
    "ReceiptRow",
    "Score",
    "headlines",
    "judge_cycle",
    "naive_guess",
    "score_prediction",
    "skill",
]
