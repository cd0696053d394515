"""Marks and words that stand where a number should: not known, none, kept back, a formula's error."""

from __future__ import annotations

import re

_NOT = r"(do ?n['’o]?t|did ?n['’o]?t|do not|did not|was ?n['’o]?t|not|forgot to|could ?n['’o]?t|could not)"
_DONE = (
    r"(known?|ask(ed)?|count(ed)?|record(ed)?|collect(ed)?|applicable|available|done|measured|taken|check(ed)?|say|"
    r"sure|given)"
)

MISSING = re.compile(
    r"^(n ?[/.]? ?a\.?|n\.a\.?|[-–—−.?]+|_+|x+|nk|n/k|dnk|dk|tbc|tbd|null|nan|nat|<na>|missing|blank|unknown|unsure|"
    r"not sure|forgot|no data|no record|no answer|no reading|\[[xz]\]|#n/a( n/a)?|"
    rf"{_NOT} {_DONE}( it| them| this time| today)?)[.!]?$"
)
SUPPRESSED = re.compile(r"^(\*+|\[c\]|supp(ressed)?|\[supp(ressed)?\]|redacted|withheld|confidential)\.?$")
FORMULA_ERROR = re.compile(r"^#(ref|div/0|value|name|null|num|spill|calc|getting_data|####)[!?]?$|^#{2,}$")
#: Marks round a text; alone they are ditto marks.
QUOTES = "'\"`”“’‘〃″"
TRUTH = frozenset(("true", "false", "yes", "no", "y", "n"))
ZERO = frozenset(("none", "nil", "nought", "no one", "no-one", "nobody", "none at all", "zero people"))
VAGUE = re.compile(
    r"^(all|everyone|everybody|most|many|some|several|a few|few|half|lots|loads|a lot|a couple|couple|both|same|"
    r"majority|as last|ditto|tons|plenty|not many|hardly any|full|packed)\b"
)
LETTER_DIGITS = re.compile(r"^(?=.*[0-9])(?=.*[oil|sb])[0-9oil|sb.,]+$")
MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b")
DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([t ].*)?$|^[0-9]{1,2}[/.][0-9]{1,2}[/.]([0-9]{4}|[0-9]{2})$")


def looks_like_date(text: str) -> bool:
    """Whether a spreadsheet has probably turned a number into a date: 12-Oct for 10-12, 2026-05-04 for 4/5."""
    return bool(DATE.match(text)) or bool(MONTH.search(text) and re.search(r"[0-9]", text))
