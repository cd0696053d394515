"""Rows that readers hand over have the columns of their tables."""

from __future__ import annotations

from dataclasses import fields

import duckdb
import pytest

from pipelines.mart import run_sql
from pipelines.sources.published.described import Practice, PublishedCategory, PublishedIndicator
from pipelines.sources.tables import LocalityValue
from pipelines.work import FIXED


@pytest.mark.parametrize(
    ("row_type", "table"),
    [
        (LocalityValue, "locality_value"),
        *((row_type, row_type.TABLE) for row_type in (Practice, PublishedCategory, PublishedIndicator)),
    ],
)
def test_the_fields_of_a_row_are_the_columns_of_its_table_and_both_marts_take_it_over(row_type, table):
    connection = duckdb.connect()
    run_sql(connection, "schema")
    columns = {name for name, *_ in connection.execute(f'DESCRIBE "{table}"').fetchall()}
    assert {field.name for field in fields(row_type)} == columns
    assert table in FIXED
