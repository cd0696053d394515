"""Exports of form tools are known by the columns that the tool adds.

Shapes only, made up here from the tools' descriptions: no real export of Microsoft Forms, Kobo or ODK was at hand.
"""

from __future__ import annotations

import datetime as dt

from pipelines.preview import preview
from pipelines.understanding import suggested_measures, understand
from tests.pipelines.understanding.conftest import WEEKS, guess_of, roles_of, text_of, zip_of


def sent(day: dt.date, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(15, minute))


def google_rows() -> list[list[object]]:
    rows: list[list[object]] = [
        ["Timestamp", "Username", "When was it?", "How many people came?", "Comments", "Comments"]
    ]
    rows += [
        [f"{sent(day):%Y/%m/%d} 3:00:00 PM GMT", "a@example.org", f"{day:%d/%m/%Y}", 10 + n, "fine", ""]
        for n, day in enumerate(WEEKS)
    ]
    return rows


def microsoft_rows() -> list[list[object]]:
    heading = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Date of the session",
        "How many\xa0came?",
    ]
    heading += ["What ran?", "Points - How many came?", "Feedback - How many came?"]
    ran = ["Singing;", "Singing;Tea, cake and talk;", "Tea, cake and talk;"]
    rows: list[list[object]] = [list(heading)]
    for n, day in enumerate(WEEKS):
        stamps = [f"{sent(day, minute):%m/%d/%y %H:%M:%S}" for minute in (0, 4)]
        rows.append([n, *stamps, "anonymous", "", f"{day:%m/%d/%Y}", 10 + n, ran[n % 3], "", ""])
    return rows


def kobo_rows() -> list[list[object]]:
    heading = [
        "start",
        "end",
        "session/day",
        "session/venue",
        "reach/people_came",
        "activities",
        "activities/walk",
    ]
    heading += [
        "activities/tea",
        "_id",
        "_uuid",
        "_submission_time",
        "_validation_status",
        "_notes",
        "_status",
    ]
    heading += ["_submitted_by", "__version__", "_tags", "_index"]
    rows: list[list[object]] = [list(heading)]
    for n, day in enumerate(WEEKS):
        stamp = f"{sent(day).isoformat(timespec='milliseconds')}+00:00"
        answers = [
            day.isoformat(),
            ("library", "hall")[n % 2],
            10 + n,
            "walk tea" if n % 2 else "walk",
            1,
            n % 2,
        ]
        tail = [
            1000 + n,
            f"5f{n}",
            sent(day).isoformat(),
            "",
            "",
            "submitted_via_web",
            "volunteer",
            "vA",
            "",
            n + 1,
        ]
        rows.append([stamp, stamp, *answers, *tail])
    return rows


def odk_rows() -> list[list[object]]:
    heading = ["SubmissionDate", "start", "end", "visit-day", "visit-people_met", "meta-instanceID", "KEY"]
    heading += ["SubmitterID", "SubmitterName", "AttachmentsPresent", "DeviceID", "FormVersion"]
    stamps = [f"{sent(day).isoformat(timespec='milliseconds')}Z" for day in WEEKS]
    return [list(heading)] + [
        [
            stamp,
            stamp,
            stamp,
            day.isoformat(),
            3 + n,
            f"uuid:{n}",
            f"uuid:{n}",
            7,
            "volunteer",
            0,
            "collect:x",
            2,
        ]
        for n, (day, stamp) in enumerate(zip(WEEKS, stamps, strict=True))
    ]


def test_google_forms_keep_the_time_stamp_apart_from_the_session(understood):
    proposal = understood(google_rows())
    assert proposal.form == "google forms"
    assert proposal.mapping.form == "google forms"
    assert proposal.mapping.columns == {
        "tested_on": ("When was it?",),
        "submitted_at": ("Timestamp",),
        "sender": ("Username",),
    }
    assert roles_of(proposal)["Comments#2"] == "note"


