"""Over 200 seeds: what was planted is found, and what was not planted is not. The rates stand in docs/method.md."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

SEEDS = 200
pytestmark = pytest.mark.slow


def load(name):
    """Import a module that lies beside this file; tests are no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


judged = load("judged")


@pytest.fixture(scope="module")
def rows():
    found = judged.verdicts(SEEDS)
    print(judged.table(found))  # noqa: T201 - the table that docs/method.md prints; pytest -s shows it
    return found


def share(rows, kinds, verdicts):
    mine = [row for row in rows if row["kind"] in kinds]
    assert len(mine) >= SEEDS
    return np.mean([row["verdict"] in verdicts for row in mine])


CHANGED = ("improved", "worsened", "changed")


def test_pure_chance_is_seldom_called_a_change(rows):
    assert share(rows, ("chance",), CHANGED) <= 0.04


def test_autocorrelated_chance_is_seldom_called_a_change(rows):
    assert share(rows, ("autocorrelated",), CHANGED) <= 0.08


def test_a_season_with_a_year_of_history_is_seldom_called_a_change(rows):
    assert share(rows, ("season",), CHANGED) <= 0.05


def test_large_improvements_are_found(rows):
    assert share(rows, ("improvement",), ("improved",)) >= 0.9


def test_large_worsenings_are_found(rows):
    assert share(rows, ("worsening",), ("worsened",)) >= 0.9


def test_a_large_change_of_a_measure_without_a_better_side_is_called_changed(rows):
    assert share(rows, ("change",), ("changed",)) >= 0.9


def test_a_large_change_is_found_and_told_to_overlap(rows):
    mine = [row for row in rows if row["kind"] == "overlapping"]
    assert np.mean([row["verdict"] == "improved" for row in mine]) >= 0.9
    assert all(row["overlap"] for row in mine)


def test_an_overdispersed_share_is_seldom_called_a_change(rows):
    assert share(rows, ("overdispersed",), CHANGED) <= 0.04


def test_one_week_of_twice_the_usual_carries_at_most_one_cycle_in_sixteen(rows):
    """A week five steps off is beyond any limit and lifts the mean of twelve, but counts like the next one."""
    assert share(rows, ("outlier",), CHANGED) <= 0.0625


def test_a_change_is_never_called_the_other_way(rows):
    wrong = [
        row for row in rows
        if (row["kind"].endswith("improvement") and row["verdict"] == "worsened")
        or (row["kind"] == "worsening" and row["verdict"] == "improved")
    ]  # fmt: skip
    assert not wrong


@pytest.mark.parametrize(("kind", "verdict"), [("start-up", "not enough data"), ("gaps", "check the data")])
def test_what_cannot_be_judged_is_never_judged(rows, kind, verdict):
    assert share(rows, (kind,), (verdict,)) == 1


def test_every_kind_gets_an_acceptable_verdict_seven_times_in_eight(rows):
    for kind in sorted({row["kind"] for row in rows}):
        mine = [row["verdict"] in row["acceptable"] for row in rows if row["kind"] == kind]
        assert np.mean(mine) >= 0.875, kind
