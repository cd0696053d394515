"""The runner: workers answer, what is missing is a row and not a failure, tables say what was measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import ours, peers, peers_env, scale, speed, tables
from benchmarks.clock import worker
from benchmarks.contestant import Contestant

SMALL = {"kind": "p", "n_series": 20, "n_points": 30, "batch": 1}


@pytest.fixture(scope="module")
def engine():
    with worker(sys.executable, "benchmarks.ours") as running:
        yield running


@pytest.mark.parametrize(
    "name", [ours.FLOOR, "floor, text, shuffled", "chart_many, categories", "engine, arrays", "chart"]
)
def test_a_worker_times_a_batch_of_each_of_ours(engine, name):
    answer = engine.ask({"name": name, **SMALL})
    assert answer["seconds"] > 0
    assert answer["version"]


def test_what_goes_wrong_in_a_worker_is_its_answer(engine):
    assert engine.ask({"name": ours.FLOOR, **SMALL, "kind": "p", "n_series": -1})["error"]


def test_a_peer_that_is_not_installed_is_an_answer_too():
    with worker(sys.executable, "benchmarks.peers") as here:
        answer = here.ask({"name": "statprocon", **SMALL, "kind": "xmr"})
    assert answer["version"] == ""
    assert "statprocon" in answer["error"]


def test_a_worker_that_ended_answers_with_an_error():
    with worker(sys.executable, "benchmarks.ours") as running:
        running.process.kill()
        running.process.wait()
        assert running.ask({"name": ours.FLOOR, **SMALL})["error"]


def times_of(contestant: Contestant, ratios: list[float]) -> speed.Times:
    return speed.Times(contestant, "1.0", seconds=[ratio / 1e6 for ratio in ratios], ratios=ratios)


def test_the_table_has_the_fastest_first_and_what_is_missing_last():
    everyone = {
        "abspc": speed.Times(peers.CONTESTANTS["abspc"], error="not installed"),
        "chart_many, text": times_of(ours.CONTESTANTS["chart_many, text"], [4.0, 2.0, 3.0]),
        ours.FLOOR: times_of(ours.CONTESTANTS[ours.FLOOR], [1.0, 1.0, 1.1]),
    }
    rows = speed.rows(everyone)
    assert [row[0] for row in rows] == [ours.FLOOR, "chart_many, text", "abspc"]
    assert rows[1][3:6] == ["2.00", "3.00", "4.00"]
    assert rows[2][2] == "not installed"
    assert len({len(row) for row in rows}) == 1


def test_the_fastest_peer_is_one_with_rules_like_ours():
    everyone = {
        "clinical-qikit, compute, ihi": times_of(peers.CONTESTANTS["clinical-qikit, compute, ihi"], [150.0]),
        "shewhart": times_of(peers.CONTESTANTS["shewhart"], [300.0]),
        "chart_many, text": times_of(ours.CONTESTANTS["chart_many, text"], [3.0]),
    }
    said = speed.verdicts(everyone)
    assert "The floor is 150 (150 to 150) times as fast as clinical-qikit, compute, ihi." in said
    assert any(
        "300 (300 to 300) times as fast as shewhart, the fastest peer with rules like" in one for one in said
    )
    assert any("100 (100 to 100) times as fast as shewhart (asked: 100)" in one for one in said)


def test_one_peers_lock_leaves_the_others_out_and_keeps_every_hash_of_the_rest():
    lock = (Path(peers_env.HERE) / "peers.lock").read_text(encoding="utf-8")
    names = (Path(peers_env.HERE) / "peers.in").read_text(encoding="utf-8").split()
    alone = peers_env.lock_of("shewhart", lock, names)
    assert set(peers_env.entries(alone)) == set(peers_env.entries(lock)) - set(names) | {"shewhart"}
    assert all("--hash=sha256:" in entry for entry in peers_env.entries(alone).values())
    assert "".join(peers_env.entries(lock).values()).count("--hash") == lock.count("--hash")


def test_scale_charts_every_series_of_one_call():
    found = scale.one("p", 15, "text")
    assert found["seconds"] > 0
    assert found["peak"] >= found["before"]


def test_growth_in_step_with_the_points_is_the_power_of_one():
    times = {
        few: {"seconds": few * 2e-5, "by_the_clock": 1.0, "before": 0.0, "peak": 0.0}
        for few in (1_000, 100_000)
    }
    assert scale._power(times) == pytest.approx(1)


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1,234"), (12.34, "12.3"), (1.234, "1.23"), (0.0, "0.00")]
)
def test_figures_show_three_digits(value, text):
    assert tables.number(value) == text
