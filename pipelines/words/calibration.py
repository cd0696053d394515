"""Sentences of learning from error: do ranges hold as often as promised, and do we miss by less?"""

from __future__ import annotations

from typing import Any

from pipelines.words.parts import counted, crossing_words


def calibration_sentence(calibration: Any) -> str:
    """Say whether sealed ranges held as often as promised.

    `calibration` has n_scored, n_inside, n_needed, promised (0 to 1) and state: 'too few', 'too sure', 'as promised'
    or 'too cautious'. Blame is in the state only where the interval of the share leaves out what was promised.
    """
    inside, scored = int(calibration.n_inside), int(calibration.n_scored)
    held = f"{inside} of {counted(scored, 'predictions')} held"
    promised = f"{calibration.promised * 10:.0f} in 10"
    if calibration.state == "too few":
        return f"Too few cycles to tell ({scored} of {calibration.n_needed})."
    if calibration.state == "too sure":
        return f"We are too sure of ourselves: {held}. Our ranges promise {promised}."
    if calibration.state == "too cautious":
        return f"We are too careful: {held}. Our ranges promise {promised}, so they could be narrower."
    return f"Our ranges hold about as often as promised: {held}, and they promise {promised}."


def error_sentence(errors: Any | None) -> str:
    """Say whether results come closer to the middle of their ranges than they did.

    `errors` has the fields of the run chart of errors: n_points, longest_run, longest_below, longest_run_max,
    n_crossings, n_crossings_min and state: 'cannot yet tell', 'smaller', 'larger' or 'changed'. None: no error yet.
    """
    if errors is None or not errors.n_points:
        return "Cannot yet tell. No prediction has been scored."
    if errors.state == "cannot yet tell":
        return f"Cannot yet tell. {_below(errors)}; a signal needs {errors.longest_run_max + 1}."
    opening = {
        "smaller": "We miss by less than we did.",
        "larger": "We miss by more than we did.",
        "changed": "How far we miss has changed.",
    }[errors.state]
    return f"{opening} {_why(errors)}"


def _below(errors: Any) -> str:
    run = int(errors.longest_below)
    return f"The longest run below the median is {run}" if run else "No error lies below the median"


def _why(errors: Any) -> str:
    if errors.longest_run > errors.longest_run_max:
        most = errors.longest_run_max
        return f"{errors.longest_run} errors in a row lie on one side of the median; chance seldom gives over {most}."
    seen = crossing_words("cross", "their median", errors.n_crossings)
    return f"The errors {seen}; chance seldom gives fewer than {errors.n_crossings_min}."


def error_words(where: str, value: float, is_inside: bool) -> str:
    """Say one point of the chart of errors.

    Parameters
    ----------
    where
        The place and the cycle: `Ashfield, cycle 2`.
    value
        How far the result lay from the middle of its range, in half-widths of the range: up to 1 is inside.
    is_inside
        Whether the prediction held.
    """
    if is_inside:
        return f"{where}: held, {value * 100:.0f}% of the way from the middle of the range to its edge."
    return f"{where}: missed, {value:.1f} times as far from the middle of the range as its edge."
