"""The rail beside the wall: what is new, what the last meeting agreed, which predictions fall due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from dashboard.components.changes.news import News, Row, address_about, once_a_cycle, title_link
from dashboard.components.wall.cells import SIGNALS, Cell
from dashboard.components.wording import capital, count, date, day, missing
from dashboard.context import is_projector, link
from pipelines.vocabulary import ChangeKind

#: Items of each list told one by one; the rest is counted.
MOST_NEWS, MOST_AGREED, MOST_DUE = 5, 2, 2


@dataclass(frozen=True)
class Item:
    """One thing that the rail tells: its number there, the change, and the sentence it is told by."""

    number: int
    row: Row
    sentence: str


@dataclass(frozen=True)
class Rail:
    """What the rail holds.

    Attributes
    ----------
    since, until
        The day that news is counted from, and the last day of the data or the day as which the wall stood.
    items
        What the rail tells of what changed between them, as `told_on_rail` chooses.
    more
        How many changes that claim something are not told here.
    by_chance
        How many charts show a new signal and how many would by chance, as published; None where it is not known.
    meeting, agreed
        The last meeting that ended (a row of `Store.last_meeting`) and what it agreed (rows of `Store.agreed_at`).
    decided
        Rows of `Store.decisions`, told where no meeting was held.
    due
        Rows of `Store.predictions_due`.
    all_news
        Address of the page of all that changed.
    is_past
        Whether the wall is shown as it stood on a day: what outlasts the number of charts is known for today alone.
    """

    since: dt.date
    until: dt.date
    items: Sequence[Item]
    more: int
    by_chance: str | None
    meeting: Mapping[str, Any] | None
    agreed: Sequence[Mapping[str, Any]]
    decided: Sequence[Mapping[str, Any]]
    due: Sequence[Mapping[str, Any]]
    all_news: str
    is_past: bool = False


def told_on_rail(news: News, short: Mapping[str, str]) -> list[Item]:
    """Return what the rail tells: first what outlasts the number of charts, then charts alone; a cycle is told once.

    Parameters
    ----------
    news
        All that changed.
    short
        The shortest sentence of charts, by series_id: a signal is told by it, as there is little room.
    """
    claims = [*once_a_cycle(news.kept), *news.alone][:MOST_NEWS]
    return [
        Item(
            at, row, short.get(row["series_id"], row["sentence"]) if _is_signal(row) else str(row["sentence"])
        )
        for at, row in enumerate(claims, start=1)
    ]


def told_of_the_past(news: News) -> list[Item]:
    """Return what the rail tells beside a wall of the past: the day of a signal, as its sentence speaks of today."""
    claims = [*once_a_cycle(news.kept), *news.alone, *news.past][:MOST_NEWS]
    return [
        Item(
            at,
            row,
            f"First showed on {day(row['happened_on'])}." if _is_signal(row) else str(row["sentence"]),
        )
        for at, row in enumerate(claims, start=1)
    ]


def number_news(cells: Sequence[Cell], items: Sequence[Item]) -> list[Cell]:
    """Give each coloured cell the number of the item of the rail that speaks of its chart; the others keep none."""
    numbers: dict[Any, int] = {}
    for item in items:
        numbers.setdefault(item.row["series_id"], item.number)
    return [
        replace(cell, news=numbers.get(cell.row["series_id"]))
        if cell.row is not None and cell.state in SIGNALS
        else cell
        for cell in cells
    ]


def _is_signal(row: Row) -> bool:
    return bool(row["kind"] == ChangeKind.SIGNAL)


def rail_html(rail: Rail) -> str:
    """Return the rail: news first, as that is what a phone is opened for."""
    return f'<aside class="rail" aria-label="News">{_news(rail)}{_agreed(rail)}{_due(rail)}</aside>'


def _news(rail: Rail) -> str:
    span = f"{day(rail.since)} to {day(rail.until)}" if rail.is_past else f"New since {day(rail.since)}"
    words = f"and {count(rail.more)} more" if rail.more > 0 else "All that changed"
    every = f'<p><a href="{escape(rail.all_news)}" target="_self">{words}</a></p>'
    if not rail.items:
        return f"<section><h2>{span}</h2><p>Nothing new. That is common, and fine.</p>{every}</section>"
    if rail.is_past:
        return f"<section><h2>{span}</h2>{_list('Charts and cycles, as they are judged today.', rail.items)}{every}</section>"
    kept = [item for item in rail.items if item.row["is_kept"]]
    alone = [item for item in rail.items if not item.row["is_kept"]]
    parts = _list("About 1 in 10 of these may be chance.", kept)
    parts += _list(f"Charts alone. {rail.by_chance or 'More of these may be chance.'}", alone)
    return f"<section><h2>{span}</h2>{parts}{every}</section>"


def _list(about: str, items: Sequence[Item]) -> str:
    if not items:
        return ""
    lines = "".join(
        f'<li><span class="news-disc">{item.number}</span><div>{title_link(item.row)}'
        f"<p>{escape(item.sentence)}</p></div></li>"
        for item in items
    )
    return f'<p class="grey">{escape(about)}</p><ol start="{items[0].number}">{lines}</ol>'


def _agreed(rail: Rail) -> str:
    if rail.meeting is None:
        return _decided(rail)
    opening = f"<h2>Agreed on {day(rail.meeting['held_on'])}</h2>"
    if not rail.agreed:
        return f"<section>{opening}<p>Nothing was agreed about what is shown.</p></section>"
    items = "".join(_agreement(row) for row in rail.agreed[:MOST_AGREED])
    return f"<section>{opening}<ul>{items}</ul>{_more(len(rail.agreed) - MOST_AGREED)}</section>"


def _agreement(row: Mapping[str, Any]) -> str:
    about = row["question"] if missing(row["title"]) else row["title"]
    to = escape(address_about(row))
    return f'<li><a href="{to}" target="_self">{escape(str(about))}</a><p>{escape(str(row["sentence"]))}</p></li>'


def _decided(rail: Rail) -> str:
    if not rail.decided:
        return ""
    items = "".join(_decision(row) for row in rail.decided[:MOST_AGREED])
    return f"<section><h2>Decided lately</h2><ul>{items}</ul></section>"


def _decision(row: Mapping[str, Any]) -> str:
    learnt = row["learning"] if not missing(row["learning"]) else row["question"]
    words = escape("" if missing(learnt) else str(learnt))
    decided = f"<b>{escape(capital(str(row['decision'])))}</b> {_cycle_link(row)}: {words}"
    return f'<li>{decided} <span class="grey">{day(row["decided_on"])}</span></li>'


def _due(rail: Rail) -> str:
    if rail.is_past:
        return ""
    if not rail.due:
        return "<section><h2>Predictions due</h2><p>No prediction is open.</p></section>"
    if is_projector():
        verb = "is" if len(rail.due) == 1 else "are"
        return (
            f"<section><h2>Predictions due</h2><p>{capital(count(len(rail.due)))} {verb} open.</p></section>"
        )
    items = "".join(_prediction(row, rail.until) for row in rail.due[:MOST_DUE])
    return f"<section><h2>Predictions due</h2><ul>{items}</ul>{_more(len(rail.due) - MOST_DUE)}</section>"


def _more(number: int) -> str:
    return f"<p>and {count(number)} more</p>" if number > 0 else ""


def _prediction(row: Mapping[str, Any], until: dt.date) -> str:
    on = date(row["predicted_for"])
    what = "its measure" if missing(row["measure"]) else str(row["measure"])
    when = f"was due {day(on)}; not yet decided" if on is not None and on <= until else f"due {day(on)}"
    return f'<li>{_cycle_link(row)}: {escape(what.lower())}, <span class="grey">{when}</span></li>'


def _cycle_link(row: Mapping[str, Any]) -> str:
    name = f"{row['neighbourhood']}, cycle {row['cycle_no']}"
    return f'<a href="{escape(link("cycle", cycle=row["cycle_id"]))}" target="_self">{escape(name)}</a>'
