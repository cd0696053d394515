"""What fifty viewers found is told whole: waits by kind, before and after all had come, and every failure."""

from __future__ import annotations

import asyncio

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import viewers


class Quiet:
    """A server that holds no memory worth telling."""

    def megabytes(self, of: str = "VmRSS") -> float:
        return {"VmRSS": 300.4, "VmHWM": 350.6}[of]


def test_waits_before_all_had_come_stand_apart():
    waits = [(1.0, "Learning", 9.0), (2.0, "Learning", 9.0)]
    waits += [(50.0 + n, "Overview, by filter", n / 100) for n in range(101)]
    rows = viewers.told(viewers.Heard(waits, ["page: cut"]), 30.0, Quiet())
    found = {row[0]: row[1:] for row in rows}
    assert found["while they come in"] == ["9.00", "9.00", "2"]
    assert found["all have come"] == ["0.50", "0.95", "101"]
    assert found["of these: Learning"] == ["", "", "0"]
    assert found["failures: page: cut"][-1] == "1"
    assert found["memory of the server, MB (now, at most)"] == ["300", "351", ""]


class Line:
    """A connection that answers with what was written beforehand."""

    def __init__(self, *answers: ForwardMsg):
        self.sent: list[bytes] = []
        self._answers = answers

    async def send(self, message: bytes) -> None:
        self.sent.append(message)

    async def __aiter__(self):
        for answer in self._answers:
            yield answer.SerializeToString()


def finished() -> ForwardMsg:
    return ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


def excepted() -> ForwardMsg:
    told = ForwardMsg()
    told.delta.new_element.exception.message = "no such column"
    return told


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ((finished(),), ""),
        ((excepted(), finished()), "learning: no such column"),
        ((), "learning: the line was cut"),
    ],
    ids=["whole", "an exception", "cut"],
)
def test_a_page_is_whole_when_its_script_has_ended_without_an_exception(answers, wrong):
    line = Line(*answers)
    assert asyncio.run(viewers.ask(line, ("learning", {"a": "b c"}))) == wrong
    assert b"a=b+c" in line.sent[0]
