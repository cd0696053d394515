"""Small published files for the tests, and a way to read them without a data folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.sources.published.origin import read_origin
from pipelines.sources.published.publication import Asked
from pipelines.sources.published.publication_text import open_publication
from pipelines.sources.register import Found, read_published

#: A QOF achievement file of one practice; its shape only, no real one could be had.
ACHIEVEMENT_HEADING = "PRACTICE_CODE,INDICATOR_CODE,MEASURE,VALUE\n"
ACHIEVEMENT_LINES = (
    "F82001,HYP008,NUMERATOR,300\nF82001,HYP008,DENOMINATOR,400\nF82001,HYP008,PCAS,100\n"
    "F82001,HYP008,ACHIEVED_POINTS,13.5\nF82001,HYP001,REGISTER,620\n"
)

#: A row of a Fingertips download; its shape only, no real one could be had.
FINGERTIPS_ROW = {
    "Indicator ID": "92454",
    "Indicator Name": "Adults in treatment",
    "Parent Code": "E12000007",
    "Parent Name": "London region (statistical)",
    "Area Code": "E09000002",
    "Area Name": "Barking and Dagenham",
    "Area Type": "Counties & UAs (from Apr 2023)",
    "Sex": "Persons",
    "Age": "18+ yrs",
    "Category Type": "",
    "Category": "",
    "Time period": "2023/24",
    "Value": "5.5",
    "Lower CI 95.0 limit": "5.1",
    "Upper CI 95.0 limit": "5.9",
    "Lower CI 99.8 limit": "4.9",
    "Upper CI 99.8 limit": "6.1",
    "Count": "320",
    "Denominator": "58000",
    "Value note": "",
    "Recent Trend": "",
    "Compared to England value or percentiles": "Not compared",
    "Compared to Regions (statistical) value or percentiles": "Not compared",
    "Time period Sortable": "20230000",
    "New data": "",
    "Compared to goal": "",
    "Time period range": "1y",
}

#: A record of CVDPREVENT; its shape only.
CVDPREVENT_RECORD = {
    "AreaCode": "U55387",
    "AreaName": "Barking & Dagenham North PCN",
    "CategoryAttribute": "Persons",
    "Denominator": 12000,
    "Factor": 100,
    "HighestPriorityNotificationType": "",
    "IndicatorCode": "CVDP007HYP",
    "IndicatorName": "Patients with hypertension treated to threshold, all ages",
    "IndicatorShortName": "Hypertension: treatment to threshold",
    "LowerConfidenceLimit": 64.1,
    "MetricCategoryName": "Persons",
    "MetricCategoryTypeName": "Sex",
    "NotificationCount": 0,
    "Numerator": 7800,
    "TimePeriodName": "To March 2025",
    "UpperConfidenceLimit": 65.9,
    "Value": 65.0,
    "ValueNote": None,
}


def table(*rows: Mapping[str, Any]) -> str:
    """Return a CSV of rows that all have the columns of the first."""
    names = list(rows[0])
    lines = [",".join(names), *(",".join(str(row.get(name, "")) for name in names) for row in rows)]
    return "\n".join(lines) + "\n"


def read(
    content: str | bytes,
    name: str = "localities/file.csv",
    beside: Mapping[str, Any] | None = None,
    asked: Asked | None = None,
) -> Found:
    """Read one published file."""
    encoded = content.encode() if isinstance(content, str) else content
    origin = read_origin(json.dumps(beside).encode() if beside else None)
    return read_published(open_publication(encoded, name, origin), asked or Asked())


def counts(found: Found) -> tuple[int, int, int, int]:
    """Return lines read, loaded, refused and furniture."""
    load = found.publication.close()
    return load.lines_read, load.lines_loaded, load.lines_refused, load.lines_furniture


def told(found: Found) -> Sequence[tuple[int | None, str | None, str]]:
    """Return line, column and effect of each fault."""
    return [(fault.line, fault.column, str(fault.effect)) for fault in found.publication.faults]


def reasons(found: Found) -> str:
    """Return the reasons of all faults, one a line."""
    return "\n".join(fault.reason for fault in found.publication.faults)
