"""The slides of the pack: native charts that can be edited, the published sentences, and more of them in the notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches, Length, Pt

from dashboard.components.chart_card import notes_on
from dashboard.components.meeting.running_order import running_order
from dashboard.components.wording import capital, count, figure, missing
from dashboard.exports import native_chart
from dashboard.exports.contents import Contents, PackChart
from dashboard.exports.document import LANGUAGE, MADE_UP
from dashboard.exports.parts import ALONE, MOST_COLUMNS, NOTHING_AGREED, NOTHING_NEW, state_words
from dashboard.exports.same_bytes import without_clock
from dashboard.theme import ASSURANCE_WORDS, LIGHT, VARIATION_WORDS
from pipelines.vocabulary import Assurance, Variation

#: A slide of 16 : 9, its margin, and sizes of words, so that the smallest can be read across a room.
WIDE, HIGH, MARGIN, INSIDE = Inches(13.333), Inches(7.5), Inches(0.6), Inches(12.133)
TITLE_SIZE, WORDS_SIZE, SMALL_SIZE = Pt(28), Pt(18), Pt(14)

FACE = "Arial"
INK = RGBColor.from_string(LIGHT.text.removeprefix("#"))

#: The style of a table that has lines and no colours: on these slides colours mean better or worse. (Office's own id.)
LINES_ONLY = "{5940675A-B579-460E-94D1-54222C63F5DA}"

#: Layouts of the plain template: a title with a second line, and a title alone.
OPENING, TITLE_ONLY = 0, 5

#: Entries on a slide of words; more go on to the next.
MOST_ENTRIES = 5


def pptx(contents: Contents) -> bytes:
    """Return the slides: opening, wall, what changed, what was agreed, then a slide a chart."""
    deck = _plain_deck()
    core = deck.core_properties
    core.title, core.language = contents.title, LANGUAGE
    core.author, core.subject = "Neighbourhood learning dashboard", contents.basis
    core.last_modified_by = core.author
    _opening(deck, contents)
    _wall(deck, contents)
    _told(deck, contents.since_words, _changes(contents), contents.basis)
    _told(deck, contents.agreed_words, _agreed(contents), contents.basis)
    for one in contents.charts:
        _chart(deck, one, contents)
    out = io.BytesIO()
    deck.save(out)
    return without_clock(out.getvalue())


def _plain_deck() -> Deck:
    """Return a wide deck without slides, in a face that every machine has under some name."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    themes = [part.target_part for part in deck.slide_master.part.rels.values() if part.reltype == RT.THEME]
    for theme in themes:
        theme._blob = theme.blob.replace(b'typeface="Calibri"', f'typeface="{FACE}"'.encode())
    return deck


def _opening(deck: Deck, contents: Contents) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[OPENING])
    title, below = slide.shapes.title, slide.placeholders[1]
    _place(title, MARGIN, Inches(1.6), INSIDE, Inches(1.6))
    _place(below, MARGIN, Inches(3.4), INSIDE, Inches(2.6))
    title.text = contents.title
    _head(title, Pt(40))
    lines = [contents.headline, *([MADE_UP] if contents.made_up else []), contents.basis]
    _write(below.text_frame, [(line, False) for line in lines], WORDS_SIZE)
    _note(slide, [contents.chance, contents.basis])


def _wall(deck: Deck, contents: Contents) -> None:
    """Write the wall as tables, so many measures at a time."""
    rows = [list(held) for _, held in groupby(contents.cells, key=lambda cell: cell.neighbourhood_id)]
    for first in range(0, len(contents.columns), MOST_COLUMNS):
        columns = contents.columns[first : first + MOST_COLUMNS]
        slide = _titled(deck, contents.headline if first == 0 else f"{contents.headline} (continued)")
        shape = slide.shapes.add_table(
            len(rows) + 1, len(columns) + 1, MARGIN, Inches(1.5), INSIDE, Inches(4.6)
        )
        shape._element.nvGraphicFramePr.cNvPr.set("descr", f"The wall: {contents.headline} {contents.chance}")
        next(shape._element.iter(qn("a:tableStyleId"))).text = LINES_ONLY
        heads = ["Neighbourhood", *(str(column["short_name"]) for column in columns)]
        _row(shape.table, 0, heads)
        _widths(shape.table)
        for at, cells in enumerate(rows, start=1):
            held = cells[first : first + MOST_COLUMNS]
            _row(shape.table, at, [cells[0].place, *(_cell_words(cell) for cell in held)])
        _text(slide, Inches(6.5), contents.chance)
        _note(slide, [contents.chance, *(cell.sentence for cells in rows for cell in cells)])


def _cell_words(cell: Any) -> str:
    if cell.row is None or missing(cell.row["latest_value"]) or cell.row["is_hidden"]:
        return state_words(cell)
    value = figure(cell.row["latest_value"], str(cell.row["data_kind"]))
    return f"{value}\n{capital(cell.state.value)}{f': {cell.reason}' if cell.reason else ''}"


def _widths(table: Any) -> None:
    first, *others = table.columns
    first.width = Inches(1.9)
    for column in others:
        column.width = int((INSIDE - first.width) / len(others))


