"""observation.sql against a slow, obvious twin in plain Python, and the cases that matter by hand."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.sources.tables import Checked, HeldRecord, Load, Neighbourhood, Prototype, RawCell, RawLine

MONDAY = dt.date(2024, 1, 1)
MEANS = ("measurement", "time_between", "opportunities_between", "xbar", "s", "t", "g")


def bounds(period: str, day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the period that a day belongs to."""
    if period == "session":
        return day, day
    if period == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    length = 7 if period == "week" else 28
    first = MONDAY
    while first > day:
        first -= dt.timedelta(days=length)
    while first + dt.timedelta(days=length) <= day:
        first += dt.timedelta(days=length)
    return first, first + dt.timedelta(days=length - 1)


def following(period: str, first: dt.date, steps: int) -> dt.date:
    """Return the first day of the period some steps on."""
    for _ in range(steps):
        first = bounds(period, first)[1] + dt.timedelta(days=1)
    return first


def days_of(planned: str | None) -> float:
    if planned in (None, "session"):
        return 0
    number = (
        int(planned.split()[0]) if " " in planned else int(planned.split("-")[0]) if "-" in planned else 1
    )
    return number * (365.25 / 12 if "month" in planned else 7 if "week" in planned else 1)


def matches(measure, prototype) -> bool:
    words = {"*", prototype.prototype_id} | ({f"theme:{prototype.theme}"} if prototype.theme else set())
    return bool(words & set(measure.prototypes))


def twin(checked, measures) -> list[dict]:
    """Return what observation must hold, found one series at a time."""
    counts = {(cell.load_id, cell.line, cell.item): ends(cell) for cell in checked.raw_cells}
    rows = []
    for measure in measures:
        for prototype in checked.prototypes:
            if matches(measure, prototype):
                rows += series(checked, counts, measure, prototype)
    return sorted(rows, key=lambda row: (row["series_id"], row["period_start"], row["session_no"]))


def ends(cell) -> tuple:
    """Return the middle and both ends of a count; an upper end of infinity where there is none."""
    if cell.count is None:
        return None
    if cell.low is None:
        return cell.count, cell.count, cell.count
    return cell.count, cell.low, math.inf if cell.high is None else cell.high


def added(numbers: list[tuple]) -> tuple:
    return tuple(sum(number[end] for number in numbers) for end in range(3))


def series(checked, counts, measure, prototype) -> list[dict]:
    lines = [line for line in checked.raw_lines if line.prototype_id == prototype.prototype_id]
    lines.sort(key=lambda line: (line.tested_on, line.file, line.line))
    is_ratio = measure.denominator is not None and measure.kind not in ("count", "c")
    is_mean = not is_ratio and measure.kind in MEANS

    def read(line, item):
        if item == "sessions":
            return 1.0, 1.0, 1.0
        parts = [counts[line.load_id, line.line, name] for name in item.split(" + ")]
        return None if None in parts else added(parts)

    if all(read(line, measure.numerator) is None for line in lines):
        return []
    points: dict[tuple[dt.date, int], list] = {}
    for line in lines:
        first = bounds(measure.period, line.tested_on)[0]
        number = 1
        while measure.period == "session" and (first, number) in points:
            number += 1
        points.setdefault((first, number), []).append(line)
    for first in gaps(measure, prototype, sorted({first for first, _ in points})):
        points[first, 1] = []
    rows = []
    for (first, number), sessions in points.items():
        pairs = [
            (read(line, measure.numerator), read(line, measure.denominator) if is_ratio else (1.0, 1.0, 1.0))
            for line in sessions
        ]
        pairs = [pair for pair in pairs if None not in pair]
        part = added([pair[0] for pair in pairs]) if pairs else None
        whole = added([pair[1] for pair in pairs]) if pairs else None
        if part is None and measure.no_entry_means_zero and not is_ratio and not is_mean:
            part = (0.0, 0.0, 0.0)
        value = None if part is None else part[0]
        if (is_ratio or is_mean) and part is not None:
            value = part[0] / whole[0] if whole[0] else None
        if is_doubtful(checked, measure, prototype, first, sessions, is_ratio, is_mean):
            value = None
        rows.append(
            {
                "series_id": f"{measure.measure_id}@{prototype.prototype_id}",
                "measure_id": measure.measure_id,
                "prototype_id": prototype.prototype_id,
                "neighbourhood_id": prototype.neighbourhood_id,
                "period": str(measure.period),
                "period_start": first,
                "period_end": bounds(measure.period, first)[1],
                "session_no": number,
                "numerator": None if value is None else part[0],
                "denominator": None if value is None or not is_ratio else whole[0],
                "value": value,
                "n_sessions": len(sessions),
                "is_gap": value is None,
                "is_hidden": False,
                "hidden_reason": None,
                "numerator_low": None if value is None else part[1],
                "numerator_high": None if value is None or part[2] == math.inf else part[2],
                "denominator_low": None if value is None or not is_ratio else whole[1],
                "denominator_high": None
                if value is None or not is_ratio or whole[2] == math.inf
                else whole[2],
                "note": None,
                "is_running": False,
            }
        )
    return rows


