"""The numbers of a test as steppers of our own, and what a browser keeps of a test until it is saved.

Streamlit's number field cannot be stepped while it is blank, and blank is how a count begins: it is not zero. So the
steppers are a small component (assets/log_numbers.js), which also keeps counts and choices in the browser: a phone that
loses its connection, its session or its page finds them again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from dashboard.assets import ASSETS
from dashboard.components.log_a_test.items import Item
from dashboard.components.log_a_test.state import Draft, Restored
from dashboard.components.save import LONDON

KEY = "log_numbers"

_DRAFT_ID = re.compile(r"[0-9a-f]{32}")

#: Longest text that is taken back from a browser, and how many choices.
_MOST_TEXT, _MOST_CHOICES = 200, 20

#: Below this a number from a browser may be a count, or a time in milliseconds; nan and what is too large are not.
_MOST = 1e13

_ask = st.components.v2.component(
    "log_numbers", js=(ASSETS / "log_numbers.js").read_text(encoding="utf-8"), isolate_styles=False
)
_line = st.components.v2.component(
    "log_line", js=(ASSETS / "log_line.js").read_text(encoding="utf-8"), isolate_styles=False
)


def ask(one: Draft, prototype_id: str, first: Sequence[Item], later: Sequence[Item]) -> dict[str, float]:
    """Show the steppers and return what was counted, by item; what is blank is not in it.

    Parameters
    ----------
    one
        The test in hand.
    prototype_id
        Whose test it is: a browser keeps one test for each.
    first, later
        Items that stand open, and those that fold away.
    """
    items = [*first, *later]
    known = counts_told(st.session_state.get(KEY), one.id, items)
    rows: list[dict[str, Any]] = [
        asdict(item) | {"whole": item.is_whole, "later": item in later} for item in items
    ]
    _mount(one, prototype_id, rows, known, is_done=False)
    return known


def remember_end(one: Draft, prototype_id: str) -> None:
    """Let the browser forget the numbers and keep the draft's id, so that a page loaded again tells that it is saved."""
    _mount(one, prototype_id, [], {}, is_done=True)


def _mount(
    one: Draft, prototype_id: str, rows: list[dict[str, Any]], known: Mapping[str, float], is_done: bool
) -> None:
    data: dict[str, Any] = {"draft": one.id, "prototype": prototype_id, "items": rows, "known": dict(known)}
    data |= {"fresh": one.is_fresh, "done": is_done, "rest": one.choices()}
    _ask(
        key=KEY,
        data=data,
        default={"typed": None, "restored": None},
        on_typed_change=lambda: None,
        on_restored_change=lambda: None,
    )


def show_line() -> None:
    """Show, under the save button, whether the page reaches its computer."""
    _line(key="log_line", data={})


def counts_told(state: Any, draft_id: str, items: Sequence[Item]) -> dict[str, float]:
    """Return the counts that the component told of a draft; anything that is no count of its items is left out."""
    told = _get(state, "typed")
    counts = _get(told, "counts")
    if _get(told, "draft") != draft_id or not isinstance(counts, Mapping):
        return {}
    found = {item.item: _count(counts.get(item.item), item.is_whole) for item in items}
    return {item: count for item, count in found.items() if count is not None}


def restored(state: Any) -> Restored | None:
    """Return the test that a browser had kept, where it told of one; only plain words and choices are taken."""
    told = _get(state, "restored")
    draft_id, at, rest = _get(told, "draft"), _get(told, "at"), _get(told, "rest")
    if not isinstance(draft_id, str) or not _DRAFT_ID.fullmatch(draft_id):
        return None
    choices = rest if isinstance(rest, Mapping) else {}
    kept = {str(name): value for name, value in choices.items() if _is_choice(value)}
    seconds = at / 1000 if isinstance(at, int | float) and 0 <= at < _MOST else 0
    return Restored(draft_id, dt.datetime.fromtimestamp(seconds, LONDON), kept)


def _count(value: Any, is_whole: bool) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _MOST:
        return None
    return None if is_whole and value != int(value) else float(value)


def _is_choice(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= _MOST_CHOICES and all(_is_choice(one) and isinstance(one, str) for one in value)
    return isinstance(value, str) and len(value) <= _MOST_TEXT


def _get(told: Any, name: str) -> Any:
    return told.get(name) if isinstance(told, Mapping) else None
