"""The tables of the news: made again only where a chart changed, and nothing in them that their audience may not see."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest

from pipelines.memory import Memory
from pipelines.news import rows as room
from pipelines.news.rows import news_rows
from pipelines.sources import Cycle, Neighbourhood, Prototype


@pytest.fixture
def reckoned(monkeypatch):
    """The charts whose windows were worked out and not remembered."""
    seen: list[int] = []
    worked_out = room.windows_of

    def windows_of(series, since):
        seen.append(len(series))
        return worked_out(series, since)

    monkeypatch.setattr(room, "windows_of", windows_of)
    return seen


def inputs(*measures):
    checked = SimpleNamespace(
        prototypes=tuple(Prototype(name, "west", name) for name in "pqr"),
        neighbourhoods=(Neighbourhood("west", "Westend", 1),),
        cycles=(Cycle("p_1", "p"),),
    )
    return SimpleNamespace(checked=checked, measures=measures)


def charts_of(made, **values):
    """Return charts by series, each named by its numbers."""
    charts = [made.charted([*made.settled, *after], prototype_id=name) for name, after in values.items()]
    for chart in charts:
        chart.summary["neighbourhood_id"] = "west"
    by_name = {chart.summary["series_id"]: chart for chart in charts}
    return SimpleNamespace(
        charts=by_name, names={name: repr(chart.columns["value"].tolist()) for name, chart in by_name.items()}
    )


def news(made, charted, memory, until=None):
    tables = {"prediction": [], "decision": [], "baseline_decision": []}
    with memory.one_build():
        day = until or max(chart.columns["period_end"][-1] for chart in charted.charts.values())
        return news_rows(charted, {}, tables, inputs(made.measure), day, memory)


def test_a_chart_that_moved_lately_is_kept_on_every_day_before_it(made):
    steady = [50, 49, 52, 48, 51, 50, 53, 47] * 3
    charted = charts_of(made, p=[*steady, *[60, 59, 61, 60] * 2], q=[*steady, 50, 51], r=steady)
    found = news(made, charted, Memory())
    (signal,) = [row for row in found["change"] if row["kind"] == "signal"]
    kept = {row["since"] for row in found["news_kept"]}
    assert {row["change_id"] for row in found["news_kept"]} == {signal["change_id"]}
    assert max(kept) < signal["happened_on"]
    assert signal["happened_on"] in {row["since"] for row in found["news_since"]}
    last = max(kept)
    (row,) = [row for row in found["news_since"] if row["since"] == last]
    assert (row["n_signals"], row["n_kept"]) == (1, 1)
    assert row["sentence"].startswith(f"One of {row['n_charts']} chart")


def test_only_charts_that_changed_are_worked_out_again_and_the_rest_is_the_same(made, reckoned):
    memory, steady = Memory(), [50, 49, 52, 48, 51, 50, 53, 47] * 2
    before = news(made, charts_of(made, p=steady, q=steady), memory)
    assert news(made, charts_of(made, p=steady, q=steady), memory) == before
    changed = charts_of(made, p=steady, q=[*steady[:-1], 90])
    after = news(made, changed, memory)
    assert reckoned == [2, 0, 1]
    assert after == news(made, changed, Memory())
    assert after != before


def test_another_last_day_is_another_year_to_look_back_to(made, reckoned):
    memory, charted = Memory(), charts_of(made, p=[50, 49, 52])
    first = news(made, charted, memory)
    later = news(made, charted, memory, until=first["news_since"][-1]["since"].replace(year=2026))
    assert reckoned == [1, 1]
    assert len(later["news_since"]) == len(first["news_since"]) == 365
    assert later["news_since"][0]["since"] > first["news_since"][0]["since"]


def test_charts_without_a_usual_range_are_not_looked_at(made):
    found = news(made, charts_of(made, p=[]), Memory())
    assert {row["n_charts"] for row in found["news_since"]} == {0}


def test_without_data_there_is_no_news(made):
    nothing = SimpleNamespace(charts={}, names={})
    tables = {"prediction": [], "decision": [], "baseline_decision": []}
    assert news_rows(nothing, {}, tables, inputs(made.measure), None, Memory()) == {}


def drawn(made, draws, n_weeks, lift):
    """Return forty charts of independent weeks, of which the last eight weeks of every tenth stand higher by `lift`."""
    charts = {}
    for at in range(40):
        values = draws.normal(50, 5, n_weeks)
        values[-8:] += lift * 5 * (at % 10 == 0)
        chart = made.charted(np.round(values, 2))
        chart.summary["series_id"] = f"wait_{at}@p"
        charts[f"wait_{at}@p"] = chart
    return SimpleNamespace(
        charts=charts, names={name: name + str(draws.integers(1 << 40)) for name in charts}
    )


def on_the_day(found, charted):
    """Return the row of the day eight weeks before the end, the charts with a new signal, and those that are kept."""
    until = next(iter(charted.charts.values())).columns["period_end"][-1]
    since = until - dt.timedelta(weeks=8)
    (row,) = [row for row in found["news_since"] if row["since"] == since]
    new = {
        row["series_id"] for row in found["change"] if row["kind"] == "signal" and row["happened_on"] > since
    }
    return row, new, {row["change_id"].split(":")[1] for row in found["news_kept"] if row["since"] == since}


@pytest.mark.slow
def test_where_nothing_changed_as_many_charts_signal_as_the_line_says_and_few_are_kept(made):
    draws, seen, expected, false_lists = np.random.default_rng(17), 0, 0.0, 0
    for _ in range(12):
        charted = drawn(made, draws, 52, lift=0)
        row, new, kept = on_the_day(news(made, charted, Memory()), charted)
        assert row["n_signals"] == len(new)
        seen, expected, false_lists = seen + len(new), expected + row["by_chance"], false_lists + bool(kept)
    assert abs(seen - expected) < 3 * np.sqrt(expected * (1 - expected / 480))
    assert false_lists <= 4, "of twelve lists about one in ten keeps anything"


@pytest.mark.slow
def test_what_changed_is_found_and_about_one_in_ten_at_most_of_what_is_kept_did_not(made):
    draws, false, found = np.random.default_rng(18), [], []
    truth = {f"wait_{at}@p" for at in range(0, 40, 10)}
    for _ in range(12):
        charted = drawn(made, draws, 52, lift=2.5)
        _, new, kept = on_the_day(news(made, charted, Memory()), charted)
        assert kept <= new
        false.append(len(kept - truth) / max(len(kept), 1))
        found.append(len(kept & truth) / len(truth))
    assert np.mean(false) <= 0.10 + 2 * np.std(false) / np.sqrt(len(false))
    assert np.mean(found) >= 0.8