def gaps(measure, prototype, firsts: list[dt.date]) -> list[dt.date]:
    """Return the planned periods without a session; a test up to half a step late is no gap."""
    if measure.planned_every == "session":
        return []
    planned = max(days_of(measure.planned_every), days_of(prototype.planned_every))
    length = {"session": 1, "week": 7, "4-week": 28, "month": 365.25 / 12}[measure.period]
    stride = max(1, math.floor(planned / length + 0.5))
    found = []
    for before, after in itertools.pairwise(firsts):
        distance = 0
        while following(measure.period, before, distance) < after:
            distance += 1
        n_missed = math.ceil(distance / stride - 0.5) - 1
        found += [following(measure.period, before, stride * step) for step in range(1, n_missed + 1)]
    return found


def is_doubtful(checked, measure, prototype, first, sessions, is_ratio, is_mean) -> bool:
    items = set(measure.numerator.split(" + ")) | (
        set(measure.denominator.split(" + ")) if is_ratio else set()
    )
    for held in checked.held_records:
        if (
            held.prototype_id != prototype.prototype_id
            or bounds(measure.period, held.presumed_on)[0] != first
        ):
            continue
        if held.item is not None and held.item not in items:
            continue
        if held.doubt == "not recorded" and (is_ratio or is_mean):
            continue
        own = [(line.load_id, line.line) for line in sessions]
        if held.item is None or measure.period != "session" or (held.load_id, held.line) in own:
            return True
    return False


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_point_source_leads_back_to_every_line_that_counts(data, made_logs, table):
    logs, measures = made_logs
    checked, chosen = data.draw(logs), data.draw(measures)
    found = [tuple(row.values()) for row in table("point_source", checked, chosen)]
    counts = {(cell.load_id, cell.line, cell.item): cell.count for cell in checked.raw_cells}
    expected = set()
    for measure, prototype in itertools.product(chosen, checked.prototypes):
        is_ratio = measure.denominator is not None and measure.kind not in ("count", "c")
        items = (
            measure.items
            if is_ratio
            else [item for item in measure.numerator.split(" + ") if item != "sessions"]
        )
        for line in checked.raw_lines:
            known = all(counts[line.load_id, line.line, item] is not None for item in items)
            if matches(measure, prototype) and line.prototype_id == prototype.prototype_id and known:
                series_id = f"{measure.measure_id}@{prototype.prototype_id}"
                expected.add((series_id, line.tested_on, line.load_id, line.file, line.sheet, line.line))
    assert sorted(found) == sorted(expected)
    assert len(found) == len(set(found))


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_observation_equals_its_twin(data, made_logs, table):
    logs, measures = made_logs
    checked, chosen = data.draw(logs), data.draw(measures)
    found, expected = table("observation", checked, chosen), twin(checked, chosen)
    assert [{**row, "value": None} for row in found] == [{**row, "value": None} for row in expected]
    for row, twin_row in zip(found, expected, strict=True):
        value, twin_value = row["value"], twin_row["value"]
        assert value == twin_value or math.isclose(value, twin_value, rel_tol=1e-12)


# By hand ------------------------------------------------------------------------------------------------------


@pytest.fixture
def observe(table, plain_measure, columns_of):
    """Return a function that observes one measure of one prototype, from (day, counts) pairs."""

    def observe(sessions, held=(), planned=None, **measure):
        load = Load("load1", "test_logs/1.csv", "test log", "0", 0, 0, 0, 0, 0, 0)
        days = [dt.date.fromisoformat(day) for day, _ in sessions]
        lines = [RawLine("load1", load.file, n + 2, "a", day, None, None, None) for n, day in enumerate(days)]
        cells = [
            RawCell("load1", n + 2, item, count)
            for n, (_, counts) in enumerate(sessions)
            for item, count in counts.items()
        ]
        doubts = [
            HeldRecord("load1", load.file, 99, "a", dt.date.fromisoformat(day), item, doubt)
            for day, item, doubt in held
        ]
        prototype = Prototype("a", "ash", "A", planned_every=planned)
        checked = Checked(
            (Neighbourhood("ash", "Ashfield", 1),),
            (prototype,),
            (),
            (),
            columns_of(lines, cells, doubts),
            (load,),
            (),
        )
        rows = table("observation", checked, [plain_measure(**measure)])
        return [(str(row["period_start"]), row["value"], row["n_sessions"], row["is_gap"]) for row in rows]

    return observe


