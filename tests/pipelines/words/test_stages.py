"""From talk to action, and the gate before scaling."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from pipelines import words
from pipelines.learning.stages import stage_summary
from pipelines.vocabulary import Stage
from tests.pipelines.words.more_rows import stage


@pytest.mark.parametrize(
    ("row", "before", "told"),
    [
        (stage(Stage.IDEA, 19), None, "19 ideas were written down."),
        (stage(Stage.IDEA, 1), None, "1 idea was written down."),
        (stage(Stage.IDEA, 0), None, "No idea was written down."),
        (
            stage(Stage.ACTION, 12, 40.0, 1), 19,
            "12 of 19 ideas were tried in some way; half get there within 6 weeks. One stopped here.",
        ),
        (stage(Stage.PROTOTYPE, 1), 12, "1 of 12 actions was tested as a prototype."),
        (stage(Stage.MODEL, 1, 400.0), 1, "1 of 1 prototype was made into a model; half get there within 13 months."),
        (stage(Stage.SCALED, 0), 3, "No model of 3 was scaled."),
        (stage(Stage.SCALED, 0), 0, "There are no models yet that could be scaled."),
    ],
)  # fmt: skip
def test_a_stage_says_how_many_came_how_long_it_took_and_how_many_stopped(row, before, told):
    assert words.stage_sentence(row, before) == told


def test_the_sentences_follow_the_real_stages():
    history = pd.DataFrame(
        [("a", "idea", dt.date(2026, 1, 1)), ("a", "action", dt.date(2026, 1, 10)), ("b", "idea", dt.date(2026, 1, 1))],
        columns=["prototype_id", "stage", "reached_on"],
    )  # fmt: skip
    found = stage_summary(history, dt.date(2026, 3, 1))
    told = [
        words.stage_sentence(row, before.n_reached if before else None)
        for row, before in zip(found.rows, (None, *found.rows), strict=False)
    ]
    assert told[0] == "2 ideas were written down."
    assert told[1].startswith("1 of 2 ideas was tried in some way")
    assert words.talk_to_action_sentence(found).startswith(
        "1 of 2 ideas was tried. With so many, it could be "
    )


def test_without_ideas_there_is_no_ratio():
    nothing = stage_summary(
        pd.DataFrame(columns=["prototype_id", "stage", "reached_on"]), dt.date(2026, 3, 1)
    )
    assert words.talk_to_action_sentence(nothing) == "No idea has been written down yet."


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (
            ["yes", "yes", "no", "no", "cannot yet tell", "cannot yet tell"],
            "Not yet. Two rules met, two not, two cannot yet be told.",
        ),
        (["yes", "cannot yet tell"], "Cannot yet tell. One rule met, none not, one cannot yet be told."),
        (["yes"] * 6, "Ready to scale by the rules: all six are met. The group decides."),
        ([], "Cannot yet tell. No rule has been looked at."),
    ],
)  # fmt: skip
def test_the_gate_names_every_answer_and_adds_nothing_up(answers, told):
    assert words.gate_sentence(answers) == told
