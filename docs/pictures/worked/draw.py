"""Draws the worked pictures of docs/method.md from made-up data, through the engine itself.

Run: python docs/pictures/worked/draw.py [FOLDER]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from card import (
    CENTRE,
    DATA,
    LEFT,
    MUTED,
    RANGE,
    RANGE_EDGE,
    TEXT,
    Picture,
    Scale,
    card,
    mark,
    number,
    svg,
    text,
)

from pipelines.spc import Chart, chart
from pipelines.spc.runs import runs_allowed

HERE = Path(__file__).parent
ICONS = HERE.parents[2] / "dashboard" / "assets" / "icons" / "light"

#: Twelve visits to a stall, mean 13.5, mean moving range 3.18.
VISITS = [12, 15, 11, 14, 16, 12, 13, 17, 12, 14, 11, 15]
#: Readings of five people at each of twelve sessions (systolic, mmHg).
READINGS = [
    *(138, 145, 131, 150, 141), *(144, 136, 149, 140, 133), *(151, 139, 142, 134, 147), *(137, 143, 130, 146, 139),
    *(148, 141, 135, 152, 144), *(133, 140, 147, 136, 142), *(145, 150, 138, 143, 131), *(139, 134, 146, 141, 148),
    *(142, 149, 137, 132, 140), *(147, 138, 144, 151, 136), *(135, 141, 143, 139, 149), *(140, 146, 133, 145, 137),
]  # fmt: skip
#: People checked, and of them those with raised pressure.
CHECKED = [50, 60, 40, 55, 70, 45, 50, 65, 40, 60, 50, 55]
RAISED = [14, 20, 10, 17, 24, 11, 16, 18, 13, 15, 17, 16]
#: Reminders sent a week, in thousands, and answered.
SENT = [2400, 3100, 2800, 2000, 3300, 2600, 2900, 2200, 3000, 2500, 2700, 3200]
ANSWERED = [768, 1054, 924, 600, 1023, 910, 986, 704, 900, 825, 945, 1056]
#: Hours a hall was open, and requests for help made there.
HOURS = [30, 42, 24, 36, 48, 30, 40, 28, 36, 44, 32, 38]
REQUESTS = [21, 33, 14, 27, 30, 24, 26, 17, 30, 28, 19, 29]
BUSY_REQUESTS = [16, 30, 24, 34, 27, 15, 35, 21, 16, 28, 26, 22]
#: Days between two cancelled sessions, and visits between two complaints.
DAYS_BETWEEN = [9, 14, 31, 22, 15, 40, 60, 27, 12, 19, 7, 4]
VISITS_BETWEEN = [22, 5, 41, 13, 30, 60, 9, 27, 3, 48, 18, 24]


def pictures() -> Iterator[tuple[str, str]]:
    """Yield each picture's name and SVG text."""
    for name, picture in {**charts(), **rules()}.items():
        yield name, svg(picture)
    yield "variation", variation()
    yield "assurance", assurance()


def charts() -> dict[str, Picture]:
    """Return a picture of each kind of chart."""
    return {**single_values(), **samples(), **counts(), **rare_events()}


def single_values() -> dict[str, Picture]:
    """Return run, i, mr and i'."""
    run, i, mr = (chart(VISITS, kind=kind) for kind in ("run", "i", "mr"))
    ip = chart(RAISED, CHECKED, kind="ip", multiply=100)
    told = run.phases[0]
    mean, ranges = i.centre_line[0], mr.centre_line[0]
    reach = (ip.upper_limit - ip.centre_line) * np.sqrt(CHECKED) / 3
    return {
        "run": Picture(
            "Run chart: values around their median",
            (
                f"Median of 12 values: {number(run.centre_line[0], 1)}.",
                f"Longest run {told.longest_run} (up to {told.longest_run_max} is chance); "
                f"crossings {told.n_crossings}",
                f"(at least {told.n_crossings_min}): no signal.",
            ),
            "Twelve dots go up and down around a line at their median; there is no band.",
            run,
        ),
        "i": Picture(
            "i chart (XmR): mean ± 2.66 × mean range",
            (
                f"Mean {number(mean, 1)}; mean moving range {number(ranges, 2)}.",
                f"{number(mean, 1)} ± 2.66 × {number(ranges, 2)} = {number(i.lower_limit[0], 1)} to "
                f"{number(i.upper_limit[0], 1)}.",
            ),
            "Twelve dots inside a level grey band around their mean.",
            i,
        ),
        "mr": Picture(
            "mr chart: steps from value to value",
            (
                f"Mean of 11 steps {number(ranges, 2)};",
                f"upper limit 3.267 × {number(ranges, 2)} = {number(mr.upper_limit[0], 1)}, lower 0.",
            ),
            "Eleven steps between the values of the i chart, inside a band that starts at 0.",
            mr,
        ),
        "ip": Picture(
            "i′ chart: shares of different numbers",
            (
                f"In all {sum(RAISED)} of {sum(CHECKED)} = {number(ip.centre_line[0], 1)} %. Sigma of one person",
                f"{number(reach[0], 1)} points; 3 × {number(reach[0], 1)} / √n: of 40 people "
                f"± {number(3 * reach[0] / 40**0.5, 1)},",
                f"of 70 people ± {number(3 * reach[0] / 70**0.5, 1)} points.",
            ),
            "Twelve shares inside a stepped band, narrower where more people were checked.",
            ip,
            unit=" %",
        ),
    }


