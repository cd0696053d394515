"""The conductor: from a data folder to two published marts, the whole story on one page.

The order is that of the arrows in docs/architecture.md: sources and records, sql, disclosure,
charts, learning, words, mart.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.charted import Progress
from pipelines.compute import computed_rows
from pipelines.disclosure import one_release, write_ledger
from pipelines.fill import fill_fixed, fill_mart
from pipelines.inputs import Inputs, input_folder, is_made_up, read_inputs
from pipelines.mart import Step, begin, no_step, put_in_use, write_beside
from pipelines.memory import Memory
from pipelines.rows import Rows
from pipelines.shown import shown_to
from pipelines.together import alone
from pipelines.vocabulary import Audience
from pipelines.work import FIXED, Worked, worked

#: What this process keeps from one build to the next.
MEMORY = Memory()


@dataclass(frozen=True)
class Built:
    """What a build made."""

    true_mart: Path
    shared_mart: Path
    n_series: int
    n_cycles: int
    n_refused: int
    content_hash: str


def build(
    data: Path,
    marts: Path,
    progress: Progress | None = None,
    step: Step = no_step,
    memory: Memory = MEMORY,
) -> Built:
    """Build and publish both marts.

    One build at a time, whichever process asks: each reads what was saved before it began, so that the marts in use
    never lack what the ones before them had.

    Parameters
    ----------
    data
        The data folder (docs: data/README.md).
    marts
        Where `true/` and `shared/` are published.
    progress
        Told (what, done, of) after each chart.
    step
        Told each named step of publishing, prefixed with the audience: ``true:written``.
    memory
        What is known from the build before; what is equal is not made again.

    Raises
    ------
    LearningError
        Where nothing can be built; the marts in use stay as they were.
    """
    with _remembering(data), alone(marts), memory.one_build():
        return _build(data, marts, progress, step, memory)


@contextmanager
def _remembering(data: Path) -> Iterator[None]:
    """One release of this data at a time; of sample data no release is remembered, since nobody is in it."""
    if is_made_up(input_folder(data)):
        yield
        return
    with one_release(data):
        yield


def refresh(
    data: Path,
    marts: Path,
    step: Step = no_step,
) -> Built:
    """Build and publish both marts after something was saved; quick where this process has built before.

    Equal to a build: what nothing was saved about is the same as before and is not made again, and what it is made from
    decides that, not the caller.

    Parameters
    ----------
    data, marts, step
        As for `build`.

    Raises
    ------
    LearningError
        As for `build`.
    """
    return build(data, marts, step=step)


def warm(data: Path, memory: Memory = MEMORY) -> None:
    """Make everything that a build makes and publish nothing, so that the first refresh of this process is quick.

    Raises
    ------
    LearningError
        Where nothing can be built.
    """
    with memory.one_build():
        _make(data, memory, None)


@dataclass(frozen=True)
class _Made:
    """Everything that two marts are filled with."""

    inputs: Inputs
    work: Worked
    begun: bytes
    rows: dict[Audience, Rows]


def _make(data: Path, memory: Memory, progress: Progress | None) -> _Made:
    """Read and compute; both audiences are done before a mart is touched."""
    inputs = read_inputs(data, memory)
    work = worked(inputs, memory)
    begun = memory.recall(
        ("begun", inputs.files_key),
        lambda: begin(lambda mart: fill_fixed(mart, {name: work.tables[name] for name in FIXED})),
    )
    shown = {audience: shown_to(audience, work, inputs, memory) for audience in Audience}
    rows = {audience: computed_rows(shown[audience], inputs, memory, progress) for audience in Audience}
    return _Made(replace(inputs, content_hash=inputs.name_now), work, begun, rows)


def _build(data: Path, marts: Path, progress: Progress | None, step: Step, memory: Memory) -> Built:
    made = _make(data, memory, progress)
    if (
        made.inputs.ledger is not None
    ):  # before anybody can see it: a release that is not remembered is not made
        write_ledger(data, made.inputs.ledger)
        step("remembered")
    beside = _write_both(made, marts, step)
    paths = {
        audience: put_in_use(path, lambda name, audience=audience: step(f"{audience}:{name}"))  # type: ignore[misc]
        for audience, path in beside.items()
    }
    return _told(paths, made.inputs, made.work)


def _write_both(made: _Made, marts: Path, step: Step) -> dict[Audience, Path]:
    """Write both marts beside those in use, at the same time; where one fails, none is left behind."""

    def write(audience: Audience) -> Path:
        return write_beside(
            marts / audience,
            made.inputs.content_hash,
            lambda mart: fill_mart(mart, made.work, made.inputs, audience, made.rows[audience]),
            lambda name: step(f"{audience}:{name}"),
            made.begun,
        )

    with ThreadPoolExecutor(len(Audience)) as threads:
        writing = {audience: threads.submit(write, audience) for audience in Audience}
    failed = [error for one in writing.values() if (error := one.exception())]
    if failed:
        for one in writing.values():
            if not one.exception():
                one.result().unlink(missing_ok=True)
        raise failed[0]
    return {audience: one.result() for audience, one in writing.items()}


def _told(paths: dict[Audience, Path], inputs: Inputs, work: Worked) -> Built:
    series = work.observation.keys()
    cycles = [c for c in inputs.checked.cycles if f"{c.primary_measure}@{c.prototype_id}" in series]
    return Built(
        paths[Audience.TRUE],
        paths[Audience.SHARED],
        n_series=len(series),
        n_cycles=len(cycles),
        n_refused=sum(load.lines_refused for load in inputs.checked.loads),
        content_hash=inputs.content_hash,
    )