def test_google_forms_come_as_a_zip_too(understood):
    packed = zip_of("Walks.csv", text_of(google_rows()))
    assert understood(packed, "Walks.csv.zip").columns == understood(google_rows()).columns


def test_a_google_form_that_asks_for_no_day_takes_the_time_stamp_and_says_so(understood):
    rows = [[row[0], row[3]] for row in google_rows()]
    guess = guess_of(understood(rows), "Timestamp")
    assert guess.role == "tested_on"
    assert not guess.is_sure
    assert "when the form was sent" in guess.why


def test_microsoft_forms(understood):
    proposal = understood(microsoft_rows())
    assert proposal.form == "microsoft forms"
    assert proposal.mapping.columns["tested_on"] == ("Date of the session",)
    assert proposal.mapping.columns["submitted_at"] == ("Completion time",)
    assert proposal.mapping.columns["sender"] == ("Email",)
    roles = roles_of(proposal)
    assert [roles[name] for name in ("ID", "Start time", "Points - How many came?")] == ["leave out"] * 3
    assert roles["Name"] == "personal"
    assert {spec.option for spec in proposal.mapping.items.values()} == {
        None,
        "Singing",
        "Tea, cake and talk",
    }
    assert not proposal.orders[0].day_first


def test_kobo_with_semicolons_groups_and_a_column_for_every_option(understood):
    proposal = understood(text_of(kobo_rows(), delimiter=";"))
    assert proposal.form == "kobo"
    assert proposal.mapping.columns == {
        "tested_on": ("session/day",),
        "submitted_at": ("_submission_time",),
        "sender": ("_submitted_by",),
        "place": ("session/venue",),
    }
    assert list(proposal.mapping.items) == ["people_came", "walk", "tea"]
    roles = roles_of(proposal)
    assert roles["activities"] == "leave out"
    assert {roles[name] for name in ("_id", "_uuid", "_index", "__version__", "start", "end")} == {
        "leave out"
    }


def test_odk(understood):
    proposal = understood(odk_rows())
    assert proposal.form == "odk"
    assert proposal.mapping.columns["tested_on"] == ("visit-day",)
    assert proposal.mapping.columns["submitted_at"] == ("SubmissionDate",)
    assert list(proposal.mapping.items) == ["visit_people_met"]
    roles = roles_of(proposal)
    assert roles["DeviceID"] == roles["SubmitterID"] == "personal"
    assert roles["KEY"] == roles["meta-instanceID"] == "leave out"


def test_a_kobo_form_that_asks_for_no_day_takes_the_day_on_which_it_was_begun_and_says_so(understood):
    rows = [[*row[:2], *row[3:]] for row in kobo_rows()]
    proposal = understood(text_of(rows, delimiter=";"))
    assert proposal.mapping.columns["tested_on"] == ("start",)
    assert proposal.mapping.columns["submitted_at"] == ("_submission_time",)
    assert not guess_of(proposal, "start").is_sure


def test_a_log_that_no_tool_made_has_no_form(understood):
    assert understood([["Date", "Guests"], *[[day.isoformat(), 4] for day in WEEKS]]).form is None


def test_an_answer_sent_twice_counts_once_though_the_tool_numbers_it_anew(tmp_path):
    rows = kobo_rows()
    again = list(rows[-1])
    again[8:11] = [9999, "another-uuid", sent(WEEKS[-1], 1).isoformat()]
    again[-1] = 99
    content = text_of([*rows, again], delimiter=";")
    mapping = understand(content, "kobo.csv", tmp_path).mapping
    seen = preview(
        content, "kobo.csv", mapping, suggested_measures(mapping, tmp_path), tmp_path, dt.date(2026, 1, 1)
    )
    assert [(load.lines_loaded, load.lines_refused) for load in seen.loads] == [(len(WEEKS), 1)]
    assert [fault.effect for fault in seen.faults if fault.line == len(WEEKS) + 2] == ["line refused"]
