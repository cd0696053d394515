"""Test logs as the contract has them: one line a session, one column an item counted.

``neighbourhood_id, prototype_id, tested_on, place, place_type, [cycle_no], <item>...``. Only items that some
measure uses are loaded; every other column is looked at (does it call the session off?), never kept.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from pipelines.sources import personal
from pipelines.sources.csv_lines import Record, Text
from pipelines.sources.dates import read_date
from pipelines.sources.ledger import Ledger
from pipelines.sources.sessions import Context, Draft, Item, Sessions, settle
from pipelines.sources.tables import Effect

REQUIRED = ("neighbourhood_id", "prototype_id", "tested_on")
OPTIONAL = ("place", "place_type", "cycle_no")

#: How far down the heading is looked for, below titles and notes.
HEADING_WITHIN = 30

_TOTAL = re.compile(r"^\W*(grand |sub-?)?total\w*\b", re.I)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a log stand."""

    heading: tuple[str, ...]
    at: dict[str, int]
    items: dict[str, int]
    words: tuple[int, ...]
    personal: tuple[int, ...]


def read_log(content: bytes, file: str, context: Context) -> tuple[Ledger, Sessions]:
    """Read a test log of the contract.

    Parameters
    ----------
    content
        The bytes of the file.
    file
        Its path below the data folder.
    context
        What it is checked against; the records met are added to it.

    Returns
    -------
    tuple
        The ledger, every line with a fate, and the sessions that count. Never raises for what the file holds.
    """
    ledger = Ledger(file, "test log", content)
    text = ledger.split(content)
    columns = _columns(text, ledger, context)
    if columns is None:
        refuse_rest(ledger, text)
        return ledger, Sessions()
    drafts = [
        draft for record in ledger.open_records(text) if (draft := _draft(record, columns, ledger, context))
    ]
    return ledger, settle(drafts, ledger, context)


def word(heading: str) -> str:
    """Return a heading as the word of a column: small letters, one underscore between words."""
    return re.sub(r"\W+", "_", heading.strip().lower()).strip("_")


def refuse_rest(ledger: Ledger, text: Text) -> None:
    """Refuse every line that has no fate yet, where the file as a whole cannot be read."""
    for record in ledger.open_records(text):
        ledger.refuse(record.line, None, None, "The file could not be read; its first fault says why.")


def _columns(text: Text, ledger: Ledger, context: Context) -> Columns | None:
    """Find the heading line and sort its columns; None where there is no such line."""
    records = ledger.open_records(text)
    for n, record in enumerate(records[:HEADING_WITHIN]):
        words = [word(cell) for cell in record.cells]
        if set(REQUIRED) <= set(words):
            for title in records[: n + 1]:
                ledger.furniture(title.line)
            return _sorted(record, words, ledger, context)
    best = max(
        records[:HEADING_WITHIN], key=lambda r: len(set(REQUIRED) & {word(c) for c in r.cells}), default=None
    )
    missing = sorted(set(REQUIRED) - ({word(cell) for cell in best.cells} if best else set()))
    reason = (
        f"No heading line with the columns {', '.join(REQUIRED)} was found (missing: {', '.join(missing)}). "
        "Add them, or put a mapping beside the file (data/README.md, Forms)."
    )
    ledger.tell(best.line if best else None, None, None, reason, Effect.LINE_REFUSED)
    return None


def _sorted(record: Record, words: list[str], ledger: Ledger, context: Context) -> Columns | None:
    wanted = {*REQUIRED, *OPTIONAL, *context.items}
    twice = sorted({name for name in words if name in wanted and words.count(name) > 1})
    if twice:
        reason = f"Two columns are called {', '.join(twice)}. Rename or remove one of them."
        ledger.tell(record.line, twice[0], None, reason, Effect.LINE_REFUSED)
        return None
    at = {name: n for n, name in enumerate(words) if name in (*REQUIRED, *OPTIONAL)}
    items = {name: n for n, name in enumerate(words) if name in context.items and n not in at.values()}
    rest = [n for n, name in enumerate(words) if name and n not in at.values() and n not in items.values()]
    private = tuple(n for n in rest if personal.is_personal_heading(record.cells[n]))
    for n in rest:
        if n not in private:
            reason = "No measure uses this column; it is not loaded."
            ledger.tell(record.line, record.cells[n], None, reason, Effect.NOTED)
    if not items:
        reason = "No column is an item that a measure uses, so that nothing can be counted. Compare with data/measures/."
        ledger.tell(record.line, None, None, reason, Effect.NOTED)
    return Columns(record.cells, at, items, tuple(n for n in rest if n not in private), private)


