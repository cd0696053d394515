"""What a chart gives back: points, lines, signals and a summary of each phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.spc import icons, signals
from pipelines.spc.limits import KINDS
from pipelines.spc.phase_summary import PhaseSummary
from pipelines.spc.rule_sets import RuleSet
from pipelines.vocabulary import Assurance, Better, ChartKind, Variation

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Chart:
    """A chart, in order of x; arrays have one entry a point, shape (k,), missing is nan.

    Lines are not clipped; `to_frame` clips them for drawing. All values and lines are times `multiply`; `target` is
    in the unit so shown, numerator and denominator are as given. `signals` holds the signed arrays of the rules
    (+1 high or rising, -1 low or falling), `winner` the rule that names each point's type.
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
    phase: NDArray[np.int64]
    is_baseline: BoolArray
    is_excluded: BoolArray
    signals: signals.Signals
    phases: tuple[PhaseSummary, ...]
    better: Better
    multiply: float
    rules: RuleSet

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
        return signals.point_types(self.signals.direction, self.better)

    def to_frame(self, *, clip: bool = True) -> pd.DataFrame:
        """Return one row a point.

        Parameters
        ----------
        clip
            Keep limits within what the value can be (shares 0 to 1, ranges from 0), as for drawing. False gives the
            limits as computed, which icons and exports of numbers use.
        """
        kind = KINDS[self.kind]
        low, high = (kind.floor * self.multiply, kind.ceiling * self.multiply) if clip else (-np.inf, np.inf)
        lines = ("lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")
        return pd.DataFrame(
            {
                "x": self.x,
                "value": self.value,
                "numerator": self.numerator,
                "denominator": self.denominator,
                "centre_line": self.centre_line,
                **{name: np.clip(getattr(self, name), low, high) for name in lines},
                "target": self.target,
                "phase": self.phase,
                "is_baseline": self.is_baseline,
                "is_excluded": self.is_excluded,
                **{name: getattr(self.signals, name) != 0 for name in signals.POINT_RULES},
                "point_type": self.point_type,
                "rule": self.signals.winner,
            }
        )

    def summary(self) -> pd.DataFrame:
        """Return one row a phase; counts of runs are missing where no point is off the centre line."""
        rows = [one.row() for one in self.phases]
        columns: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
        for name in ("longest_run", "longest_run_max", "n_crossings", "n_crossings_min"):
            columns[name] = pd.array(columns[name], dtype="Int64")
        return pd.DataFrame(columns)

    def icons(
        self, *, phase: int = -1, min_points: int = icons.MIN_POINTS, skip_missing: bool = True
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
        wanted = int(self.phase.max(initial=0)) if phase < 0 else phase
        rows = np.flatnonzero(self.phase == wanted)
        known = rows[np.isfinite(self.value[rows])]
        if known.size < max(min_points, 1):
            return icons.Icons(Variation.TOO_FEW if known.size else Variation.NONE, Assurance.EMPTY)
        at = int(known[-1] if skip_missing else rows[-1])
        return icons.Icons(
            icons.variation(int(self.signals.direction[at]), self.better), self._assurance(rows, known)
        )

    def _assurance(self, rows: NDArray[np.int64], known: NDArray[np.int64]) -> Assurance:
        """Judge the phase's last target by its last known limits."""
        if not KINDS[self.kind].has_limits:
            return Assurance.EMPTY
        limited = known[np.isfinite(self.lower_limit[known])]
        at = int(limited[-1]) if limited.size else int(rows[-1])
        target = float(self.target[rows[-1]])
        return icons.assurance(target, float(self.lower_limit[at]), float(self.upper_limit[at]), self.better)
