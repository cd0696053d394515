"""The engine again, in slow plain Python: one series, one loop over points at a time, straight from the formulas.

It is the document of what the engine must give. Nothing here is shared with `pipelines`, nothing is an array, and
sums are exact (`math.fsum`). Sources stand beside each formula: docs/method.md, and the conventions of the reference
package in tests/oracle. Two numbers that differ by less than rounding are equal (`is_apart`), since a mean of equal
values must lie on them.

The order of the page is the order of the work: rows to points, points to phases, a phase to its lines, lines to
flags, flags to words.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

NAN = math.nan

#: Two values (Montgomery, appendix VI): mean range in sigma, and the upper limit of a range in mean ranges.
D2, D4 = 1.128, 3.267
#: The upper limit of a difference in Taylor's i', in mean differences (qicharts2).
SCREEN_OF_IP = 3.2665
#: A denominator up to this is none.
NO_DENOMINATOR = 1e-12
#: Times to this power are nearly normal (Nelson 1994).
NELSON = 3.6
#: Points that icons need, and useful points that a verdict on runs needs (docs/method.md, Charts).
POINTS_FOR_ICON, USEFUL_FOR_VERDICT = 13, 10
#: Baseline points from which limits are provisional, and from which they are established.
POINTS_PROVISIONAL, POINTS_ESTABLISHED = 12, 20

NEED_DENOMINATORS = {"u", "up", "p", "pp"}
IGNORE_DENOMINATORS = {"c", "xbar", "s"}
COUNTED = {"c", "u", "up", "p", "pp"}
JOINED_BY = {"xbar": "mean", "s": "sd", "c": "sum"}
WITHOUT_LIMITS = {"run"}
WITHOUT_RUNS = {"mr"}

RULE_SETS = {
    "mdc": ("beyond_limits", "trend", "two_of_three", "shift"),
    "anhoej": ("beyond_limits", "long_run"),
    "anhoej-bestbox": ("beyond_limits", "long_run"),
    "anhoej-cutbox": ("beyond_limits", "long_run"),
    "ihi": ("trend", "shift"),
}
#: Rules that speak of the whole chart and mark no point.
OF_THE_WHOLE = {
    "anhoej": ("few_crossings",),
    "anhoej-bestbox": ("few_crossings",),
    "anhoej-cutbox": ("few_crossings",),
    "ihi": ("few_crossings", "many_crossings"),
}
SHIFT_LENGTH = {"mdc": 7, "ihi": 6}
TREND_LENGTH = {"mdc": 7, "ihi": 5}


@dataclass
class Point:
    """One point of the chart, filled in step by step; signs are +1 high or rising, -1 low or falling, 0 none."""

    x: Any
    known: list[float]
    numerator: float
    denominator: float
    value: float
    target: float
    is_excluded: bool
    is_marked_baseline: bool
    phase: int = 0
    is_baseline: bool = False
    centre_line: float = NAN
    lower_limit: float = NAN
    upper_limit: float = NAN
    lower_2sigma: float = NAN
    upper_2sigma: float = NAN
    fired: dict[str, int] = field(default_factory=dict)
    rule: str | None = None
    direction: int = 0
    point_type: str = "common_cause"

    @property
    def size(self) -> int:
        """How many values the point joins."""
        return len(self.known)

    @property
    def sets_lines(self) -> bool:
        """Whether centre and limits rest on the point."""
        return self.is_baseline and not self.is_excluded and not math.isnan(self.value)


@dataclass
class Summary:
    """What one phase comes to. `runs_signal` is None where no published table says."""

    phase: int
    n_points: int
    n_base: int
    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    n_crossings: int | None
    n_crossings_min: int | None
    runs_signal: bool | None
    dispersion: float
    sigma_z: float
    autocorrelation: float
    variation: str
    assurance: str
    limits_state: str
    why_no_limits: str | None
    remedy: str | None
    rules_that_cannot_fire: str


@dataclass
class Options:
    """How one chart was asked for."""

    kind: str
    centre_line: float | None
    factor: float
    screen: bool
    rules: str
    better: str
    sigma_z_floor: float
    is_ordered: bool
    has_denominator: bool


def twin(
    y,
    n=None,
    *,
    kind,
    x=None,
    aggregate="mean",
    baseline=None,
    phases=(),
    excluded=(),
    centre_line=None,
    factor=2.66,
    screen=False,
    rules=None,
    target=None,
    better="neither",
    multiply=1,
    sigma_z_floor=0.0,
) -> tuple[list[Point], list[Summary]]:
    """Chart one series. Arguments as in `pipelines.spc.chart`; masks and targets have one entry a row."""
    if kind in IGNORE_DENOMINATORS:
        n = None
    x = list(range(len(y))) if x is None else list(x)
    options = Options(
        kind=kind,
        centre_line=centre_line,
        factor=factor,
        screen=screen,
        rules=rules or ("anhoej" if kind == "run" else "mdc"),
        better=better,
        sigma_z_floor=sigma_z_floor,
        is_ordered=not any(isinstance(one, str) for one in x),
        has_denominator=n is not None,
    )
    rows = rows_of(y, n, x, excluded, baseline, target)
    points = points_of(rows, JOINED_BY.get(kind, aggregate), has_denominator=n is not None)
    parts = cut_into_phases(points, phases)
    if not is_mask(excluded):
        for index in excluded:
            points[index].is_excluded = True
    summaries = []
    for number, part in enumerate(parts):
        replace_values(part, options)
        mark_baseline(part, baseline)
        dispersion, sigma_z = draw_lines(part, options)
        flag(part, options)
        summaries.append(summed_up(number, part, options, dispersion, sigma_z, multiply))
    for point in points:
        point.value *= multiply
        for line in ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma"):
            setattr(point, line, getattr(point, line) * multiply)
    return points, summaries


# Rows to points ---------------------------------------------------------------------------------------------------


def rows_of(y, n, x, excluded, baseline, target) -> list[dict[str, Any]]:
    """Return the rows that have an x, in order of x; a row that lacks y or n loses both."""
    rows = []
    for i, value in enumerate(y):
        above = number(value)
        below = NAN if n is None else number(n[i] if hasattr(n, "__len__") else n)
        if n is not None and (math.isnan(above) or math.isnan(below)):
            above = below = NAN
        rows.append(
            {
                "x": x[i],
                "y": above,
                "n": below,
                "excluded": is_mask(excluded) and excluded[i],
                "baseline": is_mask(baseline) and baseline[i],
                "target": number(target[i]) if hasattr(target, "__len__") else number(target),
            }
        )
    rows = [row for row in rows if row["x"] is not None and row["x"] == row["x"]]
    return sorted(rows, key=lambda row: row["x"])


def number(given: Any) -> float:
    """Return a float; nan for what is missing or infinite."""
    return NAN if given is None or not math.isfinite(given) else float(given)


def is_mask(given: Any) -> bool:
    """Whether yes or no is said of every row."""
    return isinstance(given, (list, tuple)) and len(given) > 0 and isinstance(given[0], bool)


def points_of(rows: list[dict[str, Any]], how: str, *, has_denominator: bool) -> list[Point]:
    """Join the rows of one x to one point: sums over sums where there are denominators, else as `how` says."""
    points: list[Point] = []
    at = 0
    while at < len(rows):
        same = [row for row in rows[at:] if row["x"] == rows[at]["x"]]
        at += len(same)
        known = [row["y"] for row in same if not math.isnan(row["y"])]
        trials = [row["n"] for row in same if not math.isnan(row["n"])]
        above = math.fsum(known) if known else NAN
        below = math.fsum(trials) if trials else NAN
        value = joined(known, how)
        if has_denominator:
            value = above / below if below > NO_DENOMINATOR else NAN
        points.append(
            Point(
                x=same[0]["x"],
                known=known,
                numerator=above,
                denominator=below,
                value=value,
                target=same[-1]["target"],
                is_excluded=any(row["excluded"] for row in same),
                is_marked_baseline=any(row["baseline"] for row in same),
            )
        )
    return points


def joined(known: list[float], how: str) -> float:
    """Return several values as one; nan where there is none, and for the standard deviation of one."""
    if how == "sd":
        return standard_deviation(known)
    if not known:
        return NAN
    return {"mean": mean, "median": median, "sum": math.fsum}[how](known)


def mean(values: list[float]) -> float:
    """Return the mean; nan of nothing."""
    return math.fsum(values) / len(values) if values else NAN


def median(values: list[float]) -> float:
    """Return the middle value, or the mean of the two in the middle; nan of nothing."""
    if not values:
        return NAN
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def standard_deviation(values: list[float]) -> float:
    """Return the standard deviation over n - 1; nan of fewer than two."""
    if len(values) < 2:
        return NAN
    middle = mean(values)
    return math.sqrt(math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1))


# Points to phases -------------------------------------------------------------------------------------------------


def cut_into_phases(points: list[Point], starts) -> list[list[Point]]:
    """Return the points of each phase; a phase begins at each index, 0-based after sorting. No points: one phase."""
    parts: list[list[Point]] = [[]]
    for i, point in enumerate(points):
        if i in set(starts) and i > 0:
            parts.append([])
        point.phase = len(parts) - 1
        parts[-1].append(point)
    return parts


def replace_values(part: list[Point], options: Options) -> None:
    """An mr chart plots what lies between a point and the one before it, excluded or not; a phase starts anew."""
    if options.kind != "mr":
        return
    before = NAN
    for point in part:
        before, point.value = point.value, abs(point.value - before)


def mark_baseline(part: list[Point], baseline) -> None:
    """Mark the first so many points of the phase, gaps counted, or those of the mask.

    A phase in which no known point would be left, excluded ones apart, takes all of its points.
    """
    for i, point in enumerate(part):
        if baseline is None:
            point.is_baseline = True
        else:
            point.is_baseline = point.is_marked_baseline if is_mask(baseline) else i < baseline
    if not any(point.sets_lines for point in part):
        for point in part:
            point.is_baseline = True


# A phase to its lines ---------------------------------------------------------------------------------------------


def draw_lines(part: list[Point], options: Options) -> tuple[float, float]:
    """Draw centre and limits into the points; return dispersion and sigma_z, nan where the chart has none."""
    return LINES[options.kind](part, options) or (NAN, NAN)


def set_lines(point: Point, centre: float, sigma: float) -> None:
    """Draw one point's lines: 3 and 2 sigma on either side of the centre, not clipped."""
    point.centre_line = centre
    point.lower_limit, point.upper_limit = centre - 3 * sigma, centre + 3 * sigma
    point.lower_2sigma, point.upper_2sigma = centre - 2 * sigma, centre + 2 * sigma


