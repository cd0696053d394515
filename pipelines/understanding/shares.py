"""Shares whose two numbers stand in the file as well: better counted from them than taken as a mean of shares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from pipelines.sources.written.values import Ask, read_number, settle_ask
from pipelines.understanding.proposal import ColumnGuess, Role

if TYPE_CHECKING:
    from pipelines.understanding.propose import Sheet

#: Fewer sessions than this prove nothing, and of more columns than this no pairs are tried.
FEWEST, MOST_COLUMNS = 5, 24

#: Shares are written rounded to whole per cents.
_ROUNDED = 0.006


def find_shares(sheets: Sequence[Sheet], guesses: Sequence[ColumnGuess]) -> tuple[tuple[str, str, str], ...]:
    """Return share, part and whole, as items, where one column is another divided by a third.

    Parameters
    ----------
    sheets
        Those that are read; the first with enough sessions decides.
    guesses
        What the columns were taken for, with the words of the items.
    """
    words = {
        (guess.sheet, guess.heading): guess for guess in guesses if guess.role is Role.ITEM and guess.item
    }
    found: dict[str, tuple[str, str, str]] = {}
    for sheet in sheets:
        taken = {
            guess.item: (guess, column)
            for column in sheet.columns
            if (guess := words.get((column.sheet, column.heading)))
            and not guess.option
            and not guess.ask.part
        }
        counts = {
            str(item): _numbers(column.cells.to_pylist(), Ask("measurement"))
            for item, (guess, column) in taken.items()
            if guess.ask.amount == "count"
        }
        for item, (guess, column) in taken.items():
            if guess.ask.amount == "share" and item not in found and len(counts) <= MOST_COLUMNS:
                texts = column.cells.to_pylist()
                shares = _numbers(texts, settle_ask(sorted(set(texts)), guess.ask)[0])
                pair = next(
                    (pair for pair in permutations(counts, 2) if _is_of(shares, *(counts[n] for n in pair))),
                    None,
                )
                if pair is not None:
                    found[str(item)] = (str(item), *pair)
    return tuple(found.values())


def _numbers(cells: Sequence[str], ask: Ask) -> np.ndarray:
    known = {text: read_number(text, ask).value for text in set(cells)}
    return np.array([np.nan if known[text] is None else known[text] for text in cells], dtype=float)


def _is_of(shares: np.ndarray, part: np.ndarray, whole: np.ndarray) -> bool:
    """Whether nearly every share is the part divided by the whole, and the shares differ."""
    known = ~(np.isnan(shares) | np.isnan(part) | np.isnan(whole)) & (whole > 0)
    if known.sum() < FEWEST or len(np.unique(shares[known])) < 3:
        return False
    return bool(np.mean(np.abs(part[known] / whole[known] - shares[known]) <= _ROUNDED) >= 0.9)
