"""Trial runs of the verdict: how large a change each of many made series would have to hold to be called one.

The verdict's arithmetic on numbers that are normal, linked to their neighbours, and in units of one baseline point's
standard deviation. A change of δ at Do adds δ to every point of Do and to the estimated change, and nothing to the
residuals; so for each series the smallest δ that passes each part of the verdict can be read off at once, and the
power at any δ is the share of series that need no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.evidence import TREND_MATTERS
from pipelines.learning.interval import LEVEL, SPAN_FOR_SEASON
from pipelines.learning.link import by_distance, linked, shrunk
from pipelines.learning.model import Design, design_of
from pipelines.learning.odd_point import odd_from
from pipelines.learning.segments import Segment
from pipelines.learning.signal import FEWEST_FOR_MEAN, MEAN_REACH, POINTS_FOR_RUN
from pipelines.learning.verdict import FEWEST_DO_POINTS
from pipelines.spc.constants import D2_OF_TWO
from pipelines.spc.runs import longest_run_max

FloatArray = NDArray[np.float64]

#: Series tried: the power at 80 % is then known to one point in a hundred.
N_TRIALS = 2000
#: Makes the same plan give the same answer.
SEED = 20_080_101
#: Values that an AR(1) process runs through before the first that counts.
WARM_UP = 30
#: Points in a row beyond the centre line that signal (rule set mdc).
SHIFT = 7

Lines = Literal["moving_range", "known", "none"]


@dataclass(frozen=True)
class Plan:
    """What a verdict would be made of; equal plans are tried once.

    `first_day` are the days since 1970 on which the baseline's points begin, shape (n_before,), `do_days` those of Do
    as far as it may go, and `width` the days of a period. `do_weight` is how much more a point of Do tells than one of
    the baseline: people asked then over people asked before. `phi` links neighbours. `least_variance` is what chance
    alone gives a point, in its variances, below which no spread is taken. `lines` says where the usual range comes
    from; `drift` is how far the baseline's line moves a day, in the direction of the change.
    """

    first_day: tuple[float, ...]
    do_days: tuple[float, ...]
    width: float
    do_weight: float
    phi: float
    least_variance: float
    lines: Lines
    drift: float

    @property
    def n_before(self) -> int:
        """Points of the baseline."""
        return len(self.first_day)

    def carried(self, n_do: int) -> float:
        """Return how far the baseline's line moves to the middle of so many points of Do."""
        return self.drift * float(np.mean(self.do_days[:n_do]) - np.mean(self.first_day))


@lru_cache(maxsize=64)
def changes_needed(plan: Plan, periods: tuple[int, ...]) -> FloatArray:
    """Return how large a change each series needs after so many points of Do, shape (periods, N_TRIALS).

    In standard deviations of one baseline point, upwards; infinite where no change would do. Not to be written to.
    """
    made = _made(plan)
    usual = _Usual.of(plan, made[: plan.n_before])
    needed = np.array([_needed(plan, usual, made[: plan.n_before + n], n) for n in periods])
    needed.setflags(write=False)
    return needed


def _made(plan: Plan) -> FloatArray:
    """Return series without a change, shape (n_before + n_do, N_TRIALS)."""
    size = plan.n_before + len(plan.do_days)
    noise = np.random.default_rng(SEED).standard_normal((WARM_UP + size, N_TRIALS))
    for k in range(1, len(noise)):
        noise[k] = plan.phi * noise[k - 1] + np.sqrt(1 - plan.phi**2) * noise[k]
    made = noise[WARM_UP:]
    made[plan.n_before :] /= np.sqrt(plan.do_weight)
    return made


@dataclass(frozen=True)
class _Usual:
    """What each series' baseline sets, shape (series,), and of how many points it is.

    `sigma` is that of a point of Do as charted, None without limits; `neighbours` the spread of neighbours before.
    """

    centre: FloatArray
    median: FloatArray
    sigma: FloatArray | None
    neighbours: FloatArray
    size: int

    @classmethod
    def of(cls, plan: Plan, before: FloatArray) -> _Usual:
        """Take them from the baseline, shape (n_before, series)."""
        median, size = np.median(before, axis=0), len(before)
        neighbours = np.abs(np.diff(before, axis=0)).mean(axis=0) / D2_OF_TWO
        if plan.lines == "none":
            return cls(median, median, None, neighbours, size)
        chance = np.full(before.shape[1], np.sqrt(plan.least_variance))
        sigma = neighbours if plan.lines == "moving_range" else chance
        return cls(before.mean(axis=0), median, sigma / np.sqrt(plan.do_weight), neighbours, size)


