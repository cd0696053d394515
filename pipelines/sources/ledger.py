"""Book-keeping of one file: each line gets exactly one fate, each fault a reason."""

from __future__ import annotations

import datetime as dt
import hashlib

from pipelines.sources import personal
from pipelines.sources.csv_lines import Record, Text, split
from pipelines.sources.tables import Effect, Load, RowFault

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
        Bytes of what else decided the reading, e.g. the mapping; part of the hash.
    """

    def __init__(self, file: str, reader: str, content: bytes, more: bytes = b""):
        self.file = file
        self.reader = reader
        self.sha256 = hashlib.sha256(content + more).hexdigest()
        self.load_id = hashlib.sha256(f"{file}\n{self.sha256}".encode()).hexdigest()[:16]
        self.faults: list[RowFault] = []
        self.fates: dict[int, str] = {}
        self.doubtful: list[tuple[int, str, dt.date]] = []
        self.cells_missing = 0
        self.personal_cells_dropped = 0

    def split(self, content: bytes) -> Text:
        """Split the file; blank and broken lines get their fate here."""
        text = split(content)
        if text.encoding == "cp1252":
            reason = "The file is not UTF-8 and was read as Windows-1252. If letters look wrong, save it as CSV UTF-8."
            self.tell(None, None, None, reason, Effect.NOTED)
        for record in text.records:
            if record.fault is not None:
                self.refuse(record.line, None, None, record.fault)
            elif record.is_blank or self._is_delimiter_line(record):
                self.furniture(record.line)
        return text

    def open_records(self, text: Text) -> list[Record]:
        """Return the records that have no fate yet."""
        return [record for record in text.records if record.line not in self.fates]

    def furniture(self, line: int) -> None:
        """Count a title, heading, blank or total line."""
        self.fates[line] = FURNITURE

    def load(self, line: int) -> None:
        """Count a line as loaded."""
        self.fates[line] = LOADED

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

    def doubt(self, line: int, prototype_id: str, day: dt.date | None) -> None:
        """Remember that a refused line may hold a session of that prototype and day: its period is not whole."""
        if day is not None:
            self.doubtful.append((line, prototype_id, day))

    def tell(
        self, line: int | None, column: str | None, value: str | None, reason: str, effect: Effect
    ) -> None:
        """Add a fault; `value` must have been masked where it may be personal."""
        heading = None if column is None else personal.scrub(personal.printable(column))[0][:80]
        self.faults.append(RowFault(self.load_id, self.file, line, heading, value, reason, effect))

    def close(self) -> Load:
        """Return the counts of the file."""
        fates = list(self.fates.values())
        return Load(
            self.load_id,
            self.file,
            self.reader,
            self.sha256,
            len(fates),
            fates.count(LOADED),
            fates.count(REFUSED),
            fates.count(FURNITURE),
            self.cells_missing,
            self.personal_cells_dropped,
        )

    @staticmethod
    def _is_delimiter_line(record: Record) -> bool:
        return record.line == 1 and "".join(record.cells).strip().lower() in ("sep=", "sep=,", "sep=;")
