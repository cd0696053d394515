"""What the columns of a log mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.sources.written.values import Ask

#: Columns that stand at the top of a mapping; the two ids as columns stand in [columns].
COLUMNS = ("tested_on", "submitted_at", "sender", "place", "place_type", "cycle_no", "source", "member")
ID_COLUMNS = ("neighbourhood_id", "prototype_id")

#: How days and months are told apart.
DATES = ("as-written", "day-first", "month-first")

FORMS = ("google forms", "microsoft forms", "kobo", "odk")

#: What a column holds where nothing else is said: a count.
COUNT = Ask()


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """Where one item is counted.

    Attributes
    ----------
    headings
        Any of these headings: sheets differ. The first that a sheet has is read.
    ask
        What the cells are said to hold.
    option
        A ticked option: the item is 1 where it was ticked, 0 where others were.
    not_from
        Keys of `Mapping.columns` (source, member): where the source is itself a member, the record is a transfer
        between members and this item does not count it again.
    where
        The heading of another column and what it must say: the cell counts only there ("Event", "Given out").
    """

    headings: tuple[str, ...]
    ask: Ask = COUNT
    option: str | None = None
    not_from: tuple[str, str] | None = None
    where: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """What is different on one sheet: the order of its dates, whether it is read at all."""

    dates: str | None = None
    skip: bool = False
    read_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the headings of a log mean.

    Attributes
    ----------
    neighbourhood_id, prototype_id
        Where the whole file belongs; None where the file has columns for them.
    columns
        ``tested_on``, ``submitted_at``, ``sender``, ``place``, ``place_type``, ``cycle_no``, ``source``, ``member``,
        ``neighbourhood_id``, ``prototype_id`` to their headings.
    items
        The items counted.
    dates
        One of `DATES`.
    dates_carry_down
        Whether an empty date is that of the row above.
    sheets
        What is different on single sheets, by name.
    form
        One of `FORMS`, where a form made the file.
    by_name
        Whether columns go by the words of the contract and an item without a column is simply not counted.
    """

    neighbourhood_id: str | None
    prototype_id: str | None
    columns: dict[str, tuple[str, ...]]
    items: dict[str, ItemSpec]
    dates: str = "as-written"
    dates_carry_down: bool = False
    sheets: dict[str, SheetMapping] = field(default_factory=dict)
    form: str | None = None
    by_name: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading it names, each once."""
        named = [*self.columns.values(), *(spec.headings for spec in self.items.values())]
        return tuple(dict.fromkeys(heading for group in named for heading in group))
