"""Measures are suggested for what a log counts: sums, shares of those who came, means; those in use come first."""

from __future__ import annotations

import pytest

from pipelines.measures import write_measure
from pipelines.sources.logs.mapping import ItemSpec, Mapping
from pipelines.sources.written.values import Ask
from pipelines.understanding import NEW_PROTOTYPE, suggested_measures

ITEMS = {
    "people_came": ItemSpec(("How many people came?",)),
    "lonely": ItemSpec(("How many of them felt less lonely?",)),
    "first_timers": ItemSpec(("New faces",)),
    "tea": ItemSpec(("What did you do?",), option="Tea, cake"),
    "kg_in": ItemSpec(("Got (kg)",), Ask("measurement", "kg")),
    "kg_shared": ItemSpec(("Gave kg",), Ask("measurement", "kg")),
    "kg_wasted": ItemSpec(("Thrown away",), Ask("measurement", "kg")),
    "waited": ItemSpec(("Minutes waited",), Ask("measurement", "minutes")),
    "mood": ItemSpec(("Mood (1-5)",), Ask("score", out_of=5)),
    "upper": ItemSpec(("BP",), Ask("measurement", "mmHg", part="first")),
    "stayed": ItemSpec(("% who stayed",), Ask("share", "%")),
}


@pytest.fixture
def suggested(tmp_path):
    (tmp_path / "inbox" / "measures").mkdir(parents=True)
    mapping = Mapping(None, None, {"tested_on": ("Date",)}, ITEMS)

    def run(mapping=mapping):
        return {measure.measure_id: measure for measure in suggested_measures(mapping, tmp_path / "inbox")}

    run.folder, run.mapping = tmp_path / "inbox", mapping
    return run


@pytest.mark.parametrize(
    ("measure_id", "kind", "numerator", "denominator"),
    [
        ("people_came", "count", "people_came", None),
        ("lonely", "proportion", "lonely", "people_came"),
        ("first_timers", "proportion", "first_timers", "people_came"),
        ("tea", "proportion", "tea", "sessions"),
        ("kg_in", "i", "kg_in", None),
        ("wasted_of_shared_and_wasted", "ip", "kg_wasted", "kg_shared + kg_wasted"),
        ("waited", "measurement", "waited", None),
        ("mood", "measurement", "mood", None),
        ("upper", "measurement", "upper", None),
        ("stayed", "measurement", "stayed", None),
        ("sessions_held", "count", "sessions", None),
    ],
)
def test_each_item_gets_the_measure_that_suits_it(suggested, measure_id, kind, numerator, denominator):
    measure = suggested()[measure_id]
    assert (measure.kind, measure.numerator, measure.denominator) == (kind, numerator, denominator)
    assert measure.prototypes == (NEW_PROTOTYPE,)


def test_less_waste_and_lower_pressure_are_better(suggested):
    measures = suggested()
    assert {name: str(measures[name].better) for name in ("kg_wasted", "upper", "kg_in", "tea")} == {
        "kg_wasted": "down",
        "upper": "down",
        "kg_in": "up",
        "tea": "neither",
    }


def test_amounts_of_a_known_unit_and_counts_are_never_below_0(suggested):
    measures = suggested()
    said = {name for name, measure in measures.items() if measure.never_negative}
    assert {"kg_in", "kg_wasted", "wasted_of_shared_and_wasted", "waited", "upper", "people_came"} <= said
    assert "mood" not in said


def test_what_speaks_of_people_is_held_as_disclosive_until_a_person_says_otherwise(suggested):
    measures = suggested()
    assert measures["lonely"].disclosive
    assert measures["upper"].disclosive
    assert not measures["kg_in"].disclosive


def test_a_measure_in_use_is_taken_in_place_of_a_new_one(suggested):
    definition = {
        "id": "visits",
        "name": "Visits",
        "domain": "reach",
        "kind": "count",
        "numerator": "people_came",
        "unit": "visits",
    }
    definition |= {
        "period": "week",
        "better": "up",
        "disclosive": False,
        "prototypes": ["walks"],
        "why": "Why.",
        "source": "S.",
    }
    (suggested.folder / "measures" / "visits.toml").write_text(write_measure(definition), encoding="utf-8")
    mapping = Mapping("heath", "walks", {"tested_on": ("Date",)}, ITEMS)
    assert "visits" in suggested(mapping)
    assert "people_came" not in suggested(mapping)
    other = Mapping("heath", "lunch", {"tested_on": ("Date",)}, ITEMS)
    assert "visits" not in suggested(other)


def test_an_id_that_is_taken_gets_a_number(suggested):
    definition = {
        "id": "mood",
        "name": "Mood",
        "domain": "quality",
        "kind": "count",
        "numerator": "other",
        "unit": "a week",
    }
    definition |= {
        "period": "week",
        "better": "up",
        "disclosive": False,
        "prototypes": ["walks"],
        "why": "Why.",
        "source": "S.",
    }
    (suggested.folder / "measures" / "mood.toml").write_text(write_measure(definition), encoding="utf-8")
    assert suggested()["mood_2"].numerator == "mood"


def test_the_logs_own_groups_name_the_domain(suggested):
    items = {"calm": ItemSpec(("Impact: How many felt calm",))}
    mapping = Mapping(None, None, {"tested_on": ("Date",)}, items)
    assert str(suggested(mapping)["calm"].domain) == "impact"
