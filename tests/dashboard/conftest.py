"""Fixtures for the screens: `fixture_mart("full")` and its other states, published once a session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.components import rebuild
from dashboard.store import Store
from pipelines.mart import current
from tests.dashboard.marts import STATES, write_marts


@pytest.fixture(autouse=True)
def an_empty_data_folder(_away_from_own_data: None) -> None:
    """Let there be a data folder, as on every machine but one that only shows charts to read."""
    Path(os.environ["LEARNING_DATA"]).mkdir()


@pytest.fixture(autouse=True)
def nothing_is_built_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that take entries build ahead in a thread; no test waits for that, and none should leave it running."""
    monkeypatch.setattr(rebuild, "warm", lambda: None)


@pytest.fixture(scope="session")
def fixture_mart(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the marts folder (LEARNING_MARTS) of a state: full, one_point, empty, broken, missing or old."""
    made: dict[str, Path] = {}

    def marts(state: str = "full") -> Path:
        if state not in STATES:
            raise ValueError(f"{state!r} is none of {', '.join(STATES)}")
        if state not in made:
            made[state] = write_marts(tmp_path_factory.mktemp(f"marts_{state}"), state)
        return made[state]

    return marts


@pytest.fixture
def app_marts(fixture_mart: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Point the app to the marts of a state, for the shared audience, and return the folder."""

    def use(state: str = "full") -> Path:
        folder = fixture_mart(state)
        monkeypatch.setenv("LEARNING_MARTS", str(folder))
        monkeypatch.delenv("LEARNING_AUDIENCE", raising=False)
        return folder

    return use


@pytest.fixture
def open_mart(fixture_mart: Callable[[str], Path], tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Open a copy of a mart, since DuckDB refuses a second handle on a file that the app has open."""
    opened: list[Store] = []

    def open_(state: str, audience: str = "shared") -> Store:
        copy = tmp_path / f"mart-{state}-{audience}.duckdb"
        shutil.copy(current(fixture_mart(state) / audience), copy)
        opened.append(Store(copy))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()