def given_or(options: Options, computed: float) -> float:
    """Return the centre line the caller gave, else the computed one."""
    return computed if options.centre_line is None else options.centre_line


def base_of(part: list[Point]) -> list[Point]:
    """Return the points on which the lines rest."""
    return [point for point in part if point.sets_lines]


def mean_range(values: list[float], screen: bool, screen_at: float = D4) -> float:
    """Return the mean of the ranges between neighbours; a missing value breaks the chain.

    Screened (Nelson 1982): ranges of 3.267 means or more are dropped, once.
    """
    ranges = []
    for before, value in pairwise(values):
        if not math.isnan(before) and not math.isnan(value):
            ranges.append(abs(value - before))
    return screened_mean(ranges, screen, screen_at)


def screened_mean(ranges: list[float], screen: bool, screen_at: float = D4) -> float:
    """Return the mean of ranges, without those of `screen_at` means or more where asked."""
    if screen:
        most = screen_at * mean(ranges)
        ranges = [one for one in ranges if one < most]
    return mean(ranges)


def in_window(part: list[Point]) -> list[Point]:
    """Return the baseline's points that are not excluded, gaps in their places."""
    return [point for point in part if point.is_baseline and not point.is_excluded]


def run_lines(part: list[Point], options: Options) -> None:
    """The median of the baseline; no limits (Perla, Provost & Murray 2011)."""
    centre = given_or(options, median([point.value for point in base_of(part)]))
    for point in part:
        set_lines(point, centre, NAN)


