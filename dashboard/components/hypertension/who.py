"""Who is not reached: groups of people as dots with intervals beside the line of everyone, in fixed order, never sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from dashboard.components.data_table import table_html
from dashboard.components.dot_rows import DotRow, interval_text, rows_html, share_text
from dashboard.components.held_back import why_html
from dashboard.components.wording import date, missing
from pipelines.vocabulary import GroupType

Row = Mapping[str, Any]

HEADING = '<h2 class="proof">Who is not reached?</h2>'

#: What can be asked of each group, in the order of cause and effect, and the words of the switch.
QUESTIONS = {"reach": "Reach", "quality": "Quality", "impact": "Impact"}

#: Words at a group whose whole interval lies below everybody's share.
FEWER = {"reach": "fewer reached", "quality": "fewer confirmed", "impact": "fewer to target"}

#: Kinds of group in their order, and their names.
KINDS = {
    GroupType.DEPRIVATION_FIFTH: "Fifths of the borough's small areas by deprivation",
    GroupType.SEX: "Sex",
    GroupType.AGE_BAND: "Age",
    GroupType.ETHNIC_GROUP: "Ethnic group",
}

#: Kinds with more groups than this fold the rest away.
MOST_GROUPS = 8

NOT_COUNTED = (
    "Nobody counts yet who is reached by deprivation, sex, age or ethnic group. Until then this page cannot say who is "
    "missed. A practice or a pharmacy can export such counts: the template cascade_counts.csv says how."
)
NOT_THIS = "This question is not counted by groups of people here."


def who_html(rows: Sequence[Row], question: str) -> str:
    """Return the groups of one question; a group held back says so and has neither dot nor figure.

    Parameters
    ----------
    rows
        Rows of served_group of one place and its latest half-year, every question.
    question
        ``reach``, ``quality`` or ``impact``.
    """
    asked = in_order([row for row in rows if row["question"] == question])
    if not rows:
        return f'<p class="muted">{NOT_COUNTED}</p>'
    if not asked:
        return f'<p class="muted">{NOT_THIS}</p>'
    kinds = [list(found) for _, found in groupby(asked, key=lambda row: row["group_type"])]
    scale = [number for row in asked for number in _dot(row).numbers()]
    pictures = "".join(_kind(found, scale, is_last=found is kinds[-1]) for found in kinds)
    return f'<p class="muted">{escape(_caption(asked))}</p>{pictures}{_why(asked)}{_table(asked)}'


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return the groups by kind and then as they are filed; never by their values."""
    order = [str(kind) for kind in KINDS]
    return sorted(
        (row for row in rows if row["group_type"] in order),
        key=lambda row: (order.index(str(row["group_type"])), int(row["display_order"])),
    )


def help_html(rows: Sequence[Row], gaps: Sequence[Row]) -> str:
    """Return who gave help: family, neighbours and groups beside services; nothing where nobody counts it.

    Parameters
    ----------
    rows, gaps
        Rows of served_group and of served_gap of one place; the latest of the latter says it in a sentence.
    """
    helped = [row for row in rows if row["question"] == "help"]
    if not helped:
        return ""
    dots = [_dot(row, line=False) for row in sorted(helped, key=lambda row: int(row["display_order"]))]
    picture = rows_html(
        dots, "Who gave help", scale=[0.0] if any(dot.value is not None for dot in dots) else ()
    )
    told = [str(row["sentence"]) for row in gaps if row["question"] == "help"]
    sentence = f"<p>{escape(told[-1])}</p>" if told else ""
    return f"<h3>Who helps?</h3>{sentence}{picture}{_why(helped)}{_table(helped)}"


def half_year(row: Row) -> str:
    """Return the half-year of a row: April to September 2026."""
    first, last = date(row["period_start"]), date(row["period_end"])
    if first is None or last is None:
        return ""
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first:%B}{year} to {last:%B %Y}"


def _caption(rows: Sequence[Row]) -> str:
    rounded = " Counts are rounded." if any(row["from_rounded"] for row in rows) else ""
    grammar = "Dot and thin line: share and 95% interval; upright line: everyone."
    return f"{rows[0]['label']}, {half_year(rows[0])}. {grammar}{rounded}"


def _kind(rows: Sequence[Row], scale: Sequence[float | None], is_last: bool) -> str:
    name = KINDS[GroupType(rows[0]["group_type"])]
    everyone = next((float(row["everyone"]) for row in rows if not missing(row["everyone"])), None)
    told = f'<p class="dots-kind"><b>{escape(name)}</b>'
    told += (
        f' <span class="muted">everyone: {share_text(everyone)}</span></p>'
        if everyone is not None
        else "</p>"
    )
    shown, more = rows[:MOST_GROUPS], rows[MOST_GROUPS:]
    picture = rows_html([_dot(row) for row in shown], name, scale=scale, with_scale=is_last and not more)
    if not more:
        return told + picture
    folded = rows_html([_dot(row) for row in more], f"{name}, the others", scale=scale, with_scale=is_last)
    return (
        f'{told}{picture}<details class="fold"><summary>{len(more)} more groups</summary>{folded}</details>'
    )


def _dot(row: Row, line: bool = True) -> DotRow:
    """Return a group as a row of the picture; of a hidden one only its name and why."""
    name = str(row["group_name"])
    everyone = None if missing(row["everyone"]) or not line else float(row["everyone"])
    if row["is_hidden"] or missing(row["share"]):
        why = "* held back" if row["is_hidden"] else "nobody counted"
        return DotRow(name, why, line=everyone, mark="hidden", hover=f"{name}: {why.removeprefix('* ')}")
    value = float(row["share"])
    low, high = (None if missing(row[end]) else float(row[end]) for end in ("lower_95", "upper_95"))
    mark, note = ("fewer", FEWER.get(str(row["question"]), "fewer")) if row["is_fewer"] else ("", "")
    counted = (
        f"{float(row['n_served']):,.0f} of {float(row['n_people']):,.0f}, "
        if not missing(row["n_served"])
        else ""
    )
    between = f"; 95% interval {interval_text(low, high)}" if low is not None else ""
    hover = f"{name}: {counted}{share_text(value)}{between}{f'; {note}' if note else ''}"
    return DotRow(name, share_text(value), value, low, high, everyone, mark=mark, note=note, hover=hover)


def _why(rows: Sequence[Row]) -> str:
    return why_html(row["why_hidden"] for row in rows if row["is_hidden"])


def _table(rows: Sequence[Row]) -> str:
    head = ["Group", "Counted", "%", "95% interval", "Everyone", "Beside the others"]
    told = table_html(head, [_cells(row) for row in rows], f"{rows[0]['label']}, {half_year(rows[0])}")
    return f'<div class="more"><details><summary>See the numbers</summary>{told}</details></div>'


def _cells(row: Row) -> list[str]:
    everyone = "" if missing(row["everyone"]) else share_text(float(row["everyone"]))
    if row["is_hidden"] or missing(row["share"]):
        return [
            str(row["group_name"]),
            "held back" if row["is_hidden"] else "nobody counted",
            "",
            "",
            everyone,
            "",
        ]
    counted = (
        "" if missing(row["n_served"]) else f"{float(row['n_served']):,.0f} of {float(row['n_people']):,.0f}"
    )
    between = (
        "" if missing(row["lower_95"]) else interval_text(float(row["lower_95"]), float(row["upper_95"]))
    )
    fewer = FEWER.get(str(row["question"]), "fewer") if row["is_fewer"] else ""
    return [str(row["group_name"]), counted, share_text(float(row["share"])), between, everyone, fewer]
