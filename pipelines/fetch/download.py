"""One address to bytes: https only, within a size and a time, and with errors that say how to go on without a network."""

from __future__ import annotations

import socket
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import urlsplit

from pipelines.errors import LearningError


class FetchError(LearningError):
    """An address that gives no data: says what came instead, and how to go on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken, and for how long.

    `n_bytes` is the largest file, `seconds` the longest time for all of it, `schemes` what an address may begin with.
    """

    n_bytes: int = 200_000_000
    seconds: float = 120.0
    schemes: tuple[str, ...] = ("https",)


CHUNK = 262_144
REDIRECTS = 5
BY_HAND = "Without a network, download the file by hand on another machine and put it into localities/ of the data folder."


def download(address: str, limits: Limits) -> bytes:
    """Return what an address holds.

    Raises
    ------
    FetchError
        Where the address is none, nothing answers, the answer is an error, a web page, empty, too large or too slow.
    """
    _check(address, limits)
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked
        address, headers={"User-Agent": "neighbourhood-learning-dashboard", "Accept-Encoding": "identity"}
    )
    until = time.monotonic() + limits.seconds
    try:
        with _opener(limits).open(request, timeout=min(30.0, limits.seconds)) as answer:
            content = _read(answer, address, limits, until)
    except urllib.error.HTTPError as error:
        error.close()
        raise FetchError(
            f"{address} answered with error {error.code}. Check the number or the name asked for."
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        raise FetchError(f"{address} cannot be reached ({_words(error)}). {BY_HAND}") from error
    _check_content(content, address)
    return content


def _check(address: str, limits: Limits) -> None:
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in limits.schemes and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_good = False
    if not is_good or any(character.isspace() or not character.isprintable() for character in address):
        raise FetchError(f"Only addresses that begin with https:// are fetched. Found: {address[:80]!r}")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to an address that could have been asked for in the first place."""

    max_redirections = REDIRECTS

    def __init__(self, limits: Limits):
        self.limits = limits

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request that follows, having looked at where it leads."""
        _check(newurl, self.limits)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(limits: Limits) -> urllib.request.OpenerDirector:
    """Return what opens addresses of the allowed schemes and nothing else: no files, no FTP."""
    opener = urllib.request.OpenerDirector()
    handlers: list[Any] = [
        urllib.request.ProxyHandler(), urllib.request.HTTPDefaultErrorHandler(), _Redirects(limits),
        urllib.request.HTTPErrorProcessor(), urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.UnknownHandler(),
    ]  # fmt: skip
    if "http" in limits.schemes:
        handlers.append(urllib.request.HTTPHandler())
    for handler in handlers:
        opener.add_handler(handler)
    return opener


def _read(answer: Any, address: str, limits: Limits, until: float) -> bytes:
    """Read piece by piece, so that neither a size nor a time can be exceeded by much."""
    parts, n_bytes = [], 0
    while piece := answer.read1(CHUNK):
        n_bytes += len(piece)
        parts.append(piece)
        if n_bytes > limits.n_bytes:
            raise FetchError(
                f"{address} holds more than {limits.n_bytes / 1e6:,.0f} MB. Ask for fewer areas or periods."
            )
        if time.monotonic() > until:
            raise FetchError(
                f"{address} took longer than {limits.seconds:,.0f} seconds. Try again later. {BY_HAND}"
            )
    promised = answer.headers.get("Content-Length", "")
    if promised.isdigit() and int(promised) != n_bytes:
        raise FetchError(f"{address} broke off after {n_bytes:,} of {int(promised):,} bytes. Try again.")
    return b"".join(parts)


def _check_content(content: bytes, address: str) -> None:
    begin = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not begin:
        raise FetchError(f"{address} is empty. Check the number or the name asked for.")
    if begin.startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise FetchError(
            f"{address} answered with a web page, not with data. Open it in a browser to see what it says."
        )


def _words(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLError):
        return "its certificate is not trusted"
    if isinstance(reason, socket.gaierror):
        return "its name is not known, as when there is no network"
    if isinstance(reason, TimeoutError):
        return "it did not answer in time"
    return str(reason)[:120] or type(error).__name__
