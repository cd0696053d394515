"""Who is not reached: reach, quality and impact by groups of people, the gaps between them and funnels of places."""

from __future__ import annotations

from typing import Any

from pipelines.disclosure import Ledger, Profile
from pipelines.served.counts import BOROUGH, GroupCounts, group_counts
from pipelines.served.funnels import funnel_rows
from pipelines.served.gaps import served_gaps
from pipelines.served.groups import served_groups

__all__ = ["BOROUGH", "GroupCounts", "funnel_rows", "group_counts", "served_rows"]


def served_rows(
    counts: GroupCounts, profile: Profile, ledger: Ledger | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of served_group and served_gap of one audience.

    Parameters
    ----------
    counts
        What `group_counts` returns.
    profile
        By which they are released; one that hides nothing for the group's own copy.
    ledger
        What was released before.
    """
    groups = served_groups(counts, counts.released(profile, ledger), profile)
    return {"served_group": [one.row() for one in groups], "served_gap": served_gaps(groups)}
