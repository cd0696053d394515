"""Numbers, days, values and ranges as people write them."""

from __future__ import annotations

import pytest

from pipelines import words
from tests.pipelines.words.rows import COUNT, SHARE


@pytest.mark.parametrize(
    ("value", "measure", "told"),
    [
        (0.554, SHARE, "55%"),
        (1.0, SHARE, "100%"),
        (34.0, COUNT, "34"),
        (12.44, COUNT, "12.4"),
        (7.02, COUNT, "7"),
        (None, SHARE, "no value"),
        (1234.0, COUNT, "1,234"),
    ],
)
def test_a_value_is_told_in_its_own_unit(value, measure, told):
    assert words.value_words(value, measure) == told


def test_limits_are_clipped_to_what_can_happen_in_words_too():
    assert words.range_words(-0.1, 1.2, SHARE) == "0 to 100%"
    assert words.range_words(-3.0, 19.2, COUNT) == "0 to 19"
