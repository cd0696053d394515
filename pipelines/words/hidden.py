"""The answer to "Why hidden?", from the reasons that a chart's cells were held back for."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.disclosure import NHS, Profile, why_hidden
from pipelines.vocabulary import WhyHidden
from pipelines.words.parts import missing

EVERYWHERE = "What is hidden on the chart is hidden in its table, its words and every export."


def hidden_words(
    reasons: Iterable[str | None], *, is_series: bool = False, profile: Profile = NHS
) -> str | None:
    """Return why cells of a chart are hidden; None where none is.

    Parameters
    ----------
    reasons
        Words of `WhyHidden`, one a hidden cell, any number of times; missing ones are cells that are not hidden.
    is_series
        Whether the whole series is held back: then that is the only answer.
    profile
        The rules they were held back by; the answer has its numbers.
    """
    if is_series:
        return f"{why_hidden(WhyHidden.SERIES, profile)} {EVERYWHERE}"
    present = {WhyHidden(reason) for reason in reasons if reason is not None and not missing(reason)}
    if not present:
        return None
    told = [why_hidden(reason, profile) for reason in WhyHidden if reason in present]
    if WhyHidden.COMPLEMENT in present:  # it begins with what the answer for small counts says
        told = [words for words in told if words != why_hidden(WhyHidden.SMALL, profile)]
    return " ".join([*told, EVERYWHERE])