def test_two_sessions_of_a_week_are_added_and_sunday_belongs_to_the_monday_before(observe):
    found = observe([("2024-01-01", {"came": 5}), ("2024-01-07", {"came": 7}), ("2024-01-08", {"came": 1})])
    assert found == [("2024-01-01", 12, 2, False), ("2024-01-08", 1, 1, False)]


def test_a_share_takes_only_the_sessions_that_have_both(observe):
    sessions = [
        ("2024-01-01", {"new": 1, "came": 4}),
        ("2024-01-02", {"new": None, "came": 9}),
        ("2024-01-03", {"new": 2, "came": 4}),
    ]
    assert observe(sessions, kind="proportion", numerator="new", denominator="came") == [
        ("2024-01-01", 3 / 8, 3, False)
    ]


def test_nobody_of_nobody_is_a_gap_and_not_a_share(observe):
    found = observe(
        [("2024-01-01", {"new": 0, "came": 0}), ("2024-01-08", {"new": 1, "came": 2})],
        kind="proportion",
        numerator="new",
        denominator="came",
    )
    assert found == [("2024-01-01", None, 1, True), ("2024-01-08", 0.5, 1, False)]


def test_a_planned_week_without_a_session_is_a_gap_and_none_follows_the_last(observe):
    found = observe([("2024-01-01", {"came": 5}), ("2024-01-22", {"came": 5})])
    assert [(row[0], row[3]) for row in found] == [
        ("2024-01-01", False),
        ("2024-01-08", True),
        ("2024-01-15", True),
        ("2024-01-22", False),
    ]


def test_a_fortnightly_test_has_no_gap_in_the_week_between(observe):
    days = ("2024-01-01", "2024-01-15", "2024-01-30", "2024-02-26")
    found = observe([(day, {"came": 5}) for day in days], planned="2 weeks")
    assert [row[0] for row in found if row[3]] == ["2024-02-12"]


def test_no_entry_means_zero_only_where_the_measure_says_so(observe):
    sessions = [("2024-01-01", {"came": 5}), ("2024-01-08", {"came": None}), ("2024-01-22", {"came": 5})]
    assert [row[1] for row in observe(sessions)] == [5, None, None, 5]
    assert [row[1] for row in observe(sessions, no_entry_means_zero=True)] == [5, 0, 0, 5]


def test_a_held_record_makes_its_week_a_gap_although_another_session_counted(observe):
    sessions = [("2024-01-01", {"came": 5}), ("2024-01-08", {"came": 6}), ("2024-01-15", {"came": 7})]
    assert [row[1] for row in observe(sessions, held=[("2024-01-10", None, "held")])] == [5, None, 7]
    assert [row[1] for row in observe(sessions, held=[("2024-01-10", "other", "held")])] == [5, 6, 7]


def test_a_held_record_keeps_its_empty_week_from_counting_as_zero(observe):
    sessions = [("2024-01-01", {"came": 5}), ("2024-01-22", {"came": 7})]
    found = observe(sessions, held=[("2024-01-10", None, "held")], no_entry_means_zero=True)
    assert [row[1] for row in found] == [5, None, 0, 7]


def test_what_was_not_asked_leaves_a_share_and_takes_a_sum(observe):
    sessions = [("2024-01-01", {"new": 1, "came": 4}), ("2024-01-02", {"new": None, "came": 9})]
    held = [("2024-01-02", "new", "not recorded")]
    assert [
        row[1] for row in observe(sessions, held, kind="proportion", numerator="new", denominator="came")
    ] == [0.25]
    assert [row[1] for row in observe(sessions, held, numerator="new")] == [None]


def test_a_sum_of_items_counts_where_all_of_them_are_known(observe):
    sessions = [
        ("2024-01-01", {"new": 1, "came": 4}),
        ("2024-01-02", {"new": 2, "came": None}),
        ("2024-01-08", {"new": 3, "came": 5}),
    ]
    share = {"kind": "proportion", "numerator": "new", "denominator": "new + came"}
    assert observe(sessions, **share) == [("2024-01-01", 1 / 5, 2, False), ("2024-01-08", 3 / 8, 1, False)]
    held = [("2024-01-02", "came", "held")]
    assert [row[1] for row in observe(sessions, held, numerator="new + came")] == [None, 8]


def test_a_measurement_is_the_mean_of_its_sessions(observe):
    sessions = [("2024-01-01", {"came": 4}), ("2024-01-02", {"came": 7}), ("2024-01-03", {"came": None})]
    assert observe(sessions, kind="measurement") == [("2024-01-01", 5.5, 3, False)]


