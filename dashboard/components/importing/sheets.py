"""The sheets of a file: where their headings stand, which are read, how their dates are written; and selects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard.components.importing.state import Source
from dashboard.components.plain_table import table_html
from dashboard.components.plain_text import label_words, shown, shown_html
from pipelines.preview import Preview
from pipelines.understanding import ItemSpec, Mapping, Proposal, SheetGuess, SheetMapping

DATES = {
    "as-written": "as the rows show",
    "day-first": "day first: 3/4 is 3 April",
    "month-first": "month first: 3/4 is 4 March",
}

CARRY_DOWN = {False: "the date is not known: the row is refused", True: "the date of the row above"}

ONCE = "once"

TRANSFERS = {ONCE: "is counted once, where it first came in", "again": "is counted again"}

READ = {True: "read", False: "leave out"}

HEADINGS = ("Sheet", "Heading in row", "Rows below", "What was done", "Why")

#: Sheets with selects of their own; those behind them are told in the table and corrected in the mapping file.
MOST_SHEETS = 60


def sheets_html(sheets: Sequence[SheetGuess]) -> str:
    """Return the table of the sheets, hidden ones named as such."""
    rows = [
        (
            shown(sheet.name) or "the file",
            "none found" if sheet.heading_line is None else f"{sheet.heading_line:,}",
            f"{sheet.n_rows:,}",
            ("read" if sheet.is_read else "left out") + (", hidden" if sheet.is_hidden else ""),
            shown(sheet.why, 200),
        )
        for sheet in sheets
    ]
    return table_html("Sheets of the file", HEADINGS, rows, numeric=HEADINGS[1:3])


def evidence_html(proposal: Proposal, made: Preview | None) -> str:
    """Return what was decided about dates and numbers and on what evidence, sheet by sheet and column by column.

    Parameters
    ----------
    proposal
        How dates were taken to be written; told where the preview has nothing to tell.
    made
        The preview, whose guesses know their sheet and column; None where there is none yet.
    """
    guesses = made.guesses if made else ()
    told = [
        f"{_where_html(one.sheet, one.column)} {escape(shown(one.what, 200))} {escape(shown(one.evidence, 300))}"
        for one in guesses
    ] or [escape(shown(order.evidence, 300)) for order in proposal.orders if order.evidence]
    lines = "".join(f"<li>{words}</li>" for words in dict.fromkeys(told))
    return f'<h3>How it was read</h3><ul class="import-said">{lines}</ul>' if told else ""


def _where_html(sheet: str | None, column: str | None) -> str:
    parts = [f"sheet {shown_html(sheet, 40)}"] if sheet else []
    parts += [f"column {shown_html(column, 40)}"] if column else []
    where = ", ".join(parts)
    return f"<b>{where[:1].upper()}{where[1:]}:</b>" if where else ""


def correct(source: Source, proposal: Proposal, mapping: Mapping) -> Mapping:
    """Show selects for the dates and the sheets, and return the mapping as the person left it."""
    named = {sheet.name: sheet for sheet in proposal.sheets if sheet.name is not None}
    left, right = st.columns(2, gap="medium")
    with left:
        dates = _dates("Dates are written", mapping.dates, source.key("dates"))
    with right:
        carry = _carry_down(source, mapping)
    mapping = replace(mapping, dates=dates, dates_carry_down=carry, items=_transfers(source, mapping))
    if not named:
        return mapping
    with st.expander("Read a sheet differently"):
        chosen = {
            name: _sheet(source, n, sheet, mapping)
            for n, (name, sheet) in enumerate(list(named.items())[:MOST_SHEETS])
        }
    changed = {
        name: said for name, said in chosen.items() if said != mapping.sheets.get(name, SheetMapping())
    }
    return replace(mapping, sheets={**mapping.sheets, **changed})


def _sheet(source: Source, n: int, sheet: SheetGuess, mapping: Mapping) -> SheetMapping:
    """Ask whether a sheet is read and how its dates are written."""
    own = mapping.sheets.get(sheet.name or "", SheetMapping())
    name = label_words(sheet.name)
    words, read_place, dates_place = st.columns((0.4, 0.25, 0.35), gap="small")
    words.html(f'<div class="import-column"><b>{escape(shown(sheet.name))}</b></div>')
    is_read = read_place.selectbox(
        f"{name} is",
        list(READ),
        index=list(READ).index(sheet.is_read),
        format_func=READ.__getitem__,
        key=source.key("sheet", n),
        label_visibility="collapsed",
    )
    with dates_place:
        dates = _dates(
            f"Dates of {name} are written", own.dates or "as-written", source.key("dates", n), True
        )
    return SheetMapping(
        dates=None if dates == "as-written" and own.dates is None else dates,
        skip=own.skip if is_read == sheet.is_read else not is_read,
        read_hidden=own.read_hidden if is_read == sheet.is_read else bool(is_read and sheet.is_hidden),
    )


def _carry_down(source: Source, mapping: Mapping) -> bool:
    """Ask what an empty date means: nothing, or the date of the row above."""
    said = st.selectbox(
        "An empty date means",
        list(CARRY_DOWN),
        index=list(CARRY_DOWN).index(mapping.dates_carry_down),
        format_func=CARRY_DOWN.__getitem__,
        key=source.key("carry"),
    )
    return bool(said)


def _transfers(source: Source, mapping: Mapping) -> dict[str, ItemSpec]:
    """Ask whether what one member got from another is counted a second time; return the items as it is put."""
    if not any(spec.not_from for spec in mapping.items.values()):
        return mapping.items
    said = st.selectbox(
        "What a member got from another member",
        list(TRANSFERS),
        format_func=TRANSFERS.__getitem__,
        key=source.key("transfers"),
    )
    if said == ONCE:
        return mapping.items
    return {item: replace(spec, not_from=None) for item, spec in mapping.items.items()}


def _dates(label: str, own: str, key: str, is_in_row: bool = False) -> str:
    options = list(DATES)
    said = st.selectbox(
        label,
        options,
        index=options.index(own) if own in options else 0,
        format_func=DATES.__getitem__,
        key=key,
        label_visibility="collapsed" if is_in_row else "visible",
    )
    return said or own
