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


def judge(planted):
    """Return the CycleResult of one planted cycle, charted and judged as in a build."""
    from pipelines.learning import judge_cycle

    chart = charted(planted)
    number = int(planted.truth.cycle_id.rsplit("_", 1)[1])
    cycle = cycle_record(planted, planted.plan, number)
    others = [cycle_record(planted, plan, 100 + k) for k, plan in enumerate(planted.other_plans)]
    return judge_cycle(chart.points, cycle, measure_of(planted.series.measure_id), chart.summary, others)


def charted(planted):
    """Return the chart of one planted series, by the same rooms as a build: observations in, rows out."""
    from pipelines.charts import chart_series

    series, measure = planted.series, measure_of(planted.series.measure_id)
    observation = pd.DataFrame(
        {
            "series_id": f"{series.measure_id}@{series.prototype_id}",
            "measure_id": series.measure_id,
            "prototype_id": series.prototype_id,
            "neighbourhood_id": "any",
            "period": str(measure.period),
            "period_start": series.period_start,
            "period_end": series.period_end,
            "session_no": 1,
            "numerator": series.numerator,
            "denominator": np.nan if series.denominator is None else series.denominator,
            "value": series.value,
            "n_sessions": series.n_sessions,
            "is_gap": np.isnan(series.value),
            "is_hidden": False,
            "hidden_reason": None,
        }
    )
    return chart_series(observation, measure, [planted.first_do])


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
