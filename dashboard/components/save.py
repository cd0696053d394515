"""Saving what people enter: the one component that appends records, and makes the charts that depend on them again.

It never pretends: what could not be saved is told and nothing of it is kept; what was saved while a chart could not be
made says both.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dashboard import context
from dashboard.components import reading_copy, rebuild
from dashboard.components.notices import notice
from pipelines.errors import Fault, FaultyInputError, LearningError
from pipelines.inputs import input_folder
from pipelines.records import SEED, Body, Record, address_of, open_records

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Saved:
    """What became of a save.

    Attributes
    ----------
    records
        What was appended, in order; empty where nothing was saved.
    faults
        Why nothing was saved, `column` naming the field of the body; empty where it was.
    at
        When it was saved, or tried, in London.
    trouble
        Why the charts could not be made again although it was saved; they then stay as they were.
    """

    records: tuple[Record, ...]
    faults: tuple[Fault, ...]
    at: dt.datetime
    trouble: tuple[Fault, ...] = ()

    @property
    def is_saved(self) -> bool:
        """Whether it is kept."""
        return bool(self.records)

    @property
    def sentence(self) -> str:
        """What became of it, e.g. ``Saved 14:32.``; the faults in words where nothing was saved."""
        if not self.is_saved:
            return " ".join(["Not saved.", *(fault.reason for fault in self.faults)])
        late = " The charts could not be made again and stay as they were." if self.trouble else ""
        return f"Saved {self.at:%H:%M}.{late}"


def save(bodies: Sequence[Body], who: str, supersedes: str | None = None) -> Saved:
    """Append records, all of them or none, and make the charts again that depend on them.

    Parameters
    ----------
    bodies
        What was entered.
    who
        The name or role it is signed with, as `signed` gave it; it is printed.
    supersedes
        The record that the first of the bodies takes the place of.

    Returns
    -------
    Saved
        With the faults, and nothing kept, where this server may not write, a field is wrong, or the disk fails.
    """
    now = dt.datetime.now(LONDON)
    if not context.may_write():
        return Saved((), (Fault("the records", None, None, reading_copy.why()),), now)
    try:
        appended = _append(bodies, who, supersedes)
    except FaultyInputError as error:
        return Saved((), error.faults, now)
    except (LearningError, OSError) as error:
        return Saved((), (Fault("the records", None, None, str(error)),), now)
    return Saved(appended, (), now, _make_charts())


def _append(bodies: Sequence[Body], who: str, supersedes: str | None) -> tuple[Record, ...]:
    data = context.data_folder()
    folder = input_folder(data)
    with closing(open_records(address_of(data, folder), seed=folder / SEED)) as records:
        return records.append(bodies, who, supersedes)


def _make_charts() -> tuple[Fault, ...]:
    """Make the charts again; whatever goes wrong there, what was saved is saved, and the person is told both."""
    try:
        return rebuild.refresh()
    except Exception:
        logging.getLogger(__name__).exception("The charts could not be made after a save")
        return (Fault("the charts", None, None, "The program's log says why."),)


def is_here() -> bool:
    """Whether this server takes entries; where it does not, say so in the place of the form.

    Where it does, everything is made meanwhile, so that the first save is as quick as the next.
    """
    if not context.may_write():
        not_here()
        return False
    rebuild.warm()
    return True


def not_here() -> None:
    """Show why there is no form: this server may not write."""
    notice("Nothing can be entered here", reading_copy.why(), reading_copy.WHERE)
