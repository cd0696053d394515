"""Made logs for the SQL: rows as the readers hand them over, random and small."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import pyarrow as pa
import pytest
from hypothesis import strategies as st

from pipelines.mart import new_database, run_sql
from pipelines.measures import Measure
from pipelines.sources import Checked, Load, Neighbourhood, Prototype, RowFault, load_tables, write_measures
from pipelines.sources.logs.sessions import CELLS, LINES, Sessions
from pipelines.sources.tables import Effect, HeldRecord, RawCell, RawLine
from pipelines.vocabulary import Better, ChartKind, DataType, Domain, Period


def _plain(schema: pa.Schema) -> pa.Schema:
    kinds = [pa.string() if pa.types.is_dictionary(field.type) else field.type for field in schema]
    return pa.schema(list(zip(schema.names, kinds, strict=True)))


PLAIN_LINES, PLAIN_CELLS = _plain(LINES), _plain(CELLS)

ITEMS = ("came", "new", "weight")
NEIGHBOURHOODS = (Neighbourhood("ash", "Ashfield", 1),)
RHYTHMS = (None, "week", "2 weeks", "month", "day", "session", "10 days")


def measure(
    measure_id: str, kind, numerator: str, denominator: str | None, period: Period, planned: str, **more
) -> Measure:
    return Measure(
        measure_id=measure_id,
        name=measure_id,
        short_name=measure_id,
        domain=Domain.REACH,
        kind=kind,
        numerator=numerator,
        denominator=denominator,
        counts=None,
        unit="people",
        period=period,
        planned_every=planned,
        better=Better.UP,
        targets=(),
        baseline="auto",
        disclosive=False,
        prototypes=more.pop("prototypes", ("*",)),
        why="",
        source="",
        **more,
    )


def sessions_of(lines: list[RawLine], cells: list[RawCell], held: list[HeldRecord]) -> tuple[Sessions, ...]:
    """Return rows as the columns that a reader hands over, one part a load."""
    items = sorted({cell.item for cell in cells})
    written = {(cell.load_id, cell.line, cell.item): asdict(cell) for cell in cells}
    parts = [Sessions(held=tuple(held))]
    for load_id in dict.fromkeys(line.load_id for line in lines):
        own = [line for line in lines if line.load_id == load_id]
        columns = {
            item: pa.Table.from_pylist(
                [
                    {**dict.fromkeys(CELLS.names), **written.get((load_id, line.line, item), {})}
                    for line in own
                ],
                schema=PLAIN_CELLS,
            ).cast(CELLS)
            for item in items
        }
        table = pa.Table.from_pylist([asdict(line) for line in own], schema=PLAIN_LINES).cast(LINES)
        parts.append(Sessions(table, columns, (), load_id))
    return tuple(parts)


@st.composite
def measures(draw) -> tuple[Measure, ...]:
    """Return a few measures of every way to make a value."""
    made = []
    for n in range(draw(st.integers(1, 3))):
        kind, denominator = draw(
            st.sampled_from(
                [
                    (DataType.COUNT, None),
                    (DataType.COUNT, "came"),
                    (ChartKind.I, None),
                    (DataType.MEASUREMENT, None),
                    (DataType.PROPORTION, "came"),
                    (DataType.PROPORTION, "sessions"),
                    (DataType.RATE, "came"),
                    (DataType.PROPORTION, "came + new"),
                    (ChartKind.U, "sessions"),
                ]
            )
        )
        numerator = draw(st.sampled_from([*ITEMS, "sessions", "new + weight"]))
        period = draw(st.sampled_from([Period.SESSION, Period.WEEK, Period.FOUR_WEEKS, Period.MONTH]))
        planned = draw(st.sampled_from(["session", "week", "2 weeks", "month", "13-week", "4-week"]))
        zero = draw(st.booleans())
        prototypes = draw(
            st.sampled_from([("*",), ("a",), ("theme:walks",), ("a", "theme:walks"), ("nobody",)])
        )
        made.append(
            measure(
                f"m{n}",
                kind,
                numerator,
                denominator,
                period,
                planned,
                prototypes=prototypes,
                no_entry_means_zero=zero,
            )
        )
    return tuple(made)


@st.composite
def logs(draw) -> Checked:
    """Return checked rows of two prototypes and two files, with held records."""
    prototypes = (
        Prototype("a", "ash", "A", "checks", planned_every=draw(st.sampled_from(RHYTHMS))),
        Prototype(
            "b",
            "ash",
            "B",
            draw(st.sampled_from(["walks", None])),
            planned_every=draw(st.sampled_from(RHYTHMS)),
        ),
    )
    days = st.dates(dt.date(2023, 11, 20), dt.date(2024, 3, 20))
    counts = st.one_of(
        st.just({"count": None}),
        st.integers(0, 9).map(lambda count: {"count": float(count)}),
        st.integers(0, 9).map(
            lambda low: {"count": low + 1.0, "low": float(low), "high": low + 2.0, "flag": "interval"}
        ),
        st.integers(0, 9).map(
            lambda low: {"count": float(low), "low": float(low), "high": None, "flag": "interval"}
        ),
    )
    loads = tuple(Load(f"load{n}", f"test_logs/{n}.csv", "test log", "0", 0, 0, 0, 0, 0, 0) for n in (1, 2))
    lines, cells, held = [], [], []
    for number in range(draw(st.integers(0, 12))):
        load = draw(st.sampled_from(loads))
        prototype = draw(st.sampled_from("ab"))
        day = draw(days)
        lines.append(RawLine(load.load_id, load.file, number + 2, prototype, day, None, None, None))
        cells += [RawCell(load.load_id, number + 2, item, **draw(counts)) for item in ITEMS]
        for item in draw(st.lists(st.sampled_from([None, *ITEMS]), max_size=1)):
            doubt = draw(st.sampled_from(["held", "not recorded"])) if item else "held"
            presumed = day if item else draw(days)
            held.append(HeldRecord(load.load_id, load.file, number + 2, prototype, presumed, item, doubt))
    texts = st.sampled_from([None, "", "x", "tested_on", "ünï"])
    faults = tuple(
        RowFault(
            load.load_id,
            load.file,
            draw(st.one_of(st.none(), st.integers(1, 9))),
            draw(texts),
            draw(texts),
            f"reason {n}",
            effect,
        )
        for n, (load, effect) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(loads), st.sampled_from(list(Effect))), max_size=6))
        )
    )
    return Checked(NEIGHBOURHOODS, prototypes, (), (), sessions_of(lines, cells, held), loads, faults)


@pytest.fixture(scope="session")
def made_logs():
    """Return the strategies: logs, and measures over them."""
    return logs(), measures()


@pytest.fixture(scope="session")
def plain_measure():
    """Return a function that makes one measure: a weekly count of `came` where nothing else is said."""

    def make(
        kind=DataType.COUNT,
        numerator="came",
        denominator=None,
        period=Period.WEEK,
        planned_every="week",
        **more,
    ):
        return measure("m", kind, numerator, denominator, period, planned_every, **more)

    return make


@pytest.fixture(scope="session")
def table():
    """Return a function that loads rows and returns one table as a list of dictionaries."""
    with new_database() as connection:

        def table(name: str, checked: Checked, measures=()) -> list[dict]:
            for (emptied,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE NOT temporary"
            ).fetchall():
                connection.execute(f"DELETE FROM {emptied}")
            load_tables(connection, checked)
            write_measures(connection, measures)
            run_sql(connection, "observation")
            run_sql(connection, "point_source")
            cursor = connection.execute(f"SELECT * FROM {name}")
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

        yield table


@pytest.fixture(scope="session")
def columns_of():
    """Return a function that turns hand-made rows into the columns that a reader hands over."""
    return sessions_of
