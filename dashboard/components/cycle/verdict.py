"""The verdict on a cycle with every word it could have been."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboard.components import icons
from dashboard.components.cycle.view import CycleView, Stand
from dashboard.components.wording import capital, missing
from dashboard.figures.prediction_result import verdict_colour
from dashboard.theme import Theme
from pipelines.vocabulary import Better, Variation, Verdict


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
            f'<section class="verdict"><div><h2>Not judged yet</h2><p class="lead">{_why_not(view)}</p></div></section>'
            f"{_scale(None, view.better, theme.text)}"
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


def _why_not(view: CycleView) -> str:
    if missing(view.filed["primary_measure"]):
        return "No measure was named that this cycle is judged on."
    if view.stand is Stand.NOT_BEGUN:
        return "Testing has not begun. The verdict comes from what is counted during it."
    return "Its measure has no chart yet: log the first test, and it is drawn."


def _scale(verdict: Verdict | None, better: str, colour: str) -> str:
    shown = words_shown(better)
    shown = shown if verdict is None or verdict in shown else [verdict, *shown]
    parts = []
    for word in shown:
        here = f' class="here" aria-current="true" style="border-color:{colour}"' if word == verdict else ""
        parts.append(f"<li{here}>{capital(word.value)}</li>")
    return f'<ul class="verdict-words">{"".join(parts)}</ul>'
