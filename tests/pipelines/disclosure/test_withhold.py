"""Series together: nothing hidden in one can be worked out from the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.disclosure import NHS, audit, exposed, release, release_all, withhold_complements
from pipelines.disclosure.audit import narrowed, propagate
from pipelines.disclosure.family import family_of, quantity
from pipelines.vocabulary import DataType, Period, WhyHidden

COUNT, SHARE = DataType.COUNT, DataType.PROPORTION


def _release_each(*pairs):
    return {rows["series_id"].iloc[0]: release(rows, measure) for measure, rows in pairs}


def _share_and_its_two_counts(make_measure, make_series, last):
    """Return a share, its numerator and its denominator, the last week being (numerator, denominator)."""
    share = make_measure(SHARE)
    raised, checked = (make_measure(COUNT, item, None) for item in ("raised", "checked"))
    top, bottom = [30] * 9 + [last[0]], [60] * 9 + [last[1]]
    pairs = (
        (share, make_series(share, top, bottom)),
        (raised, make_series(raised, top)),
        (checked, make_series(checked, bottom)),
    )
    return pairs


def test_a_complement_that_stays_wide_needs_no_second_cell(make_measure, make_series):
    # 58 -> 60 (58 to 62) of 63 -> 65 (63 to 67) leaves 1 to 9: all that "1 to 7" says already.
    released = _release_each(*_share_and_its_two_counts(make_measure, make_series, (58, 63)))
    assert released["raised_proportion@barbers"].observation["hidden_reason"].iloc[-1] == "complement"
    assert released["raised_count@barbers"].observation["value"].iloc[-1] == 60
    assert exposed(released) == {}
    assert not any(one.secondary for one in withhold_complements(released).values())


def test_two_counts_that_would_narrow_a_hidden_complement_lose_the_smaller(make_measure, make_series):
    # 52 -> 50 (48 to 52) of 58 -> 60 (58 to 62) leaves 6 to 14, so 6 or 7 of the 1 to 7 that the star stands for.
    released = _release_each(*_share_and_its_two_counts(make_measure, make_series, (52, 58)))
    assert list(exposed(released).values()) == [(6, 7)]
    safe = withhold_complements(released)
    assert exposed(safe) == {}
    assert {name: one.secondary for name, one in safe.items() if one.secondary} == {
        "raised_count@barbers": {9}
    }
    assert safe["raised_count@barbers"].observation["hidden_reason"].iloc[-1] == "complement"
    assert safe["checked_count@barbers"].observation["value"].iloc[-1] == 60


def test_a_borough_total_of_six_rounded_places_leaves_a_hidden_one_wide(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    counts = {f"place_{i}": [20] * 10 for i in range(6)} | {"place_0": [20] * 9 + [1]}
    counts["borough"] = [120] * 9 + [101]
    released = _release_each(*((measure, make_series(measure, n, prototype_id=p)) for p, n in counts.items()))
    totals = {"raised_count@borough": [f"raised_count@place_{i}" for i in range(6)]}
    family = family_of(released, totals)
    assert len(family.sums) == 10
    assert len(family.sensitive) == 1
    assert exposed(released, totals) == {}


def test_a_total_of_two_places_narrows_the_hidden_one_until_the_total_is_held_back(make_measure, make_series):
    measure = make_measure(COUNT, denominator=None)
    # 18 -> 20 (18 to 22) and 18 + 7 = 25 -> 25 (23 to 27) leave 1 to 7; 22 -> 20 and 22 + 7 = 29 -> 30 leave 6 or 7.
    series = {"a": [20] * 9 + [7], "b": [20] * 9 + [22], "borough": [40] * 9 + [29]}
    released = _release_each(
        *((measure, make_series(measure, n, prototype_id=place)) for place, n in series.items())
    )
    totals = {"raised_count@borough": ["raised_count@a", "raised_count@b"]}
    found = exposed(released, totals)
    assert list(found.values()) == [(6, 7)]
    safe = withhold_complements(released, totals)
    assert exposed(safe, totals) == {}
    lost = [name for name, one in safe.items() if one.secondary]
    assert lost == ["raised_count@b"]
    assert safe["raised_count@b"].observation["hidden_reason"].iloc[-1] == "complement"
    assert exposed(safe) == {}


def test_two_halves_of_one_denominator_are_hidden_together(make_measure, make_series):
    raised, normal = make_measure(SHARE, "raised"), make_measure(SHARE, "in_range")
    top, bottom = np.array([20] * 9 + [4]), np.array([60] * 10)
    released = _release_each(
        (raised, make_series(raised, top, bottom)), (normal, make_series(normal, bottom - top, bottom))
    )
    last = [one.observation["hidden_reason"].iloc[-1] for one in released.values()]
    assert last == ["small", "complement"]
    assert exposed(released) == {}


def test_a_weekly_count_beside_its_four_weeks_cannot_be_narrowed(make_measure, make_series):
    weekly = make_measure(COUNT, "raised", None)
    monthly = make_measure(SHARE, "raised", "checked", Period.FOUR_WEEKS)
    # Three weeks shown as 20 (18 to 22) and the four as 75 (73 to 77) leave 7 to 23 for the fourth week: it is 7.
    weeks = np.array([22, 22, 22, 7] + [20] * 16)
    fours = weeks.reshape(-1, 4).sum(axis=1)
    pairs = (weekly, make_series(weekly, weeks)), (monthly, make_series(monthly, fours, 300, period="4-week"))
    released = _release_each(*pairs)
    assert list(exposed(released).values()) == [(7, 7)]
    safe = withhold_complements(released)
    assert exposed(safe) == {}
    assert sum(len(one.secondary) for one in safe.values()) >= 1


def test_a_measure_that_counts_a_disclosive_item_is_disclosive_too(make_measure, make_series):
    share = make_measure(SHARE)
    count = make_measure(COUNT, "raised", None, disclosive=False)
    rows = {"share": make_series(share, [20] * 9 + [3], 60), "count": make_series(count, [20] * 9 + [3])}
    out = release_all(rows, {m.measure_id: m for m in (share, count)})
    assert out["count"].from_rounded
    assert out["count"].observation["hidden_reason"].iloc[-1] == "small"


def test_a_denominator_that_is_not_disclosive_stays_exact(make_measure, make_series):
    share = make_measure(SHARE)
    checked = make_measure(COUNT, "checked", None, disclosive=False)
    rows = {"share": make_series(share, [20] * 10, 61), "checked": make_series(checked, [61] * 10)}
    out = release_all(rows, {m.measure_id: m for m in (share, checked)})
    assert out["checked"].observation["value"].tolist() == [61] * 10
    assert out["share"].observation["denominator"].tolist() == [60] * 10


def _one_week_narrowed(make_measure, make_series):
    """Return six weeks of two places and their total; week 6 of `a` can be narrowed, week 5 of `b` is hidden."""
    measure = make_measure(COUNT, denominator=None)
    series = {"a": [20] * 5 + [7], "b": [20] * 4 + [3, 22], "borough": [40] * 4 + [23, 29]}
    rows = {p: make_series(measure, n, prototype_id=p) for p, n in series.items()}
    return measure, rows, {"borough": ["a", "b"]}


def test_a_series_that_loses_too_many_points_to_others_is_held_back_whole(make_measure, make_series):
    measure, rows, totals = _one_week_narrowed(make_measure, make_series)
    released = {name: release(one, measure) for name, one in rows.items()}
    assert {one.period for one in released.values()} == {Period.WEEK}
    safe = withhold_complements(released, totals)
    assert safe["b"].hidden_reason == WhyHidden.SERIES
    assert safe["a"].hidden_reason is None


def test_release_all_tries_a_wider_period_before_it_gives_a_series_up(make_measure, make_series):
    measure, rows, totals = _one_week_narrowed(make_measure, make_series)
    out = release_all(rows, {measure.measure_id: measure}, totals=totals)
    assert out["b"].period == Period.FOUR_WEEKS
    assert out["b"].observation["value"].tolist() == [80]
    assert exposed(out, totals) == {}


def test_release_all_is_the_same_twice_and_keeps_every_series(make_measure, make_series):
    pairs = _share_and_its_two_counts(make_measure, make_series, (52, 58))
    rows = {r["series_id"].iloc[0]: r for _, r in pairs}
    measures = {m.measure_id: m for m, _ in pairs}
    first, second = release_all(rows, measures), release_all(rows, measures)
    assert list(first) == list(rows)
    for name in rows:
        pd.testing.assert_frame_equal(first[name].observation, second[name].observation)


def test_nothing_to_release_is_nothing_released():
    assert release_all({}, {}) == {}
    assert withhold_complements({}) == {}
    assert exposed({}) == {}


large = st.integers(15, 60)
small = st.sampled_from([7, 6, 4, 1])
usual = st.tuples(large, large)
rare = st.one_of(st.tuples(small, large), st.tuples(large, small), st.tuples(small, small))


@given(
    weeks=st.lists(usual, min_size=16, max_size=16),
    others=st.lists(rare, min_size=4, max_size=4),
    at=st.lists(st.integers(0, 16), min_size=4, max_size=4),
    monthly=st.booleans(),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_outsider_can_narrow_a_hidden_count_of_a_family(
    make_measure, make_series, weeks, others, at, monthly
):
    """Exact bounds by integer programming over everything that one prototype publishes."""
    for place, other in zip(at, others, strict=True):
        weeks = [*weeks[:place], other, *weeks[place:]]
    raised, rest = np.array(weeks).T
    shares = [make_measure(SHARE, "raised"), make_measure(SHARE, "in_range")]
    counts = [make_measure(COUNT, "in_range", None), make_measure(COUNT, "checked", None)]
    measures = {m.measure_id: m for m in (*shares, *counts)}
    rows = {
        m.measure_id: make_series(m, top, raised + rest)
        for m, top in zip(shares, (raised, rest), strict=True)
    }
    for measure, top in zip(counts, (rest, raised + rest), strict=True):
        wide = top.reshape(-1, 4).sum(axis=1) if monthly else top
        rows[measure.measure_id] = make_series(measure, wide, period="4-week" if monthly else "week")
    out = release_all(rows, measures)
    family = family_of(out, {})
    for low, high in audit(family.cells, family.sums, of=family.sensitive).values():
        assert high - low + 1 >= 7 or low > NHS.hide_up_to or high == 0
    for one in out.values():
        assert one.hidden_reason == WhyHidden.SERIES or one.share_left >= 0.8


def _of_items(make_measure, make_series, items, *disclosive):
    """Return measures and their true rows: counts of items or of sums, or shares written ``a / b + c``."""
    measures, rows = {}, {}
    for written in dict.fromkeys((*items, *disclosive)):
        above, _, below = written.partition(" / ")
        one = make_measure(SHARE if below else COUNT, above, below or None, disclosive=written in disclosive)
        top, bottom = (
            sum((np.array(items[part]) for part in side.split(" + ")), start=np.zeros(10)) if side else None
            for side in (above, below)
        )
        measures[one.measure_id] = one
        rows[written] = make_series(one, top, bottom)
    return measures, rows


def test_a_sum_and_one_part_do_not_give_the_hidden_part_away(make_measure, make_series):
    # 22 -> 20 (18 to 22) of 22 + 7 = 29 -> 30 (28 to 32) leaves 6 to 14 for the other part: it is 6 or 7.
    items = {"shared": [40] * 9 + [7], "wasted": [40] * 9 + [22]}
    measures, rows = _of_items(make_measure, make_series, items, "shared", "wasted", "shared + wasted")
    each = {name: release(one, measures[one["measure_id"].iloc[0]]) for name, one in rows.items()}
    assert each["shared"].observation["hidden_reason"].iloc[-1] == "small"
    assert list(exposed(each).values()) == [(6, 7)]
    safe = release_all(rows, measures)
    assert exposed(safe) == {}
    assert [name for name, one in safe.items() if one.secondary] == ["wasted"]


def test_a_sum_with_a_disclosive_part_is_disclosive_and_so_is_a_share_of_it(make_measure, make_series):
    items = {"raised": [40] * 9 + [3], "usual": [60] * 10}
    measures, rows = _of_items(make_measure, make_series, items | {}, "raised")
    for written in ("raised + usual", "usual / raised + usual"):
        more, one = _of_items(make_measure, make_series, items, written)
        measures |= {i: m for i, m in more.items() if i not in measures}
        rows[written] = one[written]
    measures = {i: replace(m, disclosive=m.numerator == "raised") for i, m in measures.items()}
    out = release_all(rows, measures)
    assert {name for name, one in out.items() if one.from_rounded} == {
        "raised",
        "raised + usual",
        "usual / raised + usual",
    }
    assert out["usual"].observation["value"].tolist() == [60] * 10
    assert exposed(out) == {}


def test_a_part_that_is_not_disclosive_stays_exact_and_the_sum_gives_way(make_measure, make_series):
    # usual is 20 exactly, the sum 23 -> 25 (23 to 27): raised would be 3 to 7, wide enough; 21 and 24 leave 2 to 6.
    items = {"raised": [40] * 9 + [7], "usual": [60] * 9 + [26]}
    measures, rows = _of_items(make_measure, make_series, items, "raised", "raised + usual")
    measures["usual_count"] = replace(measures["usual_count"], disclosive=False)
    out = release_all(rows, measures)
    assert exposed(out) == {}
    known = audit(*_known(out))
    assert all(high - low + 1 >= 7 for low, high in known.values())


def _known(released, *, nothing_shown=False):
    family = family_of(released, {})
    can_be_hidden = set(family.shown) - family.open if nothing_shown else set()
    cells = {cell: (0, np.inf) if cell in can_be_hidden else one for cell, one in family.cells.items()}
    return cells, family.sums, family.sensitive


def test_a_sum_within_a_sum_gives_the_rest_away_and_is_looked_at(make_measure, make_series):
    # a + b + c = 60 + 7 -> 65 (63 to 67), a + b = 61 -> 60 (58 to 62): c = 1 to 9; with 62 -> 60 and 69 -> 70, 6 or 7.
    items = {"a": [50] * 9 + [32], "b": [50] * 9 + [30], "c": [50] * 9 + [7]}
    measures, rows = _of_items(make_measure, make_series, items, "c", "a + b", "a + b + c")
    rows = {name: one for name, one in rows.items() if name not in ("a", "b")}
    each = {name: release(one, measures[one["measure_id"].iloc[0]]) for name, one in rows.items()}
    assert [cell.item for cell in exposed(each)] == ["c"]
    assert exposed(release_all(rows, measures)) == {}


def test_shares_with_an_item_in_common_are_never_taken_for_two_halves(make_measure, make_series):
    # a + b and b of a + b + c look like two halves wherever b and c are about as many; they are not.
    items = {"a": [40] * 10, "b": [20] * 10, "c": [20] * 9 + [1]}
    measures, rows = _of_items(make_measure, make_series, items, "a + b / a + b + c", "b / a + b + c")
    rows = {name: one for name, one in rows.items() if "/" in name}
    out = {name: release(one, measures[one["measure_id"].iloc[0]]) for name, one in rows.items()}
    split = {(total.item, frozenset(part.item for part in parts)) for total, parts in family_of(out, {}).sums}
    assert ("a + b + c", frozenset({"a + b", "b"})) not in split
    assert ("a + b + c", frozenset({"a + b", "c"})) in split


def test_a_sum_is_the_same_whatever_the_order_of_its_items():
    assert quantity("b + a") == quantity("a + b") == quantity(["b", "a"]) == "a + b"


def test_the_rest_of_a_share_of_a_sum_is_the_other_item(make_measure, make_series):
    items = {"shared": [40] * 10, "wasted": [20] * 9 + [4]}
    measures, rows = _of_items(make_measure, make_series, items, "wasted / shared + wasted", "shared")
    rows = {name: rows[name] for name in ("wasted / shared + wasted", "shared")}
    out = {name: release(one, measures[one["measure_id"].iloc[0]]) for name, one in rows.items()}
    assert {cell.item for cell in family_of(out, {}).cells} == {"shared", "wasted", "shared + wasted"}


@given(
    weeks=st.lists(st.tuples(large, large, large), min_size=9, max_size=9),
    others=st.lists(
        st.tuples(small, large, large) | st.tuples(large, small, large) | st.tuples(small, small, large),
        min_size=2,
        max_size=2,
    ),
    at=st.lists(st.integers(0, 9), min_size=2, max_size=2),
    shown=st.sets(
        st.sampled_from(
            ["a", "b", "c", "a + b", "b + c", "a + c", "a + b + c", "a / a + b", "b / a + b + c", "c / b + c"]
        ),
        min_size=2,
        max_size=6,
    ),
    open_=st.booleans(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_outsider_can_narrow_a_hidden_part_from_sums_of_items(
    make_measure, make_series, weeks, others, at, shown, open_
):
    """Exact bounds by integer programming over every sum, part and share of items that one prototype publishes."""
    for place, other in zip(at, others, strict=True):
        weeks = [*weeks[:place], other, *weeks[place:]]
    items = dict(zip("abc", np.array(weeks[:10]).T, strict=True))
    measures, rows = _of_items(make_measure, make_series, items, *sorted(shown))
    rows = {name: rows[name] for name in sorted(shown)}
    if open_:
        measures = {i: replace(m, disclosive="a" in m.items) for i, m in measures.items()}
    out = release_all(rows, measures)
    by_the_rule = audit(*_known(out, nothing_shown=True))
    for cell, (low, high) in audit(*_known(out)).items():
        least, most = by_the_rule[
            cell
        ]  # of two small parts of a small sum each is 6 at most, whatever is shown
        assert high - low >= min(6, most - least) or low > NHS.hide_up_to or high == 0


def test_sums_that_overlap_give_their_parts_away_together_and_are_looked_at_exactly(
    make_measure, make_series
):
    # Twice a is (a + b) + (a + c) - (b + c), 23 to 27 twice less 40: a is 3 to 7, which no single sum tells.
    items = {"a": [40] * 9 + [3], "b": [40] * 9 + [20], "c": [40] * 9 + [20]}
    measures, rows = _of_items(make_measure, make_series, items, "a", "a + b", "a + c", "b + c")
    rows = {name: rows[name] for name in ("a", "a + b", "a + c", "b + c")}
    measures["b + c_count"] = replace(measures["b + c_count"], disclosive=False)
    each = {name: release(one, measures[one["measure_id"].iloc[0]]) for name, one in rows.items()}
    family = family_of(each, {})
    hidden = next(iter(family.sensitive))
    loose, exact = propagate(family.cells, family.sums)[hidden], audit(*_known(each))[hidden]
    assert (loose, exact) == ((1, 7), (3, 7))
    assert narrowed(family.cells, family.sums, [hidden])[hidden] == exact


def test_sums_that_contradict_one_another_leave_what_each_says():
    cells = {"ab": (60, 60), "bc": (1, 1), "a": (1, 7), "b": (0, np.inf), "c": (0, np.inf)}
    sums = [("ab", ("a", "b")), ("bc", ("b", "c"))]
    with pytest.raises(ValueError, match="No table agrees"):
        audit(cells, sums, of=["a"])
    assert narrowed(cells, sums, ["a"])["a"] == propagate(cells, sums)["a"]