def samples() -> dict[str, Picture]:
    """Return xbar and s."""
    session = np.repeat(np.arange(12), 5)
    means, spreads = (chart(READINGS, subgroup=session, kind=kind) for kind in ("xbar", "s"))
    mean, spread = means.centre_line[0], spreads.centre_line[0]
    return {
        "xbar": Picture(
            "xbar chart: means of samples of five",
            (
                f"Mean of all {number(mean, 1)}; mean standard deviation {number(spread, 2)}.",
                f"A₃ of five 1.427: {number(mean, 1)} ± 1.427 × {number(spread, 2)}",
                f"= {number(means.lower_limit[0], 1)} to {number(means.upper_limit[0], 1)}.",
            ),
            "Means of twelve samples inside a level grey band.",
            means,
        ),
        "s": Picture(
            "s chart: how much a sample varies inside",
            (
                f"Mean standard deviation {number(spread, 2)}.",
                f"B₄ of five 2.089: upper limit {number(spreads.upper_limit[0], 1)}; B₃ is 0.",
            ),
            "Standard deviations of twelve samples inside a band that starts at 0.",
            spreads,
        ),
    }


def counts() -> dict[str, Picture]:
    """Return c, u, u', p and p'."""
    c = chart([9, 12, 7, 10, 6, 11, 8, 13, 9, 5, 10, 8], kind="c")
    u, up = (
        chart(events, HOURS, kind=kind, multiply=10)
        for events, kind in ((REQUESTS, "u"), (BUSY_REQUESTS, "up"))
    )
    p, pp = (
        chart(x, n, kind=kind, multiply=100)
        for x, n, kind in ((RAISED, CHECKED, "p"), (ANSWERED, SENT, "pp"))
    )
    rate, share = u.centre_line[0], p.centre_line[0]
    return {
        "c": Picture(
            "c chart: counts of equal opportunity",
            ("Mean 9 a week; a Poisson count varies by its root.", "9 ± 3 × √9 = 0 to 18."),
            "Twelve counts inside a band from 0 to 18.",
            c,
            places=0,
        ),
        "u": Picture(
            "u chart: requests for each 10 hours open",
            (
                f"{sum(REQUESTS)} requests in {sum(HOURS)} hours = {number(rate, 2)} in 10.",
                f"Last week, {HOURS[-1]} hours = {HOURS[-1] / 10} tens:",
                f"{number(rate, 2)} ± 3 × √({number(rate, 2)} / {HOURS[-1] / 10}) = "
                f"{number(u.lower_limit[-1], 2)} to {number(u.upper_limit[-1], 2)}.",
            ),
            "Twelve rates inside a stepped band, narrower where the hall was open longer.",
            u,
            places=2,
        ),
        "up": Picture(
            "u′ chart: rates that vary more than chance",
            _widened(up, "u"),
            "Twelve rates that swing widely, inside a stepped band that was widened to fit them.",
            up,
            places=2,
        ),
        "p": Picture(
            "p chart: share of those checked",
            (
                f"{sum(RAISED)} of {sum(CHECKED)} = {number(share, 1)} %. Last week, of {CHECKED[-1]} people:",
                f"sigma √({share / 100:.3f} × {1 - share / 100:.3f} / {CHECKED[-1]}) = "
                f"{number((p.upper_limit - p.centre_line)[-1] / 3, 1)} points;",
                f"± 3 sigma: {number(p.lower_limit[-1], 1)} to {number(p.upper_limit[-1], 1)} %.",
            ),
            "Twelve shares inside a stepped band, narrower where more people were checked.",
            p,
            unit=" %",
        ),
        "pp": Picture(
            "p′ chart: shares of thousands",
            _widened(pp, "p"),
            "Twelve shares of two to three thousand inside a band that was widened to fit them.",
            pp,
            unit=" %",
        ),
    }


def _widened(drawn: Chart, plain: str) -> tuple[str, ...]:
    told = drawn.phases[0]
    return (
        f"Pearson dispersion {number(told.dispersion, 1)}, where chance alone gives 1.",
        f"Steps of the z scores / 1.128: σ_z = {number(told.sigma_z, 2)},",
        f"so the limits are {number(told.sigma_z, 2)} times as far out as {plain}'s.",
    )


