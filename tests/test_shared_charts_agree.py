"""Sentence, dot and icon of every chart that others see say the same, each read from what is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.figures.marks import signal_colour
from dashboard.theme import LIGHT
from pipelines.charted import charts_of
from pipelines.inputs import read_inputs
from pipelines.memory import Forgetful
from pipelines.sample.write import write_sample
from pipelines.shown import shown_to
from pipelines.vocabulary import Audience
from pipelines.work import worked

PROJECT = Path(__file__).parents[1]

#: How a sentence begins, and what it says by that.
OPENINGS = {
    r"(is|:) better\. ": "improvement",
    r"(is|:) worse\. ": "concern",
    r"(has|:) changed\. ": "neutral",
    r"^(Nothing unusual|No signal): ": "common_cause",
}

#: The colour of a dot, and what it says by that; dots without one are usual.
COLOURS = {
    signal_colour("improvement", LIGHT): "improvement",
    signal_colour("concern", LIGHT): "concern",
    signal_colour("special_high", LIGHT): "neutral",
    signal_colour("special_low", LIGHT): "neutral",
    None: "common_cause",
}

FIGURE = r"(-?[\d,]+(?:\.\d+)?)"
BEYOND = re.compile(rf"{FIGURE}\D*? is (above|below) the usual \D*?{FIGURE}(?:\D*? to \D*?{FIGURE})?")


def said(sentence: str) -> str | None:
    """Return what a sentence says of the latest point: better, worse, changed, as usual; None where it says none of it."""
    return next((meaning for words, meaning in OPENINGS.items() if re.search(words, sentence)), None)


def number(text: str) -> float:
    return float(text.replace(",", ""))


def shared_charts(data: Path):
    """Return the latest summary and the points of every chart, as others see them."""
    memory = Forgetful()
    inputs = read_inputs(data, memory)
    shown = shown_to(Audience.SHARED, worked(inputs, memory), inputs, memory)
    for chart in charts_of(shown, inputs, memory).charts.values():
        yield chart.summary, pd.DataFrame(chart.columns)


def disagreements(summary, points: pd.DataFrame) -> list[str]:
    """Return where sentence, dot and icon of one chart differ."""
    name, sentence = summary["series_id"], summary["sentence"]
    icon = (
        summary["variation"].rpartition("_")[0]
        if summary["variation"].endswith(("_high", "_low"))
        else summary["variation"]
    )
    drawn = points[points["value"].notna() & ~points["is_running"]]
    if drawn.empty:
        return [f"{name}: {icon} without a dot"] if said(sentence) or icon not in ("none", "too_few") else []
    dot = drawn.iloc[-1]
    colour = COLOURS[signal_colour(dot["point_type"], LIGHT)]
    wrong = []
    if icon in OPENINGS.values():
        if not said(sentence) == colour == icon:
            wrong.append(f"{name}: icon {icon}, dot {colour}, sentence {sentence!r}")
    elif said(sentence) is not None:
        wrong.append(f"{name}: no icon ({icon}), and yet {sentence!r}")
    if dot["value"] != summary["latest_value"]:
        wrong.append(f"{name}: the latest dot is {dot['value']}, told is {summary['latest_value']}")
    return wrong + _side(name, sentence, summary, dot)


def _side(name: str, sentence: str, summary, dot) -> list[str]:
    """Check that a dot told to be beyond the usual range is drawn there, and is beyond it as the figures are written."""
    told = BEYOND.search(sentence)
    if told is None:
        return []
    value, side, *ends = told.groups()
    written = [number(end) for end in ends if end is not None]
    above = side == "above"
    is_drawn = dot["value"] > dot["upper_limit"] if above else dot["value"] < dot["lower_limit"]
    is_written = number(value) > max(written) if above else number(value) < min(written)
    is_icon = summary["variation"].endswith("_high") == above
    return (
        []
        if is_drawn and is_written and is_icon
        else [f"{name}: {sentence!r}, dot {dot['value']}, icon {summary['variation']}"]
    )


def test_sentence_dot_and_icon_agree_on_every_shared_chart_of_the_sample():
    seen, wrong = {}, []
    for summary, points in shared_charts(PROJECT / "data"):
        seen[summary["variation"]] = seen.get(summary["variation"], 0) + 1
        wrong += disagreements(summary, points)
    assert wrong == []
    assert sum(seen.values()) > 60
    assert {"common_cause", "none"} < set(seen)
    assert any(icon.startswith("improvement") for icon in seen)


@pytest.mark.slow
def test_sentence_dot_and_icon_agree_over_fifty_seeds(tmp_path):
    seen, wrong = {}, []
    for seed in range(50):
        folder = tmp_path / str(seed)
        write_sample(folder, seed=seed, prototypes=1)
        if seed % 10:  # the cascade of one in ten: a hundred and fifty charts more
            (folder / "cascade_counts.csv").unlink()
        for summary, points in shared_charts(folder):
            seen[summary["variation"]] = seen.get(summary["variation"], 0) + 1
            wrong += [f"seed {seed}, {one}" for one in disagreements(summary, points)]
    assert wrong == []
    assert sum(seen.values()) > 1500
    assert len({icon.split("_")[0] for icon in seen}) >= 5


@pytest.mark.parametrize(
    "change",
    [
        {"variation": "concern_high"},
        {"sentence": "Reach is worse. 60 is above the usual 40 to 50; one point is not yet a trend."},
        {"sentence": "Reach is better. 60 is above the usual 40 to 61; one point is not yet a trend."},
        {"sentence": "Nothing unusual: 60, and usually 40 to 61."},
        {"latest_value": 61.0},
        {"variation": "none"},
    ],
)
def test_a_chart_that_contradicts_itself_is_found(change):
    summary = {
        "series_id": "a@b",
        "variation": "improvement_high",
        "latest_value": 60.0,
        "sentence": "Reach is better. 60 is above the usual 40 to 50; one point is not yet a trend.",
    }
    lines = {"upper_limit": 50.0, "lower_limit": 40.0}
    kinds = ["common_cause", "improvement"]
    points = pd.DataFrame({"value": [45.0, 60.0], "is_running": False, "point_type": kinds, **lines})
    assert disagreements(summary, points) == []
    assert disagreements(summary | change, points)
