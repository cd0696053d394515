"""What is told of a published file: the first lines of each kind one by one, the others by their number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.sources import personal
from pipelines.sources.tables import Effect, RowFault

#: Lines told one by one for the same reason; the others are told by their number.
MOST_TOLD = 20


@dataclass(slots=True)
class _Kind:
    """What is told for one reason: lines one by one, and how many more there are, in words made at the end."""

    one_by_one: list[RowFault] = field(default_factory=list)
    n: int = 0
    summary: Callable[[int], RowFault] | None = None


class Telling:
    """Gathers what is told of a file, a block of its lines after another; the same thing is told once.

    Parameters
    ----------
    load_id, file
        Named in every fault.
    """

    def __init__(self, load_id: str, file: str):
        self.load_id, self.file = load_id, file
        self.cells_missing = 0
        self._kinds: dict[tuple[str | None, str, Effect], _Kind] = {}

    def tell(
        self, line: int | None, column: str | None, value: str | None, reason: str, effect: Effect
    ) -> None:
        """Tell something of one line, or of the file as a whole; the cell is masked."""
        kind = self._kinds.setdefault((column, reason, effect), _Kind())
        if line is not None or not kind.one_by_one:
            kind.one_by_one.append(self._fault(line, column, value, reason, effect))

    def tell_lines(
        self,
        lines: Sequence[int],
        column: str | None,
        value: Callable[[int], str | None],
        reason: str,
        effect: Effect,
        n_more: int = 0,
    ) -> None:
        """Tell the first lines one by one, the others by their number.

        `value` is the cell by place in `lines`; `n_more` lines come after these.
        """
        kind = self._kinds.setdefault((column, reason, effect), _Kind())
        kind.summary = lambda n: self._fault(None, column, None, f"{n:,} further lines: {reason}", effect)
        n_told = max(0, min(len(lines), MOST_TOLD - len(kind.one_by_one)))
        for n in range(n_told):
            kind.one_by_one.append(self._fault(lines[n], column, value(n), reason, effect))
        kind.n += len(lines) - n_told + n_more

    def count(
        self,
        name: str,
        n: int,
        line: int | None,
        column: str | None,
        value: str | None,
        words: Callable[[int], str],
    ) -> None:
        """Tell once how many lines there are of a kind.

        Parameters
        ----------
        name
            Tells the kind from others.
        n
            How many more there are.
        line, column, value
            The first of them; None, None, None where only the words speak of it.
        words
            The sentence, from the number of all of them; that of the first time stands.
        """
        kind = self._kinds.setdefault((column, name, Effect.NOTED), _Kind())
        if kind.summary is None:
            kind.summary = lambda n: self._fault(line, column, value, words(n), Effect.NOTED)
        kind.n += n

    def clear(self) -> None:
        """Forget everything: what was told of a file that is refused as a whole."""
        self._kinds.clear()
        self.cells_missing = 0

    def faults(self) -> list[RowFault]:
        """Return what there is to tell, in the order in which it came up."""
        return [fault for kind in self._kinds.values() for fault in self._of(kind)]

    def _of(self, kind: _Kind) -> list[RowFault]:
        return [*kind.one_by_one, kind.summary(kind.n)] if kind.summary and kind.n else kind.one_by_one

    def _fault(
        self, line: int | None, column: str | None, value: str | None, reason: str, effect: Effect
    ) -> RowFault:
        return RowFault(self.load_id, self.file, line, column, personal.mask(value or None), reason, effect)
