"""Draws the weekly counts of one prototype. Arrays only, no files; the same seed gives the same numbers.

Every series has a stream of its own, so that a prototype more or a cycle less moves no other number. Counts
come from rounding and from comparing uniform draws, not from library samplers whose streams may change.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipelines.sample.places import Site
from pipelines.sample.plan import (
    BACKGROUND,
    CHRISTMAS,
    EVENTS,
    KINDS,
    MISSED,
    MODELS,
    N_WEEKS,
    NOT_TAKEN,
    SCHOOL_HOLIDAYS,
    CyclePlan,
    Kind,
    Model,
)

Floats = npt.NDArray[np.float64]

#: Lag-1 correlation of an autocorrelated series.
PHI = 0.3

#: Extra spread of an over-dispersed share, in binomial steps: about 2.7 times the binomial variance.
EXTRA_SPREAD = 1.3

YEAR = 365.25 / 7


def models_of(site: Site) -> dict[str, Model]:
    """Return the measures that a prototype takes, in the order of drawing."""
    return {m: model for m, model in MODELS[site.theme].items() if (site.prototype_id, m) not in NOT_TAKEN}


def held_weeks(site: Site) -> npt.NDArray[np.bool_]:
    """Return, for each week, whether the prototype held its session."""
    weeks = np.arange(N_WEEKS)
    stop = N_WEEKS if site.stop is None else site.stop
    missed = set(CHRISTMAS) | set(MISSED.get(site.prototype_id, ()))
    if site.theme == "school_gate":
        missed |= set(SCHOOL_HOLIDAYS)
    return (weeks >= site.start) & (weeks < stop) & ~np.isin(weeks, sorted(missed))


def draw_items(site: Site, plans: Sequence[CyclePlan], seed: int) -> dict[str, Floats]:
    """Draw every item of a prototype's log.

    Parameters
    ----------
    site
        The prototype.
    plans
        Its cycles.
    seed
        Any whole number from 0.

    Returns
    -------
    dict
        Item -> float array of N_WEEKS; nan in weeks without a session. Counts are whole numbers from 0;
        days have one decimal.
    """
    held = held_weeks(site)
    items: dict[str, Floats] = {}
    for measure_id, model in models_of(site).items():
        rng = np.random.default_rng([seed, zlib.crc32(f"{measure_id}@{site.prototype_id}".encode())])
        shift, kind = shift_in_steps(site, measure_id, plans, rng)
        if model.shape == "proportion":
            items |= _proportion(model, site, shift * model.better, kind, rng, items)
        else:
            items[model.numerator] = _amount(model, site, shift * model.better, kind, rng)
    return {item: np.where(held, values, np.nan) for item, values in items.items()}


def shift_in_steps(
    site: Site, measure_id: str, plans: Sequence[CyclePlan], rng: np.random.Generator
) -> tuple[Floats, Kind]:
    """Return the planted shift of a series by week, in steps towards better, and its kind.

    The season's phase and the week of an outlier are drawn from `rng`; everything else is fixed by the plan.
    """
    weeks = np.arange(N_WEEKS)
    shift = np.zeros(N_WEEKS)
    kind = KINDS[BACKGROUND.get((site.prototype_id, measure_id), "chance")]
    phase, place = rng.random(), rng.random()
    for plan in (plan for plan in plans if plan.measure_id == measure_id):
        kind = KINDS[plan.kind]
        shift += cycle_shift(plan, MODELS[site.theme][measure_id])
        if kind.spike:
            inside = [week for week in range(plan.start, plan.end) if held_weeks(site)[week]]
            shift[inside[int(place * len(inside))]] += kind.spike
    shift += kind.season * np.sin(2 * np.pi * (weeks / YEAR + phase))
    if (site.prototype_id, measure_id) in EVENTS:
        week, steps = EVENTS[site.prototype_id, measure_id]
        shift[week] += steps
    return shift, kind


def cycle_shift(plan: CyclePlan, model: Model) -> Floats:
    """Return what the cycle truly did, by week, in steps towards better: a level, or a ramp up to it."""
    kind = KINDS[plan.kind]
    weeks = np.arange(N_WEEKS)
    steps = kind.steps if model.weeks == 1 else kind.steps_4_week
    rise = np.clip((weeks - plan.start + 1) / max(kind.ramp_weeks, 1), 0.0, 1.0)
    lasting = weeks < (N_WEEKS if plan.keeps else plan.end)
    return np.asarray(steps * rise * lasting, dtype=np.float64)


def step(model: Model, size: float) -> float:
    """Return one step in the measure's unit (people, days, or share): the usual spread of one point."""
    if model.shape != "proportion":
        return model.level * (size if model.shape == "count" else 1.0) * model.spread
    return float(np.sqrt(model.level * (1 - model.level) / (model.asked * size * model.weeks)))


def expected(model: Model, size: float, steps: Floats | float) -> Floats:
    """Return the value to be expected at a shift in steps (towards high): people, days, or a share."""
    steps = np.asarray(steps, dtype=float)
    if model.shape == "proportion":
        return np.clip(model.level + steps * step(model, size), 0.02, 0.98)
    level = model.level * (size if model.shape == "count" else 1.0)
    return np.asarray(level * np.exp(model.spread * steps))


def _noise(kind: Kind, rng: np.random.Generator) -> Floats:
    """Standard normal noise, autocorrelated where the kind says so."""
    noise = rng.standard_normal(N_WEEKS)
    if kind.noise == "autocorrelated":
        for week in range(1, N_WEEKS):
            noise[week] = PHI * noise[week - 1] + np.sqrt(1 - PHI**2) * noise[week]
    return noise


def _amount(model: Model, site: Site, shift: Floats, kind: Kind, rng: np.random.Generator) -> Floats:
    """People or days of each week: log-normal about the level, so never below nought and a little skewed."""
    centred = shift + _noise(kind, rng) - model.spread / 2
    return np.round(expected(model, site.size, centred), 0 if model.shape == "count" else 1)


def _proportion(
    model: Model, site: Site, shift: Floats, kind: Kind, rng: np.random.Generator, items: dict[str, Floats]
) -> dict[str, Floats]:
    """Numerator (and denominator, where no other measure drew it) of a share."""
    assert model.denominator is not None
    drawn = items.get(model.denominator)
    if drawn is None:
        asked = np.exp(model.spread * rng.standard_normal(N_WEEKS) - model.spread**2 / 2)
        drawn = np.maximum(np.round(model.asked * site.size * asked), 1)
        if model.at_most is not None:
            drawn = np.minimum(drawn, items[model.at_most])
    extra = EXTRA_SPREAD * rng.standard_normal(N_WEEKS) if kind.noise == "overdispersed" else 0.0
    share = expected(model, site.size, shift + extra)
    chances = rng.random((N_WEEKS, int(drawn.max())))
    counted = (chances < share[:, None]) & (np.arange(chances.shape[1]) < drawn[:, None])
    return {model.denominator: drawn, model.numerator: counted.sum(axis=1).astype(float)}
