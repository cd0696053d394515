"""What was loaded and refused: every line accounted for, personal values left out."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from dashboard.components.data import view as data_view
from dashboard.components.plain_table import table_html
from dashboard.store import Store
from pipelines.mart import current


@pytest.fixture
def store(fixture_mart, tmp_path):
    copy = tmp_path / "mart-full.duckdb"
    shutil.copy(current(fixture_mart("full") / "true"), copy)
    opened = Store(copy)
    yield opened
    opened.close()


def test_the_headline_counts_files_and_faults(store):
    loads, faults = store.loads(), store.rejected_rows()
    assert data_view.headline(loads, faults) == "Three files read; four places need a look."
    assert data_view.headline(loads, faults.head(1)) == "Three files read; one place needs a look."
    one_workbook = loads.assign(file="food.xlsx")
    assert data_view.headline(one_workbook, faults).startswith("One file read;")
    counted_all = faults.assign(effect="noted")
    assert data_view.headline(loads, counted_all) == "Three files read; nothing was refused."
    assert data_view.headline(loads.head(1), faults.head(0)) == "One file read; nothing was refused."
    assert data_view.headline(loads.head(0), faults) == "No file has been read yet."


def test_every_line_is_accounted_for(store):
    words = data_view.reconciling(store.loads())
    assert words == (
        "Every line is accounted for: 224 lines read = 218 loaded + 2 refused + 4 titles, headings, blanks and totals."
    )


def test_lines_that_do_not_add_up_are_not_called_accounted_for(store):
    words = data_view.reconciling(store.loads().assign(lines_read=1))
    assert words.startswith("The lines do not add up")
    assert " = " not in words


def test_each_file_stands_with_its_counts(store):
    html = data_view.loads_html(store.loads())
    assert '<th scope="row">sample/test_logs/ashfield.csv, Jan-Mar 26</th>' in html
    assert '<td data-label="Lines" class="right">62</td><td data-label="Loaded" class="right">58</td>' in html


def test_the_load_log_says_which_content_came_when_and_from_whom(store):
    html = data_view.loads_html(store.loads())
    assert '<td data-label="Content">00000000</td>' in html
    assert '<td data-label="Received">20 Nov 2026, 14:05</td>' in html
    assert '<td data-label="From">Ana &lt;b&gt;Bell&lt;/b&gt;</td>' in html


def test_a_file_put_there_by_hand_shows_when_it_was_read(store):
    html = data_view.loads_html(store.loads())
    assert '<td data-label="Received">22 Nov 2026, 09:00</td><td data-label="From"></td>' in html


def test_where_nobody_is_named_there_is_no_column_for_it(store):
    html = data_view.loads_html(store.loads().tail(1))
    assert '<td data-label="Received">22 Nov 2026, 09:00</td><td data-label="Lines"' in html


@pytest.mark.parametrize("line", [7, 7.0])
def test_a_place_names_file_sheet_and_line(line):
    assert data_view.where_words("test_logs/food.xlsx", "April", line) == "test_logs/food.xlsx, April, line 7"
    assert data_view.where_words("walks.csv", None, float("nan")) == "walks.csv"


def test_reasons_that_differ_in_their_numbers_are_one():
    faults = pd.DataFrame(
        {
            "file": "food.xlsx",
            "sheet": None,
            "line": [4, 9, 12],
            "reason": ["Between 10 and 12; counted as 11.", "Between 0 and 4; counted as 2.", "Read as 7.5."],
            "effect": "noted",
        }
    )
    html = data_view.by_reason_html(faults)
    assert "Between 10 and 12; counted as 11. And the like, with other numbers." in html
    assert "food.xlsx, lines 4, 9" in html
    assert "Read as 7.5." in html


def test_one_file_says_what_became_of_its_lines(store):
    assert data_view.fate(store.loads(), "sample/test_logs/ashfield.csv") == (
        "Of its 62 lines 58 are loaded and 2 left out, each with its reason below; titles, headings, blanks and totals: 2."
    )
    assert data_view.fate(store.loads(), "nothing.csv") == ""


def test_times_are_those_of_clocks_in_london():
    assert data_view.moment(pd.Timestamp("2026-07-01 09:30")) == "1 Jul 2026, 10:30"
    assert data_view.moment(pd.NaT) == ""


def test_reasons_are_counted_with_the_lines_they_stand_on():
    faults = pd.DataFrame(
        {
            "file": ["inbox/test_logs/food.xlsx"] * 40 + ["inbox/test_logs/walks.csv"],
            "sheet": ["April"] * 40 + [None],
            "line": [*range(5, 45), 9],
            "reason": ["No date could be read."] * 40 + ["Two records are the same."],
            "effect": ["line refused"] * 40 + ["held"],
        }
    )
    html = data_view.by_reason_html(faults)
    assert html.index("No date could be read.") < html.index("Two records are the same.")
    assert '<td data-label="Times" class="right">40</td>' in html
    assert "food.xlsx, April, lines 5–16 and 28 more" in html
    assert "walks.csv, line 9" in html


def test_faults_say_where_what_and_how_to_mend_it(store):
    html = data_view.faults_html(store.rejected_rows(), masked=False)
    assert '<th scope="row">sample/test_logs/ashfield.csv, line 3</th>' in html
    assert "Write it as 2026-01-31." in html
    assert "tomorrow</td>" in html


def test_values_are_left_out_for_others_even_where_the_mart_holds_them(store):
    html = data_view.faults_html(store.rejected_rows(), masked=True)
    assert "Value" not in html
    assert "about 20" not in html


def test_what_stood_in_a_cell_cannot_become_a_tag(store):
    assert "<b>12" not in data_view.faults_html(store.rejected_rows(), masked=False)


def test_a_long_list_says_how_much_of_it_is_shown(store):
    many = pd.concat([store.rejected_rows()] * 100)
    html = data_view.faults_html(many, masked=True)
    assert "the first 200 of 400" in html
    assert html.count("<tr>") == 201


def test_public_figures_carry_their_source_and_release(store):
    assert data_view.public_figures(store.public_sources()) == [
        "ONS, Explore Local Statistics, released 10 December 2025: 2 indicators (72 values)."
    ]
    unknown = store.public_sources().assign(source=None, released_on=pd.NaT, n_indicators=1, n_rows=1)
    assert data_view.public_figures(unknown) == [
        "Source not given, release date not given: 1 indicator (1 value)."
    ]


def test_each_publisher_of_tables_of_areas_stands_once_with_all_its_releases():
    sources = pd.DataFrame(
        {
            "source": ["Ministry", "Ministry", "ONS", "ONS", "The file localities/practices.csv"],
            "released_on": pd.to_datetime(["2019-09-26", "2025-10-30", "2022-11-29", None, None]),
            "what": ["deprivation of small areas"] * 2 + ["residents of small areas", "wards", "practices"],
            "n_indicators": [None] * 5,
            "n_rows": [880, 920, 115, 1, 32],
        }
    )
    assert data_view.public_figures(sources) == [
        "Ministry, released 26 September 2019 and 30 October 2025: deprivation of small areas (1,800 rows).",
        "ONS, released 29 November 2022: residents of small areas (115 rows), wards (1 row).",
        "The file localities/practices.csv, release date not given: practices (32 rows).",
    ]


@pytest.mark.parametrize(
    ("profile", "told"), [("opensafely", "by the profile opensafely."), ("none", "for the group alone")]
)
def test_provenance_says_by_which_profile_small_numbers_are_held_back(store, profile, told):
    info = {"made_up": "false", "privacy_profile": profile}
    assert told in data_view.provenance_html(info, store.public_sources(), store.loads())


def test_provenance_says_whether_numbers_are_made_up(store):
    made_up = data_view.provenance_html({"made_up": "true"}, store.public_sources(), store.loads())
    real = data_view.provenance_html({"made_up": "false"}, store.public_sources(), store.loads())
    assert "is made up. Read on 22 November 2026." in made_up
    assert "made up" not in real


def test_a_table_names_each_cell_for_the_phone_where_headings_are_gone():
    html = table_html("Files", ("Name", "Lines"), [("a", "1")], numeric=("Lines",))
    assert html == (
        '<table class="plain"><caption>Files</caption><thead><tr><th scope="col">Name</th>'
        '<th scope="col" class="right">Lines</th></tr></thead><tbody><tr><th scope="row">a</th>'
        '<td data-label="Lines" class="right">1</td></tr></tbody></table>'
    )
