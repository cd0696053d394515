"""Tables of counts: what is shown of them never gives away what is hidden."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import NHS, PROFILES, release_cells
from pipelines.vocabulary import WhyHidden
from tests.pipelines.disclosure.tables import bounds_of_hidden, known_of, random_table, with_margins

#: Profile, base of rounding, greatest hidden count: as the rules are published.
RULES = [("nhs", 5, 7), ("opensafely", 5, 7), ("lt5", 1, 4)]

#: Research note of the project, section 8: the table whose two small cells are recovered exactly if they alone are hidden.
TABLE = [[12, 3, 20], [8, 9, 15], [30, 11, 2]]


def _shown(out):
    return {name: one.value for name, one in out.items() if one.value is not None}


def test_small_counts_are_held_back_zero_stays_and_the_rest_goes_to_the_nearest_five():
    out = release_cells({(str(n),): n for n in (0, 1, 7, 8, 12, 13, 62)})
    assert _shown(out) == {("0",): 0, ("8",): 10, ("12",): 10, ("13",): 15, ("62",): 60}
    assert {one.why_hidden for name, one in out.items() if name not in _shown(out)} == {WhyHidden.HELD}


def test_each_profile_hides_and_rounds_by_its_own_numbers():
    counts = {(str(n),): n for n in (0, 4, 5, 7, 8, 11)}
    shown = {name: _shown(release_cells(counts, profile=PROFILES[name])) for name in PROFILES}
    assert shown["nhs"] == {("0",): 0, ("8",): 10, ("11",): 10}
    assert shown["opensafely"] == {("8",): 10, ("11",): 10}
    assert shown["lt5"] == {("0",): 0, ("5",): 5, ("7",): 7, ("8",): 8, ("11",): 11}
    assert shown["none"] == counts


def test_what_is_left_of_a_whole_is_not_given_away_by_the_part():
    people = {("raised",): 55, ("measured",): 60}
    assert set(_shown(release_cells(people, [(("raised",), ("measured",))]))) == {("measured",)}
    assert set(_shown(release_cells(people))) == set(people)


@pytest.mark.parametrize(
    ("part", "whole", "is_shown"),
    [
        (0, 19, False),
        (19, 19, False),
        (12, 17, False),
        (0, 20, True),
        (20, 20, True),
        (10, 21, True),
        (0, 0, True),
    ],
)
def test_all_or_none_of_few_and_shares_of_few_are_held_back(part, whole, is_shown):
    out = release_cells({("part",): part, ("whole",): whole}, [(("part",), ("whole",))])
    assert (out["part",].value is not None) == is_shown


@pytest.mark.parametrize(("name", "base", "up_to"), RULES)
def test_the_known_table_keeps_eight_values_for_each_hidden_cell(name, base, up_to):
    cells, sums = with_margins(TABLE)
    out = release_cells(cells, (), sums, PROFILES[name])
    assert out["cell", "0", "1"].value is None
    assert out["cell", "2", "2"].value is None
    assert all(high - low + 1 >= 8 for low, high in bounds_of_hidden(out, sums, base, up_to).values())


def test_figures_to_the_nearest_five_need_fewer_further_cells_than_figures_as_they_are():
    cells, sums = with_margins(TABLE)
    n_shown = {name: len(_shown(release_cells(cells, (), sums, PROFILES[name]))) for name, *_ in RULES}
    assert n_shown["lt5"] < n_shown["nhs"]


def _narrowest(name, base, up_to, n_tables, seed):
    rng = np.random.default_rng(seed)
    widths = []
    for _ in range(n_tables):
        cells, sums = with_margins(random_table(rng))
        out = release_cells(cells, (), sums, PROFILES[name])
        for cell, (low, high) in bounds_of_hidden(out, sums, base, up_to).items():
            widths.append(high - low + 1)
            if (
                0 < cells[cell] <= up_to
            ):  # to somebody who knows the rule each count that it hides stays possible
                assert low <= 1
                assert high >= up_to
    return min(widths), len(widths)


@pytest.mark.parametrize(("name", "base", "up_to"), RULES)
def test_no_hidden_cell_of_random_tables_is_narrowed_to_fewer_than_eight_values(name, base, up_to):
    narrowest, n_hidden = _narrowest(name, base, up_to, 12, seed=6)
    assert n_hidden > 30
    assert narrowest >= 8


@pytest.mark.slow
@pytest.mark.parametrize(("name", "base", "up_to"), RULES)
def test_no_hidden_cell_of_500_random_tables_is_narrowed_to_fewer_than_eight_values(name, base, up_to):
    narrowest, n_hidden = _narrowest(name, base, up_to, 500, seed=2026)
    assert n_hidden > 1000
    assert narrowest >= 8


def test_without_the_audit_hidden_cells_of_random_tables_would_be_worked_out(monkeypatch):
    monkeypatch.setattr("pipelines.disclosure.cells._Table.protect", lambda table: None)
    with pytest.raises(AssertionError):
        _narrowest("nhs", 5, 7, 12, seed=6)


def test_what_belongs_to_no_part_of_a_sum_is_protected_like_a_cell():
    # Five belong to neither: 30 (28 to 32) less 10 and 10 (8 to 12 each) would leave 4 to 16, so 4 at least.
    cells = {("all",): 29, ("a",): 12, ("b",): 12}
    out = release_cells(cells, (), [(("all",), (("a",), ("b",)))])
    known = {name: (0.0, np.inf) if one.value is None else (one.low, one.high) for name, one in out.items()}
    low = known["all",][0] - known["a",][1] - known["b",][1]
    assert low <= 1


def test_a_figure_that_is_published_elsewhere_is_taken_into_account_and_left_alone():
    cells = {("all",): 21.0, ("a",): 18.0, ("b",): 3.0}
    sums = [(("all",), (("a",), ("b",)))]
    out = release_cells(cells, (), sums, known={("all",): (18.0, 22.0)})
    assert out["all",].value == 20
    assert out["b",].value is None
    assert out["a",].value is None  # 20 (18 to 22) of 18 to 22 would leave 0 to 4 for the other


def test_a_figure_that_is_published_elsewhere_is_hidden_here_where_it_is_small():
    out = release_cells({("all",): 3.0}, known={("all",): (3.0, 3.0)})
    assert out["all",].value is None


def test_a_relation_that_the_counts_contradict_teaches_nothing():
    cells = {("all",): 20.0, ("a",): 17.0, ("b",): 30.0}
    out = release_cells(cells, [(("b",), ("a",))], [(("all",), (("a",), ("b",))), (("all",), (("c",),))])
    assert _shown(out) == {("all",): 20, ("a",): 15, ("b",): 30}


def test_rates_and_lines_made_of_released_figures_tell_no_more_than_these():
    """A rate says which rounded figures it was made of, a pooled rate too: both are known already."""
    rng = np.random.default_rng(4)
    for _ in range(50):
        parts, wholes = rng.integers(8, 60, 4), rng.integers(60, 160, 4)
        cells = {("part", str(i)): float(n) for i, n in enumerate(parts)}
        cells |= {("whole", str(i)): float(n) for i, n in enumerate(wholes)}
        out = release_cells(cells, [(("part", str(i)), ("whole", str(i))) for i in range(4)])
        for i in range(4):
            part, whole = out["part", str(i)], out["whole", str(i)]
            if part.value is None:
                continue
            rate = part.value / whole.value
            behind = [
                (x, n)
                for x in range(int(part.low), int(part.high) + 1)
                for n in range(int(whole.low), int(whole.high) + 1)
                if NHS.rounded(np.array([x]))[0] / NHS.rounded(np.array([n]))[0] == rate
            ]
            assert {x for x, _ in behind} == set(range(int(part.low), int(part.high) + 1))


def test_the_bounds_of_a_shown_cell_are_those_of_the_printed_rule():
    for name, base, up_to in RULES:
        out = release_cells({(str(n),): n for n in range(60)}, profile=PROFILES[name])
        for one in out.values():
            if one.value is not None:
                assert (one.low, one.high) == known_of(one.value, base, up_to)


def test_the_same_table_is_released_the_same_whatever_order_its_cells_come_in():
    cells, sums = with_margins(random_table(np.random.default_rng(5)))
    other = release_cells(dict(reversed(cells.items())), (), sums[::-1])
    assert release_cells(cells, (), sums) == {name: other[name] for name in cells}
