"""Names from outside are plain words on the screen: no tag, no markdown, no turning round, no endless line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.plain_text import file_name, label_words, shown, shown_html


def test_characters_that_turn_words_round_are_left_out():
    assert shown("food\u202exslx.exe") == "foodxslx.exe"
    assert shown("a\u2066b\u2069 \u200fc") == "ab c"


def test_a_name_stays_on_one_line():
    assert shown("kg\nshared\t\x00now") == "kg shared now"


def test_a_long_name_keeps_its_ends():
    name = shown("x" * 200 + ".xlsx")
    assert len(name) <= 80
    assert name.startswith("xxx")
    assert name.endswith(".xlsx")


def test_tags_are_words_and_the_whole_name_is_one_touch_away():
    assert shown_html("<script>alert(1)</script>") == "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"
    assert 'title="' + "y" * 200 in shown_html("y" * 200)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("**bold** [x](http://a)", "bold x (http a)"),
        (":smile: `code` $x$", "smile code x"),
        ("# kg_shared", "kg shared"),
        ("wasted\n(kg)", "wasted (kg)"),
        (None, ""),
    ],
)
def test_a_label_holds_no_markdown(name, words):
    assert label_words(name) == words


def test_a_label_that_is_cut_says_so():
    assert (
        label_words("What did you do? (tick all that apply) Visitor (nurse, council, library)").count("…")
        == 1
    )


@given(st.text(max_size=300))
def test_whatever_a_name_holds_it_is_one_line_of_visible_characters(name):
    short = shown(name)
    assert len(short) <= 80
    assert short == short.strip()
    assert not [c for c in short if not c.isprintable()]
    assert not set(label_words(name)) & set("*_`[]<>#:$~|\\!")


def test_a_path_is_known_by_its_last_part():
    assert file_name("inbox/test_logs/walks.csv") == "walks.csv"
    assert file_name("..\\..\\walks.csv") == "walks.csv"