def _draft(record: Record, columns: Columns, ledger: Ledger, context: Context) -> Draft | None:
    """Return a line as a draft, or None where it is furniture or refused."""
    cells = record.cells + ("",) * (len(columns.heading) - len(record.cells))
    if _is_furniture(record, columns):
        ledger.furniture(record.line)
        return None
    count_personal(ledger, record.line, [(columns.heading[n], cells[n]) for n in columns.words])
    ledger.personal_cells_dropped += sum(bool(cells[n].strip()) for n in columns.personal)
    counted = (*(columns.at[name] for name in REQUIRED), *columns.items.values())
    ledger.personal_cells_dropped += sum(bool(personal.find(cells[n])) for n in counted if cells[n])
    texts = {name: cells[columns.at[name]] if name in columns.at else "" for name in OPTIONAL}
    place, place_type, cycle_no = (keep_text(ledger, record.line, name, text) for name, text in texts.items())
    written, prototype_id = cells[columns.at["tested_on"]], cells[columns.at["prototype_id"]].strip()
    if not _is_whole(record, columns, ledger) or not _is_known(record.line, cells, columns, ledger, context):
        if prototype_id in context.prototypes:
            ledger.doubt(record.line, prototype_id, read_date(written).day)
        return None
    heading = columns.heading
    return Draft(
        record.line,
        prototype_id,
        read_date(written),
        heading[columns.at["tested_on"]],
        written,
        tuple(Item(name, heading[n], cells[n]) for name, n in columns.items.items()),
        place,
        place_type,
        cycle_no,
        tuple((heading[n], cells[n]) for n in columns.words if cells[n].strip()),
    )


def _is_furniture(record: Record, columns: Columns) -> bool:
    """Whether a line is a total or the heading once more."""
    first = next(cell for cell in record.cells if cell.strip())
    date_at = columns.at["tested_on"]
    has_date = date_at < len(record.cells) and record.cells[date_at].strip()
    return record.cells == columns.heading or bool(_TOTAL.match(first) and not has_date)


def _is_whole(record: Record, columns: Columns, ledger: Ledger) -> bool:
    """Whether a line has the cells that the heading promises."""
    n_cells, n_columns = len(record.cells), len(columns.heading)
    if any(cell.strip() for cell in record.cells[n_columns:]):
        reason = f"The line has {n_cells} cells, the heading {n_columns}. A text with a comma needs quotes."
    elif n_cells < n_columns and record.n_lines > 1:
        reason = "A quotation mark runs over several lines here. Close it where the text ends."
    else:
        return True
    ledger.refuse(record.line, None, None, reason)
    return False


def _is_known(line: int, cells: tuple[str, ...], columns: Columns, ledger: Ledger, context: Context) -> bool:
    """Whether prototype and neighbourhood are known and belong together."""
    prototype_id = cells[columns.at["prototype_id"]].strip()
    neighbourhood_id = cells[columns.at["neighbourhood_id"]].strip()
    prototypes, places = tuple(context.prototypes), tuple(context.neighbourhood_ids)
    known = True
    for column, value, ids in (
        ("neighbourhood_id", neighbourhood_id, places),
        ("prototype_id", prototype_id, prototypes),
    ):
        if value not in ids:
            ledger.refuse(
                line, column, personal.mask_id(value, ids), unknown_id(value, ids, f"{column[:-3]}s.csv")
            )
            known = False
    if known and context.prototypes[prototype_id].neighbourhood_id != neighbourhood_id:
        home = context.prototypes[prototype_id].neighbourhood_id
        reason = f"The prototype belongs to {home} in prototypes.csv. Correct one of the two."
        ledger.refuse(line, "neighbourhood_id", neighbourhood_id, reason)
        known = False
    return known


def unknown_id(value: str, known: tuple[str, ...], where: str) -> str:
    """Return the reason for an id that is not known, with the nearest one that is."""
    if not value:
        return f"The id is missing. Write one of {where}."
    near = difflib.get_close_matches(value, known, 1)
    return f"This id is not in {where}. " + (
        f"Did you mean {near[0]}?" if near else "Add it there, or correct it here."
    )


def keep_text(ledger: Ledger, line: int, column: str, text: str) -> str | None:
    """Return a text that is kept on purpose, without personal data; None where empty."""
    clean, kinds = personal.scrub(personal.printable(text))
    if kinds:
        ledger.personal_cells_dropped += 1
        reason = f"Holds personal data ({', '.join(kinds)}), which was taken out. Leave it out of the file."
        ledger.tell(line, column, "[not shown: personal]", reason, Effect.NOTED)
    if column == "cycle_no" and clean and not re.fullmatch(r"[\w.-]{1,12}", clean):
        ledger.tell(
            line, column, personal.mask(text), "This is no cycle number. Write e.g. 2.", Effect.CELL_MISSING
        )
        return None
    return clean or None


def count_personal(ledger: Ledger, line: int, words: list[tuple[str, str]]) -> None:
    """Count and tell personal data in texts that are not kept anyway."""
    for heading, text in words:
        kinds = personal.find(text) if text.strip() else ()
        if kinds:
            ledger.personal_cells_dropped += 1
            reason = (
                f"Holds personal data ({', '.join(kinds)}). The text was not kept; take it out of the file."
            )
            ledger.tell(line, heading, "[not shown: personal]", reason, Effect.NOTED)
