"""Whatever bytes are given: a grid whose faults say what is wrong, or one clear error; in bounded memory and time.

The quick tests mutate small files of every kind. The slow ones give a fresh process the files that are made to hurt
and measure it: at most 512 MB, its helper too, and 20 seconds of the processor.
"""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.grid import Book, read_book
from pipelines.sources.cells.layout import find_layout
from pipelines.sources.cells.types import MAX_BYTES, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS
from tests.pipelines.sources.cells.written_books import ods, ods_cell, with_part, xlsx, zipped

HERE = Path(__file__).parent
PROJECT = HERE.parents[3]

MEGABYTES, SECONDS = 512, 20

LOG = 'Date,Who,kg,Notes\n05/01/2026,Café,<5,"one\ntwo"\n12/01/2026,=1+1,~20,<script>alert(1)</script>\nTOTAL,,25,\n'
TEXTS = [
    LOG.encode(),
    LOG.encode("utf-8-sig"),
    LOG.replace(",", ";").encode("cp1252"),
    LOG.replace(",", "\t").encode("utf-16"),
    ("sep=;\r\n" + LOG.replace(",", ";").replace("\n", "\r\n")).encode(),
]
BOOKS = [
    xlsx(("Date", "kg"), ("05/01/2026", "<5"), ("TOTAL", 5)),
    (HERE / "workbooks" / "old.xls").read_bytes(),
    ods(
        f'<table:table table:name="A"><table:table-row>{ods_cell("Date")}{ods_cell("kg")}</table:table-row></table:table>'
    ),
    zipped({"form.csv": LOG}),
]
SHEET = "xl/worksheets/sheet1.xml"
SNIPPETS = [
    b'"',
    b"\0",
    b",",
    b"\n",
    b"\r",
    b";",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'""',
    b"PK\x03\x04",
    b"\x80",
    b"=",
    b"<",
]


def check_book(book: Book) -> None:
    """A book keeps what it promises, and its layout names every row once."""
    assert book.format in {"csv", "xlsx", "xls", "ods"}
    for grid in book.grids:
        lines = [*grid.lines.tolist(), *(line for line, _ in grid.broken)]
        assert len(set(lines)) == len(lines)
        assert min(lines, default=1) >= 1
        assert np.all(np.diff(grid.lines) > 0)
        assert grid.n_columns <= MAX_COLUMNS
        assert all(len(column) == grid.n_rows and column.null_count == 0 for column in grid.cells)
        for column in grid.cells:
            column.validate(full=True)
            assert all(len(cell) <= MAX_CHARACTERS and "\0" not in cell for cell in column.to_pylist())
        assert all(re.match(r"[A-Z].*\.$", reason, re.DOTALL) for _, reason in grid.broken)
        layout = find_layout(grid)
        if layout is not None:
            assert sorted([*layout.body.tolist(), *layout.furniture]) == list(range(grid.n_rows))
            assert len(layout.headings) == grid.n_columns


def read_or_refuse(content: bytes, name: str = "log.csv") -> None:
    """The only two ways that reading may end."""
    refused = ""
    try:
        check_book(read_book(content, name))
    except UnreadableFileError as error:
        refused = str(error)
    assert re.match(r"$|[A-Z].*[.]$", refused, re.DOTALL)


@st.composite
def damaged(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """A file cut short, with bytes changed, pieces put in, taken out or doubled."""
    content = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(content)))
        match draw(st.sampled_from(["set", "insert", "cut", "double", "end"])):
            case "set" if at < len(content):
                content[at] = draw(st.integers(0, 255))
            case "insert":
                content[at:at] = draw(st.sampled_from(SNIPPETS)) * draw(st.sampled_from([1, 2, 50]))
            case "cut":
                del content[at : at + draw(st.integers(1, 40))]
            case "double":
                content[at:at] = content[at : at + draw(st.integers(1, 60))]
            case "end":
                del content[at:]
            case _:
                pass
    return bytes(content)


