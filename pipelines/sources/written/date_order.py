"""Which comes first, the day or the month? Decided by the whole column, and said.

A part above 12 decides; else the order in which the rows follow one another in time (their weekdays, their days of the
month); else what the other dates of the column or another column of the sheet told; else the day comes first, as is
usual in Britain, and that is said to be an assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.sources.written.date_ballot import Ballot
from pipelines.sources.written.date_evidence import Evidence, by_day_of_month, by_walk, by_weekday, word

#: A column is mixed, not merely strewn with slips, where the fewer that tell are more than one in so many of the others.
STRAYS = 10

AS_WRITTEN, DAY_FIRST, MONTH_FIRST = "as-written", "day-first", "month-first"


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How one way of writing dates was read.

    Attributes
    ----------
    shape
        The way of writing, e.g. ``0/0/0000 00:00``; ``00/00`` where single digits have a 0 before them.
    day_first
        Whether 03/04/2026 is 3 April.
    n_telling, n_either
        Rows that can only be read one way; rows that could be read both ways.
    evidence
        A sentence for the Data page.
    is_sure
        False where nothing tells and the order is assumed, or where the column is mixed.
    """

    shape: str
    day_first: bool
    n_telling: int
    n_either: int
    evidence: str
    is_sure: bool = True


def vote(ballot: Ballot, order: str, others: Sequence[DateOrder]) -> list[DateOrder]:
    """Settle every way of writing in `ballot` and say how.

    Parameters
    ----------
    ballot
        Changed: `settled` is filled.
    order
        ``as-written`` to vote, else the order that somebody has said.
    others
        What another column of the same sheet told.

    Returns
    -------
    list of DateOrder
        One a way of writing in which the order matters for some row.
    """
    found: dict[int, DateOrder] = {}
    quiet: list[tuple[int, int]] = []
    for shape in range(len(ballot.shapes)):
        n_day, n_month, n_either = ballot.told(shape)
        if order != AS_WRITTEN:
            found[shape] = _said(ballot, shape, order == DAY_FIRST)
        elif n_day or n_month:
            found[shape] = _by_parts(ballot, shape)
        else:
            quiet.append((-n_either, shape))
    for _, shape in sorted(quiet):
        found[shape] = _by_rows(ballot, shape, list(found.values()), others)
    return [found[shape] for shape in sorted(found) if found[shape].n_telling or found[shape].n_either]


def _said(ballot: Ballot, shape: int, day_first: bool) -> DateOrder:
    n_day, n_month, n_either = ballot.told(shape)
    ballot.settle(shape, day_first, strictly=True)
    against = n_month if day_first else n_day
    evidence = f"The mapping says that the {word(day_first)} comes first."
    if against:
        evidence += f" {_rows(against)} cannot be read so and {'has' if against == 1 else 'have'} no date."
    return DateOrder(ballot.shapes[shape], day_first, n_day + n_month, n_either, evidence)


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n} rows"


def _by_parts(ballot: Ballot, shape: int) -> DateOrder:
    n_day, n_month, n_either = ballot.told(shape)
    day_first = n_day >= n_month
    ballot.settle(shape, day_first)
    least, most = sorted((n_day, n_month))
    is_mixed = least * STRAYS > most
    evidence = f"The {word(day_first)} comes first: {_rows(most)} can only be read so"
    evidence += f"; {n_either} could be read both ways" if n_either else ""
    evidence += f"; {_rows(least)} can only be read with the {word(not day_first)} first." if least else "."
    if is_mixed:
        evidence = (
            f"The column is mixed: {_rows(n_day)} can only be read with the day first, {_rows(n_month)} only with the month "
            f"first. The {n_either} that could be read both ways follow the rows round them, else the {word(day_first)} "
            "comes first."
        )
    return DateOrder(
        ballot.shapes[shape], day_first, n_day + n_month, n_either, evidence, is_sure=not is_mixed
    )


def _by_rows(
    ballot: Ballot, shape: int, column: Sequence[DateOrder], others: Sequence[DateOrder]
) -> DateOrder:
    """Decide where no part is above 12; what the column has told by parts is overruled only by strong evidence."""
    n_either = ballot.told(shape)[2]
    by_parts = _agreed(order for order in column if order.n_telling)
    evidence = _evidence(ballot, shape, n_either)
    if by_parts is not None and (
        evidence is None or (evidence.day_first != by_parts and not evidence.is_strong)
    ):
        sentence = f"The {word(by_parts)} comes first, as in the other dates of this column; these could be read both ways."
        evidence = Evidence(by_parts, sentence)
    is_sure = evidence is not None
    if evidence is None:
        evidence, is_sure = _assumed(column, others)
    ballot.settle(shape, evidence.day_first)
    return DateOrder(ballot.shapes[shape], evidence.day_first, 0, n_either, evidence.sentence, is_sure)


def _evidence(ballot: Ballot, shape: int, n_either: int) -> Evidence | None:
    as_day, as_month = (ballot.different(shape, day_first) for day_first in (True, False))
    walked = by_walk(ballot.rows(shape, True), ballot.rows(shape, False), n_either)
    if walked and (walked.is_clean or walked.is_strong):
        return walked
    return by_weekday(as_day, as_month) or walked or by_day_of_month(as_day, as_month)


def _agreed(orders: Iterable[DateOrder]) -> bool | None:
    """Return the order in which those that are sure agree; None where there is none, or they do not."""
    told = {order.day_first for order in orders if order.is_sure}
    return told.pop() if len(told) == 1 else None


def _assumed(column: Sequence[DateOrder], others: Sequence[DateOrder]) -> tuple[Evidence, bool]:
    for orders, where in (
        (column, "the other dates of this column have"),
        (others, "another column of the sheet has"),
    ):
        agreed = _agreed(orders)
        if agreed is not None:
            return Evidence(
                agreed, f"These dates tell nothing themselves; {where} the {word(agreed)} first."
            ), True
    sentence = (
        "Nothing tells whether the day or the month comes first; the day is taken to, as is usual in Britain."
    )
    return Evidence(True, sentence), False
