"""Personal data in what people type: recognised, dropped, counted; never stored, shown or logged.

Recognised are email addresses, phone numbers, NHS numbers, full postcodes, birth dates, and names after a cue
("ring Maureen", "Mrs Khan"). A postcode leaves its outward code, the district, behind. No pattern finds every
name: free text therefore loads only where a contract or a mapping asks for it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = r"[A-Z][a-z'’-]+(?:\s+(?:[A-Z]\.?\s+)?[A-Z][a-z'’-]+)?"
_DAY = r"\d{1,2}[./ -](?:\d{1,2}|[A-Za-z]{3,9})[./ -](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.])(?:\+\s?\d{1,3}[\s().-]*|\(?0)(?:\d[\s().-]*){8,11}\d(?!\d)")
NHS_NUMBER = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
LONG_NUMBER = re.compile(r"(?<![\w.])\d(?:[ -]?\d){8,}(?!\d)")
POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*\d[A-Za-z]{2}\b")
BIRTH_DATE = re.compile(
    rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born)\b\W*(?:on|is|was)?\W*(?:{_DAY})", re.I
)
TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Cllr|Nurse|Sister|Imam|Auntie|Uncle)\b\.?\s+(?:{_NAME})")
CUED = re.compile(
    r"\b(?i:ring|call|phone|text|email|contact|ask for|speak to|spoke to|spoke with|talk to|talked to|named|names? is|"
    rf"names? are|names?:|tel\.?|patient|resident|carer|leader:|led by|run by|signed)\s*:?\s+(?:{_NAME})"
)

#: In this order: an email address may hold a name, a phone number an NHS number.
_PATTERNS = (
    ("email", EMAIL),
    ("birth date", BIRTH_DATE),
    ("phone", PHONE),
    ("NHS number", NHS_NUMBER),
    ("number", LONG_NUMBER),
    ("name", TITLED),
    ("name", CUED),
)

#: Headings of columns that hold nothing but personal data.
_PERSONAL_HEADING = re.compile(
    r"\b(e-?mail|phone|mobile|telephone|tel|whatsapp|nhs|date of birth|birth ?date|d\.?o\.?b|post ?code|address|"
    r"(first|last|full|sur|your|their|patient|participant|resident|carer|leader|contact|volunteer)[ _-]*names?|"
    r"names?|surname|forename|initials|username)\b",
    re.I,
)


def find(text: str) -> tuple[str, ...]:
    """Return the kinds of personal data in a text, each once; empty where none is recognised."""
    return scrub(text)[1]


@lru_cache(maxsize=4096)
def scrub(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without its personal data, and the kinds that were taken out.

    Each find becomes ``[name removed]`` and the like; a postcode becomes its outward code.
    """
    kinds: dict[str, None] = {}
    for kind, pattern in _PATTERNS:
        text, n_found = pattern.subn(f"[{kind} removed]", text)
        if n_found:
            kinds[kind] = None
    text, n_found = POSTCODE.subn(lambda match: match.group(1).upper(), text)
    return text, (*kinds, "postcode") if n_found else tuple(kinds)


def printable(text: str) -> str:
    """Return a text on one line, with one space between words and without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def is_personal_heading(heading: str) -> bool:
    """Whether a column holds personal data by its heading, whatever stands in it."""
    return bool(_PERSONAL_HEADING.search(heading.replace("_", " ")))


_SAFE = """
    a about all almost also and approx approximately around asked at ask attended between came children circa couple
    day didn dnk dogs dont don dozen each eight eighteen eighty eleven est every everybody everyone few fewer fifteen
    fifty five forty four fourteen half held hundred i just kids know least less lots many max maybe min more most na
    n nearly next new nil nine nineteen ninety no nobody none not nothing o of one or over passed people people's per
    percent cent persons plus recorded roughly same say second session seven seventeen seventy several seventh six
    sixteen sixty so some t tbc ten than the them thirteen thirty three to today tomorrow twelve twenty two under unknown
    up visitors weekly yes yesterday zero l kg ish jan feb mar apr may jun jul aug sep sept oct nov dec january
    february march april june july august september october november december mon monday tue tues tuesday wed weds
    wednesday thu thur thurs thursday fri friday sat saturday sun sunday st nd rd th first third fourth week month year
    adopt adapt abandon continue idea action prototype model scaled stopped
