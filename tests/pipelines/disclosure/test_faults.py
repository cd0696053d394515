"""Refused lines without what was counted."""

from __future__ import annotations

import pandas as pd

from pipelines.disclosure import release_faults


def test_neither_the_cell_nor_a_number_in_the_reason_is_released():
    rows = pd.DataFrame(
        {
            "line": [7, 8, 9],
            "value": ["three", "5", "tomorrow"],
            "reason": [
                "Read as 3.",
                "5 of 3.5 cannot be: -2 left.",
                "This is no date. Write it as 2026-01-31.",
            ],
        }
    )
    before = rows.copy(deep=True)
    out = release_faults(rows)
    assert out["value"].isna().all()
    assert out["reason"].tolist() == [
        "Read as ….",
        "… of … cannot be: … left.",
        "This is no date. Write it as 2026-01-31.",
    ]
    assert out["line"].tolist() == [7, 8, 9]
    pd.testing.assert_frame_equal(rows, before)


def test_no_faults_are_released_as_no_faults():
    rows = pd.DataFrame({"value": [], "reason": []})
    assert release_faults(rows).empty
