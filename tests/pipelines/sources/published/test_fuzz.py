"""Published files that are broken, cut short, hostile or huge: a fate for every line, no figure out of nothing, no crash."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sources.published.publication import OPEN, Asked
from tests.pipelines.sources.published.published_files import (
    ACHIEVEMENT_HEADING,
    ACHIEVEMENT_LINES,
    CVDPREVENT_RECORD,
    FINGERTIPS_ROW,
    read,
    table,
)

ONS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n"
    "E09000002,Barking and Dagenham,District,Anxiety,2022-04-01/P1Y,2.98,Score,score,2.7,3.2,,\n"
)
UPLOAD = (
    "area_code,date_from,date_to,period_type,sex,age_from_years_inclusive,age_to_years_inclusive,deprivation_decile,"
    "deprivation_category,count,value,denominator,lower_ci_95,upper_ci_95,lower_ci_99_8,upper_ci_99_8\n"
    "U25656,2024-01-01,2024-12-31,calendar_year,male,5,10,1,counties,3,5.5,30,5,6,4,7\n"
)
PREVALENCE = (
    "PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PRACTICE_LIST_SIZE\nF82001,HYP,620,TOTAL,4960\n"
)
PRACTICES = (
    "PRACTICE_CODE,PRACTICE_NAME,PCN_ODS_CODE,PCN_NAME\nF82001,Halbutt Street Surgery,U11211,West PCN\n"
)
INDICATORS = (
    "INDICATOR_CODE,INDICATOR_POINT_VALUE,GROUP_DESCRIPTION,PATIENT_LIST_TYPE\nHYP008,14,Hypertension,79UN\n"
)
CATEGORIES = "CategoryName,CategoryTypeName,Sequence\nMost deprived decile,Deciles,10\n"
DESCRIBED = [{"indicatorID": 41101, "indicatorName": "Readmissions", "unitLabel": "%", "polarity": "Low is good",
              "valueType": "Proportion", "dataSource": "NHS", "lastUpdatedDate": "2025-01-15T14:03:34"}]  # fmt: skip

FILES = {
    "ons": ONS,
    "fingertips": table(FINGERTIPS_ROW),
    "upload form": UPLOAD,
    "cvdprevent json": json.dumps({"indicatorRawData": [CVDPREVENT_RECORD]}),
    "cvdprevent csv": table(
        {name: "" if cell is None else str(cell).replace(",", "") for name, cell in CVDPREVENT_RECORD.items()}
    ),
    "achievement": ACHIEVEMENT_HEADING + ACHIEVEMENT_LINES,
    "prevalence": PREVALENCE,
    "practices": PRACTICES,
    "qof indicators": INDICATORS,
    "categories": CATEGORIES,
    "described": json.dumps(DESCRIBED),
}

#: Cells as people, programs and attackers leave them.
NASTY = st.sampled_from(
    ["", " ", "*", "-", "–", "0", "-1", "1e999", "NaN", "inf", "=1+1", "@SUM(A1)", "+44", "<script>alert(1)</script>",
     "'; DROP TABLE load; --", "\u202egnp.exe", "../../etc/passwd", "２０２３", "2023/24", "2020 - 22", "99999", "\x00", "\u00a0",
     "To March 9999", "9999 - 99", "2022-01-01/P99Y", "9999-12-31/P9Y", "9" * 400, "U11211", "F82001", "[c]", "Persons"]
)  # fmt: skip
CELL = st.one_of(NASTY, st.text(max_size=12), st.floats().map(str), st.integers().map(str))


def assert_sound(found) -> None:
    """Every line has one fate, every figure stands on a line that loaded, and none is out of nothing."""
    load = found.publication.close()
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
    assert not (found.publication.fates == OPEN).any()
    assert bool(found.values or found.published) <= bool(load.lines_loaded)
    for value in found.values:
        assert value.area_code
        assert value.period_start <= value.period_end
        assert all(
            text is None or text.isprintable() for text in (value.area_name, value.indicator, value.category)
        )
        assert value.value is None or (value.value == value.value and abs(value.value) < 1e300)
    for fault in found.publication.faults:
        assert "Traceback" not in fault.reason


def rows_of(name: str, rows: list[list[str]]) -> bytes:
    """Return a file with the heading of a known one and other cells below it."""
    if FILES[name].startswith(("{", "[")):
        keys = list(CVDPREVENT_RECORD if name == "cvdprevent json" else DESCRIBED[0])
        return json.dumps([dict(zip(keys, row, strict=False)) for row in rows]).encode()
    heading = FILES[name].splitlines()[0]
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\n".join([heading, *quoted]).encode("utf-8", errors="replace")


@pytest.mark.parametrize("name", FILES)
def test_each_file_as_it_is_is_sound_and_known(name):
    found = read(FILES[name], "file_2324.csv")
    assert_sound(found)
    assert found.values or found.published


@settings(max_examples=40)
@given(st.sampled_from(sorted(FILES)), st.lists(st.lists(CELL, min_size=1, max_size=28), max_size=8))
def test_whatever_stands_in_the_cells(name, rows):
    assert_sound(
        read(rows_of(name, rows), "file_2324.csv", asked=Asked(practices={"F82001": "Halbutt Street"}))
    )


@settings(max_examples=60)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_one_cell_of_a_good_file_replaced(name, data):
    cells = re.split(r"([,\n])", FILES[name])
    at = data.draw(st.integers(0, len(cells) - 1))
    cells[at] = data.draw(CELL)
    assert_sound(read("".join(cells).encode("utf-8", errors="replace"), "file_2324.csv"))


@settings(max_examples=60)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_bytes_cut_out_put_in_and_turned(name, data):
    content = bytearray(
        FILES[name].encode(data.draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "utf-32"])))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=6))
    assert_sound(read(bytes(content), "file_2324.csv"))


@settings(max_examples=30)
@given(st.binary(max_size=400))
def test_bytes_of_nothing_known(content):
    assert_sound(read(content, "file.csv"))


ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=30)
@given(ANY)
def test_json_of_any_shape(value):
    assert_sound(
        read(
            json.dumps({"indicatorRawData": value, "other": [CVDPREVENT_RECORD | {"Value": value}]}),
            "file.json",
        )
    )


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("a.csv", b"0" * 210_000_000)
    return packed.getvalue()


HUGE = {
    "100,000 columns": lambda: (",".join(f"c{n}" for n in range(100_000)) + "\n").encode(),
    "100,000 columns with a known heading": lambda: (ONS.splitlines()[0] + ",x" * 100_000 + "\n").encode(),
    "a field of 5 MB": lambda: ONS.replace("Anxiety", "x" * 5_000_000).encode(),
    "a quote never closed": lambda: (ONS + '"' + "E09000002,a,b\n" * 50_000).encode(),
    "50,000 lines too long": lambda: (ONS.splitlines()[0] + "\n" + ("," * 20 + "x\n") * 50_000).encode(),
    "a zip bomb": bomb,
    "a workbook's beginning": lambda: b"PK\x03\x04" + b"\0" * 5_000,
    "NUL": lambda: ONS.replace("Anxiety", "Anx\0iety").encode(),
    "a JSON 100,000 deep": lambda: b"[" * 100_000,
    "a JSON of 60 MB": lambda: b"[" + b'{"AreaCode": 1},' * 4_000_000 + b"{}]",
    "a JSON of 13 million lists": lambda: b"[" + b"[]," * 13_000_000 + b"[]]",
    "half a character": lambda: b'{"indicatorRawData": [{"AreaCode": "\\ud800", "Value": 1}]}',
    "nothing": lambda: b"",
    "only blank lines": lambda: b"\n" * 10_000,
    "a script": lambda: b"<html><script>alert(1)</script></html>",
}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_huge_or_hostile_is_told_in_time(name):
    content = HUGE[name]()
    begin = time.perf_counter()
    found = read(content, "file.csv")
    assert time.perf_counter() - begin < 20
    assert_sound(found)
    assert found.publication.faults or name in ("nothing", "only blank lines")
    assert len(found.publication.faults) <= 10_100
