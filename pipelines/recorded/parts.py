"""Sessions of one sheet by what is in them: equal contents, equal digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from pipelines.sources.logs.held import held_table
from pipelines.sources.logs.sessions import Sessions


@dataclass(frozen=True)
class Part:
    """The sessions of one sheet, or of one prototype's records.

    Attributes
    ----------
    sessions
        What came of it.
    prototypes
        Whose sessions or held records it has.
    digest
        Of all its contents.
    """

    sessions: Sessions
    prototypes: frozenset[str]
    digest: str


def parts_of(sessions: Iterable[Sessions]) -> tuple[Part, ...]:
    """Return sessions with the prototypes they speak of and the digest of what they hold."""
    return tuple(_part(one) for one in sessions)


def _part(sessions: Sessions) -> Part:
    held = held_table(sessions.held)
    tables = {"lines": sessions.lines, **sessions.cells, "held": held}
    digest = hashlib.sha256()
    for name, table in tables.items():
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
        digest.update(_bytes(table))
    spoken_of = (table["prototype_id"].unique().to_pylist() for table in (sessions.lines, held))
    return Part(sessions, frozenset(name for names in spoken_of for name in names), digest.hexdigest())


def _bytes(table: pa.Table) -> memoryview:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())
