"""A ready workbook for cascade_counts: the heading row that the reader knows, made-up examples apart, and the guide."""

from __future__ import annotations

import io
from typing import Any

from pipelines.sources.cascade.steps import (
    BESIDE,
    COLUMNS,
    FOLLOW_UPS,
    GROUP_TYPES,
    GROUPS,
    OPTIONAL,
    SETTINGS,
    STEPS,
)

TITLE = "How to fill in the counts of the hypertension cascade"
MADE_UP = "Made-up data: these lines are an example. The sheet Counts is the one that is read."

#: What to write in each column.
WORDS = {
    "neighbourhood_id": "Its id in neighbourhoods.csv.",
    "cohort_month": "The month, as 2026-04: that of the first offer of a check, or that of the count itself.",
    "step": f"What was counted: {', '.join(STEPS)}.",
    "follow_up_months": "Blank for a count of the month itself. 3, 6 or 12: of the people first offered a check in that "
    "month, so many had reached the step within so many months. 0 is the check itself.",
    "group_type": f"all, or what people are told apart by: {', '.join(GROUP_TYPES[1:])}.",
    "group": "all; or "
    + "; ".join(f"{kind}: {', '.join(names)}" for kind, names in GROUPS.items() if kind != "all")
    + "; ethnic_group: any word in small letters. Fifth 1 is the most deprived within the borough.",
    "setting": f"Where the blood pressure was read: {', '.join(SETTINGS)}.",
    "count": "People (or readings), as a whole number from 0. The steps called _total are sums in mmHg.",
    "prototype_id": "Only where the counts are of one prototype: its id in prototypes.csv. Blank: of the neighbourhood.",
}

RULES = (
    "Counts only: no names, no numbers of persons, no dates of birth, nothing about one person.",
    "One line for each month, step, group and setting. A second line of the same is refused: counts are not added up.",
    "Write the true count, small ones too: others than the group see small counts rounded or hidden. A <5 or * is left out.",
    "A step cannot have more people than the step before, and groups cannot add up to more than everybody.",
    "Only months that have ended. Follow-up that has not ended may stand there; it is not charted before it has.",
    "Each person once in a month; in eligible, each person in one month only, so that months may be added up.",
)

HAND_IN = "Save the sheet Counts as cascade_counts.csv, or this workbook as cascade_counts.xlsx, beside prototypes.csv."

#: Lines of the example: everybody, a cohort followed up, a group, a setting, the register, a sum and who gave help.
EXAMPLES: tuple[tuple[object, ...], ...] = (
    ("ashfield", "2026-04", "eligible", "", "all", "all", "all", 2_480),
    ("ashfield", "2026-04", "reached", "", "all", "all", "all", 181),
    ("ashfield", "2026-04", "measured", "", "all", "all", "all", 170),
    ("ashfield", "2026-04", "measured", "", "sex", "female", "all", 92),
    ("ashfield", "2026-04", "measured", "", "deprivation_fifth", "1", "all", 26),
    ("ashfield", "2026-04", "raised", "", "all", "all", "pharmacy", 14),
    ("ashfield", "2026-04", "raised", "", "all", "all", "all", 43),
    ("ashfield", "2026-04", "confirmation_offered", "", "all", "all", "all", 40),
    ("ashfield", "2026-04", "confirmed", 3, "all", "all", "all", 22),
    ("ashfield", "2026-04", "confirmed", 6, "all", "all", "all", 25),
    ("ashfield", "2026-04", "on_register", "", "all", "all", "all", 4_330),
    ("ashfield", "2026-04", "systolic_readings", "", "all", "all", "all", 3_680),
    ("ashfield", "2026-04", "systolic_total", "", "all", "all", "all", 484_288),
    ("ashfield", "2026-04", "helped", "", "all", "all", "all", 118),
    ("ashfield", "2026-04", "helped", "", "help_source", "neighbours", "all", 27),
)

#: Lines whose cells are checked as they are typed.
LINES = 5_000


def cascade_workbook() -> bytes:
    """Return a workbook (.xlsx): the sheet Counts with the heading row alone, examples marked made-up, and the guide.

    The first sheet is the one that is read, so that no example can be taken for a count.
    """
    import datetime as dt

    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": TITLE, "created": dt.datetime(2026, 1, 1)})
    looks = {
        "heading": book.add_format({"bold": True, "bottom": 2}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "month": book.add_format({"num_format": "@"}),
    }
    _write_counts(book.add_worksheet("Counts"), looks)
    _write_examples(book.add_worksheet("Example, made up"), looks)
    _write_guide(book.add_worksheet("Guide"), looks)
    book.close()
    return content.getvalue()


def guide_lines() -> list[str]:
    """Return the guide, a sentence a line."""
    columns = [f"{name}: {WORDS[name]}" for name in (*COLUMNS, *OPTIONAL)]
    beside = f"Of the steps, {', '.join(BESIDE)} are counts beside the ten steps; data/README.md says what each is."
    return [TITLE, "The columns", *columns, beside, "The rules", *RULES, "Hand it in", HAND_IN]


def _write_counts(sheet: Any, looks: dict[str, Any]) -> None:
    columns = (*COLUMNS, *OPTIONAL)
    for at, name in enumerate(columns):
        sheet.set_column(at, at, 20, looks["month"] if name == "cohort_month" else None)
        sheet.write_string(0, at, name, looks["heading"])
        sheet.write_comment(0, at, WORDS[name])
    choices = {"group_type": GROUP_TYPES, "setting": SETTINGS, "follow_up_months": FOLLOW_UPS}
    for name, words in choices.items():
        at = columns.index(name)
        sheet.data_validation(
            1, at, LINES, at, {"validate": "list", "source": list(words), "ignore_blank": True}
        )
    at = columns.index("count")
    asked = {"validate": "decimal", "criteria": ">=", "value": 0, "error_type": "warning"}
    sheet.data_validation(1, at, LINES, at, asked)
    sheet.freeze_panes(1, 0)


def _write_examples(sheet: Any, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, MADE_UP, looks["heading"])
    for at, name in enumerate(COLUMNS):
        sheet.set_column(at, at, 20)
        sheet.write_string(2, at, name, looks["heading"])
    for line, example in enumerate(EXAMPLES, 3):
        for at, value in enumerate(example):
            sheet.write(line, at, value)


def _write_guide(sheet: Any, looks: dict[str, Any]) -> None:
    for line, words in enumerate(guide_lines()):
        is_title = words in (TITLE, "The columns", "The rules", "Hand it in")
        sheet.write_string(line, 0, words, looks["heading"] if is_title else looks["text"])
    sheet.set_column(0, 0, 120)
    sheet.hide_gridlines(2)
