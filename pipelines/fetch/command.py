"""The command `fetch`: public data into the cache of a data folder, only when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from pipelines.fetch.addresses import LEVELS, QOF_ZIPS, Wanted, cvdprevent, fingertips, ons, plain, qof
from pipelines.fetch.cache import CACHED, fetch
from pipelines.inputs import default_data


@click.group("fetch")
def fetch_command() -> None:
    """Fetch public data into localities/cache. What is there already is not fetched again, and works offline."""


def _kept(function: Callable[..., Any]) -> Callable[..., Any]:
    again = click.option("--again", is_flag=True, help="Fetch anew, although the cache has it.")
    folder = click.Path(path_type=Path, file_okay=False)
    data = click.option("--data", type=folder, default=default_data, help="Data folder.")
    return data(again(function))


@fetch_command.command("fingertips")
@click.option(
    "--indicator", "indicators", type=int, multiple=True, required=True, help="Its number; may be repeated."
)
@click.option("--area-type", type=int, default=502, show_default=True, help="Kind of area, by its number.")
@click.option("--parent", type=int, default=6, show_default=True, help="Kind of parent area, by its number.")
@_kept
def fingertips_command(
    indicators: Sequence[int], area_type: int, parent: int, data: Path, again: bool
) -> None:
    """Indicators of OHID Fingertips."""
    _fetch([one for number in indicators for one in fingertips(number, area_type, parent)], data, again)


@fetch_command.command("cvdprevent")
@click.option(
    "--indicator", type=int, required=True, help="Number of the indicator in the service (not its code)."
)
@click.option("--period", type=int, required=True, help="Number of the period in the service.")
@click.option("--level", type=click.Choice(list(LEVELS)), default="pcn", show_default=True)
@_kept
def cvdprevent_command(indicator: int, period: int, level: str, data: Path, again: bool) -> None:
    """One indicator of CVDPREVENT."""
    _fetch(cvdprevent(indicator, period, level), data, again)


@fetch_command.command("qof")
@click.option("--year", type=click.Choice(list(QOF_ZIPS)), required=True)
@click.option("--region", default="LONDON", show_default=True, help="Region of the achievement file.")
@_kept
def qof_command(year: str, region: str, data: Path, again: bool) -> None:
    """One year of the Quality and Outcomes Framework."""
    _fetch(qof(year, region), data, again)


@fetch_command.command("ons")
@click.option(
    "--indicator", required=True, help='As in the address of its page, e.g. "healthy-life-expectancy".'
)
@_kept
def ons_command(indicator: str, data: Path, again: bool) -> None:
    """One indicator of ONS Explore Local Statistics, with its day of release."""
    _fetch(ons(indicator), data, again)


@fetch_command.command("address")
@click.argument("address")
@click.option("--file", default=None, help="Name of the file in the cache.")
@_kept
def address_command(address: str, file: str | None, data: Path, again: bool) -> None:
    """Any https address of a file that a reader knows."""
    _fetch(plain(address, file), data, again)


def _fetch(wanted: Sequence[Wanted], data: Path, again: bool) -> None:
    for one in wanted:
        for kept in fetch(one, data, again):
            how = "fetched" if kept.is_new else "in the cache since"
            click.echo(
                f"{CACHED}/{kept.path.name}: {kept.record.n_bytes:,} bytes, {how} {kept.record.fetched_at}"
            )
    click.echo("Build again to load it: python -m pipelines build")
