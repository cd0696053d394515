"""Many series in one call: each is charted as if it were alone, whatever stands beside it and in whatever order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.errors import ChartError
from pipelines.spc import chart, chart_many

nan = np.nan
KINDS = ("run", "i", "mr", "ip", "xbar", "s", "t", "g", "c", "u", "up", "p", "pp")
WITH_N = ("u", "up", "p", "pp")
WITH_DISPERSION = ("c", "u", "up", "p", "pp")
FEW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
IDS = ("word", "number", "date", "category", "mixed case")
DATES = ("number", "fraction", "date", "word", "category")


# Frames of many series --------------------------------------------------------------------------------------------


def frame_of(
    kind: str, seed: int, *, ids: str = "word", x: str = "number", n_series: int = 6
) -> pd.DataFrame:
    """Return a long frame of series of all lengths, rows shuffled: series, x, y, n, baseline, excluded, target."""
    random = np.random.default_rng(seed)
    parts = [_series(kind, random, number) for number in range(n_series)]
    frame = pd.concat(parts, ignore_index=True)
    frame["series"], frame["x"] = _names(frame["series"], ids), _dates(frame["x"], x)
    if kind not in WITH_N and random.random() < 0.5:
        frame = frame.drop(columns="n")
    return frame.sample(frac=1, random_state=seed)


def _series(kind: str, random: np.random.Generator, number: int) -> pd.DataFrame:
    n_points = int(random.choice([1, 2, 5, 12, 13, 24, 47]))
    sizes = random.integers(1, 6, n_points) if kind in ("xbar", "s") or random.random() < 0.3 else 1
    place = np.repeat(np.arange(n_points), sizes)
    n = random.choice(
        [random.integers(20, 90, place.size), np.full(place.size, 50), random.integers(0, 4, place.size)]
    )
    y = _values(kind, random, n) + (3 * (place > 15) if random.random() < 0.4 else 0)
    if kind in ("p", "pp"):
        y = np.minimum(y, n)
    is_missing = random.random(place.size) < random.choice([0, 0.1, 1], p=[0.5, 0.4, 0.1])
    return pd.DataFrame(
        {
            "series": number,
            "x": place * 2,
            "y": np.where(is_missing, nan, y),
            "n": np.where(random.random(place.size) < 0.03, nan, n),
            "baseline": random.random(place.size) < random.choice([0.0, 0.6, 1.0]),
            "excluded": random.random(place.size) < 0.1,
            "target": np.where(place > 3, 4.0 + place // 10, nan),
        }
    )


def _values(kind: str, random: np.random.Generator, n: np.ndarray) -> np.ndarray:
    if kind == "t":
        return random.exponential(40, n.size) + 0.1
    if kind in ("g", "c", *WITH_N):
        return random.choice([random.poisson(9, n.size), random.integers(0, 3, n.size), np.zeros(n.size)])
    return random.choice(
        [random.normal(50, 8, n.size).round(1), random.integers(-3, 4, n.size), np.full(n.size, 7)]
    )


def _names(numbers: pd.Series, ids: str) -> pd.Series:
    words = numbers.map(lambda one: f"{'zyx'[one % 3]} measure {one}")
    return {
        "word": words,
        "number": 100 - numbers,
        "date": pd.Timestamp("2024-01-01") - pd.to_timedelta(numbers, unit="D"),
        "category": words.astype(pd.CategoricalDtype(sorted(set(words), reverse=True))),
        "mixed case": words.map(lambda one: one.upper() if one < "y" else one).astype("str"),
    }[ids]


def _dates(places: pd.Series, x: str) -> pd.Series:
    words = places.map(lambda one: f"ward {one:03}")
    return {
        "number": places,
        "fraction": places.where(places != 6).astype(float),  # the fourth point of each series has no x
        "date": (pd.Timestamp("2024-01-01") + pd.to_timedelta(places, unit="D")).where(places != 8),
        "word": words,
        "category": words.astype("category"),
    }[x]


#: Ways to ask; a word stands for the column of that name, of which each series gets its own part.
WAYS: list[dict[str, Any]] = [
    {},
    {"phases": [13, 30], "better": "up", "target": "target"},
    {"baseline": 12, "screen": True, "better": "down", "target": 4.0},
    {"baseline": "baseline", "phases": [6], "factor": 3 / 1.128},
    {"excluded": "excluded", "rules": "anhoej", "multiply": 100},
    {"excluded": "excluded", "baseline": "baseline", "rules": "ihi", "target": "target", "better": "up"},
    {"baseline": 5, "phases": [20], "rules": "anhoej-bestbox"},
    {"centre_line": 0.5, "rules": "mdc", "better": "up", "target": 100.0},
    {"rules": "anhoej-cutbox", "phases": [1, 2, 40]},
]


def asked(way: dict[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    """Return the options of a way to ask, columns taken from these rows."""
    return {
        name: rows[given].to_numpy()
        if name != "rules" and isinstance(given, str) and given in rows
        else given
        for name, given in way.items()
        if not (name == "better" and given is None)
    }


def one_by_one(frame: pd.DataFrame, kind: str, way: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `chart` gives on each series, in order of first appearance."""
    points, summaries = [], []
    for series in frame["series"].unique():
        rows = frame[frame["series"] == series]
        alone = chart(rows["y"], rows.get("n"), x=rows["x"], kind=kind, **asked(way, rows))
        for parts, table in ((points, alone.to_frame()), (summaries, alone.summary())):
            table.insert(0, "series", series)
            parts.append(table)
    return points, summaries


