"""A record's body as text, always the same text for the same record: what is hashed, stored and read back.

JSON with sorted keys, no spaces, composed characters (NFC) and UTF-8; a number that is whole is written whole
(5, never 5.0), so that one record has one text whichever field of a screen it was typed into.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import types
import typing
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from functools import lru_cache
from typing import Any

from pipelines.records.kinds import KINDS, Body

#: Beyond it not every whole number is a float of its own.
_EXACT = 2**53


def canonical(value: Any) -> str:
    """Return a value of text, numbers, lists and tables as its one JSON text.

    Raises
    ------
    ValueError
        For a number that is not finite, or two keys that are the same once composed.
    """
    plain = _plain(value)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def body_text(body: Body) -> str:
    """Return a body as its one text; a field that holds its default is left out.

    So a later version may add fields with a default and every older record keeps its text. A default never changes.
    """
    held = {field.name: getattr(body, field.name) for field in fields(body)}
    defaults = {field.name: _default(field) for field in fields(body)}
    return canonical({name: value for name, value in held.items() if value != defaults[name]})


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def body_of(kind: str, text: str) -> Body:
    """Return the body that a text holds.

    Raises
    ------
    ValueError
        Where the kind or a field is not known to this version, or a value is not of its field's type.
    """
    made = KINDS.get(kind)
    if made is None:
        raise ValueError(f"The kind {kind!r} is not known.")
    held = json.loads(text)
    if not isinstance(held, dict):
        raise ValueError(f"No fields where {kind} belongs.")
    types_of = field_types(made)
    strangers = sorted(set(held) - set(types_of))
    if strangers:
        raise ValueError(f"The field {strangers[0]!r} of {kind} is not known.")
    try:
        return made(**{name: _typed(value, types_of[name]) for name, value in held.items()})
    except TypeError as error:  # a field without which there is no such record
        raise ValueError(str(error)) from error


def field_types(kind: type[Body]) -> dict[str, Any]:
    """Return the type of each field of a kind, without its None."""
    return _field_types(kind.KIND)


@lru_cache
def _field_types(word: str) -> dict[str, Any]:
    kind = KINDS[word]
    hints = typing.get_type_hints(kind)
    return {field.name: _some(hints[field.name]) for field in fields(kind)}


def _some(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


def _typed(value: Any, hint: Any) -> Any:
    """Return a value read from JSON as its field has it."""
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if hint is float:
        return float(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if isinstance(hint, type) and not isinstance(value, hint):
        raise ValueError(f"{type(value).__name__} where {hint.__name__} belongs.")
    return value


def _plain(value: Any) -> Any:
    """Return a value with composed text, days as text and whole numbers whole."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        plain = {_plain(key): _plain(part) for key, part in value.items()}
        if len(plain) != len(value):
            raise ValueError("Two keys are the same text.")
        return plain
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return _number(value)


def _number(value: Any) -> int | float:
    if hasattr(value, "__index__"):
        return int(value)
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("A number must be finite.")
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number
