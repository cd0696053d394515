"""One number without a doubt, in digits or in words: 12, 1,050, 7½, twelve, two dozen."""

from __future__ import annotations

import re

_ONES = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
)
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
_WORDS = {word: value for value, word in enumerate(_ONES)} | _TENS | {"a": 1, "an": 1}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

#: Longer rows of digits are telephone numbers and the like.
DIGITS = r"[0-9]{1,9}"
_PART = f"[{''.join(_FRACTIONS)}]"
_PLACES = r"\.[0-9]{1,17}"  # a formula's result is stored with up to 17 digits: 0.8974358974358975
_DECIMALS = rf"(?:{_PLACES})?"
#: A number in digits, for building other patterns.
NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+{_DECIMALS}|{DIGITS}{_DECIMALS}(?: ?{_PART})?|{_PART})"

_PLAIN = re.compile(rf"^{DIGITS}({_PLACES})?$")
_POINT_FIRST = re.compile(rf"^{_PLACES}$")
_THOUSANDS = re.compile(rf"^[0-9]{{1,3}}(,[0-9]{{3}})+({_PLACES})?$")
_MIXED = re.compile(rf"^(?P<whole>{DIGITS})? ?(?P<part>[{''.join(_FRACTIONS)}]|[1-7]/[2-8])$")
_DOZENS = re.compile(r"^(?P<rest>.+?) dozens?$")


def in_digits(text: str) -> float | None:
    """Return a number in digits that nobody would read otherwise; 007, 12,5 and 1 050 are none.

    Parameters
    ----------
    text
        In small letters, without white space round it.

    Returns
    -------
    float or None
        From 0.
    """
    if _PLAIN.match(text) or _POINT_FIRST.match(text):
        is_code = len(text.partition(".")[0]) > 2 and text[0] == "0"
        return None if is_code else float(text)
    if _THOUSANDS.match(text):
        return None if text[0] == "0" else float(text.replace(",", ""))
    return None


def in_words(text: str) -> float | None:
    """Return a number written with words or with a fraction: twelve, twenty-one, 7½, 7 1/2, a dozen."""
    mixed = _MIXED.match(text)
    if mixed:
        return _mixed(mixed)
    dozens = _DOZENS.match(text)
    if dozens or text == "dozen":
        many = _count(dozens["rest"]) if dozens and dozens["rest"] != "a" else 1.0
        return None if many is None else many * 12
    return _words(text)


def _count(text: str) -> float | None:
    digits = in_digits(text)
    return _words(text) if digits is None else digits


def _mixed(match: re.Match[str]) -> float | None:
    """Return 7.5 for 7½ and 7 1/2; 1/2 alone may be two numbers and is none."""
    whole, part = match["whole"], match["part"]
    if part in _FRACTIONS:
        return float(whole or 0) + _FRACTIONS[part]
    over, under = int(part[0]), int(part[2])
    if whole is None or over >= under or not match[0].startswith(f"{whole} "):
        return None
    return float(whole) + over / under


def _words(text: str) -> float | None:
    hundreds, _, rest = text.partition(" hundred")
    if rest or text.endswith(" hundred"):
        many, more = _below_hundred(hundreds), _below_hundred(re.sub(r"^ (and )?", "", rest)) if rest else 0
        return None if many is None or more is None or not 1 <= many <= 9 else many * 100.0 + more
    if text in ("a", "an"):
        return None
    value = _below_hundred(text)
    return None if value is None else float(value)


def _below_hundred(text: str) -> int | None:
    if text in _WORDS:
        return _WORDS[text]
    ten, _, one = text.replace("-", " ").partition(" ")
    if ten in _TENS and one in _ONES[1:10]:
        return _TENS[ten] + _WORDS[one]
    return None
