"""A theme in one neighbourhood in three sentences: better or chance, where people are lost, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipelines.vocabulary import Assurance, Domain, Variation, WhyNoLimits
from pipelines.words.cascade import biggest_loss, trend
from pipelines.words.parts import capital, in_sentence, listed, missing, number_word

BETTER_OR_CHANCE = "Is it getting better, or is it chance?"
WHERE_LOST = "Where are people lost?"
WHO_LEAST = "Who is reached least?"
WHAT_TO_ASK = "What should we ask?"
READ_WITH_CARE = "Read with care"

#: The words of a variation icon, by the beginning of its name.
WORD = {"improvement": "better", "concern": "worse", "neutral": "changed"}
#: Signals in the order in which they are asked about: what got worse first.
ASKED_FIRST = ("worse", "changed", "better")
#: Of charts that signal alike, the one nearest to what matters is asked about.
NEAREST = (Domain.IMPACT, Domain.QUALITY, Domain.REACH, Domain.BALANCING)

#: Weeks that the steps are counted over.
STEP_WEEKS = 12

#: More names than this are counted instead of listed.
MOST_NAMES = 4

#: Fewer expected signals than this read as fewer than a tenth.
A_TENTH = 0.05


@dataclass(frozen=True)
class ThemeSentence:
    """One question and its answer, as published."""

    question: str
    sentence: str


@dataclass(frozen=True)
class ThemeChart:
    """One chart of the theme: its row of chart_summary, and what it is called here."""

    summary: Mapping[str, Any]
    name: str

    @property
    def word(self) -> str:
        """What its icon says: better, worse, changed, usual, or nothing yet."""
        variation = Variation(self.summary["variation"])
        if variation == Variation.COMMON_CAUSE:
            return "usual"
        return WORD.get(variation.split("_")[0], "")

    @property
    def short(self) -> str:
        """Its shortest sentence, as it stands inside another."""
        return in_sentence(str(self.summary["sentence_short"])).rstrip(".")


def theme_sentences(
    charts: Sequence[ThemeChart], steps: Sequence[Any], least_served: str | None = None
) -> list[ThemeSentence]:
    """Answer the questions of a theme, and say what to read with care.

    Parameters
    ----------
    charts
        The latest phase of every chart of the theme here.
    steps
        Rows of theme_step in order. Where one is a step of the cascade, the three questions are where people are lost,
        whether it gets better there, and who is reached least.
    least_served
        The answer to the last, where groups of people are counted.
    """
    care = [ThemeSentence(READ_WITH_CARE, words) for words in _care(charts, steps)]
    if any(step.step is not None for step in steps):
        who = (
            least_served
            or "Cannot yet tell: people are not counted by group here, or the counts are held back."
        )
        return [
            ThemeSentence(WHERE_LOST, _lost_in_cascade(steps)),
            ThemeSentence(BETTER_OR_CHANCE, _better_in_cascade(charts, steps)),
            ThemeSentence(WHO_LEAST, who),
            ThemeSentence(WHAT_TO_ASK, _about_the_charts(charts, steps)),
            *care,
        ]
    return [
        ThemeSentence(BETTER_OR_CHANCE, _better(charts)),
        ThemeSentence(WHERE_LOST, _lost(steps)),
        ThemeSentence(WHAT_TO_ASK, _ask(charts, steps)),
        *care,
    ]


def _lost_in_cascade(steps: Sequence[Any]) -> str:
    worst = next((step for step in steps if step.is_largest), None)
    if worst is not None:
        is_part = any(step.step is not None and step.n_hidden and missing(step.n_before) for step in steps)
        return biggest_loss(worst, of_those_shown=is_part)
    known = [step for step in steps if step.step is not None and not missing(step.n_lost)]
    return (
        "Nobody is lost at the steps that are counted."
        if known
        else "Cannot yet tell: small numbers are held back."
    )


def _better_in_cascade(charts: Sequence[ThemeChart], steps: Sequence[Any]) -> str:
    """Return whether it gets better where most are lost, and how many charts signal beside it."""
    worst = next((step for step in steps if step.is_largest), None)
    there = [
        chart for chart in charts if worst is not None and chart.summary["measure_id"] == worst.measure_id
    ]
    if not there:
        return _better(charts)
    chart = there[0]
    return f"{trend(chart.summary, chart.name, chart.word, chart.short)} {_all_charts(charts)}"


def _all_charts(charts: Sequence[ThemeChart]) -> str:
    told = [chart for chart in charts if chart.word]
    if not told:
        return "No chart here can show a signal yet."
    signals = _signals(told)
    opening = signals or "none is coloured"
    those = "one chart that can tell" if len(told) == 1 else f"{number_word(len(told))} charts that can tell"
    return f"Of {those}, {opening}; chance alone would colour {_how_many_by_chance(told)}."


def _signals(told: Sequence[ThemeChart]) -> str:
    words = ("better", "worse", "changed")
    return "; ".join(f"{word}: {listed(names)}" for word in words if (names := _names(told, word)))


def _better(charts: Sequence[ThemeChart]) -> str:
    if not charts:
        return "Nothing has been tested here yet."
    told = [chart for chart in charts if chart.word]
    if not told:
        return "Cannot yet tell: no chart here can show a signal."
    opening = capital(_signals(told)) or "No chart shows a signal"
    return f"{opening}. {capital(_rest(charts, told))}; chance alone would colour {_by_chance(told)}."


def _names(charts: Iterable[ThemeChart], word: str) -> list[str]:
    return [in_sentence(chart.name) for chart in charts if chart.word == word]


def _rest(charts: Sequence[ThemeChart], told: Sequence[ThemeChart]) -> str:
    usual, unsure = len(_names(told, "usual")), len(charts) - len(told)
    parts = [f"{number_word(usual)} {'is' if usual == 1 else 'are'} as usual"] if usual else []
    parts += [f"{number_word(unsure)} cannot yet tell"] if unsure else []
    return listed(parts) if parts else "no other chart can tell"


def _by_chance(told: Sequence[ThemeChart]) -> str:
    return f"{_how_many_by_chance(told)} of {number_word(len(told))}"


def _how_many_by_chance(told: Sequence[ThemeChart]) -> str:
    rates = [float(rate) for chart in told if not missing(rate := chart.summary["false_alarm_rate"])]
    return f"about {sum(rates):.1f}" if sum(rates) >= A_TENTH else "fewer than 0.1"


def _lost(steps: Sequence[Any]) -> str:
    known = [step for step in steps if not missing(step.n_lost)]
    if not known:
        hidden = any(step.n_hidden for step in steps)
        why = (
            "small numbers are held back"
            if hidden
            else f"no step was counted at both its ends in the last {STEP_WEEKS} weeks"
        )
        return f"Cannot yet tell: {why}."
    worst = next((step for step in known if step.is_largest), None)
    if worst is None:
        return "Nobody is lost at the steps that are counted."
    about = "about " if worst.from_rounded else ""
    reached = f"{worst.n_reached:,.0f} got there" if worst.n_reached else "nobody got there"
    of_whom = f"Of {about}{worst.n_before:,.0f} {worst.of_label} in the last {STEP_WEEKS} weeks"
    lost = f"{worst.n_lost:,.0f} did not ({worst.share_lost * 100:.0f}%)"
    return f"Most are lost at this step: {in_sentence(worst.label)}. {of_whom}, {reached} and {lost}."


def _ask(charts: Sequence[ThemeChart], steps: Sequence[Any]) -> str:
    """Return the next question: what got worse, else what else changed, else what is missing, else the worst step."""
    if not charts:
        return "Ask who could try something here, and what they would count."
    return f"{_about_the_charts(charts, steps)}{_about_the_gaps(steps)}"


def _about_the_charts(charts: Sequence[ThemeChart], steps: Sequence[Any]) -> str:
    by_weight = sorted(charts, key=lambda chart: NEAREST.index(Domain(chart.summary["domain"])))
    for word in ASKED_FIRST:
        found = next((chart for chart in by_weight if chart.word == word), None)
        if found is not None:
            return _about_a_signal(found, word)
    worst = next((step for step in steps if step.is_largest), None)
    if worst is not None:
        return f"Ask what stops people at this step: {in_sentence(worst.label)}."
    unsure = next((chart for chart in by_weight if not chart.word), None)
    if unsure is not None:
        return f"Ask for more counts of this: {in_sentence(unsure.name)} ({unsure.short})."
    return "Ask what the group will try next: nothing here has changed."


def _about_a_signal(chart: ThemeChart, word: str) -> str:
    name = in_sentence(chart.name)
    if chart.summary["domain"] == Domain.BALANCING:
        return f"Ask who carries this: {name} {word if word == 'changed' else f'got {word}'} ({chart.short})."
    if word == "worse":
        return f"Ask what changed in this: {name} got worse ({chart.short})."
    if word == "changed":
        return f"Ask what changed in this, and whether it is wanted: {name} ({chart.short})."
    return f"Ask what was done differently, and whether it can be kept: {name} got better ({chart.short})."


def _about_the_gaps(steps: Sequence[Any]) -> str:
    """Return what nobody counts: where the people of one step are not those who came through the step above."""
    for above, below in pairwise(steps):
        if not below.joins_before:
            return f" Nobody counts what lies between {in_sentence(above.label)} and {below.of_label}: ask for that too."
    return ""


def _care(charts: Sequence[ThemeChart], steps: Sequence[Any]) -> list[str]:
    told = []
    missed = [chart for chart in charts if chart.summary["assurance"] == Assurance.FAIL]
    if missed:
        told.append(f"{_some(missed)} will miss the target unless something changes, better or not.")
    rounded = [chart for chart in charts if chart.summary["from_rounded"]]
    if rounded:
        verb = "rests" if len(rounded) == 1 else "rest"
        told.append(f"{_some(rounded)} {verb} on rounded figures, since small numbers are held back.")
    silent = [chart for chart in charts if not chart.word]
    stocks = [chart for chart in silent if chart.summary["why_no_limits"] == WhyNoLimits.ROLLING]
    others = [chart for chart in silent if chart not in stocks]
    if stocks:
        verb = "is a line" if len(stocks) == 1 else "are lines"
        why = "each month holds the same people again, so a usual range would signal falsely"
        told.append(f"{_some(stocks)} {verb} without an icon: {why}.")
    if others:
        verb = "has" if len(others) == 1 else "have"
        told.append(f"{_some(others)} {verb} no usual range to judge by: no news is not good news.")
    if any(step.step is not None for step in steps):
        told.append(
            "People of the check and people on the register are not the same; steps with a follow-up are of earlier months."
        )
    elif len(steps) > 1 and not all(step.joins_before for step in steps[1:]):
        told.append("The steps are not the same people: each is counted by itself.")
    if any(step.n_hidden for step in steps):
        told.append("Points held back for small numbers are left out of the steps.")
    return told


def _some(charts: Sequence[ThemeChart]) -> str:
    """Return charts by name, or how many they are where the names would fill a screen."""
    if len(charts) > MOST_NAMES:
        return f"{capital(number_word(len(charts)))} charts"
    return capital(listed([in_sentence(chart.name) for chart in charts]))
