"""One-sided signals in the points of Do; each rule with a case that just is and one that just is not."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.learning.segments import segments_of
from pipelines.learning.signal import longest, signals
from pipelines.vocabulary import Rule

BEYOND, TWO, SHIFT, LONG = Rule.BEYOND_LIMITS, Rule.TWO_OF_THREE, Rule.SHIFT, Rule.LONG_RUN
MEAN = Rule.MEAN_OF_DO


@pytest.fixture
def fired(made):
    """Return the rules that a Do fires upwards and downwards; limits 38 to 62, two sigma 42 to 58."""

    def fired(during, limits=(38.0, 62.0), before=made.settled, **changes):
        points = made.table(before, during, limits=limits, **changes)
        segments = segments_of(points, made.cycle(points, len(during)), made.value)
        return tuple(tuple(one.rule for one in signals(segments, way)) for way in (1, -1))

    return fired


@pytest.mark.parametrize(
    ("do", "up", "down"),
    [
        ([50, 62, 50], (), ()),  # on the limit is inside
        ([50, 62.01, 50], (BEYOND,), ()),
        ([50, 37.99, 50], (), (BEYOND,)),
        ([59, 51, 59], (TWO,), ()),
        ([59, 49, 59], (), ()),  # the third is on the other side
        ([58, 51, 59], (), ()),  # on the line is not beyond it
        ([58.2, 50.2, 50.2, 58.2], (), ()),  # two of four
        ([63, 51, 59], (BEYOND, TWO), ()),  # beyond three sigma counts as near
        ([41, 49, 41], (), (TWO,)),
        ([51] * 6, (), ()),
        ([51] * 7, (SHIFT,), ()),
        ([51, 51, 51, 50, 51, 51, 51, 51], (), ()),  # a point on the centre breaks it
        ([49] * 7, (), (SHIFT,)),
        ([], (), ()),
    ],
)
def test_a_rule_fires_on_its_own_side_only(fired, do, up, down):
    assert fired(do) == (up, down)


#: Four points, twenty before, sigma 4: 2 × 4 × √(1/4 + 1/20) = 4.38 from the average of 50.
@pytest.mark.parametrize(
    ("do", "up", "down"),
    [
        ([60, 50, 60, 47.6], (MEAN,), ()),  # 54.4
        ([60, 50, 60, 47.4], (), ()),  # 54.35
        ([40, 50, 40, 52.4], (), (MEAN,)),
        ([60, None, 50, 60, 47.6], (MEAN,), ()),  # over a gap
        ([57, 50, 57], (), ()),  # three are too few
    ],
)
def test_the_mean_of_do_speaks_where_means_of_so_many_seldom_lie(fired, do, up, down):
    found = fired(do, limits=(38.0, 62.0))
    assert tuple(tuple(rule for rule in side if rule == MEAN) for side in found) == (up, down)


def test_the_mean_of_do_names_all_its_points(made):
    points = made.table(made.settled, [60, None, 50, 60, 49.8], limits=(38.0, 62.0))
    segments = segments_of(points, made.cycle(points, 5), made.value)
    assert {one.rule: one.at for one in signals(segments, 1)}[MEAN] == (0, 2, 3, 4)


def test_a_mean_of_chance_alone_seldom_speaks(made):
    """Two sides of 2 standard errors leave 4.6 % (normal distribution); the average of 50 is the true one here."""
    random = np.random.default_rng(6)
    spoken = 0
    for _ in range(250):
        points = made.table(made.settled * 10, random.normal(50, 4, 6), limits=(38.0, 62.0))
        segments = segments_of(points, made.cycle(points, 6), made.value)
        spoken += any(one.rule == MEAN for way in (1, -1) for one in signals(segments, way))
    assert spoken / 250 == pytest.approx(0.046, abs=0.03)


def test_a_gap_breaks_a_shift_as_it_does_on_the_chart(fired):
    assert fired([51, 51, 51, None, 51, 51, 51, 51]) == ((), ())


def test_without_limits_only_centre_and_median_can_speak(fired):
    none = (float("nan"), float("nan"))
    assert fired([90, 90, 90], limits=none) == ((), ())
    assert fired([90] * 7, limits=none) == ((SHIFT,), ())


#: Ten useful points: round(log2 10) + 3 = 6, so that seven in a row are long. The centre line lies far off here.
FAR = {"centre": 70.0, "limits": (0.0, 140.0)}


def test_a_run_longer_than_anhoejs_limit_speaks(fired):
    assert fired([51] * 7 + [49] * 3, **FAR)[0] == (LONG,)
    assert fired([51] * 6 + [49] * 4, **FAR)[0] == ()


def test_nine_points_are_too_few_for_a_long_run(fired):
    assert fired([51] * 7 + [49] * 2, **FAR)[0] == ()
    assert fired([51] * 7 + [49] * 2 + [50], **FAR)[0] == ()  # a point on the median is not useful


def test_the_limit_of_a_run_grows_with_the_points(fired):
    """Of 23 useful points round(log2 23) + 3 = 8 is the longest that is no signal."""
    rest = [49, 51] * 7
    assert fired([51] * 8 + [49, *rest], **FAR)[0] == ()
    assert fired([51] * 9 + rest, **FAR)[0] == (LONG,)


def test_the_median_is_the_baselines_and_not_do_s(fired):
    base = [40, 41, 39, 42, 38, 40, 41, 39, 42, 38, 40, 41]
    assert fired([45] * 7 + [39] * 3, before=base, **FAR)[0] == (LONG,)
    assert fired([45] * 7 + [39] * 3, **FAR)[0] == ()


def test_the_longest_run_is_counted_and_the_first_of_them_taken():
    assert longest(np.array([True, True, False, True])) == (0, 2)
    assert longest(np.array([False, True, False, True, True, False, True, True])) == (3, 2)
    assert longest(np.array([], dtype=bool)) == (0, 0)
    assert longest(np.array([False, False])) == (0, 0)


@pytest.mark.parametrize(
    ("do", "rule", "places"),
    [
        ([50, 63, 50, 64], BEYOND, (1, 3)),
        ([50, 59, 51, 59], TWO, (1, 3)),
        ([49, *[51] * 8, 49], SHIFT, tuple(range(1, 9))),
        ([None, *[51] * 7], SHIFT, tuple(range(1, 8))),
    ],
)
def test_a_rule_names_the_points_that_fire_it_by_their_places_in_do(made, do, rule, places):
    points = made.table(made.settled, do, limits=(38.0, 62.0))
    segments = segments_of(points, made.cycle(points, len(do)), made.value)
    assert {one.rule: one.at for one in signals(segments, 1)}[rule] == places


def test_a_long_run_names_the_points_of_the_run_also_across_one_on_the_median(made):
    points = made.table(made.settled, [49, 51, 51, 51, 50, 51, 51, 51, 51, 49, 49], **FAR)
    segments = segments_of(points, made.cycle(points, 11), made.value)
    assert [(one.rule, one.at) for one in signals(segments, 1)] == [(LONG, (1, 2, 3, 5, 6, 7, 8))]
