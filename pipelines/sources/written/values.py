"""Numbers as people write them. What is certain is read, what is doubtful is told or held, nothing is guessed.

An interval counts with its middle and carries both ends; a blank is never 0, an interval never one of its ends.
Source of the cases: logs of groups (forms and spreadsheets) as read by a careful person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from pipelines.sources.written import cell_marks as marks
from pipelines.sources.written.column_votes import settle_ask, with_decimal_points
from pipelines.sources.written.intervals import read_approximate, read_bound, read_interval
from pipelines.sources.written.number import (
    Ask,
    Number,
    NumberState,
    Quantity,
    certain,
    held,
    may_be_negative,
    mend,
    shown,
)
from pipelines.sources.written.number_words import in_digits
from pipelines.sources.written.quantities import read_quantity
from pipelines.sources.written.sums import read_product, read_sum
from pipelines.sources.written.two_numbers import read_part, read_ratio, read_score

__all__ = ["Ask", "Number", "NumberState", "read_number", "settle_ask", "with_decimal_points"]

#: Longer cells are not numbers; reading them would only take time.
LONGEST = 60

_NOT_KNOWN = "Somebody wrote that this is not known. It stays missing, never 0."
_FILLER = re.compile(r"^(?P<rest>.+?) (came|attended|in all|in total|total|altogether|so far|each)[.!]?$")
_BRACKET = re.compile(r"^(?P<rest>[^()]+?) ?\((?P<aside>[^()]*)\)$")
_DOUBTFUL_ASIDE = re.compile(
    r"^(or|maybe|not|was|nearer|[0-9]+$)|.*([?]|cancel|called off|closed|rained off|no session)"
)
_ESTIMATE_ASIDE = re.compile(r"^(approx(imately|\.)?|ish|est(imated?|\.)?|about|roughly|ca?\.|~)$")
_FOOTNOTE = re.compile(r"^(?P<rest>[0-9.,]+) ?(\*{1,3}|[†‡.!])$")
_SIGN = re.compile(r"^(?P<sign>[-−–+]) ?(?P<rest>£?[0-9].*)$")


def read_number(written: str, ask: Ask = Ask()) -> Number:  # noqa: B008 - frozen, the same for all
    """Read a cell as the number that its column asks for.

    Parameters
    ----------
    written
        The cell as it stands in the file.
    ask
        What its column holds.

    Returns
    -------
    Number
        Never raises. low <= value <= high wherever they are given. Reasons quote numbers and units, never other words
        of the cell, which may hold a name.
    """
    if len(written) > 2 * LONGEST:
        written = written.strip()[: LONGEST + 1]
    return _read(written, ask)


@lru_cache(maxsize=65536)
def _read(written: str, ask: Ask) -> Number:
    plain = in_digits(written) if ask.part is None and ask.amount in ("count", "measurement") else None
    if plain is not None:
        return certain(Quantity(plain), ask)
    text = tidy(written)
    if not text:
        is_mark = any(mark in written for mark in marks.QUOTES)
        return held(f"This mark may mean the number above. {mend(ask)}") if is_mark else _none("blank", None)
    if len(text) > LONGEST:
        return _none("unreadable", f"This is a text, not a number. {mend(ask)}")
    for reader in _READERS:
        number = reader(text, ask)
        if number is not None:
            return number
    return _none(
        "unreadable", f"This is not a number. {mend(ask)} Leave the cell empty where it was not counted."
    )


def tidy(written: str) -> str:
    """Return a cell for reading: small letters, one space between words, no quotes round it."""
    text = " ".join(written.replace("\u200b", "").replace("\ufeff", "").split()).lower().strip(marks.QUOTES)
    return re.sub(r"per ?cent\b|\bpct\b", "%", text.rstrip(";").strip())


def _none(state: str, reason: str | None) -> Number:
    return Number(None, None, None, state, reason)


def _marks(text: str, ask: Ask) -> Number | None:
    """Words and marks that mean no number, or none at all."""
    if marks.MISSING.match(text):
        return _none("missing", _NOT_KNOWN)
    if marks.SUPPRESSED.match(text):
        return _none("suppressed", "The number was kept back by whoever wrote it. It stays missing, never 0.")
    if marks.FORMULA_ERROR.match(text):
        return _none("unreadable", f"A formula of the spreadsheet failed here. {mend(ask)}")
    if text in marks.TRUTH:
        return _none("unreadable", f"This says yes or no, not how many. {mend(ask)}")
    if text in marks.ZERO:
        is_amount = ask.part is None and ask.amount != "score"
        return Number(0.0, 0.0, 0.0, "noted", "Read as 0.") if is_amount else _none("missing", _NOT_KNOWN)
    return None


def _exact(text: str, ask: Ask) -> Number | None:
    """Return one number without a doubt, if it can be true."""
    found = None if ask.part else read_quantity(text, ask)
    return certain(found, ask) if isinstance(found, Quantity) else None


def _percent(text: str, ask: Ask) -> Number | None:
    if ask.amount == "share" or "%" not in text or ask.unit == "%":
        return None
    return _none("unreadable", f"A percentage is not a count. {mend(ask)}")


def _signed(text: str, ask: Ask) -> Number | None:
    match = _SIGN.match(text)
    if match is None or ask.part:
        return None
    inner = read_number(match["rest"], ask)
    if match["sign"] == "+" or inner.value is None or inner.state not in ("ok", "noted"):
        return inner if may_be_negative(ask) else held(f"A sign stands before the number. {mend(ask)}")
    if not may_be_negative(ask):
        return _none("unreadable", "A count cannot be below 0. Check the sign.")
    value = -inner.value + 0.0
    return Number(value, value, value, inner.state, f"Read as {shown(value)}." if inner.reason else None)


def _doubtful(text: str, ask: Ask) -> Number | None:
    """Things that look like numbers and must not be read as one."""
    if marks.LETTER_DIGITS.match(text):
        return held(f"A letter stands between the digits. {mend(ask)}")
    if marks.looks_like_date(text):
        return held(f"A spreadsheet may have turned a number or an interval into a date. {mend(ask)}")
    return None


def _with_words(text: str, ask: Ask) -> Number | None:
    """A number beside words: the thing counted, an aside in brackets, a mark behind it."""
    filler = _FILLER.match(text) or _FOOTNOTE.match(text)
    if filler:
        return _told(filler["rest"], ask, "Read as {0}.")
    bracket = _BRACKET.match(text)
    if bracket and _ESTIMATE_ASIDE.match(bracket["aside"]):
        return read_approximate(f"about {bracket['rest']}", ask, read_number)
    if bracket and not _DOUBTFUL_ASIDE.match(bracket["aside"]):
        return _told(bracket["rest"], ask, "Read as {0}; the words in brackets are not counted.")
    return None


def _told(rest: str, ask: Ask, words: str) -> Number:
    """Return the inner number, told; doubts within it stay doubts."""
    inner = read_number(rest, ask)
    if inner.value is None:
        return held(inner.reason or f"This is no number. {mend(ask)}")
    if inner.state in ("approximate", "interval"):
        return inner
    return replace(inner, state="noted", reason=words.format(shown(inner.value)))


def _rest(text: str, ask: Ask) -> Number | None:
    """What is left: a quantity that cannot be taken, words for an amount, a number among words."""
    trouble = None if ask.part else read_quantity(text, ask)
    if isinstance(trouble, str):
        return held(trouble)
    if marks.VAGUE.match(text):
        return held(f"This is no number. {mend(ask)}")
    if re.search(r"[0-9]", text):
        return held(f"There is more than a number here. {mend(ask)}")
    return None


def _interval(text: str, ask: Ask) -> Number | None:
    return None if ask.part else read_interval(text, ask)


def _bound(text: str, ask: Ask) -> Number | None:
    return None if ask.part else read_bound(text, ask)


def _sum(text: str, ask: Ask) -> Number | None:
    return read_sum(text, ask, read_number)


def _product(text: str, ask: Ask) -> Number | None:
    return read_product(text, ask, read_number)


def _approximate(text: str, ask: Ask) -> Number | None:
    return read_approximate(text, ask, read_number)


_READERS: tuple[Callable[[str, Ask], Number | None], ...] = (
    _marks,
    read_part,
    read_score,
    read_ratio,
    _exact,
    _interval,
    _percent,
    _signed,
    _bound,
    _doubtful,
    _approximate,
    _sum,
    _product,
    _with_words,
    _rest,
)
