"""Ready to scale? Each rule by itself."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from pipelines.learning import ready_to_scale
from pipelines.vocabulary import Domain

DAY = dt.date(2026, 1, 5)
PLACES = {"ash": "Ashfield", "brook": "Brook End", "creek": "Creekside"}
RULES = (
    "prediction_held",
    "quality_no_worse",
    "impact_in_two_cycles",
    "in_two_neighbourhoods",
    "no_balancing_harm",
    "usual_range_established",
)


@pytest.fixture
def measures(share, count, measure_of):
    made = {"target": (Domain.IMPACT, share), "yes": (Domain.QUALITY, share), "came": (Domain.REACH, count)}
    kept = {
        key: measure_of(measure_id=key, short_name=key.title(), domain=domain, kind=like.kind, unit=like.unit)
        for key, (domain, like) in made.items()
    }
    return kept | {"wait": measure_of(measure_id="wait", short_name="Wait", domain=Domain.BALANCING)}


def cycle(verdict="improved", *, measure="target", place="ash", at=0, inside=None, sealed=True):
    return {
        "cycle_id": f"{place}{at}", "neighbourhood_id": place, "measure_id": measure, "series_id": f"{measure}@{place}",
        "do_end": DAY + dt.timedelta(days=at), "verdict": verdict, "predicted_low": 0.5, "predicted_high": 0.66,
        "observed": 0.59, "prediction_inside": inside, "is_sealed": sealed,
    }  # fmt: skip


def chart(measure, domain, *, place="ash", **changes):
    facts = {
        "series_id": f"{measure}@{place}", "measure_id": measure, "neighbourhood_id": place, "domain": domain,
        "is_latest_phase": True, "variation": "common_cause", "limits_state": "established", "why_no_limits": None,
        "is_hidden": False,
    }  # fmt: skip
    return facts | changes


def of_all(**changes):
    """Return a quality, a balancing and an impact chart, one of them changed."""
    charts = {"yes": "quality", "wait": "balancing", "target": "impact"}
    return [chart(key, domain, **changes.get(key, {})) for key, domain in charts.items()]


@pytest.fixture
def asked(measures):
    """Return the answer and the evidence of each rule."""

    def ask(cycles=(), charts=()):
        gate = ready_to_scale(
            pd.DataFrame(list(cycles), columns=list(cycle())),
            pd.DataFrame(list(charts), columns=list(chart("yes", "quality"))),
            measures,
            PLACES,
        )
        ask.is_ready = gate.is_ready
        assert tuple(row.rule for row in gate.rules) == RULES
        return {row.rule: (row.answer, row.evidence) for row in gate.rules}

    return ask


def test_where_every_rule_says_yes_it_is_ready(asked):
    found = asked([cycle(inside=True), cycle(place="brook", at=9, inside=True)], of_all())
    assert {answer for answer, _ in found.values()} == {"yes"}
    assert asked.is_ready


@pytest.mark.parametrize(
    "broken",
    [
        {"cycles": [cycle(inside=True), cycle(place="brook", at=9, inside=False)]},
        {"cycles": [cycle(inside=True)]},
        {"charts": of_all(yes={"variation": "concern_low"})},
        {"charts": of_all(wait={"variation": "too_few"})},
        {"charts": of_all(target={"limits_state": "provisional"})},
    ],
)
def test_one_rule_without_a_yes_is_enough_to_wait(asked, broken):
    whole = {"cycles": [cycle(inside=True), cycle(place="brook", at=9, inside=True)], "charts": of_all()}
    asked(**(whole | broken))
    assert not asked.is_ready


def test_of_an_idea_never_tested_nothing_can_be_told(asked):
    assert {answer for answer, _ in asked().values()} == {"cannot yet tell"}


def test_the_latest_sealed_prediction_speaks(asked):
    told = asked([cycle(inside=False), cycle(at=9, inside=True), cycle(at=12)])["prediction_held"]
    assert told == ("yes", "50% to 66%; result 59%")
    assert asked([cycle(inside=True), cycle(at=9, inside=False)])["prediction_held"][0] == "no"


def test_a_prediction_that_was_not_sealed_is_none(asked):
    told = asked([cycle(inside=True, sealed=False), cycle(at=9)])["prediction_held"]
    assert told == ("cannot yet tell", "no sealed prediction is due yet")


def test_a_count_is_told_with_its_unit(asked):
    told = asked(
        [
            cycle(measure="came", inside=True)
            | {"predicted_low": 20.0, "predicted_high": 30.5, "observed": 28.0}
        ]
    )
    assert told["prediction_held"][1] == "20 to 30.5 people; result 28"


@pytest.mark.parametrize(
    ("verdicts", "answer", "evidence"),
    [
        (["improved", "improved", "worsened"], "yes", "2 of 3 cycles"),
        (["improved", "no evidence of change"], "no", "1 of 2 cycles"),
        (["improved"], "cannot yet tell", "1 cycle on impact judged; 2 are needed"),
        (
            ["improved", "not enough data", "check the data"],
            "cannot yet tell",
            "1 cycle on impact judged; 2 are needed",
        ),
    ],
)
def test_impact_must_improve_twice_and_what_was_not_judged_does_not_count(asked, verdicts, answer, evidence):
    cycles = [cycle(verdict, at=k) for k, verdict in enumerate(verdicts)]
    assert asked(cycles)["impact_in_two_cycles"] == (answer, evidence)


def test_other_measures_are_no_impact(asked):
    cycles = [cycle(measure="yes", at=k, place=place) for k, place in enumerate(PLACES)]
    found = asked(cycles)
    assert found["impact_in_two_cycles"][0] == "cannot yet tell"
    assert found["in_two_neighbourhoods"][0] == "cannot yet tell"


@pytest.mark.parametrize(
    ("cycles", "told"),
    [
        ([cycle(place="brook"), cycle()], ("yes", "impact improved in Ashfield and Brook End")),
        ([cycle(), cycle(at=1)], ("no", "tested in Ashfield only")),
        (
            [cycle(), cycle(measure="yes", place="brook")],
            ("cannot yet tell", "impact not yet judged in Brook End"),
        ),
        (
            [cycle(), cycle("worsened", place="brook")],
            ("no", "impact improved in Ashfield only; judged in Ashfield and Brook End"),
        ),
        (
            [
                cycle("no evidence of change"),
                cycle("worsened", place="brook"),
                cycle("check the data", place="creek"),
            ],
            ("no", "impact improved nowhere yet; judged in Ashfield and Brook End"),
        ),
    ],
)
def test_it_must_work_in_a_second_neighbourhood(asked, cycles, told):
    assert asked(cycles)["in_two_neighbourhoods"] == told


@pytest.mark.parametrize(("rule", "key"), [("quality_no_worse", "yes"), ("no_balancing_harm", "wait")])
@pytest.mark.parametrize(
    ("changes", "answer", "words"),
    [
        ({"variation": "concern_high"}, "no", "worse: "),
        ({"variation": "concern_low"}, "no", "worse: "),
        ({"variation": "too_few"}, "cannot yet tell", "too few points: "),
        ({"variation": "none"}, "cannot yet tell", "too few points: "),
        ({"variation": "concern_low", "is_hidden": True}, "cannot yet tell", "held back: "),
        (
            {"variation": "neutral_high"},
            "cannot yet tell",
            "changed, and nobody has said which way is better: ",
        ),
        ({"variation": "improvement_low"}, "yes", "no concern on 1 chart"),
    ],
)
def test_a_chart_speaks_by_its_icon(asked, rule, key, changes, answer, words):
    found = asked(charts=of_all(**{key: changes}))[rule]
    named = "" if answer == "yes" else f"{key.title()} in Ashfield"
    assert found == (answer, words + named)


def test_worse_anywhere_outweighs_what_cannot_be_told_elsewhere(asked):
    charts = [
        chart("yes", "quality", variation="too_few"),
        chart("yes", "quality", place="creek", variation="concern_low"),
        chart("yes", "quality", place="brook", variation="concern_low"),
    ]
    assert asked(charts=charts)["quality_no_worse"] == ("no", "worse: Yes in Brook End and Creekside")


def test_the_last_cycle_on_it_speaks_beside_the_icon(asked):
    cycles = [cycle("worsened", measure="yes"), cycle("improved", measure="yes", at=9)]
    assert asked(cycles, of_all())["quality_no_worse"][0] == "yes"
    later = [cycles[1], cycle("worsened", measure="yes", at=12)]
    assert asked(later, of_all())["quality_no_worse"][0] == "no"


def test_a_cycle_still_open_is_the_last_one(asked):
    cycles = [cycle("improved", measure="yes", at=9), cycle("worsened", measure="yes") | {"do_end": None}]
    assert asked(cycles, of_all())["quality_no_worse"][0] == "no"


def test_only_the_latest_phase_of_a_chart_is_read(asked):
    old = chart("yes", "quality", variation="concern_low", is_latest_phase=False)
    assert asked(charts=[old, *of_all()])["quality_no_worse"][0] == "yes"


@pytest.mark.parametrize(
    ("states", "answer"),
    [
        ([("established", None), ("established", None)], "yes"),
        ([("established", None), ("provisional", None)], "no"),
        ([("established", None), ("none", "start_up")], "cannot yet tell"),
        ([("provisional", None), ("none", "start_up")], "no"),
        ([("none", "run_chart")], "no"),
    ],
)
def test_the_usual_range_of_impact_must_be_established(asked, states, answer):
    charts = [
        chart("target", "impact", place=place, limits_state=state, why_no_limits=why)
        for place, (state, why) in zip(PLACES, states, strict=False)
    ]
    found = asked(charts=charts)["usual_range_established"]
    assert found[0] == answer
    assert found[1].startswith(f"{sum(state == 'established' for state, _ in states)} of {len(states)} chart")
