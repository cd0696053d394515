"""The page of the form: the check line that speaks while typing, the file as it will be, and keeping it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components import reading_copy, rebuild
from dashboard.components.frame import Frame
from dashboard.components.measures import form, words
from dashboard.components.measures.answers import (
    ASKED,
    PREFIX,
    begin,
    definition_from,
    faults_of,
    open_questions,
)
from dashboard.components.measures.cards import chart_link
from dashboard.components.measures.view import MeasureView, load_views, places_of
from dashboard.components.plain_text import shown
from dashboard.components.wording import count
from pipelines.errors import Fault, FaultyInputError, LearningError
from pipelines.inputs import input_folder, measures_folder
from pipelines.measures import add_measure, measure_of, measures_home, read_measures, write_measure

PRESSED, SAVED = PREFIX + "pressed", "kept_measure"

#: More open questions than this are counted, not named.
MANY = 4

TAKE_IT = "Take the file, put it into inbox/measures of your data beside the others, and build again."


def show(frame: Frame, views: Sequence[MeasureView]) -> None:
    """Draw the form on the left; the check line, the file and the button on the right."""
    like = next((v.measure for v in views if v.measure.measure_id == st.query_params.get("like")), None)
    begin(st.session_state, like)
    taken = [view.measure.measure_id for view in views]
    replace = bool(st.session_state.get(PREFIX + "replace"))
    definition = definition_from(st.session_state)
    faults, still_open = faults_of(definition, taken, replace), open_questions(definition)
    asked = st.session_state.get(PRESSED, False)
    left, right = st.columns((0.58, 0.42), gap="large")
    with left, st.container(key="measure_questions"):
        form.draw(
            form.Asking(views, places_of(frame.store), wrong_by_key(faults, still_open if asked else ()))
        )
    with right, st.container(key="measure_side"):
        tell_saved(frame)
        if definition.get("id") in taken:
            st.checkbox(f"It takes the place of {shown(definition['id'])}", key=PREFIX + "replace")
        st.html(check_html(definition, faults, still_open))
        _keep(definition, views, ready=not faults and not still_open, replace=replace)
        st.html('<p class="muted">The file as it will be kept:</p>')
        st.code(write_measure(definition), language="toml", height=420, wrap_lines=True)


def wrong_by_key(faults: Sequence[Fault], still_open: Sequence[str]) -> dict[str, list[str]]:
    """Return the sentences under each question: what cannot be used, and what is still open once keeping was tried."""
    told: dict[str, list[str]] = defaultdict(list)
    for fault in faults:
        told[str(fault.column)].append(fault.reason[:1].upper() + fault.reason[1:])
    for key in still_open:
        told[key].append(f"Still open: {ASKED[key]}.")
    return dict(told)


def check_html(definition: Mapping[str, Any], faults: Sequence[Fault], still_open: Sequence[str]) -> str:
    """Return the check line: what cannot be used, else what is still open, else the measure in a sentence."""
    if faults:
        first = faults[0].reason
        more = f" And {len(faults) - 1} more, each under its question." if len(faults) > 1 else ""
        said, mark = f"Cannot be kept yet. {first[:1].upper()}{first[1:]}{more}", "!"
    elif still_open:
        said, mark = open_words(still_open), "…"
    else:
        said, mark = f"{words.sentence(measure_of(definition))}", "✓"
    return (
        f'<p class="check-line" role="status"><b aria-hidden="true">{mark}</b> {escape(shown(said, 500))}</p>'
    )


def open_words(still_open: Sequence[str]) -> str:
    """Return which answers are open: all of a few, the first of many; the key follows the name by itself."""
    keys = [key for key in still_open if key != "id" or "name" not in still_open]
    if len(keys) > MANY:
        return f"{count(len(keys)).capitalize()} answers are still open. The first is {ASKED[keys[0]]}."
    return f"Still open: {_listed([ASKED[key] for key in keys])}."


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _keep(definition: Mapping[str, Any], views: Sequence[MeasureView], *, ready: bool, replace: bool) -> None:
    """Offer to keep the measure where this reader may write, and to take the file away in any case."""
    name = f"{definition.get('id', 'measure')}.toml"
    if not context.may_write():
        st.html(f"<p>{escape(reading_copy.why())} {escape(TAKE_IT)}</p>")
    elif st.button("Keep it and make the charts", type="primary", key=PREFIX + "keep", width="stretch"):
        if ready:
            keep(definition, views, replace)
        st.session_state[PRESSED] = True
        st.rerun()
    st.download_button(
        "Take the file away (TOML)",
        write_measure(definition),
        name,
        "application/toml",
        on_click="ignore",
        disabled=not ready,
        width="stretch",
    )


def keep(definition: Mapping[str, Any], views: Sequence[MeasureView], replace: bool) -> None:
    """Keep a definition, build the charts, and leave word of it for the next run."""
    data = context.data_folder()
    folder = input_folder(data)
    try:
        in_use = read_measures(measures_folder(data, folder))
        charted = {view.measure.measure_id for view in views if view.charted}
        beside = [one for one in in_use if one.measure_id in charted] or in_use
        path = add_measure(definition, measures_home(data, folder), beside, replace=replace)
    except FaultyInputError as error:
        st.session_state[SAVED] = ("It could not be kept", [str(fault) for fault in error.faults], "")
        return
    except (LearningError, OSError) as error:
        st.session_state[SAVED] = ("It could not be kept", [str(error)], "")
        return
    trouble = [str(fault) for fault in rebuild.build_again()]
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
    heading = "Kept, but the charts could not be made" if trouble else "Kept. The charts are made again"
    where = path.relative_to(data) if path.is_relative_to(data) else path
    st.session_state[SAVED] = (
        heading,
        [f"The definition is in {where.as_posix()}.", *trouble],
        definition["id"],
    )


def tell_saved(frame: Frame) -> None:
    """Say what became of the measure that was kept last, and where it is charted now."""
    saved = st.session_state.pop(SAVED, None)
    if saved is None:
        return
    heading, told, measure_id = saved
    view = next((one for one in load_views(frame.store) if one.measure.measure_id == measure_id), None)
    st.html(saved_html(heading, told, view))


def saved_html(heading: str, told: Sequence[str], view: MeasureView | None) -> str:
    """Return the notice on the measure kept last, with the way to its charts; `view` None: it is not in the mart."""
    lines = [escape(line) for line in told]
    if view is not None and not view.charted:
        lines.append("No log has counted it yet: its chart begins with the first test that does.")
    if view is not None and view.charted:
        many = len(view.charted)
        lines.append(f"It is charted in {count(many)} place{'s' * (many != 1)}:")
    body = "".join(f"<p>{line}</p>" for line in lines)
    links = "".join(chart_link(place, view.measure) for place in view.charted) if view else ""
    return f'<section class="notice" role="status"><h2>{escape(heading)}</h2>{body}<ul>{links}</ul></section>'
