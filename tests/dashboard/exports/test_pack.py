"""The pack whole: the same bytes every time, a manifest that is true, from the shared mart alone, by command and in time."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.exports import pack as exports
from dashboard.exports import paper
from dashboard.exports.contents import PackError, gather
from dashboard.exports.pack import HTML, MANIFEST, PDF, PPTX, WHAT, make_pack
from dashboard.store import Store
from pipelines.mart import current
from tests.dashboard.exports.conftest import MEASURES

PROJECT = Path(__file__).parents[3]


def test_every_part_is_there_and_begins_as_its_kind_does(pack):
    assert list(pack.files) == list(WHAT)
    assert pack.files[PDF].startswith(b"%PDF-1.7")
    assert zipfile.is_zipfile(io.BytesIO(pack.files[PPTX]))
    assert pack.files[HTML].startswith(b"<!DOCTYPE html>")


def test_the_manifest_has_the_hash_of_every_file_and_what_it_rests_on(pack, shared_store):
    told = json.loads(pack.files[MANIFEST])
    assert {one["name"]: one["sha256"] for one in told["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in pack.files.items() if name != MANIFEST
    }
    info = shared_store.info()
    for name in ("content_hash", "rule_set", "rule_set_version", "data_until", "audience", "made_up"):
        assert told[name] == info[name]
    assert told["since"] == "2026-10-27"


def test_made_again_it_is_the_same_byte_for_byte(pack, shared_store):
    told: list[float] = []
    again = make_pack(shared_store, measures=MEASURES, told=lambda share, _words: told.append(share))
    assert {name for name in WHAT if again.files[name] != pack.files[name]} == set()
    assert again.zipped() == pack.zipped()
    assert (told[0], *sorted(told), told[-1]) == (0.0, *told, 1.0)


def test_the_groups_own_figures_are_refused(open_mart):
    with pytest.raises(PackError, match="shared mart alone"):
        gather(open_mart("full", "true"))


def test_a_mart_without_data_says_what_to_do(open_mart):
    with pytest.raises(PackError, match="pipelines build"):
        gather(open_mart("empty"))


def test_a_measure_that_is_not_there_is_named_with_those_that_are(shared_store):
    with pytest.raises(PackError, match=r"no measure nonsense.*people_reached"):
        gather(shared_store, measures=["nonsense"])


def test_a_pack_of_very_little_data_is_made_too(open_mart):
    made = make_pack(open_mart("one_point"))
    assert list(made.files) == list(WHAT)


@pytest.fixture
def other_weasyprint(tmp_path, monkeypatch):
    """Put a library in the place of the one that sets the PDF; it does what is said when it is imported."""

    def use(says: str) -> None:
        (tmp_path / "weasyprint.py").write_text(f"raise {says}\n", encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return use


def test_where_no_pdf_can_be_set_the_rest_is_made_and_the_reason_told(shared_store, other_weasyprint):
    other_weasyprint("OSError(\"cannot load library 'libpango-1.0-0'\")")
    made = make_pack(shared_store, measures=["people_reached"])
    assert list(made.files) == [name for name in WHAT if name != PDF]
    assert json.loads(made.files[MANIFEST])["left_out"] == {PDF: exports.NO_PANGO}
    assert "Pango" in made.left_out[PDF]


def test_a_machine_without_the_library_is_told_apart_from_a_fault(contents, other_weasyprint):
    other_weasyprint("ValueError('the letters are missing')")
    with pytest.raises(RuntimeError, match="the letters are missing"):
        paper.begin(contents).pdf()


def test_the_command_writes_every_part_with_the_day_asked_for(fixture_mart, tmp_path):
    marts = _marts(fixture_mart, tmp_path)
    told = CliRunner().invoke(
        main,
        ["pack", "--marts", str(marts), "--out", str(tmp_path / "out"),
         "--since", "2026-11-01", "--measure", "people_reached"],
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(WHAT)
    assert json.loads((tmp_path / "out" / MANIFEST).read_text())["since"] == "2026-11-01"
    Store(current(marts / "shared")).close()  # refused where the command had left the file open


def test_the_command_says_in_words_what_is_wrong(tmp_path):
    told = CliRunner().invoke(main, ["pack", "--marts", str(tmp_path), "--out", str(tmp_path / "out")])
    assert told.exit_code == 1
    assert "Traceback" not in told.output
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_another_process_on_another_day_makes_the_same_bytes(fixture_mart, shared_store, pack, tmp_path):
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "pack",
        "--marts",
        str(_marts(fixture_mart, tmp_path)),
        "--out",
        str(tmp_path),
    ]
    command += [part for name in MEASURES for part in ("--measure", name)]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=180, check=False)
    assert told.returncode == 0, told.stderr
    assert {name for name in WHAT if (tmp_path / name).read_bytes() != pack.files[name]} == set()


def _marts(fixture_mart, tmp_path: Path) -> Path:
    """Return a copy of the made-up marts: DuckDB refuses a second handle on a file."""
    return Path(shutil.copytree(fixture_mart("full"), tmp_path / "marts"))
