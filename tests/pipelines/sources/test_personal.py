"""Personal data: what is recognised, what may be shown."""

from __future__ import annotations

import pytest

from pipelines.sources.personal import find, is_personal_heading, mask, mask_amount, mask_id, scrub


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to jo.bloggs@example.org", "email"),
        ("ring 07700 900123", "phone"),
        ("+44 7700 900123", "phone"),
        ("(020) 7946 0123", "phone"),
        ("her NHS no 943 476 5919", "NHS number"),
        ("9434765919", "NHS number"),
        ("d.o.b. 12/03/1951", "birth date"),
        ("born on 3 April 1951", "birth date"),
        ("lives at ZZ99 3VZ", "postcode"),
        ("zz993vz", "postcode"),
        ("Please ring Maureen about the lift", "name"),
        ("spoke to Aisha Khan", "name"),
        ("Mrs Okafor came", "name"),
        ("Dr. Patel's list", "name"),
    ],
)
def test_personal_data_is_recognised_and_taken_out(text, kind):
    assert kind in find(text)
    clean, kinds = scrub(text)
    assert kind in kinds
    for piece in (
        "bloggs",
        "900123",
        "0123",
        "5919",
        "3VZ",
        "3vz",
        "Maureen",
        "Aisha",
        "Khan",
        "Okafor",
        "Patel",
    ):
        assert piece not in clean


def test_a_postcode_leaves_its_district_behind():
    assert scrub("Library, ZZ99 3VZ")[0] == "Library, ZZ99"


@pytest.mark.parametrize(
    "text",
    [
        "Rain at first, then sun",
        "Met the gardeners, who gave us beans",
        "+1 from the library",
        "=) all good",
        "Short loop. Long chat",
        "Infants' gate",
        "The corner barber's",
        "Yes, far more. Men trust the man with the scissors.",
        "2024-09-17",
        "33 of 41",
    ],
)
def test_everyday_words_are_left_alone(text):
    assert scrub(text) == (text, ())


@pytest.mark.parametrize(
    "heading",
    ["Email address", "Your name", "phone_number", "Date of birth", "NHS no.", "Post code", "Surname"],
)
def test_a_heading_can_say_that_its_column_is_personal(heading):
    assert is_personal_heading(heading)


@pytest.mark.parametrize(
    "heading", ["attended", "bp_checked", "Comments", "How many people came?", "asked_who_to_call"]
)
def test_other_headings_do_not(heading):
    assert not is_personal_heading(heading)


@pytest.mark.parametrize(
    "value",
    [
        "1O",
        "10-12",
        "all of them",
        "16 (plus 2 dogs)",
        "50%",
        "18/11/2052",
        "tomorrow",
        "Mon 10 Sept 2024",
        "",
    ],
)
def test_what_a_person_needs_to_mend_a_cell_is_shown(value):
    assert mask(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "Maureen",
        "June",
        "April May",
        "07700 900123",
        "9434765919",
        "ZZ99 3VZ",
        "12/03/1951",
        "12/03/51",
        "12 March 1951",
        "1951-03-12",
        "José",
        "a@b.org",
        "Ring Maureen 3",
    ],
)
def test_what_may_be_personal_is_told_by_its_length_only(value):
    assert mask(value) == f"[not shown: {len(value)} characters]"


def test_an_unknown_id_is_shown_only_where_it_is_built_like_one():
    assert mask_id("ashfeild-bp", ()) == "ashfeild-bp"
    assert mask_id("maureen", ()).startswith("[not shown")
    assert mask_id("Maureen Blake", ()).startswith("[not shown")
    assert mask_id("07700-900123", ()).startswith("[not shown")


@pytest.mark.parametrize(
    "written",
    [
        "12",
        "0.45",
        "45 %",
        "145/92",
        "150 / 95",
        "<5",
        "10-12",
        "3 or 4",
        "12kg + 3kg",
        " 24 KG",
        "7½",
        "2 crates",
        "1,050",
        "£12.50",
        "20+",
        "2?",
        "4/5",
        "n/a",
        "1O",
    ],
)
def test_a_cell_that_holds_amounts_is_kept_as_written(written):
    assert mask_amount(written) == written.strip()


@pytest.mark.parametrize(
    "written",
    ["12 Maureen", "Maureen", "12/03/1951", "3/1951", "07700 900123", "943 476 5919", "12 ZZ99 3VZ"],
)
def test_a_cell_that_holds_more_than_amounts_is_not_kept(written):
    assert mask_amount(written).startswith("[not shown")
