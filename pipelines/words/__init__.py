"""Rows to plain sentences: where the statements of charts, cycles and what is learned from them are worded, once.

Each sentence is made by rule from one row of the mart and published as a column of it, so that the screen, the
alternative text and every export say the same. Order: what happened, against what, what it does not mean.
At most two sentences, no adjectives of size, no "significant", no "confidence" (docs/method.md, Words).
"""

from pipelines.words.calibration import calibration_sentence, error_sentence, error_words
from pipelines.words.cascade import leak_sentence, span
from pipelines.words.charts import Sentences, chart_sentences, is_count
from pipelines.words.cycles import CycleSentences, cycle_sentences, receipt_json
from pipelines.words.hidden import hidden_words
from pipelines.words.opinion import second_opinion_sentence
from pipelines.words.outlook import outlook_sentence
from pipelines.words.parts import (
    PERIOD_WORD,
    line_words,
    range_words,
    value_words,
)
from pipelines.words.points import point_words
from pipelines.words.predictions import prediction_sentence
from pipelines.words.proposals import acceptance_sentence, rebase_sentence
from pipelines.words.stages import gate_sentence, stage_sentence, talk_to_action_sentence
from pipelines.words.themes import STEP_WEEKS, ThemeChart, ThemeSentence, theme_sentences

__all__ = [
    "PERIOD_WORD",
    "STEP_WEEKS",
    "CycleSentences",
    "Sentences",
    "ThemeChart",
    "ThemeSentence",
    "acceptance_sentence",
    "calibration_sentence",
    "chart_sentences",
    "cycle_sentences",
    "error_sentence",
    "error_words",
    "gate_sentence",
    "hidden_words",
    "is_count",
    "leak_sentence",
    "line_words",
    "outlook_sentence",
    "point_words",
    "prediction_sentence",
    "range_words",
    "rebase_sentence",
    "receipt_json",
    "second_opinion_sentence",
    "span",
    "stage_sentence",
    "talk_to_action_sentence",
    "theme_sentences",
    "value_words",
]
