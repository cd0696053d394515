"""Book-keeping of one file: each line gets exactly one fate, each fault a reason."""

from __future__ import annotations

import datetime as dt
import hashlib

import numpy as np

from pipelines.sources import personal
from pipelines.sources.tables import Effect, Guess, Load, RowFault

LOADED, REFUSED, FURNITURE = "loaded", "refused", "furniture"


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
        self.faults: list[RowFault] = []
        self.guesses: list[Guess] = []
        self.fates: dict[int, str] = {}
        self._loaded: list[np.ndarray] = []
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
        """Refuse every line that has no fate yet, for one reason."""
        for line in lines.tolist():
            if line not in self.fates:
                self.refuse(line, None, None, reason)

    def doubt(self, line: int, prototype_id: str, day: dt.date | None) -> None:
        """Remember that a refused line may hold a session of that prototype and day: its period is not whole."""
        if day is not None:
            self.doubtful.append((line, prototype_id, day))

    def tell(
        self, line: int | None, column: str | None, value: str | None, reason: str, effect: Effect
    ) -> None:
        """Add a fault; `value` must have been masked where it may be personal."""
        heading = None if column is None else _heading(column)
        self.faults.append(
            RowFault(self.load_id, self.file, line, heading, value, reason, effect, self.sheet)
        )

    def close(self) -> Load:
        """Return the counts of the file."""
        fates = list(self.fates.values())
        loaded = fates.count(LOADED) + sum(len(lines) for lines in self._loaded)
        refused, furniture = fates.count(REFUSED), fates.count(FURNITURE)
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
