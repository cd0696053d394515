"""Texts of a log: kept clean where a column asks for them, counted and dropped where they are personal."""

from __future__ import annotations

import re

import numpy as np

from pipelines.sources import personal
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.columns import Column
from pipelines.sources.tables import Effect

NOT_SHOWN = "[not shown: personal]"

_CYCLE = re.compile(r"[\w.-]{1,12}")


def keep_text(ledger: Ledger, line: int, column: str, text: str) -> str | None:
    """Return a text that is kept on purpose, without personal data; None where empty."""
    clean, kinds = personal.scrub(personal.printable(text))
    if kinds:
        _tell_removed(ledger, line, column, kinds)
    if column == "cycle_no" and clean and not _CYCLE.fullmatch(clean):
        _tell_cycle(ledger, line, column, text)
        return None
    return clean or None


def clean_texts(column: Column, key: str, lines: np.ndarray, ledger: Ledger) -> tuple[str | None, ...]:
    """Return the clean text of each distinct text of a column, and tell of every cell that was not clean."""
    scrubbed = [personal.scrub(personal.printable(text)) for text in column.texts]
    kinds = [found for _, found in scrubbed]
    for record in np.flatnonzero(column.take([bool(found) for found in kinds], bool)):
        _tell_removed(ledger, int(lines[record]), key, kinds[column.codes[record]])
    clean = [text or None for text, _ in scrubbed]
    if key != "cycle_no":
        return tuple(clean)
    is_odd = [text is not None and not _CYCLE.fullmatch(text) for text in clean]
    for record in np.flatnonzero(column.take(is_odd, bool)):
        _tell_cycle(ledger, int(lines[record]), key, column[record])
    return tuple(None if odd else text for text, odd in zip(clean, is_odd, strict=True))


def tell_personal(column: Column, lines: np.ndarray, ledger: Ledger) -> None:
    """Count and tell personal data in texts that are not kept anyway."""
    kinds = [personal.find(text) if text.strip() else () for text in column.texts]
    for record in np.flatnonzero(column.take([bool(found) for found in kinds], bool)):
        ledger.personal_cells_dropped += 1
        reason = (
            f"Holds personal data ({', '.join(kinds[column.codes[record]])}). The text was not kept; take it out of "
            "the file."
        )
        ledger.tell(int(lines[record]), column.heading, NOT_SHOWN, reason, Effect.NOTED)


def _tell_removed(ledger: Ledger, line: int, column: str, kinds: tuple[str, ...]) -> None:
    ledger.personal_cells_dropped += 1
    reason = f"Holds personal data ({', '.join(kinds)}), which was taken out. Leave it out of the file."
    ledger.tell(line, column, NOT_SHOWN, reason, Effect.NOTED)


def _tell_cycle(ledger: Ledger, line: int, column: str, text: str) -> None:
    reason = "This is no cycle number. Write e.g. 2."
    ledger.tell(line, column, personal.mask(text), reason, Effect.CELL_MISSING)
