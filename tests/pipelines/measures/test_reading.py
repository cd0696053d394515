"""Measure definitions: one file a measure, every fault of every file at once."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from pipelines.errors import FaultyInputError
from pipelines.measures import check_measure, measure_of, read_measures
from pipelines.vocabulary import Better, CascadeStep, ChartKind, DataType, Domain, Period

GOOD = """
id = "bp_checked"
name = "People whose blood pressure was checked"
domain = "reach"
kind = "count"
numerator = "bp_checked"
unit = "people a week"
period = "week"
better = "up"
disclosive = true
prototypes = ["theme:hypertension"]
why = "Nobody can be helped before the first check."
source = "Tally sheet."
"""


@pytest.fixture
def read(tmp_path):
    def read(**files: str):
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return read_measures(tmp_path)

    return read


def faults(read, **files: str) -> list[tuple[str, str | None]]:
    with pytest.raises(FaultyInputError) as caught:
        read(**files)
    return [(Path(fault.file).name, fault.column) for fault in caught.value.faults]


def test_a_definition_is_read_and_what_is_not_said_has_its_default(read):
    (measure,) = read(one=GOOD)
    assert (measure.measure_id, measure.domain, measure.kind) == ("bp_checked", Domain.REACH, DataType.COUNT)
    assert (measure.period, measure.planned_every, measure.better) == (Period.WEEK, "week", Better.UP)
    assert (measure.short_name, measure.baseline, measure.arrives) == (measure.name, "auto", "as_counted")
    assert (measure.denominator, measure.counts, measure.targets) == (None, None, ())
    assert measure.disclosive
    assert measure.wall
    assert not measure.no_entry_means_zero
    assert not measure.never_negative
    assert not measure.is_share


def test_characters_that_are_not_seen_but_work_are_left_out_of_every_text(read):
    unseen = GOOD.replace("Tally sheet.", "Tally\\u202e\\u200f sheet\\u0007.\\nTwo lines.")
    (measure,) = read(one=unseen)
    assert measure.source == "Tally sheet . Two lines."


def test_a_measured_number_is_never_below_0_only_where_it_is_said(read):
    amount = GOOD.replace('"count"', '"i"')
    (plain,) = read(one=amount)
    (said,) = read(one=amount + "never_negative = true\n")
    assert (plain.is_never_negative, said.is_never_negative) == (False, True)


def test_counts_shares_and_rates_are_never_below_0_without_being_told(read):
    (count,) = read(one=GOOD)
    (share,) = read(one=GOOD.replace('"count"', '"proportion"') + 'denominator = "asked"\n')
    (people,) = read(one=GOOD.replace('"count"', '"i"') + 'counts = "people"\n')
    assert all(one.is_never_negative and not one.never_negative for one in (count, share, people))


def test_whether_it_is_never_below_0_is_true_or_false_and_nothing_else(read):
    assert faults(read, one=GOOD + 'never_negative = "yes"\n') == [("one.toml", "never_negative")]


def test_a_share_may_say_which_step_of_the_cascade_its_people_have_reached(read):
    share = GOOD.replace('"count"', '"proportion"') + 'denominator = "asked"\n'
    (plain,) = read(one=share)
    (step,) = read(one=share + 'cascade_step = "confirmed"\n')
    assert (plain.cascade_step, step.cascade_step) == (None, CascadeStep.CONFIRMED)


def test_a_step_that_is_not_known_or_of_a_measure_that_is_no_share_is_told(read):
    share = GOOD.replace('"count"', '"proportion"') + 'denominator = "asked"\n'
    assert faults(read, one=share + 'cascade_step = "cured"\n') == [("one.toml", "cascade_step")]
    assert faults(read, one=GOOD + 'cascade_step = "confirmed"\n') == [("one.toml", "cascade_step")]


def test_a_share_with_targets_knows_the_one_that_holds_on_a_day(read):
    text = GOOD.replace('"count"', '"proportion"') + 'denominator = "asked"\n'
    text += "[[target]]\nfrom = 2026-01-05\nvalue = 0.6\n[[target]]\nfrom = 2025-01-06\nvalue = 0.5\n"
    (measure,) = read(one=text)
    assert measure.is_share
    days = (dt.date(2025, 1, 5), dt.date(2025, 1, 6), dt.date(2026, 1, 5))
    assert [measure.target_on(day) for day in days] == [None, 0.5, 0.6]


def test_an_author_may_fix_the_chart_and_dates_may_be_the_baseline(read):
    (measure,) = read(one=GOOD.replace('"count"', '"i"') + 'baseline = "2025-01-06/2025-03-31"\n')
    assert (measure.kind, measure.baseline) == (ChartKind.I, "2025-01-06/2025-03-31")


def test_measures_come_in_order_of_domain_then_of_display(read):
    def one(name: str, domain: str, order: int) -> str:
        return (
            GOOD.replace('"bp_checked"', f'"{name}"', 1).replace('"reach"', f'"{domain}"')
            + f"display_order = {order}\n"
        )

    files = {
        "a": one("a", "impact", 1),
        "b": one("b", "reach", 9),
        "c": one("c", "quality", 5),
        "d": one("d", "reach", 2),
    }
    assert [measure.measure_id for measure in read(**files)] == ["d", "b", "c", "a"]


def test_every_fault_of_every_file_is_told_at_once(read):
    bad = """
    id = "Not An Id"
    name = 3
    domain = "reech"
    kind = "proportion"
    numerator = "bp checked"
    unit = "people"
    period = "fortnight"
    planned_every = "now and then"
    better = "upwards"
    disclosive = "yes"
    prototypes = []
    why = ""
    baseline = "last spring"
    arrives = "by post"
    lag_days = -1
    counts = "heads"
    colour = "red"
    [[target]]
    from = "soon"
    value = 1
    [[target]]
    from = 2025-01-06
    value = 80
    """
    found = faults(read, bad=bad, broken="id = ", good=GOOD)
    expected = [
        "id",
        "name",
        "domain",
        "denominator",
        "numerator",
        "period",
        "planned_every",
        "better",
        "disclosive",
    ]
    expected += [
        "prototypes",
        "why",
        "source",
        "baseline",
        "arrives",
        "lag_days",
        "counts",
        "colour",
        "target",
    ]
    assert {column for file, column in found if file == "bad.toml"} == set(expected)
    assert [column for file, column in found if file == "bad.toml"].count("target") == 2
    assert ("broken.toml", None) in found
    assert not [file for file, _ in found if file == "good.toml"]


def test_every_reason_says_how_to_mend_it(read):
    with pytest.raises(FaultyInputError) as caught:
        read(one=GOOD.replace('"week"', '"fortnight"'))
    fault = next(fault for fault in caught.value.faults if fault.column == "period")
    assert "'fortnight' is not known. Choose one of: session, week, 4-week, month." in str(fault)


@pytest.mark.parametrize(
    "key",
    [
        "id",
        "name",
        "domain",
        "kind",
        "numerator",
        "unit",
        "period",
        "better",
        "disclosive",
        "prototypes",
        "why",
        "source",
    ],
)
def test_each_needed_key_is_missed(read, key):
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"{key} =")]
    assert key in {column for _, column in faults(read, one="\n".join(lines))}


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("target = 40", "target"),
        ("[[target]]\nfrom = 2025-01-06T10:00:00\nvalue = 1", "target"),
        ("[[target]]\nfrom = 2025-01-06\nvalue = true", "target"),
        ("[[target]]\nfrom = 2025-01-06\nvalue = 1\n[[target]]\nfrom = 2025-01-06\nvalue = 2", "target"),
        ('baseline = "2025-03-31/2025-01-06"', "baseline"),
        ("wall = 1", "wall"),
        ("display_order = true", "display_order"),
    ],
)
def test_odd_values_are_told_by_their_key(read, more, key):
    assert faults(read, one=GOOD + more) == [("one.toml", key)]


def test_two_files_may_not_have_one_id(read):
    with pytest.raises(FaultyInputError, match='two files have the id "bp_checked"'):
        read(one=GOOD, two=GOOD)


def test_a_file_with_a_byte_order_mark_is_read(read):
    assert len(read(one="\ufeff" + GOOD)) == 1


def test_an_empty_folder_has_no_measures(tmp_path):
    assert read_measures(tmp_path) == ()


def test_the_definitions_of_the_project_are_sound():
    assert len(read_measures(Path(__file__).parents[3] / "data" / "measures")) >= 5


@pytest.mark.parametrize("kind", ["mr", "xbar", "s"])
def test_a_chart_of_ranges_or_samples_is_no_chart_of_a_measure(read, kind):
    with pytest.raises(FaultyInputError, match="kind"):
        read(reach=GOOD.replace('kind = "count"', f'kind = "{kind}"'))


@pytest.mark.parametrize("kind", ["rate", "u", "up", "ip"])
def test_rates_may_be_asked_for_by_data_or_by_chart(read, kind):
    (measure,) = read(reach=GOOD.replace('kind = "count"', f'kind = "{kind}"\ndenominator = "asked"'))
    assert measure.kind == kind
    assert not measure.is_share


@pytest.mark.parametrize(
    ("written", "kept", "items"),
    [
        ("kg_shared + kg_wasted", "kg_shared + kg_wasted", ("kg_shared", "kg_wasted")),
        ("kg_shared+kg_wasted", "kg_shared + kg_wasted", ("kg_shared", "kg_wasted")),
        (" a  +b+  c ", "a + b + c", ("a", "b", "c")),
        ("guests", "guests", ("guests",)),
    ],
)
def test_a_numerator_may_add_items_up(read, written, kept, items):
    (measure,) = read(one=GOOD.replace('numerator = "bp_checked"', f'numerator = "{written}"'))
    assert measure.numerator == kept
    assert measure.items == items


def test_the_items_of_both_sides_are_told_once_and_sessions_are_none(read):
    wasted = GOOD.replace('"count"', '"proportion"').replace(
        'numerator = "bp_checked"', 'numerator = "wasted"\ndenominator = "shared + wasted"'
    )
    held = GOOD.replace('"bp_checked"', '"held"', 1).replace('"count"', '"rate"')
    held = held.replace('numerator = "bp_checked"', 'numerator = "guests"\ndenominator = "sessions"')
    by_id = {measure.measure_id: measure for measure in read(one=wasted, two=held)}
    assert by_id["bp_checked"].items == ("wasted", "shared")
    assert by_id["held"].items == ("guests",)


@pytest.mark.parametrize(
    ("sum_", "said"),
    [
        ("a + a", "twice"),
        ("a + ", "beside a + there is no item"),
        ("+ a", "beside a + there is no item"),
        ("a + + b", "beside a + there is no item"),
        ("a + sessions", "sessions held cannot be added"),
        ("a - b", "is not an item name"),
        ("A + b", '"A" is not an item name'),
        ("2 + b", '"2" is not an item name'),
    ],
)
def test_a_sum_that_cannot_be_is_told_at_its_key(read, sum_, said):
    with pytest.raises(FaultyInputError) as caught:
        read(one=GOOD.replace('numerator = "bp_checked"', f'numerator = "{sum_}"'))
    assert {fault.column for fault in caught.value.faults} == {"numerator"}
    assert any(said in fault.reason for fault in caught.value.faults)


def test_a_measure_over_itself_is_told(read):
    text = GOOD.replace('"count"', '"proportion"')
    text = text.replace('numerator = "bp_checked"', 'numerator = "a + b"\ndenominator = "b + a"')
    assert faults(read, one=text) == [("one.toml", "denominator")]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_target_is_a_number_that_can_be_reached(read, value):
    assert faults(read, one=GOOD + f"[[target]]\nfrom = 2025-01-06\nvalue = {value}\n") == [
        ("one.toml", "target")
    ]


def test_a_definition_is_checked_without_a_file():
    definition = tomllib.loads(GOOD)
    assert check_measure(definition) == []
    assert measure_of(definition).measure_id == "bp_checked"
    found = check_measure(definition | {"name": " ", "period": "hour", "lag_days": "7"})
    assert {fault.column for fault in found} == {"name", "period", "lag_days"}
    with pytest.raises(FaultyInputError):
        measure_of(definition | {"period": "hour"})


def test_counts_of_the_cascade_are_in_no_log(read):
    (monthly,) = read(one=GOOD.replace('numerator = "bp_checked"', 'numerator = "cascade_measured"'))
    assert monthly.items == ()
    assert not monthly.is_logged
    (logged,) = read(one=GOOD)
    assert logged.items == ("bp_checked",)
    assert logged.is_logged
