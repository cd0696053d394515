"""A data folder read whole: every file by its reader, every fault told, nothing lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pipelines.errors import Fault, FaultyInputError
from pipelines.measures import Measure, read_measures
from pipelines.sources.areas.wards import NO_WARDS_LOADED, place_wards
from pipelines.sources.cascade.owners import owners_of
from pipelines.sources.cascade.reading import read_cascade
from pipelines.sources.cascade.sessions import sessions_of
from pipelines.sources.cascade.steps import FILES as CASCADE_FILES
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.context import context_of
from pipelines.sources.logs.identities import check_ids
from pipelines.sources.logs.mapping import read_mapping
from pipelines.sources.logs.reading import read_log
from pipelines.sources.logs.sessions import Sessions
from pipelines.sources.published.publication import Publication
from pipelines.sources.references import cycle_maker, neighbourhood_maker, prototype_maker
from pipelines.sources.register import Shelf
from pipelines.sources.rows import Row, read_table
from pipelines.sources.tables import (
    CascadeCount,
    Checked,
    Cycle,
    Effect,
    LocalityValue,
    Neighbourhood,
    Prototype,
)
from pipelines.sources.unread import LOG_ENDINGS, is_visible_file, told, unread

T = TypeVar("T")

PROJECT_MEASURES = Path(__file__).parents[2] / "data" / "measures"

#: Reference tables, which may lie among the localities.
TABLES = ("neighbourhoods.csv", "prototypes.csv", "cycles.csv")

_SECOND_CASCADE = (
    f"{CASCADE_FILES[0]} lies beside it and was read, so nothing of this file was. Keep one of the two."
)


def log_files(folder: Path) -> list[Path]:
    """Return the test logs of a data folder, in the order in which they are read."""
    found = (folder / "test_logs").glob("*")
    return sorted(path for path in found if path.suffix.lower() in LOG_ENDINGS and is_visible_file(path))


def read_folder(
    folder: Path,
    measures: Sequence[Measure] | None = None,
    localities: Path | None = None,
    today: dt.date | None = None,
) -> Checked:
    """Read a data folder.

    Parameters
    ----------
    folder
        Holds neighbourhoods.csv, prototypes.csv and, where there are any, cycles.csv, cascade_counts.csv, test_logs/ and
        localities/.
    measures
        The measures; where not given, those of ``measures/`` in the folder, beside it, or of the project.
    localities
        A further folder of published figures and reference tables, read after the folder's own.
    today
        Days after it lie in the future; the day of the clock where not given.

    Returns
    -------
    Checked
        Rows that stand, loads that reconcile, and every fault of a line.

    Raises
    ------
    FaultyInputError
        Where a needed file is missing, a needed column of a reference table, or a mapping or measure is wrong:
        all such faults at once.
    """
    reader = _FolderReader(folder, localities, today or dt.date.today())
    reader.measures = tuple(measures) if measures is not None else reader.find_measures()
    reader.read_references()
    reader.read_logs()
    reader.read_cascade()
    reader.read_localities()
    reader.place_wards()
    reader.ledgers += unread(folder)
    return reader.checked()


class _FolderReader:
    """Reads one data folder and gathers what its readers hand over."""

    def __init__(self, folder: Path, localities: Path | None, today: dt.date):
        self.folder = folder
        self.places = [folder, folder / "localities", *([localities] if localities else [])]
        self.today = today
        self.measures: tuple[Measure, ...] = ()
        self.fatal: list[Fault] = []
        self.ledgers: list[Ledger] = []
        self.sessions: list[Sessions] = []
        self.neighbourhoods: list[Neighbourhood] = []
        self.prototypes: list[Prototype] = []
        self.cycles: list[Cycle] = []
        self.values: list[LocalityValue] = []
        self.publications: list[Publication] = []
        self.published: list[Any] = []
        self.cascade: tuple[CascadeCount, ...] = ()

    def find_measures(self) -> tuple[Measure, ...]:
        for place in (self.folder / "measures", self.folder.parent / "measures", PROJECT_MEASURES):
            if any(place.glob("*.toml")):
                try:
                    return read_measures(place)
                except FaultyInputError as error:
                    self.fatal += error.faults
                    return ()
        return ()

    def read_references(self) -> None:
        self.neighbourhoods = self._table(
            "neighbourhoods.csv", "neighbourhood_id name", neighbourhood_maker()
        )
        ids = [row.neighbourhood_id for row in self.neighbourhoods]
        self.prototypes = self._table(
            "prototypes.csv", "prototype_id neighbourhood_id name", prototype_maker(ids)
        )
        makers = cycle_maker([row.prototype_id for row in self.prototypes], self.measures)
        self.cycles = self._table("cycles.csv", "cycle_id prototype_id", makers, is_needed=False)

    def _table(self, name: str, required: str, make: Callable[[Row], T], is_needed: bool = True) -> list[T]:
        path = next((place / name for place in self.places if (place / name).is_file()), None)
        if path is None:
            if is_needed:
                reason = (
                    "the file is missing. data/README.md says what it holds; data/sample/ has one to copy."
                )
                self.fatal.append(Fault(str(self.folder / name), None, None, reason))
            return []
        ledger, rows, missing = read_table(
            path.read_bytes(), self._name(path), name[:-4], required.split(), make
        )
        self._need_columns(path, missing, ledger)
        self.ledgers.append(ledger)
        return rows

    def _need_columns(self, path: Path, missing: Sequence[str], ledger: Ledger) -> None:
        """Say why nothing can be had of a table: it could not be read at all, or lacks columns."""
        unreadable = [f.reason for f in ledger.faults if f.line is None and f.effect == Effect.LINE_REFUSED]
        if missing and unreadable:
            self.fatal += [Fault(str(path), None, None, reason) for reason in unreadable]
            return
        for column in missing:
            reason = "the column is missing. Add it to the heading line; data/README.md lists the columns."
            self.fatal.append(Fault(str(path), 1, column, reason))

    def read_logs(self) -> None:
        context = context_of(self.neighbourhoods, self.prototypes, self.measures, self.today)
        for path in log_files(self.folder):
            toml_path = path.with_suffix(".toml")
            toml = toml_path.read_bytes() if toml_path.is_file() else b""
            mapping, faults = read_mapping(toml, str(toml_path)) if toml_path.is_file() else (None, [])
            faults += check_ids(mapping, str(toml_path), context) if mapping else []
            self.fatal += faults
            if faults:
                continue
            for ledger, sessions in read_log(path.read_bytes(), self._name(path), mapping, toml, context):
                self.ledgers.append(ledger)
                self.sessions.append(sessions)

    def read_cascade(self) -> None:
        """Read the counts of the cascade, from the first of its names that is there; another one is told."""
        paths = [path for name in CASCADE_FILES if (path := self.folder / name).is_file()]
        owners = owners_of(self.neighbourhoods, self.prototypes)
        for path in paths[:1]:
            read = read_cascade(path.read_bytes(), self._name(path), owners, self.today)
            self._need_columns(path, read.missing, read.ledger)
            self.ledgers.append(read.ledger)
            self.cascade = read.rows
            self.sessions += sessions_of(read.rows, owners)
        self.ledgers += [told(path, self.folder, _SECOND_CASCADE) for path in paths[1:]]

    def read_localities(self) -> None:
        shelf = Shelf(self.places[1:], TABLES, [row.pcn_code for row in self.neighbourhoods])
        for path in shelf.paths:
            self._figures(path, shelf)

    def _figures(self, path: Path, shelf: Shelf) -> None:
        found = shelf.read(path, self._name(path))
        self.publications.append(found.publication)
        self.values += found.values
        self.published += found.published

    def place_wards(self) -> None:
        """Give the wards of neighbourhoods their codes; those that have none are told, where any ward is known."""
        placed = place_wards(self.neighbourhoods, self.published)
        self.published += placed
        for ledger in self.ledgers:
            for ward in placed if ledger.reader == "neighbourhoods" else ():
                if ward.reason not in (None, NO_WARDS_LOADED):
                    ledger.cells_missing += 1
                    reason = f"{ward.reason} The facts of {ward.neighbourhood_id} are left out until then."
                    ledger.tell(None, "wards", ward.written, reason, Effect.CELL_MISSING)

    def _name(self, path: Path) -> str:
        """Return a path below the folder, or below the folder that holds the further localities."""
        inside = path.is_relative_to(self.folder)
        return path.relative_to(self.folder if inside else self.places[-1].parent).as_posix()

    def checked(self) -> Checked:
        if self.fatal:
            raise FaultyInputError(self.fatal)
        read: list[Ledger | Publication] = [*self.ledgers, *self.publications]
        return Checked(
            tuple(self.neighbourhoods),
            tuple(self.prototypes),
            tuple(self.cycles),
            tuple(self.values),
            tuple(self.sessions),
            tuple(part.close() for part in read),
            tuple(
                sorted(
                    (fault for part in read for fault in part.faults),
                    key=lambda fault: (fault.file, fault.line or 0),
                )
            ),
            tuple(self.published),
            tuple(guess for ledger in self.ledgers for guess in ledger.guesses),
            self.cascade,
        )
