"""Why figures are held back, one click away from every star."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from dashboard.components.wording import missing


def why_html(reasons: Iterable[Any]) -> str:
    """Return the answer to "Why hidden?", each reason once; nothing where nothing is held back.

    Parameters
    ----------
    reasons
        Of each hidden figure; missing ones are left out.
    """
    told = dict.fromkeys(str(reason) for reason in reasons if not missing(reason) and str(reason).strip())
    if not told:
        return ""
    words = "".join(f"<p>{escape(reason)}</p>" for reason in told)
    return f'<details class="why-hidden"><summary>* Why hidden?</summary>{words}</details>'
