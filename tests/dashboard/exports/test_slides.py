"""The slides read back: native charts with the mart's own values, titles, alternative texts, notes; opened by another program."""

from __future__ import annotations

import io
import os
import shutil
import subprocess

import pandas as pd
import pytest
import python_calamine
from pptx import Presentation
from pptx.oxml.ns import qn
from pypdf import PdfReader

from dashboard.exports.pack import PPTX
from dashboard.exports.slides import LINES_ONLY
from dashboard.theme import LIGHT


@pytest.fixture(scope="module")
def deck(pack):
    return Presentation(io.BytesIO(pack.files[PPTX]))


@pytest.fixture(scope="module")
def charts(deck):
    return [(slide, shape) for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def words_of(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_every_slide_has_a_title_and_notes(deck):
    assert all(slide.shapes.title.text.strip() for slide in deck.slides)
    assert all(slide.notes_slide.notes_text_frame.text.strip() for slide in deck.slides)


def test_there_is_a_slide_for_every_chart_in_the_order_of_the_document(charts, contents):
    assert [slide.shapes.title.text for slide, _ in charts] == [one.title for one in contents.charts]


def test_a_chart_holds_the_values_of_the_mart_and_nothing_where_there_is_none(charts, contents):
    for (_, shape), one in zip(charts, contents.charts, strict=True):
        value = shape.chart.plots[0].series[-1]
        wanted = [None if pd.isna(v) else v for v in one.rows["value"]]
        assert value.name == one.chart.summary["short_name"]
        assert list(value.values) == wanted


def test_limits_are_the_published_ones_and_stand_only_where_a_value_does(charts, contents):
    seen = 0
    for (_, shape), one in zip(charts, contents.charts, strict=True):
        lines = {series.name: list(series.values) for series in shape.chart.plots[0].series}
        if "average" not in lines:
            continue
        seen += 1
        for name, column in (("average", "centre_line"), ("usual range to", "upper_limit")):
            for drawn, value, limit in zip(lines[name], one.rows["value"], one.rows[column], strict=True):
                known = not pd.isna(value) and not pd.isna(limit)
                assert drawn == (one.chart.request.style.clip(limit) if known else None)
    assert seen >= 3


def test_the_data_sheet_of_a_chart_can_be_edited_and_names_its_columns(charts, contents):
    _, shape = charts[0]
    sheet = python_calamine.load_workbook(
        io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)
    ).get_sheet_by_index(0)
    head, *rows = sheet.to_python()
    assert head[1:] == [series.name for series in shape.chart.plots[0].series]
    assert len(rows) == len(contents.charts[0].rows)


def test_signals_have_the_colour_of_better_or_worse(charts, contents):
    marked = 0
    for (_, shape), one in zip(charts, contents.charts, strict=True):
        series = shape.chart.plots[0].series[-1]
        xml = series._element.xml
        fired = one.rows[
            one.rows["value"].notna() & one.rows["rule"].notna() & (one.rows["point_type"] != "common_cause")
        ]
        assert xml.count("<c:dPt>") == len(fired)
        for kind in fired["point_type"].unique():
            assert LIGHT.of_point(kind).removeprefix("#") in xml
        marked += len(fired)
    assert marked > 5


def test_every_chart_and_the_wall_say_in_words_what_they_show(deck, charts, contents):
    assert [shape._element.nvGraphicFramePr.cNvPr.get("descr") for _, shape in charts] == [
        one.alt for one in contents.charts
    ]
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert tables
    assert all(contents.headline in shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in tables)


def test_no_table_has_a_colour_that_could_be_taken_for_better_or_worse(deck):
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert tables
    assert {style.text for table in tables for style in table._tbl.iter(qn("a:tableStyleId"))} == {LINES_ONLY}


def test_the_sentence_stands_on_the_slide_and_more_in_the_notes(charts, contents):
    for (slide, _), one in zip(charts, contents.charts, strict=True):
        assert one.sentence in words_of(slide)
        assert str(one.chart.summary["sentence_long"]) in slide.notes_slide.notes_text_frame.text


def test_nothing_stands_outside_a_slide(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_a_meetings_questions_are_on_the_slides(deck, contents):
    text = "\n".join(words_of(slide) for slide in deck.slides)
    asked = [str(row["question"]) for row in contents.changes if isinstance(row["question"], str)]
    assert 2 <= len(asked) <= 12
    assert [question for question in asked if question not in text] == []


@pytest.mark.slow
def test_another_program_opens_every_slide(pack, deck, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not there: apt-get install libreoffice-impress")
    (tmp_path / PPTX).write_bytes(pack.files[PPTX])
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        PPTX,
    ]
    subprocess.run(
        command,
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
        env=os.environ | {"HOME": str(tmp_path)},
    )
    seen = PdfReader(tmp_path / PPTX.replace(".pptx", ".pdf"))
    assert len(seen.pages) == len(deck.slides)
    for page, slide in zip(seen.pages, deck.slides, strict=True):
        assert "".join(slide.shapes.title.text.split()) in "".join(page.extract_text().split())
