"""The search finds a true figure in whatever it is wrapped."""

from __future__ import annotations

import base64
import json
import struct

import numpy as np
import pytest

from tests.canary.planted import primes
from tests.canary.search import Canaries

RATE = 331 / 997
CANARIES = Canaries([997.0, 331.0], [RATE])


@pytest.mark.parametrize(
    "value",
    [
        997,
        997.0,
        RATE,
        100 * RATE,
        "of 997 people",
        "0.331996",
        "33.1996%",
        "1,000 and 997.",
        "?n=997",
        "%33%31 and &#57;97",
        json.dumps({"a": [{"b": 997}]}),
        {"y": {"dtype": "f8", "bdata": base64.b64encode(np.array([1.0, RATE]).tobytes()).decode()}},
        f'<img src="data:image/svg+xml;base64,{base64.b64encode(b"<title>997</title>").decode()}">',
        "background:url(data:image/svg+xml,%3Ctitle%3E997%3C/title%3E)",
        b"date,checked\n2026-01-05,997\n",
    ],
)
def test_a_true_figure_is_found(value):
    assert CANARIES.in_value(value)


@pytest.mark.parametrize(
    "value", [995, 0.33, "33%", "a997b", "1997", "9971", "0.9971", "2026-01-05", None, True, np.nan]
)
def test_what_is_none_is_left_alone(value):
    assert not CANARIES.in_value(value)


def test_bytes_are_searched_for_doubles_and_for_digits():
    assert CANARIES.in_bytes(b"x" + struct.pack("<d", RATE))
    assert CANARIES.in_bytes(b"x" + struct.pack("<d", 997.0))
    assert CANARIES.in_bytes(b"... 0.331996 ...")
    assert not CANARIES.in_bytes(struct.pack("<d", 995.0))


def test_denominators_begin_with_997_and_1009():
    assert primes(997)[:3] == [997, 1009, 1013]