def i_lines(part: list[Point], options: Options) -> None:
    """Mean +- 2.66 mean moving ranges (Wheeler). An excluded point is bridged, a gap is not."""
    computed, sigma = level_and_sigma(part, options, lambda value: value)
    for point in part:
        set_lines(point, given_or(options, computed), sigma)


def level_and_sigma(part: list[Point], options: Options, scale) -> tuple[float, float]:
    """Return mean and sigma of single values on a scale; a value that has no place on it is a gap."""
    base = [scale(point.value) for point in base_of(part)]
    window = [scale(point.value) for point in in_window(part)]
    level = mean([value for value in base if not math.isnan(value)])
    return level, options.factor * mean_range(window, options.screen) / 3


def mr_lines(part: list[Point], options: Options) -> None:
    """The mean range, from 0 to 3.267 times it (Montgomery 6.4); 2 sigma is drawn at two thirds of that."""
    centre = given_or(options, mean([point.value for point in base_of(part)]))
    for point in part:
        point.centre_line = centre
        point.lower_limit = point.lower_2sigma = 0.0
        point.upper_limit, point.upper_2sigma = D4 * centre, D4 * centre * 2 / 3


def ip_lines(part: list[Point], options: Options) -> None:
    """Taylor's i': the mean weighted by n; sigma of one from every difference of the phase, of a point by sqrt(n).

    Without n the number of values of a point is its weight. Baseline and exclusions do not touch the spread.
    """

    def weight(point: Point) -> float:
        return point.denominator if options.has_denominator else point.size

    base = base_of(part)
    computed = NAN
    if base:
        computed = math.fsum(weight(one) * one.value for one in base) / math.fsum(weight(one) for one in base)
    centre = given_or(options, computed)
    spreads = []
    for before, point in pairwise(part):
        apart = abs(point.value - before.value)
        if not math.isnan(apart):
            spreads.append(math.sqrt(math.pi / 2) * apart / math.sqrt(1 / weight(before) + 1 / weight(point)))
    sigma_of_one = screened_mean(spreads, options.screen, SCREEN_OF_IP)
    for point in part:
        sigma = NAN if math.isnan(point.value) else sigma_of_one / math.sqrt(weight(point))
        set_lines(point, centre, sigma)


