"""Building again from a page: what cannot be built is told, and the charts in use stay."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import context
from dashboard.components import rebuild
from dashboard.components.rebuild import build_again
from pipelines.vocabulary import Audience

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def folders(tmp_path, monkeypatch):
    data, marts = tmp_path / "data", tmp_path / "marts"
    (data / "inbox" / "test_logs").mkdir(parents=True)
    for name in ("neighbourhoods.csv", "prototypes.csv"):
        shutil.copy(PROJECT / "data" / "sample" / name, data / "inbox" / name)
    log = (PROJECT / "data/sample/test_logs/ashfield_gate.csv").read_text("utf-8").splitlines()
    (data / "inbox/test_logs/gate.csv").write_text("\n".join(log[:20]) + "\n", encoding="utf-8")
    monkeypatch.setenv("LEARNING_DATA", str(data))
    monkeypatch.setenv("LEARNING_MARTS", str(marts))
    monkeypatch.delenv("LEARNING_AUDIENCE", raising=False)
    return data, marts


def test_the_charts_are_made_from_what_the_folder_now_holds(folders):
    assert build_again() == ()
    store = context.open_store()
    assert "parents_in_touch" in set(store.summaries()["measure_id"])


def test_what_cannot_be_built_is_told_and_the_charts_in_use_stay(folders):
    data, marts = folders
    assert build_again() == ()
    before = {audience: (marts / audience / "current").read_text() for audience in Audience}
    (data / "inbox" / "measures").mkdir()
    (data / "inbox" / "measures" / "broken.toml").write_text("id = ")
    faults = build_again()
    assert faults
    assert "broken.toml" in faults[0].file
    assert {audience: (marts / audience / "current").read_text() for audience in Audience} == before


def test_what_is_made_ahead_leaves_nothing_behind_and_is_no_release(folders):
    data, _ = folders
    before = files_of(data)
    rebuild._warm(data)
    assert files_of(data) == before
    assert build_again() == ()  # what people are shown is remembered
    assert (data / "released" / "ledger.jsonl").is_file()


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.name != ".lock")
