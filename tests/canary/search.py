"""Every number in everything that is shown: fields parsed, texts read, pictures and arrays decoded."""

from __future__ import annotations

import base64
import bisect
import html
import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

import numpy as np

#: A number by itself: not a part of a word, a hash or a longer number.
NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?![\w])", re.IGNORECASE)
DATA_URI = re.compile(r"data:[\w/+.-]*(;base64)?,([^\"')\s<]+)")

#: Digits of a rate in a file as it is.
DIGITS = re.compile(rb"(?<![\d.])\d{1,2}\.\d{5}(?=\d)")

#: Digits after the point from which a rate is told apart by them.
TELLING = 6


class Canaries:
    """True figures, and whether a number is one of them."""

    def __init__(self, counts: Iterable[float], rates: Iterable[float]) -> None:
        self.counts = set(counts)
        self.rates = sorted({*rates, *(100 * rate for rate in rates)})

    def sings(self, value: float, digits: int = 15) -> bool:
        """Tell whether a number is a true figure; of a rate at least `TELLING` digits after the point must be there."""
        if not math.isfinite(value):
            return False
        if abs(value) in self.counts:
            return True
        if digits < TELLING:
            return False
        near = 0.5 * 10.0 ** -min(digits, 12)
        at = bisect.bisect_left(self.rates, abs(value) - near)
        return at < len(self.rates) and self.rates[at] <= abs(value) + near

    def in_text(self, text: str) -> list[str]:
        """Return the true figures in a text, in what it holds encoded, and in the numbers of a JSON in it."""
        found = []
        for one in unfolded(text):
            found += [
                f"{match[0]!r} in …{one[max(0, match.start() - 60) : match.end() + 40]}…"
                for match in NUMBER.finditer(one)
                if any(self._sings_as(token) for token in _readings(match[0]))
            ]
        return found

    def _sings_as(self, token: str) -> bool:
        digits = len(token.lower().split("e")[0].partition(".")[2])
        value = float(token)
        return self.sings(value, digits) or (digits >= TELLING - 2 and self.sings(value / 100, digits + 2))

    def in_value(self, value: Any) -> list[str]:
        """Return the true figures in a cell, whatever it holds."""
        if isinstance(value, bool) or value is None:
            return []
        if isinstance(value, int | float):
            return [repr(value)] if self.sings(float(value)) else []
        if isinstance(value, dict):
            if set(value) >= {"dtype", "bdata"}:
                return [f"{number!r} in an array" for number in _array(value) if self.sings(number)]
            return [found for one in value.values() for found in self.in_value(one)]
        if isinstance(value, list | tuple | set):
            return [found for one in value for found in self.in_value(one)]
        if isinstance(value, bytes):
            return self.in_text(value.decode("utf-8", "replace"))
        text = str(value)
        return self.in_text(text) + (self.in_value(parsed) if (parsed := _json(text)) is not None else [])

    def in_bytes(self, content: bytes) -> list[str]:
        """Return the true figures in a file as its bytes are: doubles in place, and six-digit rates as text."""
        doubles = np.array([*self.counts, *self.rates])
        found: list[str] = []
        for offset in range(8):
            end = offset + (len(content) - offset) // 8 * 8
            there = np.isin(doubles, np.frombuffer(content[offset:end], "<f8"))
            found += [f"{value!r} as a double" for value in doubles[there]]
        texts = {f"{rate:.6f}"[:-1].encode() for rate in self.rates}
        return found + [f"{text!r} as text" for text in texts & set(DIGITS.findall(content))]


def unfolded(text: str) -> Iterator[str]:
    """Return a text, what it is without its HTML and URL escapes, and what its data URIs hold."""
    seen = set()
    for one in (text, html.unescape(text), unquote(html.unescape(text))):
        if one not in seen:
            seen.add(one)
            yield DATA_URI.sub(" ", one)
    for is_base64, body in DATA_URI.findall(text):
        yield base64.b64decode(unquote(body)).decode("utf-8", "replace") if is_base64 else unquote(body)


def _readings(token: str) -> list[str]:
    """Return the numbers that digits with commas may be: one with thousands, or several side by side."""
    parts = token.strip(",").split(",")
    return ["".join(parts), *(part for part in parts if part and len(parts) > 1)]


def _json(text: str) -> Any:
    if text[:1] not in "[{":
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _array(value: dict[str, Any]) -> list[float]:
    names = {
        "f8": "<f8",
        "f4": "<f4",
        "i1": "i1",
        "i2": "<i2",
        "i4": "<i4",
        "u1": "u1",
        "u2": "<u2",
        "u4": "<u4",
    }
    return [float(n) for n in np.frombuffer(base64.b64decode(value["bdata"]), names[value["dtype"]])]
