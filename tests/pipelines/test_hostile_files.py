"""Whatever file is dropped into a data folder or uploaded: what stood there stands as it was, and the file is told.

Every other row of both marts is compared, table by table; where a build is refused, the marts in use are compared byte
by byte. The slow tests do it in a fresh process with the files that are made to hurt, and measure it.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.build import build
from pipelines.errors import LearningError
from pipelines.mart import current, open_read_only
from pipelines.measures import write_measure
from pipelines.preview import preview
from pipelines.report import report_csv
from pipelines.sources import read_folder
from pipelines.understanding import suggested_measures, understand
from pipelines.uploads import keep
from pipelines.vocabulary import Audience
from tests.pipelines.sources.cells.test_fuzz_reading import BOOKS, PROJECT, SHEET, TEXTS, damaged
from tests.pipelines.sources.cells.test_fuzz_reading import HOSTILE as FILES_TO_HURT
from tests.pipelines.sources.cells.written_books import with_part, xlsx, zipped
from tests.pipelines.sources.published.test_fuzz import FILES as PUBLISHED

HEADING = "neighbourhood_id,prototype_id,tested_on,place,place_type,cycle_no,guests,helpers"
GOOD = HEADING + "\n" + "".join(
    f"heath,heath_lunch,2025-{1 + n // 4:02d}-{1 + 7 * (n % 4):02d},Hall,hall,1,{20 + n},3\n" for n in range(24)
)  # fmt: skip
#: The same of the year before: nothing hostile is a double of what stood.
OTHER = GOOD.replace("2025", "2024")
MEASURE = {
    "id": "guests_a_week", "name": "Guests", "domain": "reach", "kind": "count", "numerator": "guests",
    "unit": "a week", "period": "week", "better": "up", "disclosive": False, "prototypes": ["*"],
    "why": "A meal that nobody joins feeds nobody.", "source": "Counted at the door.",
}  # fmt: skip
LINE = "heath,heath_lunch,2024-{month:02d}-03,{place},hall,1,{guests},2\n"

#: Names as attackers and unlucky people write them: HTML, SQL, Markdown, paths, right-to-left marks, formulas.
NAMES = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; DROP TABLE load; --", '" OR ""="',
    "**bold** [link](javascript:alert(1))", "| a | b |", "../../etc/passwd", "C:\\Windows\\system32", "\u202egnp.exe",
    "=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\u2066\u05d0\u2069", "{{7*7}}", "$(rm -rf .)", "%s%n", "[bold]x[/bold]",
)  # fmt: skip


def of_names(names: tuple[str, ...] = NAMES) -> bytes:
    """A log of the contract whose places bear hostile names."""
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    lines = (LINE.format(month=1 + n % 12, place=name, guests=n) for n, name in enumerate(quoted))
    return (HEADING + "\n" + "".join(lines)).encode()


#: Files that break something in a reader, an archive, a spreadsheet or a screen; small ones, so that all are tried.
HOSTILE: dict[str, bytes] = {
    "empty.csv": b"",
    "nul.csv": OTHER.encode()[:200] + b"\0" * 50 + OTHER.encode()[200:],
    "cut.csv": OTHER.encode()[:333],
    "cut16.csv": OTHER.encode("utf-16")[:333],
    "cp1252.csv": of_names(("Café", "Señor")).decode().encode("cp1252"),
    "formulas.csv": OTHER.replace(",3\n", ",=1+1\n").encode(),
    "huge_field.csv": (HEADING + "\n" + LINE.format(month=1, place="x" * 100_000, guests=1)).encode(),
    "many_columns.csv": b",".join(b"c%d" % n for n in range(100_000)) + b"\n" + b"," * 99_999 + b"\n",
    "wide_lines.csv": (HEADING + "\n" + "," * 900 + "\n").encode(),
    "open_quote.csv": (HEADING + '\n"' + LINE.format(month=1, place="x", guests=1) * 200).encode(),
    "script.csv": b"<html><script>alert(1)</script></html>",
    "numbers.csv": (HEADING + "\n" + "".join(
        LINE.format(month=1 + n, place="x", guests=g)
        for n, g in enumerate(["1e999", "NaN", "inf", "-5", "9" * 400, "0x10", "１２", "1e-320", "99999999999"])
    )).encode(),
    "days.csv": (HEADING + "\n" + "".join(
        f"heath,heath_lunch,{day},x,hall,1,3,2\n"
        for day in ["0000-00-00", "9999-12-31", "10000-01-01", "99999999", "-1", "31/02/2025", "1/1/1", "2958466"]
    )).encode(),
    "lines_of_nothing.csv": (HEADING + "\n" + ",,,,,,,\n" * 500).encode(),
    "names.csv": of_names(),
    "book.csv": xlsx(("Date", "kg"), ("05/01/2026", "<5")),
    "text.xlsx": OTHER.encode(),
    "pdf.xlsx": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "cut.xlsx": BOOKS[0][:900],
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8,
    "two.zip": zipped({"a.csv": b"a,b", "b.csv": b"a,b"}),
    "climbing.zip": zipped({"../../a.csv": OTHER.encode()}),
    "nested.xlsx": with_part(BOOKS[0], SHEET, lambda xml: xml.replace(b"</sheetData>", b"<a>" * 9_000)),
    "deep.json": b"[" * 100_000,
    "odd.json": b'{"indicatorRawData": [{"AreaCode": "\\ud800", "Value": 1}]}',
}  # fmt: skip


@cache
def hostile() -> dict[str, bytes]:
    """All of them, with the one that takes a while to make."""
    return HOSTILE | {"bomb.zip": zipped({"a.csv": b"0" * 450_000_000})}


@pytest.fixture(scope="module")
def standing(tmp_path_factory) -> Path:
    """A data folder with a log, a measure and a published figure, and its two marts."""
    root = tmp_path_factory.mktemp("standing")
    inbox = root / "data" / "inbox"
    for name in ("test_logs", "measures", "localities"):
        (inbox / name).mkdir(parents=True)
    (inbox / "neighbourhoods.csv").write_text("neighbourhood_id,name,display_order\nheath,Heath,1\n")
    (inbox / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,theme,stage,planned_every\nheath_lunch,heath,Lunch,food,prototype,week\n"
    )
    (inbox / "test_logs" / "good.csv").write_text(GOOD)
    (inbox / "measures" / "guests_a_week.toml").write_text(write_measure(MEASURE))
    (inbox / "localities" / "good.csv").write_text(PUBLISHED["ons"])
    build(root / "data", root / "marts")
    return root


@pytest.fixture
def root(standing, tmp_path) -> Path:
    """A copy of it, for a test to spoil."""
    return Path(shutil.copytree(standing, tmp_path / "root"))


#: Whose rows come of one file each, and the files that stood before.
BY_FILE = ("load", "rejected_row", "guess", "point_source", "test_count", "locality_value")
WHOLE = ("neighbourhood", "prototype", "cycle", "measure", "target")
KEPT = ("test_logs/good.csv", "localities/good.csv")


def rows_that_stood(mart: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a mart that the files of before gave."""
    connection = open_read_only(mart)
    try:
        found = {}
        for table in (*BY_FILE, *WHOLE):
            columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
            kept = "load_id IN (SELECT load_id FROM load WHERE list_contains($files, file))"
            where = kept if table in BY_FILE else "len($files) > 0"
            names = ", ".join(f'"{name}"' for name in columns if name != "loaded_at")
            query = f"SELECT {names} FROM {table} WHERE {where} ORDER BY ALL"
            found[table] = connection.execute(query, {"files": list(KEPT)}).fetchall()
        return found
    finally:
        connection.close()


