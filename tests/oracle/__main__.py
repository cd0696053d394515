"""Print how far the engine agrees with the golden values: `make oracle`, or python -m tests.oracle.

Ends with 1 where a case differs that is not listed, a listed one agrees, or `chart_many` is not the same as `chart`.
"""

from __future__ import annotations

import sys

from tests.oracle.agreement import Agreement, agreement_of, charts_of
from tests.oracle.golden import (
    CHARTS,
    FOLDERS,
    FUNNELS,
    HERE,
    halves,
    listed_cases,
    listed_differences,
    read_half,
)
from tests.oracle.many import bundles, differences

COLUMNS = ("chart", "cases", "agree", "refusals", "listed", "unlisted", "per cent", "many")


def main() -> int:
    """Print the table, what is listed and what is wrong."""
    found = {name: _over_halves(name) for name in CHARTS + FUNNELS}
    strangers = {name: _strangers(name) for name in CHARTS}
    whole = Agreement({}, frozenset())
    for one in found.values():
        whole |= one
    _say(_halves())
    _say(_line(COLUMNS))
    for name, one in found.items():
        _say(_row(name, one, _many(strangers.get(name))))
    _say(_row("all", whole, ""))
    _say(_explained())
    wrong = _wrong(whole) + [f"chart_many: {what}" for one in strangers.values() for what in one]
    _say("\n".join(["\nWrong:", *wrong]) if wrong else "\nNothing else differs.")
    return 1 if wrong else 0


def _wrong(whole: Agreement) -> list[str]:
    """Return what would fail the tests: differences that are not listed, and listed ones that have gone."""
    listed = listed_cases()
    gone = listed & whole.differing.keys() - set(whole.of(listed))
    unlisted = [f"{case}: {'; '.join(what)}" for case, what in whole.not_of(listed).items()]
    return unlisted + [f"{case} is listed and agrees" for case in sorted(gone)]


def _over_halves(name: str) -> Agreement:
    found = Agreement({}, frozenset())
    for half in halves():
        found |= agreement_of(half, name)
    return found


def _strangers(name: str) -> list[str]:
    """Return where `chart_many` differs from `chart`."""
    return [
        what for half in halves() for bundle in bundles(charts_of(half, name)) for what in differences(bundle)
    ]


def _many(strangers: list[str] | None) -> str:
    """Return how `chart_many` does; nothing for a funnel, which it does not draw."""
    if strangers is None:
        return ""
    return f"{len(strangers)} not" if strangers else "same"


def _halves() -> str:
    said = []
    for half in FOLDERS:
        is_there = half in halves()
        count = f"{len(read_half(half).cases):,} cases" if is_there else "not read: not beside the project"
        said.append(f"On {half} data: {count}" + (" (tests/oracle)" if FOLDERS[half] == HERE else ""))
    return "\n".join([*said, ""])


def _row(name: str, found: Agreement, many: str) -> str:
    listed = listed_cases()
    cells = (
        len(found.differing),
        found.outright,
        len(found.refusals),
        len(found.of(listed)),
        len(found.not_of(listed)),
        f"{100 * found.share:.2f}",
    )
    return _line((name, *cells, many))


def _line(cells: tuple[object, ...]) -> str:
    return f"{cells[0]:<10}" + "".join(f"{cell!s:>10}" for cell in cells[1:])


def _explained() -> str:
    said = [
        "\nRefusals: the reference gives an error and no numbers; the engine shows no limits. They are not in the per cent.",
        "\nListed differences:",
    ]
    for one in listed_differences():
        said += [f"{case}  ({one['rule']})  {one['what']}" for case in one["cases"]]
    return "\n".join(said)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
