"""The pieces of the written pack as HTML: the wall, what changed, what was agreed, each chart with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from html import escape
from itertools import groupby
from typing import Any

from dashboard.components import icons
from dashboard.components.chart_card import notes_on
from dashboard.components.data_table import points_table
from dashboard.components.marks_key import shapes_html
from dashboard.components.state_words import states_html
from dashboard.components.wall.cells import TOLD, Cell, State
from dashboard.components.wording import capital, day, figure, missing
from dashboard.exports.contents import Contents, PackChart
from dashboard.exports.drawing import PAPER, svg
from dashboard.theme import ASSURANCE_WORDS, LIGHT, VARIATION_WORDS
from pipelines.vocabulary import Assurance, ChangeKind, Variation


class Medium(Enum):
    """What the written pack is read on: paper, or a screen without a network."""

    PAPER = "paper"
    SCREEN = "screen"


#: Measures side by side on the wall's table; more go on in the next.
MOST_COLUMNS = 6

#: What a signal that does not outlast the number of charts is told to be.
ALONE = "The chart alone: among so many, more of these may be chance."

NOTHING_NEW = "Nothing new. That is common, and fine."
NOTHING_AGREED = "No meeting has been recorded yet."


def wall_html(contents: Contents) -> str:
    """Return the wall as tables of a few measures side by side: value, icon and state in words of each neighbourhood."""
    rows = [list(held) for _, held in groupby(contents.cells, key=lambda cell: cell.neighbourhood_id)]
    tables = [_wall_part(contents, rows, first) for first in range(0, len(contents.columns), MOST_COLUMNS)]
    return f"{''.join(tables)}<p><b>{escape(contents.chance)}</b></p>"


def _wall_part(contents: Contents, rows: Sequence[Sequence[Cell]], first: int) -> str:
    part = slice(first, first + MOST_COLUMNS)
    names = [escape(str(column["short_name"])) for column in contents.columns[part]]
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Neighbourhood", *names))
    body = "".join(
        f'<tr><th scope="row">{escape(cells[0].place)}</th>{"".join(_cell(cell) for cell in cells[part])}</tr>'
        for cells in rows
    )
    caption = "Latest value and signal of each measure in each neighbourhood; never ranked"
    return (
        f'<table class="wall"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cell(cell: Cell) -> str:
    words = state_words(cell)
    if cell.row is None or cell.state in (State.HIDDEN, State.NO_DATA):
        return f"<td><b>{'*' if cell.state == State.HIDDEN else '–'}</b><small>{escape(words)}</small></td>"
    value = escape(figure(cell.row["latest_value"], str(cell.row["data_kind"])))
    marks = ""
    if cell.state in TOLD:
        marks = icons.variation(str(cell.row["variation"]), LIGHT, alt="")
        if cell.row["assurance"] != Assurance.EMPTY:
            marks += icons.assurance(str(cell.row["assurance"]), LIGHT, alt="")
    return f"<td><b>{value}</b>{marks}<small>{escape(words)}</small></td>"


def state_words(cell: Cell) -> str:
    """Return the state of a cell in words: what its icons say, or why it has none."""
    if cell.row is None or cell.state not in TOLD:
        return capital(f"{cell.state.value}: {_small(cell.reason)}" if cell.reason else cell.state.value)
    said = VARIATION_WORDS[Variation(cell.row["variation"])]
    assurance = Assurance(cell.row["assurance"])
    return said if assurance == Assurance.EMPTY else f"{said}; {_small(ASSURANCE_WORDS[assurance])}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def changes_html(contents: Contents) -> str:
    """Return what changed since the day, in the order in which a meeting takes it."""
    opening = "" if contents.news is None else f"<p>{escape(str(contents.news['sentence']))}</p>"
    if not contents.changes:
        return f"{opening}<p>{NOTHING_NEW}</p>"
    return f'{opening}<ol class="changes">{"".join(_change(row) for row in contents.changes)}</ol>'


def _change(row: Mapping[str, Any]) -> str:
    asked = "" if missing(row["question"]) else f'<p class="question">{escape(str(row["question"]))}</p>'
    alone = f'<p class="muted">{ALONE}</p>' if is_alone(row) else ""
    return (
        f'<li><p><b>{escape(str(row["title"]))}</b> <span class="muted">{escape(str(row["kind"]))}, '
        f"{day(row['happened_on'], year=True)}</span></p><p>{escape(str(row['sentence']))}</p>{alone}{asked}</li>"
    )


def is_alone(row: Mapping[str, Any]) -> bool:
    """Whether a change is a signal that does not outlast the number of charts looked at."""
    return row["kind"] == ChangeKind.SIGNAL and not bool(row["is_kept"])


def agreed_html(contents: Contents) -> str:
    """Return what the last meeting agreed and what became of it."""
    if contents.meeting is None:
        return f"<p>{NOTHING_AGREED}</p>"
    items = "".join(
        f"<li><p>{escape(str(row['question']))}</p><p><b>{escape(str(row['sentence']))}</b></p>{_told(row)}</li>"
        for row in contents.agreed
    )
    said = contents.meeting["text"]
    text = "" if missing(said) or not str(said).strip() else f"<p>{escape(str(said))}</p>"
    return f'{text}<ol class="agreed">{items}</ol>' if items else f"{text}<p>Nothing was agreed.</p>"


def _told(row: Mapping[str, Any]) -> str:
    told = [row["reason"], row["became_text"]]
    return "".join(
        f'<p class="muted">{escape(str(one))}</p>' for one in told if not missing(one) and str(one).strip()
    )


def chart_html(one: PackChart, medium: Medium) -> str:
    """Return a chart with its words: title, picture, sentence, icons, and on a screen the numbers one click away."""
    summary, request = one.chart.summary, one.chart.request
    if medium is Medium.PAPER:
        picture = icons.image(svg(one.figure, PAPER), one.alt, "picture")
    else:
        drawn, label = svg(one.figure, PAPER, alt=one.alt, pointed=True), escape(f"Chart: {one.measure}")
        picture = f'<div class="plot" tabindex="0" role="group" aria-label="{label}">{drawn}</div>'
    notes = "".join(
        f'<p class="muted">{escape(note)}</p>' for note in [*notes_on(summary), *_held_back(summary)]
    )
    asked = f'<p class="question">{escape(one.question)}</p>' if one.question else ""
    first, dot, rest = one.sentence.partition(". ")
    title = f"{one.chart.domain.capitalize()}: {escape(one.measure)} <small>{escape(one.chart.what)}</small>"
    said = f'<p class="sentence"><b>{escape(first + dot.strip())}</b> {escape(rest)}</p>'
    words = f"{said}{states_html(summary, request.style, LIGHT)}{notes}{asked}"
    return (
        f'<section class="chart"><h4>{title}</h4>{picture}<div class="words">{words}</div>'
        f"{_more(one, medium)}</section>"
    )


def _held_back(summary: Mapping[str, Any]) -> list[str]:
    return [] if missing(summary["why_hidden"]) else [f"* {summary['why_hidden']}"]


def _more(one: PackChart, medium: Medium) -> str:
    """Return the numbers behind a chart; on paper they are in points.csv, not on a hundred pages."""
    if medium is Medium.PAPER:
        return ""
    summary = one.chart.summary
    caption = f"{one.measure}, {one.chart.what}, newest first"
    table = points_table(one.chart.request.points, one.chart.request.style, str(summary["period"]), caption)
    told = [
        summary["why"],
        summary["sentence_long"],
        summary["kind_reason"],
        summary["remedy"],
        summary["release_note"],
    ]
    words = "".join(f"<p>{escape(str(text))}</p>" for text in told if not missing(text) and str(text).strip())
    return (
        f"<details><summary>See the numbers</summary>{table}</details>"
        f"<details><summary>What is measured</summary>{words}</details>"
    )


def charts_html(contents: Contents, medium: Medium) -> str:
    """Return every chart under the name of its neighbourhood and prototype."""
    parts = []
    for number, (place, charts) in enumerate(contents.places(), start=1):
        inside = "".join(
            _prototype(name, list(held), medium)
            for name, held in groupby(charts, key=lambda one: one.prototype)
        )
        parts.append(f'<section class="place"><h2 id="place-{number}">{escape(place)}</h2>{inside}</section>')
    return "".join(parts)


def _prototype(name: str, charts: Sequence[PackChart], medium: Medium) -> str:
    return f"<section><h3>{escape(name)}</h3>{''.join(chart_html(one, medium) for one in charts)}</section>"


def key_html() -> str:
    """Return the key of shapes and lines."""
    return shapes_html(LIGHT, inexact=True)
