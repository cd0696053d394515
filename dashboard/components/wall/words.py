"""What the wall says over and under its table: the headline that counts every cell once, and the line of honesty."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components import chance
from dashboard.components.wall.cells import SIGNALS, TOLD, Cell, State
from dashboard.components.wording import capital, count


def headline(cells: Sequence[Cell]) -> str:
    """Return the sentence over the wall, which counts every cell once."""
    counted = {state: sum(cell.state == state for cell in cells) for state in State}
    signals = [(counted[state], state.value) for state in SIGNALS if counted[state]]
    unsure = len(cells) - sum(counted[state] for state in TOLD)
    if signals:
        (first, word), *rest = signals
        noun = "measure" if first == 1 else "measures"
        parts = [f"{count(first)} {noun} {word}", *(f"{count(number)} {word}" for number, word in rest)]
        opening = capital(", ".join(parts))
    else:
        opening = "No measure shows a signal"
    calm = [f"{count(counted[State.USUAL])} as usual"] if counted[State.USUAL] else []
    calm += [f"{count(unsure)} cannot yet tell"] if unsure else []
    return f"{opening}. {capital('; '.join(calm))}." if calm else f"{opening}."


def chance_line(cells: Sequence[Cell]) -> tuple[str, str]:
    """Return how many charts of the wall show a signal, and how many chance alone would."""
    told = [cell for cell in cells if cell.state in TOLD and cell.row is not None]
    signals = sum(cell.state in SIGNALS for cell in told)
    return chance.chance_line(
        signals, [cell.row["false_alarm_rate"] for cell in told if cell.row is not None]
    )
