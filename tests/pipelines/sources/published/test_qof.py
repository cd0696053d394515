"""QOF: achievement and prevalence by practice. Shape only: neither file could be had."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sources.published.publication import Asked
from pipelines.sources.published.qof_achievement import COUNTED_IN, LEFT_OUT
from tests.pipelines.sources.published.published_files import ACHIEVEMENT_HEADING as HEADING
from tests.pipelines.sources.published.published_files import ACHIEVEMENT_LINES as LINES
from tests.pipelines.sources.published.published_files import counts, read, reasons, table, told

NAME = "localities/ACHIEVEMENT_LONDON_2324.csv"
PREVALENCE = {
    "PRACTICE_CODE": "F82001",
    "GROUP_CODE": "HYP",
    "REGISTER": "620",
    "PATIENT_LIST_TYPE": "TOTAL",
    "PRACTICE_LIST_SIZE": "4960",
}


def by_indicator(found) -> dict[str, tuple]:
    return {
        value.indicator: (value.value, value.count, value.denominator, value.unit) for value in found.values
    }


def test_long_becomes_wide_with_and_without_adjustments_each_named_for_what_it_is():
    found = read(HEADING + LINES, NAME)
    assert by_indicator(found) == {
        f"HYP008, {LEFT_OUT}": (75.0, 300, 400, "%"),
        f"HYP008, {COUNTED_IN}": (60.0, 300, 500, "%"),
        "HYP008, points": (13.5, None, None, "points"),
        "HYP001, register": (620, 620, None, "people"),
    }
    assert counts(found) == (6, 5, 0, 1)
    assert {(v.period_start, v.period_end) for v in found.values} == {
        (dt.date(2023, 4, 1), dt.date(2024, 3, 31))
    }
    assert {v.indicator_id for v in found.values} == {"HYP008", "HYP001"}


def test_lines_may_stand_in_any_order():
    lines = LINES.splitlines(keepends=True)
    random.Random(3).shuffle(lines)
    assert by_indicator(read(HEADING + "".join(lines), NAME)) == by_indicator(read(HEADING + LINES, NAME))


def test_without_adjustments_only_the_share_that_leaves_them_out_is_given():
    found = read(HEADING + LINES.replace("F82001,HYP008,PCAS,100\n", ""), NAME)
    assert [v.indicator for v in found.values if v.unit == "%"] == [f"HYP008, {LEFT_OUT}"]


@pytest.mark.parametrize("cell", ["*", "", "-"])
def test_a_share_of_something_held_back_is_empty_and_never_zero(cell):
    found = read(HEADING + LINES.replace("NUMERATOR,300", f"NUMERATOR,{cell}"), NAME)
    shares = [value for value in found.values if value.unit == "%"]
    assert [value.value for value in shares] == [None, None]
    assert {value.is_suppressed for value in shares} == {cell == "*"}


def test_nobody_in_the_denominator_gives_no_share():
    found = read(HEADING + LINES.replace("DENOMINATOR,400", "DENOMINATOR,0").replace("300", "0"), NAME)
    assert by_indicator(found)[f"HYP008, {LEFT_OUT}"][0] is None
    assert by_indicator(found)[f"HYP008, {COUNTED_IN}"] == (0.0, 0, 100, "%")


@pytest.mark.parametrize(
    "heading",
    ["practicecode,indicatorcode,measure,value\n", "Practice Code;Indicator Code;Measure;Value\n",
     "\ufeffORG_CODE,INDICATOR,MEASURE,VALUE\n"],
)  # fmt: skip
def test_names_drift_and_the_figures_stay(heading):
    lines = LINES.replace(",", ";") if ";" in heading else LINES
    assert by_indicator(read(heading + lines, NAME)) == by_indicator(read(HEADING + LINES, NAME))


@pytest.mark.parametrize("word", ["EXCEPTIONS", "PCA", "pcas"])
def test_adjustments_are_known_by_all_their_names(word):
    found = read(HEADING + LINES.replace("PCAS", word), NAME)
    assert by_indicator(found)[f"HYP008, {COUNTED_IN}"][0] == 60.0


def test_other_practices_are_set_aside_and_told_and_a_practice_bears_its_name():
    others = LINES.replace("F82001", "F82002") + LINES.replace("F82001", "A81001")
    asked = Asked(practices={"F82001": "Halbutt Street Surgery"})
    found = read(HEADING + others + LINES, NAME, asked=asked)
    assert {value.area_name for value in found.values} == {"Halbutt Street Surgery"}
    assert counts(found) == (16, 5, 0, 11)
    assert "Set aside: 10 of practices" in reasons(found)


def test_a_measure_nobody_knows_and_a_value_that_is_none_are_refused_and_the_rest_stands():
    more = "F82001,HYP009,SMILES,3\nF82001,HYP009,NUMERATOR,many\n,HYP009,NUMERATOR,3\n"
    found = read(HEADING + LINES + more, NAME)
    assert counts(found) == (9, 5, 3, 1)
    assert set(told(found)) >= {(7, "measure", "line refused"), (8, "value", "line refused"),
                                (9, "practice_code", "line refused")}  # fmt: skip


def test_a_line_twice_counts_once_and_another_figure_is_refused():
    found = read(HEADING + LINES + "F82001,HYP001,REGISTER,620\nF82001,HYP001,REGISTER,621\n", NAME)
    assert by_indicator(found)["HYP001, register"][0] == 620
    assert counts(found) == (8, 5, 1, 2)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("ACHIEVEMENT_2324.csv", "2023/24"),
        ("QOF_2122_V2.csv", "2021/22"),
        ("QOF 2022-23 raw.csv", "2022/23"),
        ("qof_1920.csv", "2019/20"),
    ],
)
def test_the_year_comes_from_the_name_of_the_file_and_is_told(name, year):
    found = read(HEADING + LINES, name)
    assert {value.period_published for value in found.values} == {year}
    assert f"{year} is taken from the name of the file" in reasons(found)


def test_the_year_beside_the_file_wins_over_its_name():
    found = read(HEADING + LINES, NAME, {"period": "2022/23"})
    assert {value.period_published for value in found.values} == {"2022/23"}


def test_without_a_year_every_line_is_refused_with_the_cure():
    found = read(HEADING + LINES, "localities/achievement.csv")
    assert counts(found) == (6, 0, 5, 1)
    assert '{"period": "2023/24"}' in reasons(found)


def test_prevalence_is_the_register_over_the_list():
    (value,) = read(table(PREVALENCE), "PREVALENCE_2324.csv").values
    assert (value.value, value.count, value.denominator, value.unit) == (12.5, 620, 4960, "%")
    assert (value.indicator_id, value.age, value.geography) == ("HYP", "TOTAL", "General practice")
    assert (value.period_start, value.period_published) == (dt.date(2023, 4, 1), "2023/24")


@pytest.mark.parametrize(
    "names",
    [
        (
            "practicecode",
            "indicator_group_code",
            "disease_register_size",
            "patient_list_type",
            "practice_listsize",
        ),
        ("PRACTICE_CODE", "GROUP_CODE", "REGISTER", "PATIENT_LIST_TYPE", "PATIENT_LIST_SIZE"),
    ],
)
def test_names_of_the_prevalence_file_drift_too(names):
    row = dict(zip(names, PREVALENCE.values(), strict=True))
    (value,) = read(table(row), "PREVALENCE_2021_v2.csv").values
    assert (value.value, value.period_published) == (12.5, "2020/21")


def test_a_register_held_back_gives_no_prevalence():
    found = read(table(PREVALENCE | {"REGISTER": "*"}), "PREVALENCE_2324.csv")
    (value,) = found.values
    assert (value.value, value.count, value.is_suppressed) == (None, None, True)


PRACTICES = st.sampled_from(["F82001", "F82002", "F82003", "A81001"])
MEASURE = st.sampled_from(
    ["NUMERATOR", "DENOMINATOR", "PCAS", "REGISTER", "ACHIEVED_POINTS", "NEWLY_DIAGNOSED"]
)
KEY = st.tuples(PRACTICES, st.sampled_from(["HYP001", "HYP008", "BP002"]), MEASURE)


@settings(max_examples=50)
@given(st.dictionaries(KEY, st.one_of(st.none(), st.integers(0, 400)), max_size=40))
def test_the_wide_figures_equal_those_of_a_slow_plain_reading(cells):
    lines = "".join(f"{','.join(key)},{'*' if n is None else n}\n" for key, n in cells.items())
    asked = Asked(practices={"F82001": "One", "F82002": "Two"})
    found = read(HEADING + lines, NAME, asked=asked)
    twin = {}
    for practice, indicator in {key[:2] for key in cells if key[0] in asked.practices}:
        there = {key[2]: n for key, n in cells.items() if key[:2] == (practice, indicator)}
        part, whole, adjusted = there.get("NUMERATOR"), there.get("DENOMINATOR"), there.get("PCAS")
        if "NUMERATOR" in there and "DENOMINATOR" in there:
            known = part is not None and whole
            twin[practice, f"{indicator}, {LEFT_OUT}"] = 100 * part / whole if known else None
            if "PCAS" in there:
                known = None not in (part, whole, adjusted) and whole + adjusted
                share = 100 * part / (whole + adjusted) if known else None
                twin[practice, f"{indicator}, {COUNTED_IN}"] = share
        for word, name in (
            ("REGISTER", "register"),
            ("NEWLY_DIAGNOSED", "newly diagnosed"),
            ("ACHIEVED_POINTS", "points"),
        ):
            if word in there:
                twin[practice, f"{indicator}, {name}"] = there[word]
    assert {(v.area_code, v.indicator): v.value for v in found.values} == twin
    n_kept = sum(key[0] in asked.practices for key in cells)
    assert counts(found) == (len(cells) + 1, n_kept, 0, len(cells) - n_kept + 1)
