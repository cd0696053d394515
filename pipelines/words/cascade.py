"""The hypertension cascade in words: the biggest loss, a leak, and whether it is getting better where most are lost."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from pipelines.vocabulary import Assurance, CascadeStep, Variation, WhyNoLimits
from pipelines.words.parts import ONE_OF, day_words, in_sentence, missing, number_word


class StepWords(NamedTuple):
    """How a step is spoken of: what is lost before it, those who came through, those who did not."""

    name: str
    came: str
    lost: str


STEPS: dict[str, StepWords] = {
    CascadeStep.REACHED: StepWords("the offer of a check", "were offered one", "were not"),
    CascadeStep.MEASURED: StepWords("the check", "were measured", "were not"),
    CascadeStep.CONFIRMATION_OFFERED: StepWords(
        "the offer of home monitoring", "were offered it", "were not"
    ),
    CascadeStep.CONFIRMED: StepWords("confirmation", "were confirmed", "are overdue or were found in range"),
    CascadeStep.ON_REGISTER: StepWords("the register", "are on one", "are not"),
    CascadeStep.TREATED: StepWords("treatment", "were treated", "were not"),
    CascadeStep.READ_IN_12_MONTHS: StepWords("the yearly reading", "were read", "were not"),
    CascadeStep.TO_TARGET: StepWords("the target", "are to target", "are not"),
}
#: Verbs as they are said of one or of nobody.
ONE = {"were": "was", "are": "is"}
WOULD = {"were": "have been", "are": "be"}
PLAIN = StepWords("this step", "were there", "were not")

#: How often chance alone puts a place below the limits of a level.
BY_CHANCE = {
    "below 95": "one place in forty is this low by chance",
    "below 99.8": "fewer than one place in a thousand is this low by chance",
}
#: What else a leak may come from.
ELSE = {CascadeStep.TO_TARGET: ", and people newly found pull it down"}

#: Where a usual range lies against the target.
AGAINST_TARGET = {Assurance.PASS: "above", Assurance.FAIL: "below", Assurance.HIT_OR_MISS: "on both sides of"}


def biggest_loss(step: Any, *, of_those_shown: bool = False) -> str:
    """Return the step at which the largest share is lost, from its row of theme_step; of those shown where some are not."""
    words = STEPS.get(str(step.step), PLAIN)
    about = "about " if step.from_rounded else ""
    which = "Of the steps shown, the biggest" if of_those_shown else "The biggest"
    due = step.n_before - (step.n_not_due or 0.0)
    told = (
        f"{which} loss is before {words.name}: of {about}{_people(due, step.of_label)} {span(step.first_on, step.last_on)}, "
        f"{_some(step.n_reached, words.came)} and {_some(step.n_lost, words.lost)}"
    )
    if step.n_not_due:
        told += f"; {about}{_some(step.n_not_due, 'are not due yet', more=' more')}"
    return f"{told}."


def leak_sentence(step: Any, n_places: int | None = None) -> str:
    """Return how many more would have come through at the pooled share.

    Parameters
    ----------
    step
        Its row of theme_step.
    n_places
        How many places are pooled, where some are held back; None where all of the borough are.
    """
    about = "about " if step.from_rounded else ""
    pooled = (
        "the borough's pooled rate"
        if n_places is None
        else f"the pooled rate of the {number_word(n_places)} places shown"
    )
    more = f"{about}{_more(step.n_more)} would {_would(STEPS.get(str(step.step), PLAIN).came)}"
    return (
        f"At {pooled} ({step.pooled_share * 100:.0f}%), {more} ({step.n_more_low:,.0f} to {step.n_more_high:,.0f}); "
        f"{BY_CHANCE[step.beyond]}{ELSE.get(step.step, '')}."
    )


def _more(count: float) -> str:
    return f"{count:,.0f} more {ONE_OF['people'] if round(count) == 1 else 'people'}"


def _would(came: str) -> str:
    """Return a verb after would: `were confirmed` is `have been confirmed`, `are to target` is `be to target`."""
    verb, _, rest = came.partition(" ")
    return f"{WOULD.get(verb, 'have ' + verb)} {rest}"


def trend(summary: Any, name: str, word: str, short: str) -> str:
    """Return whether one step gets better, by its icon.

    Parameters
    ----------
    summary
        Its row of chart_summary.
    name, word, short
        What it is called, what its icon says (`ThemeChart.word`), and its shortest sentence.
    """
    told = f"{in_sentence(name)}, {short}"
    if word == "usual":
        return f"No evidence of change: {told}{_target(summary)}."
    if summary["why_no_limits"] == WhyNoLimits.ROLLING:
        return f"The line cannot tell, since each month holds the same people again: {told}."
    if not word:
        return f"Cannot yet tell: {told}."
    return f"{word.capitalize()}: {told}{_target(summary)}."


def _target(summary: Any) -> str:
    """Return where the usual range lies against the target; nothing where either is missing."""
    where = AGAINST_TARGET.get(summary["assurance"])
    if where is None or missing(summary["target"]):
        return ""
    is_about_range = summary["variation"] == Variation.COMMON_CAUSE
    return f"{', ' if is_about_range else '; the usual range lies '}{where} the {summary['target'] * 100:.0f}% target"


def span(first: dt.date, last: dt.date) -> str:
    """Return the time of a count: `in October 2026`, `in August to October 2026`, `from 6 July 2026 to 4 October 2026`."""
    is_months = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
    if not is_months:
        return f"from {day_words(first)} to {day_words(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"in {last:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"in {first:%B}{year} to {last:%B %Y}"


def _people(count: float, of_label: str) -> str:
    """Return people with what they are: `245 people offered home monitoring`, `1 person offered home monitoring`."""
    one = (
        f"{ONE_OF['people']}{of_label.removeprefix('people')}" if of_label.startswith("people") else of_label
    )
    return f"{count:,.0f} {one if round(count) == 1 else of_label}"


def _some(count: float, verb: str, more: str = "") -> str:
    """Return `150 were confirmed`, `1 was confirmed`, `nobody was confirmed`."""
    one = " ".join(ONE.get(word, word) for word in verb.split())
    if not round(count):
        return f"nobody {one}"
    return f"{count:,.0f}{more} {one if round(count) == 1 else verb}"
