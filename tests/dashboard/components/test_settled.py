"""What stays is set aside, again where more has come to stay, and what pages leave behind is still collected."""

from __future__ import annotations

import gc
import sys
import types
import weakref

import pytest

from dashboard.components import settled


@pytest.fixture(autouse=True)
def nothing_stays_aside():
    settled._took, settled._last = 0.0, -settled.APART
    yield
    gc.unfreeze()


class Left:
    """Something a page leaves behind."""


def in_a_circle() -> weakref.ref[Left]:
    """Leave something that only a collection can find."""
    left = Left()
    left.itself = left
    return weakref.ref(left)


def test_what_is_there_is_set_aside_once_until_something_is_imported(monkeypatch):
    monkeypatch.setattr(settled, "_modules", 0)
    assert settled.set_aside()
    assert gc.get_freeze_count() > 10_000
    assert not settled.set_aside()
    monkeypatch.setitem(sys.modules, "imported_meanwhile", types.ModuleType("imported_meanwhile"))
    assert settled.set_aside()
    assert gc.get_freeze_count() > 10_000


def test_a_collection_looks_at_less_afterwards(monkeypatch):
    monkeypatch.setattr(settled, "_modules", 0)
    before = len(gc.get_objects())
    settled.set_aside()
    assert len(gc.get_objects()) < before / 10


def test_garbage_of_before_is_not_kept_and_garbage_of_later_is_found(monkeypatch):
    monkeypatch.setattr(settled, "_modules", 0)
    before = in_a_circle()
    settled.set_aside()
    later = in_a_circle()
    assert before() is None
    gc.collect()
    assert later() is None


def test_where_a_look_through_takes_long_what_is_kept_by_then_is_set_aside_too(monkeypatch):
    monkeypatch.setattr(settled, "_modules", 0)
    settled.set_aside()
    kept = [[number] for number in range(400_000)]
    gc.collect()
    assert settled._took > 0
    monkeypatch.setattr(settled, "LONG", settled._took)
    monkeypatch.setattr(settled, "APART", 0.0)
    assert settled.set_aside()
    assert gc.get_freeze_count() > len(kept)
    assert not settled.set_aside()


def test_a_long_look_through_is_not_answered_more_often_than_it_helps(monkeypatch):
    monkeypatch.setattr(settled, "_modules", 0)
    settled.set_aside()
    monkeypatch.setattr(settled, "_took", 10.0)
    assert not settled.set_aside()
    monkeypatch.setattr(settled, "APART", 0.0)
    assert settled.set_aside()


def test_what_was_set_aside_and_is_garbage_since_is_collected_the_next_time(monkeypatch):
    monkeypatch.setattr(settled, "_modules", 0)
    left = Left()
    left.itself = left
    gone = weakref.ref(left)
    settled.set_aside()
    del left
    gc.collect()
    assert gone() is not None
    monkeypatch.setattr(settled, "_modules", 0)
    settled.set_aside()
    assert gone() is None


def test_a_page_does_not_wait_for_it_and_pages_of_the_same_moment_ask_once(monkeypatch):
    monkeypatch.setattr(settled, "_modules", 0)
    monkeypatch.setattr(settled, "SOON", 0.05)
    assert settled.set_aside_soon()
    assert not settled.set_aside_soon()
    assert gc.get_freeze_count() == 0
    settled._soon.join()
    assert gc.get_freeze_count() > 10_000
    assert not settled.set_aside_soon()
