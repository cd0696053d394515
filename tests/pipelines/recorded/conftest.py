"""A group with a small data folder of its own."""

from __future__ import annotations

import pytest

from tests.pipelines.recorded.small import Group, write


@pytest.fixture
def group(tmp_path):
    group = Group(write(tmp_path / "data"))
    yield group
    group.records.close()
