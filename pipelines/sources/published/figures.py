"""Published figures in long form: one line an area, a period and a figure. A format is a `LongForm`: which heading is what.

Everything is parsed once for each distinct text of a column; then each line gets its fate.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.sources.published.figure_cells import Figure, FigureState, kept, read_figure, read_sex
from pipelines.sources.published.figure_periods import Span, read_span
from pipelines.sources.published.publication import NOT_ASKED_FOR, Asked, Publication
from pipelines.sources.tables import LocalityValue

#: Fields of `LocalityValue` that are texts, and those that are numbers besides the value.
TEXTS = ("area_code", "area_name", "geography", "indicator", "indicator_id", "unit", "age", "category_type", "category",
         "note", "period_published")  # fmt: skip
#: Texts that say what a figure is about.
ABOUT = ("area_code", "geography", "indicator_id", "indicator", "unit", "age", "category_type", "category",
         "period_published")  # fmt: skip
NUMBERS = ("lower_95", "upper_95", "count", "denominator")

_HELD_BACK = re.compile(r"suppress|disclos|small number", re.I)


@dataclass(frozen=True, slots=True)
class LongForm:
    """Which heading holds which field of `LocalityValue`, and how its cells are read.

    `headings` are plain headings by field; a field that no heading holds is empty. `period` is read from the heading
    of `period_published`. `texts` overrules how a text field is read.
    """

    source: str
    headings: dict[str, str]
    read_value: Callable[[str], Figure] = read_figure
    read_period: Callable[[str], Span | None] = read_span
    texts: dict[str, Callable[[str], str | None]] = field(default_factory=dict)
    repeats: str = "that give again what an earlier line gives."


@dataclass(slots=True)
class Parts:
    """The fields of every line, a list each; a reader may put further ones in before the values are made."""

    texts: dict[str, list[str | None]]
    numbers: dict[str, list[Figure]]
    value: list[Figure]
    span: list[Span | None]
    sex: list[str | None]


def read_parts(publication: Publication, form: LongForm) -> Parts:
    """Return what stands in each line."""
    heading = form.headings.get
    return Parts(
        {name: publication.each(heading(name, ""), form.texts.get(name, kept)) for name in TEXTS},
        {name: publication.each(heading(name, ""), form.read_value) for name in NUMBERS},
        publication.each(heading("value", ""), form.read_value),
        publication.each(heading("period_published", ""), form.read_period),
        publication.each(heading("sex", ""), read_sex),
    )


def read_long(publication: Publication, asked: Asked, form: LongForm) -> list[LocalityValue]:
    """Read a file of one form: `read_parts`, then `make_values`."""
    return make_values(publication, asked, form, read_parts(publication, form))


def make_values(publication: Publication, asked: Asked, form: LongForm, parts: Parts) -> list[LocalityValue]:
    """Give every line its fate and return the figures of those that load, in the order of the file."""
    _set_others_aside(publication, asked, parts)
    for wanted, reason in (
        ("area_code", "The cell is empty, so that the figure has no place."),
        ("indicator", "The cell is empty, so that nobody knows what is counted."),
    ):
        empty = [row for row in publication.open_rows() if not parts.texts[wanted][row]]
        publication.refuse(empty, form.headings.get(wanted), reason)
    _refuse_unreadable(publication, form, parts)
    about = list(zip(*(parts.texts[name] for name in ABOUT), parts.sex, parts.span, strict=True))
    rows = count_once(publication, about, parts.value, form.repeats, form.headings.get("value"))
    publication.load(rows)
    _tell_cells(publication, form, parts, rows)
    return [_value(publication, form, parts, row) for row in rows]


def _set_others_aside(publication: Publication, asked: Asked, parts: Parts) -> None:
    codes = parts.texts["area_code"]
    wanted = {code: asked.keeps(code or "") for code in set(codes)}
    others = [row for row in publication.open_rows() if not wanted[codes[row]]]
    publication.set_aside(others, NOT_ASKED_FOR)


def _refuse_unreadable(publication: Publication, form: LongForm, parts: Parts) -> None:
    heading = form.headings.get
    no_span = [row for row in publication.open_rows() if parts.span[row] is None]
    publication.refuse(
        no_span, heading("period_published"), "This is not a period. It is written as 2022/23 or 2020 - 22."
    )
    no_number = [row for row in publication.open_rows() if parts.value[row].state == FigureState.UNREADABLE]
    reason = "This is neither a figure nor a known mark for a missing one. Compare it with the publication."
    publication.refuse(no_number, heading("value"), reason)


def count_once(
    publication: Publication,
    about: Mapping[int, tuple[Any, ...]] | Sequence[tuple[Any, ...]],
    figures: Mapping[int, Figure] | Sequence[Figure],
    repeats: str,
    column: str | None,
) -> list[int]:
    """Return the open rows that stand. The same figure again is set aside; another for the same thing is refused.

    Parameters
    ----------
    publication
        Remembers the figures of the files read before it.
    about
        What each row is about, by its position; compared within a release of a source.
    figures
        The figure of each row, by its position.
    repeats
        Words for those set aside, following their number.
    column
        Heading of the figures.
    """
    fates: tuple[list[int], list[int], list[int]] = ([], [], [])
    origin = publication.origin
    release = (origin.source or publication.reader, origin.released_on, origin.retrieved_on)
    for row in publication.open_rows():
        key, figure = _digest(release, about[row]), figures[row].value
        here = (int(publication.lines[row]), publication.load_id, figure)
        before = publication.known.setdefault(key, here)
        fates[0 if before is here else 1 if before[2] == figure else 2].append(row)
    stand, again, against = fates
    publication.set_aside(again, repeats)
    reason = "Another figure for the same area, indicator, people and period came before. Keep one release of a file."
    publication.refuse(against, column, reason)
    return stand


def _digest(*about: tuple[Any, ...]) -> bytes:
    """Return 16 bytes that stand for what a figure is about."""
    return hashlib.blake2b(repr(about).encode(errors="surrogatepass"), digest_size=16).digest()


def _tell_cells(publication: Publication, form: LongForm, parts: Parts, rows: Sequence[int]) -> None:
    heading = form.headings.get
    held = [row for row in rows if _is_suppressed(parts, row)]
    empty = [row for row in rows if parts.value[row].value is None and not _is_suppressed(parts, row)]
    for those, words in ((held, "is held back by the publisher"), (empty, "is not published")):
        publication.telling.cells_missing += sum(bool(parts.value[row].mark) for row in those)
        publication.count(those, heading("value"), _empty(words), words)
    for name in NUMBERS:
        wrong = [row for row in rows if parts.numbers[name][row].state == FigureState.UNREADABLE]
        publication.missing(
            wrong, heading(name, name), "This is neither a figure nor a known mark for a missing one."
        )
    outside = [row for row in rows if _is_outside(parts, row)]
    reason = "The figure lies outside its interval. Loaded; compare it with the publication."
    publication.note(outside, heading("value"), reason)


def _empty(words: str) -> Callable[[int], str]:
    return lambda n: f"In {n:,} lines the figure {words}: it stays empty, never 0."


def _is_suppressed(parts: Parts, row: int) -> bool:
    figure, note = parts.value[row], parts.texts["note"][row]
    return figure.value is None and (
        figure.state == FigureState.SUPPRESSED or bool(note and _HELD_BACK.search(note))
    )


def _is_outside(parts: Parts, row: int) -> bool:
    value = parts.value[row].value
    lower, upper = (parts.numbers[name][row].value for name in ("lower_95", "upper_95"))
    return None not in (value, lower, upper) and not lower <= value <= upper  # type: ignore[operator]


def _value(publication: Publication, form: LongForm, parts: Parts, row: int) -> LocalityValue:
    origin, span = publication.origin, parts.span[row]
    assert span is not None
    fields: dict[str, Any] = {name: column[row] for name, column in parts.texts.items()}
    fields |= {name: column[row].value for name, column in parts.numbers.items()}
    fields["area_name"] = fields["area_name"] or fields["area_code"]
    return LocalityValue(
        **fields,
        value=parts.value[row].value,
        period_start=span[0],
        period_end=span[1],
        source=origin.source or form.source,
        released_on=origin.released_on,
        retrieved_on=origin.retrieved_on,
        sex=parts.sex[row],
        is_suppressed=_is_suppressed(parts, row),
        load_id=publication.load_id,
        line=int(publication.lines[row]),
    )
