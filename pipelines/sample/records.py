"""The made-up chain of records: what the groups would have entered while the planted cycles ran.

It follows from what was planned, never from what was drawn: any seed of the logs has the same records.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.records.chain import Row, end_of, link, record_of
from pipelines.records.kinds import (
    Annotated,
    BaselineAccepted,
    Body,
    DecisionMade,
    DissentNoted,
    FollowedUp,
    LearningWritten,
    PredictionSealed,
    PrototypeStarted,
    QuoteGiven,
    RebaseAccepted,
    Record,
    StageReached,
    Withdrawn,
)
from pipelines.sample import entered
from pipelines.sample.draw import models_of
from pipelines.sample.meetings import STEERING, steering
from pipelines.sample.places import NEIGHBOURHOODS, Site
from pipelines.sample.plan import N_WEEKS, CyclePlan, monday
from pipelines.vocabulary import Decision, Direction, Stage

#: Draws ids, hours and the days between; the logs have a seed of their own.
SEED = 2026

#: Nothing was entered after it: the last day of the sample is a Sunday, two days later.
LAST_DAY = monday(N_WEEKS) - dt.timedelta(days=3)

GROUPS = {place.neighbourhood_id: f"{place.name} design group" for place in NEIGHBOURHOODS}


@dataclass(frozen=True)
class CycleRow:
    """A cycle as it stands in cycles.csv, with whose it is; figures in the measure's stored unit."""

    cycle_id: str
    site: Site
    plan: CyclePlan
    value: float
    low: float
    high: float

    @property
    def do_start(self) -> dt.date:
        """First day of Do."""
        return monday(self.plan.start)

    @property
    def do_end(self) -> dt.date:
        """Last day of Do."""
        return monday(self.plan.end) - dt.timedelta(days=1)

    @property
    def decided_on(self) -> dt.date:
        """Day of the decision."""
        return self.do_end + dt.timedelta(days=self.plan.decided_after)


@dataclass(frozen=True)
class Saved:
    """A body with the day on which it was saved, by whom, and the name of the one whose place it takes.

    `name` is what others call it by; a body that speaks of a record holds that name where its id will stand.
    """

    day: dt.date
    who: str
    body: Body
    name: str = ""
    supersedes: str = ""


def sample_records(sites: Sequence[Site], cycles: Sequence[CycleRow]) -> tuple[Record, ...]:
    """Return the chain of records of a sample.

    Parameters
    ----------
    sites
        Its prototypes.
    cycles
        Its cycles, as cycles.csv has them.

    Returns
    -------
    tuple of Record
        In the order of saving; the same sites give the same bytes.
    """
    draw = random.Random(SEED)
    saved = [*_stages(sites, cycles, draw), *_ideas(sites), *_cycles(cycles, draw), *_notes(sites, cycles)]
    saved += _meetings(sites)
    return _chain(sorted(saved, key=lambda one: one.day), draw)


def _chain(saved: Sequence[Saved], draw: random.Random) -> tuple[Record, ...]:
    """Link what was saved, in the order of its days; within a day an evening goes on."""
    rows: list[Row] = []
    ids: dict[str, str] = {}
    minute, day = 0, dt.date.min
    for one in saved:
        minute = minute + draw.randint(2, 9) if one.day == day else draw.randint(0, 90)
        day = one.day
        moment = dt.datetime(day.year, day.month, day.day, 18, tzinfo=dt.UTC)
        moment += dt.timedelta(minutes=minute, seconds=draw.randint(0, 59))
        record_id = str(uuid.UUID(int=draw.getrandbits(128), version=4))
        if one.name:
            ids[one.name] = record_id
        body = one.body
        if isinstance(body, Withdrawn | FollowedUp):
            body = replace(body, record_id=ids[body.record_id])
        rows.append(link(end_of(rows), body, one.who, moment, ids.get(one.supersedes), record_id))
    return tuple(record_of(row) for row in rows)


def _stages(sites: Sequence[Site], cycles: Sequence[CycleRow], draw: random.Random) -> Iterator[Saved]:
    """Yield how each prototype came to its stage of prototypes.csv."""
    for site in sites:
        adopted = min(
            (
                cycle.decided_on
                for cycle in cycles
                if cycle.site is site and cycle.plan.decision == Decision.ADOPT
            ),
            default=None,
        )
        for stage, day in _days_of(site, adopted, draw):
            body = StageReached(site.prototype_id, stage, day, draw.choice(entered.WHY[stage]))
            yield Saved(day, GROUPS[site.neighbourhood_id], body)


def _days_of(site: Site, adopted: dt.date | None, draw: random.Random) -> list[tuple[Stage, dt.date]]:
    """Return the stages of a prototype up to the one it is at, each with its day."""
    start = monday(site.start) + dt.timedelta(days=site.weekday)
    prototype = start + dt.timedelta(weeks=draw.randint(9, 24))
    model = max(adopted or prototype + dt.timedelta(weeks=40), prototype) + dt.timedelta(days=2)
    days = {
        Stage.IDEA: start - dt.timedelta(weeks=draw.randint(3, 18), days=draw.randint(0, 6)),
        Stage.ACTION: start,
        Stage.PROTOTYPE: prototype,
        Stage.MODEL: model,
        Stage.SCALED: model + dt.timedelta(weeks=draw.randint(22, 30)),
    }
    if site.stage == Stage.STOPPED:
        reached = [Stage.IDEA, Stage.ACTION, Stage.PROTOTYPE]
        days[Stage.STOPPED] = monday(site.stop or N_WEEKS) + dt.timedelta(days=10)
    else:
        reached = list(days)[: list(days).index(Stage(site.stage))]
    return [(stage, min(days[stage], LAST_DAY)) for stage in (*reached, Stage(site.stage))]


