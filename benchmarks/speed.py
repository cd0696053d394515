"""The engine and its peers against the floor: 1,000 series of 100 points, one table a kind of chart.

Interleaved: in every round each contestant is timed once, and the floor right before it; the ratio is of these two, so
that a slow or busy moment of the machine hits both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from benchmarks import ours, peers
from benchmarks.clock import Worker, all_workers
from benchmarks.contestant import KINDS, Contestant
from benchmarks.tables import number, spread, table

N_SERIES, N_POINTS = 1_000, 100
TITLES = {"xmr": "XmR", "p": "p, varying denominators"}


@dataclass
class Times:
    """What the rounds gave for one contestant: seconds a series, and the same in those of the floor beside it."""

    contestant: Contestant
    version: str = ""
    error: str = ""
    seconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)


def measured(kind: str, rounds: int) -> dict[str, Times]:
    """Time every contestant that knows the kind; the order turns by one each round."""
    everyone = {**ours.CONTESTANTS, **peers.CONTESTANTS}
    times = {name: Times(one) for name, one in everyone.items() if kind in one.kinds}
    with all_workers(list(ours.CONTESTANTS)) as workers:
        for turn in range(-1, rounds):  # round -1 warms everyone up and is not counted
            names = list(times)
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                _one_turn(name, kind, turn, times[name], workers)
    return times


def _one_turn(name: str, kind: str, turn: int, times: Times, workers: dict[str, Worker]) -> None:
    if times.error:
        return
    if name not in workers:
        times.error = "not installed"
        return
    asked = {"kind": kind, "n_series": N_SERIES, "n_points": N_POINTS, "batch": max(turn, 0)}
    beside = workers[ours.FLOOR].ask({"name": ours.FLOOR, **asked})
    answer = workers[name].ask({"name": name, **asked})
    times.version = answer.get("version", "")
    times.error = answer.get("error", "") if times.version else "not installed"
    if turn >= 0 and not times.error:
        times.seconds.append(answer["seconds"])
        times.ratios.append(answer["seconds"] / beside["seconds"])


def rows(times: dict[str, Times]) -> list[list[str]]:
    """Return the table's rows, the fastest first."""
    found = []
    for name in by_speed(times):
        one = times[name]
        figures = [number(1 / median(one.seconds)), *spread(one.ratios)]
        found.append([name, one.version, *figures, one.contestant.timed])
    missing = [[name, one.version, one.error, "", "", "", ""] for name, one in times.items() if one.error]
    return found + missing


def verdicts(times: dict[str, Times]) -> list[str]:
    """Say how the figures stand to what is asked of them: the floor 200 times the fastest peer, and so on."""
    rivals = {name: times[name] for name in peers.CONTESTANTS if name in times and times[name].ratios}
    fastest = [name for name in by_speed(rivals) if rivals[name].contestant.is_like_ours][:1]
    said = [
        f"The floor is {_range(rivals[name].ratios)} times as fast as {name}"
        + (", the fastest peer with rules like these (asked: 200)." if name in fastest else ".")
        for name in by_speed(rivals)
    ]
    for name in by_speed(
        {name: one for name, one in times.items() if name.startswith(("chart_many", "engine"))}
    ):
        mine = times[name].ratios
        beside = f"`{name}`: {_range(mine)} times the floor (asked: 2)"
        form = times.get(name.replace("chart_many", "floor"))
        if form and form.ratios and form is not times[name]:
            ratios = [ours / plain for ours, plain in zip(mine, form.ratios, strict=True)]
            beside += f", {_range(ratios)} times the floor between frames"
        for rival in fastest:
            gain = [theirs / ours for theirs, ours in zip(rivals[rival].ratios, mine, strict=True)]
            beside += f", {_range(gain)} times as fast as {rival} (asked: 100)"
        said.append(beside + ".")
    return said


def by_speed(times: dict[str, Times]) -> list[str]:
    """Return the names of those that were timed, the fastest first."""
    return sorted(
        (name for name, one in times.items() if one.ratios), key=lambda name: median(times[name].ratios)
    )


def _range(ratios: list[float]) -> str:
    least, middle, most = spread(ratios)
    return f"{middle} ({least} to {most})"


def report(rounds: int) -> str:
    """Measure; return both tables as Markdown."""
    parts = []
    for kind in KINDS:
        times = measured(kind, rounds)
        head = ["contestant", "version", "series a second", "ratio: min", "median", "max", "what was timed"]
        parts += [
            f"### {TITLES[kind]}: {N_SERIES:,} series of {N_POINTS} points, {rounds} rounds",
            table(head, rows(times), numbers=range(2, 6)),
            *(f"- {said}" for said in verdicts(times)),
            "",
        ]
    return "\n".join(parts)
