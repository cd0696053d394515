"""Forms: headings are questions, doubles and corrections are people's, the time stamp is not the session."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.errors import FaultyInputError
from pipelines.sources.logs.options import is_ticked

MAPPING = """
neighbourhood_id = "ash"
prototype_id = "ash-bp"
tested_on = "When was it?"
submitted_at = "Timestamp"
sender = "Email"
[items]
attended = "How many came?"
new_people = "How many were new?"
"""
HEADING = "Timestamp,Email,When was it?,How many came? ,How many were new?,Comments,Comments\n"


def record(stamp="04/03/2025 15:00:00", day="04/03/2025", came="12", new="3", words="", who="a@example.org"):
    return f"{stamp},{who},{day},{came},{new},{words},\n"


def effects(checked) -> list[tuple]:
    return [(fault.line, str(fault.effect)) for fault in checked.faults]


def test_questions_become_items_although_a_heading_ends_in_a_space(read):
    checked = read(HEADING + record(), MAPPING)
    assert [(cell.item, cell.count) for cell in checked.raw_cells] == [("attended", 12), ("new_people", 3)]
    assert checked.raw_lines[0].tested_on == dt.date(2025, 3, 4)
    assert checked.faults == ()


def test_a_late_entry_belongs_to_the_day_of_its_session(read):
    checked = read(HEADING + record(stamp="14/04/2025 15:00:00"), MAPPING)
    assert checked.raw_lines[0].tested_on == dt.date(2025, 3, 4)


@pytest.mark.parametrize(
    "words", ["TEST please ignore", "test", "Testing 1", "This is a test entry", "ignore this test"]
)
def test_a_test_of_the_form_is_refused(read, words):
    assert effects(read(HEADING + record(words=words), MAPPING)) == [(2, "line refused")]


@pytest.mark.parametrize("words", ["We test blood pressure here", "the test went well", "contest day"])
def test_the_word_test_alone_refuses_nothing(read, words):
    assert effects(read(HEADING + record(words=words), MAPPING)) == []


def test_the_same_answers_again_count_once_whoever_sent_them(read):
    again = record(stamp="05/03/2025 09:00:00", who="b@example.org")
    checked = read(HEADING + record() + record(stamp="04/03/2025 15:00:06") + again, MAPPING)
    assert len(checked.raw_lines) == 1
    assert effects(checked) == [(3, "line refused"), (4, "line refused")]


def test_a_correction_stands_and_the_earlier_record_goes(read):
    corrected = record(stamp="04/03/2025 15:20:00", came="14", words="Correction: 14 not 41")
    checked = read(HEADING + record(came="41") + corrected, MAPPING)
    assert [cell.count for cell in checked.raw_cells if cell.item == "attended"] == [14]
    assert effects(checked) == [(2, "line refused"), (3, "noted")]


def test_a_correction_of_nothing_is_held(read):
    checked = read(HEADING + record(words="Correction to my last one"), MAPPING)
    assert effects(checked) == [(2, "held")]
    assert [row.presumed_on for row in checked.held_records] == [dt.date(2025, 3, 4)]


def test_of_two_close_records_with_other_answers_the_second_is_held(read):
    checked = read(HEADING + record() + record(stamp="04/03/2025 15:30:00", came="13"), MAPPING)
    assert effects(checked) == [(3, "held")]
    assert len(checked.held_records) == 1


def test_two_sessions_of_one_day_both_count_and_it_is_told(read):
    checked = read(
        HEADING + record() + record(stamp="04/03/2025 19:30:00", came="9", words="evening"), MAPPING
    )
    assert len(checked.raw_lines) == 2
    assert effects(checked) == [(3, "noted")]


@pytest.mark.parametrize(
    ("day", "presumed"),
    [
        ("", dt.date(2025, 1, 7)),
        ("07/01/2024", dt.date(2025, 1, 7)),
        ("30/12/2025", dt.date(2024, 12, 30)),
        ("07/01/2052", dt.date(2025, 1, 7)),
        ("29/02/2052", dt.date(2025, 1, 7)),
    ],
)
def test_a_doubtful_date_is_held_near_the_day_it_most_likely_means(read, day, presumed):
    checked = read(HEADING + record(stamp="07/01/2025 13:00:00", day=day), MAPPING)
    assert effects(checked) == [(2, "held")]
    assert [row.presumed_on for row in checked.held_records] == [presumed]
    assert checked.raw_lines == ()


def test_time_stamps_tell_the_order_where_the_dates_do_not(read):
    american = [("3/2/2025", "3/18/2025 15:00:00"), ("3/9/2025", "3/25/2025 15:00:00")]
    checked = read(HEADING + "".join(record(stamp=stamp, day=day) for day, stamp in american), MAPPING)
    assert [line.tested_on for line in checked.raw_lines] == [dt.date(2025, 3, 2), dt.date(2025, 3, 9)]


def test_a_date_that_cannot_be_read_refuses_the_line_and_leaves_its_week_open(read):
    checked = read(HEADING + record(day="last Tuesday"), MAPPING)
    assert effects(checked) == [(2, "line refused")]
    assert [row.presumed_on for row in checked.held_records] == [dt.date(2025, 3, 4)]


def test_a_record_with_more_answers_than_questions_is_refused_and_leaves_its_week_open(read):
    checked = read(HEADING + record().strip() + ",more\n" + record(), MAPPING)
    assert effects(checked) == [(2, "line refused")]
    assert [row.presumed_on for row in checked.held_records] == [dt.date(2025, 3, 4)]


def test_a_cancelled_session_is_no_zero_but_counted_people_stay(read):
    rows = record(came="0", new="0", words="cancelled - heavy rain") + record(
        stamp="11/03/2025 15:00:00", day="11/03/2025", words="Second walk cancelled"
    )
    checked = read(HEADING + rows, MAPPING)
    assert [line.line for line in checked.raw_lines] == [3]
    assert effects(checked) == [(2, "line refused"), (3, "noted")]


def test_addresses_are_counted_and_kept_nowhere(read, log_load):
    checked = read(HEADING + record(words="Ring Maureen on 07700 900123"), MAPPING)
    assert log_load(checked).personal_cells_dropped == 2
    assert not any(word in repr(checked) for word in ("example.org", "Maureen", "07700"))


def test_a_heading_the_file_does_not_have_refuses_it_and_names_the_nearest(read, log_load):
    checked = read(HEADING.replace("How many were new?", "How many are new?") + record(), MAPPING)
    assert 'The nearest is "How many are new?"' in checked.faults[0].reason
    assert log_load(checked).lines_loaded == 0
    assert log_load(checked).lines_read == 2


def test_the_second_of_two_equal_headings_can_be_named(read):
    mapping = MAPPING.replace('submitted_at = "Timestamp"\n', 'place = "Comments#2"\n')
    checked = read(HEADING + "x,a@example.org,04/03/2025,12,3,first,second\n", mapping)
    assert checked.raw_lines[0].place == "second"


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (('tested_on = "When was it?"', ""), "tested_on"),
        (('prototype_id = "ash-bp"', 'prototype_id = "ash-pb"'), "prototype_id"),
        (('neighbourhood_id = "ash"', 'neighbourhood_id = "elm"'), "neighbourhood_id"),
        (('neighbourhood_id = "ash"', 'neighbourhood_id = "oak"'), "neighbourhood_id"),
        (("attended =", "Attended ="), "items.Attended"),
        (('"How many came?"', "3"), "items.attended"),
        (('sender = "Email"', "sender = 3"), "sender"),
        (('sender = "Email"', 'dates = "american"'), "dates"),
        (('sender = "Email"', 'colour = "red"'), "colour"),
        (("[items]", '[ticked]\ntea = { heading = "x" }\n[items]'), "ticked.tea"),
        (("[items]", "[items"), None),
    ],
)
def test_a_faulty_mapping_says_which_key_and_stops_the_reading(read, change, column):
    with pytest.raises(FaultyInputError) as caught:
        read(HEADING + record(), MAPPING.replace(*change))
    assert column in [fault.column for fault in caught.value.faults]
    assert "log.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("written", "ticked"),
    [
        ("Tea, cake and talk", True),
        ("Walk, Tea, cake and talk, Seated exercise", True),
        ("walk;Tea, cake and talk", True),
        ("Walk;Tea, cake and talk;", True),
        ("Walk", False),
        ("Green Tea, cake and talk", False),
        ("Tea, cake", False),
        ("", None),
    ],
)
def test_an_option_with_commas_is_found_whole(written, ticked):
    assert is_ticked(written, "Tea, cake and talk") is ticked


def test_one_file_may_hold_the_records_of_several_prototypes(read):
    mapping = (
        'tested_on = "When was it?"\n[columns]\nneighbourhood_id = "Area"\nprototype_id = "Project"\n'
        '[items]\nattended = "How many came?"\n'
    )
    rows = "ash,ash-bp,04/03/2025,12\nelm,elm-walk,04/03/2025,9\nelm,ash-bp,11/03/2025,7\n"
    checked = read("Area,Project,When was it?,How many came?\n" + rows, mapping)
    assert [(line.prototype_id, line.line) for line in checked.raw_lines] == [("ash-bp", 2), ("elm-walk", 3)]
    assert effects(checked) == [(4, "line refused")]
    assert [row.presumed_on for row in checked.held_records] == [dt.date(2025, 3, 11)]
