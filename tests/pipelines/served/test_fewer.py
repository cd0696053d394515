"""Marks of groups that are served less: rarely by chance, mostly where it is so."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import fisher_exact

from pipelines.served.fewer import ALARM, fewer_than


def page(
    shares: list[float], random: np.random.Generator, people: int = 700
) -> tuple[np.ndarray, np.ndarray]:
    n = np.full(len(shares), people)
    return random.binomial(n, shares), n


def marks(served: np.ndarray, people: np.ndarray) -> list[bool]:
    k = np.ones(len(served))
    return fewer_than(list(served), list(people), list(k * served.sum()), list(k * people.sum()))


def test_one_group_alone_is_marked_just_where_fishers_test_says_so():
    for served in range(20, 60, 3):
        expected = fisher_exact([[served, 600 - served], [70, 630]], alternative="less").pvalue <= ALARM
        assert fewer_than([served], [600], [served + 70], [1300]) == [bool(expected)]


def test_where_nobody_is_served_less_few_pages_show_a_mark():
    random = np.random.default_rng(1)
    wrong = np.mean([any(marks(*page([0.068] * 19, random))) for _ in range(1000)])
    assert wrong <= ALARM + 3 * np.sqrt(ALARM / 1000)


def test_without_a_correction_many_pages_would_show_one():
    random = np.random.default_rng(1)
    single = []
    for _ in range(200):
        x, n = page([0.068] * 19, random)
        single.append(any(fewer_than([a], [b], [x.sum()], [n.sum()])[0] for a, b in zip(x, n, strict=True)))
    assert np.mean(single) > 0.2


def test_a_group_served_half_as_often_is_marked():
    random = np.random.default_rng(2)
    found = [marks(*page([0.034] + [0.068] * 18, random)) for _ in range(100)]
    assert np.mean([one[0] for one in found]) > 0.7
    assert np.mean([any(one[1:]) for one in found]) < 0.06


def test_a_group_larger_than_everybody_by_a_rounding_is_no_error():
    assert fewer_than([100], [1005], [100], [1000]) == [False]
    assert fewer_than([], [], [], []) == []


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_the_order_of_groups_changes_no_mark(order):
    served, people = np.array([10, 60, 55]), np.array([500, 700, 650])
    found = marks(served[order], people[order])
    assert [found[order.index(at)] for at in range(3)] == marks(served, people)