def _needed(plan: Plan, usual: _Usual, made: FloatArray, n_do: int) -> FloatArray:
    if n_do < FEWEST_DO_POINTS:
        return np.full(made.shape[1], np.inf)
    model = _Model.of(plan, n_do)
    if model is None:
        return np.full(made.shape[1], np.inf)
    season = model.season(made) if model.has_season else np.zeros_like(made)
    lowered = _with_odd_point_lowered(made, season, plan.n_before, usual.neighbours)
    parts = []
    for series in (made, lowered):
        during = series[plan.n_before :]
        parts.append(model.interval(series))
        fires = np.minimum(_rules(usual, during), _mean(usual, during))
        if model.has_season:
            fires = np.minimum(fires, _rules(usual, during - season[plan.n_before :]))
        parts.append(fires)
    return np.max([*parts, _against_drift(plan, model, made, n_do)], axis=0)


def _against_drift(plan: Plan, model: _Model, made: FloatArray, n_do: int) -> FloatArray:
    """Return the change needed against the baseline's line carried on; none where that does not matter."""
    carried = plan.carried(n_do)
    matters = carried > TREND_MATTERS * model.half_width(made)
    if not matters.any():
        return np.full(made.shape[1], -np.inf)
    drifting = _Model.of(plan, n_do, has_drift=True)
    needed = drifting.interval(made) if drifting else np.full(made.shape[1], np.inf)
    return np.where(matters, needed, -np.inf)


def is_moving(plan: Plan, n_do: int) -> bool:
    """Return whether the baseline's line matters for most series after so many points of Do."""
    model = _Model.of(plan, n_do)
    if model is None:
        return False
    reach = np.median(model.half_width(_made(plan)[: plan.n_before + n_do]))
    return bool(plan.carried(n_do) > TREND_MATTERS * reach)


def _with_odd_point_lowered(
    made: FloatArray, season: FloatArray, n_before: int, neighbours: FloatArray
) -> FloatArray:
    """Count the highest point of Do like the next one where it stands apart, as the verdict's second trial does."""
    level = made[n_before:] - season[n_before:]
    order = np.argsort(-level, axis=0, kind="stable")
    column = np.arange(made.shape[1])
    gap = level[order[0], column] - level[order[1], column]
    lowered = made.copy()
    lowered[n_before + order[0], column] -= np.where(gap > odd_from(len(level)) * neighbours, gap, 0.0)
    return lowered


