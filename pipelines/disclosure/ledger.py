"""What was released before: figures as they were shown, never as they were counted.

Two releases beside one another tell what changed between them. So a figure that was shown stays as it was, unless it has
changed by eight or more; what was held back stays so; and what is shown next is looked at beside all that was shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pipelines.disclosure.audit import Interval
from pipelines.disclosure.profile import Profile
from pipelines.vocabulary import Period

Name = tuple[str, ...]
Relation = tuple[Name, tuple[Name, ...]]

#: Least change, in people or what is counted, after which a figure is shown anew.
CHANGE_FROM = 8

#: Periods, from the finest.
WIDTHS = (Period.SESSION, Period.WEEK, Period.FOUR_WEEKS, Period.MONTH, Period.THIRTEEN_WEEKS, Period.WHOLE)

#: Marks a figure as it was shown at one time, when it has been shown as another since.
VERSION = "version"


@dataclass(frozen=True)
class Earlier:
    """A figure as it stands released: None and unbounded where it is held back.

    `version` counts how often it was shown anew; `is_repeated` where it is shown although it has changed since.
    """

    value: float | None
    low: float = 0.0
    high: float = np.inf
    version: int = 0
    is_repeated: bool = False


@dataclass
class Ledger:
    """Figures that were released, by name, and what tied them to those held back.

    Attributes
    ----------
    standing
        Name of a figure to how it was last shown anew.
    past
        Relations as they were published, figures by name and version, what was held back by its name alone; in the
        order of first publication.
    periods
        Series to the widest period at which it was shown.
    shown
        What each name with a version was shown as: least and greatest count.
    """

    standing: dict[Name, Earlier] = field(default_factory=dict)
    past: dict[Relation, None] = field(default_factory=dict)
    periods: dict[str, str] = field(default_factory=dict)
    shown: dict[Name, Interval] = field(default_factory=dict)
    _by_first: dict[str, list[Name]] = field(default_factory=dict, repr=False, compare=False)
    _n_indexed: int = field(default=0, repr=False, compare=False)

    def stands(self, name: Name, true: float, profile: Profile) -> Earlier | None:
        """Return the figure that is to be shown again, or that it stays held back; None where it is shown by the rules.

        Parameters
        ----------
        name
            Of the figure.
        true
            Its count now.
        profile
            The rules now. A figure shown under looser ones is not repeated.
        """
        one = self.standing.get(name)
        if one is None or one.value is None:
            return one
        value = np.array([one.value])
        if bool(profile.is_small(value)[0]) or profile.rounded(value)[0] != one.value:
            return None
        if one.low <= true <= one.high:
            return one
        if min(abs(true - one.low), abs(true - one.high)) >= CHANGE_FROM:
            return None
        return replace(
            one, low=max(0.0, one.low - CHANGE_FROM + 1), high=one.high + CHANGE_FROM - 1, is_repeated=True
        )

    def versioned(self, name: Name) -> Name:
        """Return the name of a figure as it is shown now."""
        return (*name, VERSION, str(self.standing[name].version))

    def enter(
        self, figures: Mapping[Name, Earlier], relations: Iterable[Relation] = (), rests: Iterable[Name] = ()
    ) -> None:
        """Enter a release: what it shows, and each relation with something that it holds back.

        Parameters
        ----------
        figures
            As they are shown; repeated ones leave what stands as it is.
        relations
            Between figures, and the rests that nobody publishes.
        rests
            Those rests: each is another one wherever a figure of its relation was shown anew.
        """
        for name, one in figures.items():
            before = self.standing.get(name)
            if before is None or (
                not one.is_repeated and (one.value, one.low, one.high) != _as_shown(before)
            ):
                self.standing[name] = replace(one, version=before.version + 1 if before else 1)
        unpublished = set(rests)
        for total, parts in relations:
            names = (total, *parts)
            if any(name in figures and figures[name].value is None for name in names):
                self._enter_relation(names, figures, unpublished)

    def _enter_relation(
        self, names: Sequence[Name], figures: Mapping[Name, Earlier], rests: set[Name]
    ) -> None:
        then = {
            name: self.versioned(name)
            for name in names
            if name in figures and self.standing[name].value is not None
        }
        when = ",".join(then[name][-1] if name in then else "" for name in names)
        then |= {name: (*name, VERSION, when) for name in names if name in rests}
        for name, marked in then.items():
            one = self.standing.get(name)
            self.shown[marked] = (0.0, np.inf) if name in rests or one is None else (one.low, one.high)
        total, *parts = (then.get(name, name) for name in names)
        self.past[total, tuple(parts)] = None

    def before(
        self, truth: Mapping[Name, float], same: Iterable[Name] = ()
    ) -> tuple[dict[Name, Interval], list[Relation]]:
        """Return what earlier releases told of what is still held back: figures as they were shown, and relations.

        Parameters
        ----------
        truth
            True counts now, by name; a relation that they contradict is left out: it misleads whoever still trusts it.
        same
            Figures that are shown as they were: they are named as they are now.
        """
        held = {name for name in truth if (one := self.standing.get(name)) is not None and one.value is None}
        now = {self.versioned(name): name for name in same}
        cells: dict[Name, Interval] = {}
        relations = []
        for total, parts in self.past:
            names = [now.get(name, name) for name in (total, *parts)]
            then = [name for name in names if name in self.shown]
            known = all(name in self.shown or name in held or name in truth for name in names)
            if known and then and self._agrees(names, truth):
                relations.append((names[0], tuple(names[1:])))
                cells |= {name: self.shown[name] for name in then}
        return cells, relations

    def _agrees(self, names: Sequence[Name], truth: Mapping[Name, float]) -> bool:
        ends = [self.shown[name] if name in self.shown else (truth[name], truth[name]) for name in names]
        low, high = (sum(one[end] for one in ends[1:]) for end in (0, 1))
        return low <= ends[0][1] and high >= ends[0][0]

    def use_period(self, series_id: str, period: Period) -> None:
        """Enter the period at which a series is shown; a wider one than before stays."""
        before = self.periods.get(series_id)
        if before is None or WIDTHS.index(before) < WIDTHS.index(period):
            self.periods[series_id] = str(period)

    def of_series(self, series_id: str) -> list[tuple[Name, Earlier]]:
        """Return every figure of a series that stands released."""
        if self._n_indexed != len(self.standing):
            self._by_first = {}
            for name in self.standing:
                self._by_first.setdefault(name[0], []).append(name)
            self._n_indexed = len(self.standing)
        return [(name, self.standing[name]) for name in self._by_first.get(series_id, [])]

    def told_of(self, names: Iterable[Name]) -> list[Any]:
        """Return all that was told of some figures: as they stand, the relations they were in, and what those showed.

        Equal for two ledgers that release these figures alike, so that it can be part of the name of a release.
        """
        asked = set(names)
        relations = [
            (total, parts)
            for total, parts in self.past
            if any(_unversioned(name) in asked for name in (total, *parts))
        ]
        told = {name for total, parts in relations for name in (total, *parts) if name in self.shown}
        return [
            sorted((name, self.standing[name]) for name in asked & self.standing.keys()),
            relations,
            sorted((name, self.shown[name]) for name in told),
        ]

    def to_text(self) -> str:
        """Return the ledger as lines of JSON, the same for the same content."""
        rows: list[Any] = [
            {
                "figure": name,
                "value": one.value,
                "low": one.low,
                "high": _written(one.high),
                "version": one.version,
            }
            for name, one in sorted(self.standing.items())
        ]
        rows += [
            {"shown": name, "low": low, "high": _written(high)}
            for name, (low, high) in sorted(self.shown.items())
        ]
        rows += [
            {"series": series_id, "period": period} for series_id, period in sorted(self.periods.items())
        ]
        rows += [{"total": total, "parts": parts} for total, parts in self.past]
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    @staticmethod
    def from_text(text: str) -> Ledger:
        """Return the ledger that `to_text` wrote.

        Raises
        ------
        ValueError
            Where a line is none of a ledger.
        """
        ledger = Ledger()
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                ledger._read(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"Line {number} of the ledger of releases cannot be read.") from error
        return ledger

    def _read(self, row: Mapping[str, Any]) -> None:
        if "figure" in row:
            self.standing[tuple(row["figure"])] = Earlier(
                row["value"], row["low"], _read_end(row["high"]), row["version"]
            )
        elif "series" in row:
            self.periods[row["series"]] = str(Period(row["period"]))
        elif "shown" in row:
            self.shown[tuple(row["shown"])] = (row["low"], _read_end(row["high"]))
        else:
            self.past[tuple(row["total"]), tuple(tuple(part) for part in row["parts"])] = None


def _unversioned(name: Name) -> Name:
    """Return the name of a figure without the mark of when it was shown."""
    return name[: name.index(VERSION)] if VERSION in name else name


def _as_shown(one: Earlier) -> tuple[float | None, float, float]:
    return one.value, one.low, one.high


def _written(end: float) -> float | None:
    return None if np.isinf(end) else end


def _read_end(end: float | None) -> float:
    return np.inf if end is None else end
