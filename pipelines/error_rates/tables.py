"""Prints the kept rates as the tables of docs/method.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.error_rates.truths import CHANCE, LENGTHS, STEPS, TRUTHS, Truth
from pipelines.vocabulary import Verdict

KEPT = Path(__file__).with_name("rates.json")
#: Marks that no reader of Markdown shows.
BEGIN, END = "[//]: # (error rates: begin)", "[//]: # (error rates: end)"

Row = Mapping[str, Any]


def read_rates() -> dict[str, Any]:
    """Return the counts as kept."""
    rates: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return rates


def write_rates(rates: Mapping[str, Any]) -> None:
    """Keep the counts, one row a line."""
    lines = [f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in rates.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    KEPT.write_text(text.replace("}, {", "},\n {"), encoding="utf-8", newline="\n")


def between_marks(rates: Mapping[str, Any], page: str = f"{BEGIN}\n{END}\n") -> str:
    """Return a page with the tables put between its marks; ValueError where it has none."""
    before, rest = page.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n\n{tables(rates)}\n\n{END}{after}"


def tables(rates: Mapping[str, Any]) -> str:
    """Return the three tables: every truth, chance by kind of number, and the kinds of the made-up sample."""
    trials = rates["trials"]
    runs = {row["runs"] for row in trials if row["truth"] == TRUTHS[0].name}
    parts = (
        f"**What is planted**, over all kinds of numbers (`{rates['verdict_version']}` is the version of the rules):",
        _table("planted", TRUTHS, lambda truth: truth.name, trials, "truth"),
        f"**Chance alone by kind of number**, {min(runs):,} series a cell:",
        _by_numbers(trials),
        f"**The made-up sample**, {rates['seeds']} seeds:",
        _sample(rates["sample"]),
    )
    return "\n\n".join(parts)


def share(rows: Iterable[Row], what: str) -> float:
    """Return the share of series over several tallies: of `right` or of `wrong` claims; nan without any."""
    found = list(rows)
    runs = sum(row["runs"] for row in found)
    return sum(row[what] for row in found) / runs if runs else float("nan")


def of(trials: Iterable[Row], **wanted: Any) -> list[Row]:
    """Return the tallies that are all of `wanted`."""
    return [row for row in trials if all(row[name] == value for name, value in wanted.items())]


def _table(
    head: str, kinds: Sequence[Truth], name: Callable[[Truth], str], trials: Sequence[Row], by: str
) -> str:
    lines = [_head(head)]
    for kind in kinds:
        mine = of(trials, **{by: name(kind)})
        lines.append(_line(name(kind), mine, kind.most, kind.fewest))
    return "\n".join(lines)


def _by_numbers(trials: Sequence[Row]) -> str:
    alone = of(trials, truth=TRUTHS[0].name)
    names = dict.fromkeys(row["numbers"] for row in alone)
    lines = [_line(name, of(alone, numbers=name), CHANCE, TRUTHS[0].fewest) for name in names]
    return "\n".join([_head("numbers"), *lines])


def _head(first: str) -> str:
    names = ("false claims", "1 SD found", "2 SD found")
    cells = [f"{name}, Do of {weeks}" for name in names for weeks in LENGTHS]
    return f"| {first} | {' | '.join(cells)} |\n|{'---|' * (1 + len(cells))}"


def _line(name: str, rows: Sequence[Row], most: float | None, fewest: float | None) -> str:
    """Return one row in per cent; a figure outside its limit is bold."""
    cells = []
    for step in STEPS:
        for weeks in LENGTHS:
            figure = share(of(rows, weeks=weeks, step=step), "right" if step else "wrong")
            is_outside = (step == 0 and most is not None and figure > most) or (
                step == 2 and fewest is not None and figure < fewest
            )
            told = f"{100 * figure:.1f}"
            cells.append(f"**{told}**" if is_outside else told)
    return f"| {name} | {' | '.join(cells)} |"


def _sample(rows: Sequence[Row]) -> str:
    words = [str(verdict) for verdict in Verdict]
    lines = [
        f"| planted | cycles | acceptable | {' | '.join(words)} |",
        f"|{'---|' * (3 + len(words))}",
    ]
    for row in rows:
        shares = (f"{100 * row['verdicts'].get(word, 0) / row['cycles']:.1f}" for word in words)
        good = f"{100 * row['acceptable'] / row['cycles']:.1f}"
        lines.append(f"| {row['kind']} | {row['cycles']:,} | {good} | {' | '.join(shares)} |")
    return "\n".join(lines)
