"""The engine against its plain twin: the same lines, flags, words, counts and icons on whatever hypothesis draws."""

from __future__ import annotations

import math
from collections.abc import Callable

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
SOME = settings(max_examples=30, deadline=None, suppress_health_check=QUIET)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=QUIET)


# What is drawn ----------------------------------------------------------------------------------------------------


@st.composite
def questions(draw, kind: str) -> dict:
    """Draw one series of a kind and the way it is asked about: the arguments of a chart."""
    y, n, x = draw(rows_of(kind))
    options = {
        "kind": kind,
        "y": y,
        "x": x,
        "n": n,
        "phases": draw(st.one_of(st.just([]), st.lists(st.integers(0, 30), min_size=1, max_size=3))),
        "baseline": draw(st.one_of(st.none(), st.integers(0, 30), masks(len(y)))),
        "excluded": draw(st.one_of(st.just([]), masks(len(y), seldom=True))),
        "centre_line": draw(st.one_of(st.none(), st.none(), centres(kind))),
        "factor": draw(st.sampled_from([2.66, 3 / 1.128])),
        "screen": draw(st.booleans()),
        "rules": draw(st.sampled_from([None, "mdc", *RULE_SETS])),
        "better": draw(st.sampled_from(["up", "down", "neither"])),
        "multiply": draw(st.sampled_from([1, 1, 100])),
        "target": draw(targets(len(y))),
    }
    if kind in ("run", "i", "mr", "t", "g"):
        options["aggregate"] = draw(st.sampled_from(["mean", "median", "sum"]))
    if kind in ("up", "pp"):
        options["sigma_z_floor"] = draw(st.sampled_from([0.0, 1.0]))
    return options


@st.composite
def rows_of(draw, kind: str) -> tuple[list[float], list[float] | None, list | None]:
    """Draw the rows of a series: values, denominators where the chart has them, and x."""
    n_points = draw(st.one_of(st.integers(0, 45), st.integers(13, 30)))
    sizes = draw(sizes_of(kind, n_points))
    places = [point for point, size in enumerate(sizes) for _ in range(size)]
    value = draw(st.sampled_from(VALUES[kind]))
    y = draw(st.lists(value, min_size=len(places), max_size=len(places)))
    bend = draw(bends())
    y = [one + bend(place) for one, place in zip(y, places, strict=True)]
    n = None
    if kind in NEED_DENOMINATORS or (kind in ("run", "i", "ip", "mr") and draw(st.booleans())):
        n, y = draw(denominators(kind, y))
    x = draw(labels(places))
    if x is not None and draw(st.booleans()):
        order = draw(st.permutations(range(len(y))))
        y, x = [y[i] for i in order], [x[i] for i in order]
        n = None if n is None else [n[i] for i in order]
    return y, n, x


@st.composite
def bends(draw) -> Callable[[int], float]:
    """Draw what is laid over a series, so that rules fire: nothing, a step, a steep climb and fall, or a bump."""
    begins, lasts = draw(st.integers(0, 30)), draw(st.integers(1, 12))
    shape, size = draw(st.sampled_from(["flat", "step", "climb", "climb", "bump"])), draw(st.integers(1, 12))

    def bend(place: int) -> float:
        inside = begins <= place < begins + lasts
        if shape == "climb":
            return 25.0 * max(0, lasts - abs(place - begins - lasts))
        return float(size * {"flat": False, "step": place >= begins, "bump": inside}[shape])

    return bend


def sizes_of(kind: str, n_points: int) -> st.SearchStrategy[list[int]]:
    """Draw how many rows each point has."""
    one = st.just([1] * n_points)
    several = st.lists(st.integers(1, 4), min_size=n_points, max_size=n_points)
    five = st.just([5] * n_points)
    return st.one_of(several, five) if kind in ("xbar", "s") else st.one_of(one, one, several)


def often(values: st.SearchStrategy) -> st.SearchStrategy:
    """Draw mostly these values and now and then a missing one."""
    return st.one_of(values, values, values, values, values, values, values, st.just(nan))


NUMBERS = [
    often(st.integers(-9, 9).map(float)),
    st.integers(40, 60).map(float),
    often(st.integers(0, 3).map(float)),
    often(st.integers(-900, 900).map(lambda one: one / 8)),
    st.just(7.0),
]
EVENTS = [
    often(st.integers(0, 12).map(float)),
    st.integers(0, 2).map(float),
    often(st.integers(20, 90).map(float)),
    st.just(0.0),
]
TIMES = [
    often(st.integers(1, 500).map(float)),
    st.integers(0, 40).map(float),
    st.integers(1, 4).map(lambda one: one / 4),
    st.just(3.0),
]
VALUES = dict.fromkeys(("run", "i", "mr", "ip", "xbar", "s"), NUMBERS)
VALUES |= dict.fromkeys(("g", "c", "u", "up", "p", "pp"), EVENTS)
VALUES |= {"t": TIMES}


@st.composite
def denominators(draw, kind: str, y: list[float]) -> tuple[list[float], list[float]]:
    """Draw denominators, equal or varying, none or missing now and then; a share has no more events than trials."""
    size = st.sampled_from(
        [st.just(50.0), st.integers(5, 80).map(float), often(st.integers(0, 20).map(float))]
    )
    n = draw(st.lists(draw(size), min_size=len(y), max_size=len(y)))
    if kind in ("p", "pp"):
        y = [min(above, below) if below == below else above for above, below in zip(y, n, strict=True)]
    return n, y


@st.composite
def labels(draw, places: list[int]) -> list | None:
    """Draw x: none where each row is a point, else numbers or words, one of them missing now and then."""
    if len(set(places)) == len(places) and draw(st.booleans()):
        return None
    as_word = draw(st.sampled_from([False, False, False, True]))
    x = [f"week {place:02}" if as_word else 3 * place - 20 for place in places]
    if not as_word and x and draw(st.sampled_from([False, False, True])):
        x = [None if i == 2 else one for i, one in enumerate(x)]
        return x if any(one is not None for one in x) else None
    return x


def masks(size: int, *, seldom: bool = False) -> st.SearchStrategy[list[bool]]:
    """Draw yes or no for every row."""
    choice = st.sampled_from([False] * 9 + [True]) if seldom else st.booleans()
    return st.lists(choice, min_size=size, max_size=size)


def centres(kind: str) -> st.SearchStrategy[float]:
    """Draw a centre line that the kind can have."""
    return st.sampled_from([0.0, 0.25, 0.5] if kind in ("p", "pp", "u", "up") else [0.0, 1.0, 4.5, 50.0])


def targets(n_rows: int) -> st.SearchStrategy:
    """Draw a target: none, one for all, or one a row."""
    one = st.sampled_from([-40.0, 0.0, 0.3, 1.0, 5.0, 30.0, 70.0, 200.0])
    return st.one_of(st.none(), one, st.lists(often(one), min_size=n_rows, max_size=n_rows))


# How it is compared -----------------------------------------------------------------------------------------------


def compare(question: dict) -> None:
    """Assert that the engine and the twin give the same chart."""
    points, summaries = twin(**question)
    drawn = chart(**arrays(question))
    scale = max((abs(point.value) for point in points if not math.isnan(point.value)), default=0.0)
    lines_must_agree(drawn, points, scale)
    counts_of_points_must_agree(drawn, points)
    if hangs_on_rounding(points, scale):
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
        if theirs.runs_signal is not None:
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
