"""Sentences of the way from talk to action to scale, and of the gate before scaling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.vocabulary import Stage
from pipelines.words.parts import capital, counted, missing, number_word

#: What became of those that reached a stage: many of them, and one.
REACHED = {
    Stage.ACTION: ("tried in some way", "tried in some way"),
    Stage.PROTOTYPE: ("tested as prototypes", "tested as a prototype"),
    Stage.MODEL: ("made into models", "made into a model"),
    Stage.SCALED: ("scaled", "scaled"),
}

BEFORE = {
    Stage.ACTION: "ideas",
    Stage.PROTOTYPE: "actions",
    Stage.MODEL: "prototypes",
    Stage.SCALED: "models",
}

#: Days from which a wait is told in weeks, and in months.
WEEKS_FROM, MONTHS_FROM = 14, 120
DAYS_A_WEEK, DAYS_A_MONTH = 7, 365.25 / 12


def stage_sentence(row: Any, n_before: int | None = None) -> str:
    """Say how many came this far, how long that took, and how many stopped here.

    Parameters
    ----------
    row
        A stage with stage, n_reached, median_wait_days and n_stopped.
    n_before
        How many reached the stage before; None for the first.
    """
    wait = (
        "" if missing(row.median_wait_days) else f"; half get there within {wait_words(row.median_wait_days)}"
    )
    stopped = f" {capital(number_word(row.n_stopped))} stopped here." if row.n_stopped else ""
    return f"{_reached(Stage(row.stage), row.n_reached, n_before)}{wait}.{stopped}"


def _reached(stage: Stage, n_reached: int, n_before: int | None) -> str:
    if n_before is None or stage not in BEFORE:
        if not n_reached:
            return "No idea was written down"
        return f"{counted(n_reached, 'ideas')} {'was' if n_reached == 1 else 'were'} written down"
    many, one = REACHED[stage]
    before = BEFORE[stage]
    if not n_before:
        return f"There are no {before} yet that could be {many}"
    if not n_reached:
        return f"No {before.removesuffix('s')} of {n_before:,} was {one}"
    return (
        f"{n_reached:,} of {counted(n_before, before)} {f'was {one}' if n_reached == 1 else f'were {many}'}"
    )


def wait_words(days: float) -> str:
    """Return a wait as people say it: `9 days`, `5 weeks`, `7 months`."""
    if days < WEEKS_FROM:
        return counted(days, "days")
    if days < MONTHS_FROM:
        return counted(days / DAYS_A_WEEK, "weeks")
    return counted(days / DAYS_A_MONTH, "months")


def talk_to_action_sentence(stages: Any) -> str:
    """Say how many ideas were tried at all, with what the share could be where it is not yet sure.

    `stages` has n_ideas, n_tried, tried_low and tried_high (0 to 1, 95 % interval).
    """
    if not stages.n_ideas:
        return "No idea has been written down yet."
    verb = "was" if stages.n_tried == 1 else "were"
    ideas = "idea" if stages.n_ideas == 1 else "ideas"
    could = f"{stages.tried_low * 100:.0f} to {stages.tried_high * 100:.0f} in 100"
    return (
        f"{stages.n_tried:,} of {stages.n_ideas:,} {ideas} {verb} tried. With so many, it could be {could}."
    )


def gate_sentence(answers: Sequence[str]) -> str:
    """Say whether an idea is ready to scale: every rule by its answer, never a total.

    `answers` holds 'yes', 'no' or 'cannot yet tell', one a rule.
    """
    if not answers:
        return "Cannot yet tell. No rule has been looked at."
    met, unmet, unsure = (
        sum(answer == word for answer in answers) for word in ("yes", "no", "cannot yet tell")
    )
    if met == len(answers):
        return f"Ready to scale by the rules: all {number_word(met)} are met. The group decides."
    parts = [
        f"{number_word(met)} rule{'s' * (met != 1)} met",
        f"{_none_or(unmet)} not",
        f"{_none_or(unsure)} cannot yet be told",
    ]
    opening = "Not yet" if unmet else "Cannot yet tell"
    return f"{opening}. {capital(', '.join(parts))}."


def _none_or(count: int) -> str:
    return number_word(count) if count else "none"
