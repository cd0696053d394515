"""Refused lines as others than the group may see them: what kind of fault and where, not what was counted."""

from __future__ import annotations

import re

import pandas as pd

#: A number by itself; days such as 2026-01-31 stand in advice on how to write them and stay.
_NUMBER = re.compile(r"(?<![\w.-])-?\d+(?:[.,]\d+)*(?![\w-])")


def release_faults(rejected: pd.DataFrame) -> pd.DataFrame:
    """Return rows of rejected_row without the cell, and with … for every number in the reason.

    "Read as 3." would tell a count of three people. Release before writing: a value that is written to a mart and
    emptied afterwards can still be read in the file.
    """
    reasons = [_NUMBER.sub("…", str(reason)) for reason in rejected["reason"]]
    return rejected.assign(
        value=pd.Series([None] * len(rejected), index=rejected.index, dtype=object),
        reason=pd.Series(reasons, index=rejected.index, dtype=object),
    )
