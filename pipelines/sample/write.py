"""Writes a drawn sample as a data folder, in the same form in which a group hands in its own."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from pipelines.errors import Fault, FaultyInputError
from pipelines.sample.draw import draw_items, expected, held_weeks, models_of, step
from pipelines.sample.places import NEIGHBOURHOODS, Place, Site, sites
from pipelines.sample.plan import MODELS, CyclePlan, Model, monday
from pipelines.sample.simulate import cycles_of, truths

#: Where the definitions of the measures and the public tables stand.
PROJECT_DATA = Path(__file__).resolve().parents[2] / "data"

#: Half the width of a prediction's 80 % range, in steps.
HALF_WIDTH = 0.8

CYCLE_COLUMNS = (
    "cycle_id", "prototype_id", "cycle_no", "question", "primary_measure", "predicted_value", "predicted_low",
    "predicted_high", "predicted_for", "do_start", "do_end", "decision", "decided_on", "learning",
)  # fmt: skip


def write_sample(out: Path, seed: int = 2026, prototypes: int = 3, *, complete: bool = True) -> None:
    """Write a made-up data folder.

    Parameters
    ----------
    out
        Folder; made where it is missing. Files of the same name are replaced, others stay.
    seed
        Any whole number from 0; the same seed gives the same bytes.
    prototypes
        Prototypes a neighbourhood, 1 to 60.
    complete
        Also copy ``measures/`` and ``localities/`` of the project, so that the folder can be built by itself.

    Raises
    ------
    FaultyInputError
        When the project's own ``data/measures`` is not there to be copied.
    ValueError
        When `prototypes` is outside 1 to 60.
    """
    chosen = sites(prototypes)
    (out / "test_logs").mkdir(parents=True, exist_ok=True)
    _write(
        out / "neighbourhoods.csv",
        ("neighbourhood_id", "name", "display_order", "population", "wards", "pcn_code"),
        ((p.neighbourhood_id, p.name, i, p.population, p.wards, "") for i, p in enumerate(NEIGHBOURHOODS, 1)),
    )
    _write(
        out / "prototypes.csv",
        ("prototype_id", "neighbourhood_id", "name", "theme", "stage", "started_on", "planned_every"),
        (
            (s.prototype_id, s.neighbourhood_id, s.name, s.theme, s.stage, _first_day(s), "week")
            for s in chosen
        ),
    )
    cycles = (_cycle_row(s, no, plan) for s in chosen for no, plan in enumerate(cycles_of(s), 1))
    _write(out / "cycles.csv", CYCLE_COLUMNS, cycles)
    for place in NEIGHBOURHOODS:
        _write_log(out, place, [s for s in chosen if s.neighbourhood_id == place.neighbourhood_id], seed)
    rows = truths(chosen)
    _write(
        out / "truth.csv",
        ("cycle_id", "prototype_id", "measure_id", "kind", "true_change", "acceptable"),
        (
            (t.cycle_id, t.prototype_id, t.measure_id, t.kind, f"{t.true_change:.3f}", "|".join(t.acceptable))
            for t in rows
        ),
    )
    if complete:
        _copy_definitions(out)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _copy_definitions(out: Path) -> None:
    for folder in ("measures", "localities"):
        source = PROJECT_DATA / folder
        if not source.is_dir():
            reason = (
                "this folder is missing, so the sample is not complete. Run from the project's own checkout."
            )
            raise FaultyInputError([Fault(str(source), None, None, reason)])
        if source.resolve() != (out / folder).resolve():
            shutil.copytree(source, out / folder, dirs_exist_ok=True)


def _first_day(site: Site) -> dt.date:
    return monday(site.start) + dt.timedelta(days=site.weekday)


def _cycle_row(site: Site, number: int, plan: CyclePlan) -> Sequence[object]:
    do_end = monday(plan.end) - dt.timedelta(days=1)
    decided = do_end + dt.timedelta(days=plan.decided_after) if plan.decision else ""
    low, foretold, high = _prediction(models_of(site)[plan.measure_id], site, plan)
    return (
        f"{site.prototype_id}_{number}", site.prototype_id, number, plan.question, plan.measure_id,
        foretold, low, high, do_end, monday(plan.start), do_end, plan.decision, decided, plan.learning,
    )  # fmt: skip


def _prediction(model: Model, site: Site, plan: CyclePlan) -> list[str]:
    """Low, value and high of the prediction, rounded as a group would say it."""
    middle = float(expected(model, site.size, plan.foretold * model.better))
    half = HALF_WIDTH * step(model, site.size)
    decimals = 2 if model.shape == "proportion" else 0
    return [f"{value:.{decimals}f}" for value in (middle - half, middle, middle + half)]


def _write_log(out: Path, place: Place, chosen: Sequence[Site], seed: int) -> None:
    """Write one neighbourhood's log: a row a session, in the order of dates."""
    columns = _item_columns(chosen)
    rows = sorted(
        (row for site in chosen for row in _sessions(site, columns, seed)), key=lambda row: (row[2], row[1])
    )
    heading = ("neighbourhood_id", "prototype_id", "tested_on", "place", "place_type", "cycle_no", *columns)
    _write(out / "test_logs" / f"{place.neighbourhood_id}.csv", heading, rows)


def _item_columns(chosen: Sequence[Site]) -> list[str]:
    """Items of the themes at hand, denominators before numerators, each once."""
    themes = {site.theme for site in chosen}
    models = [model for theme, models in MODELS.items() if theme in themes for model in models.values()]
    return list(dict.fromkeys(i for model in models for i in (model.denominator, model.numerator) if i))


def _sessions(site: Site, columns: Sequence[str], seed: int) -> list[tuple[str, ...]]:
    plans = cycles_of(site)
    items = draw_items(site, plans, seed)
    rows = []
    for week in np.flatnonzero(held_weeks(site)):
        running = [str(number) for number, plan in enumerate(plans, 1) if plan.start <= week < plan.end]
        day = monday(int(week)) + dt.timedelta(days=site.weekday)
        counts = (f"{items[c][week]:g}" if c in items else "" for c in columns)
        fixed = (site.neighbourhood_id, site.prototype_id, day.isoformat(), site.place, site.place_type)
        rows.append((*fixed, running[-1] if running else "", *counts))
    return rows
