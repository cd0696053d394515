"""A released series as it is published."""

from __future__ import annotations

import numpy as np

from pipelines.disclosure import release, without_telling_which
from pipelines.vocabulary import DataType


def test_a_star_does_not_say_whether_the_count_or_what_is_left_of_it_is_small(make_measure, make_series):
    measure = make_measure(DataType.PROPORTION)
    rows = make_series(measure, [30] * 17 + [3, 58, 5], [60] * 19 + [8])
    told = release(rows, measure).observation["hidden_reason"].tolist()[-3:]
    assert told == ["small", "complement", "denominator"]
    out = without_telling_which(release(rows, measure))
    assert out.observation["hidden_reason"].tolist()[-3:] == ["held", "held", "denominator"]
    assert not out.secondary


def test_a_series_without_stars_is_published_as_it_is(make_measure, make_series):
    measure = make_measure(DataType.PROPORTION)
    one = release(make_series(measure, [30] * 5, np.full(5, 60)), measure)
    assert without_telling_which(one).observation is one.observation
