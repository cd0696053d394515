"""A plan that is kept: when it was sealed and what that means, and the way to a new version of the prediction."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import form_saving, icons, save
from dashboard.components.cycle.seal import in_london, lock_svg, seal_words, short, versions_html
from dashboard.components.cycle.view import CycleView, Row, Stand
from dashboard.components.frame import Frame
from dashboard.components.plan import prediction as plan_prediction
from dashboard.components.plan.draft import Guess
from dashboard.components.plan.home import home_of
from dashboard.components.plan.page import FORM
from dashboard.components.plan.view import Judged, measures_for, prototypes
from dashboard.components.signed import signed
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import capital, date, day, missing
from dashboard.figures.prediction_words import NO_PREDICTION, span

MEANING = (
    "Sealed means: it was written before the first test, and nobody can change it since. The seal is a fingerprint of "
    "these figures, the time and every record before them; if one letter were changed, it would no longer fit."
)
TOO_LATE = (
    "Testing has begun. You may still write down what you think now, with the reason. "
    "What was sealed before the first test stays what is scored."
)
BEFORE = "Testing has not begun: a new version takes the place of the one before. Both stay readable."
NOT_AFTERWARDS = "Nothing can be filled in afterwards: a prediction made when results are coming in is none."


def show(frame: Frame, view: CycleView) -> None:
    """Show the plan as it stands."""
    filed = view.filed
    frame.title(
        view.question, f"{filed['neighbourhood']} › {filed['prototype_name']} › {view.name}, the plan"
    )
    narrow = is_narrow()
    with st.container(key="plan"):
        form_saving.tell(FORM)
        form_saving.tell(_form(view))
        st.html(_seal_html(frame, view) + _plan_html(view) + versions_html(view))
        judged = _judged(frame, view)
        if judged is not None and view.has_prediction:
            guess = _guess_of(view)
            start, end = date(filed["do_start"]), date(filed["do_end"])
            plan_prediction.show_picture(frame, judged, guess, start, end, narrow)
        st.html(_ways_html(view))
        _show_new_version(view, judged)


def _form(view: CycleView) -> str:
    return f"version_{view.cycle_id}"


def _standing(view: CycleView) -> Row | None:
    """Return the recorded prediction that stands: the last version."""
    recorded = [row for row in view.predictions if not missing(row["sealed_at"])]
    replaced = {row["supersedes"] for row in recorded}
    standing = [row for row in recorded if row["prediction_id"] not in replaced]
    return standing[-1] if standing else None


def _seal_html(frame: Frame, view: CycleView) -> str:
    """Return the seal with its time, and what it means; without one, that there is none."""
    row = view.scored if view.is_sealed else _standing(view)
    if row is None or missing(row["sealed_at"]):
        why = capital(seal_words(view).removeprefix("Not sealed: "))
        return f'<section class="sealing"><h2>Not sealed</h2><p>{escape(why)}</p></section>'
    at = in_london(row["sealed_at"])
    lock = icons.image(lock_svg(frame.theme), "", "lock")
    head = "Sealed" if view.is_sealed else "Written, not sealed"
    what = MEANING if view.is_sealed else seal_words(view)
    return (
        f'<section class="sealing"><h2>{lock if view.is_sealed else ""}{head}</h2>'
        f"<p><b>{day(at.date(), year=True)}, {at:%H:%M}</b>, by {escape(str(row['who']))}. "
        f"Seal <code>{escape(short(row['seal']))}</code></p><p>{escape(what)}</p></section>"
    )


def _plan_html(view: CycleView) -> str:
    """Return what was planned, a line a thing."""
    filed, scored = view.filed, view.scored
    told = {
        "Judged on": filed["measure_name"],
        "What is done differently": filed["plan"],
        "Testing": view.dates,
        "We predicted": _predicted(view),
        "The result is looked at": None
        if missing(filed["predicted_for"])
        else day(filed["predicted_for"], year=True),
    }
    if scored is not None and not missing(scored["direction"]):
        told["We predicted"] = (
            f"{plan_prediction.WAYS[scored['direction']].removeprefix('It ')}: {told['We predicted']}"
        )
    lines = "".join(
        f"<dt>{label}</dt><dd>{escape(capital(str(words)))}</dd>"
        for label, words in told.items()
        if not missing(words)
    )
    return f'<dl class="provenance">{lines}</dl>'


def _predicted(view: CycleView) -> str:
    filed = view.filed
    if not view.has_prediction:
        return NO_PREDICTION
    value = view.style.value_text(
        None if missing(filed["predicted_value"]) else float(filed["predicted_value"])
    )
    promised = span(float(filed["predicted_low"]), float(filed["predicted_high"]), view.style)
    return f"{value}, 8 in 10 sure of {promised}" if value else f"8 in 10 sure of {promised}"


def _guess_of(view: CycleView) -> Guess:
    filed = view.filed
    value = None if missing(filed["predicted_value"]) else float(filed["predicted_value"])
    return Guess(None, value, float(filed["predicted_low"]), float(filed["predicted_high"]))


def _judged(frame: Frame, view: CycleView) -> Judged | None:
    rows = [row for row in prototypes(frame.store) if row["prototype_id"] == view.filed["prototype_id"]]
    held = measures_for(frame.store, home_of(rows[0])) if rows else []
    return next((one for one in held if one.measure.measure_id == view.filed["primary_measure"]), None)


def _ways_html(view: CycleView) -> str:
    prototype = str(view.filed["prototype_id"])
    ways = [
        (f"Open {view.name.lower()}", context.link("cycle", cycle=view.cycle_id)),
        ("Log a test", context.link("log_a_test", prototype=prototype, cycle=view.cycle_id)),
        ("Plan another cycle", context.link("plan", prototype=prototype)),
    ]
    links = "".join(
        f'<a class="go" href="{escape(to)}" target="_self">{escape(words)}</a>' for words, to in ways
    )
    return f'<p class="ways">{links}</p>'


def _show_new_version(view: CycleView, judged: Judged | None) -> None:
    """Offer a new version, where one may be written: not without a first one once testing has begun, not at the end."""
    has_begun = view.stand is not Stand.NOT_BEGUN
    old = _standing(view)
    if view.stand in (Stand.DECIDED, Stand.DUE) or judged is None:
        return
    if has_begun and old is None:
        st.html(f'<p class="said">{NOT_AFTERWARDS}</p>')
    elif save.is_here():
        with st.expander("Write a new version" if old is not None else "Seal a prediction"):
            st.html(f'<p class="said">{TOO_LATE if has_begun else BEFORE if old is not None else ""}</p>')
            _version_form(view, judged, old, has_begun)


def _version_form(view: CycleView, judged: Judged, old: Row | None, has_begun: bool) -> None:
    key = f"version_{view.cycle_id}_{len(view.predictions)}"
    places: dict[str, st.delta_generator.DeltaGenerator] = {}
    with st.form(key, border=False, enter_to_submit=False):
        guess = plan_prediction.ask(places, judged, date(view.filed["do_end"]), key)
        places["reason"] = st.container(gap=None)
        needs_reason = old is not None and (has_begun or view.filed["source"] != "record")
        reason = ""
        if old is not None:
            reason = st.text_input(
                f"Why?{'' if needs_reason else ' (if you like)'}", key=f"{key}_reason", max_chars=600
            )
        places["who"] = st.container(gap=None)
        who = signed(key)
        pressed = st.form_submit_button("Seal this version" if not has_begun else "Write it down")
    foot = st.container()
    if not pressed:
        return
    wanting = guess.missing() | (
        {"reason": "Write one sentence: why does it change?"} if needs_reason and not reason.strip() else {}
    )
    for name, words in wanting.items():
        places.get(name, foot).html(form_saving.fault_html(words))
    if wanting:
        return
    body = Guess(guess.direction, guess.value, guess.low, guess.high, guess.due, reason).record(
        view.cycle_id, judged.measure.measure_id
    )
    before = None if old is None else str(old["prediction_id"])
    saved = form_saving.once(_form(view), [body], who, before)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, places, foot.html)
