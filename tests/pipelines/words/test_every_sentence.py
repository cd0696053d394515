"""Every sentence that the rules can make, read one by one: true to its icon or verdict, to its numbers, and to grammar."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from pipelines import words
from pipelines.vocabulary import Verdict
from pipelines.words.parts import line_words, value_words
from tests.pipelines.words.every_row import ChartRow, CycleRow, chart_rows, cycle_rows
from tests.pipelines.words.more_rows import learning_sentences

#: What a hole in a row leaves behind, what the rules never say, and numbers that quarrel with their noun.
FORBIDDEN = re.compile(
    r"\bnan\b|\bNone\b|\bnull\b|\binf\b|no value(?! differs)|  | \.|\.\.|,,|;;|\( |^\W|"
    r"significant|confidence|dramatic|huge|slight|massive|strong|"
    r"(?<![.\d])1 (points|people|visits|days|predictions|errors|weeks)\b|"
    r"(?<!\.)\b(0|[2-9]|\d\d+) (point|person|visit|day|prediction)\b"
)

#: Numbers that a rule brings with it: points for a range and an icon, the percentage of the interval.
OF_THE_RULES = {"12", "13", "95", "100", "0"}

GOOD, BAD = re.compile(r"\b(better|improved)\b", re.I), re.compile(r"\b(worse|worsened)\b", re.I)


@cache
def charts() -> list[tuple[ChartRow, words.Sentences]]:
    rows = list(chart_rows())
    return [(row, words.chart_sentences(row.summary, row.measure, row.run_length, row.total)) for row in rows]


@cache
def cycles() -> list[tuple[CycleRow, words.CycleSentences]]:
    return [(row, words.cycle_sentences(row.result, row.measure)) for row in cycle_rows()]


def all_lengths() -> Iterator[tuple[Any, str]]:
    for row, told in charts():
        yield from ((row, text) for text in (told.short, told.middle, told.long))
    for row, told in cycles():
        yield from ((row, text) for text in (told.resident, told.clinician, told.board))


def test_the_walk_meets_every_state():
    assert {row.state[0] for row, _ in charts()} == {
        "signal", "usual", "too few", "set it", "no range", "long run", "few crossings", "start-up", "settling", "no data",
        "hidden",
    }  # fmt: skip
    assert {row.state[0] for row, _ in cycles()} == set(Verdict)


def test_every_sentence_is_whole():
    for row, text in all_lengths():
        found = FORBIDDEN.search(text)
        assert not found, f"{found[0]!r} in {text!r} of {row.state}"
        assert text.endswith("."), text
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.count("(") == text.count(")"), text


def test_every_sentence_of_learning_is_whole_and_at_most_two():
    for text in learning_sentences():
        found = FORBIDDEN.search(text)
        assert not found, f"{found[0]!r} in {text!r}"
        assert text.endswith("."), text
        assert text[0].isupper() or text[0].isdigit(), text
        assert sentences_in(text) <= 2, text


def test_the_sentences_for_the_group_are_at_most_two():
    for _, told in charts():
        assert sentences_in(told.middle) <= 2 + told.middle.endswith("so far."), told.middle
    for _, told in cycles():
        assert sentences_in(told.resident) <= 2, told.resident
        assert sentences_in(told.clinician) <= 2, told.clinician
        assert sentences_in(told.board) == 1, told.board


def sentences_in(text: str) -> int:
    return len(re.findall(r"[.?!](?=\s|$)", text))


def test_the_board_hears_less_than_the_group_and_the_group_less_than_the_clinician():
    for row, told in cycles():
        assert len(told.resident) < len(told.clinician), told
        is_judged = row.state[0] not in (Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA)
        assert not is_judged or len(told.board) < len(told.resident), told
    for _, told in charts():
        assert len(told.short) <= len(told.middle) <= len(told.long)


def test_an_improvement_icon_stands_with_better_and_never_with_worse():
    for row, told in charts():
        state, text = str(row.summary["variation"]), f"{told.short} {told.middle}"
        assert bool(GOOD.search(text)) == state.startswith("improvement"), (state, text)
        assert bool(BAD.search(text)) == state.startswith("concern"), (state, text)
        assert ("changed" in text and "definition" not in text) == state.startswith("neutral"), (state, text)


def test_a_high_icon_stands_with_words_for_high():
    high, low = ("above", "climbed", "Climbing", "upper"), ("below", "fell", "Falling", "lower")
    for row, told in charts():
        if row.state[0] != "signal":
            continue
        right, wrong = (high, low) if row.summary["variation"].endswith("high") else (low, high)
        assert any(word in told.middle for word in right), told.middle
        assert not any(word in told.middle + told.short for word in wrong), told.middle


def test_only_a_coloured_icon_or_a_run_has_a_sentence_of_a_signal():
    calm = ("Nothing unusual", "No signal", "Cannot yet tell", "The latest is", "No test", "Small numbers")
    for row, told in charts():
        is_news = row.state[0] in ("signal", "long run", "few crossings")
        assert told.middle.startswith(calm) != is_news, told.middle


def test_a_verdict_stands_with_its_own_word_only():
    for row, told in cycles():
        verdict = row.state[0]
        for text in (told.resident, told.clinician, told.board):
            assert verdict.value in text.lower(), text
            others = [other.value for other in Verdict if other != verdict and other != Verdict.CHANGED]
            assert not any(re.search(rf"\b{other}\b", text.lower()) for other in others), text


def test_a_rise_is_told_as_a_rise_whichever_way_is_better():
    for row, told in cycles():
        if row.state[0] in (Verdict.IMPROVED, Verdict.WORSENED, Verdict.CHANGED):
            verb, wrong = ("rose", "fell") if row.state[1] == "up" else ("fell", "rose")
            assert re.search(rf"\b{verb}\b", told.resident), told.resident
            assert not re.search(rf"\b{wrong}\b", told.resident), told.resident
        else:
            assert not re.search(r"\b(rose|fell)\b", told.resident + told.clinician), told.resident


def test_no_evidence_never_says_that_nothing_changed():
    for row, told in cycles():
        if row.state[0] == Verdict.NO_EVIDENCE:
            assert not re.search(r"no change\b|unchanged|the same\b|no effect", told.resident), told.resident


def test_the_prediction_is_spoken_of_where_it_was_scored_and_nowhere_else():
    for row, told in cycles():
        inside = row.result.prediction_inside
        assert ("predict" in told.resident) == (inside is not None), told.resident
        assert ("not as predicted" in told.board) == (inside is False)
        assert (
            "held" in told.resident.replace("held back", "") or "as the group predicted" in told.resident
        ) == (inside is True)


@pytest.mark.parametrize("length", ["middle", "long"])
def test_different_states_of_a_chart_never_read_the_same(length):
    """Two rows of one measure that read the same are in the same state."""
    seen: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for row, told in charts():
        key = (row.measure, row.summary["period"], row.total, getattr(told, length))
        seen[key].add(row.state if length == "middle" else (row.state, *said_at_length(row)))
    assert not [(text, states) for text, states in seen.items() if len(states) > 1]


def said_at_length(row: ChartRow) -> tuple[Any, ...]:
    """What only the long sentence tells apart: whether the range is accepted, and where it stands to the target."""
    if row.state[0] not in ("usual", "too few", "set it"):
        return ()
    return row.summary["limits_state"] == "established", row.summary["assurance"]


@pytest.mark.parametrize("length", ["resident", "clinician", "board"])
def test_different_states_of_a_cycle_never_read_the_same(length):
    seen: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for row, told in cycles():
        # How a change was lowered to no evidence is no matter for the board; nor is the prediction one for a clinician.
        state = row.state
        if row.state[0] == Verdict.NO_EVIDENCE and length == "board":
            state = (row.state[0], row.state[2])
        if length == "clinician" and row.state[0] not in (Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA):
            state = row.state[:2]
        seen[(row.measure, getattr(told, length))].add(state)
    assert not [text for text, states in seen.items() if len(states) > 1]


def test_every_number_of_a_chart_sentence_is_one_of_its_row():
    for row, told in charts():
        known = OF_THE_RULES | numbers_of(row.summary, row) | {f"{row.run_length}", f"{row.total or 0:,.0f}"}
        strange = set(digits(told.long)) - known
        assert not strange, (strange, told.long)


def test_every_number_of_a_cycle_sentence_is_one_of_its_row():
    for row, told in cycles():
        facts = vars(row.result)
        known = OF_THE_RULES | numbers_of(facts, row) | set(digits(str(facts["reason"]))) | changes_of(facts)
        for text in (told.resident, told.clinician, told.board):
            assert not set(digits(text)) - known, (set(digits(text)) - known, text)


def digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)


def numbers_of(facts: Mapping[str, Any], row: Any) -> set[str]:
    """Every way in which a number of the row may be told: as a value, as a line, and with decimals to tell two apart."""
    told: set[str] = set()
    for name, fact in facts.items():
        if hasattr(fact, "year"):
            told |= {str(fact.year), str(fact.day)}
        elif isinstance(fact, int | float) and not isinstance(fact, bool):
            scale = 100 if row.measure.is_share else 1
            texts = [value_words(fact, row.measure), line_words(fact, row.measure), f"{fact:,.0f}"]
            texts += [f"{fact * scale:,.{places}f}" for places in (1, 2, 3)]
            told |= {number for text in texts for number in digits(text)}
        assert not isinstance(fact, float) or fact == fact, name
    return told


def changes_of(facts: Mapping[str, Any]) -> set[str]:
    """A change as a percentage, as points, and as the size of what could have been missed."""
    found: set[str] = set()
    for name in ("change", "change_low", "change_high"):
        value = facts[name]
        for figure in () if value is None else (value, value * 100, (value - 1) * 100):
            found |= {f"{abs(figure):,.{places}f}" for places in (0, 1)} | {f"{round(abs(figure), 1):g}"}
    return found
