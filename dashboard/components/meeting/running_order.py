"""Which questions a meeting takes, and in which order. Chosen and sorted only: every word was published with the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.components.wording import missing
from pipelines.vocabulary import ChangeKind, Choice

Row = Mapping[str, Any]

#: Most questions that one meeting takes; what is left out is said.
MOST = 12

#: The first and the last slide, by the names they have in an address.
START, END = "start", "agreed"

_KINDS = [kind.value for kind in ChangeKind]


@dataclass(frozen=True)
class Question:
    """One question on one screen.

    Attributes
    ----------
    item
        The change_id of what it came from.
    kind
        A word of `ChangeKind`.
    title, sentence
        What it is about and what happened, as published.
    question
        What is asked; empty where the change is told and not asked.
    choices
        What may be chosen.
    prototype_id, neighbourhood, domain
        Where it belongs; neighbourhood is its name, domain may be empty.
    series_id, cycle_id
        The chart, and of a cycle its id; empty where there is none.
    is_kept
        Whether it outlasts the number of charts or cycles looked at.
    is_open
        Whether it still holds: a signal at the latest point, a cycle that nobody has decided on.
    """

    item: str
    kind: str
    title: str
    sentence: str
    question: str
    choices: tuple[Choice, ...]
    prototype_id: str
    neighbourhood: str
    domain: str
    series_id: str
    cycle_id: str
    is_kept: bool = False
    is_open: bool = True

    @property
    def about(self) -> str:
        """The cycle or series that an answer speaks of."""
        return self.cycle_id or self.series_id

    @property
    def heading(self) -> str:
        """What stands largest on the slide."""
        return self.question or self.title

    @property
    def is_of_a_cycle(self) -> bool:
        """Whether an answer is a decision on a cycle."""
        return bool(self.cycle_id)

    @property
    def may_be_chance(self) -> bool:
        """Whether it is a signal of its chart alone, which more such signals by chance would look like."""
        return self.kind == ChangeKind.SIGNAL and not self.is_kept


@dataclass(frozen=True)
class RunningOrder:
    """The questions in their order, and how many more there are than one meeting takes."""

    questions: tuple[Question, ...]
    n_left_out: int = 0

    @property
    def slides(self) -> tuple[str, ...]:
        """Every slide by its name in an address: the start, the questions, what was agreed."""
        return (START, *(one.item for one in self.questions), END)

    def question(self, item: str) -> Question | None:
        """Return the question of an item; None where it is not in the order."""
        return next((one for one in self.questions if one.item == item), None)


def question_of(row: Row) -> Question:
    """Return the question of a change, from a row of `Store.changes`."""
    words = _text(row["choices"])
    return Question(
        item=str(row["change_id"]),
        kind=str(row["kind"]),
        title=str(row["title"]),
        sentence=str(row["sentence"]),
        question=_text(row["question"]),
        choices=tuple(Choice(word.strip()) for word in words.split(",") if word.strip()),
        prototype_id=str(row["prototype_id"]),
        neighbourhood=_text(row["neighbourhood"]),
        domain=_text(row["domain"]),
        series_id=_text(row["series_id"]),
        cycle_id=_text(row["cycle_id"]),
        is_kept=bool(row["is_kept"]),
        is_open=bool(row["is_open"]),
    )


def question_answered(row: Row, neighbourhood: str) -> Question:
    """Return a question as its answer tells it, from a row of agreed: what is decided on is no longer asked."""
    about = str(row["about"])
    return Question(
        item=str(row["item"]),
        kind=str(row["item"]).partition(":")[0].replace("-", " "),
        title=str(row["question"]),
        sentence="",
        question=str(row["question"]),
        choices=(),
        prototype_id=_text(row["prototype_id"]),
        neighbourhood=neighbourhood,
        domain="",
        series_id=about if "@" in about else "",
        cycle_id="" if "@" in about else about,
        is_open=False,
    )


def running_order(changes: Iterable[Row], always: Sequence[Question] = ()) -> RunningOrder:
    """Return what a meeting takes.

    Parameters
    ----------
    changes
        Rows of `Store.changes`, in the published order; those without a question are told, not asked.
    always
        Questions that stay, whether or not they are asked by now: those answered here, and one that a link names.

    Returns
    -------
    RunningOrder
        Cycles that ended, predictions that fell due, signals that outlast the number of charts, other signals, usual
        ranges; in each west to east.
    """
    asked = [one for one in map(question_of, changes) if one.question]
    asked.sort(key=_turn)
    kept, late = asked[:MOST], asked[MOST:]
    known = {one.item for one in kept}
    more = [one for one in always if one.item not in known]
    taken = {one.item for one in more}
    questions = sorted([*kept, *more], key=_turn)
    return RunningOrder(tuple(questions), sum(one.item not in taken for one in late))


def steady(before: RunningOrder | None, now: RunningOrder, named: str) -> RunningOrder:
    """Return the running order that a meeting began with, its questions as they stand now.

    What is decided is no longer asked, and what is new since waits for the next meeting: nobody's question three becomes
    question two while it is on the screen. Only what a link names joins.
    """
    if before is None:
        return now
    known = {one.item for one in before.questions}
    fresh = {one.item: one for one in now.questions if one.choices}
    questions = [fresh.get(one.item, one) for one in before.questions]
    joining = [one for one in now.questions if one.item == named and one.item not in known]
    return RunningOrder((*questions, *joining), before.n_left_out)


def _turn(one: Question) -> tuple[int, bool]:
    """Return when a question is taken; what is alike stays in the published order."""
    order = _KINDS.index(one.kind) if one.kind in _KINDS else len(_KINDS)
    return order, one.may_be_chance


def _text(value: object) -> str:
    return "" if missing(value) else str(value)
