"""The columns of a file: what each was taken for and why, and plain selects to put it right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from dashboard.components.importing import words as import_words
from dashboard.components.importing.state import Source
from dashboard.components.plain_text import label_words, shown, shown_html
from pipelines.measures import IDENTIFIER
from pipelines.understanding import ROLES, Ask, ColumnGuess, Proposal, Role

#: Columns shown with their selects at once; more are turned over like pages.
MOST_AT_ONCE = 30

#: What a number's cells may be said to hold, in the order of the select.
ASKS = (
    Ask("count"),
    Ask("count", "people"),
    Ask("measurement"),
    Ask("measurement", "kg"),
    Ask("measurement", "pounds"),
    Ask("measurement", "minutes"),
    Ask("share"),
    Ask("score", out_of=5),
    Ask("score", out_of=10),
    Ask("count", part="first"),
    Ask("count", part="second"),
    Ask("measurement", part="first"),
    Ask("measurement", part="second"),
)

#: Up to so many columns stand open without being asked for.
FEW = 8

USED = "Used"

WIDTHS = (0.4, 0.24, 0.2, 0.16)
HEADS = ("Column", "What it is", "Counted as", "Measured in")


@dataclass(frozen=True)
class Column:
    """The guesses of one heading that were taken alike, on whichever sheets: they are put right together."""

    at: int
    guesses: tuple[ColumnGuess, ...]

    @property
    def first(self) -> ColumnGuess:
        """The guess that stands for all."""
        return self.guesses[0]

    @property
    def is_sure(self) -> bool:
        """Whether nobody need look at it."""
        return all(guess.is_sure for guess in self.guesses)

    @property
    def title(self) -> str:
        """The heading, with the ticked option that it counts."""
        option = f": “{self.first.option}”" if self.first.option else ""
        return f"{self.first.heading}{option}"

    def examples(self) -> list[str]:
        """Return at most three of the cells."""
        cells = [cell for guess in self.guesses for cell in guess.examples]
        return list(dict.fromkeys(cells))[:3]


def columns_of(guesses: Sequence[ColumnGuess]) -> list[Column]:
    """Put the guesses of one heading together, where they say the same; in the order of the file."""
    found: dict[tuple[object, ...], list[ColumnGuess]] = {}
    for guess in guesses:
        same = (guess.heading.casefold().strip(), guess.option, guess.role, guess.item, guess.ask)
        found.setdefault(same, []).append(guess)
    return [Column(at, tuple(alike)) for at, alike in enumerate(found.values())]


def correct(source: Source, proposal: Proposal, known: Sequence[str]) -> tuple[ColumnGuess, ...]:
    """Show every column with its selects and return the guesses as the person left them.

    `known` are the words that measures count already: a number may be put to one of them, or to a new word.
    """
    columns = columns_of(proposal.columns)
    groups = (
        ("Please look at these", [c for c in columns if not c.is_sure], True),
        (USED, [c for c in columns if c.is_sure and c.first.role not in import_words.LEFT_OUT], False),
        ("Left out", [c for c in columns if c.is_sure and c.first.role in import_words.LEFT_OUT], False),
    )
    left: dict[int, list[ColumnGuess]] = {}
    items = list(dict.fromkeys([*(guess.item for guess in proposal.columns if guess.item), *known]))
    for title, held, is_open in groups:
        if not held:
            continue
        many = f"{title}: {len(held)} {'column' if len(held) == 1 else 'columns'}"
        with st.expander(many, expanded=is_open or (title == USED and len(held) <= FEW)):
            left |= _group(source, title, held, items)
    return tuple(guess for at in sorted(left) for guess in left[at])


def _group(source: Source, title: str, held: list[Column], items: list[str]) -> dict[int, list[ColumnGuess]]:
    """Show the columns of a group, a page of them at a time, and return the guesses of each by its place."""
    pages = range(0, len(held), MOST_AT_ONCE)
    start = 0
    if len(pages) > 1:
        start = st.selectbox(
            f"{title}: which of them",
            pages,
            format_func=lambda n: (
                f"columns {n + 1} to {min(n + MOST_AT_ONCE, len(held))}: from {shown(held[n].title, 40)}"
            ),
            key=source.key("page", title),
        )
    for place, words in zip(st.columns(WIDTHS, gap="small"), HEADS, strict=True):
        place.html(f'<p class="import-head">{words}</p>')
    at_once = range(start, start + MOST_AT_ONCE)
    return {
        column.at: _row(source, column, items) if n in at_once else list(column.guesses)
        for n, column in enumerate(held)
    }


def _row(source: Source, column: Column, items: list[str]) -> list[ColumnGuess]:
    """Show one column and return its guesses as the person left them."""
    words, role_place, item_place, ask_place = st.columns(WIDTHS, gap="small")
    guess = column.first
    words.html(row_html(column))
    role = role_place.selectbox(
        f"{label_words(column.title)} is",
        list(Role),
        index=list(Role).index(guess.role),
        format_func=lambda role: ROLES[role],
        key=source.key("role", column.at),
        label_visibility="collapsed",
    )
    role, item, ask = role or guess.role, None, guess.ask
    if role == Role.ITEM:
        with item_place:
            item = _item(source, column, items)
        with ask_place:
            ask = _ask(source, column)
    if (role, item, ask) == (guess.role, guess.item, guess.ask):
        return list(column.guesses)
    return [
        replace(one, role=role, item=item, ask=ask, is_sure=True, why="You said so.")
        for one in column.guesses
    ]


def _item(source: Source, column: Column, items: list[str]) -> str | None:
    """Ask under which word a number is counted: one that is known, or a new one."""
    own = column.first.item or item_word(column.title)
    options = list(dict.fromkeys([own, *items]))
    said = st.selectbox(
        f"{label_words(column.title)} is counted as",
        options,
        key=source.key("item", column.at),
        accept_new_options=True,
        label_visibility="collapsed",
    )
    return item_word(said or own)


def _ask(source: Source, column: Column) -> Ask:
    """Ask what a number is measured in."""
    own = column.first.ask
    options = list(dict.fromkeys([own, *ASKS]))
    said = st.selectbox(
        f"{label_words(column.title)} is measured in",
        options,
        format_func=import_words.ask_words,
        key=source.key("ask", column.at),
        label_visibility="collapsed",
    )
    return own if said is None else said


def item_word(text: str) -> str:
    """Return a text as the word of an item: small letters, digits and ``_``, beginning with a letter."""
    word = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:40].strip("_")
    return word if IDENTIFIER.match(word) else f"item_{word}".strip("_")


def row_html(column: Column) -> str:
    """Return what is known of a column: heading, sheets, examples, and why it was taken for what it is."""
    sheets = [guess.sheet for guess in column.guesses if guess.sheet]
    where = f'<span class="muted">on {escape(import_words.names(sheets, 3))}</span>' if sheets else ""
    look = "" if column.is_sure else '<span class="look">please look</span>'
    cells = column.examples()
    told = "" if not cells else f"e.g. {', '.join(shown(cell, 24) for cell in cells)}. "
    return (
        f'<div class="import-column"><b>{shown_html(column.title, 60)}</b> {look} {where}'
        f"<p>{escape(told)}{escape(shown(column.first.why, 200))}</p></div>"
    )
