"""Overview: the wall. Every neighbourhood by six measures, what is new, and what chance alone would show."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboard import context
from dashboard.components import frame
from dashboard.components.wall import cells as model
from dashboard.components.wall import rail
from dashboard.components.wall import table as wall
from dashboard.components.wording import capital, count, date, day, rows_of

DECISIONS_SHOWN = 2


def body(page: frame.Frame) -> None:
    """Draw the wall, its rail and its foot."""
    store = page.store
    until = date(page.info.get("data_until")) or dt.date.fromtimestamp(0)
    places, measures = store.neighbourhoods(), store.measures()
    offered = model.views(measures, store.themes())
    chosen = st.query_params.get("show") if st.query_params.get("show") in offered else None
    columns = model.pick_measures(measures, offered.get(chosen) if chosen else None)
    rows = store.wall(model.theme_of(chosen))
    cells = model.make_cells(places, columns, rows, store.prototypes(), until)
    points = store.points_of([str(cell.row["series_id"]) for cell in cells if cell.row is not None])
    decided = rows_of(store.decisions(DECISIONS_SHOWN))
    since = rail.news_since(until)
    headlines = rail.headlines_of(store.cycle_results(), store.cycles())
    cells = rail.number_news(cells, points, since, headlines)
    drawn = wall.Wall(model.with_targets(columns, store.targets(), until), cells, points, page.theme, until)

    many = f"{capital(count(len(places)))} neighbourhood{'s' * (len(places) != 1)} · data until {day(until, year=True)}"
    grammar = "grey band: the usual range of that measure in that place · dashes: target"
    page.title(model.headline(cells), above=f"{many} · {grammar}")
    news = [cell for cell in cells if cell.news]
    side = rail.Rail(since, headlines, news, decided, rows_of(store.predictions_due()), until)
    key = wall.key_html(page.theme, model.chance_line(cells))
    shape = "wall-and-rail projector" if context.is_projector() else "wall-and-rail"
    parts = f"{rail.rail_html(side)}{wall.table_html(drawn)}{key}"
    st.html(f'{wall.views_html(offered, chosen)}<div class="{shape}">{parts}</div>')
    with st.container(key="one_place"):
        names = dict(zip(places["neighbourhood_id"], places["name"], strict=True))
        picked = context.select("Neighbourhood", "neighbourhood", names)
        st.html(wall.list_html(drawn, str(picked)) + key)


frame.show(body, "Overview")
