"""All tables, or one: `python -m benchmarks [PART] [--rounds 10]`; `--help` names the parts."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from datetime import date
from importlib.metadata import version

from benchmarks import logs, packs, pages, saves, scale, sources, speed, viewers, waits


def main() -> None:
    """Print Markdown, part after part, as it is measured."""
    parts: dict[str, Callable[[], str]] = {
        "speed": lambda: speed.report(asked.rounds),
        "scale": scale.report,
        "waits": waits.report,
        "saves": saves.report,
        "logs": logs.report,
        "sources": sources.report,
        "packs": packs.report,
        "pages": pages.report,
        "viewers": viewers.report,
    }
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("part", nargs="?", choices=[*parts, "all"], default="all", help="which tables")
    reader.add_argument("--rounds", type=int, default=10, help="rounds of the table of speed")
    asked = reader.parse_args()
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pandas"))
    print(
        f"Measured {date.today():%d %B %Y}, {os.cpu_count()} cores, Python {platform.python_version()}, {packages}.\n"
    )
    for name in parts if asked.part == "all" else [asked.part]:
        print(parts[name](), flush=True)


if __name__ == "__main__":
    main()
