"""Judges the planted cycles of many seeds, array level, in two processes.

Run as a script with a range of seeds it prints one JSON line a cycle; `verdicts` runs two such scripts side by side,
so that the long simulation uses both cores whatever the platform's way of starting processes.
"""

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

PROJECT = Path(__file__).parents[3]

LINES = ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")


def judge(planted):
    """Return the CycleResult of one planted cycle: find_baseline, choose_kind, chart, judge_cycle."""
    from pipelines.learning import judge_cycle

    points, summary = charted(planted)
    number = int(planted.truth.cycle_id.rsplit("_", 1)[1])
    cycle = cycle_record(planted, planted.plan, number)
    others = [cycle_record(planted, plan, 100 + k) for k, plan in enumerate(planted.other_plans)]
    return judge_cycle(points, cycle, measure_of(planted.series.measure_id), summary, others)


def charted(planted):
    """Return the points with their lines, and what the chart says of itself, as `pipelines.charts` would."""
    from pipelines.spc import chart, choose_kind, find_baseline

    series, measure = planted.series, measure_of(planted.series.measure_id)
    is_share = series.denominator is not None
    ends = np.array(series.period_end, dtype="datetime64[D]")
    reached = np.flatnonzero(ends >= np.datetime64(planted.first_do))
    first_do = int(reached[0]) if len(reached) else len(ends)
    baseline = find_baseline(series.value, rule=measure.baseline, first_do=first_do)
    y = series.numerator if is_share else series.value
    kind, _ = choose_kind(measure.kind, y, series.denominator)
    n = series.denominator if kind in ("p", "pp") else None
    mask = baseline.mask if baseline.mask.any() else None
    drawn = chart(y, n, kind=kind, baseline=mask, better=measure.better, sigma_z_floor=1.0)
    has_limits = baseline.state != "start_up" and str(kind) != "run"
    lines = {name: getattr(drawn, name) if has_limits else np.full(len(ends), np.nan) for name in LINES}
    points = pd.DataFrame(
        {
            "period_start": series.period_start,
            "period_end": series.period_end,
            "value": series.value,
            "numerator": series.numerator,
            "denominator": series.denominator if is_share else np.nan,
            "n_sessions": series.n_sessions,
            "is_gap": np.isnan(series.value),
            "is_hidden": False,
            "is_baseline": baseline.mask,
            **lines,
        }
    )
    summary = {
        "series_id": f"{series.measure_id}@{series.prototype_id}",
        "kind": str(kind),
        "period": str(measure.period),
        "limits_state": "provisional" if has_limits else "none",
        "why_no_limits": None if has_limits else "start_up" if baseline.state == "start_up" else "run_chart",
        "baseline_rule": baseline.rule_used,
        "baseline_n": int(baseline.mask.sum()) or None,
        "rule_set": drawn.rule_set,
        "rule_set_version": drawn.rule_set_version,
        "is_hidden": False,
        "hidden_reason": None,
        "from_rounded": False,
    }
    return points, summary


@cache
def measures():
    from pipelines.measures import read_measures

    return {measure.measure_id: measure for measure in read_measures(PROJECT / "data" / "measures")}


def measure_of(measure_id):
    return measures()[measure_id]


def cycle_record(planted, plan, number):
    """Return a row of the table cycle; the prediction is left out, since it is never an input of the verdict."""
    import datetime as dt

    from pipelines.sample.plan import monday
    from pipelines.sources.tables import Cycle

    do_end = monday(plan.end) - dt.timedelta(days=1)
    prototype_id = planted.series.prototype_id
    return Cycle(
        cycle_id=f"{prototype_id}_{number}",
        prototype_id=prototype_id,
        cycle_no=str(number),
        question=plan.question,
        primary_measure=plan.measure_id,
        predicted_value=None,
        predicted_low=None,
        predicted_high=None,
        predicted_for=do_end,
        do_start=monday(plan.start),
        do_end=do_end,
        decision=plan.decision or None,
        decided_on=None,
        learning=plan.learning or None,
    )


def main(first, last):
    from pipelines.sample import simulate

    for seed in range(first, last):
        for planted in simulate(seed):
            result = judge(planted)
            row = {
                "seed": seed,
                "kind": planted.truth.kind,
                "cycle": planted.truth.cycle_id,
                "verdict": str(result.verdict),
                "acceptable": planted.truth.acceptable,
                "overlap": "overlap" in (result.notes or ""),
            }
            sys.stdout.write(json.dumps(row) + "\n")


def verdicts(n_seeds):
    """Return one dict a judged cycle over seeds 0 to n_seeds - 1."""
    half = n_seeds // 2
    command = [sys.executable, "-W", "error", str(Path(__file__))]
    running = [
        subprocess.Popen([*command, str(a), str(b)], stdout=subprocess.PIPE, text=True, cwd=PROJECT)
        for a, b in ((0, half), (half, n_seeds))
    ]
    outputs = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    return [json.loads(line) for output in outputs for line in output.splitlines()]


def table(rows):
    """Return a Markdown table: a row a kind, the share of each verdict and of acceptable ones."""
    words = sorted({row["verdict"] for row in rows})
    lines = [f"| kind | cycles | acceptable | {' | '.join(words)} |", "|---" * (3 + len(words)) + "|"]
    for kind in sorted({row["kind"] for row in rows}):
        mine = [row for row in rows if row["kind"] == kind]
        counts = Counter(row["verdict"] for row in mine)
        good = sum(row["verdict"] in row["acceptable"] for row in mine)
        shares = " | ".join(f"{100 * counts[word] / len(mine):.1f}" for word in words)
        lines.append(f"| {kind} | {len(mine)} | {100 * good / len(mine):.1f} | {shares} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    main(int(sys.argv[1]), int(sys.argv[2]))
