"""The arguments of a chart, resolved to arrays of one entry a point, and cut into phases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from pipelines.errors import ChartError
from pipelines.spc.by_point import mask_of, per_point, whole_numbers
from pipelines.spc.fits import Fitter
from pipelines.spc.groups import BoolArray, FloatArray, Groups, IntArray
from pipelines.spc.limits import Kind, PhasePoints
from pipelines.spc.points import Points
from pipelines.spc.rule_sets import RuleSet
from pipelines.vocabulary import Better, ChartKind


@dataclass(frozen=True)
class Options:
    """What holds for all charts of one call."""

    kind: ChartKind
    rules: RuleSet
    better: Better
    multiply: float
    centre_line: float | None
    factor: float
    screen: bool
    sigma_z_floor: float
    fitter: Fitter


@dataclass(frozen=True)
class Phases:
    """The phases of all series: the groups of points, and of each the series it belongs to and its number there."""

    groups: Groups
    series: IntArray
    number: IntArray

    @classmethod
    def of(cls, series: Groups, begin: Sequence[int]) -> Phases:
        """Cut every series at the indices where a phase begins; a series without points keeps one empty phase."""
        indices = np.unique(whole_numbers(begin, "phases"))
        if indices.size and indices[0] < 0:
            raise ChartError(f"A phase cannot begin at {indices[0]}. Count from 0, after sorting by x.")
        starts = np.append(0, indices[indices > 0])
        ends = series.size[:, None]
        size = np.diff(np.minimum(starts, ends), append=ends, axis=1)
        exists = (starts < ends) | (starts == 0)
        number = np.cumsum(exists, axis=1) - 1
        return cls(Groups(size[exists]), np.nonzero(exists)[0], number[exists])

    def part(self, first: int, last: int) -> Phases:
        """Return the phases of the series `first` to `last` - 1."""
        begin, end = np.searchsorted(self.series, [first, last])
        cut = slice(begin, end)
        return Phases(Groups(self.groups.size[cut]), self.series[cut] - first, self.number[cut])


@dataclass(frozen=True)
class Plan:
    """What was asked, one entry a point: the points, their phases, the baseline, what is left out, and the target.

    `window` is the baseline; a phase that holds no known point of it uses all its own.
    """

    points: Points
    phases: Phases
    window: BoolArray
    is_excluded: BoolArray
    target: FloatArray

    @classmethod
    def of(
        cls,
        points: Points,
        *,
        phases: Sequence[int],
        baseline: int | ArrayLike | None,
        excluded: Sequence[int] | ArrayLike,
        target: float | ArrayLike | None,
    ) -> Plan:
        """Resolve the arguments of `chart`, which hold in every series."""
        cut = Phases.of(points.series, phases)
        return cls(
            points=points,
            phases=cut,
            window=baseline_window(baseline, points, cut.groups),
            is_excluded=mask_of(excluded, points, "excluded"),
            target=per_point(target, points, "target"),
        )

    def part(self, first: int, last: int) -> Plan:
        """Return the plan of the series `first` to `last` - 1."""
        series = self.points.series
        if first == 0 and last == len(series):
            return self
        starts = np.append(series.start, series.k)
        cut = slice(starts[first], starts[last])
        return Plan(
            self.points.part(first, last),
            self.phases.part(first, last),
            self.window[cut],
            self.is_excluded[cut],
            self.target[cut],
        )

    def cut(self, spec: Kind, options: Options) -> PhasePoints:
        """Return the points as a limits function takes them."""
        points = self.points
        value = points.total if spec.aggregate == "sum" else points.single
        if points.has_denominator and spec.takes_denominator:
            value = points.ratio
        bare = PhasePoints(
            phases=self.phases.groups,
            value=value,
            joined=points,
            base=self.window,
            in_window=self.window,
            given_centre=options.centre_line,
            factor=options.factor,
            screen=options.screen,
            sigma_z_floor=options.sigma_z_floor,
            fitter=options.fitter,
        )
        if spec.plotted is not None:
            bare = replace(bare, value=spec.plotted(bare))
        window = self._window_or_all(bare.value)
        in_window = window & ~self.is_excluded if self.is_excluded.any() else window
        return replace(bare, base=in_window & np.isfinite(bare.value), in_window=in_window)

    def is_baseline(self, value: FloatArray) -> BoolArray:
        """Return the points of the baseline in use, shape (k,)."""
        return self._window_or_all(value)

    def _window_or_all(self, value: FloatArray) -> BoolArray:
        if not self.window.any():
            return np.ones(value.shape, dtype=bool)
        groups = self.phases.groups
        usable = groups.count(self.window & np.isfinite(value) & ~self.is_excluded) > 0
        return self.window if usable.all() else self.window | ~groups.spread(usable)


def baseline_window(baseline: int | ArrayLike | None, points: Points, phases: Groups) -> BoolArray:
    """Return the baseline as a mask, shape (k,): a count holds in each phase; None marks nothing."""
    if baseline is None:
        return np.zeros(len(points), dtype=bool)
    chosen = np.asarray(baseline)
    if chosen.ndim:
        return mask_of(chosen, points, "baseline")
    return position(phases) < whole_numbers(chosen, "baseline")[0]


def position(groups: Groups) -> IntArray:
    """Return the place of each entry in its group, from 0, shape (k,)."""
    return np.arange(groups.k) - groups.spread(groups.start)
