"""Keeping an upload: everything it needs is written together, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.errors import LearningError
from pipelines.measures import Measure, definition_of, read_measures, write_measure
from pipelines.sources.mapping import Mapping, read_mapping, write_mapping
from pipelines.together import Step, alone, change, no_step
from pipelines.uploads.log import FILE, Upload, now, read_uploads, write_uploads
from pipelines.uploads.names import free_name, safe_name, safe_words
from pipelines.uploads.places import Table, made_id, read_table, shown_name
from pipelines.uploads.versions import LOGS, Standing, find_older, sha256_of, standing

#: What a measure names before its prototype has an id (`understanding.NEW_PROTOTYPE`).
NEW_PROTOTYPE = "this_prototype"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an upload.

    `state` is ``kept`` (the first of its form), ``beside`` (another of a form that is there), ``replaced`` (it took
    the place of `replaced`, which was moved aside), ``same`` (that content is there already, nothing was added) or
    ``mapped`` (the same content with another mapping, which was kept). Paths are below the inbox, as `load.file` is.
    """

    state: str
    file: str
    replaced: str | None
    sentence: str


class UploadError(LearningError):
    """An upload that cannot be kept as it is; the message says how to mend it."""


def keep(
    content: bytes,
    name: str,
    mapping: Mapping,
    who: str | None,
    data: Path,
    new_neighbourhood: str | None = None,
    new_prototype: str | None = None,
    measures: Sequence[Measure] = (),
    *,
    beside: bool = False,
    step: Step = no_step,
) -> Kept:
    """Keep an upload in ``data/inbox``.

    Parameters
    ----------
    content, name
        The file as it came.
    mapping
        What its columns are; its ids name a neighbourhood and prototype of the inbox or of the made-up sample (whose
        rows are then copied), or are None where new ones are named.
    who
        Who keeps it, for the upload log; None where nobody says.
    data
        The data folder.
    new_neighbourhood, new_prototype
        Names of a place or prototype to begin; their ids are made here.
    measures
        Measures to chart it with; those not there yet are written beside it, others are left as they are.
    beside
        Whether to keep it beside a log that it looks like a later version of.
    step
        Told each named step of writing.

    Returns
    -------
    Kept
        The same content a second time adds nothing, but a changed mapping is kept. A later version takes the place
        of the older one, which moves to ``inbox/replaced/``; both stay in the upload log.

    Raises
    ------
    UploadError
        Where no prototype is chosen, or one that is not known; nothing is written then.
    """
    inbox = data / "inbox"
    with alone(inbox):
        writer = _Writer(data, inbox)
        mapping = writer.place(mapping, new_neighbourhood, new_prototype)
        writer.add_measures(measures, mapping.prototype_id)
        kept = writer.add_log(content, name, mapping, safe_words(who), beside)
        change(inbox, writer.files, step)
    return kept


