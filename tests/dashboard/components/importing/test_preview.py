"""The preview: charts as small pictures with their sentence, rows left out by reason."""

from __future__ import annotations

import datetime as dt

from dashboard.components.data import view as data_view
from dashboard.components.importing import preview as import_preview
from dashboard.theme import LIGHT
from tests.dashboard.import_fakes import chart, measure, preview

UNTIL = dt.date(2026, 4, 26)


def test_a_chart_is_a_picture_whose_sentence_is_its_alternative_text():
    made = chart()
    row = import_preview.chart_row(made.summary, {"kg_in": measure()})
    html = import_preview.picture_html(row, made.points, LIGHT, UNTIL)
    assert f'alt="{made.summary["sentence"]}"' in html
    assert "<b>Food in</b>" in html
    assert "latest: 50 kg a week" in html
    assert "data:image/svg+xml;base64," in html


def test_one_point_is_a_picture_too():
    made = chart(1)
    row = import_preview.chart_row(made.summary, {"kg_in": measure()})
    assert "<img" in import_preview.picture_html(row, made.points, LIGHT, UNTIL)


def test_hundreds_of_refused_rows_are_told_by_reason():
    faults = import_preview.faults_frame(preview(400))
    html = data_view.by_reason_html(faults)
    assert html.count("<tr>") == 2
    assert '<td data-label="Times" class="right">400</td>' in html
    assert "the first 200 of 400" in data_view.faults_html(faults, masked=False)


def test_lines_reconcile_before_anything_is_kept():
    words = data_view.reconciling(import_preview.loads_frame(preview(3)))
    assert words.startswith("Every line is accounted for: 69 lines read = 60 loaded + 3 refused + 6")
    assert import_preview.faults_frame(preview(0)).empty
