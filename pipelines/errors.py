"""Errors that a person can mend: each says where, what was found, and what to do instead.

The command line and the screens show these without a traceback; anything else is a defect of ours.
"""

from __future__ import annotations

from dataclasses import dataclass


class LearningError(Exception):
    """Base of every error whose cure lies with the person, not with the code."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input, told so that it can be found and mended.

    Parameters
    ----------
    file
        Path as the person knows it, e.g. ``data/inbox/test_logs/ashfield.csv``.
    line
        1-based line of the file where the record begins, or None where the whole file is meant.
    column
        Column heading, or None where the whole line is meant.
    reason
        Full sentences: what was found, and how to mend it. Never holds personal data.
    """

    file: str
    line: int | None
    column: str | None
    reason: str

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f", line {self.line}"
        if self.column is not None:
            where += f", column {self.column}"
        return f"{where}: {self.reason}"


class FaultyInputError(LearningError):
    """Every fault of an input, told at once."""

    def __init__(self, faults: list[Fault] | tuple[Fault, ...]):
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnreadableFileError(LearningError):
    """A file that cannot be opened as a table at all; the message says what was found and how to mend it.

    Raised only by ``sources.grid.read_book``. Never holds a cell of the file.
    """


class MartError(LearningError):
    """A mart is missing, broken, or made by another version."""


class RecordsError(LearningError):
    """What people entered cannot be read or saved; the message says where, what was found and how to mend it."""


class ChartError(LearningError):
    """Arguments that do not make a chart, e.g. a denominator missing for a p chart."""
