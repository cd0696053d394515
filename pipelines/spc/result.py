"""What charts give back: points, lines, signals, and a summary of each phase."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.spc import icons, signals
from pipelines.spc.coded import category_of
from pipelines.spc.engine import Drawn
from pipelines.spc.groups import BoolArray, FloatArray, Groups, IntArray
from pipelines.spc.limits import KINDS
from pipelines.spc.plan import Options
from pipelines.spc.rule_sets import RuleSet
from pipelines.spc.summary import PhaseSummaries, PhaseSummary
from pipelines.vocabulary import Assurance, Better, ChartKind, Rule, Variation


@dataclass(frozen=True)
class Chart:
    """A chart, in order of x; arrays have one entry a point, shape (k,), missing is nan.

    Lines are not clipped; `to_frame` clips them for drawing. All values and lines are times `multiply`; `target` is
    in the unit so shown, numerator and denominator are as given. `signals` holds the signed arrays of the rules
    (+1 high or rising, -1 low or falling), `signals.winner` the rule that names each point's type.
    """

    kind: ChartKind
    kind_reason: str
    x: NDArray[Any]
    value: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    centre_line: FloatArray
    lower_limit: FloatArray
    upper_limit: FloatArray
    lower_2sigma: FloatArray
    upper_2sigma: FloatArray
    target: FloatArray
    phase: IntArray
    is_baseline: BoolArray
    is_excluded: BoolArray
    signals: signals.Signals
    summaries: PhaseSummaries
    better: Better
    multiply: float
    rules: RuleSet

    @classmethod
    def of(cls, drawn: Drawn, options: Options, kind_reason: str) -> Chart:
        """Take the one chart out of what the engine drew."""
        return cls(
            kind=options.kind,
            kind_reason=kind_reason,
            **point_arrays(drawn),
            signals=drawn.signals,
            summaries=drawn.summaries,
            better=options.better,
            multiply=options.multiply,
            rules=options.rules,
        )

    @property
    def rule_set(self) -> str:
        """Name of the rule set used."""
        return self.rules.name

    @property
    def rule_set_version(self) -> int:
        """Version of the rule set used."""
        return self.rules.version

    @property
    def point_type(self) -> NDArray[Any]:
        """Words of `PointType`, one a point."""
        words = np.array(signals.point_type_words(self.better), dtype=object)
        return words[self.signals.direction + 1]

    @cached_property
    def phases(self) -> tuple[PhaseSummary, ...]:
        """The summary of each phase."""
        return tuple(self.summaries[number] for number in range(len(self.summaries.phase)))

    def to_frame(self, *, clip: bool = True) -> pd.DataFrame:
        """Return one row a point.

        Parameters
        ----------
        clip
            Keep limits within what the value can be (shares 0 to 1, counts from 0), as for drawing. False gives the
            limits as computed, which icons and exports of numbers use.

        Returns
        -------
        pandas.DataFrame
            `point_type` and `rule` are categories; rule is missing where none fires.
        """
        arrays = {name: getattr(self, name) for name in POINT_COLUMNS} | signal_columns(self.signals)
        if clip:
            arrays |= clipped(arrays, self.kind, self.multiply)
        return frame_of(arrays, self.better)

    def summary(self) -> pd.DataFrame:
        """Return one row a phase; counts of runs are missing where no point is off the centre line."""
        reasons = np.full(len(self.summaries.phase), self.kind_reason, dtype=object)
        return self.summaries.frame(self.kind, self.rules, reasons)

    def icons(
        self, *, phase: int = -1, min_points: int = icons.POINTS_FOR_ICON, skip_missing: bool = True
    ) -> icons.Icons:
        """Return the icons of a phase.

        Parameters
        ----------
        phase
            Number of the phase, -1 for the latest.
        min_points
            Known points the phase must have; 13 by docs/method.md, Charts 9.
        skip_missing
            True: the latest point with a value speaks. False: a missing last value is common cause, as in
            NHSRplotthedots.
        """
        size = np.bincount(self.phase, minlength=len(self.summaries.phase)).astype(np.int64)
        latest = icons.latest_of(
            Groups(size),
            self.value,
            self.signals.direction,
            self.target,
            self.lower_limit,
            self.upper_limit,
            skip_missing=skip_missing,
        )
        assurance: Assurance = icons.assurance(latest, self.better, min_points)[phase]
        variation: Variation = icons.variation(latest, self.better, min_points)[phase]
        return icons.Icons(variation, assurance if KINDS[self.kind].has_limits else Assurance.EMPTY)


LIMITS = ("lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")
POINT_COLUMNS = (
    "x",
    "value",
    "numerator",
    "denominator",
    "centre_line",
    *LIMITS,
    "target",
    "phase",
    "is_baseline",
    "is_excluded",
)


def point_arrays(drawn: Drawn) -> dict[str, NDArray[Any]]:
    """Return the columns of `POINT_COLUMNS` as arrays."""
    points, lines = drawn.plan.points, drawn.lines
    return {
        "x": points.x,
        "value": drawn.value,
        "numerator": points.total,
        "denominator": points.denominator,
        "centre_line": drawn.centre_line,
        "lower_limit": lines.lower,
        "upper_limit": lines.upper,
        "lower_2sigma": lines.lower2,
        "upper_2sigma": lines.upper2,
        "target": drawn.plan.target,
        "phase": drawn.phase,
        "is_baseline": drawn.is_baseline,
        "is_excluded": drawn.plan.is_excluded,
    }


def signal_columns(found: signals.Signals) -> dict[str, NDArray[Any]]:
    """Return the flags of the rules; the type of each point and the rule that names it as numbers for `frame_of`."""
    flags = {str(one): getattr(found, one) != 0 for one in signals.POINT_RULES}
    places = np.array([-1, *(list(Rule).index(Rule(name)) for name in found.names)], dtype=np.int8)
    return {**flags, "point_type": found.direction + np.int8(1), "rule": places[found.place]}


def clipped(columns: dict[str, NDArray[Any]], kind: ChartKind, multiply: float) -> dict[str, FloatArray]:
    """Return limits within what the value can be."""
    floor, ceiling = KINDS[kind].floor, KINDS[kind].ceiling
    if floor == -np.inf and ceiling == np.inf:
        return {}
    return {name: np.clip(columns[name], floor * multiply, ceiling * multiply) for name in LIMITS}


def frame_of(columns: dict[str, Any], better: Better) -> pd.DataFrame:
    """Return the table of points, words in place of numbers."""
    types = category_of(signals.point_type_words(better))
    words = {
        "point_type": pd.Categorical.from_codes(columns["point_type"], dtype=types, validate=False),
        "rule": pd.Categorical.from_codes(columns["rule"], dtype=category_of(tuple(Rule)), validate=False),
    }
    return pd.DataFrame(columns | words, copy=False)
