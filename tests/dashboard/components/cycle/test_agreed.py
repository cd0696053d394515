"""What meetings agreed about a cycle: on the cycle itself, and on its chart from the first day of Do on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest

from dashboard.components.cycle.agreed import agreed_html, is_about

DO_START = dt.date(2026, 8, 3)


@dataclass(frozen=True)
class View:
    """What is_about asks of a cycle."""

    cycle_id: str = "creekside_1"
    filed: dict = field(
        default_factory=lambda: {
            "prototype_id": "creekside",
            "primary_measure": "days",
            "do_start": DO_START,
        }
    )


def agreed(about="creekside_1", held_on=DO_START, **more):
    told = {"reason": None, "became_text": None, "meeting": "Steering group", "sentence": "Keep going."}
    return {"about": about, "held_on": held_on, "question": "Shorter?"} | told | more


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (agreed(), True),
        (agreed(held_on=dt.date(2020, 1, 1)), True),
        (agreed("days@creekside"), True),
        (agreed("days@creekside", DO_START - dt.timedelta(days=1)), False),
        (agreed("days@millpond"), False),
        (agreed("reach@creekside"), False),
        (agreed("creekside_2"), False),
    ],
)
def test_a_chart_speaks_for_a_cycle_once_do_has_begun_and_another_one_never(row, expected):
    assert is_about(row, View(), row["held_on"]) is expected


def test_a_cycle_that_has_no_first_day_is_spoken_of_by_its_own_name_only():
    view = View(filed=View().filed | {"do_start": None})
    assert is_about(agreed(), view, DO_START)
    assert not is_about(agreed("days@creekside"), view, DO_START)


def test_a_line_tells_day_meeting_question_sentence_what_became_and_why_and_nothing_typed_is_markup():
    (line,) = agreed_html([agreed(reason="<b>It rained.", became_text="Half done.")]).split("<li>")[1:]
    assert "3 August 2026, Steering group:</span> Shorter?<br><b>Keep going.</b> Half done." in line
    assert "Because: &lt;b&gt;It rained." in line
    assert "nan" not in agreed_html([agreed(reason=float("nan"), became_text=None)])
