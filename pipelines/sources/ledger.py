"""Book-keeping of one file: each line gets exactly one fate, each fault a reason."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipelines.sources import personal
from pipelines.sources.tables import Effect, Guess, Load, RowFault

LOADED, REFUSED, FURNITURE = "loaded", "refused", "furniture"
_OPEN, _LOADED, _REFUSED, _FURNITURE = range(4)
_WORDS = {_LOADED: LOADED, _REFUSED: REFUSED, _FURNITURE: FURNITURE}

#: Faults of one sheet told line by line for each effect; the others are told by their number, so that a million broken
#: lines cannot fill the memory or the mart.
MOST_TOLD = 20_000


class Words(NamedTuple):
    """What is told of one line; `value` must have been masked where it may be personal."""

    column: str | None
    value: str | None
    reason: str


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
        #: The fate of each line, at its number: a byte a line, however many are refused.
        self._fates = np.zeros(1_024, np.int8)
        self.cells_missing = 0
        self.personal_cells_dropped = 0

    def furniture(self, line: int) -> None:
        """Count a title, heading, blank or total line."""
        self._mark(line, _FURNITURE)

    def load(self, line: int) -> None:
        """Count a line as loaded."""
        self._mark(line, _LOADED)

    def furniture_all(self, lines: np.ndarray) -> None:
        """Count many lines as titles, headings, blanks or totals."""
        self._mark(lines, _FURNITURE)

    def load_all(self, lines: np.ndarray) -> None:
        """Count many lines as loaded."""
        self._mark(lines, _LOADED)

    @property
    def fates(self) -> dict[int, str]:
        """The fate of each line in a word; for a look at a few lines."""
        return {line: _WORDS[int(self._fates[line])] for line in np.flatnonzero(self._fates).tolist()}

    def loaded_lines(self) -> set[int]:
        """Return the lines counted as loaded."""
        return set(np.flatnonzero(self._fates == _LOADED).tolist())

    def _mark(self, lines: int | np.ndarray, fate: int) -> None:
        self._reach(lines)
        self._fates[lines] = fate

    def _reach(self, lines: int | np.ndarray) -> None:
        """Make room for the fates of lines so far down."""
        last = int(np.max(lines, initial=0))
        if last >= len(self._fates):
            more = max(last + 1, 2 * len(self._fates)) - len(self._fates)
            self._fates = np.concatenate([self._fates, np.zeros(more, np.int8)])

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
        self._mark(line, _REFUSED)
        self.tell(line, column, value, reason, effect)

    def refuse_each(
        self, lines: np.ndarray, words: Callable[[int], Words], effect: Effect = Effect.LINE_REFUSED
    ) -> None:
        """Count many lines as refused (or held); `words` is asked, by place in `lines`, only for those that are told."""
        self._mark(lines, _REFUSED)
        self.tell_each(lines, words, effect)

    def refuse_all(self, lines: np.ndarray, reason: str) -> None:
        """Refuse every line that has no fate yet, for one reason; the last thing that is done with a sheet."""
        self._reach(lines)
        left = lines[self._fates[lines] == _OPEN]
        self.refuse_each(left, lambda _: Words(None, None, reason))

    def tell(
        self, line: int | None, column: str | None, value: str | None, reason: str, effect: Effect
    ) -> None:
        """Add a fault; `value` must have been masked where it may be personal."""
        self._n_told[effect] += 1
        if line is not None and self._n_told[effect] > MOST_TOLD:
            self._count_further(effect, 1, line, line)
            return
        self._told.append(self._fault(line, column, value, reason, effect))

    def tell_each(self, lines: np.ndarray, words: Callable[[int], Words], effect: Effect) -> None:
        """Add a fault a line; `words` is asked, by place in `lines`, only for those that are told one by one."""
        n_left = max(MOST_TOLD - self._n_told[effect], 0)
        for n, line in enumerate(lines[:n_left].tolist()):
            self._told.append(self._fault(line, *words(n), effect))
        self._n_told[effect] += len(lines)
        more = lines[n_left:]
        if len(more):
            self._count_further(effect, len(more), int(more.min()), int(more.max()))

    @property
    def faults(self) -> list[RowFault]:
        """What there is to tell: every fault, or the first of them and how many there are more."""
        words = ((more.words(), effect) for effect, more in self._further.items())
        return [*self._told, *(self._fault(None, None, None, reason, effect) for reason, effect in words)]

    def _fault(
        self, line: int | None, column: str | None, value: str | None, reason: str, effect: Effect
    ) -> RowFault:
        heading = None if column is None else _heading(column)
        return RowFault(self.load_id, self.file, line, heading, value, reason, effect, self.sheet)

    def _count_further(self, effect: Effect, n: int, first: int, last: int) -> None:
        more = self._further.setdefault(effect, _Further(0, first, last))
        more.n += n
        more.first, more.last = min(more.first, first), max(more.last, last)

    def close(self) -> Load:
        """Return the counts of the file."""
        numbers = np.bincount(self._fates, minlength=len(_WORDS) + 1).tolist()
        loaded, refused, furniture = (numbers[fate] for fate in (_LOADED, _REFUSED, _FURNITURE))
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
