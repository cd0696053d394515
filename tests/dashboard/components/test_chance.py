"""The line of honesty under several charts: signals shown, and signals that chance alone would give."""

from __future__ import annotations

import pytest

from dashboard.components.chance import chance_line, chance_words


def chart(variation="common_cause", rate=0.03):
    return {"variation": variation, "false_alarm_rate": rate}


def test_signals_are_counted_and_the_published_rates_are_summed():
    page = [
        chart("improvement_high"),
        chart("concern_low"),
        chart(),
        chart("too_few", None),
        chart("none", 0.0),
    ]
    assert chance_words(page) == "2 of 3 charts show a signal. Chance alone would give about 0.1."


def test_a_tiny_chance_is_not_rounded_to_none():
    assert (
        chance_words([chart(rate=0.01)])
        == "0 of 1 chart shows a signal. Chance alone would give fewer than 0.1."
    )


def test_a_rate_that_is_not_published_adds_nothing():
    assert chance_line(1, [None, float("nan"), 0.2]) == (
        "1 of 3 charts shows a signal.",
        "Chance alone would give about 0.2.",
    )


@pytest.mark.parametrize("page", [[], [chart("too_few", None)], [chart("none", 0.0)]])
def test_without_a_chart_that_can_signal_the_line_says_so(page):
    assert chance_words(page) == "No chart can show a signal yet. A chart needs 13 points first."
