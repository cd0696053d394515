"""Keeping an upload: everything it needs is written together, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.measures import Measure
from pipelines.sources.logs.mapping import Mapping, read_mapping, write_mapping
from pipelines.together import Step, alone, change, no_step
from pipelines.uploads.definitions import new_definitions
from pipelines.uploads.fault import UploadError
from pipelines.uploads.log import FILE, Upload, now, read_uploads, write_uploads
from pipelines.uploads.names import free_name, safe_name, safe_words
from pipelines.uploads.placing import named_in, placed, tables_of_named
from pipelines.uploads.versions import LOGS, Standing, find_older, sha256_of, standing


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
        if "prototype_id" in mapping.columns:
            tables = tables_of_named(data, named_in(content, name, mapping))
        else:
            mapping, tables = placed(data, mapping, new_neighbourhood, new_prototype)
        logs = standing(inbox)
        log = _Log(inbox, logs)
        kept = log.add(content, name, mapping, safe_words(who), beside)
        definitions = new_definitions(measures, mapping.prototype_id, data, logs)
        change(inbox, tables | definitions | log.files, step)
    return kept


class _Log:
    """Gathers what one upload changes among the logs of the inbox."""

    def __init__(self, inbox: Path, logs: list[Standing]):
        self.inbox = inbox
        self.logs = logs
        self.files: dict[str, bytes | None] = {}

    def add(self, content: bytes, name: str, mapping: Mapping, who: str | None, beside: bool) -> Kept:
        """Write the file and its mapping, move aside what it takes the place of, and log the upload."""
        logs, sha256 = self.logs, sha256_of(content)
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
