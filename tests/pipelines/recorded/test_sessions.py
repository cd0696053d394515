"""Sessions typed in count like those of a log, and are judged by its rules."""

from __future__ import annotations

import datetime as dt

from pipelines.records.kinds import PrototypeStarted, SessionLogged, Withdrawn
from tests.pipelines.recorded.small import rows, saturday

DAY = saturday(31)


def session(**told) -> SessionLogged:
    return SessionLogged(**{"prototype_id": "barbers", "tested_on": DAY, "counts": {"bp_checked": 50}} | told)


def points(built, series="bp_checked@barbers"):
    """Return the points after the log's last week."""
    question = f"""SELECT period_start, value, is_gap, note FROM chart_point
        WHERE series_id = '{series}' AND period_end > DATE '{saturday(29)}' + 1 ORDER BY position"""
    return rows(built.true_mart, question)


def faults(built):
    return rows(
        built.true_mart,
        "SELECT line, \"column\", reason, effect FROM rejected_row WHERE file = 'records' ORDER BY line",
    )


def test_a_session_typed_in_is_a_point_that_leads_back_to_its_record(group):
    (record,) = group.save(session())
    built = group.build()
    assert points(built)[-1][1] == 50
    source = rows(
        built.true_mart,
        "SELECT file, line FROM point_source WHERE series_id = 'bp_checked@barbers' AND file = 'records'",
    )
    assert source == [("records", record.number)]
    load = rows(
        built.true_mart,
        "SELECT reader, lines_read, lines_loaded, lines_refused FROM load WHERE file = 'records'",
    )
    assert load == [("record", 1, 1, 0)]


def test_typed_sessions_give_the_same_points_as_the_same_sessions_in_a_log(group):
    names = "period_start, numerator, denominator, value, n_sessions"
    series = f"SELECT {names} FROM observation WHERE series_id = 'said_yes@barbers' ORDER BY 1"
    as_log = rows(group.build().true_mart, series)
    path = group.data / "inbox/test_logs/barbers.csv"
    lines = path.read_text().splitlines()
    names = lines[0].split(",")[5:]
    path.write_text("\n".join(lines[:10]) + "\n")
    typed = [line.split(",") for line in lines[10:]]
    group.save(
        *(
            SessionLogged(
                "barbers",
                dt.date.fromisoformat(cells[2]),
                dict(zip(names, map(float, cells[5:]), strict=True)),
            )
            for cells in typed
        )
    )
    assert rows(group.build().true_mart, series) == as_log


def test_a_part_above_its_whole_is_left_out_as_in_a_log(group):
    group.save(session(counts={"bp_checked": 40, "asked": 20, "said_yes": 25}))
    built = group.build()
    assert points(built)[-1][1] == 40
    assert points(built, "said_yes@barbers")[-1][1] is None
    (fault,) = faults(built)
    assert fault[1:] == (
        "said_yes",
        '25 of 20 in "asked" cannot be. The cell is left out; correct one of the two.',
        "cell missing",
    )


def test_sessions_that_say_the_same_were_both_saved_on_purpose_and_both_count(group):
    group.save(session())
    group.save(session())
    built = group.build()
    assert points(built)[-1][1] == 100
    told = "Record 1 says the same of this day. Both count; take one back if it was saved twice."
    assert faults(built) == [(2, None, told, "noted")]


def test_two_sessions_of_a_day_at_two_places_both_count(group):
    group.save(session(place="Corner shop"), session(place="Library"))
    assert points(group.build())[-1][1] == 100


def test_a_number_that_no_measure_uses_and_an_unknown_prototype_are_told_and_break_nothing(group):
    group.save(session(counts={"bp_checked": 12, "umbrellas": 3}), session(prototype_id="nowhere"))
    built = group.build()
    assert points(built)[-1][1] == 12
    assert [(line, effect) for line, _, _, effect in faults(built)] == [
        (1, "cell missing"),
        (2, "line refused"),
    ]


def test_a_test_planned_and_not_held_is_a_gap_that_says_why(group):
    why = {"counts": {}, "was_held": False, "why_not_held": "the shop was flooded"}
    group.save(session(**why))
    built = group.build()
    assert points(built)[-1][1:] == (None, True, "Planned and not held: the shop was flooded.")
    shared = rows(
        built.shared_mart,
        "SELECT note FROM chart_point WHERE series_id = 'bp_checked@barbers' AND note IS NOT NULL",
    )
    assert shared == [("Planned and not held.",)]


def test_what_is_superseded_or_taken_back_counts_no_more(group):
    (first,) = group.save(session())
    (second,) = group.save(session(counts={"bp_checked": 60}), supersedes=first.record_id)
    assert points(group.build())[-1][1] == 60
    group.save(Withdrawn(second.record_id, "typed at the wrong place"))
    assert points(group.build())[-1][1] == 50  # what it had superseded stands again


def test_a_prototype_that_only_records_know_has_its_chart(group):
    group.save(
        PrototypeStarted("garage", "brook", "Bus garage", theme="hypertension"),
        session(prototype_id="garage"),
    )
    assert [row[1] for row in points(group.build(), "bp_checked@garage")] == [50]


def test_a_week_that_still_runs_says_so_and_waits_in_the_shared_mart(group):
    counts = {"bp_checked": 50, "reviewed": 60, "to_target": 30}
    monday = saturday(31) - dt.timedelta(days=5)
    now = dt.datetime(monday.year, monday.month, monday.day, 18, tzinfo=dt.UTC)
    group.save(session(tested_on=monday, counts=counts), now=now)
    built = group.build()
    assert points(built)[-1][3] == "Counted so far; it runs until 9 August 2026."
    released = "SELECT max(period_end) FROM chart_point WHERE series_id = 'to_target@barbers'"
    before = rows(built.shared_mart, released)
    group.save(session(tested_on=saturday(31), counts=counts), now=now + dt.timedelta(days=7))
    later = group.build()
    assert points(later)[-1][3] is None
    assert rows(later.shared_mart, released) >= before
    assert before[0][0] <= monday
