"""Whose counts these are: of a prototype, or of a neighbourhood and so of its one prototype of hypertension."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.sources.tables import CascadeCount, Neighbourhood, Prototype

#: Theme of the prototypes whose cascade is counted.
THEME = "hypertension"


@dataclass(frozen=True)
class Owners:
    """The neighbourhoods and prototypes that counts may name.

    Attributes
    ----------
    neighbourhood_ids
        Those there are.
    homes
        The neighbourhood of each prototype.
    of_theme
        The prototypes of theme hypertension of each neighbourhood.
    """

    neighbourhood_ids: frozenset[str]
    homes: dict[str, str]
    of_theme: dict[str, tuple[str, ...]]

    def of(self, row: CascadeCount) -> str | None:
        """Return the prototype that a count is charted for; None where the neighbourhood has not exactly one."""
        if row.prototype_id is not None:
            return row.prototype_id
        found = self.of_theme.get(row.neighbourhood_id, ())
        return found[0] if len(found) == 1 else None


def owners_of(neighbourhoods: Iterable[Neighbourhood], prototypes: Iterable[Prototype]) -> Owners:
    """Return whose counts there can be."""
    homes, of_theme = {}, defaultdict(list)
    for one in prototypes:
        homes[one.prototype_id] = one.neighbourhood_id
        if one.theme == THEME:
            of_theme[one.neighbourhood_id].append(one.prototype_id)
    ids = frozenset(row.neighbourhood_id for row in neighbourhoods)
    return Owners(ids, homes, {place: tuple(found) for place, found in of_theme.items()})
