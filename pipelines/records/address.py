"""Where the records are: one setting, so that another database can follow."""

from __future__ import annotations

import os
from pathlib import Path

from pipelines.records.dialects import sqlite_address, sqlite_file

#: The setting: any address that SQLAlchemy understands, `postgresql+pg8000://host/records`.
SETTING = "LEARNING_RECORDS"

#: Records as text, in a folder of data: what a new database begins with, and what is read while there is none.
SEED = "records.jsonl"


def address_of(data: Path, folder: Path) -> str:
    """Return the address of the records of a data folder.

    Parameters
    ----------
    data
        The data folder.
    folder
        What is read of it (`inputs.input_folder`). While that is the sample, its records are a file of their own,
        whatever is set: trying out never touches yours.

    Returns
    -------
    str
        LEARNING_RECORDS where it is set, else the file records.sqlite of the data folder; of the sample
        sample_records.sqlite.
    """
    if is_sample(data, folder):
        return sqlite_address(data / "sample_records.sqlite")
    return os.environ.get(SETTING) or sqlite_address(data / "records.sqlite")


def is_sample(data: Path, folder: Path) -> bool:
    """Whether what is read of a data folder is the made-up sample."""
    return folder != data and folder.name == "sample"


def is_begun(address: str) -> bool:
    """Whether there are records at an address: a file that is not there yet holds none."""
    path = sqlite_file(address)
    return path is None or path.exists()
