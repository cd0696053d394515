"""Where public data lies, and the command that fetches it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.fetch import FetchError, cvdprevent, fingertips, ons, plain, qof
from pipelines.fetch import command as command_module
from pipelines.fetch.cache import Fetched, Record
from pipelines.fetch.command import fetch_command

PIPELINES = Path(__file__).parents[3] / "pipelines"


def test_every_address_is_https_and_every_name_of_a_file_is_plain():
    wanted = [*fingertips(90362), *cvdprevent(7, 17), *qof("2023/24"), *ons("healthy-life-expectancy")]
    assert all(one.address.startswith("https://") for one in wanted)
    assert all(one.file == Path(one.file).name and " " not in one.file for one in wanted)


def test_fingertips_asks_for_one_indicator_of_one_kind_of_area():
    (wanted,) = fingertips(90362, 502, 6)
    assert wanted.address.endswith(
        "/api/all_data/csv/by_indicator_id?indicator_ids=90362&child_area_type_id=502&parent_area_type_id=6"
    )


def test_cvdprevent_knows_its_levels_by_word():
    (wanted,) = cvdprevent(7, 17, "practice")
    assert wanted.address.endswith("/indicator/7/rawDataJSON?timePeriodID=17&systemLevelID=5")
    with pytest.raises(FetchError, match="pcn"):
        cvdprevent(7, 17, "street")


def test_a_year_of_qof_that_is_not_known_is_told_with_the_way_by_hand():
    with pytest.raises(FetchError, match="by hand"):
        qof("2009/10")


@pytest.mark.parametrize("indicator", ["../secrets", "Anxiety", "a b", "", "x" * 200])
def test_an_indicator_of_the_ons_is_a_plain_word(indicator):
    with pytest.raises(FetchError):
        ons(indicator)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("https://host/a/b.csv?x=1", "b.csv"),
        ("https://host/a/b", "b.csv"),
        ("https://host/", "fetched.csv"),
        ("https://host/..%2f..%2fetc/passwd", "passwd.csv"),
        ("https://host/a/%00é<script>.json", "00_script_.json"),
    ],
)
def test_the_name_of_a_file_is_made_safe(address, file):
    (wanted,) = plain(address)
    assert wanted.file == file


def test_the_command_says_what_it_kept_and_asks_for_each_indicator(monkeypatch, tmp_path):
    asked = []

    def fetch(wanted, data, again):
        asked.append((wanted.file, data, again))
        return [
            Fetched(
                data / wanted.file, Record(wanted.address, "2026-11-22T10:00:00+00:00", "0" * 64, 1234), True
            )
        ]

    monkeypatch.setattr(command_module, "fetch", fetch)
    words = ["fingertips", "--indicator", "90362", "--indicator", "219", "--data", str(tmp_path)]
    result = CliRunner().invoke(fetch_command, words)
    assert result.exit_code == 0, result.output
    assert asked == [
        ("fingertips_90362_502_6.csv", tmp_path, False),
        ("fingertips_219_502_6.csv", tmp_path, False),
    ]
    assert "localities/cache/fingertips_90362_502_6.csv: 1,234 bytes, fetched 2026-11-22" in result.output


@pytest.mark.parametrize(
    "words",
    [["cvdprevent", "--indicator", "7", "--period", "17"], ["qof", "--year", "2023/24"], ["ons", "--indicator", "anxiety"],
     ["address", "https://host/a.csv"]],
)  # fmt: skip
def test_every_source_has_its_command(monkeypatch, tmp_path, words):
    asked = []
    monkeypatch.setattr(command_module, "fetch", lambda wanted, *_: asked.append(wanted) or [])
    result = CliRunner().invoke(fetch_command, [*words, "--data", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert asked


def test_nothing_but_the_command_reaches_for_a_network():
    network = {"urllib", "http", "socket", "ssl", "ftplib", "requests", "httpx", "pipelines.fetch"}
    wrong = []
    for path in PIPELINES.rglob("*.py"):
        where = path.relative_to(PIPELINES).as_posix()
        if where.startswith("fetch/") or where == "__main__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [
                f"{where}: {name}" for name in names if name in network or name.partition(".")[0] in network
            ]
    assert not wrong