def points_of_2025(mart: Path) -> list[tuple[object, ...]]:
    """The observations of the year in which only the good log counted."""
    connection = open_read_only(mart)
    try:
        query = (
            "SELECT series_id, period_start, numerator, value, n_sessions FROM observation"
            " WHERE year(period_start) = 2025 ORDER BY ALL"
        )
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def files_told(mart: Path) -> set[str]:
    connection = open_read_only(mart)
    try:
        return {row[0] for row in connection.execute("SELECT file FROM load").fetchall()}
    finally:
        connection.close()


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but its locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def refused(work: Callable[[], object]) -> str:
    """Return why something was refused, '' where it was done; any error but a documented one goes through."""
    try:
        work()
    except LearningError as error:
        return str(error).strip() or "no reason given"
    return ""


def assert_untouched_or_rebuilt(root: Path, standing: Path) -> bool:
    """Build: the marts in use stay byte by byte, or hold every row that stood; return whether it was built."""
    before = bytes_of(root / "marts")
    why = refused(lambda: build(root / "data", root / "marts"))
    if why:
        assert why != "no reason given"
        assert bytes_of(root / "marts") == before
        return False
    for audience in Audience:
        new, old = current(root / "marts" / audience), current(standing / "marts" / audience)
        assert rows_that_stood(new) == rows_that_stood(old)
        assert points_of_2025(new) == points_of_2025(old)
        assert reconciles(new)
    return True


