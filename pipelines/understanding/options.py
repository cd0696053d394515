"""Ticked options: a cell lists some of a few answers, joined by commas that the answers may hold themselves."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from pipelines.sources.cells.headings import plain
from pipelines.sources.logs.options import NO, YES
from pipelines.understanding.columns import Column
from pipelines.understanding.headings import TICK

#: A list of more options than this is not a list of boxes to tick.
MOST_OPTIONS = 20
#: A list of more or longer answers than this is free text.
MOST_ANSWERS, LONGEST_ANSWER = 12, 30


def options_of(column: Column) -> tuple[str, ...]:
    """Return the options of a tick list in the order in which they first stand; empty where it is none.

    An option with a comma in it ("Tea, cake and talk") falls into parts that always stand side by side: parts that
    never stand without one another are put together again. Brackets are closed first.
    """
    separator = ";" if column.share(lambda cell: cell.rstrip().endswith(";") or "; " in cell) > 0.3 else ","
    cells = {tuple(_split(cell, separator)): n for cell, n in column.counts.items()}
    says_so = bool(TICK.search(column.heading))
    if not says_so and sum(n for parts, n in cells.items() if len(parts) > 1) < 0.2 * column.n_filled:
        return ()
    together = _put_together(cells, f"{separator} ")
    counts: Counter[str] = Counter()
    for parts, n in together.items():
        counts.update(dict.fromkeys(parts, n))
    if len(counts) > MOST_OPTIONS or (not says_so and not _recur(counts)):
        return ()
    return tuple(dict.fromkeys(part for parts in together for part in parts))


def yes_of(column: Column) -> str | None:
    """Return how a column of yes and no says yes; None where it is none."""
    answers = {plain(cell): cell for cell in column.counts}
    if not answers.keys() & YES or column.share(lambda cell: plain(cell) in YES | NO) < 0.8:
        return None
    return max((cell for text, cell in answers.items() if text in YES), key=lambda cell: column.counts[cell])


def is_list_of_answers(column: Column) -> bool:
    """Whether nearly every record holds one of a few short answers that come again."""
    few = 2 <= len(column.counts) <= MOST_ANSWERS and column.n_filled >= 3 * len(column.counts)
    no_numbers = column.share(lambda cell: any(mark.isdigit() for mark in cell)) == 0
    short = max(map(len, column.counts), default=0) <= LONGEST_ANSWER
    return few and short and no_numbers and column.n_filled >= 0.9 * column.n_rows


def _recur(counts: Counter[str]) -> bool:
    """Whether the parts are answers given again and again, not the words of free texts."""
    return len(counts) > 1 and sum(n for n in counts.values() if n > 1) >= 0.9 * sum(counts.values())


def _split(cell: str, separator: str) -> list[str]:
    parts: list[str] = []
    for piece in cell.split(separator):
        if parts and parts[-1].count("(") > parts[-1].count(")"):
            parts[-1] += separator + piece
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _put_together(cells: dict[tuple[str, ...], int], joint: str) -> dict[tuple[str, ...], int]:
    """Put parts together that always stand one after the other, until none is left."""
    while True:
        alone: Counter[str] = Counter()
        beside: Counter[tuple[str, str]] = Counter()
        for parts, n in cells.items():
            alone.update({part: n * parts.count(part) for part in set(parts)})
            for pair in pairwise(parts):
                beside[pair] += n
        always = [pair for pair, n in beside.items() if n == alone[pair[0]] == alone[pair[1]] and n > 1]
        if not always:
            return cells
        first, second = always[0]
        cells = _joined(cells, first, second, joint)


def _joined(
    cells: dict[tuple[str, ...], int], first: str, second: str, joint: str
) -> dict[tuple[str, ...], int]:
    joined: Counter[tuple[str, ...]] = Counter()
    for parts, n in cells.items():
        made: list[str] = []
        for part in parts:
            if part == second and made and made[-1] == first:
                made[-1] = f"{first}{joint}{second}"
            else:
                made.append(part)
        joined[tuple(made)] += n
    return dict(joined)
