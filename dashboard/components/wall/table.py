"""The wall as HTML: a table of neighbourhoods by measures, and the same cells as a list for a phone.

Headings of rows and columns stay in view: of six columns while the page moves, of more while the table moves in its frame.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby
from typing import Any

import pandas as pd

from dashboard.components import icons
from dashboard.components.sparkline import sparkline
from dashboard.components.wall.cells import SIGNALS, TOLD, Cell, State
from dashboard.components.wall.filters import Filters
from dashboard.components.wording import capital, figure, is_share, missing, number
from dashboard.context import link
from dashboard.theme import ASSURANCE_WORDS, VARIATION_WORDS, Theme
from pipelines.vocabulary import Assurance, Better, Period, Variation

PER_PERIOD = {
    Period.MONTH: "a month",
    Period.FOUR_WEEKS: "4 weeks",
    Period.THIRTEEN_WEEKS: "13 weeks",
    Period.SESSION: "each test",
}

DESK_SPARK, PHONE_SPARK = (190, 62), (350, 62)

#: The key of icons at the foot: variation states, then assurance states, with the words of the key.
KEY_VARIATION = (
    (Variation.IMPROVEMENT_HIGH, "better"),
    (Variation.CONCERN_HIGH, "worse"),
    (Variation.NEUTRAL_HIGH, "changed, neither"),
    (Variation.COMMON_CAUSE, "usual variation"),
)
KEY_ASSURANCE = (
    (Assurance.PASS, "will meet target"),
    (Assurance.HIT_OR_MISS, "may or may not"),
    (Assurance.FAIL, "will not"),
)


@dataclass(frozen=True)
class Wall:
    """All that the wall draws: its columns (rows of ``measure`` with the target in force), cells, points and colours.

    `filters` is what is looked at, as links from the wall carry it on; `is_wide` whether there are more columns than a screen
    holds.
    """

    columns: Sequence[Mapping[str, Any]]
    cells: Sequence[Cell]
    points: Mapping[str, pd.DataFrame]
    theme: Theme
    until: dt.date
    filters: Filters = field(default_factory=Filters)
    is_wide: bool = False


def table_html(wall: Wall) -> str:
    """Return the table: a heading row of domains, one of measures, and a row for each neighbourhood."""
    rows = "".join(
        _row(wall, list(cells)) for _, cells in groupby(wall.cells, key=lambda cell: cell.neighbourhood_id)
    )
    caption = "Latest value, signal and last half year of each measure in each neighbourhood"
    table = (
        f'<table class="wall"><caption>{caption}</caption><thead>{_domains(wall)}{_measures(wall)}'
        f"</thead><tbody>{rows}</tbody></table>"
    )
    if not wall.is_wide:
        return table
    wide = f"--columns:{len(wall.columns)}"
    return f'<div class="wall-frame" role="region" aria-label="The wall" tabindex="0" style="{wide}">{table}</div>'


def list_html(wall: Wall, neighbourhood_id: str) -> str:
    """Return one neighbourhood's cells under one another, for a screen too narrow for the table."""
    mine = [cell for cell in wall.cells if cell.neighbourhood_id == neighbourhood_id]
    items = [
        f"<li><h3>{escape(cell.measure)} <small>{escape(sub_heading(column))}</small></h3>"
        f"{cell_html(cell, wall, PHONE_SPARK)}</li>"
        for cell, column in zip(mine, wall.columns, strict=True)
    ]
    return f'<ul class="wall-list">{"".join(items)}</ul>'


def key_html(theme: Theme, line: tuple[str, str]) -> str:
    """Return the foot of the wall: how many signals chance alone would give, and what the icons mean."""
    first, second = line
    variation = [icons.variation(state, theme, "icon", alt="") + words for state, words in KEY_VARIATION]
    assurance = [icons.assurance(state, theme, "icon", alt="") + words for state, words in KEY_ASSURANCE]
    left, right = ("".join(f"<li>{item}</li>" for item in items) for items in (variation, assurance))
    return (
        f'<div class="wall-foot"><p><b>{escape(first)}</b> {escape(second)}</p>'
        f'<ul aria-label="Key: what is happening">{left}</ul><ul aria-label="Key: the target">{right}</ul></div>'
    )


def sub_heading(measure: Mapping[str, Any]) -> str:
    """Return the small words under a measure: its target, else its unit; and the width of a point unless a week."""
    value, kind = measure["target"], str(measure["kind"])
    if not missing(value):
        under = "under " if measure["better"] == Better.DOWN else ""
        words = f"target {under}{figure(value, kind)}"
    else:
        unit = "" if missing(measure["unit"]) else str(measure["unit"])
        words = f"% {unit}".strip() if is_share(kind) and not unit.startswith("%") else unit
    per = PER_PERIOD.get(measure["period"])
    return f"{words} · {per}" if per and per not in words else words


