"""What the mapping leaves open about a column of numbers, settled by the whole column and said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipelines.sources.written.number import Ask
from pipelines.sources.written.number_words import NUMBER, in_digits
from pipelines.sources.written.units import find_unit

_UNIT_BEHIND = re.compile(rf"^(?:£ ?{NUMBER}|{NUMBER} ?(?P<unit>[a-z%£]+)\.?)$")
#: 8,9 and 12,50: a comma that parts no thousands.
_DECIMAL_COMMA = re.compile(r"^\D{0,2}\d+,\d{1,2}(?!\d).{0,8}$")
_OTHER_SEPARATOR = re.compile(r"\d[.,]\d{3}(?!\d)|\d\.\d")
_OUT_OF = re.compile(rf"^{NUMBER} ?(?:/|out of|of) ?(?P<out_of>{NUMBER})$")


def settle_ask(distinct: Sequence[str], ask: Ask) -> tuple[Ask, str | None]:
    """Settle by the whole column what the mapping leaves open, and say the guess in words.

    Parameters
    ----------
    distinct
        The different texts of the column, in any order.
    ask
        What the mapping says. What it gives is never changed.

    Returns
    -------
    tuple
        The ask with the unit (shares: ``%`` or ``of 1``) or the highest mark settled, and a sentence for the Data page;
        the same ask and None where nothing was open, or nothing tells.
    """
    texts = [" ".join(text.lower().split()) for text in distinct]
    if ask.amount == "share" and ask.unit is None:
        return _settle_share(texts, ask)
    if ask.amount == "score" and ask.out_of is None:
        return _settle_score(texts, ask)
    if ask.amount in ("count", "measurement") and ask.unit is None and ask.part is None:
        return _settle_unit(texts, ask)
    return ask, None


def with_decimal_points(distinct: Sequence[str]) -> tuple[Sequence[str], str | None]:
    """Return the texts of a column with points for decimal commas, and the guess in words.

    Only where every separator of the column can be a decimal comma and nothing else: 8,9 and 12,50, never 1,050.
    """
    commas = [text for text in distinct if "," in text]
    if not commas or not all(_DECIMAL_COMMA.match(text.strip()) and text.count(",") == 1 for text in commas):
        return distinct, None
    if any(_OTHER_SEPARATOR.search(text) for text in distinct):
        return distinct, None
    return [
        text.replace(",", ".") for text in distinct
    ], "Commas are read as decimal points: no cell parts thousands."


def _settle_share(texts: list[str], ask: Ask) -> tuple[Ask, str | None]:
    plain = [value for text in texts if (value := in_digits(text)) is not None]
    n_fractions, n_per_cents = sum(0 < value < 1 for value in plain), sum(value > 1 for value in plain)
    if n_per_cents and not n_fractions:
        return replace(ask, unit="%"), "Numbers without a sign are read as per cents: some are above 1."
    if n_fractions and not n_per_cents:
        return replace(
            ask, unit="of 1"
        ), "Numbers without a sign are read as fractions of 1: none is above 1."
    if n_fractions and n_per_cents:
        return ask, "Fractions and per cents stand side by side: each number above 1 is read as per cents."
    return ask, None


def _settle_score(texts: list[str], ask: Ask) -> tuple[Ask, str | None]:
    tops = {in_digits(match["out_of"]) for text in texts if (match := _OUT_OF.match(text))} - {None}
    values = [value for text in texts if (value := in_digits(text)) is not None]
    if len(tops) != 1:
        return ask, None
    top = tops.pop()
    if top is None or any(value > top for value in values):
        return ask, None
    return replace(ask, out_of=top), f"The highest mark is taken to be {top:g}: cells say so."


def _settle_unit(texts: list[str], ask: Ask) -> tuple[Ask, str | None]:
    """A unit that half of the numbers carry is the unit of all; of a measurement, any that stands alone in its kind."""
    n_plain = sum(in_digits(text) is not None for text in texts)
    units = [
        find_unit(match["unit"] or "£")
        for text in texts
        if (match := _UNIT_BEHIND.match(text)) and in_digits(text) is None
    ]
    found = Counter(unit.name for unit in units if unit)
    kinds = {unit.kind for unit in units if unit}
    if len(kinds) != 1 or kinds == {"share"} or (ask.amount == "count" and found.total() < n_plain):
        return ask, None
    name, n = found.most_common(1)[0]
    return replace(
        ask, unit=name
    ), f"Numbers without a unit are taken to be in {name}: {n} cells of the column say so."
