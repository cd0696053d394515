"""The command line: exit codes, faults without a traceback, files that are written."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.__main__ import main

PROJECT = Path(__file__).parents[2]


class Done(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch, capsys) -> Callable[..., Done]:
    """Return what runs a command as its entry does, in this process: an error nobody expected fails the test."""

    def told(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["learning", *(str(word) for word in words)])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return told


def run_alone(*words: object) -> Done:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "pipelines", *(str(word) for word in words)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, env=os.environ, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture
def log(tmp_path) -> Path:
    path = tmp_path / "log.csv"
    lines = ["day,yes,asked,site"]
    lines += [
        f"2025-{month:02d}-{day:02d},{10 + (month * day) % 7},40,a"
        for month in range(1, 13)
        for day in (5, 20)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_the_data_that_come_with_it_are_built(tmp_path):
    built = run_alone("build", "--data", PROJECT / "data", "--marts", tmp_path)
    assert built.returncode == 0, built.stderr
    assert "Built" in built.stdout
    assert (tmp_path / "shared/current").is_file()
    assert (tmp_path / "true/current").is_file()


def test_check_writes_a_report_as_text_and_as_csv(run, tmp_path):
    folder = tmp_path / "data/sample"
    written = run("sample", "--out", folder, "--prototypes", 1)
    assert written.returncode == 0, written.stderr
    one = sorted((folder / "test_logs").glob("*.csv"))[0]
    text = one.read_text(encoding="utf-8")
    one.write_text(text + text.splitlines()[-1].replace("2026-", "2026-99-", 1) + "\n", encoding="utf-8")
    report = tmp_path / "faults.csv"
    checked = run("check", "--data", tmp_path / "data", "--csv", report)
    assert checked.returncode == 0, checked.stderr
    assert f"line {len(text.splitlines()) + 1}" in checked.stdout
    rows = rows_of(report)
    assert any(row["effect"] == "line refused" for row in rows)
    assert run("check", "--data", tmp_path / "data", "--strict").returncode == 1


def test_chart_writes_points_limits_and_signals_and_prints_the_sentence(run, log, tmp_path):
    out = tmp_path / "points.csv"
    done = run(
        "chart",
        log,
        "--date",
        "day",
        "--numerator",
        "yes",
        "--denominator",
        "asked",
        "--better",
        "up",
        "--out",
        out,
    )
    assert done.returncode == 0, done.stderr
    assert "usual" in done.stdout
    rows = rows_of(out)
    assert len(rows) == 24
    assert float(rows[0]["value"]) == int(float(rows[0]["numerator"])) / 40
    assert rows[-1]["upper_limit"]


def test_chart_puts_the_rows_of_a_month_together(run, log, tmp_path):
    out = tmp_path / "points.csv"
    done = run(
        "chart",
        log,
        "--date",
        "day",
        "--value",
        "yes",
        "--period",
        "month",
        "--where",
        "site=a",
        "--out",
        out,
    )
    assert done.returncode == 0, done.stderr
    rows = rows_of(out)
    assert [row["period_start"] for row in rows] == [f"2025-{month:02d}-01" for month in range(1, 13)]


def test_every_fault_of_the_options_is_told_at_once_without_a_traceback(run, log, tmp_path):
    done = run(
        "chart", log, "--date", "when", "--numerator", "sí", "--where", "site", "--out", tmp_path / "o.csv"
    )
    assert done.returncode == 1
    for told in (
        "column when",
        "column sí",
        "--where site has no equals sign",
        "both --numerator and --denominator",
    ):
        assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_cells_are_named_by_line_and_column(run, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("day,yes\n2025-01-01,3\ntomorrow,4\n2025-01-03,many\n", encoding="utf-8")
    done = run("chart", path, "--date", "day", "--value", "yes", "--out", tmp_path / "o.csv")
    assert done.returncode == 1
    assert 'line 3, column day: "tomorrow" is not a date' in done.stderr
    assert 'line 4, column yes: "many" is not a number' in done.stderr


def test_it_runs_as_a_module_and_tells_wrong_usage_by_its_exit_code():
    done = run_alone("nonsense")
    assert done.returncode == 2
    assert "No such command" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["nonsense"], ["chart"], ["build", "--colour", "red"], ["sample"]])
def test_wrong_usage_exits_with_two(run, words):
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_nothing_to_build_exits_with_one_and_says_what_is_missing(run, tmp_path):
    done = run("build", "--data", tmp_path, "--marts", tmp_path / "marts")
    assert done.returncode == 1
    assert "neighbourhoods.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_sample_is_never_written_over_anything(run, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = run("sample", "--out", tmp_path)
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