@dataclass(frozen=True)
class _Model:
    """The verdict's model of the change as the linear map that it is: rows of coefficients, and of residuals."""

    design: Design
    n_before: int
    map: FloatArray
    maker: FloatArray
    root_weight: FloatArray
    allowed: float
    df: float
    least_variance: float
    has_season: bool

    @classmethod
    def of(cls, plan: Plan, n_do: int, *, has_drift: bool = False) -> _Model | None:
        """Take the season as known where the points span a year and it can be told from Do."""
        day = np.array([*plan.first_day, *plan.do_days[:n_do]])
        blank = np.full(len(day), np.nan)
        points = Segment(blank, blank, blank, day, day)
        weight = np.repeat([1.0, plan.do_weight], [plan.n_before, n_do])
        spans_a_year = day[-1] + plan.width - day[0] >= SPAN_FOR_SEASON
        for is_known in (True, False) if spans_a_year else (False,):
            design = design_of(points, plan.n_before, is_season_known=is_known, has_drift=has_drift)
            free = design.columns[:, design.precision == 0]
            if len(day) - design.columns.shape[1] >= 3 and np.linalg.matrix_rank(free) == free.shape[1]:
                return cls._fitted(plan, design, weight, has_season=is_known)
        return None

    @classmethod
    def _fitted(cls, plan: Plan, design: Design, weight: FloatArray, *, has_season: bool) -> _Model:
        x, root = design.columns, np.sqrt(weight)
        told = x.T @ (weight[:, None] * x)
        inverse = np.linalg.inv(told + np.diag(design.precision * weight.mean()))
        scaled = x * root[:, None]
        spread = float((inverse @ told @ inverse)[1, 1])
        return cls(
            design=design,
            n_before=plan.n_before,
            map=inverse @ (x * weight[:, None]).T,
            maker=np.eye(len(x)) - scaled @ inverse @ scaled.T,
            root_weight=root,
            allowed=max(float(inverse[1, 1]) - spread, 0.0) if design.is_shrunk else 0.0,
            df=len(x) - float(np.trace(inverse @ told)),
            least_variance=plan.least_variance,
            has_season=has_season,
        )

    def season(self, made: FloatArray) -> FloatArray:
        """Return what the fitted season adds to each point, 0 on average over the baseline."""
        waves = self.design.columns[:, 2:4]
        return _times(waves - waves[: self.n_before].mean(axis=0), _times(self.map[2:4], made))

    def interval(self, made: FloatArray) -> FloatArray:
        """Return the change that each series needs for an interval that excludes none."""
        return self.half_width(made) - _times(self.map[1:2], made)[0]

    def half_width(self, made: FloatArray) -> FloatArray:
        """Return half the width of the interval of each series."""
        from scipy.stats import t

        residuals = self.root_weight[:, None] * (made - _times(self.design.columns, _times(self.map, made)))
        squares = (residuals**2).sum(axis=0)
        phi = shrunk(self._phi(residuals, squares), len(residuals))
        left, weights = by_distance(self.maker.T @ self.maker), self.map[1] / self.root_weight
        variance = np.maximum(squares / (self.df * linked(left, phi) / left[0]), self.least_variance)
        spread = linked(by_distance(np.outer(weights, weights)), phi)
        return float(t.ppf(0.5 + LEVEL / 2, self.df)) * np.sqrt(variance * (spread + self.allowed))

    def _phi(self, residuals: FloatArray, squares: FloatArray) -> FloatArray:
        """Return `link.lag_one` of every column."""
        raw = (residuals[1:] * residuals[:-1]).sum(axis=0) / squares
        maker = self.maker
        expected = float((maker[1:] * maker[:-1]).sum() / (maker**2).sum())
        return raw - expected + 3 * raw / len(residuals)


def _times(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return the product of two matrices without the threads that `@` would wake for so small a one."""
    return np.einsum("ij,jk->ik", one, other)


def _rules(usual: _Usual, during: FloatArray) -> FloatArray:
    """Return the change that each series needs for one of the rules on points to fire, shape (series,)."""
    above, size = during - usual.centre, len(during)
    needed = [_row(above, SHIFT)]
    if size >= POINTS_FOR_RUN:
        needed.append(_row(during - usual.median, int(longest_run_max(size)) + 1))
    if usual.sigma is not None:
        lowest, second = _lowest_two(above, 3)
        needed += [
            3 * usual.sigma - above.max(axis=0),
            np.maximum(2 * usual.sigma - second, -lowest).min(axis=0),
            usual.sigma - _lowest_two(above, min(size, 5))[int(size >= 5)].max(axis=0),
        ]
    return np.min(needed, axis=0)


def _mean(usual: _Usual, during: FloatArray) -> FloatArray:
    """Return the change that each series needs for the mean of Do to signal; only as charted, not without its season."""
    size = len(during)
    if usual.sigma is None or size < FEWEST_FOR_MEAN:
        return np.full(during.shape[1], np.inf)
    reach = MEAN_REACH * usual.sigma * np.sqrt(1 / size + 1 / usual.size)
    return np.asarray(reach - (during - usual.centre).mean(axis=0), dtype=float)


def _row(above: FloatArray, length: int) -> FloatArray:
    """Return the change that lifts some `length` points in a row above nothing; infinite where there are fewer."""
    if len(above) < length:
        return np.full(above.shape[1], np.inf)
    return -_lowest_two(above, length)[0].max(axis=0)


def _lowest_two(above: FloatArray, length: int) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and the next of every `length` points in a row, shape (windows, series): all but one reach that."""
    last = len(above) - length + 1
    lowest, second = above[:last], np.full_like(above[:last], np.inf)
    for shift in range(1, length):
        one = above[shift : shift + last]
        second = np.minimum(second, np.maximum(lowest, one))
        lowest = np.minimum(lowest, one)
    return lowest, second