def rare_events() -> dict[str, Picture]:
    """Return g and t."""
    g, t = chart(VISITS_BETWEEN, kind="g"), chart(DAYS_BETWEEN, kind="t")
    mean = float(np.mean(VISITS_BETWEEN))
    powers = np.power(DAYS_BETWEEN, 1 / 3.6)
    step = float(np.mean([abs(b - a) for a, b in pairwise(powers)]))
    return {
        "g": Picture(
            "g chart: visits between complaints",
            (
                f"Mean {number(mean, 0)}: {number(mean, 0)} + 3 × √({number(mean, 0)} × {number(mean + 1, 0)}) = "
                f"{number(g.upper_limit[0], 1)}; lower 0.",
                "The line is the median, since the counts are skewed.",
            ),
            "Twelve gaps between complaints, most of them short, inside a band from 0.",
            g,
        ),
        "t": Picture(
            "t chart: days between cancellations",
            (
                f"Days to the power 1/3.6: mean {number(float(np.mean(powers)), 2)}, mean step {number(step, 2)}.",
                f"{number(float(np.mean(powers)), 2)} + 2.66 × {number(step, 2)} = "
                f"{number(float(np.mean(powers)) + 2.66 * step, 2)}; to the power 3.6:",
                f"{number(t.upper_limit[0], 1)} days; below, in the same way, {number(t.lower_limit[0], 1)}.",
            ),
            "Twelve waiting times, most of them short, inside a band that is lopsided about its centre.",
            t,
        ),
    }


def rules() -> dict[str, Picture]:
    """Return a picture of each rule."""
    return {**point_rules(), **runs_rules()}


def point_rules() -> dict[str, Picture]:
    """Return the four rules of `mdc` on an i chart whose first twelve points set the range."""
    first = "The first 12 points set the range."
    shown = {
        "beyond_limits": (
            [14, 16, 12, 23],
            "beyond_limits: outside the usual range",
            ("23 is above {upper}: a diamond.", first),
            "Dots in a grey band; the last, a diamond, lies above it.",
        ),
        "trend": (
            [10, 11, 13, 14, 16, 17, 19],
            "trend: seven climb or fall in a row",
            ("10, 11, 13, 14, 16, 17, 19: six steps up.", first),
            "Dots in a grey band; the last seven, triangles, climb one after another.",
        ),
        "two_of_three": (
            [14, 12, 20, 16, 21],
            "two_of_three: two near the edge of three",
            (
                "20 and 21 lie above 2 sigma ({near}), and 16 between",
                "them on the same side: two squares.",
                first,
            ),
            "Dots in a grey band; of the last three, two are squares near the upper edge.",
        ),
        "shift": (
            [12, 15, 14, 16, 15, 17, 14, 16],
            "shift: seven in a row on one side",
            ("The last seven lie above the average: rings.", first),
            "Dots in a grey band; the last seven, rings, all lie above the average.",
        ),
    }
    return {name: _after_twelve(*words) for name, words in shown.items()}


def _after_twelve(later: list[int], title: str, caption: tuple[str, ...], described: str) -> Picture:
    drawn = chart(VISITS + later, kind="i", baseline=12, better="up")
    figures = {"upper": number(drawn.upper_limit[0], 1), "near": number(drawn.upper_2sigma[0], 1)}
    return Picture(title, tuple(line.format(**figures) for line in caption), described, drawn)


def runs_rules() -> dict[str, Picture]:
    """Return long run, few crossings and many crossings on a run chart of twenty points."""
    shown = {
        "long_run": (
            [12, 11, 16, 13, 10, 12, 13, 16, 15, 18, 17, 16, 19, 15, 17, 18, 12, 11, 13, 10],
            "anhoej",
            "long_run: too long on one side",
            "Longest run {longest_run}; among {n_useful} points up to {longest_run_max} is chance.",
            "Dots around a median; nine in a row, rings, lie above it.",
        ),
        "few_crossings": (
            [11, 12, 10, 11, 12, 18, 17, 19, 16, 18, 12, 11, 10, 12, 11, 17, 18, 16, 19, 17],
            "anhoej",
            "few_crossings: too seldom across",
            "{n_crossings} crossings; among {n_useful} points at least {n_crossings_min} are expected.",
            "Dots in four clumps of five, below, above, below and above the median.",
        ),
        "many_crossings": (
            [12, 17, 11, 16, 12, 18, 10, 17, 11, 16, 12, 17, 11, 18, 10, 16, 12, 17, 11, 18],
            "ihi",
            "many_crossings: a saw (ihi only)",
            "{n_useful} points make {runs} runs; {fewest} to {most} are chance.",
            "Dots that jump across the median at every step.",
        ),
    }
    return {name: _of_twenty(*words) for name, words in shown.items()}


