"""Indices on the areas of 2011 come over to those of 2021 by the change table alone, as a slow plain reading says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import fields

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.mart import new_database, run_sql
from pipelines.sources.areas.types import Deprivation, SmallAreaChange, SmallAreaResidents

COLUMNS = "edition, lsoa_code, domain, score, rank, decile, change, n_old"


TABLES = ("deprivation", "small_area_change", "small_area_residents", "deprivation_2021")


@pytest.fixture(scope="module")
def run():
    """Return a function that writes rows of areas and returns deprivation_2021, by edition, small area and domain."""
    with new_database() as connection:

        def written(rows):
            for table in TABLES:
                connection.execute(f"DELETE FROM {table}")
            for row_type in dict.fromkeys(type(row) for row in rows):
                names = [field.name for field in fields(row_type)]
                frame = pa.Table.from_pylist(
                    [{name: getattr(row, name) for name in names} for row in rows if type(row) is row_type]
                )
                connection.register("rows_to_add", frame)
                connection.execute(f'INSERT INTO "{row_type.TABLE}" BY NAME FROM rows_to_add')
                connection.unregister("rows_to_add")
            run_sql(connection, "deprivation_2021")
            found = connection.execute(f"SELECT {COLUMNS} FROM deprivation_2021").fetchall()
            return {row[:3]: row[3:] for row in found}

        yield written


def figure(code, score=None, rank=None, decile=None, edition=2019, vintage=2011, domain="imd", **more):
    return Deprivation(
        edition,
        code,
        vintage,
        domain,
        score,
        rank,
        decile,
        None,
        more.get("released_on"),
        more.get("load_id", "a"),
        2,
    )


def change(old, new, letter):
    return SmallAreaChange(old, new, letter, None, None, "a", 2)


def people(code, residents, year=2015):
    return SmallAreaResidents(code, 2011, dt.date(year, 6, 30), residents, None, None, "a", 2)


def test_an_unchanged_area_keeps_its_figures(run):
    found = run([change("A", "A", "U"), figure("A", 21.5, 900, 3)])
    assert found[2019, "A", "imd"] == (21.5, 900, 3, "U", 1)


def test_each_part_of_a_split_area_has_the_figures_of_the_area_it_was_part_of(run):
    found = run([change("A", "B", "S"), change("A", "C", "S"), figure("A", 21.5, 900, 3)])
    assert found[2019, "B", "imd"] == found[2019, "C", "imd"] == (21.5, 900, 3, "S", 1)


def test_a_merged_area_has_a_score_weighted_by_residents_and_neither_rank_nor_decile(run):
    rows = [
        change("A", "C", "M"),
        change("B", "C", "M"),
        figure("A", 10.0, 9000, 3),
        figure("B", 40.0, 100, 1),
    ]
    found = run([*rows, people("A", 1000), people("B", 3000)])
    score, rank, decile, kind, n_old = found[2019, "C", "imd"]
    assert score == pytest.approx((10 * 1000 + 40 * 3000) / 4000)
    assert (rank, decile, kind, n_old) == (None, None, "M", 2)


@pytest.mark.parametrize("left_out", ["people", "score", "figure"])
def test_a_merged_area_has_no_score_where_anything_of_a_part_is_not_known(run, left_out):
    rows = [change("A", "C", "M"), change("B", "C", "M"), figure("A", 10.0, 9000, 3), people("A", 1000)]
    rows += [] if left_out == "figure" else [figure("B", None if left_out == "score" else 40.0, 100, 1)]
    rows += [] if left_out == "people" else [people("B", 3000)]
    assert run(rows)[2019, "C", "imd"][:3] == (None, None, None)


def test_merged_areas_are_weighted_by_their_latest_count(run):
    rows = [change("A", "C", "M"), change("B", "C", "M"), figure("A", 10.0), figure("B", 40.0)]
    found = run([*rows, people("A", 9, 2012), people("B", 1, 2012), people("A", 1), people("B", 1)])
    assert found[2019, "C", "imd"][0] == pytest.approx(25)


def test_nothing_comes_over_to_an_irregular_area(run):
    rows = [
        change("A", "C", "X"),
        change("B", "C", "X"),
        change("B", "D", "X"),
        figure("A", 1.0, 1, 1),
        figure("B", 2.0, 2, 1),
    ]
    found = run([*rows, people("A", 5), people("B", 5)])
    assert found[2019, "C", "imd"] == (None, None, None, "X", 2)
    assert found[2019, "D", "imd"] == (None, None, None, "X", 1)


def test_a_change_table_that_contradicts_itself_brings_nothing_over(run):
    rows = [change("A", "C", "U"), change("B", "C", "M"), figure("A", 1.0, 1, 1), figure("B", 2.0, 2, 1)]
    assert run([*rows, people("A", 5), people("B", 5)])[2019, "C", "imd"] == (None, None, None, "X", 2)


def test_without_the_change_table_nothing_comes_over(run):
    assert run([figure("A", 21.5, 900, 3)]) == {}


def test_what_stands_on_the_areas_of_2021_is_taken_as_it_is(run):
    found = run(
        [figure("A", -1.5, 900, 3, edition=2025, vintage=2021, domain="crime"), change("A", "A", "U")]
    )
    assert found == {(2025, "A", "crime"): (-1.5, 900, 3, None, 1)}


def test_a_figure_loaded_twice_is_taken_from_the_file_released_last(run):
    old = figure("A", 1.0, edition=2025, vintage=2021, released_on=dt.date(2025, 1, 1), load_id="a")
    new = figure("A", 2.0, edition=2025, vintage=2021, released_on=dt.date(2025, 2, 1), load_id="b")
    assert run([new, old])[2025, "A", "imd"][0] == 2.0


def twin(changes, figures, weights):
    """The same by plain loops: new area -> score, rank, decile, kind, number of old areas."""
    made_of = defaultdict(list)
    for old, new, letter in changes:
        made_of[new].append((old, letter))
    out = {}
    for new, parts in made_of.items():
        letters = {letter for _, letter in parts}
        known = [old for old, _ in parts if old in figures]
        if not known:
            continue
        if len(parts) == 1 and letters <= {"U", "S"}:
            out[new] = (*figures[known[0]], letters.pop(), 1)
        elif letters == {"M"}:
            whole = all(old in figures and figures[old][0] is not None and old in weights for old, _ in parts)
            total = sum(weights[old] for old, _ in parts) if whole else 0
            score = sum(figures[old][0] * weights[old] for old, _ in parts) / total if total else None
            out[new] = (score, None, None, "M", len(parts))
        else:
            out[new] = (None, None, None, "X", len(parts))
    return out


OLD, NEW = st.sampled_from(["O1", "O2", "O3", "O4"]), st.sampled_from(["N1", "N2", "N3"])
FIGURES = st.dictionaries(
    OLD,
    st.tuples(
        st.none() | st.floats(-5, 90).map(lambda x: round(x, 3)), st.integers(1, 32_844), st.integers(1, 10)
    ),
)


@given(
    st.dictionaries(st.tuples(OLD, NEW), st.sampled_from("USMX"), max_size=8),
    FIGURES,
    st.dictionaries(OLD, st.integers(0, 4000)),
)
def test_sql_and_plain_loops_agree_on_any_change_table(run, letters, figures, weights):
    changes = [(old, new, letter) for (old, new), letter in letters.items()]
    rows = [change(*one) for one in changes] + [figure(code, *one) for code, one in figures.items()]
    found = run(rows + [people(code, count) for code, count in weights.items()])
    expected = twin(changes, figures, weights)
    assert set(found) == {(2019, new, "imd") for new in expected}
    for new, values in expected.items():
        assert found[2019, new, "imd"][1:] == values[1:]
        assert found[2019, new, "imd"][0] == (None if values[0] is None else pytest.approx(values[0]))
