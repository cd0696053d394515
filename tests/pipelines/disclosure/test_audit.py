"""How far an outsider can narrow a hidden figure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure.audit import audit, propagate

TABLE = np.array([[12, 3, 20], [8, 9, 15], [30, 11, 2]])


def _with_margins(table, hidden):
    """Return what is published of a table with exact margins, some cells hidden."""
    cells = {(i, j): (0, np.inf) if (i, j) in hidden else (n, n) for (i, j), n in np.ndenumerate(table)}
    sums = []
    for axis, margins in ((0, table.sum(axis=1)), (1, table.sum(axis=0))):
        for i, n in enumerate(margins):
            cells["margin", axis, i] = (n, n)
            parts = [(i, j) if axis == 0 else (j, i) for j in range(table.shape[1 - axis])]
            sums.append((("margin", axis, i), tuple(parts)))
    return cells, sums


def test_two_hidden_cells_alone_in_their_rows_are_recovered_exactly():
    cells, sums = _with_margins(TABLE, {(0, 1), (2, 2)})
    assert audit(cells, sums) == {(0, 1): (3, 3), (2, 2): (2, 2)}


def test_a_hidden_rectangle_keeps_wide_spans():
    cells, sums = _with_margins(TABLE, {(0, 1), (0, 2), (2, 1), (2, 2)})
    assert audit(cells, sums) == {(0, 1): (1, 14), (0, 2): (9, 22), (2, 1): (0, 13), (2, 2): (0, 13)}


def test_a_cell_that_nothing_bounds_stays_unbounded():
    assert audit({"a": (0, np.inf), "b": (8, 12)}, []) == {"a": (0, np.inf), "b": (8, 12)}


def test_figures_that_contradict_one_another_are_refused():
    with pytest.raises(ValueError, match="No table agrees"):
        audit({"n": (10, 10), "x": (8, 8), "y": (1, 1)}, [("n", ("x", "y"))], of=["n"])


def test_a_sum_that_contradicts_what_is_known_teaches_the_quick_audit_nothing():
    cells = {"n": (10, 10), "x": (20, 20), "y": (0, 5)}
    assert propagate(cells, [("n", ("x", "y"))]) == cells


@given(
    table=st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=3),
    hide=st.lists(st.booleans(), min_size=9, max_size=9),
)
@settings(max_examples=40, deadline=None)
def test_the_truth_lies_within_the_exact_bounds_and_those_within_the_quick_ones(table, hide):
    table = np.array(table)
    hidden = {place for place, flag in zip(np.ndindex(table.shape), hide, strict=False) if flag}
    cells, sums = _with_margins(table, hidden)
    exact, quick = audit(cells, sums, of=hidden), propagate(cells, sums)
    for place in hidden:
        assert quick[place][0] <= exact[place][0] <= table[place] <= exact[place][1] <= quick[place][1]
