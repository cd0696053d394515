"""Rows to plain sentences: where the statements of charts and cycles are worded, once.

Each sentence is made by rule from one row of the mart and published as a column of it, so that the screen, the
alternative text and every export say the same. Order: what happened, against what, what it does not mean.
At most two sentences, no adjectives of size, no "significant", no "confidence" (docs/method.md, Honesty).
"""

from pipelines.words.charts import Sentences, chart_sentences, is_count, point_words
from pipelines.words.cycles import cycle_sentence, prediction_sentence, receipt_json
from pipelines.words.parts import (
    PERIOD_WORD,
    line_words,
    range_words,
    value_words,
)

__all__ = [
    "PERIOD_WORD",
    "Sentences",
    "chart_sentences",
    "cycle_sentence",
    "is_count",
    "line_words",
    "point_words",
    "prediction_sentence",
    "range_words",
    "receipt_json",
    "value_words",
]
