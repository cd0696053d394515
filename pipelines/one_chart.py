"""`python -m pipelines chart`: one CSV file, one chart, no data folder.

The same choice of chart, the same rules and the same sentence as in a full build.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.charts import SeriesChart, chart_series
from pipelines.errors import Fault, FaultyInputError
from pipelines.mart import read_sql
from pipelines.measures import NEEDS_DENOMINATOR, Measure, Target, kind_of
from pipelines.safe_csv import frame_csv
from pipelines.vocabulary import Better, ChartKind, DataType, Domain, Period

PERIODS = {"week": Period.WEEK, "month": Period.MONTH, None: Period.SESSION}


@dataclass(frozen=True)
class Choices:
    """The options of the command, as typed."""

    date_column: str
    value_column: str | None
    numerator: str | None
    denominator: str | None
    where: tuple[str, ...]
    period: str | None
    kind: str
    baseline: int | None
    better: str
    target: float | None


def chart_file(file: Path, out: Path, choices: Choices) -> str:
    """Chart a CSV file, write its points to `out` and return its sentence.

    Raises
    ------
    FaultyInputError
        With every fault of the options and the file: a column that is not there, dates that are not dates, ...
    """
    rows = _checked(file, choices)
    observation = _observation(rows, choices)
    charted = chart_series(observation, _measure(file, choices))
    _write(charted, out)
    return f"{charted.summary['sentence_long']} ({charted.summary['kind_reason']}; rules {charted.summary['rule_set']})"


def _checked(file: Path, choices: Choices) -> pd.DataFrame:
    """Return columns date, numerator, denominator of the rows asked for; all faults at once."""
    if not file.is_file():
        raise FaultyInputError([Fault(str(file), None, None, "there is no such file. Check the path.")])
    frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    faults = _choice_faults(file, choices, list(frame.columns))
    if faults:
        raise FaultyInputError(faults)
    for clause in choices.where:
        column, _, value = clause.partition("=")
        frame = frame[frame[column] == value]
    if frame.empty:
        reason = f"no row is left after {' and '.join(choices.where) or 'reading'}. Check the values."
        raise FaultyInputError([Fault(str(file), None, None, reason)])
    names = {
        "date": choices.date_column,
        "numerator": choices.numerator or choices.value_column,
        "denominator": choices.denominator,
    }
    kept = pd.DataFrame({name: frame[column] for name, column in names.items() if column})
    return _parsed(file, kept, names)


def _choice_faults(file: Path, choices: Choices, columns: list[str]) -> list[Fault]:
    faults = []
    has_ratio = bool(choices.numerator and choices.denominator)
    if bool(choices.value_column) == has_ratio or bool(choices.numerator) != bool(choices.denominator):
        faults.append(
            Fault(str(file), None, None, "name either --value, or both --numerator and --denominator.")
        )
    if choices.kind in NEEDS_DENOMINATOR and not has_ratio:
        faults.append(
            Fault(str(file), None, None, f"a {choices.kind} chart needs --numerator and --denominator.")
        )
    named = [choices.date_column, choices.value_column, choices.numerator, choices.denominator]
    named += [clause.partition("=")[0] for clause in choices.where]
    faults += [
        Fault(str(file), 1, name, f"there is no such column. The file has: {', '.join(columns)}.")
        for name in dict.fromkeys(named)
        if name and name not in columns
    ]
    faults += [
        Fault(str(file), None, None, f"--where {clause} has no equals sign. Write --where column=value.")
        for clause in choices.where
        if "=" not in clause
    ]
    return faults


def _parsed(file: Path, kept: pd.DataFrame, names: dict[str, str | None]) -> pd.DataFrame:
    faults = []
    parsed = pd.DataFrame({"date": pd.to_datetime(kept["date"], format="ISO8601", errors="coerce")})
    bad = {"date": parsed["date"].isna()}
    for name in kept.columns[1:]:
        text = kept[name].str.strip()
        parsed[name] = pd.to_numeric(text.where(text != "", None), errors="coerce")
        bad[name] = parsed[name].isna() & (text != "") & (text.str.upper() != "NA")
    for name, rows in bad.items():
        for line in rows[rows].index[:20]:
            wanted = "a date. Write it as 2026-01-31" if name == "date" else "a number"
            faults.append(
                Fault(str(file), int(line) + 2, names[name], f'"{kept[name][line]}" is not {wanted}.')
            )
    if faults:
        raise FaultyInputError(faults)
    return parsed


def _observation(rows: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Put rows of a period together in SQL: sums of counts and of both parts of a share."""
    if "denominator" not in rows:
        rows = rows.assign(denominator=None)
    with duckdb.connect(":memory:") as connection:
        connection.register("row_in", rows.astype({"denominator": float}))
        frame = connection.execute(
            read_sql("one_chart"),
            {"period": PERIODS[choices.period], "is_share": choices.denominator is not None},
        ).df()
    for column in ("period_start", "period_end"):
        frame[column] = frame[column].dt.date
    return frame


def _measure(file: Path, choices: Choices) -> Measure:
    is_share = choices.denominator is not None
    kind: DataType | ChartKind = DataType.PROPORTION if is_share else DataType.MEASUREMENT
    if choices.kind != "auto":
        kind = kind_of(choices.kind)
    name = choices.numerator or choices.value_column or ""
    start = pd.Timestamp.min.date()
    return Measure(
        measure_id="value",
        name=name,
        short_name=name,
        domain=Domain.BALANCING,  # a lone file has no domain: the sentence then names the measure itself
        kind=kind,
        numerator=name,
        denominator=choices.denominator,
        counts=None,
        unit=name,
        period=PERIODS[choices.period],
        planned_every=choices.period or "session",
        better=Better(choices.better),
        targets=() if choices.target is None else (Target(start, choices.target),),
        baseline="auto" if choices.baseline is None else f"first:{choices.baseline}",
        disclosive=False,
        prototypes=("*",),
        why="",
        source=str(file),
    )


def _write(charted: SeriesChart, out: Path) -> None:
    columns = [
        *(
            "period_start",
            "period_end",
            "value",
            "numerator",
            "denominator",
            "centre_line",
            "lower_limit",
            "upper_limit",
        ),
        *(
            "lower_2sigma",
            "upper_2sigma",
            "target",
            "phase",
            "is_baseline",
            "beyond_limits",
            "two_of_three",
            "trend",
            "shift",
        ),
        *("point_type", "rule"),
    ]
    out.write_text(frame_csv(charted.points[columns]), encoding="utf-8", newline="")
