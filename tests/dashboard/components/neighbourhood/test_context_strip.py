"""The context strip: every figure with its source and date, what is not there with its remedy, and no colour of a chart."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.components.neighbourhood.context_strip import NOT_LOADED, has_residents, strip_html

STYLES = Path(__file__).parents[4] / "dashboard" / "assets" / "styles" / "context_strip.css"
WRITTEN = "fact part area_name value out_of lower_95 upper_95 period_start period_end edition source released_on why_missing"
COLUMNS = tuple(re.findall(r"\w+", WRITTEN))


def fact(name, part="all", **cells):
    return dict.fromkeys(COLUMNS) | {"fact": name, "part": part} | cells


def deciles(counts):
    return [fact("decile", str(n), value=float(count)) for n, count in enumerate(counts, start=1)]


RESIDENTS = fact(
    "residents",
    value=33325.0,
    out_of=17.0,
    period_start=dt.date(2021, 3, 21),
    period_end=dt.date(2021, 3, 21),
    source="Office for National Statistics, Census 2021",
    released_on=dt.date(2022, 11, 29),
)
INDICES = {"edition": 2025, "source": "MHCLG", "released_on": dt.date(2025, 10, 30), "out_of": 17.0}
ENGLAND = fact("deprived in England", value=10.0, area_name="England", **INDICES)
BOROUGH = fact("deprived in the borough", value=9.0, area_name="Barking and Dagenham", **INDICES)
YEARS = {
    "period_start": dt.date(2022, 1, 1),
    "period_end": dt.date(2024, 12, 31),
    "area_name": "Barking and Dagenham",
}
FEMALE = fact(
    "healthy life expectancy",
    "female",
    value=59.0,
    lower_95=54.0,
    upper_95=64.0,
    source="ONS",
    released_on=dt.date(2026, 2, 19),
    **YEARS,
)
MALE = fact(
    "healthy life expectancy", "male", value=59.6, lower_95=55.2, upper_95=64.1, source="ONS", **YEARS
)
HYPERTENSION = fact(
    "recorded hypertension",
    value=0.125,
    out_of=12000.0,
    area_name="all 2 practices of North West PCN",
    period_start=dt.date(2023, 4, 1),
    period_end=dt.date(2024, 3, 31),
    source="NHS England, QOF",
    released_on=dt.date(2024, 8, 29),
)
NO_HYPERTENSION = fact("recorded hypertension", why_missing="Put the QOF files into <localities>.")
ALL = [RESIDENTS, ENGLAND, BOROUGH, *deciles([1, 9, 5, 2, 0, 0, 0, 0, 0, 0]), NO_HYPERTENSION, FEMALE, MALE]


def shown(rows, **how):
    return strip_html(pd.DataFrame(rows, columns=COLUMNS), how.pop("place", "Ashfield"), **how)


def words(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def test_residents_are_told_with_the_day_the_fit_and_the_source():
    told = words(shown(ALL))
    assert "33,325" in told
    assert "21 March 2021; sum of the 17 small areas that fit its wards best" in told
    assert "Census 2021, released 29 November 2022" in told


def test_deprivation_is_told_within_england_and_within_the_borough():
    told = words(shown(ALL))
    assert "10 of 17 in England · 9 of 17 in the borough" in told
    assert "index of multiple deprivation 2025" in told
    assert "released 30 October 2025" in told


def test_the_profile_is_told_in_words_too_in_the_order_of_the_tenths():
    rows = [*ALL[:3], *reversed(deciles([1, 9, 5, 2, 0, 0, 0, 0, 0, 3]))]
    assert (
        'aria-label="Small areas by tenth of England, the most deprived first: 1, 9, 5, 2, 0, 0, 0, 0, 0, 3"'
        in shown(rows)
    )
    heights = [int(height) for height in re.findall(r"height:(\d+)%", shown(rows))]
    assert heights == [11, 100, 56, 22, 0, 0, 0, 0, 0, 33]


def test_healthy_life_expectancy_is_the_boroughs_women_and_men_with_intervals_and_years():
    told = words(shown(ALL))
    assert "women 59.0 (54.0 to 64.0) · men 59.6 (55.2 to 64.1)" in told
    assert "2022 to 2024" in told
    assert "of Barking and Dagenham, not of Ashfield alone" in told
    assert "released 19 February 2026" in told


def test_a_figure_that_is_not_there_has_its_own_words_and_its_remedy():
    text = shown(ALL)
    assert words(text).count(NOT_LOADED) == 1
    assert "<summary>Why, and what to do</summary>" in text
    assert "Put the QOF files into &lt;localities&gt;." in text


def test_recorded_hypertension_names_the_practices_the_people_and_the_year():
    told = words(shown([*ALL[:-3], HYPERTENSION]))
    assert "12.5% of 12,000 people" in told
    assert "all 2 practices of North West PCN, 2023 to 2024" in told
    assert "released 29 August 2024" in told


def test_a_source_or_date_that_is_not_stated_is_said_to_be_so():
    told = words(shown([RESIDENTS | {"source": None, "released_on": pd.NaT}]))
    assert "source not stated, release date not stated" in told


@pytest.mark.parametrize(
    "rows", [[RESIDENTS | {"value": None}], [ENGLAND | {"value": float("nan")}], [FEMALE | {"value": None}]]
)
def test_what_is_not_known_is_never_a_zero_or_a_dash(rows):
    told = words(shown(rows))
    assert told.count(NOT_LOADED) == 1
    assert not re.search(r"\b0\b|nan|None|—", told.replace("not", ""))


def test_a_place_of_which_nothing_is_known_says_so_once_and_each_reason_once():
    why = "No ward of this neighbourhood is stated."
    rows = [row | {"value": None, "why_missing": why} for row in (RESIDENTS, ENGLAND, FEMALE, MALE)]
    text = shown([*rows, NO_HYPERTENSION], place="The <Park>")
    assert f"About the area {NOT_LOADED} for The <Park>." in words(text)
    assert text.count(why) == 1
    assert text.count("<summary>Why, and what to do</summary>") == 1
    assert "Put the QOF files into &lt;localities&gt;." in text


def test_one_known_figure_keeps_a_place_for_each_of_the_others():
    assert words(shown([RESIDENTS])).count(NOT_LOADED) == 3


def test_the_strip_says_that_it_holds_no_results():
    assert "not results of its prototypes" in words(shown(ALL))


def test_of_made_up_neighbourhoods_it_says_what_is_real():
    assert "The wards are real; putting them together as Ashfield is made up." in words(
        shown(ALL, made_up=True)
    )
    assert "made up" not in words(shown(ALL))


def test_on_a_phone_it_is_folded_under_its_first_words():
    text = shown(ALL, narrow=True)
    assert "<details><summary>About the area: 33,325 residents, and more</summary>" in text
    assert "<summary>About the area</summary>" in shown([ENGLAND], narrow=True)
    nothing = "<summary>About the area: no published figure loaded</summary>"
    assert nothing in shown([NO_HYPERTENSION], narrow=True)


def test_without_facts_there_is_no_strip():
    assert shown([]) == ""
    assert not has_residents(pd.DataFrame([], columns=COLUMNS))


def test_the_title_leaves_residents_to_the_strip_only_where_the_strip_has_them():
    assert has_residents(pd.DataFrame(ALL, columns=COLUMNS))
    assert not has_residents(pd.DataFrame([RESIDENTS | {"value": None}], columns=COLUMNS))


def test_names_from_outside_are_shown_as_plain_text():
    text = shown(
        [RESIDENTS | {"source": "<script>alert(1)</script>"}, MALE | {"area_name": "<b>x"}],
        place="<i>Ash",
        made_up=True,
    )
    assert "<script>" not in text
    assert "<b>x" not in text
    assert "<i>Ash" not in text


def test_no_colour_of_a_chart_is_used():
    style = STYLES.read_text(encoding="utf-8")
    used = set(re.findall(r"var\(--([\w-]+)\)", style))
    assert used <= {"fine", "small", "line", "line-strong", "muted", "text"}
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|rgb", style)