def reconciles(mart: Path) -> bool:
    connection = open_read_only(mart)
    try:
        query = "SELECT count(*) FROM load WHERE lines_read <> lines_loaded + lines_refused + lines_furniture"
        return connection.execute(query).fetchall() == [(0,)]
    finally:
        connection.close()


@pytest.mark.parametrize("place", ["test_logs", "localities"])
def test_all_hostile_files_at_once_leave_every_row_that_stood_and_each_is_told(root, standing, place):
    for name, content in hostile().items():
        (root / "data/inbox" / place / name).write_bytes(content)
    assert assert_untouched_or_rebuilt(root, standing)
    told = files_told(current(root / "marts" / "true"))
    assert {f"{place}/{name}" for name in hostile()} - told == set()


def upload(content: bytes, name: str, root: Path) -> bool:
    """Go the whole way of an upload, as a person does who agrees to everything; return whether it was kept."""
    data = root / "data"

    def whole_way() -> None:
        proposal = understand(content, name, data)
        measures = suggested_measures(proposal.mapping, data)
        preview(content, name, proposal.mapping, measures, data / "inbox")
        keep(content, name, proposal.mapping, "Ash", data, "Hostile", "Hostile", measures)

    before = bytes_of(data)
    why = refused(whole_way)
    assert why != "no reason given"
    assert not why or bytes_of(data) == before
    return not why


def test_every_hostile_file_is_kept_or_refused_by_the_upload_and_what_stood_stands(root, standing):
    outcome = {name: upload(content, name, root) for name, content in hostile().items()}
    assert outcome["text.xlsx"]
    assert outcome["book.csv"]
    for name in ("empty.csv", "pdf.xlsx", "cut.xlsx", "old.xls", "bomb.zip", "two.zip", "script.csv"):
        assert not outcome[name], name
    build(root / "data", root / "marts")
    for audience in Audience:
        new, old = current(root / "marts" / audience), current(standing / "marts" / audience)
        assert set(points_of_2025(old)) <= set(points_of_2025(new))
        for table, rows in rows_that_stood(old).items():
            # A kept upload brings measures, so that a column of the standing log may now be one of its items.
            assert table in ("load", "rejected_row") or set(rows) <= set(rows_that_stood(new)[table]), table
        assert reconciles(new)


def test_a_mapping_that_cannot_be_read_refuses_the_build_and_leaves_the_marts(root, standing):
    (root / "data/inbox/test_logs/good.toml").write_bytes(b"\xff\xfe\0[columns\n" * 50)
    assert not assert_untouched_or_rebuilt(root, standing)


@pytest.mark.parametrize("name", ["neighbourhoods.csv", "prototypes.csv"])
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 99, b"\xff\xfe" + bytes(range(256)), b"a,b\n" * 9, BOOKS[0]]
)
def test_a_table_of_places_that_cannot_be_read_refuses_the_build_and_leaves_the_marts(
    root, standing, name, content
):
    (root / "data/inbox" / name).write_bytes(content)
    assert not assert_untouched_or_rebuilt(root, standing)


def test_what_lies_beside_a_figure_may_be_anything(root, standing):
    for n, content in enumerate(
        [b"", b"[", b"[1]", b"\xff", b'{"released_on": 7}', b'{"source": ["a"]}', b"[" * 99_999]
    ):
        beside = root / f"data/inbox/localities/figures{n}"
        beside.with_suffix(".csv").write_text(PUBLISHED["ons"].replace("Anxiety", f"Anxiety {n}"))
        beside.with_suffix(".json").write_bytes(content)
    assert assert_untouched_or_rebuilt(root, standing)


