"""The page "What changed": everything since a day, in the order in which a meeting takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape

from dashboard.components.changes.news import News, Row, by_cycle, title_link
from dashboard.components.wall.filters import Filters
from dashboard.components.wording import capital, count, day, missing
from dashboard.context import is_projector, link
from pipelines.vocabulary import ChangeKind

#: Groups by where they stand: what claims that something moved, and what is told. A field of `News`, its heading, and what is
#: said under it.
CLAIMED = (
    ("kept", "Outlasts the number of charts looked at", "About 1 in 10 of these may be chance."),
    ("alone", "Signals of charts alone", "Each chart by itself: more of these may be chance."),
    ("proposals", "A usual range may be set or moved", "Nothing moves without a name and a reason."),
    ("past", "Signals that came and went", "They hold no longer, so nothing is asked."),
)
TOLD = (
    ("cycles", "Cycles that ended or fell due", "What a cycle showed is a result, whichever way it went."),
    ("told", "Decided, accepted and begun", ""),
)

#: The word before a day in each list: what it is the day of.
DAY_OF = {
    ChangeKind.CYCLE_CLOSED: "ended",
    ChangeKind.PREDICTION_DUE: "prediction due",
    ChangeKind.SIGNAL: "first showed",
    ChangeKind.PROPOSAL: "since",
    ChangeKind.DECISION: "decided",
    ChangeKind.BASELINE: "range accepted",
    ChangeKind.REBASE: "range moved",
    ChangeKind.CYCLE_OPENED: "began",
}


def headline(news: News, since: dt.date) -> str:
    """Return the sentence over the page, which counts what claims that something moved."""
    n_kept, n_alone, n_cycles = (len(by_cycle(rows)) for rows in (news.kept, news.alone, news.cycles))
    parts = [
        f"{count(n_kept)} {_many(n_kept, 'change')} that {'outlasts' if n_kept == 1 else 'outlast'} the number of charts"
    ] * bool(n_kept)
    parts += [f"{count(n_alone)} {_many(n_alone, 'signal')} of single charts"] * bool(n_alone)
    parts += [f"{count(n_cycles)} {_many(n_cycles, 'cycle')} ended or fell due"] * bool(n_cycles)
    if not parts:
        return f"Nothing new since {day(since)}. That is common, and fine."
    return f"Since {day(since)}: {', '.join(parts)}."


def _many(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"


def meeting_html(news: News, since: dt.date, filters: Filters) -> str:
    """Return the way into the meeting: how many questions wait, and the link that opens the first."""
    if not news.questions:
        return '<p class="to-meeting">Nothing here asks for a decision.</p>'
    to = link("meeting", since=since.isoformat(), theme=filters.theme, prototype=filters.prototype)
    asks = "asks" if news.questions == 1 else "ask"
    return (
        f'<p class="to-meeting"><a class="button" href="{escape(to)}" target="_self">Open the meeting</a> '
        f"{capital(count(news.questions))} of these {asks} for a decision.</p>"
    )


def lists_html(news: News, since: dt.date) -> str:
    """Return every group that holds something, as a heading, a line and a list."""
    columns = ("".join(_group(*group, news, since) for group in groups) for groups in (CLAIMED, TOLD))
    shape = "what-changed projector" if is_projector() else "what-changed"
    return f'<div class="{shape}">{"".join(f"<div>{column}</div>" for column in columns if column)}</div>'


def _group(name: str, heading: str, about: str, news: News, since: dt.date) -> str:
    items = by_cycle(getattr(news, name))
    if not items:
        return ""
    told = f'<p class="grey">{escape(about)}</p>' if about else ""
    listed = "".join(_item(rows, since) for rows in items)
    return f"<section><h2>{escape(heading)} <small>{len(items)}</small></h2>{told}<ul>{listed}</ul></section>"


def _item(rows: Sequence[Row], since: dt.date) -> str:
    days = ", ".join(
        dict.fromkeys(f"{DAY_OF[ChangeKind(row['kind'])]} {day(row['happened_on'])}" for row in rows)
    )
    told = "".join(f"<p>{escape(str(row['sentence']))}</p>" for row in rows)
    asked = "".join(_question(row, since) for row in rows if not missing(row["question"]))
    return f'<li><div class="what">{title_link(rows[0])} <span class="grey">{escape(days)}</span></div>{told}{asked}</li>'


def _question(row: Row, since: dt.date) -> str:
    to = link("meeting", since=since.isoformat(), item=str(row["change_id"]))
    return f'<p class="asks"><a href="{escape(to)}" target="_self">{escape(str(row["question"]))}</a></p>'


def by_chance_html(told: Mapping[str, object] | None) -> str:
    """Return how many charts signal and how many would by chance, in the published words, where they are known."""
    return "" if told is None else f'<p class="by-chance">{escape(str(told["sentence"]))}</p>'


def meetings_html(meetings: Sequence[Mapping[str, object]], since: dt.date, filters: Filters) -> str:
    """Return the meetings that one may look back to, newest first, the one in use marked."""
    links = "".join(_meeting(row, since, filters) for row in meetings)
    return (
        f'<nav class="meetings" aria-label="Since a meeting"><span>Since a meeting:</span>{links}</nav>'
        if links
        else ""
    )


def _meeting(row: Mapping[str, object], since: dt.date, filters: Filters) -> str:
    held = row["held_on"]
    on = held.date() if isinstance(held, dt.datetime) else held
    here = ' aria-current="true"' if on == since else ""
    to = link("changes", since=str(on), theme=filters.theme, prototype=filters.prototype)
    return f'<a href="{escape(to)}" target="_self"{here}>{day(on)}</a>'
