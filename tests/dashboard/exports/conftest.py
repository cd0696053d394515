"""A pack of the made-up mart, made once for all tests that read its parts back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from dashboard.exports.contents import Contents, gather
from dashboard.exports.pack import Pack, make_pack
from dashboard.store import Store
from pipelines.mart import current

#: Measures of the made-up mart: counted, a share with small numbers held back, and a mean.
MEASURES = ["people_reached", "back_in_28_days", "days_to_follow_up"]


@pytest.fixture(scope="session")
def shared_store(fixture_mart, tmp_path_factory) -> Iterator[Store]:
    """The made-up shared mart, open."""
    copy = tmp_path_factory.mktemp("pack") / "mart-shared.duckdb"
    shutil.copy(current(fixture_mart("full") / "shared"), copy)
    store = Store(copy)
    yield store
    store.close()


@pytest.fixture(scope="session")
def contents(shared_store) -> Contents:
    """What the pack tells."""
    return gather(shared_store, measures=MEASURES)


@pytest.fixture(scope="session")
def pack(shared_store) -> Pack:
    """The pack, every part."""
    return make_pack(shared_store, measures=MEASURES)