@settings(max_examples=200)
@given(st.one_of(damaged(TEXTS), st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_damaged_text_is_read_or_refused(content):
    read_or_refuse(content)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(damaged(BOOKS))
def test_damaged_workbooks_and_archives_are_read_or_refused(content):
    read_or_refuse(content, "log.xlsx")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_workbooks_with_damage_inside_are_read_or_refused(data):
    part = data.draw(st.sampled_from([SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]))
    read_or_refuse(with_part(BOOKS[0], part, lambda xml: data.draw(damaged([xml]))))


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(st.one_of(damaged(TEXTS), st.binary(max_size=2_000), damaged([LOG.encode() * 40])))
def test_much_damaged_text_is_read_or_refused(content):
    read_or_refuse(content)


@pytest.mark.slow
@settings(max_examples=800, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(damaged(BOOKS))
def test_many_damaged_workbooks_are_read_or_refused(content):
    read_or_refuse(content, "log.xlsx")


def lying(content: bytes) -> bytes:
    """The same archive, its directory saying that every file is small."""
    changed = bytearray(content)
    for entry in zipfile.ZipFile(io.BytesIO(content)).infolist():
        at = changed.rindex(entry.filename.encode())
        changed[at - 22 : at - 18] = (100).to_bytes(4, "little")
    return bytes(changed)


def in_sheet(more: bytes, after: bytes = b"") -> Callable[[], bytes]:
    """A workbook with more XML at the end of its rows, or after them."""
    change = lambda xml: xml.replace(b"</sheetData>", more + b"</sheetData>" + after)  # noqa: E731
    return lambda: with_part(BOOKS[0], SHEET, change)


def far_cell(row: int, column: int) -> Callable[[], bytes]:
    return lambda: xlsx(("a", "b"), write=lambda _, sheet: sheet.write(row, column, "x"))


def repeated(rows: int, columns: int) -> Callable[[], bytes]:
    cell = ods_cell("1", "float", office_value="1", table_number_columns_repeated=str(columns))
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return lambda: ods(f'<table:table table:name="A">{row}</table:table>')


FULL = MAX_BYTES - 100
LINES = MAX_ROWS - 10

#: Files made to hurt, each made in the process that reads it.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "one line": lambda: b"a" * FULL,
    "line ends": lambda: b"\n" * FULL,
    "delimiters": lambda: b"," * FULL,
    "quotes": lambda: b'"' * FULL,
    "NUL": lambda: b"a,b\n" + bytes(FULL),
    "a long cell in every line": lambda: (b"a," + b"x" * 40_000 + b"\n") * (FULL // 40_003),
    "100,000 columns": lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n" + b"," * 100_000 + b"\n",
    "a wide line among many": lambda: b"a,b\n" * (LINES - 1) + b"," * 400 + b"\n",
    "wide everywhere": lambda: (b"," * 499 + b"\n") * (FULL // 500),
    "rows of every width": lambda: b"".join(b"," * (n % 300) + b"\n" for n in range(100_000)),
    "quotes never closed": lambda: b'a,"b\n' * LINES,
    "quotes closed far below": lambda: (b'"x\n' + b"y\n" * 50) * 35_000,
    "a quote that nothing closes": lambda: b'a,b\n"x\n' + b'b""c\n' * LINES,
    "cells of several lines": lambda: b"a,b,c\n" + b'1,"x\ny",3\n' * (LINES // 2),
    "short lines": lambda: b"a,b,c\n" + b"1,2,3\n4,5\n" * (LINES // 2),
    "the heading in every line": lambda: b"Who,What\n" * LINES,
    "a total in every other line": lambda: b"Date,Who,n\n" + b"2026-01-01,Ann,3\n,Total,3\n" * (LINES // 2),
    "a total in every comment": lambda: b"Who,What,Comment\n" + b"Ann,walk,total for today\n" * 1_000_000,
    "UTF-16": lambda: ("a,b\n" * (FULL // 8 - 1)).encode("utf-16"),
    "UTF-16 that is none": lambda: b"\xff\xfe" + random.Random(1).randbytes(FULL),
    "another encoding": lambda: b"\x80,b\n" * (FULL // 4),
    "noise": lambda: random.Random(1).randbytes(FULL),
    "noise as a workbook": lambda: b"PK\x03\x04" + random.Random(1).randbytes(50_000_000),
    "noise as an old workbook": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(1).randbytes(50_000_000)
    ),
    "zip bomb": lambda: zipped({"a.csv": bytes(900_000_000)}),
    "zip bomb below the limit": lambda: zipped({"a.csv": b"a,b\n" * 90_000_000}),
    "zip bomb that lies": lambda: lying(zipped({"a.csv": bytes(900_000_000)})),
    "zip of many files": lambda: zipped({f"{n}.csv": b"a,b" for n in range(20_000)}),
    "workbook bomb": in_sheet(b" " * 900_000_000),
    "workbook bomb below the limit": in_sheet(b" " * 350_000_000),
    "workbook bomb that lies": lambda: lying(
        in_sheet(b"<row>" + b"<c><v>1</v></c>" * 20_000_000 + b"</row>")()
    ),
    "a long shared text": lambda: with_part(
        BOOKS[0], "xl/sharedStrings.xml", lambda xml: xml.replace(b"kg", b"x" * 350_000_000)
    ),
    "nested XML": in_sheet(b"<a>" * 20_000_000),
    "many merged ranges": in_sheet(
        b"", b"<mergeCells>" + b'<mergeCell ref="A1:B9"/>' * 5_000_000 + b"</mergeCells>"
    ),
    "a cell in the last corner": far_cell(1_048_575, 16_383),
    "a cell in the last row": far_cell(1_048_575, 30),
    "a cell in the last column": far_cell(2, 16_383),
    "a million rows": lambda: xlsx(*((n, "a") for n in range(1_000_000)), constant_memory=True),
    "repeated cells": repeated(1_048_576, 16_384),
    "repeated beyond all numbers": repeated(99_999_999_999_999, 99_999_999_999_999),
}

#: The system counts what a process held before it became this program to its peak: VmHWM does not.
MEASURE = """
import json, re, resource, sys, time
from pathlib import Path
from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.grid import read_book
from pipelines.sources.cells.layout import find_layout
content = Path(sys.argv[1]).read_bytes()
before, clock = time.process_time(), time.perf_counter()
try:
    book = read_book(content, "log.csv")
    outcome = sum((find_layout(grid) is not None) + grid.n_rows for grid in book.grids)
except UnreadableFileError as error:
    outcome = str(error)
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
helper = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = time.process_time() - before + helper.ru_utime + helper.ru_stime
print(json.dumps([outcome, max(own, helper.ru_maxrss) / 1024, seconds, time.perf_counter() - clock]))
"""


def measured(content: bytes, folder: Path) -> tuple[int | str, float, float, float]:
    """Read a file in a fresh process; return the outcome, megabytes, seconds of the processor and by the clock."""
    path = folder / "hostile"
    path.write_bytes(content)
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    outcome, megabytes, seconds, clock = json.loads(done.stdout)
    return outcome, megabytes, seconds, clock


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("name", HOSTILE)
def test_files_made_to_hurt_stay_within_memory_and_time(name, tmp_path):
    outcome, megabytes, seconds, clock = measured(HOSTILE[name](), tmp_path)
    told = f"{name}: {outcome}; {megabytes:.0f} MB, {seconds:.1f} s, {clock:.1f} s by the clock"
    assert megabytes < MEGABYTES, told
    assert seconds < SECONDS, told