def assert_each_equals_its_own_chart(frame: pd.DataFrame, kind: str, way: dict[str, Any]) -> None:
    before = frame.copy(deep=True)
    points, summaries = chart_many(frame, kind=kind, **asked(way, frame))
    pd.testing.assert_frame_equal(frame, before)
    for together, alone in zip((points, summaries), one_by_one(frame, kind, way), strict=True):
        assert together.columns.tolist() == alone[0].columns.tolist()
        assert together["series"].drop_duplicates().tolist() == frame["series"].drop_duplicates().tolist()
        assert together.index.tolist() == list(range(len(together)))
        for part in alone:
            mine = together[together["series"] == part["series"].iloc[0]] if len(part) else part
            assert_same(mine.drop(columns="series"), part.drop(columns="series"))


def assert_same(mine: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """Compare two tables: dispersion, which `chart` takes from a GLM, to 1e-6, other numbers to 1e-9, words outright."""
    loose = [name for name in ("dispersion",) if name in mine]
    mine, theirs = mine.reset_index(drop=True), theirs.reset_index(drop=True)
    for columns, relative in ((mine.columns.difference(loose, sort=False), 1e-9), (loose, 1e-6)):
        pd.testing.assert_frame_equal(mine[columns], theirs[columns], rtol=relative, atol=1e-11)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(
    seed=st.integers(0, 10**6),
    ids=st.sampled_from(IDS),
    x=st.sampled_from(DATES),
    way=st.sampled_from(WAYS),
)
@example(seed=1, ids="word", x="number", way={})
def test_every_series_of_a_frame_is_charted_as_if_it_were_alone(kind, seed, ids, x, way):
    assert_each_equals_its_own_chart(frame_of(kind, seed, ids=ids, x=x), kind, way)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@MANY
@given(
    seed=st.integers(0, 10**6),
    ids=st.sampled_from(IDS),
    x=st.sampled_from(DATES),
    way=st.sampled_from(WAYS),
)
def test_every_series_of_many_more_frames_is_charted_as_if_it_were_alone(kind, seed, ids, x, way):
    assert_each_equals_its_own_chart(frame_of(kind, seed, ids=ids, x=x, n_series=12), kind, way)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: ", ".join(way) or "plain")
@pytest.mark.parametrize("kind", ["i", "pp"])
def test_every_way_of_asking_holds_in_each_series(kind, way):
    assert_each_equals_its_own_chart(frame_of(kind, seed=7), kind, way)


def test_a_row_without_a_series_is_refused():
    with pytest.raises(ChartError, match="series"):
        chart_many(plain().assign(series=["s", None] * 21), kind="i")


