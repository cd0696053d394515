"""The pack whole: made of the shared mart, part by part, with a manifest; the same bytes for the same mart and day."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.exports import paper
from dashboard.exports.contents import Contents, gather
from dashboard.exports.document import document_html
from dashboard.exports.parts import Medium
from dashboard.exports.same_bytes import archive
from dashboard.exports.slides import pptx
from dashboard.exports.tables import csv_files
from dashboard.store import Store

#: Names of the parts.
PDF, PPTX, HTML, MANIFEST = (
    "neighbourhood-learning.pdf",
    "neighbourhood-learning.pptx",
    "neighbourhood-learning.html",
    "manifest.json",
)

#: What each part is, for people; a table says so by its name.
WHAT = {
    PDF: "Document to read or print, tagged for screen readers",
    PPTX: "Slides with charts that can be edited, and notes",
    HTML: "One page that opens without a network, with every number",
    "points.csv": "Every point of every chart, with limits, icon, rules and reasons",
    "charts.csv": "Every chart, as it stands",
    "changes.csv": "What changed since the day",
    "agreed.csv": "What the last meeting agreed",
    MANIFEST: "What this was made from, and the hash of each file",
}

#: Why there is no PDF on a machine that lacks the library which sets its text.
NO_PANGO = (
    "Setting a PDF needs the library Pango, which this machine lacks. Install it (Debian and Ubuntu: libpango-1.0-0 and "
    "libpangoft2-1.0-0; macOS: brew install pango; Windows: see WeasyPrint's guide) and make the pack again. "
    "The offline page has the same words and charts, and prints."
)

#: Told while a pack is made: how much of it is done, 0 to 1, and what comes next.
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Pack:
    """A pack: its parts by file name, the facts of its manifest, and why a part is not there."""

    files: Mapping[str, bytes]
    facts: Mapping[str, object]
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """A file name that tells how far the data reaches and which data version it is."""
        return f"neighbourhood-learning-{self.facts['data_until']}-{str(self.facts['content_hash'])[:8]}.zip"

    def zipped(self) -> bytes:
        """Return all parts as one archive."""
        return archive(self.files)


def make_pack(
    store: Store,
    since: dt.date | None = None,
    measures: Sequence[str] | None = None,
    told: Progress = lambda _share, _words: None,
) -> Pack:
    """Make every part of a pack.

    Parameters
    ----------
    store
        The shared mart, open.
    since
        The day that the news reaches back to; None: the last meeting that ended.
    measures
        Ids of the measures whose charts are drawn; None: those of the wall. Tables hold all of them.
    told
        Called before each part.

    Raises
    ------
    PackError
        Where the mart is not the shared one, or there is no data.
    RuntimeError
        Where setting the PDF failed for another reason than a missing library.
    """
    told(0.0, "Gathering the charts")
    contents = gather(store, since, measures)
    told(0.1, "Setting the document")
    document = paper.begin(contents)  # goes on while the other parts are made
    told(0.2, "Drawing the slides")
    slides = pptx(contents)
    told(0.5, "Writing the page that opens offline")
    page = document_html(contents, Medium.SCREEN).encode()
    told(0.6, "Writing the tables")
    tables = csv_files(contents)
    told(0.7, "Setting the document")
    files, left_out = _document(document)
    files |= {PPTX: slides, HTML: page, **tables}
    facts = manifest(contents, files, left_out)
    files[MANIFEST] = (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode()
    told(1.0, "Done")
    return Pack(files, facts, left_out)


def _document(set_by: paper.Typesetting) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the PDF; where the machine cannot set one, why: the other parts do not wait for it."""
    try:
        return {PDF: set_by.pdf()}, {}
    except paper.NoLibraryError:
        return {}, {PDF: NO_PANGO}


def write_pack(
    mart: Path,
    folder: Path,
    since: dt.date | None = None,
    measures: Sequence[str] | None = None,
    told: Progress = lambda _share, _words: None,
) -> tuple[list[Path], Mapping[str, str]]:
    """Make a pack of a mart's file, write its parts into a folder, and return where they lie and what was left out, why.

    Raises
    ------
    MartError
        Where the mart cannot be read.
    PackError
        As `make_pack`.
    """
    store = Store(mart)
    try:
        made = make_pack(store, since, measures, told)
    finally:
        store.close()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in made.files], made.left_out


def manifest(
    contents: Contents, files: Mapping[str, bytes], left_out: Mapping[str, str]
) -> dict[str, object]:
    """Return what a pack was made from and the hash of each of its files; never when, so that it can be made again."""
    known = {name: value for name, value in contents.info.items() if name != "sources"}
    return {
        **dict(sorted(known.items())),
        "since": contents.since.isoformat(),
        "charts_drawn": [one.series_id for one in contents.charts],
        "charts": len(contents.summaries),
        "points": len(contents.points),
        "left_out": dict(left_out),
        "files": [
            {
                "name": name,
                "what": WHAT[name],
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, content in files.items()
        ],
    }
