"""Guesses, as a person left them, to the mapping that they amount to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.sources.logs.mapping import ItemSpec, Mapping
from pipelines.understanding.columns import split_heading
from pipelines.understanding.headings import concept_of
from pipelines.understanding.proposal import SINGLE, ColumnGuess, Proposal, Role

#: Items that count what came in: a transfer between members is not counted there again.
TRANSFER = (Role.SOURCE.value, Role.MEMBER.value)


def mapping_of(columns: Sequence[ColumnGuess], proposal: Proposal) -> Mapping:
    """Return the mapping that guesses amount to.

    Parameters
    ----------
    columns
        The guesses of a proposal, some of them put right.
    proposal
        Where they came from: its mapping says what columns do not (ids, form, order of dates, sheets).

    Returns
    -------
    Mapping
        With every heading that plays a part; `tested_on` is not among its columns where no column was chosen.
    """
    wanted = [(role.value, _headings(columns, role)) for role in SINGLE]
    came_in = _came_in(columns)
    items = {
        item: _spec(
            [guess for guess in columns if guess.item == item and guess.role is Role.ITEM], item in came_in
        )
        for item in dict.fromkeys(guess.item for guess in columns if guess.role is Role.ITEM)
        if item is not None
    }
    return replace(proposal.mapping, columns={key: found for key, found in wanted if found}, items=items)


def _headings(columns: Iterable[ColumnGuess], role: Role) -> tuple[str, ...]:
    return tuple(dict.fromkeys(guess.heading for guess in columns if guess.role is role))


def _spec(guesses: Sequence[ColumnGuess], came_in: bool) -> ItemSpec:
    headings = tuple(dict.fromkeys(guess.heading for guess in guesses))
    return ItemSpec(
        headings, guesses[0].ask, guesses[0].option, TRANSFER if came_in else None, guesses[0].where
    )


def _came_in(columns: Sequence[ColumnGuess]) -> set[str]:
    """Return the items that count what came from a source, where it is known who received it.

    They are the items whose heading speaks of what came in; where none does, those right before or behind the
    column that says where it came from.
    """
    roles = {guess.role for guess in columns}
    if not {Role.SOURCE, Role.MEMBER} <= roles:
        return set()
    items = [guess for guess in columns if guess.role is Role.ITEM and guess.item and guess.option is None]
    named = {str(guess.item) for guess in items if _concept(guess) == "in"}
    if named:
        return named
    beside: set[str] = set()
    for n, guess in enumerate(columns):
        if guess.role is Role.SOURCE:
            near = [
                one for one in columns[max(0, n - 1) : n + 2] if one in items and one.sheet == guess.sheet
            ]
            beside |= {str(one.item) for one in near[:1]}
    return beside


def _concept(guess: ColumnGuess) -> str | None:
    group, leaf = split_heading(guess.heading)
    return concept_of(guess.where[1]) if guess.where else concept_of(leaf, group)
