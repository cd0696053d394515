"""A small data folder to read from, and a log's text turned into what was read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipelines.measures import Measure
from pipelines.sources import Checked, read_folder
from pipelines.vocabulary import Better, DataType, Domain, Period

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="session")
def make_measure():
    """Return a function that makes a measure; only what a test speaks of is named."""

    def make(
        measure_id="came", kind=DataType.COUNT, numerator="attended", denominator=None, **more
    ) -> Measure:
        more = {
            "period": Period.WEEK,
            "planned_every": "week",
            "prototypes": ("*",),
            "targets": (),
            "better": Better.UP,
            "counts": None,
        } | more
        return Measure(
            measure_id=measure_id,
            name=measure_id,
            short_name=measure_id,
            domain=Domain.REACH,
            kind=kind,
            numerator=numerator,
            denominator=denominator,
            unit="people",
            baseline="auto",
            disclosive=False,
            why="",
            source="",
            **more,
        )

    return make


@pytest.fixture(scope="session")
def measures(make_measure):
    share = make_measure("share", DataType.PROPORTION, "new_people", "attended")
    return (make_measure(), share)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A data folder with two neighbourhoods and a prototype in each, and no log yet."""
    (tmp_path / "test_logs").mkdir()
    (tmp_path / "neighbourhoods.csv").write_text("neighbourhood_id,name\nash,Ashfield\nelm,Elm Park\n")
    (tmp_path / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name\nash-bp,ash,Checks\nelm-walk,elm,Walks\n"
    )
    return tmp_path


@pytest.fixture
def read(folder, measures):
    """Return a function that reads one log (and its mapping) in the small folder."""

    def read(log: str | bytes, mapping: str | None = None) -> Checked:
        content = log.encode() if isinstance(log, str) else log
        (folder / "test_logs" / "log.csv").write_bytes(content)
        if mapping is not None:
            (folder / "test_logs" / "log.toml").write_text(mapping, encoding="utf-8")
        return read_folder(folder, measures, today=TODAY)

    return read


@pytest.fixture
def log_load():
    """Return a function that finds the load of the log."""
    return lambda checked: next(load for load in checked.loads if load.file.startswith("test_logs/"))
