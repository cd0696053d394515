"""What was loaded, refused and why, as words and tables. Counts come from the mart's `load` and `rejected_row`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from dashboard.components.data.words import lines_words, place_words
from dashboard.components.plain_table import table_html
from dashboard.components.plain_text import shown
from dashboard.components.wording import capital, count, day, missing, rows_of

#: Faults shown at once; the file to take away holds them all.
MOST_FAULTS = 200

COUNTS = (
    "lines_read",
    "lines_loaded",
    "lines_refused",
    "lines_furniture",
    "cells_missing",
    "personal_cells_dropped",
)

LOAD_HEADINGS = (
    "File and sheet",
    "Read as",
    "Content",
    "Received",
    "From",
    "Lines",
    "Loaded",
    "Refused",
    "Titles, blanks, totals",
    "Cells missing",
    "Personal cells dropped",
)

#: Place of the column that says who brought a file.
WHO = LOAD_HEADINGS.index("From")

#: The clock that readers go by.
LONDON = "Europe/London"

#: Characters of a content's hash that are shown: enough to tell two versions of a file apart.
SHORT_HASH = 8

#: A number inside a reason.
_NUMBER = r"\d[\d.,:/-]*\d|\d"

#: The effect of a fault that left nothing out: it was counted, and is told.
NOTED = "noted"

#: Line numbers told beside a reason.
MOST_LINES = 12

REASON_HEADINGS = ("What is wrong, and how to mend it", "What was done", "Times", "Where")

FAULT_HEADINGS = ("File and line", "Column", "Value", "What is wrong, and how to mend it", "What was done")


def headline(loads: pd.DataFrame, faults: pd.DataFrame) -> str:
    """Return the sentence over the page: how many files, and how many rows and cells of them were left out."""
    n_files, n_out = loads["file"].nunique(), int((faults["effect"] != NOTED).sum())
    files = f"{capital(count(n_files))} {'file' if n_files == 1 else 'files'} read"
    if loads.empty:
        return "No file has been read yet."
    if not n_out:
        return f"{files}; nothing was refused."
    return f"{files}; {count(n_out)} {'place needs' if n_out == 1 else 'places need'} a look."


def reconciling(loads: pd.DataFrame) -> str:
    """Return the line that proves nothing was dropped silently: read = loaded + refused + furniture."""
    read, loaded, refused, furniture = (int(loads[name].sum()) for name in COUNTS[:4])
    words = f"{read:,} lines read = {loaded:,} loaded + {refused:,} refused + {furniture:,} titles, headings, blanks and totals."
    if read == loaded + refused + furniture:
        return f"Every line is accounted for: {words}"
    return (
        f"The lines do not add up, which is a defect of this dashboard: {words.replace(' = ', ' against ')}"
    )


def fate(loads: pd.DataFrame, file: str) -> str:
    """Return what became of the lines of one file: ``Of its 119 lines 81 are loaded, 9 left out ...``."""
    held = loads[loads["file"] == file]
    if held.empty:
        return ""
    read, loaded, refused, furniture = (int(held[name].sum()) for name in COUNTS[:4])
    return (
        f"Of its {read:,} lines {loaded:,} are loaded and {refused:,} left out, each with its reason below; "
        f"titles, headings, blanks and totals: {furniture:,}."
    )


def loads_html(loads: pd.DataFrame) -> str:
    """Return the load log: every file and sheet read, its hash, when and by whom it came, and its counts."""
    rows = [[*_load(row), *(f"{int(row[name]):,}" for name in COUNTS)] for row in rows_of(loads)]
    headings = list(LOAD_HEADINGS)
    if not any(row[WHO] for row in rows):  # in the shared copy nobody is named
        headings.pop(WHO)
        rows = [[*row[:WHO], *row[WHO + 1 :]] for row in rows]
    return table_html("Files read", headings, rows, numeric=LOAD_HEADINGS[WHO + 1 :])


def _load(row: Mapping[str, Any]) -> list[str]:
    received = row.get("received_at")
    return [
        where_words(row["file"], row.get("sheet")),
        str(row["reader"]).replace("_", " "),
        str(row["sha256"])[:SHORT_HASH],
        moment(received if not missing(received) else row["loaded_at"]),
        "" if missing(row.get("who")) else shown(row["who"], 40),
    ]


def where_words(file: object, sheet: object = None, line: object = None) -> str:
    """Return a file, its sheet and a line: ``inbox/test_logs/food.xlsx, Apr - June, line 7``."""
    parts = [shown(file, 60), "" if missing(sheet) else shown(sheet, 40)]
    parts.append("" if missing(line) else f"line {int(float(str(line)))}")  # a column with gaps holds 7.0
    return ", ".join(part for part in parts if part)


def moment(value: Any) -> str:
    """Return when something happened, stored in universal time, as clocks in London show it: ``22 Nov 2026, 09:00``."""
    if missing(value):
        return ""
    local = pd.Timestamp(value).tz_localize("UTC").tz_convert(LONDON)
    return f"{local.day} {local:%b %Y, %H:%M}"


def by_reason_html(faults: pd.DataFrame, caption: str = "By reason") -> str:
    """Return the faults by reason, the most frequent first, with the lines they stand on.

    Reasons that differ in their numbers alone are one: ``An estimate; counted as 20.`` and ``... 35.``
    """
    alike = faults["reason"].astype(str).str.replace(_NUMBER, "…", regex=True)
    groups = faults.groupby([alike, "effect"], sort=False, dropna=False)
    rows = [
        [_one_reason(held["reason"]), str(effect), f"{len(held):,}", _lines(held)]
        for (_, effect), held in sorted(groups, key=lambda group: -len(group[1]))
    ]
    if len(rows) > MOST_FAULTS:
        caption += f": the first {MOST_FAULTS} of {len(rows):,}"
    return table_html(caption, REASON_HEADINGS, rows[:MOST_FAULTS], numeric=("Times",))


def _one_reason(reasons: pd.Series) -> str:
    """Return the reason itself where all are the same, else the first and that others differ in their numbers."""
    first = str(reasons.iloc[0])
    return first if reasons.nunique() == 1 else f"{first} And the like, with other numbers."


def _lines(held: pd.DataFrame) -> str:
    """Return the lines of some faults, file by file and sheet by sheet; of many, the first and how many."""
    told = []
    sheets = held["sheet"] if "sheet" in held else pd.Series(None, index=held.index, dtype=object)
    for (file, sheet), rows in held.groupby(["file", sheets.fillna("")], sort=False):
        lines = sorted({int(line) for line in rows["line"].dropna()})
        named = lines_words(lines[:MOST_LINES], min(len(lines), MOST_LINES))
        more = f" and {len(lines) - MOST_LINES:,} more" if len(lines) > MOST_LINES else ""
        told.append(", ".join(part for part in (place_words(file, sheet), named + more) if part))
    rest = f"; and {len(told) - 3} more sheets" if len(told) > 3 else ""
    return "; ".join(told[:3]) + rest


def faults_html(faults: pd.DataFrame, masked: bool) -> str:
    """Return the table of faults, the first `MOST_FAULTS` of them; `masked` leaves the column of values out."""
    keep = [name for name in FAULT_HEADINGS if not (masked and name == "Value")]
    rows = [
        [cell for name, cell in zip(FAULT_HEADINGS, _fault(row), strict=True) if name in keep]
        for row in rows_of(faults.head(MOST_FAULTS))
    ]
    caption = "Refused, missing or held"
    if len(faults) > MOST_FAULTS:
        caption += f": the first {MOST_FAULTS} of {len(faults):,}"
    return table_html(caption, keep, rows)


def _fault(row: Mapping[str, Any]) -> list[str]:
    where = where_words(row["file"], row.get("sheet"), row["line"])
    column, value = ("" if missing(row[name]) else shown(row[name]) for name in ("column", "value"))
    return [where, column, value, str(row["reason"]), str(row["effect"])]


def provenance_html(info: Mapping[str, str], sources: pd.DataFrame, loads: pd.DataFrame) -> str:
    """Return where the numbers come from: this copy, its rules, and each publisher with its releases."""
    loaded = "" if loads.empty else f"Read on {day(loads['loaded_at'].max(), year=True)}."
    made_up = (
        "Every number but the public figures is made up."
        if info.get("made_up") == "true"
        else "Counts are as the logs give them."
    )
    facts: list[tuple[str, str]] = [
        ("Data", f"{made_up} {loaded}".strip()),
        ("Rules", f"{info.get('rule_set', 'none')}, version {info.get('rule_set_version', '0')}."),
        (
            "This copy",
            f"mart {info.get('content_hash', 'without a name')}; the same input gives the same name.",
        ),
    ]
    if profile := info.get("privacy_profile"):
        facts.insert(2, ("Small numbers", _privacy_words(profile)))
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts)
    published = "".join(f"<dd>{escape(words)}</dd>" for words in public_figures(sources))
    items += f"<dt>Public figures</dt>{published}" if published else ""
    return f'<dl class="provenance">{items}</dl>'


def _privacy_words(profile: str) -> str:
    """Return by which rules this copy holds small numbers back."""
    if profile == "none":
        return "Shown as counted: this copy is for the group alone."
    return f"Held back, and the others rounded, by the profile {profile}."


def public_figures(sources: pd.DataFrame) -> Sequence[str]:
    """Return each publisher once, with every release date and what was taken from it.

    Parameters
    ----------
    sources
        As `Store.public_sources` gives them: a row a publisher, release and thing published.
    """
    groups = sources.groupby("source", dropna=False, sort=False)
    return [_published("Source not given" if missing(name) else str(name), rows) for name, rows in groups]


def _published(name: str, rows: pd.DataFrame) -> str:
    days = [day(one, year=True) for one in sorted(rows["released_on"].dropna().unique())]
    when = f"released {' and '.join(days)}" if days else "release date not given"
    told = []
    for what, held in rows.groupby("what", sort=False):
        many, values = int(held["n_indicators"].fillna(0).max()), int(held["n_rows"].sum())
        noun = f"{many} {'indicator' if many == 1 else 'indicators'}" if many else str(what)
        told.append(f"{noun} ({values:,} {'value' if many else 'row'}{'s' * (values != 1)})")
    return f"{name}, {when}: {', '.join(told)}."
