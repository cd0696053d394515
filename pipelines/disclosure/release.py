"""One series: the finest period that may be shown, then hidden and rounded figures.

Each figure is released once, at one period: a week beside the month that holds it could give a week away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.disclosure.dominance import is_dominated, is_money
from pipelines.disclosure.ledger import Ledger
from pipelines.disclosure.profile import NHS, Profile
from pipelines.disclosure.released import FIGURES, Figure, Released, hide_series, significant, without_ends
from pipelines.disclosure.repeated import as_before, at_other_times, may_grow_to, until_which_it_grew
from pipelines.measures import Measure
from pipelines.periods import COARSER, block_starts, coarsen
from pipelines.vocabulary import Period, WhyHidden

PERIOD_WORDS = {
    Period.FOUR_WEEKS: "four weeks",
    Period.THIRTEEN_WEEKS: "13 weeks",
    Period.WHOLE: "the whole prototype",
}


def release(
    observation: pd.DataFrame,
    measure: Measure,
    profile: Profile = NHS,
    *,
    data_until: dt.date | None = None,
    coarser_than: Period | None = None,
    ledger: Ledger | None = None,
    contributors: Sequence[Sequence[float]] | None = None,
) -> Released:
    """Release one series.

    Parameters
    ----------
    observation
        True rows of one series in time order, columns of the table observation; NaN where missing.
    measure
        Its definition. A measure that is not disclosive passes unchanged.
    profile
        The rules.
    data_until
        Last day that the data cover; a period that ends later is still growing and is withheld. None: every
        period of the input has ended.
    coarser_than
        Use only periods wider than this one.
    ledger
        What was released before; None where nothing was. No finer period than before is used.
    contributors
        Of a measure of money: what each contributor gave, row by row; None where it is not known. A row that one or two
        gave nearly all of is held back, and rows are not joined: who gave in two of them is not known.

    Returns
    -------
    Released
        With the finest of the declared period, 4 weeks, 13 weeks and whole prototype that leaves `share_from`
        of the points, and of the points that are not zero; with one hidden row where none does.
    """
    rows = observation.reset_index(drop=True)
    declared = Period(rows["period"].iloc[0]) if len(rows) else measure.period
    if not measure.disclosive:
        return Released(rows, measure, profile, declared, from_rounded=False, n_recorded=_recorded(rows))
    observation, rows = without_ends(observation), without_ends(rows)
    by_few = _given_by_few(rows, measure, contributors)
    if data_until is not None:
        ended = (pd.to_datetime(rows["period_end"]) <= pd.Timestamp(data_until)).to_numpy()
        rows, by_few = rows[ended].reset_index(drop=True), by_few[ended]
    if Figure.of(measure) != Figure.BETWEEN and len(rows):
        used = ledger.periods.get(str(rows["series_id"].iloc[0])) if ledger else None
        for period in _periods(declared, coarser_than, measure, used)[: 1 if by_few.any() else None]:
            tried = _hide_rows(_at_period(rows, measure, profile, declared, period, ledger), by_few)
            if _enough_left(tried):
                return tried
    return hide_series(Released(observation, measure, profile, declared, from_rounded=True))


def _given_by_few(
    rows: pd.DataFrame, measure: Measure, contributors: Sequence[Sequence[float]] | None
) -> np.ndarray:
    """Return for each row whether it is a sum of money that one or two gave nearly all of."""
    if contributors is None or not is_money(measure.unit):
        return np.zeros(len(rows), dtype=bool)
    return np.array([is_dominated(amounts) for amounts in contributors], dtype=bool)


def _hide_rows(released: Released, which: np.ndarray) -> Released:
    if not which.any():
        return released
    rows = released.observation.copy()
    rows.loc[which, FIGURES] = np.nan
    rows.loc[which, "is_hidden"] = True
    rows.loc[which, "hidden_reason"] = str(WhyHidden.COMPLEMENT)
    return replace(released, observation=rows)


def _periods(
    declared: Period, coarser_than: Period | None, measure: Measure, used: str | None = None
) -> list[Period]:
    """Return the periods to try, finest first."""
    steps = [declared, *COARSER[declared], Period.WHOLE]
    if declared == Period.FOUR_WEEKS and Figure.of(measure) == Figure.COUNT:
        # Blocks of 4 weeks fill 13 weeks unevenly (4, 3, 3, 3): the counts would rise and fall by themselves.
        steps.remove(Period.THIRTEEN_WEEKS)
    if coarser_than is not None:
        steps = steps[steps.index(coarser_than) + 1 :] if coarser_than in steps else steps
    if used in steps:
        steps = steps[steps.index(Period(used)) :]
    return list(dict.fromkeys(steps))


def _at_period(
    rows: pd.DataFrame,
    measure: Measure,
    profile: Profile,
    declared: Period,
    period: Period,
    ledger: Ledger | None = None,
) -> Released:
    """Return the series at one period, rounded and hidden, whether or not enough is left."""
    blocks = declared_rows = rows
    if period == Period.WHOLE:
        # A running total that grows by a week would give that week away: it grows by 13 complete weeks.
        blocks = rows = _until_it_may_grow(_complete(rows, Period.THIRTEEN_WEEKS), measure, profile, ledger)
    if period != declared and len(rows):
        figure = Figure.of(measure)
        is_ratio = measure.denominator is not None and figure != Figure.COUNT
        blocks = coarsen(rows, period, is_mean=figure == Figure.MEAN, has_denominator=is_ratio)
    blocks = blocks.reset_index(drop=True)
    shown = apply(blocks, Figure.of(measure), profile)
    n_recorded = _recorded(rows) if period == declared else _recorded_blocks(rows, period)
    note = _note(profile, declared, period)
    released = Released(shown, measure, profile, period, True, note, None, n_recorded)
    if ledger is None:
        return released
    released = as_before(released, blocks, ledger)
    return replace(released, earlier=at_other_times(released, declared_rows, ledger))


def _until_it_may_grow(
    rows: pd.DataFrame, measure: Measure, profile: Profile, ledger: Ledger | None
) -> pd.DataFrame:
    """Leave out what came after the last total that was released, where it is too little to be told by subtraction."""
    until = until_which_it_grew(rows, ledger) if ledger is not None and len(rows) else None
    if until is None or may_grow_to(rows, until, Figure.of(measure), profile):
        return rows
    return rows[pd.to_datetime(rows["period_end"]) <= pd.Timestamp(until)].reset_index(drop=True)


def apply(rows: pd.DataFrame, figure: Figure, profile: Profile) -> pd.DataFrame:
    """Return rows with small figures hidden and the others rounded; gaps stay gaps.

    A denominator that is too small is the first reason: "too few people in all" says nothing of the part.
    """
    numerator, denominator, value = (rows[name].to_numpy(dtype=float) for name in FIGURES)
    reasons = _reasons(
        numerator, denominator, value, rows["n_sessions"].to_numpy(dtype=float), figure, profile
    )
    is_gap = np.isnan(value) | rows["is_gap"].to_numpy(dtype=bool)
    hidden = ~is_gap & np.array([reason is not None for reason in reasons], dtype=bool)
    top, bottom = profile.rounded(numerator), profile.rounded(denominator)
    if figure == Figure.COUNT:
        shown, bottom = top, np.full(len(rows), np.nan)
    elif figure == Figure.MEAN:
        shown, top = significant(value), np.full(len(rows), np.nan)
    else:
        shown = np.divide(top, bottom, out=np.full(len(rows), np.nan), where=bottom > 0)
    lost = is_gap | hidden
    return rows.assign(
        # In a log with a line a person the number of sessions is a count of people: whether there was one is enough.
        n_sessions=np.minimum(rows["n_sessions"].to_numpy(dtype=int), 1),
        numerator=np.where(lost, np.nan, top),
        denominator=np.where(lost, np.nan, bottom),
        value=np.where(lost, np.nan, shown),
        is_gap=is_gap,
        is_hidden=hidden,
        hidden_reason=pd.Series(
            [str(r) if h else None for r, h in zip(reasons, hidden, strict=True)], dtype=object
        ),
    )


def _reasons(
    numerator: np.ndarray,
    denominator: np.ndarray,
    value: np.ndarray,
    sessions: np.ndarray,
    figure: Figure,
    profile: Profile,
) -> list[WhyHidden | None]:
    none = np.zeros(len(value), dtype=bool)
    few = small = complement = none
    if figure == Figure.MEAN:
        # Without a denominator each session gives one value at least: so many sessions, so many readings. Sessions
        # that did not record it are left out: the sum divided by the mean is the number of those that did.
        known = np.divide(numerator, value, out=sessions.copy(), where=value != 0)
        behind = np.where(np.isnan(denominator), np.fmin(sessions, np.round(known)), denominator)
        few = (behind < profile.hide_up_to + 1) | np.isnan(behind)
    else:
        small = profile.is_small(numerator)
        if figure == Figure.COUNT:
            small = small | np.isnan(numerator)
        else:
            few = profile.means_few(denominator) | np.isnan(denominator)
        if figure == Figure.SHARE:
            complement = profile.is_small_complement(numerator, denominator)
    return [
        WhyHidden.DENOMINATOR if f else WhyHidden.SMALL if s else WhyHidden.COMPLEMENT if c else None
        for f, s, c in zip(few, small, complement, strict=True)
    ]


def _enough_left(released: Released) -> bool:
    """Tell whether enough points remain, among all and among those that are not zero.

    The second matters for rare events: zeros with stars between them keep four in five points, and would be
    charted as if nothing had ever happened.
    """
    shown = released.observation["value"].notna()
    if not shown.any():
        return False
    not_zero = int((shown & (released.observation["value"] != 0)).sum())
    n_not_zero = not_zero + (released.n_recorded - int(shown.sum()))
    least = released.profile.share_from
    return released.share_left >= least and not_zero >= least * n_not_zero


def _complete(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the rows of the blocks that have ended within the series."""
    starts = block_starts(pd.to_datetime(rows["period_start"]), period)
    last_day = pd.to_datetime(rows["period_end"]).max()
    return rows[starts + pd.Timedelta(days=13 * 7 - 1) <= last_day].reset_index(drop=True)


def _recorded(rows: pd.DataFrame) -> int:
    return int(rows["value"].notna().sum())


def _recorded_blocks(rows: pd.DataFrame, period: Period) -> int:
    """Count complete blocks with anything recorded; those that become gaps have lost their points too."""
    if not len(rows):
        return 0
    starts = block_starts(pd.to_datetime(rows["period_start"]), period)
    last_day = pd.to_datetime(rows["period_end"]).max()
    days = {Period.FOUR_WEEKS: 28, Period.THIRTEEN_WEEKS: 91}.get(period, 0)
    ended = starts + pd.Timedelta(days=days - 1) <= last_day
    return int(starts[ended & rows["value"].notna()].nunique())


def _note(profile: Profile, declared: Period, period: Period) -> str:
    note = (
        f"From rounded figures: counts to the nearest {profile.round_to}, {profile.small_words} hidden, "
        f"shares from {profile.denominator_from} people (profile {profile.name})."
    )
    if period != declared:
        note += f" Joined into {PERIOD_WORDS[period]}, since shorter periods hold too few people."
        note += " A period that has not ended is withheld until it has."
    return note