def _row(table: Any, at: int, words: Sequence[str]) -> None:
    for column, text in enumerate(words):
        frame = table.cell(at, column).text_frame
        frame.text = text
        for number, paragraph in enumerate(frame.paragraphs):
            paragraph.font.size = Pt(12) if number else Pt(15)
            paragraph.font.bold = at == 0 or column == 0
            paragraph.font.color.rgb = INK


def _changes(contents: Contents) -> list[list[tuple[str, bool]]]:
    """Return the questions that a meeting takes, in its order; what is told and not asked stands in the document."""
    order = running_order(contents.changes)
    news = [] if contents.news is None else [[(str(contents.news["sentence"]), False)]]
    if not contents.changes:
        return [*news, [(NOTHING_NEW, False)]]
    asked = [
        [
            (one.heading, True),
            (f"{one.title}: {one.sentence}", False),
            *([(ALONE, False)] * one.may_be_chance),
        ]
        for one in order.questions
    ]
    rest = len(contents.changes) - len(order.questions)
    more = [[(f"{capital(count(rest))} more of what changed: in the document.", False)]] if rest else []
    return [*news, *asked, *more]


def _agreed(contents: Contents) -> list[list[tuple[str, bool]]]:
    if contents.meeting is None:
        return [[(NOTHING_AGREED, False)]]
    said = [[(str(row["question"]), False), (str(row["sentence"]), True)] for row in contents.agreed]
    return said or [[("Nothing was agreed.", False)]]


def _told(deck: Deck, title: str, entries: Sequence[Sequence[tuple[str, bool]]], note: str) -> None:
    """Write entries on as many slides as they need."""
    for first in range(0, len(entries), MOST_ENTRIES):
        slide = _titled(deck, title if first == 0 else f"{title} (continued)")
        box = slide.shapes.add_textbox(MARGIN, Inches(1.4), INSIDE, Inches(5.6))
        box.text_frame.word_wrap = True
        held = [line for entry in entries[first : first + MOST_ENTRIES] for line in [*entry, ("", False)]]
        _write(box.text_frame, held[:-1], Pt(16))
        _note(slide, [note])


def _chart(deck: Deck, one: PackChart, contents: Contents) -> None:
    slide = _titled(deck, one.title)
    behind = native_chart.lines(one)
    data: Any = native_chart.chart_data(one, behind)
    frame: Any = slide.shapes.add_chart(
        XL_CHART_TYPE.LINE_MARKERS, MARGIN, Inches(1.95), Inches(9.3), Inches(4.0), data
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", one.alt)
    native_chart.dress(frame.chart, one, behind)
    domain = f"{one.chart.domain.capitalize()}: {one.measure}, {one.chart.what}. {one.prototype}."
    _text(slide, Inches(1.4), domain, SMALL_SIZE)
    states = slide.shapes.add_textbox(Inches(10.1), Inches(2.1), Inches(2.7), Inches(3.6))
    states.text_frame.word_wrap = True
    _write(states.text_frame, _states(one), Pt(16))
    _text(slide, Inches(6.05), one.sentence)
    _note(slide, _notes(one, contents))


def _states(one: PackChart) -> list[tuple[str, bool]]:
    """Return what the icons beside the chart say, and what must be known before reading it."""
    summary = one.chart.summary
    lines = [(VARIATION_WORDS[Variation(summary["variation"])], True)]
    if summary["assurance"] != Assurance.EMPTY:
        lines.append((ASSURANCE_WORDS[Assurance(summary["assurance"])], True))
    corner = [words for words in one.chart.request.corner_words() if words]
    return lines + [(capital(words), False) for words in [*corner, *notes_on(summary)]]


def _notes(one: PackChart, contents: Contents) -> list[str]:
    summary = one.chart.summary
    told = [
        one.question, summary["sentence_long"], summary["why"], summary["kind_reason"], summary["remedy"],
        summary["release_note"], summary["why_hidden"], contents.basis,
    ]  # fmt: skip
    return [str(text) for text in told if not missing(text) and str(text).strip()]


def _titled(deck: Deck, words: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    title = slide.shapes.title
    _place(title, MARGIN, Inches(0.35), INSIDE, Inches(1.0))
    title.text = words
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _head(title, TITLE_SIZE if len(words) < 60 else Pt(24))
    return slide


def _head(title: Any, size: Any) -> None:
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment, paragraph.font.size, paragraph.font.bold = PP_ALIGN.LEFT, size, True


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _text(slide: Slide, top: Length, words: str, size: Any = WORDS_SIZE) -> None:
    box = slide.shapes.add_textbox(MARGIN, top, INSIDE, Inches(0.5))
    box.text_frame.word_wrap = True
    _write(box.text_frame, [(words, False)], size)


def _write(frame: Any, lines: Sequence[tuple[str, bool]], size: Any) -> None:
    for number, (words, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = words
        paragraph.alignment, paragraph.font.size, paragraph.font.bold = PP_ALIGN.LEFT, size, bold
        paragraph.font.color.rgb = INK


def _note(slide: Slide, lines: Sequence[str]) -> None:
    frame: Any = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(lines)
