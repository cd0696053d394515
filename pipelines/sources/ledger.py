"""Book-keeping of one file: each line gets exactly one fate, each fault a reason."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass

import numpy as np

from pipelines.sources import personal
from pipelines.sources.tables import Effect, Guess, Load, RowFault

LOADED, REFUSED, FURNITURE = "loaded", "refused", "furniture"

#: Faults of one sheet told line by line for each effect; the others are told by their number, so that a million broken
#: lines cannot fill the memory or the mart.
MOST_TOLD = 20_000


@dataclass(slots=True)
class _Further:
    """Faults of one effect that are told by their number: how many, and between which lines."""

    n: int
    first: int
    last: int

    def words(self) -> str:
        return (
            f"{self.n:,} further notes of this kind, on lines {self.first:,} to {self.last:,}, are not told one by one. "
            "Mend what the first ones tell, then read the file again."
        )


class Ledger:
    """Counts the lines of one file and gathers its faults.

    Parameters
    ----------
    file
        Path below the data folder, with forward slashes.
    reader
        Word for the kind of file, e.g. ``test log``.
    content
        The bytes of the file.
    more
        Bytes of what else decided the reading, e.g. the mapping; part of the load's id.
    sheet
        Name of the sheet, where the file is a workbook.
    """

    def __init__(self, file: str, reader: str, content: bytes, more: bytes = b"", sheet: str | None = None):
        self.file = file
        self.reader = reader
        self.sheet = sheet
        self.sha256 = hashlib.sha256(content).hexdigest()
        told = f"{file}\n{self.sha256}\n{hashlib.sha256(more).hexdigest()}\n{sheet or ''}"
        self.load_id = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
        self._told: list[RowFault] = []
        self._n_told: Counter[Effect] = Counter()
        self._further: dict[Effect, _Further] = {}
        self.guesses: list[Guess] = []
        self.fates: dict[int, str] = {}
        self._loaded: list[np.ndarray] = []
        self._n_refused = 0
        self.doubtful: list[tuple[int, str, dt.date]] = []
        self.cells_missing = 0
        self.personal_cells_dropped = 0

    def furniture(self, line: int) -> None:
        """Count a title, heading, blank or total line."""
        self.fates[line] = FURNITURE

    def load(self, line: int) -> None:
        """Count a line as loaded."""
        self.fates[line] = LOADED

    def load_all(self, lines: np.ndarray) -> None:
        """Count many lines, which have no fate yet, as loaded."""
        self._loaded.append(lines)

    def loaded_lines(self) -> set[int]:
        """Return the lines counted as loaded."""
        single = {line for line, fate in self.fates.items() if fate == LOADED}
        return single.union(*(lines.tolist() for lines in self._loaded))

    def guess(self, column: str | None, what: str, evidence: str, overrule: str) -> None:
        """Add something that was decided while reading and that a person may overrule."""
        heading = None if column is None else _heading(column)
        self.guesses.append(Guess(self.load_id, self.file, self.sheet, heading, what, evidence, overrule))

    def refuse(
        self,
        line: int,
        column: str | None,
        value: str | None,
        reason: str,
        effect: Effect = Effect.LINE_REFUSED,
    ) -> None:
        """Count a line as refused (or held), with the reason; a line may be refused for several reasons."""
        self.fates[line] = REFUSED
        self.tell(line, column, value, reason, effect)

    def refuse_all(self, lines: np.ndarray, reason: str) -> None:
        """Refuse every line that has no fate yet, for one reason; the last thing that is done with a sheet."""
        known = np.fromiter(self.fates, np.int64, len(self.fates))
        left = lines[~np.isin(lines, known)]
        for line in left[:MOST_TOLD].tolist():
            self.refuse(line, None, None, reason)
        more = left[MOST_TOLD:]
        if len(more):
            self._n_refused += len(more)
            self._count_further(Effect.LINE_REFUSED, len(more), int(more[0]), int(more[-1]))

    def doubt(self, line: int, prototype_id: str, day: dt.date | None) -> None:
        """Remember that a refused line may hold a session of that prototype and day: its period is not whole."""
        if day is not None:
            self.doubtful.append((line, prototype_id, day))

    def tell(
        self, line: int | None, column: str | None, value: str | None, reason: str, effect: Effect
    ) -> None:
        """Add a fault; `value` must have been masked where it may be personal."""
        self._n_told[effect] += 1
        if line is not None and self._n_told[effect] > MOST_TOLD:
            self._count_further(effect, 1, line, line)
            return
        heading = None if column is None else _heading(column)
        self._told.append(self._fault(line, heading, value, reason, effect))

    @property
    def faults(self) -> list[RowFault]:
        """What there is to tell: every fault, or the first of them and how many there are more."""
        words = ((more.words(), effect) for effect, more in self._further.items())
        return [*self._told, *(self._fault(None, None, None, reason, effect) for reason, effect in words)]

    def _fault(
        self, line: int | None, heading: str | None, value: str | None, reason: str, effect: Effect
    ) -> RowFault:
        return RowFault(self.load_id, self.file, line, heading, value, reason, effect, self.sheet)

    def _count_further(self, effect: Effect, n: int, first: int, last: int) -> None:
        more = self._further.setdefault(effect, _Further(0, first, last))
        more.n += n
        more.first, more.last = min(more.first, first), max(more.last, last)

    def close(self) -> Load:
        """Return the counts of the file."""
        fates = list(self.fates.values())
        loaded = fates.count(LOADED) + sum(len(lines) for lines in self._loaded)
        refused, furniture = fates.count(REFUSED) + self._n_refused, fates.count(FURNITURE)
        return Load(
            self.load_id,
            self.file,
            self.reader,
            self.sha256,
            loaded + refused + furniture,
            loaded,
            refused,
            furniture,
            self.cells_missing,
            self.personal_cells_dropped,
            self.sheet,
        )


def _heading(text: str) -> str:
    return personal.scrub(personal.printable(text))[0][:80]
