"""Two numbers in a cell: 145/92 by its part, 4/5 as a score, 9/20 as a share."""

from __future__ import annotations

import re

from pipelines.sources.written.number import Ask, Number, Quantity, certain, held, shown
from pipelines.sources.written.number_words import NUMBER, in_digits

_TWO = rf"(?P<first>{NUMBER}) ?(?:/|\\|\bover\b|\bout of\b|\bof\b) ?(?P<second>{NUMBER})"
_PAIR = re.compile(
    rf"^(?P<about>~|about |approx\.? |c\. ?)?(?:bp:? ?)?{_TWO} ?(?:mmhg)?(?P<doubt>\?)?(?P<aside>[ ,]*[(\[]?[^0-9()]*[)\]]?)$"
)
_ANY = re.compile(_TWO)
_OF = re.compile(rf"^{_TWO}(?: stars?| points?)?$")
_LABELLED = re.compile(r"^(?P<mark>[0-9]{1,2}) ?[-–=:] ?[a-z][a-z ,'’]*$")
_STARS = re.compile(r"^([★⭐🌟])(?:\ufe0f?\1|\ufe0f)*\ufe0f?[☆✩]*$")


def _none(state: str, reason: str) -> Number:
    return Number(None, None, None, state, reason)


def read_part(text: str, ask: Ask) -> Number | None:
    """Read the first or the second of two numbers; None where the column asks for no part."""
    if ask.part is None:
        return None
    pair = _PAIR.match(text)
    first, second = (in_digits(pair["first"]), in_digits(pair["second"])) if pair else (None, None)
    if pair is None or first is None or second is None:
        return _not_two(text)
    if ask.unit == "mmHg" and first <= second:
        return _none(
            "held", "The first number is not above the second. Write the two numbers once, e.g. 145/92."
        )
    value = first if ask.part == "first" else second
    if pair["about"] or pair["doubt"]:
        return Number(value, value, value, "approximate", f"An estimate; counted as {shown(value)}.")
    if re.search(r"\w", pair["aside"]):
        reason = f"Read as {shown(first)}/{shown(second)}; the words beside it are not counted."
        return Number(value, value, value, "noted", reason)
    return Number(value, value, value, "ok")


def _not_two(text: str) -> Number:
    if len(_ANY.findall(text)) > 1:
        return _none(
            "held", "There are two readings here. Write each in a row of its own, or say which one counts."
        )
    if re.search(r"[0-9]", text):
        return held("Two numbers are asked for. Write them once, e.g. 145/92.")
    return _none("unreadable", "This is not a number. Write the two numbers once, e.g. 145/92.")


def read_score(text: str, ask: Ask) -> Number | None:
    """Read 4/5 and 4 out of 5 as 4 where the highest mark is 5, and stars; None where the column holds no scores."""
    if ask.amount != "score" or ask.part:
        return None
    stars = _STARS.match(text)
    if stars:
        value = float(text.count(stars[1]))
        return Number(value, value, value, "noted", f"Read as {shown(value)}.")
    labelled = _LABELLED.match(text)
    if labelled:
        value = float(labelled["mark"])
        return certain(Quantity(value, None, f"Read as {shown(value)}."), ask)
    match = _OF.match(text)
    mark, out_of = (in_digits(match["first"]), in_digits(match["second"])) if match else (None, None)
    if mark is None or out_of is None:
        return None
    if ask.out_of is not None and out_of != ask.out_of:
        return _none(
            "held", f"This score is out of {shown(out_of)}, the column's out of {shown(ask.out_of)}."
        )
    if mark > out_of:
        return held(f"{shown(mark)} of {shown(out_of)} cannot be. Check the number.")
    told = None if ask.out_of is not None else f"Read as {shown(mark)} of {shown(out_of)}."
    return Number(mark, mark, mark, "noted" if told else "ok", told)


def read_ratio(text: str, ask: Ask) -> Number | None:
    """Read 9/20 and 9 out of 20 as a share; elsewhere two numbers with a stroke are held, for nothing says which."""
    match = _OF.match(text) if ask.part is None and ask.amount != "score" else None
    if match is None or (" " in match["first"] and "/" in text):
        return None
    first, second = in_digits(match["first"]), in_digits(match["second"])
    if first is None or second is None:
        return None
    if ask.amount != "share":
        reason = "There are two numbers here. Write one, or say in the mapping which of the two counts."
        return held(reason)
    if first == second == 50:
        return held("This may be a half or the whole. Write 50% or 100%.")
    if second == 0 or first > second:
        return held(f"{shown(first)} of {shown(second)} cannot be a share. Check the numbers.")
    value = float(f"{first / second:.12g}")
    return Number(value, value, value, "noted", f"{shown(first)} of {shown(second)} is {shown(value)}.")