class _Writer:
    """Gathers what one upload changes in the inbox."""

    def __init__(self, data: Path, inbox: Path):
        self.data = data
        self.inbox = inbox
        self.files: dict[str, bytes | None] = {}

    def place(self, mapping: Mapping, new_neighbourhood: str | None, new_prototype: str | None) -> Mapping:
        """Return the mapping with the ids of its place; rows that the inbox lacks are written."""
        if "prototype_id" in mapping.columns:
            self._need_tables()
            return mapping
        neighbourhoods, prototypes = (
            read_table(self.inbox, name) for name in ("neighbourhoods.csv", "prototypes.csv")
        )
        prototype_id, home = mapping.prototype_id, mapping.neighbourhood_id
        if new_neighbourhood:
            home, neighbourhoods = self._new_neighbourhood(new_neighbourhood, neighbourhoods)
        if new_prototype:
            if home is None:
                raise UploadError(
                    "No neighbourhood is chosen. Choose one for the new prototype, or name a new one."
                )
            prototype_id, prototypes = self._new_prototype(new_prototype, home, prototypes)
        prototypes = self._known("prototypes.csv", "prototype_id", prototype_id, prototypes)
        row = prototypes.row("prototype_id", prototype_id)
        home = row["neighbourhood_id"].strip() if row else home
        neighbourhoods = self._known("neighbourhoods.csv", "neighbourhood_id", home, neighbourhoods)
        self._write_tables(neighbourhoods, prototypes)
        return replace(mapping, neighbourhood_id=home, prototype_id=prototype_id)

    def _new_neighbourhood(self, name: str, table: Table) -> tuple[str, Table]:
        there = table.named(shown_name(name))
        if there is not None:
            return there["neighbourhood_id"].strip(), table
        made = made_id(name, {row.get("neighbourhood_id", "") for row in table.rows})
        order = str(len(table.rows) + 1)
        return made, table.with_row(
            {"neighbourhood_id": made, "name": shown_name(name) or made, "display_order": order}
        )

    def _new_prototype(self, name: str, home: str, table: Table) -> tuple[str, Table]:
        there = table.named(shown_name(name), home)
        if there is not None:
            return there["prototype_id"].strip(), table
        made = made_id(name, {row.get("prototype_id", "") for row in table.rows})
        row = {
            "prototype_id": made,
            "neighbourhood_id": home,
            "name": shown_name(name) or made,
            "stage": "prototype",
        }
        return made, table.with_row(row | {"planned_every": "week"})

    def _known(self, file: str, key: str, value: str | None, table: Table) -> Table:
        """Return the table with the row of an id, copied from the made-up sample where only that has it."""
        if value is None:
            what = key.removesuffix("_id")
            raise UploadError(
                f"No {what} is chosen. Choose the {what} that the file belongs to, or name a new one."
            )
        if table.row(key, value):
            return table
        row = read_table(self.data / "sample", file).row(key, value)
        if row is None:
            raise UploadError(f'"{value}" is not in {file}. Choose one that is there, or name a new one.')
        return table.with_row(row)

    def _write_tables(self, neighbourhoods: Table, prototypes: Table) -> None:
        for name, table in (("neighbourhoods.csv", neighbourhoods), ("prototypes.csv", prototypes)):
            if table.rows != read_table(self.inbox, name).rows:
                self.files[name] = table.written()

    def _need_tables(self) -> None:
        """Refuse a log that names its prototypes itself where the inbox has none: nothing could be looked up."""
        missing = [
            name for name in ("neighbourhoods.csv", "prototypes.csv") if not (self.inbox / name).is_file()
        ]
        if missing:
            raise UploadError(
                f"The file names its prototypes itself, and {' and '.join(missing)} are not in {self.inbox}. "
                "Put them there first; data/README.md says what they hold."
            )

    def add_measures(self, measures: Sequence[Measure], prototype_id: str | None) -> None:
        """Write the measures that are not there yet.

        A folder that holds definitions is the only one read. So the first ones of an inbox that is in use already
        bring along those that its logs were charted with.
        """
        there = {path.stem for path in (self.inbox / "measures").glob("*.toml")}
        along = [] if there or not measures else self._charted_so_far()
        for measure in (*measures, *along):
            path = f"measures/{measure.measure_id}.toml"
            if measure.measure_id not in there and path not in self.files:
                meant = [prototype_id if one == NEW_PROTOTYPE else one for one in measure.prototypes]
                own = replace(measure, prototypes=tuple(one for one in meant if one))
                self.files[path] = write_measure(definition_of(own)).encode()

    def _charted_so_far(self) -> list[Measure]:
        """Return the measures in use that count something in the logs kept; all where a log names no items itself."""
        logs = standing(self.inbox)
        items = {item for log in logs if log.mapping for item in log.mapping.items}
        is_open = any(log.mapping is None or log.mapping.by_name for log in logs)
        in_use = read_measures(self.data / "measures") if logs else ()
        return [measure for measure in in_use if is_open or items & set(measure.items)]

    def add_log(self, content: bytes, name: str, mapping: Mapping, who: str | None, beside: bool) -> Kept:
        """Write the file and its mapping, move aside what it takes the place of, and log the upload."""
        logs, sha256 = standing(self.inbox), sha256_of(content)
        same = next((log for log in logs if log.sha256 == sha256), None)
        if same is not None:
            return self._same(same, mapping, who)
        older = None if beside else find_older(content, name, mapping, logs)
        file = self._free_file(name, [log.file for log in logs if log is not older])
        if older is not None:
            self._move_aside(older)
        self.files[f"{LOGS}/{Path(file).stem}.toml"] = _written(mapping)
        self.files[f"{LOGS}/{file}"] = content
        self._log(Upload(now(), who, f"{LOGS}/{file}", sha256, len(content)), older)
        state, sentence = _told(file, older, any(_same_form(log, mapping) for log in logs))
        return Kept(state, f"{LOGS}/{file}", older.file if older else None, sentence)

    def _same(self, log: Standing, mapping: Mapping, who: str | None) -> Kept:
        name = Path(log.file).name
        state, sentence = "same", f"{name} is here already with the same content; nothing was added."
        if log.mapping != mapping:
            self.files[Path(log.file).with_suffix(".toml").as_posix()] = _written(mapping)
            state, sentence = "mapped", f"{name} is the one already here; its mapping was changed."
        if not any(one.sha256 == log.sha256 and one.replaced_by is None for one in read_uploads(self.inbox)):
            self._log(Upload(now(), who, log.file, log.sha256, len(log.content)), None)
        return Kept(state, log.file, None, sentence)

    def _free_file(self, name: str, taken: list[str]) -> str:
        mappings = [path.name for path in (self.inbox / LOGS).glob("*.toml")]
        stems = {Path(one).stem.casefold() for one in taken}
        # A mapping without a log is nobody's: its name may be taken over.
        return free_name(
            safe_name(name), [*taken, *(one for one in mappings if Path(one).stem.casefold() in stems)]
        )

    def _move_aside(self, older: Standing) -> None:
        """Move a log and its mapping to ``replaced/``, under a name that tells the version."""
        aside = f"replaced/{older.sha256[:8]}_{Path(older.file).name}"
        self.files |= {aside: older.content, older.file: None}
        if older.mapping_file is not None:
            text = (self.inbox / older.mapping_file).read_bytes()
            self.files |= {f"{Path(aside).with_suffix('.toml').as_posix()}": text, older.mapping_file: None}

    def _log(self, upload: Upload, older: Standing | None) -> None:
        before = [
            replace(one, replaced_by=upload.sha256)
            if older is not None and one.file == older.file and one.replaced_by is None
            else one
            for one in self._with_older(older)
        ]
        self.files[FILE] = write_uploads([*before, upload])

    def _with_older(self, older: Standing | None) -> list[Upload]:
        """Return the log; a file that a person had put there by hand gets its line when it is replaced."""
        uploads = list(read_uploads(self.inbox))
        if older is not None and not any(one.sha256 == older.sha256 for one in uploads):
            uploads.append(Upload(now(), None, older.file, older.sha256, len(older.content)))
        return uploads


