"""Releases one after another: what changed between two of them tells of nobody."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import NHS, PROFILES, Ledger, audit, release_cells
from pipelines.disclosure.ledger import Earlier
from tests.pipelines.disclosure.tables import known_of, with_margins

RULES = [("nhs", 5, 7), ("opensafely", 5, 7), ("lt5", 1, 4)]


def _released(ledger, count, profile=NHS):
    return release_cells({("a",): float(count)}, profile=profile, ledger=ledger)["a",].value


def test_a_figure_stays_as_it_was_shown_until_it_has_changed_by_eight_or_more():
    ledger = Ledger()
    assert _released(ledger, 40) == 40
    assert [_released(ledger, n) for n in (41, 44, 47, 33, 49)] == [40, 40, 40, 40, 40]
    assert _released(ledger, 50) == 50  # 8 more than the 42 that it may have been at most


def test_a_figure_that_shrinks_to_a_small_one_is_not_told_by_its_fall():
    ledger = Ledger()
    assert _released(ledger, 12) == 10
    assert _released(ledger, 5) == 10
    other = Ledger()
    assert _released(other, 62) == 60
    assert _released(other, 5) is None


def test_what_was_held_back_stays_so():
    ledger = Ledger()
    assert [_released(ledger, n) for n in (3, 90, 0)] == [None, None, None]


def test_a_figure_of_a_looser_profile_is_not_repeated_by_a_stricter_one():
    ledger = Ledger()
    assert _released(ledger, 6, PROFILES["lt5"]) == 6
    assert _released(ledger, 6) is None


def test_a_stricter_profile_does_not_let_a_looser_one_tell_what_it_held_back():
    ledger = Ledger()
    assert _released(ledger, 6) is None
    assert _released(ledger, 6, PROFILES["lt5"]) is None


def test_the_same_input_is_released_the_same_again():
    cells, sums = with_margins([[12, 3, 20], [8, 9, 15], [30, 11, 2]])
    ledger = Ledger()
    first = release_cells(cells, (), sums, ledger=ledger)
    text = ledger.to_text()
    assert release_cells(cells, (), sums, ledger=Ledger.from_text(text)) == first
    again = Ledger.from_text(text)
    release_cells(cells, (), sums, ledger=again)
    assert again.to_text() == text


def test_what_was_told_of_some_figures_is_not_changed_by_a_release_of_others():
    cells, sums = with_margins([[12, 3, 20], [8, 9, 15], [30, 11, 2]])
    ledger = Ledger()
    assert ledger.told_of(cells) == [[], [], []]
    release_cells(cells, (), sums, ledger=ledger)
    told = ledger.told_of(cells)
    assert [len(part) > 0 for part in told] == [True, True, True]
    _released(ledger, 40)
    assert ledger.told_of(cells) == told
    assert Ledger.from_text(ledger.to_text()).told_of(cells) == told
    release_cells({name: 2 * count for name, count in cells.items()}, (), sums, ledger=ledger)
    assert ledger.told_of(cells) != told


def test_a_figure_that_hid_another_does_not_come_back_and_give_it_away():
    cells = {("all",): 29.0, ("a",): 22.0, ("b",): 7.0}
    sums = [(("all",), (("a",), ("b",)))]
    ledger = Ledger()
    first = release_cells(cells, (), sums, ledger=ledger)
    assert {name for name, one in first.items() if one.value is None} == {("a",), ("b",)}
    grown = {("all",): 89.0, ("a",): 22.0, ("b",): 67.0}
    assert release_cells(grown, (), sums)["a",].value == 20
    assert release_cells(grown, (), sums, ledger=ledger)["a",].value is None


def test_two_roundings_of_a_total_do_not_close_in_on_what_is_hidden():
    # 3 of 17 + 3 = 20 (18 to 22), and once 17 is 62 and 20 is 65: the two differences leave 0 to 9 together, not less.
    sums = [(("all",), (("a",), ("b",)))]
    ledger = Ledger()
    one = release_cells({("all",): 20.0, ("a",): 15.0, ("b",): 5.0}, (), sums, ledger=ledger)
    two = release_cells({("all",): 67.0, ("a",): 62.0, ("b",): 5.0}, (), sums, ledger=ledger)
    widths = []
    for out in (one, two):
        shown = {
            name: (0.0, np.inf) if cell.value is None else (cell.low, cell.high) for name, cell in out.items()
        }
        widths.append((shown["all",][0] - shown["a",][1], shown["all",][1] - shown["a",][0]))
    low, high = max(0, *(low for low, _ in widths)), min(high for _, high in widths)
    assert high - low + 1 >= 8


def test_the_ledger_holds_nothing_that_was_not_released():
    cells, sums = with_margins([[13, 3, 21], [8, 9, 16], [31, 11, 2]])
    ledger = Ledger()
    out = release_cells(cells, (), sums, ledger=ledger)
    assert set(ledger.standing) == set(out)
    assert ledger.shown
    for name, one in ledger.standing.items():
        assert one.value == out[name].value
        assert (one.low, one.high) == ((0, np.inf) if one.value is None else known_of(one.value, 5, 7))
    for interval in ledger.shown.values():
        assert interval == (0, np.inf) or interval in {(one.low, one.high) for one in out.values()}


@pytest.mark.parametrize(
    "line", ['{"figure": 3}', "{}", "[]", "not json", '{"series": "a", "period": "century"}']
)
def test_a_damaged_ledger_is_told_by_its_line(line):
    good = Ledger({("a",): Earlier(10.0, 8.0, 12.0, 1)}).to_text()
    with pytest.raises(ValueError, match="Line 2 of the ledger"):
        Ledger.from_text(good + line + "\n")


def _changed(table, rng, hidden):
    """Correct a few figures that are shown; what is held back is left as it is."""
    table = table.copy()
    for _ in range(rng.integers(0, 4)):
        place = tuple(int(rng.integers(n)) for n in table.shape)
        if ("cell", *map(str, place)) not in hidden:
            table[place] = max(0, table[place] + rng.choice([-2, -1, 1, 2, 3, 10, 25]))
    return table


def _narrowest_after(name, base, up_to, n_releases, seed):
    """Return the fewest values left by all releases together to an attacker who knows when each figure changed."""
    rng = np.random.default_rng(seed)
    table = rng.poisson(12 * rng.lognormal(0, 0.8, (3, 4)))
    text, known, relations, turn, last, hidden, n_anew = "", {}, {}, {}, {}, set(), 0
    before = {}
    for _ in range(n_releases):
        table = _changed(table, rng, hidden)
        cells, sums = with_margins(table)
        ledger = Ledger.from_text(text)
        out = release_cells(cells, (), sums, PROFILES[name], ledger)
        text = ledger.to_text()
        for cell, count in cells.items():
            turn[cell] = turn.get(cell, 0) + (last.get(cell) != count)
        last = cells
        told = {cell: (*cell, str(turn[cell])) for cell in cells}
        for cell, one in out.items():
            low, high = known.get(told[cell], (0.0, np.inf))
            if one.value is not None:
                by_rule = known_of(one.value, base, up_to)
                is_so = (
                    by_rule[0] <= cells[cell] <= by_rule[1]
                )  # else it is repeated: within seven of what it was
                now = by_rule if is_so else (max(0.0, by_rule[0] - 7), by_rule[1] + 7)
                low, high = max(low, now[0]), min(high, now[1])
                n_anew += before.get(cell) not in (None, one.value)
            known[told[cell]] = (low, high)
            before[cell] = one.value
        relations |= {(told[total], tuple(told[part] for part in parts)): None for total, parts in sums}
        hidden = {cell for cell, one in out.items() if one.value is None}
    held = [told[cell] for cell in hidden if np.isinf(known[told[cell]][1])]
    widths = [high - low + 1 for low, high in audit(known, list(relations), of=held).values()]
    return min(widths, default=np.inf), len(widths), n_anew


@pytest.mark.parametrize(("name", "base", "up_to"), RULES)
def test_successive_releases_together_leave_eight_values(name, base, up_to):
    narrowest, n_held, n_anew = _narrowest_after(name, base, up_to, 8, seed=3)
    assert n_held >= 2
    assert n_anew >= 2
    assert narrowest >= 8


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("name", "base", "up_to"), RULES)
def test_fifty_successive_releases_together_leave_eight_values(name, base, up_to, seed):
    narrowest, _, n_anew = _narrowest_after(name, base, up_to, 50, seed)
    assert n_anew >= 10
    assert narrowest >= 8


def test_without_the_ledger_successive_releases_would_close_in_on_what_is_hidden(monkeypatch):
    monkeypatch.setattr("pipelines.disclosure.ledger.Ledger.stands", lambda *_: None)
    monkeypatch.setattr("pipelines.disclosure.ledger.Ledger.before", lambda *_: ({}, []))
    found = [_narrowest_after("nhs", 5, 7, 8, seed)[0] for seed in range(6)]
    assert min(found) < 8
