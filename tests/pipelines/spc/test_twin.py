"""The engine against its plain twin: the same lines, flags, words, counts and icons on whatever hypothesis draws."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.spc import chart
from tests.pipelines.spc.plain_twin import NEED_DENOMINATORS, RULE_SETS, Point, twin

nan = math.nan
KINDS = ("run", "i", "mr", "ip", "xbar", "s", "t", "g", "c", "u", "up", "p", "pp")
LINES = ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")
COUNTS = (
    "n_points",
    "n_base",
    "n_useful",
    "longest_run",
    "longest_run_max",
    "n_crossings",
    "n_crossings_min",
)
WORDS = ("variation", "assurance", "limits_state", "why_no_limits", "remedy", "rules_that_cannot_fire")
#: Relative tolerances: a GLM is fitted, the rest is arithmetic.
FIGURES = {"sigma_z": 1e-9, "dispersion": 1e-6, "autocorrelation": 1e-8}

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
SOME = settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=QUIET)


# What is drawn ----------------------------------------------------------------------------------------------------


@st.composite
def questions(draw, kind: str) -> dict:
    """Draw one series of a kind and the way it is asked about: the arguments of a chart.

    Lengths and options are hypothesis's own, and so made as small as they can be when something fails; what fills the
    rows comes from a seed.
    """
    random = Random(draw(st.integers(0, 10**9)))
    y, n, x = rows_of(kind, draw(st.integers(0, 45)), random)
    mask = st.just([random.random() < 0.6 for _ in y])
    seldom = st.just([random.random() < 0.08 for _ in y])
    options = {
        "kind": kind,
        "y": y,
        "x": x,
        "n": n,
        "phases": draw(st.one_of(st.just([]), st.lists(st.integers(0, 30), min_size=1, max_size=3))),
        "baseline": draw(st.one_of(st.none(), st.integers(0, 30), mask)),
        "excluded": draw(st.one_of(st.just([]), seldom)),
        "centre_line": draw(st.one_of(st.none(), st.none(), st.none(), centres(kind))),
        "factor": draw(st.sampled_from([2.66, 3 / 1.128])),
        "screen": draw(st.booleans()),
        "rules": draw(st.sampled_from([None, "mdc", "mdc", *RULE_SETS])),
        "better": draw(st.sampled_from(["up", "down", "neither"])),
        "multiply": draw(st.sampled_from([1, 1, 100])),
        "target": draw(st.one_of(st.none(), goal, st.just([random.choice(GOALS) for _ in y]))),
    }
    if kind in ("run", "i", "mr", "t", "g"):
        options["aggregate"] = draw(st.sampled_from(["mean", "median", "sum"]))
    if kind in ("up", "pp"):
        options["sigma_z_floor"] = draw(st.sampled_from([0.0, 1.0]))
    return options


GOALS = [-40.0, 0.0, 0.3, 1.0, 5.0, 30.0, 70.0, 200.0, nan]
goal = st.sampled_from(GOALS)


def centres(kind: str) -> st.SearchStrategy[float]:
    """Draw a centre line that the kind can have."""
    return st.sampled_from([0.0, 0.25, 0.5] if kind in ("p", "pp", "u", "up") else [0.0, 1.0, 4.5, 50.0])


#: What fills a series: whole numbers close together or far apart, halves and eighths, few events, all the same.
NUMBERS = [(-9, 9, 1), (40, 60, 1), (0, 3, 1), (-900, 900, 8), (7, 7, 1)]
EVENTS = [(0, 12, 1), (0, 2, 1), (20, 90, 1), (0, 0, 1)]
TIMES = [(1, 500, 1), (0, 40, 1), (1, 4, 4), (3, 3, 1)]
FILLED_BY = dict.fromkeys(("run", "i", "mr", "ip", "xbar", "s"), NUMBERS) | {"t": TIMES}
FILLED_BY |= dict.fromkeys(("g", "c", "u", "up", "p", "pp"), EVENTS)
TRIALS = [(50, 50, 1), (5, 80, 1), (0, 20, 1)]


def rows_of(kind: str, n_points: int, random: Random) -> tuple[list[float], list[float] | None, list | None]:
    """Return the rows of a series: values, denominators where the chart has them, and x."""
    places = [place for place, size in enumerate(sizes_of(kind, n_points, random)) for _ in range(size)]
    least, most, parts = random.choice(FILLED_BY[kind])
    bend = bent(random)
    y = [random.randint(least, most) / parts + bend(place) for place in places]
    n = None
    if kind in NEED_DENOMINATORS or random.random() < 0.3:
        least, most, parts = random.choice(TRIALS)
        n = with_gaps([float(random.randint(least, most)) for _ in places], random)
        if kind in ("p", "pp"):  # a share has no more events than trials
            y = [min(above, below) if below == below else above for above, below in zip(y, n, strict=True)]
    return in_any_order(with_gaps(y, random), n, labels(places, random), random)


def sizes_of(kind: str, n_points: int, random: Random) -> list[int]:
    """Return how many rows each point has: one, several or, for samples, five."""
    most = random.choice([4, 5]) if kind in ("xbar", "s") else random.choice([1, 1, 4])
    return [5 if most == 5 else random.randint(1, most) for _ in range(n_points)]


def bent(random: Random) -> Callable[[int], float]:
    """Return what is laid over a series, so that rules fire: nothing, a step, a climb and a fall, or a bump."""
    begins, lasts = random.randint(0, 20), random.randint(1, 12)
    shape, size = random.choice(["flat", "step", "climb", "bump"]), random.choice([1, 3, 5, 8, 12, 100])

    def bend(place: int) -> float:
        if shape == "climb":  # steeper than any two values lie apart
            return 300.0 * max(0, lasts - abs(place - begins - lasts))
        inside = begins <= place < begins + lasts
        return float(size * {"flat": False, "step": place >= begins, "bump": inside}[shape])

    return bend


def with_gaps(values: list[float], random: Random) -> list[float]:
    """Return the values with none, few or many of them missing."""
    share = random.choice([0, 0, 0.05, 0.3])
    return [nan if random.random() < share else value for value in values]


def labels(places: list[int], random: Random) -> list | None:
    """Return x: none where each row is a point, else numbers or words, one of them missing now and then."""
    if len(set(places)) == len(places) and random.random() < 0.5:
        return None
    if random.random() < 0.15:
        return [f"week {place:02}" for place in places]
    lacks = random.choice([None, None, 2])
    return [None if place == lacks and len(places) > 3 else 3 * place - 20 for place in places]


def in_any_order(
    y: list[float], n: list[float] | None, x: list | None, random: Random
) -> tuple[list[float], list[float] | None, list | None]:
    """Shuffle the rows where x can sort them again."""
    if x is None or random.random() < 0.5:
        return y, n, x
    order = random.sample(range(len(y)), len(y))
    return [y[i] for i in order], None if n is None else [n[i] for i in order], [x[i] for i in order]


# How it is compared -----------------------------------------------------------------------------------------------


def compare(question: dict) -> None:
    """Assert that the engine and the twin give the same chart."""
    points, summaries = twin(**question)
    drawn = chart(**arrays(question))
    scale = max((abs(point.value) for point in points if not math.isnan(point.value)), default=0.0)
    lines_must_agree(drawn, points, scale)
    counts_of_points_must_agree(drawn, points)
    if hangs_on_rounding(points, scale) or any(one.runs_signal is None for one in summaries):
        return
    flags_must_agree(drawn, points)
    summaries_must_agree(drawn.summary(), summaries)


def arrays(question: dict) -> dict:
    """Return the arguments as `chart` takes them."""
    given = dict(question)
    for name in ("baseline", "excluded"):
        if isinstance(given[name], list) and given[name]:
            given[name] = np.array(given[name])
    return given


def lines_must_agree(drawn, points: list[Point], scale: float) -> None:
    assert len(drawn.value) == len(points)
    np.testing.assert_allclose(drawn.value, column(points, "value"), rtol=1e-9, atol=1e-13 * scale)
    for line in LINES:
        mine, theirs = getattr(drawn, line), column(points, line)
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-12 * scale, err_msg=line)


def counts_of_points_must_agree(drawn, points: list[Point]) -> None:
    np.testing.assert_allclose(drawn.numerator, column(points, "numerator"), rtol=1e-12)
    np.testing.assert_allclose(drawn.denominator, column(points, "denominator"), rtol=1e-12)
    np.testing.assert_allclose(drawn.target, column(points, "target"))
    for name in ("phase", "is_baseline", "is_excluded"):
        assert getattr(drawn, name).tolist() == [getattr(point, name) for point in points], name


def flags_must_agree(drawn, points: list[Point]) -> None:
    frame = drawn.to_frame()
    for rule in ("beyond_limits", "two_of_three", "trend", "shift"):
        assert frame[rule].tolist() == [bool(point.fired.get(rule)) for point in points], rule
    assert [None if word != word else word for word in frame["rule"]] == [point.rule for point in points]
    assert frame["point_type"].tolist() == [point.point_type for point in points]


def summaries_must_agree(mine, summaries) -> None:
    assert len(mine) == len(summaries)
    for row, theirs in zip(mine.to_dict("records"), summaries, strict=True):
        for name in COUNTS:
            expected = getattr(theirs, name)
            assert (None if row[name] != row[name] else row[name]) == expected, name
        assert row["runs_signal"] == theirs.runs_signal
        for name in WORDS:
            assert (None if row[name] != row[name] else row[name]) == getattr(theirs, name), name
        for name, relative in FIGURES.items():
            np.testing.assert_allclose(row[name], getattr(theirs, name), relative, 1e-12, err_msg=name)


def column(points: list[Point], name: str) -> np.ndarray:
    return np.array([getattr(point, name) for point in points], dtype=float)


def hangs_on_rounding(points: list[Point], scale: float) -> bool:
    """Whether a value or a target lies so close to a line, and yet not on it, that the last digits decide."""
    for point in points:
        for line in (getattr(point, name) for name in LINES):
            for value in (point.value, point.target):
                if 1e-14 * scale < abs(value - line) < 1e-9 * max(scale, abs(line)):
                    return True
    return False


@pytest.mark.parametrize("kind", KINDS)
@SOME
@given(data=st.data())
def test_the_engine_gives_what_its_plain_twin_gives(kind, data):
    compare(data.draw(questions(kind)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@MANY
@given(data=st.data())
def test_the_engine_gives_what_its_plain_twin_gives_on_many_more_series(kind, data):
    compare(data.draw(questions(kind)))