def _of_twenty(values: list[int], set_name: str, title: str, caption: str, described: str) -> Picture:
    drawn = chart(values, kind="run", rules=set_name, better="up")
    told = drawn.phases[0]
    fewest, most = runs_allowed(told.n_useful)
    line = caption.format(**vars(told), runs=(told.n_crossings or 0) + 1, fewest=fewest, most=most)
    words = ("No point is marked; the chart says it in words.",) if "crossings" in title.split(":")[0] else ()
    return Picture(title, (line, *words), described, drawn)


def variation() -> str:
    """Return four charts that differ in their latest point, and in what is better, with their icons."""
    shown = [
        (14, "up", "Usual variation", "inside the range"),
        (23, "up", "Improvement, high", "more is better"),
        (23, "down", "Concern, high", "less is better"),
        (23, "neither", "Change, high", "neither is better"),
    ]
    rows = [
        (chart([*VISITS, last], kind="i", baseline=12, better=better), *words)
        for last, better, *words in shown
    ]
    named = [(drawn, drawn.icons().variation, *words) for drawn, *words in rows]
    return _rows(
        "Variation icon: the latest point",
        ("Thirteen points or more; the first 12 set the range.",),
        "Four small charts. Last dot inside the band: usual variation. Above it: improvement, concern or change.",
        named,
        None,
    )


def assurance() -> str:
    """Return one chart against three targets, with its icons."""
    named = []
    for target, words in ((4, "Will pass"), (14, "Hit or miss"), (23, "Will miss")):
        drawn = chart([*VISITS, 14], kind="i", baseline=12, better="up", target=target)
        named.append((drawn, drawn.icons().assurance, words, f"target {target}"))
    lower, upper = named[0][0].lower_limit[0], named[0][0].upper_limit[0]
    return _rows(
        "Assurance icon: the range and the target",
        (f"More is better; usual range {number(lower, 1)} to {number(upper, 1)}.",),
        "Three small charts with a dashed target: below the band it will pass, inside hit or miss, above it will miss.",
        named,
        "target",
    )


def _rows(
    title: str,
    caption: tuple[str, ...],
    described: str,
    named: list[tuple[Chart, str, str, str]],
    line: str | None,
) -> str:
    """Return a card with a small chart, an icon and words in each row."""
    parts: list[str] = []
    for at, (drawn, icon, bold, below) in enumerate(named):
        top = 38.0 + 52 * at
        parts += [*_small(drawn, top, line), _icon(icon, 194, top + 5)]
        parts += [text(232, top + 17, bold, TEXT, bold=True), text(232, top + 33, below, MUTED)]
    return card(title, caption, described, parts, below=38.0 + 52 * len(named) - 10, least_lines=1)


def _small(drawn: Chart, top: float, line: str | None) -> list[str]:
    table = drawn.to_frame()
    scale = replace(Scale.of(table, (2.0, 25.0)), right=184.0, top=top, bottom=top + 44)
    upper, lower, middle = (
        scale.y(table[name].iloc[0]) for name in ("upper_limit", "lower_limit", "centre_line")
    )
    band = f'<rect x="{LEFT}" y="{upper:.1f}" width="{scale.right - LEFT:.1f}" height="{lower - upper:.1f}" '
    parts = [f'{band}fill="{RANGE}" fill-opacity=".45" stroke="{RANGE_EDGE}" stroke-dasharray="4 4"/>']
    parts.append(f'<path d="M{LEFT} {middle:.1f}H{scale.right:.1f}" stroke="{CENTRE}"/>')
    for at, value in enumerate(drawn.value[:-1]):
        parts.append(f'<circle cx="{scale.x(at):.1f}" cy="{scale.y(value):.1f}" r="2.4" fill="{DATA}"/>')
    parts.append(_last(scale, drawn))
    if line:
        at = scale.y(float(table[line].iloc[-1]))
        parts.append(
            f'<path d="M{LEFT} {at:.1f}H{scale.right:.1f}" stroke="{TEXT}" stroke-width="1.6" stroke-dasharray="9 5"/>'
        )
    return parts


def _last(scale: Scale, drawn: Chart) -> str:
    table = drawn.to_frame()
    row = next(table.tail(1).itertuples())
    return mark(scale.x(len(table) - 1), scale.y(row.value), row, table)


def _icon(name: str, x: float, y: float) -> str:
    """Return an icon of the app, 30 pixels wide, without the ids that only one SVG may carry."""
    whole = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inside = re.sub(r"<svg[^>]*>|</svg>|<(title|desc)\b.*?</\1>", "", whole).strip()
    return f'<g transform="translate({x} {y:.1f}) scale(.66)">{inside}</g>'


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, picture in pictures():
        (folder / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")
