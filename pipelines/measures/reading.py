"""A definition to a `Measure`: every fault of it told at once, each at its key."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from pipelines.errors import Fault, FaultyInputError
from pipelines.measures.definition import (
    ARRIVES,
    BASELINES,
    DECLARED_PERIODS,
    FIRST_POINTS,
    IDENTIFIER,
    KINDS,
    NEEDS_DENOMINATOR,
    PLANNED_EVERY,
    SESSIONS,
    Measure,
    Target,
    items_of,
    kind_of,
)
from pipelines.vocabulary import Better, CascadeStep, ChartKind, DataType, Domain, Period


def check_measure(definition: Mapping[str, Any], file: str = "the new measure") -> list[Fault]:
    """Return every fault of a definition at once, each with its key as `column`.

    Parameters
    ----------
    definition
        Key to value, as TOML gives them; `target` is a list of tables with `from` and `value`.
    file
        Where it stands, for the faults.
    """
    return read_definition(definition, file)[1]


def measure_of(definition: Mapping[str, Any], file: str = "the new measure") -> Measure:
    """Return the measure that a definition makes.

    Raises
    ------
    FaultyInputError
        With every fault of the definition.
    """
    measure, faults = read_definition(definition, file)
    if measure is None:
        raise FaultyInputError(faults)
    return measure


def read_definition(definition: Mapping[str, Any], file: str) -> tuple[Measure | None, list[Fault]]:
    """Return the measure that a definition makes, or None with every fault of it."""
    return _DefinitionReader(definition, file).read()


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
        "display_order wall never_negative cascade_step".split()
    )
    KEYS = frozenset(REQUIRED + OPTIONAL)

    def __init__(self, table: Mapping[str, Any], file: str):
        self.table = table
        self.file = file
        self.faults: list[Fault] = []

    def read(self) -> tuple[Measure | None, list[Fault]]:
        """Return the measure, or None with every fault."""
        for key in sorted(set(self.table) - self.KEYS):
            self._fault(key, f"this key is not known. Known keys: {', '.join(sorted(self.KEYS))}.")
        for key in self.REQUIRED:
            if key not in self.table:
                self._fault(key, "this key is missing. Add it; data/README.md says what it means.")
        measure = self._measure()
        return (None if self.faults else measure), self.faults

    def _fault(self, key: str | None, reason: str) -> None:
        self.faults.append(Fault(self.file, None, key, reason))

    def _text(self, key: str, default: str = "") -> str:
        value = self.table.get(key, default)
        if not isinstance(value, str):
            self._fault(key, f"{value!r} is not a text. Write it in quotes.")
            return default
        if key in self.REQUIRED and key in self.table and not value.strip():
            self._fault(key, "nothing is written here. Fill it in; data/README.md says what it means.")
        return _one_line(value)

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

    def _counted(self, key: str) -> str | None:
        """Return an item, or a sum of items with single spaces round each plus."""
        if key not in self.table:
            return None
        written = self._text(key)
        items = items_of(written)
        names = [part.strip() for part in written.split("+")] if written else []
        for name in names:
            if not IDENTIFIER.match(name):
                what = f'"{name}" is not an item name' if name else "beside a + there is no item"
                advice = (
                    "Use small letters, digits and _, as in the log heading; a sum is written eaten + wasted."
                )
                self._fault(key, f"{what}. {advice}")
        if len(set(items)) < len(items):
            self._fault(key, "the same item stands in this sum twice. Name each item once.")
        if len(items) > 1 and SESSIONS in items:
            self._fault(key, "sessions held cannot be added to an item. Name items alone, or sessions alone.")
        return " + ".join(items) or None

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
            elif isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
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
        for entry in entries:
            if "," in entry:
                reason = f'"{entry}" holds a comma. Write each prototype in quotes of its own: ["a", "b"].'
                self._fault("prototypes", reason)
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
        numerator, denominator = self._counted("numerator") or "", self._counted("denominator")
        if denominator is None and kind in NEEDS_DENOMINATOR:
            self._fault(
                "denominator", f"a {kind} needs a denominator: the log column it is a share or rate of."
            )
        if numerator and set(items_of(numerator)) == set(items_of(denominator)):
            self._fault("denominator", "numerator and denominator are the same: the value would never move.")
        name = self._text("name")
        planned_every = self._text("planned_every", str(self.table.get("period", "week")))
        if "planned_every" in self.table and not PLANNED_EVERY.match(planned_every):
            self._fault(
                "planned_every", f'"{planned_every}" is not known. Write week, 2 weeks, month or session.'
            )
        return Measure(
            measure_id=measure_id,
            name=name,
            short_name=self._text("short_name") or name,
            domain=Domain(self._choice("domain", list(Domain), Domain.REACH)),
            kind=kind,
            numerator=numerator,
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
            never_negative=self._flag("never_negative", default=False),
            cascade_step=self._cascade_step(is_share),
        )

    def _cascade_step(self, is_share: bool) -> CascadeStep | None:
        """Return the step of the cascade; only a share has both its ends, those before and those who came through."""
        if "cascade_step" not in self.table:
            return None
        if not is_share:
            reason = 'a step of the cascade is a share: write kind = "proportion" and a denominator.'
            self._fault("cascade_step", reason)
        return CascadeStep(self._choice("cascade_step", list(CascadeStep), CascadeStep.MEASURED))


def _one_line(text: str) -> str:
    """Return a text on one line without characters that are not seen but work, such as a turned direction."""
    return " ".join("".join(" " if category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text).split())