def c4(size: int) -> float:
    """Return the mean standard deviation of a normal sample, in sigma (Montgomery, appendix VI)."""
    return math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))


def typical_spread(part: list[Point]) -> float:
    """Return S: the mean of the samples' standard deviations, pooled where sizes differ anywhere in the phase.

    Montgomery 6.29 and 6.31. A gap counts as a size of its own.
    """
    base = [point for point in part if point.is_baseline and not point.is_excluded and point.size > 1]
    if not base:
        return NAN
    if len({point.size for point in part}) == 1:
        return mean([standard_deviation(point.known) for point in base])
    squares = math.fsum((point.size - 1) * standard_deviation(point.known) ** 2 for point in base)
    return math.sqrt(squares / math.fsum(point.size - 1 for point in base))


def xbar_lines(part: list[Point], options: Options) -> None:
    """The mean of all values +- A3 S, with A3 = 3 / (c4 sqrt(n)) (Montgomery 6.28); none for a sample of one."""
    values = [value for point in base_of(part) for value in point.known]
    centre, spread = given_or(options, mean(values)), typical_spread(part)
    for point in part:
        sigma = spread / (c4(point.size) * math.sqrt(point.size)) if point.size > 1 else NAN
        set_lines(point, centre, sigma)


def s_lines(part: list[Point], options: Options) -> None:
    """S, from B3 S to B4 S, with B = 1 -+ 3 sqrt(1 - c4^2) / c4 (Montgomery 6.27)."""
    centre = given_or(options, typical_spread(part))
    for point in part:
        sigma = centre * math.sqrt(1 - c4(point.size) ** 2) / c4(point.size) if point.size > 1 else NAN
        set_lines(point, centre, sigma)


def g_lines(part: list[Point], options: Options) -> None:
    """Mean m +- 3 sqrt(m (m + 1)) (Benneyan 2001), drawn about the median; a given m is drawn at 0.693 m."""
    values = [point.value for point in base_of(part)]
    middle = given_or(options, mean(values))
    for point in part:
        set_lines(point, middle, math.sqrt(middle * (middle + 1)))
        point.centre_line = median(values) if options.centre_line is None else 0.693 * middle


def t_lines(part: list[Point], options: Options) -> None:
    """An i chart of time^(1/3.6), taken back (Nelson 1994). Below 0 there is no time: 0, and no 2-sigma line.

    Times of 0 or less have no place on that scale and set no lines. A given centre is a time.
    """
    level, sigma = level_and_sigma(part, options, lambda time: time ** (1 / NELSON) if time > 0 else NAN)
    if options.centre_line is not None:
        level = options.centre_line ** (1 / NELSON)
    for point in part:
        set_lines(point, level, sigma)
        point.centre_line **= NELSON
        point.upper_limit **= NELSON
        point.upper_2sigma **= NELSON
        point.lower_limit = point.lower_limit**NELSON if point.lower_limit >= 0 else 0.0
        point.lower_2sigma = point.lower_2sigma**NELSON if point.lower_2sigma >= 0 else NAN


def c_lines(part: list[Point], options: Options) -> tuple[float, float]:
    """Mean count +- 3 sqrt of it (Montgomery 7.17)."""
    fitted = mean([point.value for point in base_of(part)])
    centre = given_or(options, fitted)
    for point in part:
        set_lines(point, centre, math.sqrt(centre))
    return pearson([(point.value, 1.0) for point in base_of(part)], fitted, lambda rate: rate), NAN


def u_lines(part: list[Point], options: Options) -> tuple[float, float]:
    """Events over exposure +- 3 sqrt(rate / n) (Montgomery 7.19)."""
    return rate_lines(part, options, lambda rate: rate)


def p_lines(part: list[Point], options: Options) -> tuple[float, float]:
    """Events over trials +- 3 sqrt(share (1 - share) / n) (Montgomery 7.2); a share lies between 0 and 1."""
    return rate_lines(
        part, options, lambda share: max(0.0, min(1.0, share)) * (1 - max(0.0, min(1.0, share)))
    )


def rate_lines(part: list[Point], options: Options, variance) -> tuple[float, float]:
    """Draw the lines of a quotient whose single trial has `variance`; no lines at a gap but the centre."""
    base = base_of(part)
    fitted = NAN
    if base:
        fitted = math.fsum(one.numerator for one in base) / math.fsum(one.denominator for one in base)
    centre = given_or(options, fitted)
    for point in part:
        is_gap = math.isnan(point.value)
        set_lines(point, centre, NAN if is_gap else math.sqrt(variance(centre) / point.denominator))
    return pearson([(point.numerator, point.denominator) for point in base], fitted, variance), NAN


