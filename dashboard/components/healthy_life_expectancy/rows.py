"""Which rows of published figures belong on one picture: one publication, all people or one sex, figures that are there."""

from __future__ import annotations

import pandas as pd


def figures_of_all(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows that hold a figure, of all people or of one sex: no part of them by deprivation or otherwise."""
    return rows[rows["value"].notna() & rows["category"].isna()]


def newest_publication(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one source and release: that with the latest period, then the latest day.

    Figures of two releases are never joined, since a release may revise every figure before it.
    """
    if rows.empty:
        return rows
    known = rows["released_on"].combine_first(rows["retrieved_on"])
    parts = rows.assign(
        _source=rows["source"].fillna(""), _day=pd.to_datetime(known).fillna(pd.Timestamp(1900, 1, 1))
    )
    newest = parts.sort_values(["period_end", "_day", "_source"]).iloc[-1]
    return rows[(parts["_source"] == newest["_source"]) & (parts["_day"] == newest["_day"])]


def named_by_sex(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the sex in the indicator's name, where the publisher keeps it in a column of its own."""
    named = [
        _with_sex(str(name), str(sex)) if pd.notna(sex) else str(name)
        for name, sex in zip(rows["indicator"], rows["sex"], strict=True)
    ]
    return rows.assign(indicator=named)


def _with_sex(name: str, sex: str) -> str:
    return name if sex in name.lower() or sex == "persons" else f"{name}, {sex}"