def _ideas(sites: Sequence[Site]) -> Iterator[Saved]:
    """Yield what was raised and is no prototype: talk, some of it turned to action."""
    here = {site.neighbourhood_id for site in sites}
    for idea in entered.IDEAS:
        if idea.neighbourhood_id not in here:
            continue
        who, first = GROUPS[idea.neighbourhood_id], dt.date.fromisoformat(idea.stages[0][1])
        yield Saved(first, who, PrototypeStarted(idea.prototype_id, idea.neighbourhood_id, idea.name))
        for stage, day, why in idea.stages:
            reached = dt.date.fromisoformat(day)
            yield Saved(reached, who, StageReached(idea.prototype_id, stage, reached, why))


def _cycles(cycles: Sequence[CycleRow], draw: random.Random) -> Iterator[Saved]:
    """Yield what was entered about the cycles that the groups sealed a prediction for."""
    for cycle in cycles:
        if cycle.cycle_id not in entered.SEALED:
            continue
        yield from _predictions(cycle, draw)
        decided = entered.SEALED[cycle.cycle_id]
        if decided is not None:
            yield from _study(cycle, decided)


def _predictions(cycle: CycleRow, draw: random.Random) -> Iterator[Saved]:
    """Yield the prediction sealed one to six days before Do, and the one that took its place later."""
    who = GROUPS[cycle.site.neighbourhood_id]
    model = models_of(cycle.site)[cycle.plan.measure_id]
    direction = Direction.UP if model.better > 0 else Direction.DOWN
    sealed = PredictionSealed(
        cycle.cycle_id, cycle.plan.measure_id, direction, cycle.value, cycle.low, cycle.high, cycle.do_end
    )
    yield Saved(cycle.do_start - dt.timedelta(days=draw.randint(1, 6)), who, sealed, cycle.cycle_id)
    if cycle.cycle_id in entered.CHANGED_LATER:
        weeks, value, low, high, reason = entered.CHANGED_LATER[cycle.cycle_id]
        later = PredictionSealed(
            cycle.cycle_id, cycle.plan.measure_id, direction, value, low, high, cycle.do_end, reason
        )
        yield Saved(cycle.do_start + dt.timedelta(weeks=weeks), who, later, supersedes=cycle.cycle_id)


def _study(cycle: CycleRow, decided: entered.Decided) -> Iterator[Saved]:
    """Yield what was learned and decided, as cycles.csv has it, with the reason."""
    who, day = GROUPS[cycle.site.neighbourhood_id], cycle.decided_on
    yield Saved(day, who, LearningWritten(cycle.cycle_id, cycle.plan.learning))
    by_when = day + dt.timedelta(weeks=decided.weeks) if decided.weeks else None
    choice = Decision(cycle.plan.decision)
    body = DecisionMade(
        cycle.cycle_id, choice, day, decided.reason, decided.next_step, decided.by_whom, by_when
    )
    yield Saved(day, who, body)


def _notes(sites: Sequence[Site], cycles: Sequence[CycleRow]) -> Iterator[Saved]:
    """Yield accepted ranges, annotations, quotes and the other reading, of the prototypes that are here."""
    whose = {site.prototype_id: GROUPS[site.neighbourhood_id] for site in sites}
    for about, day, body, name in (*_ranges(), *_happened(), *_said(cycles), *_dissent(cycles)):
        if about in whose:
            yield Saved(day, whose[about], body, name)


def _meetings(sites: Sequence[Site]) -> Iterator[Saved]:
    """Yield what the steering group saved at its meetings about the prototypes that are here."""
    for day, body, name, supersedes in steering({site.prototype_id for site in sites}):
        yield Saved(day, STEERING, body, name, supersedes)


#: The prototype that a body is about, the day of saving, the body, and its name where another speaks of it.
Note = tuple[str, dt.date, Body, str]


def _ranges() -> Iterator[Note]:
    for one in entered.BASELINES:
        first, last, day = (
            dt.date.fromisoformat(text) for text in (one.first_on, one.last_on, one.accepted_on)
        )
        body = BaselineAccepted(one.series_id, first, last, one.reason)
        yield one.series_id.split("@")[1], day, body, ""
    series, day = entered.REBASE_SERIES, entered.REBASE_ACCEPTED
    answers = (True, True, True, True)
    rebase = RebaseAccepted(
        series, entered.REBASE_FROM, entered.REBASE_REASON, *answers, entered.REBASE_POINTS
    )
    yield series.split("@")[1], day, rebase, ""


def _happened() -> Iterator[Note]:
    for n, (about, day, text) in enumerate((*entered.HAPPENED, entered.TYPED_TWICE)):
        happened = dt.date.fromisoformat(day)
        yield about, happened, Annotated(about, happened, text), f"happened {n}"
    about, day, _ = entered.TYPED_TWICE
    yield (
        about,
        dt.date.fromisoformat(day),
        Withdrawn(f"happened {len(entered.HAPPENED)}", "Typed twice."),
        "",
    )


def _said(cycles: Sequence[CycleRow]) -> Iterator[Note]:
    ids = {cycle.cycle_id for cycle in cycles}
    for about, number, day, text, said_by, consent in entered.QUOTES:
        cycle_id = f"{about}_{number}" if f"{about}_{number}" in ids else None
        yield about, dt.date.fromisoformat(day), QuoteGiven(about, text, said_by, consent, cycle_id), ""


def _dissent(cycles: Sequence[CycleRow]) -> Iterator[Note]:
    cycle_id, days, text, role = entered.DISSENT
    for cycle in cycles:
        if cycle.cycle_id == cycle_id:
            day = cycle.decided_on + dt.timedelta(days=days)
            yield cycle.site.prototype_id, day, DissentNoted(cycle_id, text, role), ""
