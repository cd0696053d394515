"""The two tables that keep what people enter, for any database that SQLAlchemy speaks to."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

#: Raised when the tables' columns change; another version's tables are refused, never misread.
VERSION = 1

METADATA = MetaData()

#: One row a record, never changed and never removed; columns as `chain.Row` has them.
RECORD = Table(
    "record",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("record_id", String(80), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("saved_at", String(27), nullable=False),
    Column("who", String(80), nullable=False),
    Column("supersedes", String(80)),
    Column("body", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

#: One row: the end of the chain, so that a last record that is taken away is missed.
HEAD = Table(
    "head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("version", Integer, nullable=False),
)