def test_folders_and_files_of_other_endings_among_the_data_are_told_and_never_raise(root, standing):
    inbox = root / "data/inbox"
    for place in ("test_logs", "localities"):
        (inbox / place / "folder.csv").mkdir()
        (inbox / place / "letter.docx").write_bytes(b"PK\x03\x04")
        (inbox / place / "~$letter.xlsx").write_bytes(b"lock")
    assert assert_untouched_or_rebuilt(root, standing)
    told = files_told(current(root / "marts" / "true"))
    assert {name for name in told if "letter" in name} == {"test_logs/letter.docx", "localities/letter.docx"}


def spoiled_log(name: str) -> str:
    """A log that bears a hostile name as a heading, as a place and in place of a number."""
    quoted = '"' + name.replace('"', '""') + '"'
    heading = of_names((name,)).decode().replace("helpers", quoted, 1)
    return heading + LINE.format(month=7, place="Hall", guests=quoted)


def test_hostile_names_travel_through_the_load_and_no_cell_of_the_report_is_a_formula(root, standing):
    """As the names of files, headings and places; what cannot be seen is left out, nothing else is changed or run."""
    files = {f"test_logs/{name.replace('/', '_').replace('..', '_')}.csv": name for name in NAMES}
    for file, name in files.items():
        (root / "data/inbox" / file).write_text(spoiled_log(name))
    checked = read_folder(root / "data/inbox")
    rows = list(csv.reader(io.StringIO(report_csv([checked]))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert assert_untouched_or_rebuilt(root, standing)
    connection = open_read_only(current(root / "marts/true"))
    try:
        query = "SELECT DISTINCT file, place FROM test_count WHERE place <> 'Hall' AND file <> $good"
        places = dict(connection.execute(query, {"good": KEPT[0]}).fetchall())
    finally:
        connection.close()
    assert {file: plain_text(place) for file, place in places.items()} == {
        file: plain_text(name) for file, name in files.items()
    }


def plain_text(text: str) -> str:
    """A text as any screen can show it: what cannot be seen is no part of a name."""
    return " ".join("".join(mark for mark in text if mark.isprintable()).split())


#: The system counts what a process held before it became this program to its peak: VmHWM does not.
MEASURE_BUILD = """
import json, re, resource, sys, time
from pathlib import Path
from pipelines.build import build
data, marts = map(Path, sys.argv[1:])
before = time.process_time()
build(data, marts)
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
helper = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = time.process_time() - before + helper.ru_utime + helper.ru_stime
print(json.dumps([max(own, helper.ru_maxrss) / 1024, seconds]))
"""

#: A whole build holds more than reading a file: libraries for charts, a database in memory, two marts.
MEGABYTES, SECONDS = 768, 20


#: One of each way in which a file made to hurt ends: refused by its bytes, or read with all its lines told. Reading
#: alone is measured for every one of them beside the cells.
REACHING_THE_BUILD = (
    "line ends",
    "quotes never closed",
    "short lines",
    "the heading in every line",
    "a total in every other line",
    "noise",
    "zip bomb",
    "workbook bomb below the limit",
    "a million rows",
)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("name", REACHING_THE_BUILD)
def test_a_build_with_a_file_made_to_hurt_stays_within_memory_and_time(root, standing, name):
    (root / "data/inbox/test_logs/hurts.csv").write_bytes(FILES_TO_HURT[name]())
    command = [sys.executable, "-c", MEASURE_BUILD, str(root / "data"), str(root / "marts")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    megabytes, seconds = json.loads(done.stdout.splitlines()[-1])
    assert megabytes < MEGABYTES, f"{name}: {megabytes:.0f} MB, {seconds:.1f} s"
    assert seconds < SECONDS, f"{name}: {megabytes:.0f} MB, {seconds:.1f} s"
    new, old = current(root / "marts" / "shared"), current(standing / "marts" / "shared")
    assert rows_that_stood(new) == rows_that_stood(old)
    assert "test_logs/hurts.csv" in files_told(new)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(damaged([OTHER.encode(), *TEXTS]), damaged(BOOKS), st.binary(max_size=300)), st.booleans())
def test_whatever_is_dropped_into_the_inbox_leaves_what_stood(standing, tmp_path_factory, content, is_log):
    root = Path(shutil.copytree(standing, tmp_path_factory.mktemp("dropped") / "root"))
    place = "test_logs" if is_log else "localities"
    (root / "data/inbox" / place / "dropped.csv").write_bytes(content)
    assert assert_untouched_or_rebuilt(root, standing)
    shutil.rmtree(root)
