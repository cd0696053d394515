"""The gate as rows: one idea, one set of answers, and the whole in words on each of its rows."""

from __future__ import annotations

import pytest

from pipelines.memory import Memory
from pipelines.recorded.scaling import gate_rows
from pipelines.sources import Neighbourhood, Prototype

PLACES = [Neighbourhood("ash", "Ashfield", 1), Neighbourhood("brook", "Brook End", 2)]


def chart(prototype_id, place):
    return {
        "prototype_id": prototype_id, "series_id": f"impact@{prototype_id}", "measure_id": "impact", "neighbourhood_id": place,
        "domain": "impact", "is_latest_phase": True, "variation": "too_few", "limits_state": "none",
        "why_no_limits": "start_up", "is_hidden": False,
    }  # fmt: skip


@pytest.fixture
def rows():
    prototypes = [
        Prototype("barbers", "ash", "Barbers", theme="hypertension"),
        Prototype("mosque", "brook", "After prayers", theme="hypertension"),
        Prototype("walks", "ash", "Walks"),
    ]
    charts = [chart("barbers", "ash"), chart("mosque", "brook")]
    return gate_rows(prototypes, PLACES, [], charts, {}, Memory())


def test_prototypes_of_one_theme_are_one_idea_and_have_the_same_answers(rows):
    of = {
        name: [(row["rule"], row["answer"]) for row in rows if row["prototype_id"] == name]
        for name in ("barbers", "mosque")
    }
    assert len(of["barbers"]) == 6
    assert of["barbers"] == of["mosque"]


def test_an_idea_of_which_nothing_is_charted_has_no_answers(rows):
    assert "walks" not in {row["prototype_id"] for row in rows}


def test_every_row_carries_the_whole_in_words_and_never_a_total(rows):
    # Nothing has been tested: every rule waits for something.
    assert {row["sentence"] for row in rows} == {
        "Cannot yet tell. No rules met, none not, six cannot yet be told."
    }
