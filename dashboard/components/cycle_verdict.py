"""The verdict on a cycle with every word it could have been, and the receipt that shows how it was reached."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboard.components import icons
from dashboard.components.cycle_view import CycleView
from dashboard.components.wording import capital
from dashboard.figures.prediction_result import verdict_colour
from dashboard.theme import Theme
from pipelines.vocabulary import Better, Variation, Verdict

#: Marks of the receipt: a tick supports, a dot says nothing, an arrow down lowers confidence.
MARKS = {
    "supports": ("✓", "supports"),
    "nothing": ("·", "says nothing"),
    "lowers": ("↓", "lowers our confidence"),
}


def words_shown(better: str) -> list[Verdict]:
    """Return the five verdicts that a measure can get; one without a better direction changes, and never improves."""
    ends = [Verdict.NO_EVIDENCE, Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA]
    if better == Better.NEITHER:
        return [Verdict.CHANGED, *ends]
    return [Verdict.IMPROVED, Verdict.WORSENED, *ends]


def verdict_html(view: CycleView, theme: Theme) -> str:
    """Return icon, verdict, its sentence, the prediction's own line, must-says, and all the words with one underlined."""
    if view.result is None:
        return (
            '<section class="verdict"><div><h2>Not judged</h2><p class="lead">The primary measure of this cycle has no '
            "chart yet, so there is nothing to judge.</p></div></section>"
        )
    verdict = Verdict(view.result["verdict"])
    colour = verdict_colour(verdict, theme)
    sentence = str(view.result["sentence"]).removeprefix(f"{capital(verdict.value)}: ")
    told = "".join(f"<li>{escape(note)}</li>" for note in view.notes())
    notes = f'<ul class="must-say">{told}</ul>' if told else ""
    return (
        f'<section class="verdict">{_icon(view.result, theme)}<div><h2 style="color:{colour}">{capital(verdict.value)}</h2>'
        f'<p class="lead">{escape(capital(sentence))}</p>'
        f'<p class="hit">{escape(str(view.result["prediction_sentence"]))}</p></div></section>'
        f"{_scale(verdict, view.better, colour)}{notes}"
    )


def receipt_html(view: CycleView, data_until: str, narrow: bool) -> str:
    """Return the receipt, open on a desk: each check with its mark, then the rule, rule set and data it rests on."""
    if view.result is None:
        return ""
    rows = "".join(_row(row) for row in view.receipt())
    result = view.result
    rests_on = f"Rules {result['rule_set']}, version {result['rule_set_version']}"
    stamp = f" · data until {data_until}" if data_until else ""
    released = " · from rounded figures" if result["is_released"] else ""
    reason = escape(capital(str(result["reason"]).rstrip(".")))
    return (
        f'<details class="fold receipt"{"" if narrow else " open"}><summary>Receipt: how the verdict was reached</summary>'
        f'<table><tbody>{rows}</tbody></table><p class="chance">{reason}. {escape(rests_on + stamp + released)}</p></details>'
    )


def _icon(result: Mapping[str, Any], theme: Theme) -> str:
    verdict = Verdict(result["verdict"])
    end = "low" if _is_down(result) else "high"
    name = {
        Verdict.IMPROVED: f"improvement_{end}",
        Verdict.WORSENED: f"concern_{end}",
        Verdict.CHANGED: f"neutral_{end}",
        Verdict.NO_EVIDENCE: Variation.COMMON_CAUSE,
    }.get(verdict, Variation.TOO_FEW)
    return icons.variation(name, theme, css="icon", alt="")


def _is_down(result: Mapping[str, Any]) -> bool:
    if result["signal_direction"] is not None:
        return bool(result["signal_direction"] == "down")
    return (
        result["change"] is not None
        and result["before"] is not None
        and result["observed"] < result["before"]
    )


def _scale(verdict: Verdict, better: str, colour: str) -> str:
    shown = words_shown(better)
    shown = shown if verdict in shown else [verdict, *shown]
    parts = []
    for word in shown:
        here = f' class="here" aria-current="true" style="border-color:{colour}"' if word == verdict else ""
        parts.append(f"<li{here}>{capital(word.value)}</li>")
    return f'<ul class="verdict-words">{"".join(parts)}</ul>'


def _row(row: Mapping[str, str]) -> str:
    sign, meaning = MARKS.get(row["mark"], MARKS["nothing"])
    return (
        f'<tr><td class="mark" title="{meaning}" aria-label="{meaning}">{sign}</td>'
        f'<th scope="row">{escape(row["label"])}</th><td>{escape(capital(row["words"]))}</td></tr>'
    )
