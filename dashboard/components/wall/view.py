"""All that the Overview shows, asked of the store once: columns, cells with their numbers, points and the rail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.components.changes import since as day_counted_from
from dashboard.components.changes.news import News, once_a_cycle, sorted_news
from dashboard.components.wall.cells import Cell, make_cells
from dashboard.components.wall.columns import Columns, pick_columns, with_targets
from dashboard.components.wall.filters import Filters, narrowed, prototypes
from dashboard.components.wall.rail import Item, Rail, number_news, rail_html, told_of_the_past, told_on_rail
from dashboard.components.wall.table import Wall, key_html, table_html
from dashboard.components.wall.tools import looked_at, tools_html
from dashboard.components.wall.words import chance_line, headline
from dashboard.components.wording import capital, count, rows_of
from dashboard.context import is_projector, link
from dashboard.store import Store
from dashboard.theme import Theme
from pipelines.vocabulary import ChangeKind


@dataclass(frozen=True)
class View:
    """The wall as it is drawn, the measures it could show, and what stands beside it."""

    drawn: Wall
    columns: Columns
    side: Rail


def make_view(store: Store, theme: Theme, filters: Filters, show_all: bool = False) -> View:
    """Return the wall under the reader's choices, with all measures that are looked at where `show_all` asks for them."""
    until = filters.until or day_counted_from.data_until(store)
    columns = pick_columns(store.measures(), store.charted_measures(), filters, show_all)
    since = day_counted_from.since(store, filters.until)
    news = sorted_news(store.changes(since, filters.until), filters)
    items = _items(store, news, filters)
    cells = number_news(_cells(store, columns.shown, filters, until), items)
    drawn = Wall(
        with_targets(columns.shown, store.targets(), until),
        cells,
        _points(store, cells, filters.until),
        theme,
        until,
        filters,
        columns.is_wide,
    )
    return View(drawn, columns, _rail(store, news, items, since, filters))


def _cells(store: Store, columns: pd.DataFrame, filters: Filters, until: dt.date) -> list[Cell]:
    rows = store.wall(filters.theme, filters.prototype, filters.until)
    places, prototypes = store.neighbourhoods(), store.prototypes()
    if filters.prototype is not None:
        prototypes = prototypes[prototypes["prototype_id"] == filters.prototype]
        places = places[places["neighbourhood_id"].isin(prototypes["neighbourhood_id"])]
    if filters.theme is not None:
        prototypes = prototypes[prototypes["theme"] == filters.theme]
    return make_cells(places, columns, rows, prototypes, until)


def _points(store: Store, cells: list[Cell], until: dt.date | None) -> dict[str, pd.DataFrame]:
    """Return the points of every cell's chart, up to a day where one is given."""
    points = store.points_of([str(cell.row["series_id"]) for cell in cells if cell.row is not None])
    if until is None:
        return points
    return {
        name: rows[pd.to_datetime(rows["period_end"]) <= pd.Timestamp(until)] for name, rows in points.items()
    }


def _items(store: Store, news: News, filters: Filters) -> list[Item]:
    if filters.until is not None:
        return told_of_the_past(news)
    signals = [str(row["series_id"]) for row in (*news.kept, *news.alone) if row["kind"] == ChangeKind.SIGNAL]
    return told_on_rail(news, store.short_sentences(signals))


def _rail(store: Store, news: News, items: list[Item], since: dt.date, filters: Filters) -> Rail:
    is_past = filters.until is not None
    until = filters.until or day_counted_from.data_until(store)
    meeting = store.last_meeting(before=until)
    told = None if filters.any_chosen else store.news_since(since)
    return Rail(
        since=since,
        until=until,
        items=items,
        more=len(once_a_cycle(news.kept)) + len(news.alone) + len(news.past) * is_past - len(items),
        by_chance=None if told is None else str(told["sentence"]),
        meeting=meeting,
        agreed=[]
        if meeting is None
        else rows_of(narrowed(store.agreed_at(str(meeting["meeting_id"])), filters)),
        decided=rows_of(store.decisions(3)) if meeting is None and not is_past else [],
        due=[] if is_past else rows_of(narrowed(store.predictions_due(), replace(filters, domain=None))),
        all_news=link("changes", **replace(filters, domain=None, until=None).choices()),
        is_past=is_past,
    )


@dataclass(frozen=True)
class Seen:
    """The wall under the reader's choices: its words, its HTML, and what a narrow screen's list is made from."""

    headline: str
    above: str
    html: str
    key: str
    places: dict[str, str]
    drawn: Wall


def see(store: Store, theme: Theme, filters: Filters, show_all: bool = False) -> Seen:
    """Return the words and the HTML of the Overview: on a wall screen the links stand under the wall."""
    view = make_view(store, theme, filters, show_all)
    cells, tools = view.drawn.cells, tools_html(view.columns, filters, set(store.themes()["theme"]))
    is_screen = is_projector()
    key = key_html(theme, chance_line(cells))
    parts = f"{rail_html(view.side)}{table_html(view.drawn)}{key}{tools if is_screen else ''}"
    shape = "wall-and-rail projector" if is_screen else "wall-and-rail"
    return Seen(
        headline=headline(cells),
        above=_above(view.drawn, prototypes(store)),
        html=f'{"" if is_screen else tools}<div class="{shape}">{parts}</div>',
        key=key,
        places={cell.neighbourhood_id: cell.place for cell in cells},
        drawn=view.drawn,
    )


def _above(drawn: Wall, names: dict[str, str]) -> str:
    """Return the grey line: how many neighbourhoods, what is looked at, and how to read a cell."""
    n_places = len({cell.neighbourhood_id for cell in drawn.cells})
    many = f"{capital(count(n_places))} neighbourhood{'s' * (n_places != 1)}"
    told = looked_at(drawn.filters, names, drawn.until)
    return f"{many} · {told} · grey band: the usual range of that measure in that place · dashes: target"
