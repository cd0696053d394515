"""Every case of the golden values, charted and compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.errors import ChartError
from pipelines.spc import Chart
from pipelines.spc.funnel import Funnel
from tests.oracle import funnelplotr, ptd, qic
from tests.oracle.golden import Call, Golden, read_half

PACKAGES = {"qicharts2": qic.calls, "NHSRplotthedots": ptd.calls, "FunnelPlotR": funnelplotr.calls}


@dataclass(frozen=True)
class Drawn:
    """A call and its chart; None, with the error's words, where the engine refuses the arguments."""

    call: Call
    chart: Chart | Funnel | None
    error: str = ""

    def differences(self) -> list[str]:
        """Return where the chart differs from the reference; empty where all agrees."""
        return [self.error] if self.chart is None else self.call.differences(self.chart)


@dataclass(frozen=True)
class Agreement:
    """Cases of one or more charts: what differs in each, and which of them the reference refuses."""

    differing: dict[str, list[str]]
    refusals: frozenset[str]

    @property
    def with_numbers(self) -> int:
        """How many cases the reference gives numbers for."""
        return len(self.differing) - len(self.refusals)

    @property
    def outright(self) -> int:
        """How many of these agree in all of their numbers, flags and words."""
        return sum(not found for case, found in self.differing.items() if case not in self.refusals)

    @property
    def share(self) -> float:
        """Which share of the cases with numbers agrees outright."""
        return self.outright / self.with_numbers if self.with_numbers else 1.0

    def __or__(self, other: Agreement) -> Agreement:
        return Agreement(self.differing | other.differing, self.refusals | other.refusals)

    def of(self, listed: set[str]) -> list[str]:
        """Return the cases that differ and are listed."""
        return [case for case, found in self.differing.items() if found and case in listed]

    def not_of(self, listed: set[str]) -> dict[str, list[str]]:
        """Return the cases that differ and are not listed, with what differs."""
        return {case: found for case, found in self.differing.items() if found and case not in listed}


@cache
def charts_of(half: str, name: str) -> tuple[Drawn, ...]:
    """Chart every case of one kind of chart."""
    golden = read_half(half)
    cases = [case for case in golden.cases.values() if case["chart"] == name]
    return tuple(_drawn(call) for case in cases for call in PACKAGES[case["package"]](golden, case))


def _drawn(call: Call) -> Drawn:
    try:
        return Drawn(call, call.make(**call.rows, **call.options))
    except ChartError as error:
        return Drawn(call, None, f"the engine refuses: {error}")


@cache
def agreement_of(half: str, name: str) -> Agreement:
    """Compare every case of one kind of chart with what the reference gave; a case agrees when all its facets do."""
    return _compared(read_half(half), charts_of(half, name))


def _compared(golden: Golden, charts: tuple[Drawn, ...]) -> Agreement:
    differing: dict[str, list[str]] = {}
    for one in charts:
        differing.setdefault(one.call.case_id, []).extend(one.differences())
    return Agreement(differing, frozenset(case for case in differing if golden.cases[case]["error"]))


def all_of(half: str, names: tuple[str, ...]) -> Agreement:
    """Return the cases of several charts together."""
    together = Agreement({}, frozenset())
    for name in names:
        together |= agreement_of(half, name)
    return together
