"""Named, versioned, fixed sets of rules (docs/method.md, Charts 5). No sliders: a changed set is a new version.

Sources: `mdc` NHS England, Making Data Count; `anhoej` Anhøj & Olesen, PLoS ONE 2014;9(11):e113825;
`anhoej-bestbox`, `anhoej-cutbox` Anhøj & Wentzel-Larsen, PLoS ONE 2020 (PMC7272012); `ihi` Perla, Provost & Murray,
BMJ Qual Saf 2011;20:46, whose fourth rule, an astronomical point, is a judgement by eye and so no rule here.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.errors import ChartError
from pipelines.vocabulary import ChartKind, Rule


@dataclass(frozen=True)
class RuleSet:
    """Which rules a chart uses, in order of precedence, and their lengths in points.

    `rules` holds only what the set names; a chart without limits cannot fire those that need limits.
    `runs_method` says how longest run and crossings are judged together. `skip_centre` and `skip_ties` are IHI's
    way with points on the centre line and with repeated values.
    """

    name: str
    version: int
    rules: tuple[Rule, ...]
    shift_length: int = 7
    trend_length: int = 7
    runs_method: str = "anhoej"
    skip_centre: bool = False
    skip_ties: bool = False

    @property
    def reads_the_whole(self) -> bool:
        """Whether the set speaks of a chart as a whole, by its runs, and not of its latest point alone."""
        return Rule.FEW_CROSSINGS in self.rules


_BY_RUNS = (Rule.BEYOND_LIMITS, Rule.LONG_RUN, Rule.FEW_CROSSINGS)

RULE_SETS: dict[str, RuleSet] = {
    one.name: one
    for one in (
        RuleSet("mdc", 1, (Rule.BEYOND_LIMITS, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT)),
        RuleSet("anhoej", 1, _BY_RUNS),
        RuleSet("anhoej-bestbox", 1, _BY_RUNS, runs_method="bestbox"),
        RuleSet("anhoej-cutbox", 1, _BY_RUNS, runs_method="cutbox"),
        RuleSet(
            "ihi",
            2,
            (Rule.TREND, Rule.SHIFT, Rule.FEW_CROSSINGS, Rule.MANY_CROSSINGS),
            shift_length=6,
            trend_length=5,
            runs_method="ihi",
            skip_centre=True,
            skip_ties=True,
        ),
    )
}


def rule_set(name: str | None, kind: ChartKind | str = ChartKind.I) -> RuleSet:
    """Return a set by name; None means `anhoej` for run charts and `mdc` for all others.

    Raises
    ------
    ChartError
        When no set has that name.
    """
    if name is None:
        name = "anhoej" if kind == ChartKind.RUN else "mdc"
    if name not in RULE_SETS:
        raise ChartError(f'There is no rule set "{name}". Choose one of: {", ".join(RULE_SETS)}.')
    return RULE_SETS[name]
