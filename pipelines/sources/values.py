"""Numbers as people write them. What is certain is read, what is doubtful is held, nothing is guessed.

Source of the cases: logs of groups (forms and spreadsheets) as read by a careful person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class NumberState(StrEnum):
    """How a cell was read as a number."""

    OK = "ok"
    NOTED = "noted"
    APPROXIMATE = "approximate"
    INTERVAL = "interval"
    BLANK = "blank"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    UNREADABLE = "unreadable"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a column is said to hold.

    Attributes
    ----------
    amount
        ``count`` (from 0), ``measurement``, ``share`` (read as 0 to 1) or ``score``.
    unit
        ``kg``, ``pounds`` (money), ``lb``, ``minutes``, ``people``, ``%``; None where nothing says.
    out_of
        The highest mark of a score.
    part
        ``first`` or ``second``, where a cell holds two numbers, as in 145/92.
    """

    amount: str = "count"
    unit: str | None = None
    out_of: float | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A cell read as a number.

    Attributes
    ----------
    value
        The number that counts; None in the states ``blank`` and below.
    low, high
        The ends of what it may be; both are `value` where that is certain. `high` None: no upper end.
    state
        ``ok`` (stands), ``noted`` (stands, told), ``approximate`` (an estimate), ``interval`` (its middle, or its
        known end, stands for it), ``blank`` (nothing written), ``missing`` (said not to be known), ``suppressed``
        (kept back by its publisher), ``unreadable`` (no number), ``held`` (a number is meant, but not known).
    reason
        What a person should be told, and how to mend it; None where nothing needs telling.
    """

    value: float | None
    low: float | None
    high: float | None
    state: str
    reason: str | None = None


def read_number(written: str, ask: Ask = Ask()) -> Number:
    """Read a cell as the number that its column asks for."""
    raise NotImplementedError


def settle_ask(distinct: Sequence[str], ask: Ask) -> tuple[Ask, str | None]:
    """Settle by the whole column what the mapping leaves open, and say the guess in words."""
    raise NotImplementedError


def _of(value: float | None, state: str, reason: str | None = None) -> Number:
    return Number(value, value, value, state, reason)


_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
)
_UNITS += "seventeen eighteen nineteen"
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_WORD_VALUES = (
    {word: value for value, word in enumerate(_UNITS.split())} | _TENS | {"a dozen": 12, "dozen": 12}
)
_WORD_VALUES |= {
    f"{ten}{joint}{unit}": _TENS[ten] + value
    for ten in _TENS
    for value, unit in enumerate(_UNITS.split()[:10])
    if value
    for joint in (" ", "-")
}

_ZERO = frozenset(("none", "nil", "no one", "no-one", "nobody", "none at all", "zero people"))
_NOT = r"(do ?n['’o]?t|did ?n['’o]?t|do not|did not|was ?n['’o]?t|not|forgot to|could ?n['’o]?t|could not)"
_DONE = r"(know|ask(ed)?|count(ed)?|record(ed)?|collect(ed)?|applicable|available|done|measured|taken|check(ed)?|say)"
_MISSING = re.compile(
    r"^(n ?[/.]? ?a\.?|n\.a\.?|[-–—.?]+|x+|nk|dnk|dk|tbc|tbd|null|nan|missing|blank|unknown|unsure|not sure|forgot|"
    rf"no data|no record|no answer|#n/a|{_NOT} {_DONE}( it| them| this time| today)?)[.!]?$"
)
_PLAIN = re.compile(r"^[0-9]{1,6}(\.[0-9]{1,6})?$")
_THOUSANDS = re.compile(r"^[0-9]{1,3}(,[0-9]{3})+$")
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_ABOUT = re.compile(
    r"^(~|≈|±|c\.|ca\.?|circa|about|abt|approx\.?|approximately|around|roughly|maybe|i think|est\.?|estimated?)\s*(?P<rest>.+)$"
)
_ISH = re.compile(r"^(?P<rest>[0-9]+)\s?-?\s?(ish|approx\.?|or so|\?)$")
_SIDE = r"(?:[0-9]+(?:\.[0-9]+)?|[a-z]+(?:[ -][a-z]+)?)"
_INTERVAL = re.compile(
    rf"^(?:between\s+)?(?P<low>{_SIDE})\s*(?:-|–|—|/|\bto\b|\bor\b|\band\b)\s*(?P<high>{_SIDE})(\s+(people|persons))?$"
)
_BOUND = re.compile(
    r"^([<>≤≥]=?|under|over|below|above|up to|at least|at most|less than|fewer than|more than|nearly|almost|max\.?|min\.?)"
    r"\s*[0-9a-z ]+$|^[0-9]+\s*(\+|plus|or (more|less|fewer|so))$"
)
_PERCENT = re.compile(r"[0-9]\s*(%|per ?cent|pct)")
_LETTER_DIGITS = re.compile(r"^(?=.*[0-9])(?=.*[oil|sb])[0-9oil|sb]+$")
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b")
_PEOPLE = re.compile(
    r"^(?P<rest>[0-9]{1,6}|[a-z-]+)\s*(people|persons?|adults?|residents?|patients?|visitors?|attendees?|participants?|members?|ppl|"
    r"came|attended|in all|in total|total|altogether)[.!]?$"
)
_BRACKET = re.compile(r"^(?P<rest>[^()]+?)\s*\((?P<aside>[^()]*)\)$")
_VAGUE = re.compile(
    r"^(all|everyone|everybody|most|many|some|several|a few|few|half|lots|loads|a lot|a couple|couple|both|same|"
    r"majority|as last|ditto)\b"
)

#: Longer cells are not numbers; reading them would only take time.
LONGEST = 60

_NOT_KNOWN = "Somebody wrote that this is not known. It stays missing, never 0."
_WRITE = "Write the number of people in digits, e.g. 12."


@lru_cache(maxsize=16384)
def read_count(written: str) -> Number:
    """Read a count.

    Parameters
    ----------
    written
        The cell as it stands in the file.

    Returns
    -------
    Number
        `value` from 0, or None. A blank is never 0, an interval never one of its ends, ``1O`` never 1.
    """
    text = " ".join(written.replace("\u00a0", " ").split()).lower().strip("'\"`")
    if not text:
        return _of(
            None, "blank" if not written.strip() else "missing", None if not written.strip() else _NOT_KNOWN
        )
    if len(text) > LONGEST:
        return _of(None, "unreadable", f"This is a text, not a number. {_WRITE}")
    if _PLAIN.match(text):
        return _of(float(text), "ok")
    for reader in (_words, _doubtful, _with_words):
        number = reader(text)
        if number is not None:
            return number
    return _of(
        None, "unreadable", f"This is not a number. {_WRITE} Leave the cell empty where it was not counted."
    )


def _words(text: str) -> Number | None:
    """Numbers without doubt, and words for none and not known."""
    if _MISSING.match(text):
        return _of(None, "missing", _NOT_KNOWN)
    if text in _ZERO:
        return _of(0.0, "noted", "Read as 0.")
    if text in _WORD_VALUES:
        return _of(float(_WORD_VALUES[text]), "noted", f"Read as {_WORD_VALUES[text]}.")
    if _THOUSANDS.match(text):
        return _of(float(text.replace(",", "")), "ok")
    whole, fraction = text[:-1].strip(), text[-1]
    if fraction in _HALVES and (whole == "" or re.fullmatch(r"[0-9]{1,6}", whole)):
        value = float(whole or 0) + _HALVES[fraction]
        return _of(value, "noted", f"Read as {value:g}.")
    return None


def _doubtful(text: str) -> Number | None:
    """Things that look like numbers and must not be read as one."""
    if _PERCENT.search(text):
        return _of(None, "unreadable", f"A percentage is not a count. {_WRITE}")
    if re.match(r"^[-−–]\s*[0-9.]+$", text):
        return _of(None, "unreadable", "A count cannot be below 0. Check the sign.")
    if _LETTER_DIGITS.match(text):
        return _of(None, "held", f"A letter stands between the digits. {_WRITE}")
    if _BOUND.match(text):
        return _of(None, "held", f"This says more or less than a number, not which. {_WRITE}")
    if _MONTH.search(text) and re.search(r"[0-9]", text):
        return _of(None, "held", f"A spreadsheet may have turned an interval into a date. {_WRITE}")
    interval = _INTERVAL.match(text)
    if interval and _is_number(interval["low"]) and _is_number(interval["high"]):
        return _of(None, "held", f"This is an interval. {_WRITE}")
    if _VAGUE.match(text):
        return _of(None, "held", f"This is no number. {_WRITE}")
    return None


def _with_words(text: str) -> Number | None:
    """A number beside words: estimates, the thing counted, an aside in brackets."""
    about = _ABOUT.match(text) or _ISH.match(text)
    if about:
        return _noted(about["rest"], "An estimate; counted as {0}.")
    people = _PEOPLE.match(text)
    if people:
        return _noted(people["rest"], "Read as {0}.")
    bracket = _BRACKET.match(text)
    if bracket and not re.match(r"^(or|maybe|not|was|nearer|[0-9]+$)|.*[?]", bracket["aside"]):
        return _noted(bracket["rest"], "Read as {0}; the words in brackets are not counted.")
    if re.search(r"[0-9]", text):
        return _of(None, "held", f"There is more than a number here. {_WRITE}")
    return None


def _noted(rest: str, words: str) -> Number:
    """Return the inner number as noted; doubts within it stay doubts."""
    inner = read_count(rest)
    if inner.value is None:
        return _of(None, "held", inner.reason or f"This is no number. {_WRITE}")
    return _of(inner.value, "noted", words.format(f"{inner.value:g}"))


def _is_number(text: str) -> bool:
    return bool(_PLAIN.match(text)) or text in _WORD_VALUES
