"""`python -m dashboard`: serve the screens on this machine. `python -m dashboard pack`: write the pack for the minutes.

Builds the marts where there are none or the input has changed, finds a free port, prints the address and starts Streamlit.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from pipelines.build import build
from pipelines.errors import LearningError, MartError
from pipelines.inputs import content_hash, default_data, default_marts, input_folder
from pipelines.mart import current, open_read_only
from pipelines.vocabulary import Audience

APP = Path(__file__).parent.parent / "streamlit_app.py"
HOST = "127.0.0.1"
FIRST_PORT = 8501
PORTS_TRIED = 100


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Serve the dashboard (the same as `run`)."""
    if context.invoked_subcommand is None:
        context.invoke(run)


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=default_data, help="Folder with logs and measures."
)
@click.option(
    "--marts", type=click.Path(path_type=Path), default=default_marts, help="Folder with the built marts."
)
@click.option(
    "--port", type=int, default=None, help=f"Port to serve on; otherwise {FIRST_PORT} or the next free one."
)
@click.option(
    "--audience",
    type=click.Choice(["shared", "group"]),
    default="shared",
    help="group shows true counts: only for the group that counted them.",
)
def run(data: Path, marts: Path, port: int | None, audience: str) -> None:
    """Build the marts if there are none or the input has changed, then start Streamlit and print its address.

    Where there is no data folder, the mart that is there is shown, for reading: a copy for others needs nothing else.
    """
    if is_reading_copy(data, marts, audience):
        click.echo(
            f"There is no data folder {data}: the charts in {marts} are shown as they are, for reading."
        )
    else:
        make_ready(data, marts)
    port = port or free_port()
    click.echo(f"The dashboard is at http://{HOST}:{port}  (stop it with Ctrl+C)")
    environment = os.environ | served(data, marts, audience)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(APP),
        "--server.address",
        HOST,
        "--server.port",
        str(port),
    ]
    command += ["--server.headless", "true"]
    if os.name == "posix":
        # In this process, so that whoever ends it ends the server; a child would go on serving and hold the port.
        sys.stdout.flush()
        os.execve(sys.executable, command, environment)  # noqa: S606 - our own words only
    try:
        sys.exit(subprocess.call(command, env=environment))  # noqa: S603 - our own words only
    except KeyboardInterrupt:
        sys.exit(0)


@main.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("pack"),
    help="Folder to write to.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Day that news reaches back to; otherwise the last meeting.",
)
@click.option(
    "--marts", type=click.Path(path_type=Path), default=default_marts, help="Folder with the built marts."
)
@click.option(
    "--measure", "measures", multiple=True, help="Draw the charts of this measure only; may be repeated."
)
def pack(out: Path, since: dt.datetime | None, marts: Path, measures: tuple[str, ...]) -> None:
    """Write the pack for the minutes from the shared mart: PDF, slides, tables, a page that opens offline, a manifest."""
    from dashboard.exports.pack import write_pack

    try:
        paths, left_out = write_pack(
            current(marts / Audience.SHARED),
            out,
            since.date() if since else None,
            measures or None,
            lambda _share, words: click.echo(words),
        )
    except LearningError as error:
        raise click.ClickException(str(error)) from error
    for path in paths:
        click.echo(f"{path}  {path.stat().st_size:,} bytes")
    for name, reason in left_out.items():
        click.echo(f"{name} is left out. {reason}", err=True)


def make_ready(data: Path, marts: Path) -> None:
    """Build what is missing; where that fails, go on with the last good build, or end where there is none."""
    try:
        build_if_needed(data, marts)
    except LearningError as error:
        click.echo(str(error), err=True)
        if not has_marts(marts):
            sys.exit(1)
        click.echo("Nothing new was built: the last good build is shown.", err=True)


def is_reading_copy(data: Path, marts: Path, audience: str) -> bool:
    """Whether there is nothing to build from, and the mart of this audience to show; the other one is not asked for."""
    wanted = Audience.TRUE if audience == "group" else Audience.SHARED
    return not data.is_dir() and has_marts(marts, (wanted,))


def served(data: Path, marts: Path, audience: str) -> dict[str, str]:
    """Return what the server is told of: where files are kept and charts are built, and whom it speaks to."""
    return {
        "LEARNING_DATA": str(data.absolute()),
        "LEARNING_MARTS": str(marts.absolute()),
        "LEARNING_AUDIENCE": audience,
    }


def has_marts(marts: Path, audiences: Iterable[Audience] = tuple(Audience)) -> bool:
    """Whether the marts of these audiences are there and can be read by this version."""
    try:
        for audience in audiences:
            open_read_only(current(marts / audience)).close()
    except MartError:
        return False
    return True


def build_if_needed(data: Path, marts: Path) -> None:
    """Build both marts where there are none, or where input or code have changed since they were built.

    Raises
    ------
    LearningError
        Where nothing can be built; marts that are there stay as they were.
    """
    name = f"mart-{content_hash(data, input_folder(data))}.duckdb"
    if has_marts(marts) and all(current(marts / audience).name == name for audience in Audience):
        return
    click.echo(f"Building the marts from {input_folder(data)} ...")
    build(data, marts)


def free_port(first: int = FIRST_PORT) -> int:
    """Return the first free port from `first` on.

    Raises
    ------
    OSError
        Where none of the next PORTS_TRIED is free.
    """
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) != 0:
                return port
    raise OSError(
        f"Ports {first} to {first + PORTS_TRIED - 1} are all in use. Stop a server, or name another with --port."
    )


if __name__ == "__main__":
    main(prog_name="python -m dashboard")
