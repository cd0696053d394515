"""Published facts about neighbourhoods: what was read of areas, joined in SQL.

The tables of areas are filled as they were read; here older indices of deprivation come over to the small areas of 2021,
and each neighbourhood gets its facts. They stand beside the prototypes' results and are never among them.
"""

from __future__ import annotations

import duckdb

from pipelines.mart import run_sql

#: Tables of areas and facts; both marts have them whole, since all of it is published.
TABLES = (
    "ward",
    "small_area_ward",
    "small_area_change",
    "small_area_residents",
    "deprivation",
    "deprivation_2021",
    "neighbourhood_ward",
    "neighbourhood_fact",
)


def write_localities(connection: duckdb.DuckDBPyConnection) -> None:
    """Write deprivation_2021 and neighbourhood_fact.

    Parameters
    ----------
    connection
        A mart with its schema, after `load_tables`: the tables of areas, practice and locality_value are filled.
    """
    run_sql(connection, "deprivation_2021")
    run_sql(connection, "neighbourhood_fact")
