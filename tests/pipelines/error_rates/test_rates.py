"""The kept error rates: printed as kept, within the project's limits, and what a new count gives."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from pipelines.error_rates import counting
from pipelines.error_rates.counting import OTHERS, SEED, Cell, cells, sample_tallies, tallies, tally
from pipelines.error_rates.tables import BEGIN, END, between_marks, of, read_rates, share
from pipelines.error_rates.truths import CHANCE, FOUND, HARD, HARDEST, LENGTHS, TRUTHS
from pipelines.learning import VERDICT_VERSION
from pipelines.measures import read_measures

PROJECT = Path(__file__).parents[3]
METHOD = PROJECT / "docs" / "method.md"
RATES = read_rates()
TRIALS = RATES["trials"]
MEASURES = {measure.measure_id: measure for measure in read_measures(PROJECT / "data" / "measures")}


def rate(truth, weeks, step):
    return share(of(TRIALS, truth=truth.name, weeks=weeks, step=step), "right" if step else "wrong")


def test_the_method_page_prints_what_is_kept():
    page = METHOD.read_text(encoding="utf-8")
    assert between_marks(RATES, page) == page


def test_the_tables_go_between_the_marks_and_nothing_else_moves():
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    printed = between_marks(RATES, page)
    assert printed.startswith(f"before\n{BEGIN}\n\n**What is planted**")
    assert printed.endswith(f"|\n\n{END}\nafter\n")
    assert between_marks(RATES, printed) == printed
    with pytest.raises(ValueError, match="unpack"):
        between_marks(RATES, "no marks")


def test_the_rates_are_those_of_the_rules_in_use():
    assert RATES["verdict_version"] == VERDICT_VERSION


def test_every_cell_was_counted_in_full():
    told = {(row["truth"], row["numbers"], row["weeks"], row["step"]): row["runs"] for row in TRIALS}
    assert len(told) == len(TRIALS) == len(cells())
    for cell in cells():
        names = (TRUTHS[cell.truth].name, counting.NUMBERS[cell.numbers].name, cell.weeks, cell.step)
        assert told[names] == cell.runs
    for truth, weeks in itertools.product(TRUTHS, LENGTHS):
        assert sum(row["runs"] for row in of(TRIALS, truth=truth.name, weeks=weeks, step=0)) >= OTHERS[0] - 3


# The project's own limits: each is told in docs/method.md, and so is every cell that does not meet it.


@pytest.mark.parametrize("weeks", LENGTHS)
@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)
def test_a_change_is_seldom_claimed_where_there_is_none(truth, weeks):
    assert truth.most in (CHANCE, HARD, HARDEST)
    assert rate(truth, weeks, 0) <= truth.most


@pytest.mark.parametrize("weeks", LENGTHS)
def test_a_large_change_is_found_with_a_year_of_history(weeks):
    assert rate(TRUTHS[0], weeks, 2) >= FOUND


def test_no_more_is_found_than_any_rule_could_find():
    """Four standard errors of the count and one in a hundred of the bound, which is known from 4,000 series."""
    for row in RATES["bounds"]:
        rows = of(TRIALS, truth=row["truth"], weeks=row["weeks"], step=2)
        found, runs = share(rows, "right"), sum(one["runs"] for one in rows)
        assert found <= row["most"] + 0.01 + 4 * np.sqrt(found * (1 - found) / runs)


def test_a_large_change_is_all_but_never_taken_for_its_opposite():
    large = of(TRIALS, step=2)
    assert share(large, "wrong") < 0.001


def test_more_weeks_find_more():
    for step in (1, 2):
        found = [rate(TRUTHS[0], weeks, step) for weeks in LENGTHS]
        assert found == sorted(found)


# A new count.


def test_the_same_cell_gives_the_same_tally_and_a_longer_one_begins_with_it(monkeypatch):
    few = tally(Cell(0, 3, 8, 2, 12))
    assert tally(Cell(0, 3, 8, 2, 12)) == few
    assert few["right"] >= 8
    monkeypatch.setattr(counting, "SEED", SEED + 1)
    assert tally(Cell(0, 3, 8, 2, 12)) != few or tally(Cell(0, 3, 8, 1, 12)) != few


def test_a_count_goes_on_from_the_tallies_that_it_has(monkeypatch):
    monkeypatch.setattr(counting, "cells", lambda share: [Cell(0, 0, 4, 0, 3), Cell(0, 3, 4, 0, 3)])
    first, second = tallies(1.0, 1)
    known = [first | {"wrong": 99}, second | {"runs": 4}]
    assert list(tallies(1.0, 1, known)) == [known[0], second]


def test_kept_rates_are_read_as_they_were_written(tmp_path, monkeypatch):
    from pipelines.error_rates import tables

    monkeypatch.setattr(tables, "KEPT", tmp_path / "rates.json")
    tables.write_rates(RATES)
    assert tables.read_rates() == RATES
    assert json.loads((tmp_path / "rates.json").read_text(encoding="utf-8")) == RATES


@pytest.mark.slow
def test_a_new_count_of_a_tenth_agrees_with_what_is_kept():
    """The first tenth of the seeds: what is kept strays from it by at most four standard errors."""
    new = list(tallies(0.1, 2))
    for truth, weeks, step in itertools.product(TRUTHS, LENGTHS, (0, 1, 2)):
        what = "right" if step else "wrong"
        pair = [of(rows, truth=truth.name, weeks=weeks, step=step) for rows in (TRIALS, new)]
        if not pair[0]:
            continue  # steps of 1 SD are tried with chance alone
        runs = [sum(row["runs"] for row in rows) for rows in pair]
        kept, found = (share(rows, what) for rows in pair)
        error = np.sqrt(max(kept * (1 - kept), 0.01) * sum(1 / n for n in runs))
        assert abs(kept - found) <= 4 * error, (truth.name, weeks, step)


@pytest.mark.slow
def test_a_new_count_of_the_sample_agrees_with_what_is_kept():
    kept = {row["kind"]: row for row in RATES["sample"]}
    for row in sample_tallies(20, MEASURES):
        whole = kept[row["kind"]]["acceptable"] / kept[row["kind"]]["cycles"]
        error = np.sqrt(max(whole * (1 - whole), 0.01) / row["cycles"])
        assert abs(row["acceptable"] / row["cycles"] - whole) <= 4 * error, row["kind"]
