"""The same bytes for the same mart: archives and office documents without a clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

#: The day that is written where a format must have one: 1 January 1980, the first that an archive can hold.
EPOCH = 315_532_800
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
FIRST_MOMENT = b"1980-01-01T00:00:00Z"

#: When a document was made, as office formats write it.
MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip archive that does not tell when it was made; in the order of the mapping."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, content)
    return out.getvalue()


def without_clock(document: bytes) -> bytes:
    """Return an office document, and every one inside it, without the moment at which it was made."""
    with zipfile.ZipFile(io.BytesIO(document)) as held:
        return archive({name: _part(name, held.read(name)) for name in held.namelist()})


def _part(name: str, content: bytes) -> bytes:
    if name.endswith((".xlsx", ".docx", ".pptx")):
        return without_clock(content)
    if name == "docProps/core.xml":
        return MADE.sub(rb"\g<1>" + FIRST_MOMENT + rb"\g<2>", content)
    return content
