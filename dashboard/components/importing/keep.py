"""Keeping a file: what still stands in the way, the button, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import rebuild
from dashboard.components.data import view as data_view
from dashboard.components.importing import state as import_state
from dashboard.components.importing.place import Belonging
from dashboard.components.importing.state import Source
from dashboard.components.notices import notice_html
from dashboard.components.plain_text import shown
from dashboard.store import Store
from pipelines.errors import LearningError
from pipelines.measures import Measure
from pipelines.understanding import ROLES, SINGLE, ColumnGuess, Mapping, Role
from pipelines.uploads import Kept, keep

HEADINGS = {
    "kept": "Kept. The charts are there",
    "beside": "Kept. The charts are there",
    "replaced": "Replaced. The charts are made from the new version",
    "mapped": "Read anew. The charts are made again",
    "same": "Nothing was added",
}


@dataclass(frozen=True)
class Told:
    """What became of the last file: the door's answer, and why the charts could not be made, where they could not."""

    kept: Kept
    trouble: str


def in_the_way(columns: Sequence[ColumnGuess], mapping: Mapping, place: Belonging) -> list[str]:
    """Return what must be put right before the file can be kept, a sentence each; empty where nothing."""
    told = []
    if not mapping.columns.get("tested_on"):
        told.append("Choose the column with the date of the test.")
    if not mapping.items:
        told.append("Choose at least one column with a number to count.")
    told += [
        f"Two columns of the sheet {shown(sheet)} are said to be {role}: choose one of them."
        if sheet
        else f"Two columns are said to be {role}: choose one of them."
        for sheet, role in _twice(columns)
    ]
    return told + place.missing(mapping)


def _twice(columns: Sequence[ColumnGuess]) -> list[tuple[str | None, str]]:
    held = [(guess.sheet, guess.role) for guess in columns if guess.role in SINGLE]
    return [
        (sheet, ROLES[Role(role)]) for sheet, role in dict.fromkeys(held) if held.count((sheet, role)) > 1
    ]


#: Set while the notice has not been seen: the button stands at the foot of a long page, the notice at its head.
UNSEEN = "import_unseen"
SEEK = "<script>document.querySelector('.import-told')?.scrollIntoView({block: 'center'})</script>"


def offer(source: Source, mapping: Mapping, place: Belonging, measures: Sequence[Measure]) -> None:
    """Show the button that keeps the file; once pressed, keep it, build the charts, and tell on the next run."""
    keeps, drops = st.columns((0.25, 0.75), gap="medium")
    if keeps.button("Keep it and make the charts", type="primary", key=source.key("keep"), width="stretch"):
        try:
            kept = keep(
                source.content,
                source.name,
                mapping,
                place.who,
                context.data_folder(),
                place.new_neighbourhood,
                place.new_prototype,
                measures,
                beside=place.beside,
            )
        except LearningError as error:
            st.html(notice_html("It could not be kept", str(error)))
            return
        with st.spinner("Making the charts"):
            trouble = "" if kept.state == "same" else "\n".join(str(fault) for fault in rebuild.build_again())
        st.session_state[import_state.TOLD] = Told(kept, trouble)
        st.session_state[UNSEEN] = True
        import_state.forget()
        st.rerun()
    if drops.button("Put it away without keeping", key=source.key("drop")):
        import_state.forget()
        st.rerun()


def tell(store: Store) -> None:
    """Say what became of the file that was kept last, with the way to its charts."""
    told: Told | None = st.session_state.get(import_state.TOLD)
    if told is None:
        return
    st.html(told_html(told, _links(store, told.kept.file), data_view.fate(store.loads(), told.kept.file)))
    if st.session_state.pop(UNSEEN, False):
        st.html(SEEK, unsafe_allow_javascript=True)


def told_html(told: Told, links: Sequence[tuple[str, str]], fate: str = "") -> str:
    """Return the notice on the file that was kept last.

    `links` are names and addresses of its charts, `fate` says what became of its lines; where the charts could not be
    made, neither is known.
    """
    heading = "Kept, but the charts could not be made" if told.trouble else HEADINGS[told.kept.state]
    ways = "".join(
        f'<p><a href="{escape(address)}" target="_self">See the charts of {escape(shown(name))}</a></p>'
        for name, address in links
        if not told.trouble
    )
    lines = f"<p>{escape(fate)}</p>" if fate and not told.trouble else ""
    trouble = "".join(f"<p>{escape(line)}</p>" for line in told.trouble.splitlines())
    return (
        f'<section class="notice import-told" role="status"><h2>{escape(heading)}</h2>'
        f"<p>{escape(told.kept.sentence)}</p>{lines}{trouble}{ways}</section>"
    )


def _links(store: Store, file: str) -> list[tuple[str, str]]:
    """Return the prototypes with charts from a file, and their addresses."""
    rows = store.prototypes_of(file).to_dict("records")
    return [
        (
            str(row["name"]),
            context.link(
                "neighbourhood", neighbourhood=row["neighbourhood_id"], prototype=row["prototype_id"]
            ),
        )
        for row in rows
    ]
