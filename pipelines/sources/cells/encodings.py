"""The encodings in which spreadsheets write text, brought to UTF-8.

UTF-8 and UTF-16 tell themselves by their marks or their shape. The one-byte encodings do not: of Windows-1252,
the Macintosh's and MS-DOS's the one is taken that gives most of the letters and signs that British people write.
"""

from __future__ import annotations

import codecs

from pipelines.errors import UnreadableFileError

#: Bytes of UTF-8 into which a text of another encoding is brought: both are held at once.
MAX_TRANSCODED = 75_000_000

#: Bytes decoded at a time where only the answer is wanted.
STEP = 1 << 20

#: How telling a sign beyond ASCII is in British text; bytes of another encoding rarely fall on these.
_TELLING = dict.fromkeys("éèêëáàâäåçíïñóôöøúüß€—²³×•\u00a0", 1) | dict.fromkeys("£é–‘’“”…½°·", 3)

#: In the order in which they are taken where they do equally well: what Excel writes on Windows comes first.
_ONE_BYTE = {"cp1252": "Windows-1252", "mac_roman": "the Macintosh encoding", "cp850": "the MS-DOS encoding"}

_SAVE_AS = "If letters look wrong, save it as CSV UTF-8."


def to_utf8(content: bytes) -> tuple[bytes | bytearray | memoryview, tuple[str, ...]]:
    """Return a text's bytes as UTF-8 without a mark, and notes where the encoding was not plain.

    Raises
    ------
    UnreadableFileError
        Where a text says that it is UTF-16 and is not.
    """
    if content.startswith(codecs.BOM_UTF8):
        return _checked(memoryview(content)[3:], marked=True)
    wide = _wide_encoding(content)
    if wide:
        return _from_wide(content, wide)
    return _checked(content, marked=False)


def is_wide(content: bytes) -> bool:
    """Whether a text is written in UTF-16 or UTF-32, whose bytes are no signs by themselves."""
    return _wide_encoding(content) is not None


def _wide_encoding(content: bytes) -> str | None:
    """Name the UTF-16 or UTF-32 in which a text is written, by its mark or by every second byte being NUL."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = content[:1000:2], content[1:1000:2]
    many, few = len(odd) * 0.6, len(odd) * 0.05
    if odd.count(0) > many and even.count(0) <= few:
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > many and odd.count(0) <= few else None


def _from_wide(content: bytes, encoding: str) -> tuple[bytes | bytearray, tuple[str, ...]]:
    text, n_lost = _transcoded(content, encoding)
    if n_lost > len(text) / 100 + 1:
        raise UnreadableFileError(
            f"The file begins like {encoding.upper()} text and is not. Save it again as CSV UTF-8 from where it came."
        )
    note = f"The file is {encoding.upper()}."
    return text, (note, _lost(n_lost)) if n_lost else (note,)


def _checked(
    content: bytes | memoryview, marked: bool
) -> tuple[bytes | bytearray | memoryview, tuple[str, ...]]:
    """Return the bytes as they are where they are UTF-8, else from the likeliest encoding."""
    if _is_utf8(content):
        return content, ()
    text, n_lost = _transcoded(content, "utf-8")
    if marked or _n_beyond_ascii(text) > 2 * n_lost:
        return text, (_lost(n_lost),)
    del text
    encoding = _likeliest(content)
    note = f"The file is not UTF-8 and was read as {_ONE_BYTE[encoding]}. {_SAVE_AS}"
    return _transcoded(content, encoding)[0], (note,)


def _transcoded(content: bytes | memoryview, encoding: str) -> tuple[bytearray, int]:
    """Return a text as UTF-8, step by step to spare memory, and how many characters of it could not be read."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    view, text, n_lost = memoryview(content), bytearray(), 0
    for begin in range(0, len(view), STEP):
        piece = decoder.decode(view[begin : begin + STEP], final=begin + STEP >= len(view))
        n_lost += piece.count("\ufffd")
        text += piece.encode(errors="replace")
        if len(text) > MAX_TRANSCODED:
            raise UnreadableFileError("So large a file has to be UTF-8. Save it as CSV UTF-8, or split it.")
    return text, n_lost


def _is_utf8(content: bytes | memoryview) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for begin in range(0, len(view), STEP):
            decoder.decode(view[begin : begin + STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _n_beyond_ascii(text: bytearray) -> int:
    """Count the characters of UTF-8 that are not ASCII, lost ones too."""
    starts = bytes(range(192, 256))
    return len(text) - len(text.translate(None, starts))


def _likeliest(content: bytes | memoryview) -> str:
    beyond = bytes(content[: 8 * STEP]).translate(None, bytes(range(128)))[:STEP]
    scores = {
        name: sum(_TELLING.get(mark, 0) for mark in beyond.decode(name, errors="replace"))
        for name in _ONE_BYTE
    }
    return max(scores, key=lambda name: scores[name])


def _lost(n_lost: int) -> str:
    return f"{n_lost:,} characters could not be read and stand as \ufffd. Save the file as CSV UTF-8 again."
