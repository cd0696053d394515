"""What is timed: a name, what it does, and how many series a call takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

#: Charts the series from the first up to, not with, the second number.
Run = Callable[[int, int], object]

#: The kinds of chart of the tables.
KINDS = ("xmr", "p")


@dataclass(frozen=True)
class Contestant:
    """One row of a table.

    `prepare` takes a kind and the size of the data, (series, points), makes the data and imports what is needed, all
    outside the clock, and returns what is timed. `per_batch` is how many series are charted between two looks at the
    clock. `is_like_ours` is False where clearly less is computed than the four rules.
    """

    package: str
    timed: str
    prepare: Callable[[str, int, int], Run]
    kinds: tuple[str, ...] = KINDS
    per_batch: int = 100
    is_like_ours: bool = True

    @property
    def version(self) -> str:
        """Version of the package as installed here, empty where it is not."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return ""