def pearson(cells: list[tuple[float, float]], rate: float, variance) -> float:
    """Return Pearson's chi-square over its degrees of freedom (McCullagh & Nelder 4.5), about the fitted rate."""
    if len(cells) < 2 or math.isnan(rate) or variance(rate) <= 0:
        return NAN
    squares = [(above - below * rate) ** 2 / (below * variance(rate)) for above, below in cells]
    return math.fsum(squares) / (len(cells) - 1)


def up_lines(part: list[Point], options: Options) -> tuple[float, float]:
    """The lines of u, times sigma_z (Laney 2002)."""
    return widened(part, options, *u_lines(part, options))


def pp_lines(part: list[Point], options: Options) -> tuple[float, float]:
    """The lines of p, times sigma_z (Laney 2002)."""
    return widened(part, options, *p_lines(part, options))


def widened(part: list[Point], options: Options, dispersion: float, _: float) -> tuple[float, float]:
    """Widen or narrow the lines by sigma_z: the mean range of the z scores / 1.128, or their sd where x is a category.

    A point without spread has no z score. sigma_z is never below the floor, which only `auto` sets.
    """
    scores = []
    for point in in_window(part):
        sigma = (point.upper_limit - point.centre_line) / 3
        side = side_of(point.value, point.centre_line, 0)
        scores.append(abs(point.value - point.centre_line) * side / sigma if sigma > 0 else NAN)
    if options.is_ordered:
        sigma_z = mean_range(scores, options.screen) / D2
    else:
        sigma_z = standard_deviation([z for z in scores if not math.isnan(z)])
    sigma_z = max(sigma_z, options.sigma_z_floor)
    for point in part:
        set_lines(point, point.centre_line, (point.upper_limit - point.centre_line) / 3 * sigma_z)
    return dispersion, sigma_z


LINES = {
    "run": run_lines,
    "i": i_lines,
    "mr": mr_lines,
    "ip": ip_lines,
    "xbar": xbar_lines,
    "s": s_lines,
    "t": t_lines,
    "g": g_lines,
    "c": c_lines,
    "u": u_lines,
    "up": up_lines,
    "p": p_lines,
    "pp": pp_lines,
}


# Lines to flags ---------------------------------------------------------------------------------------------------


def is_apart(a: float, b: float, largest: float) -> bool:
    """Whether two known numbers differ by more than rounding, in a series whose largest value is `largest`."""
    return abs(a - b) > 1e-12 * max(abs(a), abs(b)) + 1e-15 * largest


def side_of(value: float, line: float, largest: float) -> int:
    """Return +1 above a line, -1 below it, 0 on it or where either is missing."""
    if math.isnan(value) or math.isnan(line) or not is_apart(value, line, largest):
        return 0
    return 1 if value > line else -1


def flag(part: list[Point], options: Options) -> None:
    """Say of each point which rules it fires, and which of them names it: the first of the set.

    An excluded point is tested against the limits; in time it is a gap, and a gap breaks a pattern. Where x is a
    category there is no time.
    """
    largest = max((abs(point.value) for point in part if not math.isnan(point.value)), default=0.0)
    rules = RULE_SETS[options.rules]
    values = [NAN if point.is_excluded else point.value for point in part]
    marks = {
        "beyond_limits": [side_of(one.value, one.upper_limit, largest) == 1 for one in part],
        "below": [side_of(one.value, one.lower_limit, largest) == -1 for one in part],
    }
    found = {"beyond_limits": [a - b for a, b in zip(marks["beyond_limits"], marks["below"], strict=True)]}
    if options.is_ordered:
        sides = [
            side_of(value, point.centre_line, largest) for value, point in zip(values, part, strict=True)
        ]
        found["two_of_three"] = two_of_three(part, values, sides, largest)
        found["trend"] = trends(values, options.rules, largest)
        found["shift"] = shifts(values, sides, options.rules)
        found["long_run"] = long_runs(sides, options)
    for i, point in enumerate(part):
        point.fired = {rule: found[rule][i] if rule in found else 0 for rule in rules}
        for rule in reversed(rules):
            if point.fired[rule]:
                point.rule, point.direction = rule, point.fired[rule]
        point.point_type = word_for(point.direction, options.better)


