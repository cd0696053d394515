"""Writes a drawn sample as a data folder, in the same form in which a group hands in its own."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from pipelines.errors import Fault, FaultyInputError
from pipelines.records import write_text
from pipelines.sample.cascade import COLUMNS, TRUTH_COLUMNS, cascade_lines, truth_lines
from pipelines.sample.draw import draw_items, expected, held_weeks, models_of, step
from pipelines.sample.places import NEIGHBOURHOODS, WARDS_VINTAGE, Site, sites
from pipelines.sample.plan import CyclePlan, Model, monday
from pipelines.sample.records import CycleRow, sample_records
from pipelines.sample.simulate import cycles_of, truths

#: Where the definitions of the measures and the public tables stand.
PROJECT_DATA = Path(__file__).resolve().parents[2] / "data"

FILES = ("neighbourhoods.csv", "prototypes.csv", "cycles.csv", "cascade_counts.csv")

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
        Folder; made where it is missing. An older sample in it is replaced; anybody's own data are refused.
    seed
        Any whole number from 0; the same seed gives the same bytes.
    prototypes
        Prototypes a neighbourhood, 1 to 60.
    complete
        Also copy ``measures/`` and ``localities/`` of the project, so that the folder can be built by itself.

    Raises
    ------
    FaultyInputError
        When `out` holds data that are not a sample, or the project's own ``data/measures`` is missing.
    ValueError
        When `prototypes` is outside 1 to 60.
    """
    chosen = sites(prototypes)
    _clear_older_sample(out)
    (out / "test_logs").mkdir(parents=True, exist_ok=True)
    _write(
        out / "neighbourhoods.csv",
        ("neighbourhood_id", "name", "display_order", "population", "wards", "wards_vintage", "pcn_code"),
        (
            (p.neighbourhood_id, p.name, i, p.population, p.wards, WARDS_VINTAGE, "")
            for i, p in enumerate(NEIGHBOURHOODS, 1)
        ),
    )
    _write(
        out / "prototypes.csv",
        ("prototype_id", "neighbourhood_id", "name", "theme", "stage", "started_on", "planned_every"),
        (
            (s.prototype_id, s.neighbourhood_id, s.name, s.theme, s.stage, _first_day(s), "week")
            for s in chosen
        ),
    )
    cycles = [(s, no, plan) for s in chosen for no, plan in enumerate(cycles_of(s), 1)]
    _write(out / "cycles.csv", CYCLE_COLUMNS, (_cycle_row(*cycle) for cycle in cycles))
    write_text(sample_records(chosen, [_as_recorded(*cycle) for cycle in cycles]), out / "records.jsonl")
    for site in chosen:
        _write_log(out, site, seed)
    rows = truths(chosen)
    _write(
        out / "truth.csv",
        ("cycle_id", "prototype_id", "measure_id", "kind", "true_change", "acceptable"),
        (
            (t.cycle_id, t.prototype_id, t.measure_id, t.kind, f"{t.true_change:.3f}", "|".join(t.acceptable))
            for t in rows
        ),
    )
    _write(out / "cascade_counts.csv", COLUMNS, cascade_lines(chosen, seed))
    _write(out / "cascade_truth.csv", TRUTH_COLUMNS, truth_lines())
    if complete:
        _copy_definitions(out)


def _clear_older_sample(out: Path) -> None:
    """Remove the logs of an older sample, so that none is left without its prototype."""
    if (out / "truth.csv").is_file():
        with (out / "prototypes.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                (out / "test_logs" / f"{row['prototype_id']}.csv").unlink(missing_ok=True)
    elif own := [name for name in FILES if (out / name).exists()]:
        reason = "this file is not part of a sample, and would be written over. Choose another folder."
        raise FaultyInputError([Fault(str(out / name), None, None, reason) for name in own])


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


def _as_recorded(site: Site, number: int, plan: CyclePlan) -> CycleRow:
    low, value, high = (float(text) for text in _prediction(models_of(site)[plan.measure_id], site, plan))
    return CycleRow(f"{site.prototype_id}_{number}", site, plan, value, low, high)


def _prediction(model: Model, site: Site, plan: CyclePlan) -> list[str]:
    """Low, value and high of the prediction, rounded as a group would say it."""
    middle = float(expected(model, site.size, plan.foretold * model.better))
    half = HALF_WIDTH * step(model, site.size)
    decimals = 2 if model.shape == "proportion" else 0
    return [f"{value:.{decimals}f}" for value in (middle - half, middle, middle + half)]


def _write_log(out: Path, site: Site, seed: int) -> None:
    """Write one prototype's log: a row a session, a column an item that it counts."""
    columns = list(
        dict.fromkeys(i for m in models_of(site).values() for i in (m.denominator, m.numerator) if i)
    )
    heading = ("neighbourhood_id", "prototype_id", "tested_on", "place", "place_type", "cycle_no", *columns)
    _write(out / "test_logs" / f"{site.prototype_id}.csv", heading, _sessions(site, columns, seed))


def _sessions(site: Site, columns: Sequence[str], seed: int) -> list[tuple[str, ...]]:
    plans = cycles_of(site)
    items = draw_items(site, plans, seed)
    rows = []
    for week in np.flatnonzero(held_weeks(site)):
        running = [str(number) for number, plan in enumerate(plans, 1) if plan.start <= week < plan.end]
        day = monday(int(week)) + dt.timedelta(days=site.weekday)
        counts = (f"{items[column][week]:g}" for column in columns)
        fixed = (site.neighbourhood_id, site.prototype_id, day.isoformat(), site.place, site.place_type)
        rows.append((*fixed, running[-1] if running else "", *counts))
    return rows
