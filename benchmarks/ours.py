"""The floor and the engine, as they are timed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks import data, floor, frames
from benchmarks.contestant import Contestant, Run
from pipelines.spc import chart, chart_many, icons
from pipelines.spc.chart import options_of
from pipelines.spc.engine import draw
from pipelines.spc.fits import ClosedForm
from pipelines.spc.groups import Groups
from pipelines.spc.limits import KINDS
from pipelines.spc.plan import Options, Plan
from pipelines.spc.points import points_of
from pipelines.spc.signals import Plotted, find

PACKAGE = "neighbourhood-learning-dashboard"
#: The engine's words for the kinds of the tables.
ENGINE_KINDS = {"xmr": "i", "p": "p"}


def options(kind: str) -> dict[str, Any]:
    """Return what the engine is asked: a direction and a target, so that both icons are due."""
    return {"kind": ENGINE_KINDS[kind], "better": "up", "target": data.TARGETS[kind]}


def floor_arrays(kind: str, n_series: int, n_points: int) -> Run:
    """The floor of `floor.py`: arrays in, arrays out."""
    target = data.TARGETS[kind]
    if kind == "p":
        events, trials = data.shares(n_series, n_points)
        return lambda first, last: floor.p(events[first:last], trials[first:last], target)
    values = data.values(n_series, n_points)
    return lambda first, last: floor.xmr(values[first:last], target)


def floor_frames(form: str, kind: str, n_series: int, n_points: int) -> Run:
    """The same floor between frames, whole frame a call."""
    frame = frames.long_frame(kind, n_series, n_points, form)
    return lambda _first, _last: frames.floor_frames(frame, kind, data.TARGETS[kind])


def many(form: str, kind: str, n_series: int, n_points: int) -> Run:
    """The public call on a whole frame, both frames out."""
    frame = frames.long_frame(kind, n_series, n_points, form)
    asked = options(kind)
    return lambda _first, _last: chart_many(frame, **asked)


def _planned(kind: str, n_series: int, n_points: int) -> Callable[[], tuple[Plan, Options]]:
    """Return what makes the engine's plan and options from flat arrays."""
    y, n = data.shares(n_series, n_points) if kind == "p" else (data.values(n_series, n_points), None)
    flat_n = None if n is None else n.ravel()
    weeks = np.tile(np.arange(n_points), n_series)
    series = Groups(np.full(n_series, n_points))

    def planned() -> tuple[Plan, Options]:
        points = points_of(y.ravel(), flat_n, weeks, "mean", series)
        plan = Plan.of(points, phases=(), baseline=None, excluded=(), target=data.TARGETS[kind])
        return plan, options_of(
            ENGINE_KINDS[kind],
            points,
            rules=None,
            better="up",
            multiply=1,
            centre_line=None,
            factor=2.66,
            screen=False,
            sigma_z_floor=0.0,
            fitter=ClosedForm(),
        )

    return planned


def arrays(kind: str, n_series: int, n_points: int) -> Run:
    """What stands between the frames of `chart_many`: flat arrays in and out, as with the floor."""
    planned = _planned(kind, n_series, n_points)

    def run(_first: int, _last: int) -> None:
        draw(*planned())

    return run


def figures(kind: str, n_series: int, n_points: int) -> Run:
    """The engine's way to the figures of the floor and no others: limits, the four rules, both icons."""
    planned = _planned(kind, n_series, n_points)

    def run(_first: int, _last: int) -> None:
        plan, asked = planned()
        spec = KINDS[asked.kind]
        points = plan.cut(spec, asked)
        lines = spec.limits(points)
        centre = points.phases.spread(lines.centre)
        plotted = Plotted(points.value, points.value, centre, points.phases, points.is_ordered)
        signals, _ = find(plotted, lines, asked.rules)
        latest = icons.latest_of(
            points.phases, points.value, signals.direction, plan.target, lines.lower, lines.upper
        )
        icons.variation(latest, asked.better)
        icons.assurance(latest, asked.better)

    return run


def one_by_one(kind: str, n_series: int, n_points: int) -> Run:
    """`chart`, a series a call."""
    asked = options(kind)
    y, n = data.shares(n_series, n_points) if kind == "p" else (data.values(n_series, n_points), None)

    def run(first: int, last: int) -> None:
        for at in range(first, last):
            chart(y[at], None if n is None else n[at], **asked)

    return run


FLOOR = "floor"
CONTESTANTS = {
    FLOOR: Contestant(PACKAGE, "whole numpy arrays in and out", floor_arrays, per_batch=1_000),
    **{
        f"floor, {form}": Contestant(
            PACKAGE, "the floor between long frames", partial(floor_frames, form), per_batch=1_000
        )
        for form in frames.FORMS
    },
    **{
        f"chart_many, {form}": Contestant(
            PACKAGE, "long frame in, both frames out", partial(many, form), per_batch=1_000
        )
        for form in frames.FORMS
    },
    "engine, the floor's figures": Contestant(
        PACKAGE, "limits, the four rules and icons of the engine; flat arrays", figures, per_batch=1_000
    ),
    "engine, arrays": Contestant(
        PACKAGE, "chart_many without its frames: flat arrays in and out", arrays, per_batch=1_000
    ),
    "chart": Contestant(PACKAGE, "a series a call", one_by_one),
}