def _written(mapping: Mapping) -> bytes:
    """Return a mapping as it is kept.

    Raises
    ------
    UploadError
        Where it could not be read again, e.g. without a day or an item: every log would be unreadable with it.
    """
    content = write_mapping(mapping).encode()
    read, faults = read_mapping(content, "The mapping")
    if "tested_on" not in mapping.columns:
        raise UploadError("No column is chosen for the day of the session. Choose one.")
    if not mapping.items:
        raise UploadError("No column is chosen that counts or measures something. Choose at least one.")
    if read is None:
        raise UploadError("\n".join(str(fault) for fault in faults))
    return content


def _same_form(log: Standing, mapping: Mapping) -> bool:
    return log.mapping is not None and log.mapping.items.keys() == mapping.items.keys()


def _told(file: str, older: Standing | None, is_beside: bool) -> tuple[str, str]:
    if older is not None:
        old = Path(older.file).name
        return (
            "replaced",
            f"{file} takes the place of the older version of {old}, which was moved to inbox/replaced.",
        )
    if is_beside:
        return "beside", f"{file} is kept beside the logs of the same form that are there."
    return "kept", f"{file} is kept."


def kept_files(data: Path) -> tuple[str, ...]:
    """Return the logs kept, as `load.file` names them: below the inbox, with forward slashes."""
    return tuple(log.file for log in standing(data / "inbox"))


def read_kept(data: Path, file: str) -> bytes:
    """Return the content of a kept log, to look at it again.

    Raises
    ------
    UploadError
        Where `file` is none of `kept_files`: no other path is followed.
    """
    log = next((log for log in standing(data / "inbox") if log.file == file), None)
    if log is None:
        raise UploadError(f"{file} is not among the logs kept.")
    return log.content
