"""A definition in plain words: what it is in a sentence, and what each of its keys says."""

from __future__ import annotations

import datetime as dt

from dashboard.components.wording import count, day, figure
from pipelines.measures import FIRST_POINTS, SESSIONS, Measure, items_of
from pipelines.vocabulary import Better, ChartKind, DataType, Domain, Period

DOMAINS = {
    Domain.REACH: "Reach: whom we meet",
    Domain.QUALITY: "Quality: how well it is done",
    Domain.IMPACT: "Impact: what becomes of it",
    Domain.BALANCING: "Balancing: what might get worse meanwhile",
}

KINDS: dict[str, str] = {
    DataType.COUNT: "a count: how many",
    DataType.PROPORTION: "a share: how many out of how many",
    DataType.RATE: "a rate: how many for each of something",
    DataType.MEASUREMENT: "a measured number: days, minutes, kilograms",
    DataType.TIME_BETWEEN: "time between rare events",
    DataType.OPPORTUNITIES_BETWEEN: "tests or people between rare events",
}

CHARTS: dict[str, str] = {
    ChartKind.RUN: "run chart",
    ChartKind.I: "I chart (single values)",
    ChartKind.IP: "I′ chart (values with a denominator)",
    ChartKind.T: "t chart (time between events)",
    ChartKind.G: "g chart (opportunities between events)",
    ChartKind.C: "c chart (counts)",
    ChartKind.U: "u chart (rates)",
    ChartKind.UP: "u′ chart (rates, large numbers)",
    ChartKind.P: "p chart (shares)",
    ChartKind.PP: "p′ chart (shares, large numbers)",
}

BETWEEN = (DataType.TIME_BETWEEN, ChartKind.T, DataType.OPPORTUNITIES_BETWEEN, ChartKind.G)

PERIODS: dict[str, str] = {
    Period.SESSION: "a point a session",
    Period.WEEK: "a point a week",
    Period.FOUR_WEEKS: "a point every four weeks",
    Period.MONTH: "a point a month",
}

BETTER: dict[str, str] = {
    Better.UP: "Higher is better.",
    Better.DOWN: "Lower is better.",
    Better.NEITHER: "Neither higher nor lower is better.",
}

BASELINES = {
    "auto": "The points before the first cycle where there are 12 or more; otherwise the earliest 12 quiet ones.",
    "before_cycle": "The points before the first cycle.",
    "stable_run": "The earliest 12 quiet points.",
    "none": "None: no usual range is drawn.",
}

ARRIVES = {
    "as_counted": "As counted.",
    "rounded": "Rounded: it allows no usual range.",
    "rolling": "A rolling figure, each sharing data with the one before: it allows no usual range.",
    "cumulative": "A running total: it allows no usual range.",
}

COUNTED = {"people": "People, each once.", "visits": "Visits, each time: visits added up are not people."}


def sentence(measure: Measure, until: dt.date | None = None) -> str:
    """Return what a measure is: how its value comes about, which way is better, and the target that holds."""
    return f"{value_words(measure)}, {PERIODS[measure.period]}. {BETTER[measure.better]} {target_words(measure, until)}"


def value_words(measure: Measure) -> str:
    """Return how a value comes about: ``The share said_yes out of asked``."""
    above, below = sum_words(measure.numerator), sum_words(measure.denominator)
    if below and measure.kind not in (DataType.COUNT, ChartKind.C):
        if measure.is_share:
            return f"The share {above} out of {below}"
        return f"The rate of {above} for each {'session' if below == SESSIONS else f'of {below}'}"
    if measure.kind in BETWEEN:
        return f"The mean of {above} over the sessions, between rare events"
    if measure.kind == DataType.MEASUREMENT:
        return f"The mean of {above} over the sessions"
    return "The number of sessions held" if measure.numerator == SESSIONS else f"The sum of {above}"


def sum_words(counted: str | None) -> str:
    """Return a numerator or denominator in words: ``kg_shared and kg_wasted``."""
    return " and ".join(items_of(counted))


def target_words(measure: Measure, until: dt.date | None = None) -> str:
    """Return the target that holds on a day, or at the end of all where none is given."""
    if not measure.targets:
        return "No target."
    value = measure.targets[-1].value if until is None else measure.target_on(until)
    if value is None:
        first = measure.targets[0]
        return (
            f"The first target is {figure(first.value, measure.kind)}, from {day(first.from_on, year=True)}."
        )
    return f"The target is {figure(value, measure.kind)}."


def history_words(measure: Measure) -> list[str]:
    """Return every target and the day from which it holds, oldest first."""
    return [
        f"{figure(one.value, measure.kind)} from {day(one.from_on, year=True)}" for one in measure.targets
    ]


def kind_words(measure: Measure) -> str:
    """Return the kind of number, or the chart that the author fixed."""
    if isinstance(measure.kind, DataType):
        return f"{KINDS[measure.kind].capitalize()}."
    return f"The author fixed the chart: {CHARTS[measure.kind]}."


def baseline_words(rule: str) -> str:
    """Return which points set the usual range."""
    if rule in BASELINES:
        return BASELINES[rule]
    if first := FIRST_POINTS.match(rule):
        return f"The first {int(first[1])} points."
    start, _, end = rule.partition("/")
    return f"The points from {day(start, year=True)} to {day(end, year=True)}."


def disclosive_words(measure: Measure) -> str:
    """Return whether small numbers are held back before others see them."""
    if measure.disclosive:
        return (
            "Yes, it speaks of health, need or conflict: small numbers are held back before others see them."
        )
    return "No: shown as counted."


def meant_for(measure: Measure) -> str:
    """Return which prototypes use it, as the definition says."""
    if "*" in measure.prototypes:
        return "Every prototype"
    themes = [one.removeprefix("theme:") for one in measure.prototypes if one.startswith("theme:")]
    single = [one for one in measure.prototypes if not one.startswith("theme:")]
    told = [f"every prototype of the theme {theme}" for theme in themes]
    told += [f"{count(len(single))} prototype{'s' * (len(single) != 1)} by name"] if single else []
    words = " and ".join(told)
    return words[:1].upper() + words[1:]


def headline(measures: list[Measure]) -> str:
    """Return how many measures there are, by domain: ``Eleven measures: three of reach, ...``."""
    if not measures:
        return "No measure yet"
    total = count(len(measures)).capitalize()
    parts = [
        f"{count(many)} of {domain}" if domain != Domain.BALANCING else f"{count(many)} balancing"
        for domain in Domain
        if (many := sum(1 for measure in measures if measure.domain == domain))
    ]
    joined = ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"{total} measure{'s' * (len(measures) != 1)}: {joined}"
