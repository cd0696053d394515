"""The benchmark of logs measures a whole load: every line of its file ends in the tables."""

from __future__ import annotations

import pytest

from benchmarks import logs


@pytest.mark.parametrize(("make", "name"), [(logs.csv_bytes, "log.csv"), (logs.workbook_bytes, "log.xlsx")])
def test_every_line_of_the_made_up_log_is_loaded(make, name):
    _, n_cells = logs.to_tables(make(500), name)
    assert n_cells == 500 * len(logs.ITEMS)


@pytest.mark.slow
def test_a_million_lines_and_a_workbook_load_in_the_time_asked(tmp_path):
    content, path = logs.csv_bytes(logs.N_LINES), tmp_path / "log.csv"
    path.write_bytes(content)
    times = [(logs.to_tables(content, path.name), logs.duckdb_seconds(path)) for _ in range(logs.ROUNDS)]
    seconds, floor = min(one[0] for one, _ in times), min(floor for _, floor in times)
    assert times[0][0][1] > 0.999 * logs.N_LINES * len(logs.ITEMS)
    assert seconds < logs.MOST_SECONDS
    assert seconds < logs.MOST_TIMES * floor
    workbook = logs.workbook_bytes(logs.N_ROWS)
    assert min(logs.to_tables(workbook, "log.xlsx")[0] for _ in range(logs.ROUNDS)) < logs.MOST_SECONDS
