"""Dates whose year is probably mistyped: last year's year in January, 2052 for 2025."""

from __future__ import annotations

import numpy as np

from pipelines.sources.written.row_texts import RowTexts
from pipelines.sources.written.stamps import NAT

#: Days between a row and both rows round it, from which its year is doubted; how near those two must lie to one another,
#: and how near the row must come to them with another year.
FAR, APART, NEAR = 250, 70, 45

#: Days between one row and the next from which on they do not follow one another in time.
LEAP = 120


def doubt_years(days: np.ndarray) -> RowTexts:
    """Return the rows that lie far from the rows round them, and among them with another year.

    Parameters
    ----------
    days
        Days since 1970-01-01 from top to bottom, NAT where there is none, shape (rows,).

    Returns
    -------
    RowTexts
        Position -> what is doubtful. Empty where there are fewer than three dates, or they are in no order. The first and the
        last row are doubted only where they go against the direction of the others: a log may pause for a year.
    """
    doubtful = RowTexts(len(days))
    at = np.flatnonzero(days != NAT)
    if len(at) < 3:
        return doubtful
    dated = days[at]
    one, other = np.roll(dated, 1), np.roll(dated, -1)
    one[0], other[-1] = dated[2], dated[-3]
    low, high = np.minimum(one, other), np.maximum(one, other)
    outside = np.maximum(low - dated, dated - high)
    years_off = np.rint((dated - (low + high) / 2) / 365.25)
    moved = dated - np.rint(years_off * 365.25).astype(np.int64)
    is_near = np.maximum(low - moved, moved - high) <= NEAR
    found = (outside >= FAR) & (high - low <= APART) & is_near
    onward = np.sign(np.diff(dated)).sum() >= 0
    found[0] &= (dated[0] > one[0]) == onward
    found[-1] &= (dated[-1] < other[-1]) == onward
    if not _follow_one_another(dated, int(np.count_nonzero(found))):
        return doubtful
    words = (
        "The date lies about a year or more from the rows round it, and would fit among them in another year."
    )
    doubtful.fill(at[found], [words], np.zeros(int(found.sum()), np.int64))
    return doubtful


def _follow_one_another(dated: np.ndarray, n_doubtful: int) -> bool:
    """Whether the rows follow one another in time, the doubtful ones aside: else their neighbours tell nothing."""
    n_leaps = int(np.count_nonzero(np.abs(np.diff(dated)) > LEAP))
    return n_leaps <= 2 * n_doubtful + len(dated) // 100
