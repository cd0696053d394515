"""The key: flags in words, and signal shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from dashboard import context
from dashboard.components.icons import image
from dashboard.components.wording import capital, day
from dashboard.figures.cycle_band import CycleBand
from dashboard.theme import Theme

_BOX = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16">{}</svg>'


def flags_html(cycles: Sequence[CycleBand], decisions: Mapping[str, str], verdicts: Mapping[str, str]) -> str:
    """Return the list of flags: number, first day, question as a link to the cycle, verdict, decision.

    Parameters
    ----------
    cycles
        In the order of their flags.
    decisions, verdicts
        Words by cycle_id; a cycle without one is told as not decided, or not judged.
    """
    items = []
    for number, cycle in enumerate(cycles, start=1):
        words = f"{cycle.name}: {cycle.question}" if cycle.question else cycle.name
        address = escape(context.link("cycle", cycle=cycle.cycle_id))
        verdict = capital(verdicts.get(cycle.cycle_id, "not judged yet"))
        decision = decisions.get(cycle.cycle_id, "not decided")
        items.append(
            f'<li><span class="disc">{number}</span><span><b>{day(cycle.start, year=True)}</b> '
            f'<a href="{address}" target="_self">{escape(words)}</a> '
            f'<span class="muted">{escape(verdict)}.</span> <b>{escape(capital(decision))}</b></span></li>'
        )
    return f'<ul class="flag-key">{"".join(items)}</ul>'


def shapes_html(theme: Theme, inexact: bool = False) -> str:
    """Return the key of signal shapes and lines; every picture has its words beside it.

    `inexact`: whether a chart of the page shows a number that was not written exactly.
    """
    entries = [
        (_range_svg(theme), "usual range"),
        (_prediction_svg(theme), "prediction"),
        (_target_svg(theme), "target"),
        (_shape_svg("M12 2L18 8L12 14L6 8Z", theme), "outside the usual range"),
        (_shape_svg("M7 3H17V13H7Z", theme), "two of three near the edge"),
        (_shape_svg("M12 2L18 13H6Z", theme), "seven climbing, or falling"),
        (_ring_svg(theme), "long run on one side"),
    ]
    if inexact:
        entries.append((_whisker_svg(theme), "not exact: somewhere along the thin line"))
    items = "".join(f"<li>{image(svg, '', 'key-mark')}<span>{words}</span></li>" for svg, words in entries)
    return f'<ul class="shape-key">{items}</ul>'


def _shape_svg(path: str, theme: Theme) -> str:
    return _BOX.format(f'<path d="{path}" fill="{theme.data}"/>')


def _ring_svg(theme: Theme) -> str:
    return _BOX.format(
        f'<circle cx="12" cy="8" r="4.5" fill="{theme.page}" stroke="{theme.data}" stroke-width="2.6"/>'
    )


def _whisker_svg(theme: Theme) -> str:
    line = f'<path d="M12 1V15" stroke="{theme.data}" stroke-width="1.3"/>'
    return _BOX.format(f'{line}<circle cx="12" cy="8" r="3.4" fill="{theme.data}"/>')


def _range_svg(theme: Theme) -> str:
    edges = f'<path d="M0 2H24M0 14H24" stroke="{theme.range_edge}"/>'
    middle = f'<path d="M0 8H24" stroke="{theme.centre}" stroke-width="1.3"/>'
    return _BOX.format(f'<rect y="2" width="24" height="12" fill="{theme.range_fill}"/>{edges}{middle}')


def _prediction_svg(theme: Theme) -> str:
    hatch = f'<path d="M0 10L8 2M4 14L16 2M12 14L24 2M20 14L24 10" stroke="{theme.prediction}" stroke-width="0.8"/>'
    return _BOX.format(f'{hatch}<path d="M0 2H24M0 14H24" stroke="{theme.prediction}" stroke-width="2.2"/>')


def _target_svg(theme: Theme) -> str:
    return _BOX.format(f'<path d="M0 8H24" stroke="{theme.target}" stroke-width="2" stroke-dasharray="8 5"/>')
