"""One series and the ledger: what was shown stays, what was held back stays so, and wider periods stay wide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pipelines.disclosure.ledger import Earlier, Ledger, Name
from pipelines.disclosure.profile import Profile
from pipelines.disclosure.released import FIGURES, Figure, Released
from pipelines.vocabulary import Period, WhyHidden

#: What of a row is a figure of its own, by what the measure is; a share or a rate is made of two.
SIDES = {
    Figure.COUNT: ("numerator",),
    Figure.SHARE: ("numerator", "denominator"),
    Figure.RATE: ("numerator", "denominator"),
    Figure.MEAN: ("value", "denominator"),
    Figure.BETWEEN: (),
}

NOTE = " Some figures stay as they were first shown: they have changed by fewer than eight since."


def as_before(released: Released, true: pd.DataFrame, ledger: Ledger) -> Released:
    """Return a series with the figures that were shown before, where they have not changed by enough to be shown anew.

    Parameters
    ----------
    released
        The series by the rules alone.
    true
        Its rows as counted, one for each row of it.
    ledger
        What was released before.
    """
    rows = released.observation.copy()
    repeated = set()
    for i, (shown, counted) in enumerate(zip(records_of(rows), records_of(true), strict=True)):
        if shown["is_gap"]:
            continue
        kept = _kept(shown, counted, released, ledger)
        if any(one is not None and one.value is None for one in kept.values()):
            if not shown["is_hidden"]:
                rows.loc[i, [*FIGURES]] = np.nan
                rows.loc[i, "is_hidden"] = True
                rows.loc[i, "hidden_reason"] = str(WhyHidden.COMPLEMENT)
        elif changes := _changes(shown, kept, released):
            rows.loc[i, list(changes)] = list(changes.values())
            repeated.add(i)
    note = released.note + NOTE if repeated else released.note
    return replace(released, observation=rows, note=note, repeated=frozenset(repeated))


def _kept(
    shown: dict[str, Any], counted: dict[str, Any], released: Released, ledger: Ledger
) -> dict[str, Earlier | None]:
    """Return how each figure of a row stands; of a mean it is the people behind it that change, not the mean."""
    sides = [side for side in SIDES[released.figure] if not np.isnan(counted[side])]
    kept = {
        side: ledger.stands(name_of(shown, side), counted[side], released.profile)
        for side in sides
        if side != "value"
    }
    if "value" in sides:
        behind = kept.get("denominator")
        before = ledger.standing.get(name_of(shown, "value"))
        kept["value"] = before if "denominator" not in kept or behind is not None else None
    return kept


def _changes(
    shown: dict[str, Any], kept: dict[str, Earlier | None], released: Released
) -> dict[str, Any] | None:
    """Return the columns in which a row is shown as before and not as by the rules; None where it is the same."""
    before = {side: one.value for side, one in kept.items() if one is not None}
    if not before or (shown["is_hidden"] and len(before) < len(kept)):
        return None
    now = {side: before.get(side, shown[side]) for side in kept}
    if released.figure == Figure.COUNT:
        now["value"] = now["numerator"]
    elif released.figure in (Figure.SHARE, Figure.RATE):
        if _tells(now["numerator"], now["denominator"], released.figure, released.profile):
            return dict.fromkeys(FIGURES, np.nan) | {
                "is_hidden": True,
                "hidden_reason": str(WhyHidden.COMPLEMENT),
            }
        now["value"] = now["numerator"] / now["denominator"]
    if all(shown[name] == value for name, value in now.items()):
        return None
    return now | {"is_hidden": False, "hidden_reason": None}


def _tells(part: float, whole: float, figure: Figure, profile: Profile) -> bool:
    """Tell whether two figures, one of them of before, would show few people beside one another."""
    x, n = np.array([part]), np.array([whole])
    return bool(profile.means_few(n)[0] or (figure == Figure.SHARE and profile.is_small_complement(x, n)[0]))


def name_of(row: dict[str, Any], side: str) -> Name:
    """Return the name of one figure of a row."""
    days = (str(row["period_start"])[:10], str(row["period_end"])[:10])
    return (str(row["series_id"]), str(row["period"]), *days, str(int(row["session_no"])), side)


def enter_series(released: Released, ledger: Ledger) -> None:
    """Enter a series as it is published."""
    sides = SIDES[released.figure]
    if not released.from_rounded or released.hidden_reason is not None or not len(released.observation):
        return
    figures: dict[Name, Earlier] = {}
    for row in records_of(released.observation):
        if row["is_gap"]:
            continue
        for side in sides:
            if row["is_hidden"]:
                figures[name_of(row, side)] = Earlier(None)
            elif not np.isnan(row[side]):
                figures[name_of(row, side)] = _entry(row[side], side, released)
    ledger.enter(figures)
    ledger.use_period(str(released.observation["series_id"].iloc[0]), released.period)


def _entry(value: float, side: str, released: Released) -> Earlier:
    return (
        Earlier(value, value, value) if side == "value" else Earlier(value, *released.profile.known_of(value))
    )


def at_other_times(
    released: Released, true: pd.DataFrame, ledger: Ledger
) -> tuple[tuple[Name, Earlier, bool], ...]:
    """Return the figures of a series that were released of other days, or at another period, than are shown now.

    Parameters
    ----------
    released
        The series as it is to be shown.
    true
        Its rows as counted, at the period that its measure declares.
    ledger
        What was released before.

    Returns
    -------
    tuple
        Name, how it stands, and whether it is held back and as small now as what is held back for that.
    """
    rows = records_of(released.observation)
    if not rows or released.figure not in (Figure.COUNT, Figure.SHARE, Figure.RATE):
        return ()
    now = {name_of(row, side) for row in rows for side in SIDES[released.figure]}
    counted = {name_of(row, side): row[side] for row in records_of(true) for side in SIDES[released.figure]}
    return tuple(
        (
            name,
            one,
            one.value is None and bool(released.profile.is_small(np.array(counted.get(name, np.nan)))),
        )
        for name, one in ledger.of_series(str(rows[0]["series_id"]))
        if name not in now
    )


def may_grow_to(rows: pd.DataFrame, released_until: str, figure: Figure, profile: Profile) -> bool:
    """Tell whether what came after a day is enough that a total over everything may go on beyond that day."""
    later = rows[pd.to_datetime(rows["period_start"]) > pd.Timestamp(released_until)]
    part, whole = (np.array([later[side].sum()]) for side in ("numerator", "denominator"))
    if figure == Figure.MEAN:
        return not profile.is_small(whole)[0]
    few = profile.is_small(part)[0] or (figure != Figure.COUNT and profile.is_small(whole)[0])
    return not (few or (figure == Figure.SHARE and profile.is_small_complement(part, whole)[0]))


def until_which_it_grew(rows: pd.DataFrame, ledger: Ledger) -> str | None:
    """Return the last day of the latest total over everything that was released of a series."""
    series_id = str(rows["series_id"].iloc[0])
    ends = [name[3] for name, _ in ledger.of_series(series_id) if name[1] == Period.WHOLE]
    return max(ends, default=None)


def records_of(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows one by one, by column."""
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
