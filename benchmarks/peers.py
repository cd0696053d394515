"""How each peer is called: chart creation with limits and rules, no figure, from the input it reads fastest.

Imports stand inside the functions, since each peer lives in an environment that this project does not share.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from benchmarks import data
from benchmarks.contestant import Contestant, Run


def shewhart(kind: str, n_series: int, n_points: int) -> Run:
    """Individuals with Nelson's eight rules; p with the four it has for shares."""
    import shewhart

    if kind == "p":
        events, trials = data.shares(n_series, n_points)
        return _each(lambda at: shewhart.p_chart(events[at], size=trials[at], rules="nelson"))
    values = data.values(n_series, n_points)
    return _each(lambda at: shewhart.imr(values[at], rules="nelson"))


def qikit_arrays(rules: str, kind: str, n_series: int, n_points: int) -> Run:
    """The array function under `qic`, without its frame."""
    from qikit.spc.compute import compute

    if kind == "p":
        events, trials = data.shares(n_series, n_points)
        shares = events / trials
        return _each(lambda at: compute("p", shares[at], trials[at], method=rules))
    values = data.values(n_series, n_points)
    return _each(lambda at: compute("i", values[at], method=rules))


def qikit_public(kind: str, n_series: int, n_points: int) -> Run:
    """The public function; the figure is not drawn until asked for."""
    from qikit import qic

    if kind == "p":
        events, trials = data.shares(n_series, n_points)
        return _each(lambda at: qic(y=events[at], n=trials[at], chart="p", method="nelson"))
    values = data.values(n_series, n_points)
    return _each(lambda at: qic(y=values[at], chart="i", method="nelson"))


def statprocon(_kind: str, n_series: int, n_points: int) -> Run:
    """XmR in decimal arithmetic with the three rules it has."""
    from statprocon import XmR

    series = data.values(n_series, n_points).tolist()

    def one(at: int) -> None:
        chart = XmR(series[at])
        chart.to_dict()
        chart.rule_1_x_indices_beyond_limits()
        chart.rule_2_runs_about_central_line()
        chart.rule_3_runs_near_limits()

    return _each(one)


def abspc(kind: str, n_series: int, n_points: int) -> Run:
    """Limits, its four rules and both icons."""
    import pandas as pd
    from abspc import (
        calculate_control_limits,
        detect_special_causes,
        determine_assurance_type,
        determine_variation_type,
    )

    if kind == "p":
        events, trials = data.shares(n_series, n_points)
        frames = [pd.DataFrame({"value": y, "subgroup_size": n}) for y, n in zip(events, trials, strict=True)]
    else:
        frames = [pd.DataFrame({"value": y}) for y in data.values(n_series, n_points)]
    word = {"xmr": "XmR", "p": "p"}[kind]

    def one(at: int) -> None:
        found = detect_special_causes(calculate_control_limits(frames[at], word))
        determine_variation_type(found)
        determine_assurance_type(found, data.TARGETS[kind])

    return _each(one)


def _each(one: Callable[[int], object]) -> Run:
    def run(first: int, last: int) -> None:
        for at in range(first, last):
            one(at)

    return run


CONTESTANTS = {
    "shewhart": Contestant("shewhart", "imr, p_chart; Nelson's rules (8; p: 4)", shewhart),
    "statprocon": Contestant("statprocon", "XmR, to_dict; its 3 rules, no trend", statprocon, kinds=("xmr",)),
    "abspc": Contestant("abspc", "limits, 4 rules, both icons; a frame a series", abspc),
    "clinical-qikit, qic": Contestant("clinical-qikit", "qic; Nelson's 8 rules; a frame out", qikit_public),
    "clinical-qikit, compute": Contestant(
        "clinical-qikit", "compute; Nelson's 8 rules; arrays", partial(qikit_arrays, "nelson")
    ),
    "clinical-qikit, compute, ihi": Contestant(
        "clinical-qikit",
        "compute; 3 rules, no two of three; arrays",
        partial(qikit_arrays, "ihi"),
        is_like_ours=False,
    ),
}
