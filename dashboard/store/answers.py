"""What a mart answered before: a mart never changes, so the same question has the same answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar, cast

import pandas as pd

#: Bytes of answers kept for one mart, some of which may be open at once: the last few before the one in use.
MOST_BYTES = 32_000_000

#: Bytes that a value in plain rows takes, about: a Python object and its place in a dictionary.
BYTES_OF_A_VALUE = 100

Answer = TypeVar("Answer", pd.DataFrame, list[dict[str, Any]])


class Answers:
    """Answers by question, the one that was asked for longest ago forgotten first; several threads may ask."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def recall(self, question: str, ask: Callable[[], Answer]) -> Answer:
        """Return the answer to a question, asked where it is not known; the caller may change what it gets.

        Parameters
        ----------
        question
            Everything that the answer depends on.
        ask
            Asks the mart. Two threads that ask the same at once may both ask.
        """
        with self._lock:
            found = self._kept.get(question)
            if found:
                self._kept.move_to_end(question)
        if found:
            return _own(cast(Answer, found[0]))
        answer = ask()
        self._keep(question, answer)
        return _own(answer)

    def _keep(self, question: str, answer: Any) -> None:
        size = _bytes_of(answer)
        if size > self._most_bytes:
            return
        with self._lock:
            _, before = self._kept.pop(question, (None, 0))
            self._kept[question] = (answer, size)
            self._bytes += size - before
            while self._bytes > self._most_bytes:
                _, (_, gone) = self._kept.popitem(last=False)
                self._bytes -= gone


def _own(answer: Answer) -> Answer:
    """Return an answer that the caller may change: a frame is copied where it is written to, rows are copied now."""
    if isinstance(answer, pd.DataFrame):
        return answer.copy(deep=False)
    return [dict(row) for row in answer]


def _bytes_of(answer: pd.DataFrame | list[dict[str, Any]]) -> int:
    if isinstance(answer, pd.DataFrame):
        return int(answer.memory_usage(deep=False).sum())
    return sum(len(row) for row in answer) * BYTES_OF_A_VALUE
