"""`Measure` to TOML: a definition that a person can read and edit, and where it is kept."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from pipelines.errors import Fault, FaultyInputError
from pipelines.measures.definition import Measure
from pipelines.measures.files import read_measures
from pipelines.measures.keys import MEANING
from pipelines.measures.reading import measure_of


def write_measure(definition: Mapping[str, Any]) -> str:
    """Return a definition as TOML with a comment that explains each key; read back it is equal.

    Parameters
    ----------
    definition
        Key to value, as TOML gives them; a value None is left out. `target` is a list of tables. It is written
        whether or not it is sound: `check_measure` tells that.
    """
    given = {key: value for key, value in definition.items() if value is not None}
    known = [key for key in MEANING if key in given and key != "target"]
    others = [key for key in given if key not in MEANING]
    blocks = [f"# {MEANING[key]}\n{tomli_w.dumps({key: given[key]})}" for key in known]
    blocks += [tomli_w.dumps({key: given[key]}) for key in others]
    return "\n".join([*blocks, *_targets(given.get("target"))])


def _targets(targets: Any) -> list[str]:
    """Return a table a target, under one comment; anything but a list of tables is written as it is."""
    if targets is None:
        return []
    if not isinstance(targets, list) or not targets or not all(isinstance(one, Mapping) for one in targets):
        return [tomli_w.dumps({"target": targets})]
    tables = [f"[[target]]\n{tomli_w.dumps(dict(one))}" for one in targets]
    return [f"# {MEANING['target']}\n{tables[0]}", *tables[1:]]


def definition_of(measure: Measure) -> dict[str, Any]:
    """Return the definition that makes a measure, every key said; keys without a value are left out."""
    targets = [{"from": target.from_on, "value": target.value} for target in measure.targets]
    said = {key: getattr(measure, key) for key in MEANING if key not in ("id", "target", "prototypes")}
    plain = {key: str(value) if isinstance(value, str) else value for key, value in said.items()}
    every = {"id": measure.measure_id, **plain, "prototypes": list(measure.prototypes)}
    return {key: value for key, value in every.items() if value is not None} | (
        {"target": targets} if targets else {}
    )


def measures_home(data: Path, folder: Path) -> Path:
    """Return where a new definition is kept: beside those in use, in the inbox where it is in use, else in `data`.

    Parameters
    ----------
    data
        The data folder.
    folder
        The folder of it that is read (`pipelines.inputs.input_folder`).
    """
    own = folder / "measures"
    return own if folder == data / "inbox" or any(own.glob("*.toml")) else data / "measures"


def add_measure(
    definition: Mapping[str, Any], home: Path, in_use: Iterable[Measure] = (), *, replace: bool = False
) -> Path:
    """Keep a definition as ``<id>.toml`` and return its path; nothing is written where anything is wrong.

    A folder that holds definitions is the only one read. So where `home` holds none yet, those in use are copied
    into it first: the new measure stands beside them instead of in their place.

    Parameters
    ----------
    definition
        Key to value.
    home
        The folder to keep it in (`measures_home`).
    in_use
        The measures that are charted now.
    replace
        Whether a definition with the same id gives way. Its file is kept under ``replaced/``.

    Raises
    ------
    FaultyInputError
        With every fault of the definition, where the id is taken, and where definitions kept there are faulty.
    """
    measure = measure_of(definition)
    path = home / f"{measure.measure_id}.toml"
    kept = {one.measure_id: one for one in read_measures(home)} if home.is_dir() else {}
    copied = {} if kept else {one.measure_id: one for one in in_use}
    if measure.measure_id in kept | copied and not replace:
        reason = (
            f'there is a measure with the id "{measure.measure_id}". Choose another id, or replace that one.'
        )
        raise FaultyInputError([Fault(str(path), None, "id", reason)])
    text = write_measure(definition)
    if copied:
        others = {f"{one.measure_id}.toml": write_measure(definition_of(one)) for one in copied.values()}
        _write_folder(home, others | {path.name: text})
    else:
        _replace(path, text, _paths_of(measure.measure_id, home))
    return path


def _paths_of(measure_id: str, home: Path) -> list[Path]:
    """Return the files of a folder that hold an id, whatever their names."""
    paths = sorted(home.glob("*.toml"))
    return [path for path in paths if tomllib.loads(path.read_text("utf-8-sig"))["id"] == measure_id]


def _replace(path: Path, text: str, old: Sequence[Path]) -> None:
    """Write a file beside and rename it; what held its id before is kept, numbered, under ``replaced/``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.parent / "replaced"
    for number, one in enumerate(old, start=1 + len(list(aside.glob(f"{path.stem}.*.toml")))):
        aside.mkdir(exist_ok=True)
        shutil.copyfile(one, aside / f"{path.stem}.{number}.toml")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    for one in old:
        if one != path:
            one.unlink()


def _write_folder(home: Path, files: Mapping[str, str]) -> None:
    """Write many files as one folder, whole or not at all; what else lay in it stays."""
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = home.with_name(f".{home.name}.{os.getpid()}")
    beside.mkdir()
    for name, text in files.items():
        (beside / name).write_text(text, encoding="utf-8")
    if home.is_dir():
        for path in home.iterdir():
            path.replace(beside / path.name)
        home.rmdir()
    beside.replace(home)
