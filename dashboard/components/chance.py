"""How many signals chance alone would give on a page with several charts: one line, the same everywhere.

Nothing is worked out but a sum of published rates (docs/method.md, Many charts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.components.wording import missing
from pipelines.vocabulary import POINTS_FOR_ICON, Variation

#: Fewer expected signals than this round to none.
WORTH_SAYING = 0.05

#: Icons that say nothing: their chart cannot signal yet, or never will.
SILENT = (Variation.TOO_FEW, Variation.NONE)


def chance_line(n_signals: int, rates: Iterable[Any]) -> tuple[str, str]:
    """Return how many charts show a signal, and how many chance alone would.

    Parameters
    ----------
    n_signals
        Charts whose latest point is coloured.
    rates
        `false_alarm_rate` of every chart that could be coloured, one a chart; missing where a run chart has none.
    """
    known = list(rates)
    if not known:
        return "No chart can show a signal yet.", f"A chart needs {POINTS_FOR_ICON} points first."
    chance = sum(float(rate) for rate in known if not missing(rate))
    about = f"about {chance:.1f}" if chance >= WORTH_SAYING else "fewer than 0.1"
    charts = "1 chart" if len(known) == 1 else f"{len(known)} charts"
    verb = "shows" if 1 in (n_signals, len(known)) else "show"
    return f"{n_signals} of {charts} {verb} a signal.", f"Chance alone would give {about}."


def chance_words(summaries: Iterable[Mapping[str, Any]]) -> str:
    """Return the line for the charts of a page, from their rows of chart_summary."""
    told = [row for row in summaries if Variation(row["variation"]) not in SILENT]
    signals = sum(Variation(row["variation"]) != Variation.COMMON_CAUSE for row in told)
    return " ".join(chance_line(signals, [row["false_alarm_rate"] for row in told]))
