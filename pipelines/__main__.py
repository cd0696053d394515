"""Command line: `python -m pipelines` (installed as `learning`).

Exit codes: 0 done; 1 something was refused under --strict, a record was altered, or it could not be done; 2 wrong usage.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from pipelines.build import build
from pipelines.errors import LearningError
from pipelines.fetch.command import fetch_command
from pipelines.importing import Looked, import_file, is_lone, look_at_lone, told
from pipelines.inputs import default_data, default_marts, input_folder, read_inputs
from pipelines.measures import KINDS
from pipelines.preview import Preview
from pipelines.records import (
    SEED,
    address_of,
    check_records,
    is_begun,
    is_sample,
    open_records,
    read_records,
    read_text,
    write_text,
)
from pipelines.report import COLUMNS, Read, lines_of, report_csv, table_of
from pipelines.safe_csv import csv_text
from pipelines.sources import check_paths

#: People's text goes to standard output, progress and errors beside it, so that output can be piped.
OUT = Console(highlight=False, soft_wrap=True)
BESIDE = Console(stderr=True, highlight=False, soft_wrap=True)

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Load test logs and locality data, chart them, and publish what the dashboard shows."""


@cli.command("build")
@click.option(
    "--data",
    type=FOLDER,
    default=default_data,
    help="Data folder; a non-empty inbox/ takes the place of sample/.",
)
@click.option("--marts", type=FOLDER, default=default_marts, help="Where the marts are published.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any line was refused or any cell was faulty.")
def build_command(data: Path, marts: Path, strict: bool) -> None:
    """Read everything, chart it, and publish both marts."""
    with _progress() as told:
        built = build(data, marts, told)
    OUT.print(
        f"Built {built.n_series} charts and {built.n_cycles} cycles from {data} (data version {built.content_hash}).\n"
        f"Refused lines: {built.n_refused}. `python -m pipelines check --data {data}` says which and why."
    )
    if strict and read_inputs(data).checked.faults:
        sys.exit(1)


@cli.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--data", type=FOLDER, default=None, help="Check a whole data folder.")
@click.option(
    "--marts", type=FOLDER, default=default_marts, help="With `records`: marts that name their head."
)
@click.option("--csv", "csv_file", type=FILE, default=None, help="Also write the report to this CSV file.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any line was refused or any cell was faulty.")
def check_command(
    paths: tuple[Path, ...], data: Path | None, marts: Path, csv_file: Path | None, strict: bool
) -> None:
    """Say what would be loaded, refused and noted; nothing is written but the report.

    A spreadsheet that lies in no data folder is told with what its columns were taken for. `check records` looks
    whether a record of what people entered was altered or removed, and then exits with 1.
    """
    if paths == (Path("records"),):
        sys.exit(_check_records(data or default_data(), marts, csv_file))
    if paths and data:
        raise click.UsageError("Name files or --data, not both.")
    lone = [path for path in paths if is_lone(path)]
    others = [path for path in paths if path not in lone]
    reports: list[Read] = [_look_and_print(path) for path in lone]
    if others or not paths:
        reports.append(check_paths(others) if others else read_inputs(data or default_data()).checked)
        _print_report(reports[-1])
    if csv_file is not None:
        csv_file.write_text(report_csv(reports), encoding="utf-8", newline="")
    if strict and any(report.faults for report in reports):
        sys.exit(1)


@cli.command("import")
@click.argument("file", type=FILE)
@click.option("--neighbourhood", default=None, help="Its id; with --new, the name of one to begin.")
@click.option("--prototype", default=None, help="Its id; with --new, the name of one to begin.")
@click.option(
    "--new", "begin", is_flag=True, help="Begin a neighbourhood or prototype that is not there yet."
)
@click.option(
    "--mapping", "mapping_file", type=FILE, default=None, help="Read by this mapping, not the proposed one."
)
@click.option("--who", default=None, help="Your name, for the log of uploads.")
@click.option(
    "--data", type=FOLDER, default=default_data, help="Data folder; the file is kept in its inbox/."
)
def import_command(file: Path, data: Path, **choices: Any) -> None:
    """Understand a spreadsheet or form export and keep it in the inbox, with the mapping to read it by."""
    looked, kept = import_file(file, data, **choices)
    _print_understood(looked)
    _print_report(looked.preview)
    OUT.print(f"{kept.sentence} Build it: python -m pipelines build --data {data}", markup=False)


@cli.command("sample")
@click.option("--out", type=FOLDER, required=True, help="Folder to write; must be empty or new.")
@click.option("--seed", type=int, default=2026, show_default=True)
@click.option(
    "--prototypes",
    type=click.IntRange(1, 9),
    default=3,
    show_default=True,
    help="Prototypes per neighbourhood.",
)
def sample_command(out: Path, seed: int, prototypes: int) -> None:
    """Write a complete made-up data folder, with its truth table."""
    from pipelines.sample import write_sample

    if out.exists() and any(out.iterdir()):
        raise LearningError(
            f"{out} is not empty. Name a new folder, so that nothing of yours is overwritten."
        )
    write_sample(out, seed=seed, prototypes=prototypes)
    OUT.print(f"Wrote made-up data to {out}. Build it: python -m pipelines build --data {out}")


