"""The frame every page shares, and what it says without data."""

from __future__ import annotations

import pytest

from dashboard.components.frame import Frame, foot_html, title_html
from dashboard.components.notices import notice_html
from dashboard.components.styles import everywhere
from dashboard.theme import LIGHT
from pipelines.errors import MartError
from pipelines.vocabulary import Audience

INFO = {"rule_set": "mdc", "rule_set_version": "1", "data_until": "2026-11-22"}


def test_made_up_data_says_so_beside_the_title_and_real_data_does_not():
    assert '<span class="badge">Made-up data</span>' in title_html("A", "", (), made_up=True)
    assert "Made-up" not in title_html("A", "", (), made_up=False)


def test_a_title_is_plain_text():
    html = title_html("<b>x</b>", "<i>", [("<u>", "<s>")], made_up=False)
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert not any(tag in html for tag in ("<b>", "<i>", "<u>", "<s>"))


def test_a_page_has_one_heading_of_the_first_rank():
    assert title_html("A", "above", [("Stage", "action")], made_up=True).count("<h1>") == 1


@pytest.mark.parametrize(
    ("audience", "words"),
    [(Audience.SHARED, "small numbers held back"), (Audience.TRUE, "true counts, for the group alone")],
)
def test_the_foot_names_the_rules_the_day_and_whose_copy_it_is(audience, words):
    html = foot_html(INFO, audience, "method")
    assert "Rules: mdc, version 1 · data until 22 November 2026" in html
    assert words in html
    assert 'href="method"' in html


def test_a_mart_without_data_has_no_day_to_name():
    assert "no data yet" in foot_html({"data_until": ""}, Audience.SHARED, "method")


def test_a_page_without_a_mart_meets_an_error_in_words_when_it_asks():
    with pytest.raises(MartError, match="no mart"):
        _ = Frame(None, {}, LIGHT).store


def test_styles_ask_for_nothing_from_elsewhere():
    assert "url(" not in everywhere()
    assert "@import" not in everywhere()
    assert "http" not in everywhere()


def test_a_notice_tells_state_reason_step_and_command_as_plain_text():
    html = notice_html("Nothing <here>", "Because.", "Do this:", "make run")
    assert '<section class="notice" role="status"><h2>Nothing &lt;here&gt;</h2><p>Because.</p>' in html
    assert "<code>make run</code>" in html
    assert "<code>" not in notice_html("A", "B")


def test_the_foot_leads_to_the_same_page_in_the_other_view():
    html = foot_html(INFO, Audience.SHARED, "method", '<a href="?view=projector">Colours for a projector</a>')
    assert html.index('href="method"') < html.index('href="?view=projector"') < html.index("</footer>")
