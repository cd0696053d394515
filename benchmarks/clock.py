"""The runner's side: long-lived workers, one an environment or peer, asked in turns for the time of a batch."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import peers, peers_env

PROJECT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Worker:
    """A process that runs `benchmarks.worker`."""

    process: subprocess.Popen[str]

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request and wait for its answer; a worker that is gone answers with an error."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            print(json.dumps(request), file=self.process.stdin, flush=True)
            line = self.process.stdout.readline()
        except OSError as error:
            return {"error": str(error)}
        return json.loads(line) if line else {"error": "the process ended"}


@contextmanager
def worker(python: Path | str, module: str) -> Iterator[Worker]:
    """Start a worker with an environment's Python; end it by closing its stdin."""
    command = [str(python), "-m", "benchmarks.worker", module]
    process = subprocess.Popen(command, cwd=PROJECT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Worker(process)
    finally:
        with suppress(BrokenPipeError):  # it has ended by itself
            process.stdin.close()
        process.stdout.close()
        process.wait()


@contextmanager
def all_workers(ours: list[str]) -> Iterator[dict[str, Worker]]:
    """Start a worker for the engine and one for each peer; return the worker of each contestant, by name."""
    with ExitStack() as stack:
        engine = stack.enter_context(worker(sys.executable, "benchmarks.ours"))
        found = dict.fromkeys(ours, engine)
        if peers_env.PYTHON.exists():
            for name in peers.CONTESTANTS:
                found[name] = stack.enter_context(worker(peers_env.PYTHON, "benchmarks.peers"))
        yield found
