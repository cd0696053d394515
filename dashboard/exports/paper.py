"""The PDF of the pack: tagged, with language, title and alternative texts (PDF/UA-1), the same bytes every time.

It is set by a process of its own: half of a pack's time goes into it, so that the other parts are made meanwhile and nobody
at another page waits for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dashboard.exports.contents import Contents
from dashboard.exports.document import document_html
from dashboard.exports.parts import Medium
from dashboard.exports.same_bytes import EPOCH
from dashboard.exports.typesetter import NO_LIBRARY

PROJECT = Path(__file__).parents[2]

#: The setting by which makers of fonts and documents are told which day to write (reproducible-builds.org): a part of a
#: font carries the moment at which it was cut out.
DAY_SETTING = "SOURCE_DATE_EPOCH"

#: So many characters of what the process said are told where it fails.
MOST_TOLD = 500


class NoLibraryError(Exception):
    """The machine lacks the library that sets text."""


@dataclass(frozen=True)
class Typesetting:
    """A PDF that is being set."""

    ends: Future[subprocess.CompletedProcess[bytes]]

    def pdf(self) -> bytes:
        """Wait until it is set, and return it.

        Raises
        ------
        NoLibraryError
            Where the machine lacks the library that sets text.
        RuntimeError
            Where setting it failed, with the last words of the process.
        """
        ended = self.ends.result()
        if ended.returncode == NO_LIBRARY:
            raise NoLibraryError
        if ended.returncode != 0:
            raise RuntimeError(f"The PDF could not be set: {ended.stderr.decode()[-MOST_TOLD:]}")
        return ended.stdout


def begin(contents: Contents) -> Typesetting:
    """Begin to set the written pack as a PDF."""
    page = document_html(contents, Medium.PAPER).encode()
    command = [
        sys.executable,
        "-m",
        "dashboard.exports.typesetter",
        str(contents.info.get("content_hash", "")),
    ]
    settings = os.environ | {DAY_SETTING: str(EPOCH)}
    waits = ThreadPoolExecutor(1)
    ends = waits.submit(
        subprocess.run, command, input=page, capture_output=True, check=False, cwd=PROJECT, env=settings
    )
    waits.shutdown(wait=False)
    return Typesetting(ends)
