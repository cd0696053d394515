"""The group's sentences can be read at about twelve: five school-grade formulas over every sentence the rules can make."""

from __future__ import annotations

import re
import warnings
from functools import cache
from statistics import median

from pipelines import words
from tests.pipelines.words.every_row import chart_rows, cycle_rows
from tests.pipelines.words.more_rows import learning_sentences

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the library's own texts, when first compiled
    import readability

#: Formulas that give a US school grade; a grade and five years is the age. Grade 7 is twelve to thirteen.
GRADES = ("Kincaid", "ARI", "Coleman-Liau", "GunningFogIndex", "SMOGIndex")
MEDIAN_GRADE, HIGHEST_GRADE = 7.0, 11.0

#: Longest sentence, in words: what one breath holds.
MOST_WORDS = 36


@cache
def group_sentences() -> tuple[str, ...]:
    charts = {
        words.chart_sentences(row.summary, row.measure, row.run_length, row.total).middle
        for row in chart_rows()
    }
    cycles = {words.cycle_sentences(row.result, row.measure).resident for row in cycle_rows()}
    return tuple(sorted(charts | cycles | set(learning_sentences())))


def tokens(text: str) -> str:
    """One sentence a line, words apart from their marks, as the library asks for."""
    lines = re.split(r"(?<=[.?!])\s+(?=[A-Z0-9])", text)
    return "\n".join(" ".join(re.findall(r"[\w%'-]+(?:[.,]\d+)*|[.,;:?!()]", line)) for line in lines)


def grade(text: str) -> float:
    """The median of the formulas: each has its blind spot, all of them on so short a text."""
    found = readability.getmeasures(tokens(text), lang="en")["readability grades"]
    return median(found[name] for name in GRADES)


@cache
def grades() -> dict[str, float]:
    return {text: grade(text) for text in group_sentences()}


def test_the_formulas_know_hard_words_from_easy_ones():
    easy = "More men said yes: 59%, against 41% before."
    hard = "Statistically differentiated heterogeneity necessitates hierarchical parametrisation of autocorrelated residuals."
    assert grade(easy) < 5 < 15 < grade(hard)


def test_half_of_all_sentences_for_the_group_are_at_grade_seven_or_below():
    assert median(grades().values()) <= MEDIAN_GRADE


def test_no_sentence_for_the_group_is_far_above_it():
    worst = max(grades(), key=grades().__getitem__)
    assert grades()[worst] <= HIGHEST_GRADE, (grades()[worst], worst)


def test_no_sentence_for_the_group_runs_on():
    for text in group_sentences():
        for line in tokens(text).splitlines():
            assert len(re.findall(r"[A-Za-z']+", line)) <= MOST_WORDS, line
