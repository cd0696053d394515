"""What all sheets of a file say together about the numbers of an item: fractions or per cents, the highest mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.sources.logs.mapping import Mapping
from pipelines.sources.logs.sheets import Sheet
from pipelines.sources.written.values import settle_ask

#: Amounts whose plain numbers mean the same on every sheet: 0.9 beside 1 on one sheet, beside 0.4 on another.
_ONE_SCALE = ("share", "score")


def settled_by_all(mapping: Mapping, sheets: Sequence[Sheet]) -> tuple[Mapping, dict[str, str]]:
    """Settle by the cells of all sheets what a mapping leaves open about shares and scores.

    Parameters
    ----------
    mapping
        What the columns mean.
    sheets
        Those of the file that are read.

    Returns
    -------
    tuple
        The mapping with what was settled, and for each item settled here the guess in words. A sheet that stands alone
        settles its columns by itself.
    """
    settled, guesses = dict(mapping.items), dict[str, str]()
    for item, spec in mapping.items.items():
        having = [sheet for sheet in sheets if item in sheet.items]
        if spec.ask.amount not in _ONE_SCALE or spec.option is not None or len(having) < 2:
            continue
        texts = {text for sheet in having for text in sheet.column(sheet.items[item]).texts}
        ask, guess = settle_ask(sorted(texts), spec.ask)
        if guess:
            settled[item], guesses[item] = replace(spec, ask=ask), guess
    return replace(mapping, items=settled), guesses
