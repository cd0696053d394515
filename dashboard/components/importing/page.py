"""The wizard: from a file in the hand to charts, every guess shown and open to correction, nothing kept unasked."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import notices, reading_copy
from dashboard.components.frame import Frame, title_html
from dashboard.components.importing import columns as import_columns
from dashboard.components.importing import keep as import_keep
from dashboard.components.importing import place as import_place
from dashboard.components.importing import preview as import_preview
from dashboard.components.importing import sheets as import_sheets
from dashboard.components.importing import words as import_words
from dashboard.components.importing.state import Source, forget, once, uploader_key
from dashboard.components.plain_table import table_html
from dashboard.components.plain_text import shown
from pipelines.errors import LearningError
from pipelines.inputs import input_folder
from pipelines.measures import Measure
from pipelines.preview import Preview, preview
from pipelines.understanding import Mapping, Proposal, mapping_of, suggested_measures, understand

KINDS = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "zip"]

MADE_UP = (
    "The neighbourhoods and prototypes on these pages are made up. They go as soon as a file of your own is kept, but "
    "for those that you choose here."
)

MEND = "Put right what is said above."

ABOVE = "Add a spreadsheet or form export. Nothing is kept until you say so."


def upload_box() -> None:
    """Show the box that takes a file, or say why files cannot be added here."""
    if not context.may_write():
        notices.notice(
            "Files are added on the computer that keeps the data",
            reading_copy.why(),
            "On that computer, start it with `make run` and open the address it prints, or run:",
            "python -m pipelines import FILE",
        )
        return
    st.html(
        '<h2>Add a spreadsheet or form export</h2><p class="said">As it is: several sheets, titles and totals are '
        "fine. You see what was understood before anything is kept. "
        f'<span class="muted">Nothing written yet? <a href="{escape(context.link("measures", do="sheet"))}" '
        'target="_self">Start from a ready spreadsheet.</a> A large file: '
        "<code>python -m pipelines import FILE</code></span></p>"
    )
    st.file_uploader("A spreadsheet or form export", KINDS, key=uploader_key(), label_visibility="collapsed")


def show(page: Frame, source: Source) -> None:
    """Draw the wizard for the file in hand."""
    folder = input_folder(context.data_folder())
    try:
        key = (source.sha256, source.kept, page.info.get("content_hash"))
        with st.spinner("Reading the file"):
            proposal = once("understood", key, lambda: understand(source.content, source.name, folder))
    except LearningError as error:
        _title(f"{shown(source.name, 60)} cannot be read.")
        notices.notice(
            "Nothing was understood, and nothing was kept", str(error), "Put it away, then choose another."
        )
        _another()
        return
    _title(import_words.headline(source.name, proposal))
    _another()
    _steps(page, source, proposal)


def _title(headline: str) -> None:
    """Open the page without the badge of made-up data: the file in hand is somebody's own."""
    st.html(title_html(headline, ABOVE, (), made_up=False))


def _steps(page: Frame, source: Source, proposal: Proposal) -> None:
    """Draw the five steps, each fed by the one before."""
    words = st.empty()
    st.html("<h2>2. Columns</h2>")
    table = st.empty()
    st.html(f'<p class="said">{import_words.look_words(import_words.unsure(proposal.columns))}</p>')
    known = sorted({item for measure in _measures(page) for item in measure})
    columns = import_columns.correct(source, proposal, known)
    mapping = mapping_of(columns, proposal)
    st.html("<h2>3. Sheets and dates</h2>" if len(proposal.sheets) > 1 else "<h2>3. Dates</h2>")
    if any(sheet.name is not None for sheet in proposal.sheets):
        st.html(import_sheets.sheets_html(proposal.sheets))
    evidence = st.empty()
    mapping = import_sheets.correct(source, proposal, mapping)
    table.html(
        table_html("What the columns hold", import_words.MEANING_HEADINGS, import_words.meanings(columns))
    )
    words.html(said_html(import_words.sentences(proposal, columns)))
    st.html("<h2>4. Where it belongs</h2>")
    if page.made_up:
        st.html(f'<p class="said">{MADE_UP}</p>')
    place = import_place.choose(page, source, proposal, mapping)
    in_the_way = import_keep.in_the_way(columns, mapping, place)
    made = _outcome(page, source, proposal, place.put(mapping), place, in_the_way)
    if told := import_sheets.evidence_html(proposal, made):
        evidence.html(told)


def _measures(page: Frame) -> list[list[str]]:
    """Return the items that each measure counts."""
    rows = page.store.measures()[["numerator", "denominator"]].to_dict("records")
    return [
        [part.strip() for text in row.values() if isinstance(text, str) for part in text.split("+")]
        for row in rows
    ]


def _outcome(
    page: Frame,
    source: Source,
    proposal: Proposal,
    mapping: Mapping,
    place: import_place.Belonging,
    in_the_way: list[str],
) -> Preview | None:
    """Draw what the file would show, and the button that keeps it; return the preview, where there is one."""
    st.html("<h2>5. What it would show</h2>")
    drawn = None
    if mapping.items and mapping.columns.get("tested_on"):
        drawn = _drawn(page, source, proposal, mapping)
    else:
        st.html('<p class="said">Nothing yet: a chart needs a day and a number to count.</p>')
    st.html("<h2>Keep it?</h2>")
    if in_the_way or drawn is None:
        st.html(f'<p class="said">Before it can be kept:</p>{_list(in_the_way or [MEND])}')
        return drawn[1] if drawn else None
    measures, made = drawn
    import_preview.say_what_is_kept(made)
    import_keep.offer(source, mapping, place, measures)
    return made


def _drawn(
    page: Frame, source: Source, proposal: Proposal, mapping: Mapping
) -> tuple[tuple[Measure, ...], Preview] | None:
    """Draw what the file would show and return the measures that chart it; None where it cannot be read like this."""
    folder = input_folder(context.data_folder())
    key = (source.sha256, repr(mapping), page.info.get("content_hash"))
    try:
        measures = suggested_measures(mapping, folder, proposal.shares)
        drawn = measures[: import_preview.MOST_PICTURES]
        with st.spinner("Drawing the charts"):
            made = once("preview", key, lambda: preview(source.content, source.name, mapping, drawn, folder))
    except LearningError as error:
        notices.notice("It cannot be drawn yet", str(error))
        return None
    import_preview.show(source, made, page.theme, len(measures) - len(drawn))
    return measures, made


def said_html(sentences: list[str]) -> str:
    """Return what was understood as a list of sentences."""
    return f"<h2>1. What was understood</h2>{_list(sentences)}"


def _list(sentences: list[str]) -> str:
    return f'<ul class="import-said">{"".join(f"<li>{escape(words)}</li>" for words in sentences)}</ul>'


def _another() -> None:
    """Show the button that puts the file away."""
    if st.button("Put it away and go back", key="import_back"):
        forget()
        st.rerun()
