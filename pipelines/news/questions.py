"""What a change asks of a meeting: which choices belong to which question. What is told and not asked has none."""

from __future__ import annotations

from pipelines.vocabulary import Choice

JUDGED = (Choice.ADOPT, Choice.ADAPT, Choice.ABANDON, Choice.CONTINUE)
ACCEPT = (Choice.ACCEPT_THE_RANGE, Choice.LEAVE_IT)
MOVE = (Choice.MOVE_THE_RANGE, Choice.LEAVE_IT)


def of_a_signal(*, is_cycle_running: bool) -> tuple[Choice, ...]:
    """Return what may be done about a signal: a cycle can only be stopped where one is running."""
    going = (Choice.KEEP_GOING, Choice.FIND_THE_CAUSE)
    return (*going, Choice.STOP_THE_CYCLE) if is_cycle_running else going


def asked(question: str | None, choices: tuple[Choice, ...]) -> dict[str, str | None]:
    """Return question and choices as the columns of the table change; both None where nothing is asked."""
    return {"question": question, "choices": ",".join(choices) if question else None}