"""
_SAFE_WORDS = frozenset(_SAFE.split())
_MONTHS = "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september"
_MONTH_WORDS = frozenset((*_MONTHS.split(), "october", "november", "december"))
_PIECE = re.compile(r"[A-Za-z]+|\d+")
_DATE_SHAPE = re.compile(r"^(20\d{2}|\d{1,2})[./ -]\d{1,2}[./ -]([0-3]\d|20\d{2})$", re.ASCII)
_OLD_YEAR = re.compile(r"(?<!\d)(1[89]\d{2}|[4-9]\d)$|(?<!\d)1[89]\d{2}(?!\d)", re.ASCII)


def mask(value: str | None) -> str | None:
    """Return a value fit to be shown in a list of faults.

    Numbers of up to six digits, dates since 2000 and everyday words of counting stay as written, since a person
    needs them to find and mend the cell. Everything else is told by its length only.
    """
    if value is None:
        return None
    text = printable(value)
    if text == "" or _DATE_SHAPE.match(text):
        return text
    return text if _is_safe(text) else f"[not shown: {len(text)} characters]"


def _is_safe(text: str) -> bool:
    """Whether a text is numbers and everyday words: no name, no long number, no date of birth."""
    if len(text) > 40 or not text.isascii() or sum(character.isdigit() for character in text) > 6:
        return False
    pieces = _PIECE.findall(text)
    words = [piece.lower() for piece in pieces if piece.isalpha()]
    if len(words) == len(pieces) and _MONTH_WORDS & set(words):  # April, May and June are names too
        return False
    is_dated = len(pieces) - len(words) > 1 or bool(_MONTH_WORDS & set(words))
    if is_dated and _OLD_YEAR.search(text):
        return False
    return all(word in _SAFE_WORDS for word in words) and not POSTCODE.search(text)


_UNIT_WORDS = """
    kg kgs kilo kilos g gram grams lb lbs pound pounds oz stone l litre litres ml p pence m min mins minute minutes h hr
    hrs hour hours s sec secs day days week weeks mmhg people person ppl adults adult children kids meals meal boxes box
    bags bag crates crate trays tray pallets pallet tins tin parcels parcel x left right arm r sitting standing
"""
_UNITS = frozenset(_UNIT_WORDS.split())
_AMOUNT = r"\d{1,4}(?:,\d{3})?(?:\.\d{1,4})?\s?[½¼¾]?\s?[+?]?\s?(?:%|[a-z]{1,8})?"
_JOINT = r"\s?(?:/|-|–|—|\+|to|or|and|of|out of|x)\s?"
_AMOUNTS = re.compile(
    rf"^[~≈<>≤≥=±£+-]{{0,2}}\s?{_AMOUNT}(?:{_JOINT}£?{_AMOUNT})?\s?(?:\([a-z ]{{1,16}}\))?$", re.I
)
_CENTURY = re.compile(r"(?<!\d)1[89]\d{2}(?!\d)", re.ASCII)


def mask_amount(value: str) -> str:
    """Return a cell of a counted column fit to be kept: one number or two, with units; anything else as `mask` has it.

    Two numbers are no date of birth; a year of one is still not shown.
    """
    text = printable(value)
    words = {word.lower() for word in _PIECE.findall(text) if word.isalpha()}
    if (
        _AMOUNTS.match(text)
        and words <= _UNITS | _SAFE_WORDS
        and not _CENTURY.search(text)
        and not find(text)
    ):
        return text
    return mask(value) or ""


def mask_id(value: str, known: tuple[str, ...]) -> str:
    """Return an unknown id fit to be shown: only where it is built like one, with a digit or a joint, not a name."""
    text = value.strip()
    is_built = re.fullmatch(r"[a-z0-9]+([_-][a-z0-9]+)*", text) and re.search(r"[_\d-]", text)
    if text in known or (
        is_built and len(text) <= 64 and sum(c.isdigit() for c in text) <= 4 and not find(text)
    ):
        return text
    return f"[not shown: {len(text)} characters]"
