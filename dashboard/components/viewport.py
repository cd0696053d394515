"""Whether the reader holds a phone: charts then show fewer weeks and labels, which no style sheet can do."""

from __future__ import annotations

import streamlit as st

#: Up to this window width, px, a page is read as on a phone.
NARROW_UP_TO = 640

_TELL = """
export default function ({ data, setStateValue }) {
  const tell = () => {
    const narrow = window.innerWidth <= data.upTo;
    if (narrow !== data.narrow) { setStateValue("narrow", narrow); }
  };
  tell();
  // The page grows for a while, above the chart and below it: it is held in view until the reader moves, or for some seconds.
  const page = document.querySelector("[data-testid=stMain]");
  const stands = (card) => `${Math.round(card.getBoundingClientRect().top)} of ${page.scrollHeight}`;
  const seek = (tries, before) => {
    const card = data.seek && document.querySelector(`[class*="st-key-card_${data.seek}_"]`);
    if (card && stands(card) !== before) { card.scrollIntoView({ block: "start" }); }
    const now = card ? stands(card) : null;
    if (data.seek && tries > 0 && window.dashboardSeeks) { setTimeout(() => seek(tries - 1, now), 150); }
  };
  if (window.dashboardSought !== data.seek) {
    window.dashboardSought = data.seek;
    window.dashboardSeeks = true;
    const stop = () => { window.dashboardSeeks = false; };
    ["wheel", "touchstart", "pointerdown", "keydown"].forEach((moved) =>
      window.addEventListener(moved, stop, { once: true, passive: true, capture: true }));
    seek(40, null);
  }
  window.addEventListener("resize", tell);
  return () => window.removeEventListener("resize", tell);
}
"""

_ask = st.components.v2.component("viewport", js=_TELL)

KEY = "viewport"


def is_narrow(seek: str | None = None) -> bool:
    """Return whether the window is as narrow as a phone's, and scroll once to the chart of the measure `seek`.

    The first run of a session goes by the browser's name; the window's own answer follows and draws again only where
    it differs.
    """
    before = st.session_state.get("is_narrow", "Mobi" in (st.context.headers.get("User-Agent") or ""))
    with st.container(key="viewport_probe"):
        answer = _ask(
            key=KEY,
            data={"upTo": NARROW_UP_TO, "narrow": before, "seek": seek},
            default={"narrow": before},
            on_narrow_change=lambda: None,
        )
    narrow = bool(getattr(answer, "narrow", before))
    st.session_state["is_narrow"] = narrow
    return narrow
