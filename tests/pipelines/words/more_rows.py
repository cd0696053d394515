"""The sentences of learning, in every state: predictions, calibration, errors, second opinions, outlook, stages, gate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np

from pipelines import words
from pipelines.vocabulary import Period, Stage
from pipelines.words.proposals import acceptance_sentence, rebase_sentence
from tests.pipelines.words.every_row import MEASURES, cycle_rows, figure_kind
from tests.pipelines.words.rows import result

ANSWERS = ("yes", "no", "cannot yet tell")


def learning_sentences() -> Iterator[str]:
    """Every sentence of this room that a group reads beside those of charts and cycles."""
    yield from prediction_sentences()
    yield from calibration_sentences()
    yield from opinion_sentences()
    yield from outlook_sentences()
    yield from stage_sentences()
    yield from proposal_sentences()


def proposal_sentences() -> Iterator[str]:
    first, last = dt.date(2026, 1, 5), dt.date(2026, 3, 29)
    yield acceptance_sentence(12, first, last)
    for n_points, is_above in product((7, 12, 30), (True, False)):
        yield rebase_sentence(n_points, first, is_above=is_above)


def prediction_sentences() -> Iterator[str]:
    for row, skill in product(cycle_rows(), (None, 0.4, 0.0, -0.4)):
        if row.measure in MEASURES:
            yield words.prediction_sentence(row.result, row.measure, skill)
    for measure in MEASURES:
        yield words.prediction_sentence(result(predicted_low=None), measure)


def calibration(state: str, n_inside: int, n_scored: int) -> Any:
    return SimpleNamespace(state=state, n_inside=n_inside, n_scored=n_scored, n_needed=20, promised=0.8)


def errors(**changes: Any) -> Any:
    facts = {
        "n_points": 14, "longest_run": 5, "longest_below": 5, "longest_run_max": 7, "n_crossings": 6, "n_crossings_min": 4,
        "state": "cannot yet tell",
    }  # fmt: skip
    return SimpleNamespace(**(facts | changes))


def calibration_sentences() -> Iterator[str]:
    for state, inside, scored in (
        ("too few", 0, 0), ("too few", 1, 1), ("too few", 7, 9), ("too sure", 13, 22), ("as promised", 17, 22),
        ("too cautious", 30, 30),
    ):  # fmt: skip
        yield words.calibration_sentence(calibration(state, inside, scored))
    yield words.error_sentence(None)
    yield words.error_sentence(errors())
    yield words.error_sentence(errors(longest_below=0))
    for state, rule in product(("smaller", "larger", "changed"), ({"longest_run": 9}, {"n_crossings": 1})):
        yield words.error_sentence(errors(state=state, **rule))
    for value in (0.0, 0.4, 1.0):
        yield words.error_words("Ashfield, cycle 2", value, is_inside=True)
    yield words.error_words("Ashfield, cycle 2", 1.4, is_inside=False)


def opinion(direction: int, scale: str = "difference") -> Any:
    none, size = (1.0, 0.12) if scale == "ratio" else (0.0, 0.12)
    step = none + size * (direction or 0.2)
    reach = 0.05 if direction else 0.2
    return SimpleNamespace(
        step=step, step_low=step - reach, step_high=step + reach, scale=scale, direction=direction
    )


def opinion_sentences() -> Iterator[str]:
    for measure, direction, scale in product(MEASURES, (-1, 0, 1), ("ratio", "difference")):
        for judged in (None, result()):
            yield words.second_opinion_sentence(opinion(direction, scale), measure, judged)


def outlook(measure: Any, **changes: Any) -> Any:
    unit = 0.01 if figure_kind(measure) == "share" else 1.0
    facts = {
        "periods": (4, 8, 12), "smallest_change": np.array([0.17, 0.12, 0.10]), "smallest_value": np.array([58, 53, 51]) * unit,
        "periods_needed": 5, "before": 41 * unit, "predicted": 59 * unit, "direction": 1, "people": 40.0, "reason": None,
    }  # fmt: skip
    return SimpleNamespace(**(facts | changes))


def outlook_sentences() -> Iterator[str]:
    for measure, period in product(MEASURES, Period):
        yield words.outlook_sentence(outlook(measure), measure, period)
        yield words.outlook_sentence(outlook(measure, periods_needed=1, people=1.0), measure, period)
        yield words.outlook_sentence(outlook(measure, predicted=None, periods_needed=None), measure, period)
        too_long = outlook(measure, periods_needed=None, reason="more than a year would be needed")
        yield words.outlook_sentence(too_long, measure, period)
        blind = outlook(measure, smallest_value=np.full(3, np.nan), direction=-1)
        yield words.outlook_sentence(blind, measure, period)
        empty = outlook(measure, smallest_value=(), reason="9 settled points; 12 are needed")
        yield words.outlook_sentence(empty, measure, period)


def stage(name: Stage, n_reached: int, wait: float | None = None, n_stopped: int = 0) -> Any:
    return SimpleNamespace(stage=name, n_reached=n_reached, median_wait_days=wait, n_stopped=n_stopped)


def stage_sentences() -> Iterator[str]:
    for reached, wait, stopped in product((0, 1, 9), (None, 1.0, 9.0, 40.0, 400.0), (0, 1, 3)):
        yield words.stage_sentence(stage(Stage.IDEA, reached, None, stopped))
        for name, before in product((Stage.ACTION, Stage.PROTOTYPE, Stage.MODEL, Stage.SCALED), (0, 1, 12)):
            if reached <= before:
                known = wait if reached else None
                yield words.stage_sentence(stage(name, reached, known, stopped), before)
    for ideas, tried in ((0, 0), (1, 1), (19, 12)):
        yield words.talk_to_action_sentence(
            SimpleNamespace(n_ideas=ideas, n_tried=tried, tried_low=0.41, tried_high=0.81)
        )
    yield words.gate_sentence([])
    for answers in product(ANSWERS, repeat=3):
        yield words.gate_sentence(answers)
