"""What is computed is computed once: who is served, released beside what was released before."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipelines import compute
from pipelines.disclosure import NHS, Ledger
from pipelines.memory import Memory
from pipelines.vocabulary import Audience
from tests.pipelines.served.made import year


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Each time that the groups are worked out and not remembered."""
    times: list[str] = []
    worked_out = compute.served_rows

    def served_rows(counts, profile, ledger=None):
        times.append(profile.name)
        return worked_out(counts, profile, ledger)

    monkeypatch.setattr(compute, "served_rows", served_rows)
    return times


def inputs(ledger: Ledger | None, more: int = 0):
    groups = {("sex", "female"): (90.0 + more, 900.0), ("sex", "male"): (40.0, 850.0)}
    checked = SimpleNamespace(
        cascade=year("ashfield", groups), neighbourhoods=[SimpleNamespace(neighbourhood_id="ashfield")]
    )
    return SimpleNamespace(checked=checked, profile=NHS, ledger=ledger, files_key=str(more))


def served(memory: Memory, given, audience: Audience = Audience.SHARED):
    with memory.one_build():
        return compute._served(audience, given, memory)


@pytest.mark.parametrize("ledger", [None, Ledger()], ids=["no ledger", "a ledger"])
def test_groups_are_worked_out_once_until_a_count_changes(asked, ledger):
    memory = Memory()
    first = served(memory, inputs(ledger))
    assert first["served_group"]
    assert served(memory, inputs(ledger)) == first
    assert asked == ["nhs"]
    served(memory, inputs(ledger, more=40))
    assert asked == ["nhs", "nhs"]


def test_what_another_folder_has_released_is_entered_into_this_ones_ledger(asked):
    memory, here, there = Memory(), Ledger(), Ledger()
    served(memory, inputs(there))
    served(memory, inputs(here))
    assert here.standing == there.standing != {}
    assert asked == ["nhs", "nhs"]


def test_the_groups_own_copy_leaves_no_trace_in_the_ledger(asked):
    ledger = Ledger()
    served(Memory(), inputs(ledger), Audience.TRUE)
    assert ledger == Ledger()
    assert asked == ["none"]
