"""Fixtures of the oracle."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.oracle.golden import HERE, OTHER_PEOPLES


@pytest.fixture(scope="session")
def beside(shared_folder: Path) -> str:
    """The half on other people's data; skips, saying so, where it is not beside the project."""
    assert (shared_folder / "oracle").is_dir(), f"{shared_folder} holds no oracle"
    return OTHER_PEOPLES


@pytest.fixture(scope="session")
def runs_rule_table() -> pd.DataFrame:
    """What each method calls a signal, by useful points and crossings."""
    return pd.read_csv(HERE / "expected" / "runs_rule_table.csv")
