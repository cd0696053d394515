"""What docs/method.md says of the engine is what the engine does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from pipelines.spc.false_alarms import false_alarm_rates
from pipelines.spc.rule_sets import RULE_SETS
from pipelines.spc.runs import longest_run_max, n_crossings_min
from pipelines.vocabulary import Assurance, ChartKind, LimitsState, Remedy, Rule, WhyNoLimits

PROJECT = Path(__file__).parents[2]
METHOD = (PROJECT / "docs" / "method.md").read_text(encoding="utf-8")
GLOSSARY = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
#: The first of the charts that a row of the false-alarm tables names: the family it is read from.
FAMILY = {"i, ip, up, pp": "i", "c, u, p": "p"}


def section(heading):
    """The text under a heading, up to the next of its level or higher."""
    level = len(heading.split()[0])
    body = METHOD.split(f"\n{heading}\n", 1)[1]
    return re.split(rf"\n#{{1,{level}}} ", body, maxsplit=1)[0]


def rows(text):
    """The rows of a text's tables, without their headings and the lines under them, a list of cells each."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"
    ]
    rules = [at for at, row in enumerate(found) if set("".join(row)) <= {"-"}]
    return [row for at, row in enumerate(found) if at not in rules and at + 1 not in rules]


def figures(cell):
    return [float(one) / 100 for one in cell.split("\u00a0·\u00a0")]


@pytest.mark.parametrize(
    "row", rows(section("## How often chance speaks")), ids=lambda row: f"{row[0]}-{len(figures(row[1]))}"
)
def test_the_printed_false_alarms_are_those_of_the_table(row):
    is_own = len(figures(row[1])) == 3
    family = FAMILY.get(row[0], row[0])
    for name, cell in zip(RULE_SETS, row[-5:], strict=True):
        n, base = ([12, 24, 36], [12, 24, 36]) if is_own else ([24, 36], [12, 12])
        rates = false_alarm_rates(family, RULE_SETS[name], n, base)
        assert figures(cell) == pytest.approx(rates, abs=0.00051), name


def test_every_family_of_charts_has_its_false_alarms():
    told = [row[0] for row in rows(section("## How often chance speaks"))]
    assert sorted(", ".join(told[: len(told) // 2]).split(", ")) == sorted(ChartKind)
    assert told[: len(told) // 2] == told[len(told) // 2 :]


def test_every_chart_stands_in_a_table_with_what_checks_it():
    charts = [
        re.match(r"\*\*(\w+)\*\*", row[0])
        for row in rows(section("### 3. Centre and usual range, chart by chart"))
    ]
    assert {one[1] for one in charts if one} == set(ChartKind)


def test_every_rule_set_stands_there_with_its_version_and_rules_in_order():
    told = {
        row[0].strip("`"): row for row in rows(section("### 5. Rules that mark points")) if row[0][:1] == "`"
    }
    assert list(told) == list(RULE_SETS)
    for name, one in RULE_SETS.items():
        assert told[name][1] == str(one.version)
        named = [word for word in re.findall(r"[a-z_]+", told[name][-1]) if word in list(Rule)]
        if not told[name][-1].startswith("the same"):
            assert named == [str(rule) for rule in one.rules]


def test_the_limits_of_runs_are_the_engines():
    points, longest, crossings = [row[1:] for row in _with_heading(section("### 4. Run charts"))]
    n = [int(one) for one in points]
    assert [int(one) for one in longest] == longest_run_max(n).tolist()
    assert [int(one) for one in crossings] == n_crossings_min(n).tolist()


def _with_heading(text):
    lines = [line for line in text.splitlines() if line[:1] == "|" and not set(line) <= set("|-")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_skew_of_small_counts_is_the_exact_poisson_tail():
    text = section("#### Counts, rates and shares")
    table = [row for row in _with_heading(text) if row[0] in ("mean count", "above the limit")]
    means = np.array([float(one) for one in table[0][1:]])
    told = [float(one.removesuffix("\u00a0%")) / 100 for one in table[1][1:]]
    assert told == pytest.approx(stats.poisson.sf(np.floor(means + 3 * np.sqrt(means)), means), abs=0.00005)


@pytest.mark.parametrize("word", [*LimitsState, *WhyNoLimits, *(one for one in Remedy)])
def test_every_state_reason_and_remedy_is_told(word):
    assert re.search(rf"\b{word}\b", section("### 8. Remedies before refusals"))


def test_every_known_difference_stands_on_the_page_with_its_rule():
    listed = tomllib.loads((PROJECT / "tests" / "oracle" / "differences.toml").read_text(encoding="utf-8"))
    told = {
        case: row
        for row in rows(section("## Checked against"))
        for case in re.findall(r"`([\w.*]+)`", row[0])
    }
    for one in listed["difference"]:
        for case in one["cases"]:
            assert told[case][1].split(":")[0] == one["rule"].removeprefix("Charts ")
    assert len(told) == sum(len(one["cases"]) for one in listed["difference"]) + 3, (
        "the rest are the refusals"
    )


def test_the_counts_of_the_oracle_add_up_and_hold_the_listed_differences():
    listed = tomllib.loads((PROJECT / "tests" / "oracle" / "differences.toml").read_text(encoding="utf-8"))
    counts = [row for row in rows(section("## Checked against")) if len(row) == 6]
    numbers = np.array([[int(cell.replace(",", "")) for cell in row[1:5]] for row in counts])
    assert numbers[:-1].sum(axis=0).tolist() == numbers[-1].tolist()
    assert (numbers[:, 0] == numbers[:, 1:].sum(axis=1)).all()
    assert numbers[-1, 3] == sum(len(one["cases"]) for one in listed["difference"])
    below = {row[0]: f"{row[4]} of {int(row[1]) - int(row[3])}" for row in counts if float(row[5]) < 99}
    assert below == listed["below_99"]


def test_every_file_that_is_named_is_there():
    named = re.findall(r"`((?:tests|pipelines|docs)/[\w./]+)`", METHOD)
    assert len(named) >= 5
    for name in named:
        assert (PROJECT / name).exists(), name


def test_every_picture_is_embedded_once_with_words_that_say_what_it_shows():
    embedded = re.findall(r"!\[([^\]]*)\]\((pictures/worked/\w+\.svg)\)", METHOD)
    there = {
        f"pictures/worked/{one.name}" for one in (PROJECT / "docs" / "pictures" / "worked").glob("*.svg")
    }
    assert sorted(path for _, path in embedded) == sorted(there)
    assert all(len(words) > 60 for words, _ in embedded)


@pytest.mark.parametrize(
    "word", sorted({*WhyNoLimits, *Remedy, *Rule, *LimitsState, *Assurance, *ChartKind} - {"none"})
)
def test_every_word_of_a_chart_is_in_the_glossary(word):
    assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", GLOSSARY), word
