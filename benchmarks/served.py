"""The dashboard started as `make run` starts it, for benchmarks that look at it from outside."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.large import write_large
from pipelines.build import build

PROJECT = Path(__file__).parent.parent

#: Seconds that a server may take until it answers.
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A running dashboard: where it answers, and its process."""

    address: str
    process: subprocess.Popen[bytes]

    def megabytes(self, of: str = "VmRSS") -> float:
        """Return the memory that the process holds (`VmRSS`) or has held at most (`VmHWM`); Linux only, else NaN."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return float("nan")
        line = next(line for line in status.read_text().splitlines() if line.startswith(of))
        return int(line.split()[1]) / 1024


@contextmanager
def data_folders() -> Iterator[dict[str, Path]]:
    """Make both data folders with their marts beside them: the sample and the large one."""
    with tempfile.TemporaryDirectory() as name:
        sample, large = Path(name) / "the sample", Path(name) / "12 places, 30 measures, 5 years"
        sample.mkdir()
        for part in ("measures", "sample", "localities"):
            shutil.copytree(PROJECT / "data" / part, sample / "data" / part)
        write_large(large / "data")
        for folder in (sample, large):
            build(folder / "data", folder / "marts")
        yield {folder.name: folder for folder in (sample, large)}


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve `folder/data` from `folder/marts` on a port of its own."""
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "run",
        "--data",
        str(folder / "data"),
        "--marts",
        str(folder / "marts"),
    ]
    port = _port_of_its_own()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=PROJECT, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield Server(address, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _port_of_its_own() -> int:
    with socket.socket() as given:
        given.bind(("127.0.0.1", 0))
        return int(given.getsockname()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} does not answer.")
