"""A ready spreadsheet for a prototype's log, whose heading row the reader knows, and the one-page guide to it.

The one for counts of the hypertension cascade stands beside its reader and comes through here.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pipelines.measures import Measure, items_of
from pipelines.sources.cascade.template import cascade_workbook

__all__ = [
    "LINES", "Column", "Guide", "cascade_workbook", "columns_of", "counted_words", "guide_markdown", "guide_of",
    "template_workbook",
]  # fmt: skip

#: Lines that are prepared: dates formatted, numbers checked, ids filled in as soon as a line has a date.
LINES = 300

#: The columns of a log that are no items (data/README.md), with what to write there.
ALWAYS = {
    "tested_on": "The day of the session.",
    "place": "Where it was, in a few words. No person's name, no address.",
    "place_type": "What kind of place: barber, school, market ...",
    "cycle_no": "Number of the PDSA cycle that was running, if one was.",
    "neighbourhood_id": "Fills itself in. Leave it alone.",
    "prototype_id": "Fills itself in. Leave it alone.",
}

#: Rules that hold in every log, as the guide says them.
RULES = (
    "One line for each session. A session that did not happen gets no line: it shows as a gap, never as a zero.",
    "Write 0 where it was counted and there was none. Leave the cell empty where it was not counted.",
    "Whole numbers where people or things are counted. Something like <5, 10-12 or ~20 is read too, and shown as not exact.",
    "Numbers only: no names, no addresses, no telephone numbers, nothing about one person.",
    "Leave the first line as it is. Do not add lines for totals; the charts add up by themselves.",
)

HAND_IN = (
    "Save the file, open the Data page of the dashboard, and upload it. The same file twice adds nothing; "
    "a longer one replaces it."
)

MADE_UP = "Made-up data: this prototype is an example."

#: Widths in characters, and the first day that a date cell takes without asking.
WIDE, NARROW, FIRST_DAY = 24, 13, dt.date(2000, 1, 1)


class Prototype(Protocol):
    """What a template has to know of a prototype; `pipelines.sources.tables.Prototype` is one."""

    @property
    def prototype_id(self) -> str:
        """Its key."""

    @property
    def neighbourhood_id(self) -> str:
        """The key of its neighbourhood."""

    @property
    def name(self) -> str:
        """Its name on screen."""


@dataclass(frozen=True)
class Column:
    """One column of the log: its heading, what to write there, and the item's kind of number.

    `number` is 'whole' or 'decimal', both from 0; None where the column is no item.
    """

    heading: str
    what: str
    number: str | None = None


@dataclass(frozen=True)
class Guide:
    """The one-page guide: a title, what each column takes, the rules, what the log becomes, how to hand it in."""

    title: str
    columns: tuple[Column, ...]
    rules: tuple[str, ...]
    charts: tuple[str, ...]
    hand_in: str
    is_made_up: bool = False


def columns_of(measures: Sequence[Measure]) -> tuple[Column, ...]:
    """Return the columns of a log that answers some measures: day and place, an item each, then the ids."""
    first = [Column(name, ALWAYS[name]) for name in ("tested_on", "place", "place_type", "cycle_no")]
    ids = [Column(name, ALWAYS[name]) for name in ("neighbourhood_id", "prototype_id")]
    asked = [part for one in measures for part in (*items_of(one.denominator), *items_of(one.numerator))]
    items = [item for item in dict.fromkeys(asked) if any(item in one.items for one in measures)]
    return (*first, *(_item_column(item, measures) for item in items), *ids)


def guide_of(prototype: Prototype, measures: Sequence[Measure], *, is_made_up: bool = False) -> Guide:
    """Return the guide to a prototype's log.

    Parameters
    ----------
    prototype
        Whose log it is.
    measures
        The measures counted there (`Measure.is_for`); those of cascade_counts.csv are left out.
    is_made_up
        Whether the prototype belongs to the made-up sample: the guide then says so.
    """
    measures = [measure for measure in measures if measure.is_logged]
    charts = tuple(f"{measure.name} ({measure.domain}): {counted_words(measure)}" for measure in measures)
    title = f"How to fill in the log of {prototype.name}"
    return Guide(title, columns_of(measures), RULES, charts, HAND_IN, is_made_up)


def guide_markdown(guide: Guide) -> str:
    """Return the guide as Markdown, every name from outside as plain words."""
    columns = [f"| `{column.heading}` | {_plain(column.what)} |" for column in guide.columns]
    parts = [
        f"# {_plain(guide.title)}",
        *([f"**{MADE_UP}**"] if guide.is_made_up else []),
        "## The columns",
        "\n".join(["| heading | what to write |", "|---|---|", *columns]),
        "## The rules",
        _list(guide.rules),
        "## What it becomes",
        _list([_plain(words) for words in guide.charts] or ["No measure is counted here yet."]),
        "## Hand it in",
        guide.hand_in,
    ]
    return "\n\n".join(parts) + "\n"


def counted_words(measure: Measure) -> str:
    """Return how a value comes about from the columns: ``said_yes out of asked, a point a week``."""
    above = " and ".join(items_of(measure.numerator))
    below = " and ".join(items_of(measure.denominator))
    joined = "out of" if measure.is_share else "for each of"
    return f"{above} {joined} {below}" if below else above


def template_workbook(
    prototype: Prototype, measures: Sequence[Measure], *, is_made_up: bool = False
) -> bytes:
    """Return a workbook (.xlsx): the sheet `Log` with one heading row that the reader knows, and the sheet `Guide`.

    Dates are formatted, counts are checked to be numbers from 0 (a warning, since ``<5`` is read too), the heading
    stays in view, and the two ids fill themselves in on a line that has a date. It holds no data and nobody's name.

    Parameters
    ----------
    prototype, measures, is_made_up
        As in `guide_of`.
    """
    import xlsxwriter

    guide = guide_of(prototype, measures, is_made_up=is_made_up)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": guide.title, "created": dt.datetime(2026, 1, 1)})
    _write_log(book, book.add_worksheet("Log"), guide.columns, prototype)
    _write_guide(book, book.add_worksheet("Guide"), guide)
    book.close()
    return content.getvalue()


def _item_column(item: str, measures: Sequence[Measure]) -> Column:
    counting = [measure for measure in measures if item in measure.items]
    whole = all(measure.counts or measure.is_share for measure in counting)
    return Column(item, _item_words(item, counting), "whole" if whole else "decimal")


def _item_words(item: str, counting: Sequence[Measure]) -> str:
    """Return what an item is: the name of the measure that counts it alone, else of what it is a share."""
    alone = [measure for measure in counting if measure.numerator == item]
    plainest = sorted(alone, key=lambda measure: measure.denominator is not None)
    if plainest:
        return f"{plainest[0].name}."
    of = [measure for measure in counting if measure.is_share and measure.denominator == item]
    if of and of[0].unit.startswith("of "):
        parts = " and ".join(dict.fromkeys(measure.numerator for measure in of))
        return f"All {of[0].unit.removeprefix('of ')}; {parts} is counted out of these."
    spoken = item.replace("_", " ")
    return f"{spoken[:1].upper()}{spoken[1:]}."


def _write_log(book: Any, sheet: Any, columns: Sequence[Column], prototype: Prototype) -> None:
    heading = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    date, quiet = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"font_color": "#525D68"})
    ids = {"neighbourhood_id": prototype.neighbourhood_id, "prototype_id": prototype.prototype_id}
    for at, column in enumerate(columns):
        is_wide = column.number is None and column.heading != "tested_on"
        look = date if column.heading == "tested_on" else quiet if column.heading in ids else None
        sheet.set_column(at, at, WIDE if is_wide else NARROW, look)
        sheet.write_string(0, at, column.heading, heading)
        sheet.write_comment(0, at, column.what)
        rule = _validation(column)
        if rule is not None:
            sheet.data_validation(1, at, LINES, at, rule)
        if column.heading in ids:
            filled = str(ids[column.heading]).replace('"', '""')
            for line in range(1, LINES + 1):
                sheet.write_formula(line, at, f'=IF($A{line + 1}="","","{filled}")', quiet, "")
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _validation(column: Column) -> dict[str, Any] | None:
    """Return what a cell takes without asking, and the words shown beside it."""
    shown = {"input_title": column.heading[:32], "input_message": column.what[:255], "error_type": "warning"}
    if column.heading == "tested_on":
        asked = "Write the day of the session as a date, such as 2026-01-31."
        return shown | {"validate": "date", "criteria": ">=", "value": FIRST_DAY, "error_message": asked}
    if column.number is None:
        return None
    asked = "Write a number from 0, or leave the cell empty if it was not counted. <5 or ~20 is read too."
    kind = "integer" if column.number == "whole" else "decimal"
    return shown | {"validate": kind, "criteria": ">=", "value": 0, "error_message": asked}


def _write_guide(book: Any, sheet: Any, guide: Guide) -> None:
    """Write the guide as one column of sentences: two columns could be taken for a table to read."""
    title, bold = book.add_format({"bold": True, "font_size": 16}), book.add_format({"bold": True})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    charts = guide.charts or ("No measure is counted here yet.",)
    rows: list[tuple[str, Any]] = [(guide.title, title)]
    if guide.is_made_up:
        rows.append((MADE_UP, bold))
    rows += [("The columns", bold), *((f"{one.heading}: {one.what}", text) for one in guide.columns)]
    rows += [("The rules", bold), *((rule, text) for rule in guide.rules)]
    rows += [("What it becomes", bold), *((words, text) for words in charts)]
    rows += [("Hand it in", bold), (guide.hand_in, text)]
    for line, (words, look) in enumerate(rows):
        sheet.write_string(line, 0, words, look)
    sheet.set_column(0, 0, 120)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


def _plain(words: str) -> str:
    """Return words in which Markdown and HTML mean nothing."""
    marks = r"\`*_{}[]<>()#|!~$"
    return "".join(f"\\{sign}" if sign in marks else sign for sign in " ".join(words.split()))


def _list(entries: Sequence[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)