# Dispersion -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WITH_DISPERSION)
def test_dispersion_is_pearsons_of_the_glm_that_statsmodels_fits(kind):
    import statsmodels.api as sm

    random = np.random.default_rng(11)
    parts = []
    for series in range(20):
        n = random.integers(40, 400, 24).astype(float)
        y = random.binomial(n.astype(int), random.uniform(0.1, 0.6))
        parts.append(pd.DataFrame({"series": series, "x": range(24), "y": y, "n": n}))
    frame = pd.concat(parts, ignore_index=True)
    _, summaries = chart_many(frame, kind=kind)
    for series, rows in frame.groupby("series"):
        y, n = rows["y"].to_numpy(float), rows["n"].to_numpy()
        if kind in ("p", "pp"):
            model = sm.GLM(np.column_stack([y, n - y]), np.ones(24), family=sm.families.Binomial())
        else:
            exposure = None if kind == "c" else n
            model = sm.GLM(y, np.ones(24), family=sm.families.Poisson(), exposure=exposure)
        found = summaries.loc[summaries["series"] == series, "dispersion"].iloc[0]
        assert found == pytest.approx(model.fit().pearson_chi2 / 23, rel=1e-6)


# The frame --------------------------------------------------------------------------------------------------------


def plain(n_series: int = 3, n_points: int = 14) -> pd.DataFrame:
    random = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "series": np.repeat([f"s{number}" for number in range(n_series)], n_points),
            "x": np.tile(np.arange(n_points), n_series),
            "y": random.normal(20, 3, n_series * n_points),
        }
    )


def test_series_come_in_order_of_first_appearance_and_points_in_order_of_x():
    frame = pd.DataFrame({"series": ["b", "a", "b", "c", "a"], "x": [3, 9, 1, 5, 2], "y": [1.0, 2, 3, 4, 5]})
    points, summaries = chart_many(frame, kind="i")
    assert points[["series", "x", "value"]].to_numpy().tolist() == [
        ["b", 1, 3.0],
        ["b", 3, 1.0],
        ["a", 2, 5.0],
        ["a", 9, 2.0],
        ["c", 5, 4.0],
    ]
    assert summaries["series"].tolist() == ["b", "a", "c"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_larger_than_one_block_equals_its_pieces(kind):
    random = np.random.default_rng(2)
    n_series, n_points = 3_000, 100
    n = random.integers(20, 200, n_series * n_points).astype(float)
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.arange(n_series), n_points),
            "x": np.tile(np.arange(n_points), n_series),
            "y": random.binomial(n.astype(int), 0.4) + 1.0,
            "n": n,
        }
    )
    if kind not in WITH_N:
        frame = frame.drop(columns="n")
    whole = chart_many(frame, kind=kind, phases=[40], better="up", target=30)
    for first, last in ((0, 1), (1_234, 1_300), (2_999, 3_000)):
        piece = frame[frame["series"].between(first, last - 1)]
        for table, of_piece in zip(
            whole, chart_many(piece, kind=kind, phases=[40], better="up", target=30), strict=True
        ):
            cut = table[table["series"].between(first, last - 1)].reset_index(drop=True)
            pd.testing.assert_frame_equal(cut, of_piece, rtol=1e-12)


@pytest.mark.parametrize("block", [1, 20, 50])
@pytest.mark.parametrize("phases", [[], [3, 9]])
def test_how_many_points_are_computed_at_a_time_does_not_matter(monkeypatch, block, phases):
    frame = frame_of("p", seed=12, n_series=12)
    frame["x"] = frame["x"].where(frame["series"].str[0] != "y").astype(float)  # some series have no point
    asked_for = {"kind": "p", "phases": phases, "baseline": 9, "target": 0.5, "better": "up"}
    at_once = chart_many(frame, **asked_for)
    monkeypatch.setattr("pipelines.spc.many.BLOCK", block)
    for one, other in zip(at_once, chart_many(frame, **asked_for), strict=True):
        pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_frame_gives_empty_tables_with_all_their_columns(kind):
    full = frame_of(kind, seed=1)
    filled = chart_many(full, kind=kind)
    empty = chart_many(full.iloc[:0], kind=kind)
    for one, other in zip(empty, filled, strict=True):
        assert len(one) == 0
        assert one.columns.tolist() == other.columns.tolist()


