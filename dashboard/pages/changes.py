"""What changed since the last meeting, or since a day that the reader picks."""

from __future__ import annotations

import streamlit as st

from dashboard.components import frame, styles
from dashboard.components.changes import page as changes
from dashboard.components.changes.news import sorted_news
from dashboard.components.changes.since import choose_since, data_until
from dashboard.components.wall import filters as looking
from dashboard.components.wording import day, rows_of

MEETINGS_SHOWN = 4


def body(page: frame.Frame) -> None:
    """Choose the day and what is looked at, then list what changed."""
    styles.show_own("changes")
    store, title = page.store, st.container()
    picked, narrowed = st.columns((1, 2), vertical_alignment="bottom")
    with picked:
        since = choose_since(store)
    with narrowed:
        filters = looking.choose(store, "theme", "prototype")
    news = sorted_news(store.changes(since), filters)
    told = None if filters.any_chosen else store.news_since(since)
    with title:
        page.title(
            changes.headline(news, since),
            above=f"What changed · data until {day(data_until(store), year=True)}",
        )
    held = store.meetings()
    ended = rows_of(held[held["minutes"].notna()].head(MEETINGS_SHOWN))
    st.html(
        changes.meetings_html(ended, since, filters)
        + changes.by_chance_html(told)
        + changes.meeting_html(news, since, filters)
        + changes.lists_html(news, since)
    )


frame.show(body, "What changed")
