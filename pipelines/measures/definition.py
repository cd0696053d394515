"""What a measure is: the definition as filed, and the words that its keys may hold."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipelines.vocabulary import Better, CascadeStep, ChartKind, DataType, Domain, Period

#: An interval between planned tests: a period's name, or a number of days, weeks or months.
PLANNED_EVERY = re.compile(r"^(session|day|week|month|4-week|13-week|[1-9]\d? (days|weeks|months))$")

#: How a series reaches us; anything but `as_counted` forbids limits (docs/method.md, Charts 8).
ARRIVES = ("as_counted", "rounded", "rolling", "cumulative")

#: How the points that set the usual range are found (docs/method.md, Charts 6).
BASELINES = ("auto", "before_cycle", "stable_run", "none")

#: `first:20` sets the usual range by the first 20 points.
FIRST_POINTS = re.compile(r"^first:(\d{1,3})$")

#: Periods a definition may name; the coarser ones are only ever reached by a remedy or by disclosure.
DECLARED_PERIODS = (Period.SESSION, Period.WEEK, Period.FOUR_WEEKS, Period.MONTH)

NEEDS_DENOMINATOR = (DataType.PROPORTION, DataType.RATE, ChartKind.P, ChartKind.PP, ChartKind.U, ChartKind.UP)

#: What `kind` may say. The charts left out plot ranges, or samples of single readings, which are not kept.
KINDS = (*DataType, *(kind for kind in ChartKind if kind not in (ChartKind.MR, ChartKind.XBAR, ChartKind.S)))

#: Kinds whose values may lie below 0, unless a definition says `never_negative`.
CAN_BE_NEGATIVE = (DataType.MEASUREMENT, ChartKind.RUN, ChartKind.I, ChartKind.IP)

IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]{0,63}$")

#: Stands for the number of sessions held, where a numerator or denominator is no column of the log.
SESSIONS = "sessions"

#: What the items of cascade_counts.csv begin with: they come by the month and are no columns of a log.
CASCADE = "cascade_"


def kind_of(word: str) -> DataType | ChartKind:
    """Return the word of a kind as what it is: data to choose a chart for, or the chart itself."""
    return DataType(word) if word in list(DataType) else ChartKind(word)


def items_of(counted: str | None) -> tuple[str, ...]:
    """Return the items that a numerator or denominator adds up: ``kg_shared + kg_wasted`` is two, None is none."""
    return tuple(part.strip() for part in counted.split("+") if part.strip()) if counted else ()


@dataclass(frozen=True)
class Target:
    """A value to reach, and the day from which it holds. Shares are 0 to 1."""

    from_on: dt.date
    value: float


@dataclass(frozen=True)
class Measure:
    """One measure as filed.

    `kind` is a `DataType`, or a `ChartKind` where the author fixes the chart. `numerator` and `denominator` are
    item columns of the test logs, or sums of them written ``kg_shared + kg_wasted`` (`denominator` None for counts
    and single values; the word ``sessions`` counts the sessions held). `prototypes` holds prototype ids,
    ``theme:<theme>`` or ``*``. `baseline` is one of BASELINES, ``first:<points>``, or a pair of ISO dates joined by
    a slash. `never_negative` says of a measured number that it cannot be below 0, as kilograms cannot. `cascade_step` is
    the step of the hypertension cascade that the people of the numerator have reached, or None.
    """

    measure_id: str
    name: str
    short_name: str
    domain: Domain
    kind: DataType | ChartKind
    numerator: str
    denominator: str | None
    counts: str | None
    unit: str
    period: Period
    planned_every: str
    better: Better
    targets: tuple[Target, ...]
    baseline: str
    disclosive: bool
    prototypes: tuple[str, ...]
    why: str
    source: str
    no_entry_means_zero: bool = False
    arrives: str = "as_counted"
    lag_days: int = 0
    display_order: int = 100
    wall: bool = True
    never_negative: bool = False
    cascade_step: CascadeStep | None = None

    @property
    def items(self) -> tuple[str, ...]:
        """Every item of the logs that it counts, each once; a sum gives its parts.

        ``sessions`` is no item, and the counts of cascade_counts.csv are in no log.
        """
        both = (*items_of(self.numerator), *items_of(self.denominator))
        return tuple(
            dict.fromkeys(item for item in both if item != SESSIONS and not item.startswith(CASCADE))
        )

    @property
    def is_logged(self) -> bool:
        """Whether logs count it: not the measures of cascade_counts.csv."""
        return not any(item.startswith(CASCADE) for item in items_of(self.numerator))

    @property
    def is_share(self) -> bool:
        """Whether values are shares of 0 to 1, shown as per cent."""
        return self.kind in (DataType.PROPORTION, ChartKind.P, ChartKind.PP)

    @property
    def is_never_negative(self) -> bool:
        """Whether a value below 0 cannot be: it is said so, or a count, a share, a rate, or lies between events."""
        return self.never_negative or self.counts is not None or self.kind not in CAN_BE_NEGATIVE

    def is_for(self, prototype_id: str, theme: str | None) -> bool:
        """Whether it is counted at a prototype: by its id, by its theme, or everywhere."""
        return not {"*", prototype_id, f"theme:{theme or ''}"}.isdisjoint(self.prototypes)

    def target_on(self, day: dt.date) -> float | None:
        """Return the target that holds on a day, or None before the first."""
        held = [target for target in self.targets if target.from_on <= day]
        return max(held, key=lambda target: target.from_on).value if held else None
