"""What a page shows apart from its fields, made once for everybody who opens the same address of the same mart.

A choice lives in the address and a mart never changes, so what is shown follows from both. Fields (boxes, buttons, fragments)
belong to one reader and stand outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable
from typing import Any, TypeVar, cast

import streamlit as st

from dashboard import context

#: Parts kept, a few for each of the addresses that people open in a meeting; the least used is forgotten first.
MOST_PARTS = 200

Made = TypeVar("Made")


def once(name: str, make: Callable[[], Made], *made_from: Hashable, whatever: Collection[str] = ()) -> Made:
    """Return what `make` returns, and show what it shows; from memory where page, address, mart and colours are as before.

    Parameters
    ----------
    name
        The part's name, of its own across all pages, e.g. ``overview.wall``.
    make
        Makes the part. It reads nothing that a field or this session holds, but for what `made_from` tells.
    made_from
        What else the part depends on, e.g. the width of the window.
    whatever
        Names in the address that the part does not look at, so that it is the same whatever they say.

    Returns
    -------
    Made
        The same for everybody: it is read and never changed.

    Raises
    ------
    MartError
        As `make` does; a part that failed is made anew the next time.
    """
    return cast(Made, _made((name, *_seen_by(whatever), *made_from), make))


def _seen_by(whatever: Collection[str]) -> tuple[Hashable, ...]:
    """Return all that may tell one reader's page from another's, but for the state of its fields."""
    mart = str(context.open_store().path)
    names = sorted(name for name in st.query_params if name not in whatever)
    address = tuple((name, tuple(st.query_params.get_all(name))) for name in names)
    return mart, address, context.theme().name, context.may_write(), dt.datetime.now(dt.UTC).date()


# A resource and not data: what is kept is what was sent to the browser, and nobody changes it.
@st.cache_resource(show_spinner=False, max_entries=MOST_PARTS)
def _made(seen_by: tuple[Hashable, ...], _make: Callable[[], Any]) -> Any:  # noqa: ARG001 - the key
    return _make()