@cli.command("chart")
@click.argument("file", type=FILE)
@click.option("--date", "date_column", required=True, help="Column with the date.")
@click.option("--value", "value_column", default=None, help="Column with the value.")
@click.option("--numerator", default=None, help="Column with the numerator of a share or rate.")
@click.option("--denominator", default=None, help="Column with its denominator.")
@click.option(
    "--where", "where", multiple=True, metavar="C=V", help="Keep only rows with this value; may be repeated."
)
@click.option(
    "--period",
    type=click.Choice(["week", "month"]),
    default=None,
    help="Put rows of a week or month together.",
)
@click.option("--kind", type=click.Choice(["auto", *map(str, KINDS)]), default="auto", show_default=True)
@click.option(
    "--baseline", type=click.IntRange(2), default=None, help="The first N points set the usual range."
)
@click.option("--better", type=click.Choice(["up", "down", "neither"]), default="neither", show_default=True)
@click.option("--target", type=float, default=None)
@click.option("--out", type=FILE, required=True, help="CSV to write: points, limits, signals.")
def chart_command(file: Path, out: Path, **choices: Any) -> None:
    """Chart one CSV file without a data folder; write its points and print its sentence."""
    from pipelines.one_chart import Choices, chart_file

    sentence = chart_file(file, out, Choices(**choices))
    OUT.print(sentence)


cli.add_command(fetch_command)


@cli.group("records")
def records_group() -> None:
    """Take what people entered to another machine, or keep a copy of it."""


@records_group.command("export")
@click.argument("file", type=FILE)
@click.option("--data", type=FOLDER, default=default_data, help="Data folder.")
def export_command(file: Path, data: Path) -> None:
    """Write every record to a new text file, a line each: a copy, or the way to another machine."""
    if file.exists():
        raise LearningError(f"{file} is there already. Name a new file, so that no copy is overwritten.")
    faults = check_records(_records_place(data))
    if faults:
        raise LearningError(
            "The chain of records is not whole: `python -m pipelines check records` says where."
        )
    records = read_records(data, input_folder(data))
    write_text(records, file)
    OUT.print(f"Wrote {len(records)} records to {file}.", markup=False)


@records_group.command("import")
@click.argument("file", type=FILE)
@click.option("--data", type=FOLDER, default=default_data, help="Data folder.")
def import_records_command(file: Path, data: Path) -> None:
    """Take over the records of a text file; those that are here must be how it begins."""
    folder = input_folder(data)
    if is_sample(data, folder):
        raise LearningError(f"{folder} is made up. Put your own files into {data / 'inbox'} first.")
    records = read_text(file)
    kept = open_records(address_of(data, folder))
    try:
        n_new = kept.take_over(records)
    finally:
        kept.close()
    OUT.print(f"Took over {n_new} records from {file}.", markup=False)


def _records_place(data: Path) -> str | Path:
    """Return where the records of a data folder are: their database, else the text that it would begin with."""
    folder = input_folder(data)
    address, seed = address_of(data, folder), folder / SEED
    return seed if not is_begun(address) and seed.is_file() else address


def _check_records(data: Path, marts: Path, csv_file: Path | None) -> int:
    """Print whether the chain of records is whole; return the exit code."""
    place = _records_place(data)
    faults = check_records(place, marts)
    for fault in faults:
        OUT.print(f"{fault.file}: {fault.reason}", markup=False)
    if csv_file is not None:
        rows = [(f.file, None, f.line, f.column, None, f.reason, "record") for f in faults]
        csv_file.write_text(csv_text(COLUMNS, rows), encoding="utf-8", newline="")
    if not faults:
        n_records = len(read_records(data, input_folder(data)))
        OUT.print(f"{n_records} records, one whole chain: none was altered or removed.", markup=False)
    return 1 if faults else 0


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=BESIDE, transient=True) as bars:
        tasks: dict[str, int] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done)  # type: ignore[arg-type]

        yield told


def _print_understood(looked: Looked) -> None:
    """Print what each column was taken for, and what should be known about the file."""
    table = Table(box=None)
    for heading in ("column", "taken for", "because", ""):
        table.add_column(heading, overflow="fold")
    for cells in told(looked):
        table.add_row(*(escape(cell) for cell in cells))
    OUT.print(table)
    for order in looked.proposal.orders:
        OUT.print(f"Dates written {order.shape}: {order.evidence}", markup=False)
    for note in looked.proposal.notes:
        OUT.print(note, markup=False)


def _look_and_print(path: Path) -> Preview:
    """Look at a file that lies in no data folder; print what it was taken for, what it holds and what it would show."""
    looked = look_at_lone(path)
    _print_understood(looked)
    _print_report(looked.preview)
    for chart in looked.preview.charts:
        measure = looked.preview.measures[chart.summary["measure_id"]]
        OUT.print(f"{measure.name}: {chart.summary['sentence']}", markup=False)
    return looked.preview


def _print_report(read: Read) -> None:
    OUT.print(table_of(read.loads))
    for line in lines_of(read):
        OUT.print(line, markup=False)


def main() -> None:
    """Run the command line; what a person can mend is told without a traceback."""
    try:
        cli(prog_name="learning", standalone_mode=True)
    except LearningError as error:
        BESIDE.print(str(error), markup=False, style="bold")
        sys.exit(1)


if __name__ == "__main__":
    main()
