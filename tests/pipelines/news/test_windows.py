"""Has a chart changed since a day: against the model of a cycle's interval, and against series of known truth."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.learning.interval import change_of
from pipelines.learning.many import headlines
from pipelines.learning.segments import Segment, Segments
from pipelines.news.windows import Series, windows_of
from pipelines.vocabulary import DataType

WEEK = 7.0
KINDS = ("values", "linked", "counts", "shares")


def columns(value, numerator=None, denominator=None, phase=None, step=7):
    """Return columns of chart_point of so many weeks in a row."""
    value = np.asarray(value, dtype=float)
    start = np.datetime64("2025-01-06") + step * np.arange(value.size)
    missing = np.full(value.size, np.nan)
    return {
        "value": value,
        "numerator": value if numerator is None else np.asarray(numerator, dtype=float),
        "denominator": missing if denominator is None else np.asarray(denominator, dtype=float),
        "period_start": start.astype(object),
        "period_end": (start + step - 1).astype(object),
        "is_running": np.zeros(value.size, dtype=bool),
        "phase": np.zeros(value.size, dtype=int) if phase is None else np.asarray(phase),
    }


def last_days(made):
    return made["period_end"].astype("datetime64[D]").astype(float)


def p_of(made, measure, n_before):
    """Return p-value and direction of the points after the first `n_before`."""
    (found,) = windows_of([Series.of(made, measure)], last_days(made)[n_before - 1])
    assert found.n_before[0] == n_before
    return found.p_value[0], found.direction[0]


def interval_of(made, measure, n_before, first=0):
    """Return the change that a cycle would have been judged by, had its Do begun on that day."""
    days = [made[name].astype("datetime64[D]").astype(float) for name in ("period_start", "period_end")]
    figures = [made[name] for name in ("value", "numerator", "denominator")]
    before, during = (
        Segment(*(one[rows] for one in (*figures, *days)))
        for rows in (slice(first, n_before), slice(n_before, None))
    )
    return change_of(Segments(before, during, None, 0, 0, 0), measure)


@pytest.mark.parametrize("weeks", [30, 51, 52, 53, 90])
@pytest.mark.parametrize("after", [1, 4, 13])
def test_of_single_values_it_is_the_p_value_of_the_interval(made, weeks, after):
    """Before and after a year is seen, with neighbours that are linked: the same model, by another way."""
    draws = np.random.default_rng([weeks, after])
    value = draws.normal(0, 3, weeks)
    value[1:] += 0.6 * value[:-1]
    value[-after:] += 4
    rows = columns(value + 50)
    p_value, direction = p_of(rows, made.measure, weeks - after)
    one = interval_of(rows, made.measure, weeks - after)
    assert p_value == pytest.approx(one.p_value, rel=1e-9)
    assert direction == one.direction


@pytest.mark.parametrize("kind", ["counts", "shares"])
@pytest.mark.parametrize("change", [0.0, 0.8, 2.0])
def test_of_counts_and_shares_it_is_close_to_the_p_value_of_the_interval(measure_of, kind, change):
    """The scale differs (root and arcsine against log and logit), the answer hardly."""
    draws = np.random.default_rng(11)
    measure, places = (count(measure_of) if kind == "counts" else share(measure_of)), []
    for _ in range(40):
        rows = drawn(kind, draws, 40, 6, change)
        places.append((p_of(rows, measure, 40)[0], interval_of(rows, measure, 40).p_value))
    ours, theirs = np.array(places).T
    assert np.abs(ours - theirs).mean() < 0.04
    assert np.abs(ours - theirs)[theirs < 0.1].max(initial=0) < 0.03
    assert np.corrcoef(np.log(ours), np.log(theirs))[0, 1] > 0.985


def count(measure_of):
    return measure_of(kind=DataType.COUNT, counts="people")


def share(measure_of):
    return measure_of(kind=DataType.PROPORTION, denominator="asked", counts="people")


def drawn(kind, draws, n_before, n_after, change=0.0):
    """Return a series whose points after a day stand `change` standard deviations of one point higher."""
    size = n_before + n_after
    step = np.where(np.arange(size) < n_before, 0.0, change)
    if kind == "counts":
        return columns(draws.poisson((5 + step / 2) ** 2))
    if kind == "shares":
        asked = draws.integers(25, 50, size)
        said = draws.binomial(asked, np.sin(np.arcsin(np.sqrt(0.4)) + step / np.sqrt(4 * 37)) ** 2)
        return columns(said / asked, said, asked)
    noise = draws.normal(size=size + 20)
    if kind == "linked":
        for at in range(1, noise.size):
            noise[at] = 0.3 * noise[at - 1] + np.sqrt(1 - 0.09) * noise[at]
    return columns(50 + 5 * (noise[20:] + step))


def measure_for(kind, measure_of):
    return {"counts": count, "shares": share}.get(kind, lambda of: of())(measure_of)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("after", [1, 4, 10])
def test_where_nothing_changed_one_in_twenty_is_below_a_twentieth(measure_of, kind, after):
    """Linked neighbours are not wholly allowed for in forty points; nothing else is above its promise."""
    draws = np.random.default_rng(after)
    measure = measure_for(kind, measure_of)
    rows = [drawn(kind, draws, 40, after) for _ in range(1500)]
    found = windows_of([Series.of(one, measure) for one in rows], last_days(rows[0])[39])
    p_value = np.array([one.p_value[0] for one in found])
    assert (p_value < 0.05).mean() < (0.10 if kind == "linked" else 0.065)
    assert (p_value < 0.05).mean() > 0.015


def test_of_what_is_kept_among_many_charts_about_one_in_ten_at_most_is_chance(measure_of):
    """60 meetings look at 80 charts each, 8 of which changed by two standard deviations eight weeks ago."""
    draws = np.random.default_rng(3)
    is_changed = np.arange(80) % 10 == 0
    false, found = [], []
    for _ in range(60):
        p_value = np.full(80, np.nan)
        for kind in KINDS:
            mine = np.flatnonzero([KINDS[(at // 2) % 4] == kind for at in range(80)])
            rows = [drawn(kind, draws, 40, 8, 2.0 * is_changed[at]) for at in mine]
            series = [Series.of(one, measure_for(kind, measure_of)) for one in rows]
            p_value[mine] = [one.p_value[0] for one in windows_of(series, last_days(rows[0])[39])]
        kept = headlines(p_value.tolist())
        false.append((kept & ~is_changed).sum() / max(kept.sum(), 1))
        found.append(kept[is_changed].mean())
    assert np.mean(false) <= 0.10 + 2 * np.std(false) / np.sqrt(60)
    assert np.mean(found) > 0.8


def test_many_series_at_once_are_each_as_alone(made, measure_of):
    draws = np.random.default_rng(8)
    rows = [drawn("values", draws, 12 + 3 * at, 2 + at) for at in range(8)]
    rows.append(columns(draws.poisson(9, 150)))
    measures = [made.measure] * 8 + [count(measure_of)]
    series = [Series.of(one, measure) for one, measure in zip(rows, measures, strict=True)]
    since = last_days(rows[-1])[10]
    for one, alone in zip(windows_of(series * 20, since), series * 20, strict=True):
        (same,) = windows_of([alone], since)
        np.testing.assert_allclose(one.p_value, same.p_value, rtol=1e-9)
        np.testing.assert_array_equal(one.n_before, same.n_before)
        np.testing.assert_array_equal(one.direction, same.direction)


def test_points_before_are_those_of_the_stretch_in_force_on_the_day(made):
    """The range was moved after week 20: a day beyond that looks back to week 20, an earlier one to the beginning."""
    draws = np.random.default_rng(2)
    value = np.concatenate([draws.normal(20, 2, 20), draws.normal(50, 2, 30)])
    rows = columns(value, phase=np.repeat([0, 1], [20, 30]))
    late, early = p_of(rows, made.measure, 44), p_of(rows, made.measure, 16)
    assert late[0] == pytest.approx(interval_of(rows, made.measure, 44, first=20).p_value, rel=1e-9)
    assert early[0] == pytest.approx(interval_of(rows, made.measure, 16).p_value, rel=1e-9)


@pytest.mark.parametrize(
    ("value", "n_before"),
    [
        pytest.param(np.arange(30.0) % 7, 11, id="eleven points before are too few"),
        pytest.param(np.arange(30.0) % 7, 30, id="nothing after"),
        pytest.param(np.full(30, 4.0), 20, id="no point ever differs"),
        pytest.param(np.repeat([4.0, 5.0], [20, 10]), 20, id="no point differs on either side"),
    ],
)
def test_what_cannot_be_compared_has_no_p_value(made, value, n_before):
    p_value, direction = p_of(columns(value), made.measure, n_before)
    assert np.isnan(p_value)
    assert direction == 0


def test_periods_still_running_and_cells_without_a_value_are_no_points(made):
    rows = columns([1.0, np.nan, 2.0, 3.0])
    rows["is_running"][-1] = True
    assert Series.of(rows, made.measure).value.tolist() == [1.0, 2.0]
    (none,) = windows_of([Series.of(columns([np.nan]), made.measure)], 0.0)
    assert none.n_before.tolist() == [0]
    assert np.isnan(none.p_value).all()
    assert windows_of([], 0.0) == []
