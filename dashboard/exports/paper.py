"""The PDF of the pack: tagged, with language, title and alternative texts (PDF/UA-1), the same bytes every time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from weasyprint import HTML, URLFetcher

from dashboard.exports.contents import Contents
from dashboard.exports.document import document_html
from dashboard.exports.parts import Medium
from dashboard.exports.same_bytes import EPOCH

#: The setting by which makers of fonts and documents are told which day to write (reproducible-builds.org).
DAY_SETTING = "SOURCE_DATE_EPOCH"

#: What stands in the document itself may be read; asking for anything else ends the making.
NOTHING_FROM_OUTSIDE = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)

_one_at_a_time = Lock()


def pdf(contents: Contents) -> bytes:
    """Return the written pack as a PDF of variant PDF/UA-1."""
    written = HTML(string=document_html(contents, Medium.PAPER), url_fetcher=NOTHING_FROM_OUTSIDE)
    identifier = str(contents.info.get("content_hash", "")).encode()
    with _a_day_that_stands_still():
        made: bytes = written.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier)
    return made


@contextmanager
def _a_day_that_stands_still() -> Iterator[None]:
    """Write fonts as of a fixed day: a part of a font carries the moment at which it was cut out."""
    with _one_at_a_time:
        before = os.environ.get(DAY_SETTING)
        os.environ[DAY_SETTING] = str(EPOCH)
        try:
            yield
        finally:
            if before is None:
                del os.environ[DAY_SETTING]
            else:
                os.environ[DAY_SETTING] = before