def two_of_three(part: list[Point], values: list[float], sides: list[int], largest: float) -> list[int]:
    """Of three points on one side, two between 2 and 3 sigma (on 3 sigma too): those are marked, the third is not."""
    near = []
    for value, point in zip(values, part, strict=True):
        above = side_of(value, point.upper_2sigma, largest) == 1
        above = above and side_of(value, point.upper_limit, largest) != 1
        below = side_of(value, point.lower_2sigma, largest) == -1
        below = below and side_of(value, point.lower_limit, largest) != -1
        near.append(above - below)
    marked = [0] * len(part)
    for i in range(len(part) - 2):
        window = range(i, i + 3)
        for side in (1, -1):
            far = [j for j in window if near[j] == side]
            if all(sides[j] == side for j in window) and len(far) >= 2:
                for j in far:
                    marked[j] = side
    return marked


def trends(values: list[float], rules: str, largest: float) -> list[int]:
    """Seven points (ihi: five) that climb or fall one after another.

    A tie breaks a trend; for ihi the second of two equals is passed over. A point between a rise and a fall takes the
    direction of the step after it.
    """
    if rules not in TREND_LENGTH:
        return [0] * len(values)
    places = list(range(len(values)))
    if rules == "ihi":
        places = [i for i in places if i == 0 or not is_repeat(values[i - 1], values[i], largest)]
    steps = [side_of(values[b], values[a], largest) for a, b in pairwise(places)]
    marked = [0] * len(values)
    for start, end, sign in runs_of(steps):
        if sign and end - start >= TREND_LENGTH[rules] - 1:
            for i in places[start : end + 1]:
                marked[i] = sign
    return marked


def is_repeat(before: float, value: float, largest: float) -> bool:
    """Whether two known neighbours are equal."""
    return not math.isnan(before) and not math.isnan(value) and not is_apart(before, value, largest)


def shifts(values: list[float], sides: list[int], rules: str) -> list[int]:
    """Seven points on one side (ihi: six). A point on the centre breaks the run; for ihi it is passed over."""
    if rules not in SHIFT_LENGTH:
        return [0] * len(values)
    places = list(range(len(values)))
    if rules == "ihi":
        places = [i for i in places if sides[i] or math.isnan(values[i])]
    marked = [0] * len(values)
    for start, end, sign in runs_of([sides[i] for i in places]):
        if sign and end - start >= SHIFT_LENGTH[rules]:
            for i in places[start:end]:
                marked[i] = sign
    return marked


def long_runs(sides: list[int], options: Options) -> list[int]:
    """Mark every run of useful points that is longer than chance allows, where the runs signal and ten are useful."""
    useful = [i for i, side in enumerate(sides) if side]
    marked = [0] * len(sides)
    if len(useful) < USEFUL_FOR_VERDICT or options.kind in WITHOUT_RUNS:
        return marked
    runs = runs_of([sides[i] for i in useful])
    longest = max(end - start for start, end, _ in runs)
    if not runs_signal(len(useful), len(runs) - 1, longest, options.rules):
        return marked
    for start, end, sign in runs:
        if end - start > longest_allowed(len(useful)):
            for i in useful[start:end]:
                marked[i] = sign
    return marked


def runs_of(signs: list[int]) -> list[tuple[int, int, int]]:
    """Return start, end (not included) and sign of each stretch of equal signs."""
    found, start = [], 0
    for i in range(1, len(signs) + 1):
        if i == len(signs) or signs[i] != signs[start]:
            found.append((start, i, signs[start]))
            start = i
    return found


# Runs analysis ----------------------------------------------------------------------------------------------------


def longest_allowed(n_useful: int) -> int:
    """Return round(log2 n) + 3 (Schilling 2012)."""
    return round(math.log2(n_useful)) + 3


def fewest_allowed(n_useful: int) -> int:
    """Return the 5 % point of Binomial(n - 1, 1/2) (Chen 2010)."""
    steps, so_far = n_useful - 1, 0
    for crossings in range(steps + 1):
        so_far += math.comb(steps, crossings)
        if so_far * 20 >= 2**steps:
            return crossings
    return 0


def runs_signal(n_useful: int, crossings: int, longest: int, rules: str) -> bool | None:
    """Whether the runs signal: too long, or too few crossings; a box where the set has one, as published.

    ihi has its own: too few or too many runs.
    """
    if rules == "ihi":
        fewest, most = runs_allowed(n_useful)
        return not fewest <= crossings + 1 <= most
    method = rules.removeprefix("anhoej-")
    if method in ("bestbox", "cutbox") and 10 <= n_useful <= 100:
        longest_quiet = boxes().get((method, n_useful, crossings))
        return None if longest_quiet is None else longest > longest_quiet
    return longest > longest_allowed(n_useful) or crossings < fewest_allowed(n_useful)


