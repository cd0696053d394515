"""Texts of a log: kept clean where a column asks for them, counted and dropped where they are personal."""

from __future__ import annotations

import re

import numpy as np

from pipelines.sources import personal
from pipelines.sources.ledger import Ledger, Words
from pipelines.sources.logs.columns import Column
from pipelines.sources.tables import Effect

NOT_SHOWN = "[not shown: personal]"

_CYCLE = re.compile(r"[\w.-]{1,12}")


def keep_text(ledger: Ledger, line: int, column: str, text: str) -> str | None:
    """Return a text that is kept on purpose, without personal data; None where empty."""
    clean, kinds = personal.scrub(personal.printable(text))
    if kinds:
        ledger.personal_cells_dropped += 1
        ledger.tell(line, *_removed(column, kinds), Effect.NOTED)
    if column == "cycle_no" and clean and not _CYCLE.fullmatch(clean):
        ledger.tell(line, *_odd_cycle(column, text), Effect.CELL_MISSING)
        return None
    return clean or None


def clean_texts(column: Column, key: str, lines: np.ndarray, ledger: Ledger) -> tuple[str | None, ...]:
    """Return the clean text of each distinct text of a column, and tell of every cell that was not clean."""
    scrubbed = [personal.scrub(personal.printable(text)) for text in column.texts]
    kinds = [found for _, found in scrubbed]
    at = np.flatnonzero(column.take([bool(found) for found in kinds], bool))
    ledger.personal_cells_dropped += len(at)
    ledger.tell_each(lines[at], lambda n: _removed(key, kinds[column.codes[at[n]]]), Effect.NOTED)
    clean = [text or None for text, _ in scrubbed]
    if key != "cycle_no":
        return tuple(clean)
    is_odd = [text is not None and not _CYCLE.fullmatch(text) for text in clean]
    odd_at = np.flatnonzero(column.take(is_odd, bool))
    ledger.tell_each(lines[odd_at], lambda n: _odd_cycle(key, column[odd_at[n]]), Effect.CELL_MISSING)
    return tuple(None if odd else text for text, odd in zip(clean, is_odd, strict=True))


def tell_personal(column: Column, lines: np.ndarray, ledger: Ledger) -> None:
    """Count and tell personal data in texts that are not kept anyway."""
    kinds = [personal.find(text) if text.strip() else () for text in column.texts]
    at = np.flatnonzero(column.take([bool(found) for found in kinds], bool))
    ledger.personal_cells_dropped += len(at)

    def words(n: int) -> Words:
        reason = (
            f"Holds personal data ({', '.join(kinds[column.codes[at[n]]])}). The text was not kept; take it out of "
            "the file."
        )
        return Words(column.heading, NOT_SHOWN, reason)

    ledger.tell_each(lines[at], words, Effect.NOTED)


def _removed(column: str, kinds: tuple[str, ...]) -> Words:
    reason = f"Holds personal data ({', '.join(kinds)}), which was taken out. Leave it out of the file."
    return Words(column, NOT_SHOWN, reason)


def _odd_cycle(column: str, text: str) -> Words:
    return Words(column, personal.mask(text), "This is no cycle number. Write e.g. 2.")