def test_sessions_of_a_day_are_points_of_their_own(observe):
    found = observe(
        [("2024-01-01", {"came": 4}), ("2024-01-01", {"came": 7})], period="session", planned_every="session"
    )
    assert [(row[0], row[1]) for row in found] == [("2024-01-01", 4), ("2024-01-01", 7)]


def test_four_week_blocks_and_months_begin_where_they_always_do(observe):
    sessions = [("2023-12-31", {"came": 1}), ("2024-01-28", {"came": 2}), ("2024-01-29", {"came": 4})]
    assert [row[:2] for row in observe(sessions, period="4-week")] == [
        ("2023-12-04", 1),
        ("2024-01-01", 2),
        ("2024-01-29", 4),
    ]
    assert [row[:2] for row in observe(sessions, period="month")] == [("2023-12-01", 1), ("2024-01-01", 6)]


def cascade(lines: list[tuple[str, dict[str, float | None]]], columns_of, log: list[str] = ()) -> Checked:
    """Return months of the cascade with their items, and days on which `came` was counted beside them."""
    reads = {"returns": "cascade_counts", "log": "test log"}
    loads = tuple(Load(name, f"{name}.csv", reader, "0", 0, 0, 0, 0, 0, 0) for name, reader in reads.items())
    days = [("returns", day, items) for day, items in lines] + [("log", day, {"came": 5.0}) for day in log]
    rows, cells = [], []
    for number, (load_id, day, items) in enumerate(days, 2):
        rows.append(
            RawLine(load_id, f"{load_id}.csv", number, "a", dt.date.fromisoformat(day), None, None, None)
        )
        cells += [RawCell(load_id, number, item, count) for item, count in items.items()]
    prototypes = (Prototype("a", "ash", "A", "hypertension", planned_every="week"),)
    neighbourhoods = (Neighbourhood("ash", "Ashfield", 1),)
    return Checked(neighbourhoods, prototypes, (), (), columns_of(rows, cells, []), loads, ())


MONTHS = [
    ("2025-01-01", {"cascade_raised": 40.0, "cascade_confirmed_3m": 20.0}),
    ("2025-02-01", {"cascade_raised": 50.0, "cascade_confirmed_3m": 30.0}),
    ("2025-03-01", {"cascade_raised": 60.0, "cascade_confirmed_3m": None}),
]


@pytest.fixture
def confirmed(plain_measure):
    """The share confirmed of people raised, a point a month."""
    return plain_measure("proportion", "cascade_confirmed_3m", "cascade_raised", "month", "month")


def values(rows) -> list[tuple[str, float | None]]:
    return [(row["period_start"].isoformat(), row["value"]) for row in rows]


def test_a_month_of_the_cascade_is_a_point_of_its_measures(table, columns_of, confirmed):
    rows = table("observation", cascade(MONTHS[:2], columns_of), (confirmed,))
    assert values(rows) == [("2025-01-01", 0.5), ("2025-02-01", 0.6)]
    assert [row["n_sessions"] for row in rows] == [1, 1]


def test_what_is_not_due_yet_is_neither_a_point_nor_a_gap(table, columns_of, confirmed):
    assert len(table("observation", cascade(MONTHS, columns_of), (confirmed,))) == 2


def test_a_month_missing_between_two_others_is_a_gap(table, columns_of, confirmed):
    later = ("2025-04-01", {"cascade_raised": 40.0, "cascade_confirmed_3m": 10.0})
    rows = table("observation", cascade([*MONTHS, later], columns_of), (confirmed,))
    assert values(rows) == [
        ("2025-01-01", 0.5),
        ("2025-02-01", 0.6),
        ("2025-03-01", None),
        ("2025-04-01", 0.25),
    ]


def test_a_month_of_the_cascade_is_no_session_of_a_log(table, columns_of, plain_measure):
    """2025-01-01 lies in a week without a session: planned and missed it stays, and the week after is as counted."""
    days = ["2024-12-24", "2025-01-07"]
    came, held = plain_measure(), plain_measure("count", "sessions", None, "month", "month")
    for one in (came, held):
        alone = table("observation", cascade([], columns_of, days), (one,))
        assert table("observation", cascade(MONTHS, columns_of, days), (one,)) == alone
        assert alone


def test_a_log_has_no_say_in_a_measure_of_the_cascade(table, columns_of, confirmed):
    with_log = table("observation", cascade(MONTHS, columns_of, ["2025-01-02", "2025-02-04"]), (confirmed,))
    assert with_log == table("observation", cascade(MONTHS, columns_of), (confirmed,))


def test_a_point_of_the_cascade_leads_back_to_its_line(table, columns_of, confirmed):
    rows = table("point_source", cascade(MONTHS, columns_of), (confirmed,))
    assert [(row["load_id"], row["line"]) for row in rows] == [("returns", 2), ("returns", 3)]