def _domains(wall: Wall) -> str:
    heads = "".join(
        f'<th scope="colgroup" colspan="{len(list(rows))}"><span>{_domain(wall, str(domain))}</span></th>'
        for domain, rows in groupby(wall.columns, key=lambda column: column["domain"])
    )
    return f'<tr class="domains"><td></td>{heads}</tr>'


def _domain(wall: Wall, domain: str) -> str:
    """Return the name of a domain, which leads to all of its measures."""
    words = escape(capital(domain))
    if wall.filters.domain == domain:
        return words
    to = link("", **replace(wall.filters, domain=domain).choices())
    return f'<a href="{escape(to)}" target="_self">{words}</a>'


def _measures(wall: Wall) -> str:
    heads = "".join(
        f'<th scope="col" class="{place}">{escape(str(column["short_name"]))}<small>{escape(sub_heading(column))}</small></th>'
        for column, place in zip(wall.columns, _places(wall.columns), strict=True)
    )
    return f'<tr class="measures"><th scope="col"><span class="away">Neighbourhood</span></th>{heads}</tr>'


def _places(columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the class of each column: the first of its domain stands further off."""
    domains = [column["domain"] for column in columns]
    return ["first" if i == 0 or domains[i - 1] != domain else "next" for i, domain in enumerate(domains)]


def _row(wall: Wall, cells: list[Cell]) -> str:
    to = escape(link("neighbourhood", neighbourhood=cells[0].neighbourhood_id))
    head = f'<th scope="row"><a href="{to}" target="_self">{escape(cells[0].place)}</a></th>'
    tds = "".join(
        f'<td class="{place}">{cell_html(cell, wall, DESK_SPARK)}</td>'
        for cell, place in zip(cells, _places(wall.columns), strict=True)
    )
    return f"<tr>{head}{tds}</tr>"


def cell_html(cell: Cell, wall: Wall, size: tuple[int, int]) -> str:
    """Return a cell: one link to its chart, with value, icons and sparkline; below it why it is hidden, where it is."""
    row = cell.row
    if row is None or cell.state in (State.HIDDEN, State.NO_DATA):
        inner, under = _nothing(cell)
    else:
        spark = sparkline(wall.points[str(row["series_id"])], row, wall.theme, wall.until, size)
        more = f'<span class="reason more">+{cell.others} more</span>' if cell.others else ""
        inner, under = f"{_top(cell, row, wall)}{icons.image(spark, cell.sentence, 'spark')}{more}", ""
    series = None if row is None else str(row["prototype_id"])
    to = link("neighbourhood", neighbourhood=cell.neighbourhood_id, prototype=series, measure=cell.measure_id)
    kind = cell.state.value.replace(" ", "-")
    return f'<div class="cell {kind}"><a href="{escape(to)}" target="_self">{inner}</a>{under}</div>'


def _nothing(cell: Cell) -> tuple[str, str]:
    """Return the inside of a cell without a value, and what stands under its link."""
    away = f'<span class="away">{escape(cell.sentence)}</span>'
    if cell.state == State.HIDDEN and cell.row is not None:
        star = '<span class="top"><span class="value" aria-hidden="true">*</span></span><span class="dots"></span>'
        answer = "" if missing(cell.row["why_hidden"]) else str(cell.row["why_hidden"])
        return star + away, f"<details><summary>{escape(cell.reason)}</summary>{escape(answer)}</details>"
    top = '<span class="top"><span class="none">No data</span></span><span class="dots"></span>'
    return f'{top}<span class="reason">{escape(cell.reason)}</span>{away}', ""


def _top(cell: Cell, row: Mapping[str, Any], wall: Wall) -> str:
    digits, unit = number(row["latest_value"], str(row["data_kind"]))
    value = f'<span class="value">{digits}<small>{unit}</small></span>'
    reason = f'<span class="reason">{escape(cell.reason)}</span>' if cell.reason else ""
    news = f'<span class="news-disc">{cell.news}</span>' if cell.news else ""
    return f'<span class="top">{value}<span class="marks">{reason}{news}{_icons(cell, row, wall.theme)}</span></span>'


def _icons(cell: Cell, row: Mapping[str, Any], theme: Theme) -> str:
    if cell.state == State.TOO_FEW:
        return icons.too_few(int(row["n_points"]), theme)
    if cell.state not in TOLD:
        return ""
    variation = Variation(row["variation"])
    size = "icon signal" if cell.state in SIGNALS else "icon"
    drawn = icons.variation(variation, theme, size, VARIATION_WORDS[variation])
    assurance = Assurance(row["assurance"])
    if assurance == Assurance.EMPTY:
        return drawn
    return drawn + icons.assurance(assurance, theme, "icon", ASSURANCE_WORDS[assurance])
