"""The rail beside the wall: what is new, what was decided, which predictions fall due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd

from dashboard.components.wall.cells import SIGNALS, Cell, began_on
from dashboard.components.wording import capital, count, date, day, missing, rows_of
from dashboard.context import link

#: Items of news told one by one; the rest is counted.
MOST_NEWS = 5

#: News reaches back this far: decisions are taken cycle by cycle, so no one of them is a meeting to count from.
LOOK_BACK = dt.timedelta(days=28)


@dataclass(frozen=True)
class Rail:
    """What the rail holds.

    Attributes
    ----------
    since
        The day that news starts from.
    headlines
        Rows of cycle_result with `is_headline`, joined with the names of their place: changes judged lately, controlled
        for how many cycles were looked at.
    news
        Cells of the wall with a signal that began since: not controlled.
    decided, due
        Rows of `Store.decisions` and `Store.predictions_due`.
    until
        Last day of the data.
    """

    since: dt.date
    headlines: Sequence[Mapping[str, Any]]
    news: Sequence[Cell]
    decided: Sequence[Mapping[str, Any]]
    due: Sequence[Mapping[str, Any]]
    until: dt.date


def news_since(until: dt.date) -> dt.date:
    """Return the day from which a signal is news: four weeks before the data ends."""
    return until - LOOK_BACK


def headlines_of(results: pd.DataFrame, cycles: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the cycles that head the list, west to east, with the names of their place and measure."""
    kept = results[results["is_headline"].eq(True)]
    names = cycles[["cycle_id", "neighbourhood", "place_order", "measure"]]
    return rows_of(kept.merge(names, on="cycle_id").sort_values(["place_order", "cycle_id"]))


def number_news(
    cells: Sequence[Cell],
    points: Mapping[str, pd.DataFrame],
    since: dt.date,
    headlines: Sequence[Mapping[str, Any]] = (),
) -> list[Cell]:
    """Number the cells with news; the others keep none.

    A cell whose chart a headline speaks of carries the headline's number. Then come, in the order of the wall, the
    cells whose signal began since a day.
    """
    told = {str(row["series_id"]): at for at, row in enumerate(headlines[:MOST_NEWS], start=1)}
    numbered, number = [], len(told)
    for cell in cells:
        series = str(cell.row["series_id"]) if cell.row else ""
        began = began_on(points[series]) if cell.state in SIGNALS and series not in told else None
        if series in told:
            cell = replace(cell, news=told[series])
        elif began is not None and began >= since:
            number += 1
            cell = replace(cell, news=number)
        numbered.append(cell)
    return numbered


def rail_html(rail: Rail) -> str:
    """Return the rail: news first, as that is what a phone is opened for."""
    return f'<aside class="rail" aria-label="News">{_news(rail)}{_decided(rail)}{_due(rail)}</aside>'


def _news(rail: Rail) -> str:
    opening = f"<h2>New since {day(rail.since)}</h2>"
    headlines, told = rail.headlines, {str(row["series_id"]) for row in rail.headlines}
    signals = [cell for cell in rail.news if cell.row and str(cell.row["series_id"]) not in told]
    if not headlines and not signals:
        return f"<section>{opening}<p>Nothing new. That is common, and fine.</p></section>"
    return f"<section>{opening}{_judged(headlines)}{_signals(signals, MOST_NEWS - len(headlines))}</section>"


def _judged(headlines: Sequence[Mapping[str, Any]]) -> str:
    """Return the changes judged in a cycle; the list is controlled, and says for what."""
    if not headlines:
        return ""
    items = "".join(_headline(at, row) for at, row in enumerate(headlines[:MOST_NEWS], start=1))
    more = len(headlines) - MOST_NEWS
    rest = f"<p>and {count(more)} more</p>" if more > 0 else ""
    return f'<p class="grey">About 1 in 10 may be chance</p><ol>{items}</ol>{rest}'


def _headline(number: int, row: Mapping[str, Any]) -> str:
    return (
        f'<li><span class="news-disc">{number}</span><div>{_cycle_link(row)}'
        f"<p>{escape(str(row['sentence_board']))}</p></div></li>"
    )


def _signals(cells: Sequence[Cell], room: int) -> str:
    """Return the signals that are new on the wall; nothing controls how many of these are chance."""
    if not cells:
        return ""
    items = "".join(_item(cell) for cell in cells[: max(room, 0)])
    more = len(cells) - max(room, 0)
    rest = f"<p>and {count(more)} more, numbered on the wall</p>" if more > 0 else ""
    return f'<p class="grey">Charts alone: more may be chance</p><ol>{items}</ol>{rest}'


def _item(cell: Cell) -> str:
    words = str(cell.row["sentence_short"]) if cell.row else ""
    where = escape(f"{cell.place}, {cell.measure[:1].lower()}{cell.measure[1:]}")
    to = escape(link("neighbourhood", neighbourhood=cell.neighbourhood_id, measure=cell.measure_id))
    return (
        f'<li><span class="news-disc">{cell.news}</span><div><a href="{to}" target="_self">{where}</a>'
        f"<p>{escape(words)}</p></div></li>"
    )


def _decided(rail: Rail) -> str:
    if not rail.decided:
        return ""
    days = {date(row["decided_on"]) for row in rail.decided}
    opening = f"Decided on {day(days.pop())}" if len(days) == 1 else "Decided lately"
    items = "".join(_decision(row, dated=opening == "Decided lately") for row in rail.decided)
    return f"<section><h2>{opening}</h2><ul>{items}</ul></section>"


def _decision(row: Mapping[str, Any], dated: bool) -> str:
    learnt = row["learning"] if not missing(row["learning"]) else row["question"]
    words = escape("" if missing(learnt) else str(learnt))
    when = f' <span class="grey">{day(row["decided_on"])}</span>' if dated else ""
    return f"<li><b>{escape(capital(str(row['decision'])))}</b> {_cycle_link(row)}: {words}{when}</li>"


def _due(rail: Rail) -> str:
    if not rail.due:
        return "<section><h2>Predictions due</h2><p>No prediction is open.</p></section>"
    items = "".join(_prediction(row, rail.until) for row in rail.due[:3])
    more = len(rail.due) - 3
    rest = f"<p>and {count(more)} more</p>" if more > 0 else ""
    return f"<section><h2>Predictions due</h2><ul>{items}</ul>{rest}</section>"


def _prediction(row: Mapping[str, Any], until: dt.date) -> str:
    on = date(row["predicted_for"])
    what = "its measure" if missing(row["measure"]) else str(row["measure"])
    when = f"was due {day(on)}; not yet decided" if on is not None and on <= until else f"due {day(on)}"
    return f'<li>{_cycle_link(row)}: {escape(what.lower())}, <span class="grey">{when}</span></li>'


def _cycle_link(row: Mapping[str, Any]) -> str:
    name = f"{row['neighbourhood']}, cycle {row['cycle_no']}"
    return f'<a href="{escape(link("cycle", cycle=row["cycle_id"]))}" target="_self">{escape(name)}</a>'
