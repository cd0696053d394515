"""Measure definitions: one TOML file a measure, read whole, every fault told at once.

A new measure is one file: no SQL, no Python. The keys are described in data/README.md.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import Fault, FaultyInputError
from pipelines.vocabulary import Better, ChartKind, DataType, Domain, Period

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

IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]{0,63}$")


def kind_of(word: str) -> DataType | ChartKind:
    """Return the word of a kind as what it is: data to choose a chart for, or the chart itself."""
    return DataType(word) if word in list(DataType) else ChartKind(word)


@dataclass(frozen=True)
class Target:
    """A value to reach, and the day from which it holds. Shares are 0 to 1."""

    from_on: dt.date
    value: float


@dataclass(frozen=True)
class Measure:
    """One measure as filed.

    `kind` is a `DataType`, or a `ChartKind` where the author fixes the chart. `numerator` and `denominator` are
    item columns of the test logs (`denominator` None for counts and single values; the word ``sessions`` counts
    the sessions held). `prototypes` holds prototype ids, ``theme:<theme>`` or ``*``. `baseline` is one of
    BASELINES, ``first:<points>``, or a pair of ISO dates joined by a slash.
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

    @property
    def is_share(self) -> bool:
        """Whether values are shares of 0 to 1, shown as per cent."""
        return self.kind in (DataType.PROPORTION, ChartKind.P, ChartKind.PP)

    @property
    def is_never_negative(self) -> bool:
        """Whether a value below 0 cannot be: counts, shares, rates, and what lies between events."""
        return self.counts is not None or self.kind not in (
            DataType.MEASUREMENT,
            ChartKind.RUN,
            ChartKind.I,
            ChartKind.IP,
        )

    def target_on(self, day: dt.date) -> float | None:
        """Return the target that holds on a day, or None before the first."""
        held = [target for target in self.targets if target.from_on <= day]
        return max(held, key=lambda target: target.from_on).value if held else None


def read_measures(folder: Path) -> tuple[Measure, ...]:
    """Read every ``*.toml`` of a folder, in order of domain, display_order and id.

    Raises
    ------
    FaultyInputError
        With every fault of every file, never only the first.
    """
    faults: list[Fault] = []
    measures: list[Measure] = []
    for path in sorted(folder.glob("*.toml")):
        reader = _DefinitionReader(path)
        measure = reader.read()
        faults += reader.faults
        if measure is not None:
            measures.append(measure)
    seen: dict[str, Measure] = {}
    for measure in measures:
        if measure.measure_id in seen:
            faults.append(
                Fault(
                    str(folder),
                    None,
                    "id",
                    f'two files have the id "{measure.measure_id}". Give one another id.',
                )
            )
        seen[measure.measure_id] = measure
    if faults:
        raise FaultyInputError(faults)
    domains = list(Domain)
    return tuple(sorted(measures, key=lambda m: (domains.index(m.domain), m.display_order, m.measure_id)))


