"""Files that lie among the logs or the published figures and that no reader takes: told, never passed over in silence."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipelines.sources.ledger import Ledger
from pipelines.sources.tables import Effect

#: Files of test_logs/ that are logs, by their endings; a mapping is the same name with .toml.
LOG_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".zip")

#: Files of localities/ that may be published figures, or say what the file beside them is.
FIGURE_ENDINGS = (".csv", ".json")

#: Endings of notes for people, which are no data.
_NOTES = (".md",)

_LOG = (
    f"No log has this ending, so nothing of the file was read. Save it as one of {', '.join(LOG_ENDINGS)}, "
    "or take it out of test_logs/."
)
_FIGURES = (
    f"Published figures are read from {' and '.join(FIGURE_ENDINGS)}, so nothing of the file was read. "
    "Download or save it as one of these, or take it out of localities/."
)


def is_visible_file(path: Path) -> bool:
    """Whether a path is a file that somebody put there: no folder, nothing hidden, no lock of a spreadsheet."""
    return path.is_file() and not path.name.startswith((".", "~$"))


def unread(folder: Path) -> list[Ledger]:
    """Return a ledger without lines for each file of a data folder that no reader takes, with what to do."""
    logs = _others(folder / "test_logs", (*LOG_ENDINGS, ".toml"))
    figures = _others(folder / "localities", FIGURE_ENDINGS)
    return [told(path, folder, _LOG) for path in logs] + [told(path, folder, _FIGURES) for path in figures]


def _others(place: Path, endings: Collection[str]) -> list[Path]:
    known = {*endings, *_NOTES}
    return sorted(
        path for path in place.glob("*") if is_visible_file(path) and path.suffix.lower() not in known
    )


def told(path: Path, folder: Path, reason: str) -> Ledger:
    """Return a ledger without lines for one file, with why it was not read."""
    ledger = Ledger(path.relative_to(folder).as_posix(), "not read", path.read_bytes())
    ledger.tell(None, None, None, reason, Effect.NOTED)
    return ledger
