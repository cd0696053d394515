"""Who is not reached: fixed order, words beside every mark, and nothing of a hidden group but its name."""

from __future__ import annotations

import datetime as dt
import re

from dashboard.components.hypertension.gap import gap_html
from dashboard.components.hypertension.who import MOST_GROUPS, help_html, in_order, who_html
from dashboard.theme import LIGHT

LATEST = {"period_start": dt.date(2026, 4, 1), "period_end": dt.date(2026, 9, 30)}


def group(name, share=0.5, **changes):
    return LATEST | {
        "question": "reach", "label": "Measured, of people eligible", "group_type": "sex", "group": name, "group_name": name,
        "display_order": 1, "n_served": 100 * share, "n_people": 100.0, "share": share, "lower_95": share - 0.1,
        "upper_95": share + 0.1, "everyone": 0.5, "is_fewer": False,
        "is_hidden": False, "why_hidden": None, "from_rounded": False,
    } | changes  # fmt: skip


def hidden(name, **changes):
    figures = dict.fromkeys(("n_served", "n_people", "share", "lower_95", "upper_95"))
    return (
        group(name)
        | figures
        | {"is_hidden": True, "why_hidden": "Small numbers could point to a person."}
        | changes
    )


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def test_groups_keep_the_order_they_are_filed_in_and_are_never_sorted_by_value():
    filed = [
        group("Women", 0.6, display_order=1),
        group("Men", 0.4, display_order=2),
        group("Most deprived fifth", 0.9, group_type="deprivation_fifth"),
    ]
    assert [row["group_name"] for row in in_order(filed)] == ["Most deprived fifth", "Women", "Men"]
    assert [row["group_name"] for row in in_order(filed[::-1])] == ["Most deprived fifth", "Women", "Men"]


def test_a_group_reached_less_says_so_in_words_and_shape():
    html = who_html([group("Men", 0.3, is_fewer=True), group("Women", 0.6)], "reach")
    assert html.count('class="fewer"') == 1
    assert "30% fewer reached" in plain(html)
    assert "April to September 2026" in plain(html)


def test_the_words_follow_the_question():
    rows = [group("Men", 0.3, is_fewer=True, question="quality")]
    assert "fewer confirmed" in plain(who_html(rows, "quality"))
    assert "not counted by groups of people here" in plain(who_html(rows, "impact"))


def test_a_hidden_group_shows_its_name_why_and_no_figure_anywhere():
    html = who_html([group("Women", 0.6), hidden("Men", n_served=None)], "reach")
    assert "Why hidden?" in html
    assert "Small numbers could point to a person." in plain(html)
    drawn = [found.start() for found in re.finditer(r"\bMen\b", html)]
    assert drawn
    assert "* held back" in plain(html)
    for at in drawn:
        around = html[at : at + 260].split("</li>")[0].split("</tr>")[0]
        assert not re.search(r">\s*\d", around.replace("50%", ""))


def test_why_hidden_is_told_once_and_does_not_say_which_group_is_small():
    html = who_html([hidden("Men"), hidden("Women"), group("Others", 0.5)], "reach")
    assert html.count("Small numbers could point to a person.") == 1


def test_all_hidden_is_a_picture_without_a_scale():
    html = who_html([hidden("Men", everyone=None), hidden("Women", everyone=None)], "reach")
    assert "dot-scale" not in html
    assert plain(html).count("* held back") == 2


def test_many_groups_fold_and_none_is_lost():
    rows = [group(f"Group {n:02}", display_order=n) for n in range(1, 15)]
    html = who_html(rows, "reach")
    assert f"{14 - MOST_GROUPS} more groups" in html
    assert all(html.count(f">Group {n:02}<") == 2 for n in range(1, 15))


def test_nobody_counted_by_groups_says_how_it_can_be():
    assert "cascade_counts.csv" in who_html([], "reach")


def test_who_helps_stands_beside_services_and_is_left_out_where_nobody_counts_it():
    rows = [group(name, question="help", group_type="help_source") for name in ("Family", "Services")]
    told = [
        gap(half, question="help", sentence=f"Services gave {n} in 100.") for half, n in ((0, 30), (1, 26))
    ]
    html = help_html(rows, [*told, gap(1)])
    assert "Who helps?" in html
    assert "Family" in html
    assert "Services gave 26 in 100." in html
    assert "Services gave 30" not in html
    assert help_html([group("Men")], told) == ""


def gap(half=0, **changes):
    start = dt.date(2025, 4, 1) if not half else dt.date(2025, 10, 1)
    end = dt.date(2025, 9, 30) if not half else dt.date(2026, 3, 31)
    return {
        "question": "reach", "group_type": "deprivation_fifth", "period_start": start, "period_end": end, "least": "Most",
        "best": "Least", "gap": 0.05, "gap_low": 0.01, "gap_high": 0.09, "slope_index": 0.06, "slope_low": 0.02,
        "slope_high": 0.1, "relative_index": 1.5, "relative_low": 1.1, "relative_high": 2.0, "sentence": "Five points apart.",
    } | changes  # fmt: skip


def test_the_gap_is_drawn_over_time_with_its_sentence_and_its_indices():
    html = gap_html([gap(0), gap(1, gap=0.03, sentence="Three points apart.")], "reach", LIGHT)
    assert "Three points apart." in plain(html)
    assert "Five points apart." not in plain(html)
    assert html.count('class="dot"') == 2
    assert "5.0 (1.0 to 9.0)" in plain(html)
    assert "6.0 (2.0 to 10.0)" in plain(html)
    assert "1.5 (1.1 to 2.0)" in plain(html)


def test_one_half_year_is_a_sentence_and_no_chart():
    html = gap_html([gap()], "reach", LIGHT)
    assert "One half-year so far" in plain(html)
    assert "time-dots" not in html


def test_a_hidden_gap_has_no_figure():
    names = (
        "least",
        "best",
        "gap",
        "gap_low",
        "gap_high",
        "slope_index",
        "slope_low",
        "slope_high",
        "relative_index",
    )
    held = dict.fromkeys(names) | {"sentence": "Cannot yet tell: small numbers are held back."}
    html = gap_html([gap(0, **held), gap(1, **held)], "reach", LIGHT)
    assert "Cannot yet tell" in plain(html)
    assert "held back" in plain(html[html.index("<table") :])
    assert "time-dots" not in html
    assert gap_html([], "reach", LIGHT) == ""
