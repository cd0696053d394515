"""The sentence of a chart whose latest point is coloured: better, worse or changed, and the rule that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.measures import Measure
from pipelines.vocabulary import Domain, Period, Rule
from pipelines.words.parts import ONE_PERIOD, capital, line_words, number_word, range_words, value_and_range

#: What the icon says in a word, by the beginning of its name.
ICON_WORD = {"improvement": "better", "concern": "worse"}


@dataclass(frozen=True)
class SignalWords:
    """A signal at the latest point.

    `summary` is a row of chart_summary with a coloured variation icon; `run_length` counts the points, up to the latest,
    on one side of the centre line, or in one climb or fall.
    """

    summary: Mapping[str, Any]
    measure: Measure
    run_length: int

    @property
    def short(self) -> str:
        """For a wall cell."""
        return {
            Rule.BEYOND_LIMITS: f"{self._latest}; usually {self._usual}.",
            Rule.TREND: f"{'Climbing' if self._is_high else 'Falling'}, {self._run} points in a row.",
            Rule.TWO_OF_THREE: f"Two of three near the {self._edge} edge.",
            Rule.SHIFT: f"{capital(self._run)} in a row {self._side} average.",
        }[self._rules[0]]

    @property
    def middle(self) -> str:
        """For the line under a chart: what the icon says, then what was seen."""
        return f"{self._opening} {self._detail}."

    @property
    def _opening(self) -> str:
        """A domain is better or worse; a balancing measure speaks for itself alone."""
        word = ICON_WORD.get(self.summary["variation"].split("_")[0])
        if self.measure.domain == Domain.BALANCING:
            return f"{self.measure.short_name}: {word or 'changed'}."
        domain = capital(self.measure.domain)
        return f"{domain} is {word}." if word else f"{domain} has changed."

    @property
    def _detail(self) -> str:
        verb = "climbed" if self._is_high else "fell"
        return {
            Rule.BEYOND_LIMITS: f"{self._latest} is {self._side} the usual {self._usual}{self._lasting}",
            Rule.TREND: f"The last {self._run} points, {self._each} each, {verb} one after another",
            Rule.TWO_OF_THREE: f"Two of the last three points stood near the {self._edge} edge of the usual {self._range}",
            Rule.SHIFT: f"The last {self._run} points, {self._each} each, were all {self._side} the average of {self._average}",
        }[self._rules[0]]

    @property
    def _lasting(self) -> str:
        if Rule.SHIFT not in self._rules:
            return "; one point is not yet a trend"
        return f", and the last {self._run} points were all {self._side} the average of {self._average}"

    @property
    def _rules(self) -> list[Rule]:
        return [Rule(word) for word in self.summary["variation_rules"].split(",")]

    @property
    def _is_high(self) -> bool:
        return str(self.summary["variation"]).endswith("high")

    @property
    def _side(self) -> str:
        return "above" if self._is_high else "below"

    @property
    def _edge(self) -> str:
        return "upper" if self._is_high else "lower"

    @property
    def _run(self) -> str:
        return number_word(max(self.run_length, 1))

    @property
    def _each(self) -> str:
        return ONE_PERIOD[Period(self.summary["period"])]

    @property
    def _average(self) -> str:
        return line_words(self.summary["centre_line"], self.measure)

    @property
    def _range(self) -> str:
        return range_words(self.summary["lower_limit"], self.summary["upper_limit"], self.measure)

    @property
    def _latest(self) -> str:
        return self._latest_and_usual[0]

    @property
    def _usual(self) -> str:
        return self._latest_and_usual[1]

    @property
    def _latest_and_usual(self) -> tuple[str, str]:
        figures = (self.summary[name] for name in ("latest_value", "lower_limit", "upper_limit"))
        value, lower, upper = figures
        return value_and_range(value, lower, upper, self.measure)
