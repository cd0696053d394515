"""Centre line and limits, one function a chart, its source beside it; `KINDS` is the register of all charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipelines.errors import ChartError
from pipelines.spc.limits.counts import c_lines, p_lines, pp_lines, u_lines, up_lines
from pipelines.spc.limits.individuals import i_lines, ip_lines, moving_ranges, mr_lines, run_lines
from pipelines.spc.limits.lines import FloatArray, Lines, PhasePoints
from pipelines.spc.limits.rare_events import g_lines, t_lines
from pipelines.spc.limits.subgroups import s_lines, spreads, xbar_lines
from pipelines.vocabulary import ChartKind

__all__ = ["KINDS", "Kind", "Lines", "PhasePoints", "kind_of"]


@dataclass(frozen=True)
class Kind:
    """What a kind of chart needs and how it is drawn.

    `aggregate` is how several values of one x become a point where the chart does not leave that open, or None;
    `plotted` makes the plotted value from the points where it is not their value or ratio. `floor` and `ceiling`
    bound the limits in a drawing, in the unit of the value. `family` names the false-alarm figures it has.
    """

    limits: Callable[[PhasePoints], Lines]
    family: str
    needs_denominator: bool = False
    takes_denominator: bool = True
    has_limits: bool = True
    has_runs: bool = True
    aggregate: str | None = None
    floor: float = -np.inf
    ceiling: float = np.inf
    plotted: Callable[[PhasePoints], FloatArray] | None = None


KINDS: dict[ChartKind, Kind] = {
    ChartKind.RUN: Kind(run_lines, "run", has_limits=False),
    ChartKind.I: Kind(i_lines, "i"),
    ChartKind.MR: Kind(mr_lines, "mr", has_runs=False, floor=0, plotted=moving_ranges),
    ChartKind.IP: Kind(ip_lines, "i"),
    ChartKind.XBAR: Kind(xbar_lines, "xbar", takes_denominator=False, aggregate="mean"),
    ChartKind.S: Kind(s_lines, "s", takes_denominator=False, floor=0, plotted=spreads),
    ChartKind.T: Kind(t_lines, "t", floor=0),
    ChartKind.G: Kind(g_lines, "g", floor=0),
    ChartKind.C: Kind(c_lines, "p", takes_denominator=False, aggregate="sum", floor=0),
    ChartKind.U: Kind(u_lines, "p", needs_denominator=True, floor=0),
    ChartKind.UP: Kind(up_lines, "i", needs_denominator=True, floor=0),
    ChartKind.P: Kind(p_lines, "p", needs_denominator=True, floor=0, ceiling=1),
    ChartKind.PP: Kind(pp_lines, "i", needs_denominator=True, floor=0, ceiling=1),
}


def kind_of(name: ChartKind | str) -> tuple[ChartKind, Kind]:
    """Return a kind by its word.

    Raises
    ------
    ChartError
        When the word is no chart of this engine.
    """
    try:
        word = ChartKind(name)
    except ValueError:
        raise ChartError(f'There is no chart "{name}". Choose one of: {", ".join(KINDS)}, auto.') from None
    return word, KINDS[word]
