"""What a reader looks at: one theme, one domain, one prototype, and the day as which it stood. Kept in the address.

The wall offers all four; the meeting and the page of changes take theme and prototype from here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components.changes.since import asked_day, choose_day, data_until
from dashboard.components.plain_text import label_words
from dashboard.components.wording import capital, date, rows_of
from dashboard.store import Store
from pipelines.vocabulary import Domain

ALL = {"theme": "All themes", "domain": "All domains", "prototype": "All prototypes"}

LABELS = {"theme": "Theme", "domain": "Domain", "prototype": "Prototype"}


@dataclass(frozen=True)
class Filters:
    """What is looked at; None leaves a choice open.

    Attributes
    ----------
    theme, domain, prototype
        Theme of prototypes, domain of measures, prototype_id.
    until
        The day as which the wall stood; None is the end of the data.
    """

    theme: str | None = None
    domain: str | None = None
    prototype: str | None = None
    until: dt.date | None = None

    @property
    def any_chosen(self) -> bool:
        """Whether less than everything is looked at."""
        return any((self.theme, self.domain, self.prototype, self.until))

    def choices(self) -> dict[str, str | None]:
        """Return the choices as an address takes them, for `context.link`."""
        until = None if self.until is None else self.until.isoformat()
        return {"theme": self.theme, "domain": self.domain, "prototype": self.prototype, "until": until}


def read(store: Store) -> Filters:
    """Return what the address asks for; what is not in the mart is passed over."""
    theme = _asked("theme", list(themes(store))) or _shown_theme(store)
    return Filters(
        theme=theme,
        domain=_asked("domain", list(domains())),
        prototype=_asked("prototype", list(prototypes(store, theme))),
        until=_until(store),
    )


def choose(store: Store, *names: str) -> Filters:
    """Show a box for each of the filters named, side by side, and return what is looked at.

    Parameters
    ----------
    names
        Of ``theme``, ``domain``, ``prototype``, ``until``; what is not named is not offered and left open.
    """
    held = read(store)
    chosen: dict[str, str | dt.date | None] = dict.fromkeys(names)
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        for name in names:
            if name == "until":
                chosen[name] = _choose_until(store, held.until)
            else:
                theme = chosen.get("theme", held.theme)
                chosen[name] = _choose(name, _options(store, name, theme), getattr(held, name))
    return Filters(**chosen)  # type: ignore[arg-type]


def narrowed(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return the rows that are looked at, from a frame with `theme`, `domain` and `prototype_id`; `until` is not asked."""
    kept = pd.Series(True, index=rows.index)
    for column, wanted in (
        ("theme", filters.theme),
        ("domain", filters.domain),
        ("prototype_id", filters.prototype),
    ):
        if wanted is not None:
            kept &= rows[column] == wanted
    return rows[kept]


def themes(store: Store) -> dict[str, str]:
    """Return the themes of prototypes with a chart, and their words."""
    return {str(theme): capital(str(theme).replace("_", " ")) for theme in store.themes()["theme"].unique()}


def domains() -> dict[str, str]:
    """Return the domains, cause before effect, and their words."""
    return {domain.value: capital(domain.value) for domain in Domain}


def prototypes(store: Store, theme: str | None = None) -> dict[str, str]:
    """Return the prototypes with a chart, of one theme or all, west to east, and their words: place and name."""
    return {
        str(row["prototype_id"]): label_words(f"{row['neighbourhood']}, {row['name']}")
        for row in rows_of(store.charted_prototypes())
        if theme is None or row["theme"] == theme
    }


def _options(store: Store, name: str, theme: object) -> dict[str, str]:
    if name == "prototype":
        return prototypes(store, str(theme) if theme else None)
    return themes(store) if name == "theme" else domains()


def _choose(name: str, options: dict[str, str], chosen: str | None) -> str | None:
    """Show one box, its first option everything, and keep the choice in the address."""
    offered = {"": ALL[name]} | options
    key, seen = f"choice_{name}", f"address_{name}"
    now = chosen or ""
    if st.session_state.get(key) not in offered or st.session_state.get(seen) != now:
        st.session_state[key] = now
    picked = st.selectbox(LABELS[name], list(offered), format_func=offered.__getitem__, key=key) or ""
    st.session_state[seen] = picked
    if picked != (st.query_params.get(name) or ""):
        context.remember(**{name: picked or None})
    return picked or None


def _choose_until(store: Store, chosen: dt.date | None) -> dt.date | None:
    last = data_until(store)
    first = first_day(store)
    picked = choose_day("As it stood on", "until", chosen or last, last, first, last)
    return None if picked == last else picked


def _until(store: Store) -> dt.date | None:
    asked = asked_day("until")
    return asked if asked is not None and first_day(store) <= asked < data_until(store) else None


def first_day(store: Store) -> dt.date:
    """Return the first day on which anything was counted."""
    return date(store.first_day()) or data_until(store)


def _asked(name: str, options: Sequence[str]) -> str | None:
    asked = st.query_params.get(name)
    return asked if asked in options else None


def _shown_theme(store: Store) -> str | None:
    """Return the theme of an older address, ``show=food, more 2``."""
    theme = re.sub(r", more( \d+)?$", "", st.query_params.get("show") or "")
    return theme if theme in themes(store) else None
