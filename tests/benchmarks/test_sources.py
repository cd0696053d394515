"""The timed files are what they are said to be, and both are read whole."""

from __future__ import annotations

from benchmarks import logs, sources


def test_the_spoiled_log_has_the_same_records_and_leaves_the_fast_lane():
    plain = logs.csv_bytes(500)
    spoiled = sources.spoiled(plain)
    whole, same = sources.read(plain), sources.read(spoiled)
    assert whole.n_rows == same.n_rows == 501
    assert same.broken == ()
    assert same.lines[-1] > whole.lines[-1]
    assert "\n" in same.row(1)[3]


def test_the_report_names_each_way_of_reading():
    report = sources.report(n_lines=300, n_rows=50)
    assert "300 lines of text, plain" in report
    assert "50 rows of a workbook" in report