class _DefinitionReader:
    """Reads one definition and gathers its faults."""

    REQUIRED = (
        "id",
        "name",
        "domain",
        "kind",
        "numerator",
        "unit",
        "period",
        "better",
        "disclosive",
        "prototypes",
        "why",
        "source",
    )
    OPTIONAL = tuple(
        "short_name denominator counts planned_every target baseline no_entry_means_zero arrives lag_days "  # noqa: SIM905
        "display_order wall".split()
    )
    KEYS = frozenset(REQUIRED + OPTIONAL)

    def __init__(self, path: Path):
        self.path = path
        self.faults: list[Fault] = []
        self.table: dict[str, Any] = {}

    def read(self) -> Measure | None:
        try:
            self.table = tomllib.loads(self.path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self._fault(None, f"the file is not readable TOML ({error}). Compare it with data/measures/.")
            return None
        for key in sorted(set(self.table) - self.KEYS):
            self._fault(key, f"this key is not known. Known keys: {', '.join(sorted(self.KEYS))}.")
        for key in self.REQUIRED:
            if key not in self.table:
                self._fault(key, "this key is missing. Add it; data/README.md says what it means.")
        measure = self._measure()
        return None if self.faults else measure

    def _fault(self, key: str | None, reason: str) -> None:
        self.faults.append(Fault(str(self.path), None, key, reason))

    def _text(self, key: str, default: str = "") -> str:
        value = self.table.get(key, default)
        if not isinstance(value, str) or (key in self.REQUIRED and key in self.table and not value.strip()):
            self._fault(key, f"{value!r} is not a text. Write it in quotes.")
            return default
        return value.strip()

    def _flag(self, key: str, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self._fault(key, f"{value!r} is neither true nor false. Write true or false, without quotes.")
            return default
        return value

    def _number(self, key: str, default: int) -> int:
        value = self.table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self._fault(key, f"{value!r} is not a whole number from 0. Write it without quotes.")
            return default
        return value

    def _choice(self, key: str, words: tuple[str, ...] | list[str], default: str) -> str:
        value = self.table.get(key, default)
        if value not in words:
            self._fault(key, f"{value!r} is not known. Choose one of: {', '.join(words)}.")
            return default
        return str(value)

    def _item(self, key: str) -> str | None:
        if key not in self.table:
            return None
        name = self._text(key)
        if name and not IDENTIFIER.match(name):
            self._fault(
                key, f'"{name}" is not an item name. Use small letters, digits and _, as in the log heading.'
            )
        return name or None

    def _kind(self) -> DataType | ChartKind:
        return kind_of(self._choice("kind", list(KINDS), DataType.COUNT))

    def _targets(self, is_share: bool) -> tuple[Target, ...]:
        targets: list[Target] = []
        entries = self.table.get("target", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self._fault("target", "targets are written as [[target]] tables, each with `from` and `value`.")
            return ()
        for entry in entries:
            day, value = entry.get("from"), entry.get("value")
            if isinstance(day, dt.datetime) or not isinstance(day, dt.date):
                self._fault(
                    "target", f"from = {day!r} is not a date. Write it as from = 2026-01-31, without quotes."
                )
            elif isinstance(value, bool) or not isinstance(value, int | float):
                self._fault("target", f"value = {value!r} is not a number. Write it without quotes.")
            elif is_share and not 0 <= value <= 1:
                self._fault("target", f"value = {value} is not a share. Write 80 % as 0.8.")
            else:
                targets.append(Target(day, float(value)))
        if len({target.from_on for target in targets}) < len(targets):
            self._fault("target", "two targets hold from the same day. Remove one.")
        return tuple(sorted(targets, key=lambda target: target.from_on))

    def _baseline(self) -> str:
        word = self._text("baseline", "auto")
        if word in BASELINES or FIRST_POINTS.match(word):
            return word
        try:
            first, last = (dt.date.fromisoformat(part) for part in word.split("/"))
        except ValueError:
            self._fault(
                "baseline",
                f'"{word}" is not known. Choose {", ".join(BASELINES)}, first:20, or two dates: 2025-01-06/2025-03-31.',
            )
            return "auto"
        if last < first:
            self._fault("baseline", f'"{word}" ends before it begins. Write the earlier date first.')
        return word

    def _prototypes(self) -> tuple[str, ...]:
        value = self.table.get("prototypes", [])
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list) or not entries or not all(isinstance(e, str) and e for e in entries):
            self._fault("prototypes", 'write "*", "theme:<theme>", or a list of prototype ids in quotes.')
            return ()
        return tuple(entries)

    def _measure(self) -> Measure:
        kind = self._kind()
        is_share = kind in (DataType.PROPORTION, ChartKind.P, ChartKind.PP)
        measure_id = self._text("id")
        if measure_id and not IDENTIFIER.match(measure_id):
            self._fault(
                "id",
                f'"{measure_id}" is not an id. Use small letters, digits and _, beginning with a letter.',
            )
        denominator = self._item("denominator")
        if denominator is None and kind in NEEDS_DENOMINATOR:
            self._fault(
                "denominator", f"a {kind} needs a denominator: the log column it is a share or rate of."
            )
        planned_every = self._text("planned_every", str(self.table.get("period", "week")))
        if not PLANNED_EVERY.match(planned_every):
            self._fault(
                "planned_every", f'"{planned_every}" is not known. Write week, 2 weeks, month or session.'
            )
        return Measure(
            measure_id=measure_id,
            name=self._text("name"),
            short_name=self._text(
                "short_name", self.table.get("name", "") if isinstance(self.table.get("name"), str) else ""
            ),
            domain=Domain(self._choice("domain", list(Domain), Domain.REACH)),
            kind=kind,
            numerator=self._item("numerator") or "",
            denominator=denominator,
            counts=self._choice("counts", ("people", "visits"), "people") if "counts" in self.table else None,
            unit=self._text("unit"),
            period=Period(self._choice("period", list(DECLARED_PERIODS), Period.WEEK)),
            planned_every=planned_every,
            better=Better(self._choice("better", list(Better), Better.NEITHER)),
            targets=self._targets(is_share),
            baseline=self._baseline(),
            disclosive=self._flag("disclosive", default=True),
            prototypes=self._prototypes(),
            why=self._text("why"),
            source=self._text("source"),
            no_entry_means_zero=self._flag("no_entry_means_zero", default=False),
            arrives=self._choice("arrives", ARRIVES, "as_counted"),
            lag_days=self._number("lag_days", 0),
            display_order=self._number("display_order", 100),
            wall=self._flag("wall", default=True),
        )
