"""What a process keeps between two builds: results by everything they were made from, so that none can be stale.

A save touches one prototype; the rest of a build is the same as the one before. Asked for a result, the memory gives the
one that was made from equal inputs, or has it made. Nothing is ever told to it: a key says it all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

T = TypeVar("T")


#: What a name may be made from, beside lists, tables and dataclasses of it: its text tells all of it.
PLAIN = (str, int, float, dt.date, type(None))


def name_of(*made_from: object) -> str:
    """Return a name that is the same for equal things, and for those alone.

    Raises
    ------
    TypeError
        For something whose text might not tell all of it.
    """
    return hashlib.sha256(_told(made_from).encode("utf-8", "surrogateescape")).hexdigest()


def _told(thing: object) -> str:
    if isinstance(thing, PLAIN):
        return repr(thing)
    if isinstance(thing, Mapping):
        return f"{{{','.join(f'{_told(key)}:{_told(value)}' for key, value in thing.items())}}}"
    if isinstance(thing, list | tuple):
        return f"[{','.join(map(_told, thing))}]"
    if is_dataclass(thing):
        held = (getattr(thing, field.name) for field in fields(thing))
        return f"{type(thing).__name__}({','.join(map(_told, held))})"
    raise TypeError(f"A {type(thing).__name__} has no name.")


def digest_of(rows: pd.DataFrame) -> str:
    """Return a hash of a table's columns, types and rows: the same for the same content, and for it alone."""
    sink = pa.BufferOutputStream()
    table = pa.Table.from_pandas(rows, preserve_index=False)
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return hashlib.sha256(sink.getvalue()).hexdigest()


class Memory:
    """Results by key; those that two builds in a row did not ask for are forgotten."""

    def __init__(self) -> None:
        self._now: dict[Hashable, Any] = {}
        self._before: dict[Hashable, Any] = {}
        self._alone = threading.RLock()

    @contextmanager
    def one_build(self) -> Iterator[None]:
        """Begin a build; others of this process wait until it is over."""
        with self._alone:
            self._before, self._now = self._now, {}
            yield

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for an equal key, or make it.

        The key must hold everything that the result is made from, and the result must not be changed by anybody.
        """
        if key not in self:
            self._now[key] = make()
        return self.known(key)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._now or key in self._before

    def known(self, key: Hashable) -> Any:
        """Return what is kept for a key.

        Raises
        ------
        KeyError
            Where nothing is.
        """
        if key not in self._now:
            self._now[key] = self._before[key]
        return self._now[key]

    def keep(self, key: Hashable, result: Any) -> None:
        """Keep what was made for a key together with others."""
        self._now[key] = result

    def forget(self, is_meant: Callable[[Hashable], bool]) -> None:
        """Forget some results, so that they are made again."""
        for kept in (self._now, self._before):
            for key in [key for key in kept if is_meant(key)]:
                del kept[key]


class Forgetful(Memory):
    """Keeps nothing between builds: for what is too large to be kept, or is built once."""

    @contextmanager
    def one_build(self) -> Iterator[None]:
        """Begin a build with nothing known, and end it with nothing kept."""
        self._before, self._now = {}, {}
        yield
        self._before, self._now = {}, {}


#: A file changed this shortly before it was read may be changed again without a sign (seconds; the clock of a file
#: system can be as coarse as two): it is read again.
SETTLED_AFTER = 2.5


@dataclass(frozen=True)
class _Seen:
    """What a file looked like from outside, and the hash of what was in it."""

    look: tuple[int, int, int, int]
    digest: str
    is_settled: bool


class Contents:
    """Hashes of files, kept by path."""

    def __init__(self) -> None:
        self._seen: dict[Path, _Seen] = {}

    def digests(self, paths: Iterable[Path]) -> list[str]:
        """Return the hash of each file's bytes; files not asked for are forgotten."""
        asked = list(paths)
        seen = {path: self._look(path) for path in asked}
        self._seen = seen
        return [seen[path].digest for path in asked]

    def _look(self, path: Path) -> _Seen:
        stat = path.stat()
        look = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
        known = self._seen.get(path)
        if known is not None and known.is_settled and known.look == look:
            return known
        is_settled = time.time_ns() - max(look[:2]) > SETTLED_AFTER * 1e9
        return _Seen(look, hashlib.sha256(path.read_bytes()).hexdigest(), is_settled)
