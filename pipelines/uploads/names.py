"""Names that people give to files and themselves, made fit to be kept on any system and shown anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

from pipelines.sources import personal
from pipelines.sources.unread import LOG_ENDINGS

#: Names that Windows keeps for devices, whatever the extension.
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$", re.I)
_BAD = re.compile(r'[<>:"/\\|?*\'`$&;{}\[\]!%~#^]+')

#: Bytes of a name without its extension: file systems allow 255 in all, of which versions need some.
LONGEST = 100


def safe_name(name: str, fallback: str = ".csv") -> str:
    """Return a file name that every system can keep, and that says nothing it should not.

    Parameters
    ----------
    name
        As the browser gives it: may hold folders, control or right-to-left characters, telephone numbers.
    fallback
        The extension where the name has none that a log may have.

    Returns
    -------
    str
        No separators, no invisible characters, no device name, no beginning that a spreadsheet takes for a formula,
        at most LONGEST bytes before the extension; personal data in it are taken out.
    """
    last = re.split(r"[/\\]", _visible(name))[-1].strip()
    stem, dot, extension = last.rpartition(".")
    if not dot or f".{extension.lower()}" not in LOG_ENDINGS:
        stem, extension = last, fallback.lstrip(".")
    stem = _BAD.sub("-", personal.scrub(stem)[0].replace("[", "").replace("]", ""))
    stem = re.sub(r"\s+", " ", stem).strip(" .-_=+@,")
    stem = _cut(stem, LONGEST).rstrip(" .-") or "log"
    if _RESERVED.match(PurePosixPath(stem).stem.split(".")[0]):
        stem = f"log {stem}"
    return f"{stem}.{extension.lower()}"


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name whose part before the extension is not taken, capitals aside: a mapping goes by that part."""
    stems = {PurePosixPath(other).stem.casefold() for other in taken}
    path, number = PurePosixPath(name), 2
    free = path.stem
    while free.casefold() in stems:
        free, number = f"{path.stem} {number}", number + 1
    return f"{free}{path.suffix}"


def safe_words(words: str | None, longest: int = 80) -> str | None:
    """Return a name on one line without invisible characters, never a formula; None where nothing is left."""
    text = " ".join(_visible(words or "").split()).lstrip("=+-@ ")
    return text[:longest].strip() or None


def _visible(text: str) -> str:
    """Return a text without control, format (right-to-left, zero width) and private characters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in composed)


def _cut(text: str, longest: int) -> str:
    return text.encode()[:longest].decode(errors="ignore")