def test_the_frame_given_is_never_changed():
    frame = frame_of("p", seed=4).set_index(pd.Index([3] * len(frame_of("p", seed=4))))
    before = frame.copy(deep=True)
    chart_many(frame, kind="p", baseline=frame["baseline"].to_numpy(), excluded=frame["excluded"].to_numpy())
    pd.testing.assert_frame_equal(frame, before)


def test_neither_the_index_nor_further_columns_of_the_frame_matter():
    frame = plain()
    other = frame.assign(note="said by hand").set_index(np.zeros(len(frame)))
    for one, two in zip(chart_many(frame, kind="i"), chart_many(other, kind="i"), strict=True):
        pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("missing", [["series"], ["x"], ["y"], ["x", "y"], ["series", "x", "y"]])
def test_missing_columns_are_named(missing):
    with pytest.raises(ChartError) as told:
        chart_many(plain().drop(columns=missing), kind="i")
    for name in missing:
        assert name in str(told.value)


@pytest.mark.parametrize("kind", WITH_N)
def test_a_chart_of_shares_or_rates_without_n_is_refused_and_n_is_named(kind):
    with pytest.raises(ChartError, match=r"\bn\b"):
        chart_many(plain(), kind=kind)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"kind": "pareto"}, "pareto"),
        ({"kind": "i", "rules": "nelson"}, "nelson"),
        ({"kind": "i", "aggregate": "mode"}, "mode"),
        ({"kind": "i", "phases": [-1]}, "-1"),
        ({"kind": "i", "baseline": [True, False]}, "baseline"),
        ({"kind": "i", "excluded": [True] * 5}, "excluded"),
        ({"kind": "i", "target": [1.0, 2.0]}, "target"),
    ],
)
def test_what_makes_no_chart_is_refused_by_name(options, word):
    with pytest.raises(ChartError, match=word):
        chart_many(plain(), **options)


def test_values_that_are_no_numbers_are_refused():
    with pytest.raises(ChartError, match="number"):
        chart_many(plain().assign(y="many"), kind="i")


def test_values_may_be_whole_numbers_or_nullable_with_gaps():
    frame = plain().assign(y=lambda one: one["y"].round().astype("int64"))
    nullable = frame.assign(y=frame["y"].astype("Int64"))
    for one, two in zip(chart_many(frame, kind="i"), chart_many(nullable, kind="i"), strict=True):
        pd.testing.assert_frame_equal(one, two)
    nullable.loc[nullable.index[3], "y"] = pd.NA
    points, _ = chart_many(nullable, kind="i")
    assert points["value"].isna().sum() == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("empty", ["s0", "s1", "s2"])
def test_a_series_whose_rows_all_lack_x_has_no_point_keeps_its_summary_and_disturbs_no_other(kind, empty):
    frame = plain().astype({"x": float}).assign(n=50.0)
    without = frame[frame["series"] != empty]
    frame.loc[frame["series"] == empty, "x"] = nan
    asked_for = {"phases": [3, 9], "baseline": 5, "screen": True, "better": "up", "target": 20.0}
    points, summaries = chart_many(frame, kind=kind, **asked_for)
    others = chart_many(without, kind=kind, **asked_for)
    pd.testing.assert_frame_equal(points, others[0])
    rest = summaries[summaries["series"] != empty].reset_index(drop=True)
    pd.testing.assert_frame_equal(rest, others[1])
    assert summaries["series"].unique().tolist() == ["s0", "s1", "s2"]
    assert summaries.loc[summaries["series"] == empty, "why_no_limits"].tolist() == ["no_data"]


def test_a_series_that_is_all_missing_stands_beside_the_others():
    frame = plain()
    frame.loc[frame["series"] == "s1", "y"] = nan
    points, summaries = chart_many(frame, kind="i")
    assert points.groupby("series")["upper_limit"].count().tolist() == [14, 0, 14]
    assert summaries["variation"].tolist()[1] == "none"