@cache
def runs_allowed(n_useful: int) -> tuple[int, int]:
    """Return the fewest and the most runs that are no signal (Swed & Eisenhart 1943, 2.5 % on either side).

    Every order of the points, half above and half below, is as likely as any other; the one in the middle of an odd
    number is above.
    """
    orders = orders_by_runs((n_useful + 1) // 2, n_useful // 2)
    whole = sum(orders.values())

    def is_seldom(count: int) -> bool:
        return count * 40 <= whole

    fewest = min(r for r in orders if not is_seldom(sum(count for q, count in orders.items() if q <= r)))
    most = max(r for r in orders if not is_seldom(sum(count for q, count in orders.items() if q >= r)))
    return fewest, most


def orders_by_runs(above: int, below: int) -> dict[int, int]:
    """Count the orders of two kinds of points by their runs, laying one point after another."""
    laid = {(1, 0, 1, 1): 1, (0, 1, -1, 1): 1}  # above so far, below so far, side of the last, runs: orders
    for _ in range(above + below - 1):
        after: dict[tuple[int, int, int, int], int] = {}
        for (up, down, last, runs), count in laid.items():
            for side in (1, -1):
                key = (up + (side == 1), down + (side == -1), side, runs + (side != last))
                if key[0] <= above and key[1] <= below:
                    after[key] = after.get(key, 0) + count
        laid = after
    orders: dict[int, int] = {}
    for (up, down, _, runs), count in laid.items():
        if (up, down) == (above, below):
            orders[runs] = orders.get(runs, 0) + count
    return orders


_BOXES: dict[tuple[str, int, int], int] = {}


def boxes() -> dict[tuple[str, int, int], int]:
    """Return the longest run that is no signal, by method, useful points and crossings, where published."""
    if not _BOXES:
        table = Path(__file__).parents[2] / "oracle" / "expected" / "runs_rule_table.csv"
        with table.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                key = row["method"], int(row["n_useful"]), int(row["n_crossings"])
                _BOXES[key] = int(row["longest_run_max_without_signal"])
    return _BOXES


# Flags to words ---------------------------------------------------------------------------------------------------


def word_for(direction: int, better: str) -> str:
    """Return the point type."""
    if direction == 0:
        return "common_cause"
    if better == "neither":
        return "special_high" if direction > 0 else "special_low"
    return "improvement" if (direction > 0) == (better == "up") else "concern"


def summed_up(
    number: int, part: list[Point], options: Options, dispersion: float, sigma_z: float, multiply: float
) -> Summary:
    """Sum one phase up: points counted without the excluded, runs of the points off the centre line, icons."""
    largest = max((abs(point.value) for point in part if not math.isnan(point.value)), default=0.0)
    kept = [point for point in part if not point.is_excluded]
    sides = [side_of(point.value, point.centre_line, largest) for point in kept]
    useful = [side for side in sides if side]
    runs = runs_of(useful)
    longest = max((end - start for start, end, _ in runs), default=0)
    crossings = max(len(runs) - 1, 0)
    state, why, remedy = limits_state(part, options, dispersion)
    signals: bool | None = False
    if useful and options.is_ordered and options.kind not in WITHOUT_RUNS:
        signals = runs_signal(len(useful), crossings, longest, options.rules)
    return Summary(
        phase=number,
        n_points=sum(not math.isnan(point.value) for point in kept),
        n_base=len(base_of(part)),
        n_useful=len(useful),
        longest_run=longest if useful else None,
        longest_run_max=longest_allowed(len(useful)) if useful else None,
        n_crossings=crossings if useful else None,
        n_crossings_min=fewest_allowed(len(useful)) if useful else None,
        runs_signal=signals,
        dispersion=dispersion,
        sigma_z=sigma_z,
        autocorrelation=autocorrelation([point.value if point.sets_lines else NAN for point in part]),
        variation=variation(part, options.better),
        assurance=assurance(part, options, multiply),
        limits_state=state,
        why_no_limits=why,
        remedy=remedy,
        rules_that_cannot_fire=",".join(mute_rules(part, options, len(useful))),
    )


def autocorrelation(values: list[float]) -> float:
    """Return the lag-1 autocorrelation, gaps in their places (Parzen 1963); nan below four values or without spread."""
    known = [value for value in values if not math.isnan(value)]
    if len(known) < 4 or not is_apart(max(known), min(known), 0):
        return NAN
    off = [0.0 if math.isnan(value) else value - mean(known) for value in values]
    return math.fsum(a * b for a, b in pairwise(off)) / math.fsum(a * a for a in off)


def limits_state(
    part: list[Point], options: Options, dispersion: float
) -> tuple[str, str | None, str | None]:
    """Return whether limits may be shown, if not why, and what to do next (docs/method.md, Charts 6 and 8)."""
    base = base_of(part)
    is_short = len(base) < POINTS_PROVISIONAL
    if not base:
        return "none", "no_data", "collect_more"
    if options.kind in WITHOUT_LIMITS:
        return "none", "run_chart", None
    if options.kind == "t" and any(point.value <= 0 for point in base):
        return "none", "not_positive", "run_chart"
    if all(math.isnan(point.upper_limit) for point in part):
        return "none", "sparse", "collect_more" if is_short else "run_chart"
    if is_sparse(base, options.kind):
        return "none", "sparse", "coarsen_period" if options.kind in COUNTED else "run_chart"
    if options.kind == "c" and chance_of_chi2(dispersion * (len(base) - 1), len(base) - 1) < 0.05:
        return "none", "over_dispersed", "i"
    if is_short:
        return "trial", None, "collect_more"
    return "established" if len(base) >= POINTS_ESTABLISHED else "provisional", None, None


def is_sparse(base: list[Point], kind: str) -> bool:
    """Whether plain limits would not hold.

    Shares: fewer than five events or non-events expected on most points. Counts: fewer than two on the mean. All:
    more than half of the values equal.
    """
    values = [point.value for point in base]
    if len(values) > 1 and max(map(values.count, values)) > len(values) / 2:
        return True
    if kind in ("p", "pp"):
        share = math.fsum(one.numerator for one in base) / math.fsum(one.denominator for one in base)
        return sum(one.denominator * min(share, 1 - share) < 5 for one in base) > len(base) / 2
    if kind in ("c", "u", "up"):
        return mean([point.value if kind == "c" else point.numerator for point in base]) < 2
    return False


def chance_of_chi2(chi2: float, freedom: int) -> float:
    """Return the chance of a chi-square at least as large: Q(a + 1, x) = Q(a, x) + x^a e^-x / Gamma(a + 1)."""
    if math.isnan(chi2) or freedom < 1:
        return 1.0
    x, a = chi2 / 2, 0.5 if freedom % 2 else 1.0
    chance = math.erfc(math.sqrt(x)) if freedom % 2 else math.exp(-x)
    while a < freedom / 2:
        chance += math.exp(a * math.log(x) - x - math.lgamma(a + 1)) if x > 0 else 0.0
        a += 1
    return chance


def mute_rules(part: list[Point], options: Options, n_useful: int) -> list[str]:
    """Return the rules of the set that no values could make fire on so many points."""
    n_points = sum(not math.isnan(point.value) and not point.is_excluded for point in part)
    has_limits = any(not math.isnan(point.upper_limit) for point in part)
    needed = {
        "beyond_limits": 1 if has_limits else math.inf,
        "two_of_three": 3 if has_limits else math.inf,
        "trend": TREND_LENGTH.get(options.rules, 0),
        "shift": SHIFT_LENGTH.get(options.rules, 0),
    }
    mute = []
    for rule in (*RULE_SETS[options.rules], *OF_THE_WHOLE.get(options.rules, ())):
        is_in_time = rule != "beyond_limits"
        is_mute = n_points < needed.get(rule, 0)
        if rule not in needed:
            is_mute = n_useful < USEFUL_FOR_VERDICT or options.kind in WITHOUT_RUNS
        if is_mute or (is_in_time and not options.is_ordered):
            mute.append(rule)
    return mute


def variation(part: list[Point], better: str) -> str:
    """Return the icon of the phase's latest known point; it needs 13 known points."""
    known = [point for point in part if not math.isnan(point.value)]
    if len(known) < POINTS_FOR_ICON:
        return "too_few" if known else "none"
    direction = known[-1].direction
    if direction == 0:
        return "common_cause"
    where = "high" if direction > 0 else "low"
    if better == "neither":
        return f"neutral_{where}"
    return f"{'improvement' if (direction > 0) == (better == 'up') else 'concern'}_{where}"


def assurance(part: list[Point], options: Options, multiply: float) -> str:
    """Return where the phase's last target stands against its latest known, unclipped limits, as they are shown.

    Strictly outside them on the good side it is always met, on the bad side never; else hit or miss. Limits of no
    width hold one value, which meets the target or not.
    """
    known = [point for point in part if not math.isnan(point.value)]
    if len(known) < POINTS_FOR_ICON or options.kind in WITHOUT_LIMITS:
        return "empty"
    target = part[-1].target
    if math.isnan(target) or options.better == "neither":
        return "empty"
    limited = [point for point in known if not math.isnan(point.lower_limit)]
    if not limited or math.isnan(limited[-1].upper_limit):
        return "hit_or_miss"
    lower, upper = limited[-1].lower_limit * multiply, limited[-1].upper_limit * multiply
    if options.better == "down":
        target, lower, upper = -target, -upper, -lower
    if not is_apart(lower, upper, abs(target)):
        return "pass" if target < upper or not is_apart(target, upper, 0) else "fail"
    if target < lower and is_apart(target, lower, 0):
        return "pass"
    if target > upper and is_apart(target, upper, 0):
        return "fail"
    return "hit_or_miss"
