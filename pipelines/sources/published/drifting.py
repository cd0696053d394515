"""Headings that drift from year to year: the same column under the names that it has borne.

Names are compared without underscores, so that ``PRACTICE_CODE``, ``practicecode`` and ``Practice Code`` are one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipelines.sources.published.publication import Publication


@dataclass(frozen=True, slots=True)
class DriftingNames:
    """A format's columns: our word for each, with the names it has borne (joined up, small letters), newest first."""

    names: Mapping[str, tuple[str, ...]]
    needed: frozenset[str]

    def know(self, headings: Collection[str]) -> bool:
        """Whether every needed column is there under one of its names."""
        have = {heading.replace("_", "") for heading in headings}
        return all(have.intersection(self.names[word]) for word in self.needed)

    def rename(self, publication: Publication) -> None:
        """Give the columns of a publication our words; columns of other names are left as they are."""
        have = {heading.replace("_", ""): column for heading, column in publication.columns.items()}
        found = {
            word: have[name] for word, names in self.names.items() for name in reversed(names) if name in have
        }
        publication.columns = {**publication.columns, **found}
