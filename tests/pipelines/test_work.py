"""The working database: a count of the cascade that changes is observed again, and what it does not touch is not."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.inputs import read_inputs
from pipelines.memory import Memory
from pipelines.work import FIXED, MOVING, TRUE_ALONE, worked

PROTOTYPES = (
    "prototype_id,neighbourhood_id,name,theme,planned_every\n"
    "ash-bp,ash,Checks,hypertension,week\nelm-bp,elm,Checks,hypertension,week\nash-soup,ash,Soup,food,week\n"
)
HEADING = "neighbourhood_id,cohort_month,step,follow_up_months,group_type,group,setting,count\n"
LOG = (
    "neighbourhood_id,prototype_id,tested_on,guests\nash,ash-soup,2025-03-04,12\nash,ash-soup,2025-03-11,15\n"
)
MEASURE = """
id = "{id}"
name = "{id}"
domain = "reach"
kind = "{kind}"
numerator = "{numerator}"
{denominator}
unit = "people"
period = "{period}"
better = "up"
disclosive = true
prototypes = ["theme:{theme}"]
why = "x"
source = "x"
"""


def counts(**by_place: int) -> str:
    lines = [
        f"{place},2025-{month:02d},{step},,all,all,all,{n}\n"
        for place, measured in by_place.items()
        for month in (1, 2, 3)
        for step, n in (("reached", 100), ("measured", measured))
    ]
    return HEADING + "".join(lines)


@pytest.fixture
def data(tmp_path):
    """Two neighbourhoods with counts of the cascade, and a log that has nothing to do with them."""
    inbox = tmp_path / "inbox"
    (inbox / "test_logs").mkdir(parents=True)
    (inbox / "measures").mkdir()
    (inbox / "neighbourhoods.csv").write_text("neighbourhood_id,name\nash,Ashfield\nelm,Elm Park\n")
    (inbox / "prototypes.csv").write_text(PROTOTYPES)
    (inbox / "test_logs" / "soup.csv").write_text(LOG)
    (inbox / "cascade_counts.csv").write_text(counts(ash=80, elm=60))
    share = {
        "kind": "proportion",
        "numerator": "cascade_measured",
        "denominator": 'denominator = "cascade_reached"',
    }
    for one in (
        {"id": "measured", "period": "month", "theme": "hypertension"} | share,
        {
            "id": "came",
            "kind": "count",
            "numerator": "guests",
            "denominator": "",
            "period": "week",
            "theme": "food",
        },
    ):
        (inbox / "measures" / f"{one['id']}.toml").write_text(MEASURE.format(**one))
    return tmp_path


def look(data, memory):
    with memory.one_build():
        return worked(read_inputs(data, memory), memory)


def shares(work, prototype: str) -> list[float]:
    return work.observation[f"measured@{prototype}"]["value"].tolist()


def test_counts_of_everybody_become_points_of_their_prototype(data):
    work = look(data, Memory())
    assert shares(work, "ash-bp") == [0.8, 0.8, 0.8]
    assert shares(work, "elm-bp") == [0.6, 0.6, 0.6]
    assert len(work.tables["cascade_count"]) == 12


def test_a_changed_count_is_observed_again_and_an_unchanged_file_is_not(data):
    memory = Memory()
    first, second = look(data, memory), look(data, memory)
    assert second.keys == first.keys
    assert second.tables["cascade_count"] is first.tables["cascade_count"]
    (data / "inbox/cascade_counts.csv").write_text(counts(ash=80, elm=61))
    third = look(data, memory)
    assert shares(third, "elm-bp") == [0.61, 0.61, 0.61]
    assert third.tables["cascade_count"]["count"].to_pylist().count(61.0) == 3
    changed = {name for name, key in third.keys.items() if key != first.keys[name]}
    assert "measured@elm-bp" in changed
    assert "came@ash-soup" not in changed


def test_a_month_of_counts_tells_that_the_data_reach_to_its_end(data):
    (data / "inbox/test_logs/soup.csv").unlink()
    work = look(data, Memory())
    assert work.reach.data_until == dt.date(2025, 4, 6)
    assert not work.observation["measured@ash-bp"]["is_running"].any()


def test_what_the_true_mart_alone_holds_is_no_table_of_both():
    assert not {*TRUE_ALONE} & {*FIXED, *MOVING}
