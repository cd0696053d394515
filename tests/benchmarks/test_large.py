"""The large made-up data are read without a fault, and are as many as is said."""

from __future__ import annotations

import csv

from benchmarks import large
from pipelines.inputs import read_inputs


def test_every_line_of_the_large_data_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(large, "PLACES", 2)
    large.write_large(tmp_path)
    inputs = read_inputs(tmp_path)
    assert not inputs.checked.faults
    assert sum(load.lines_refused for load in inputs.checked.loads) == 0
    assert len(inputs.measures) == 30
    assert len(inputs.checked.prototypes) == 2 * large.THEMES


def test_a_log_goes_week_by_week_over_five_years(tmp_path, monkeypatch):
    monkeypatch.setattr(large, "PLACES", 1)
    large.write_large(tmp_path)
    with (tmp_path / "sample/test_logs/place_0_theme_0.csv").open(newline="", encoding="utf-8") as file:
        days = [row["tested_on"] for row in csv.DictReader(file)]
    assert (len(days), days[0], days[-1]) == (260, "2021-12-05", "2026-11-22")
