"""Make the peers' own environment in benchmarks/.peers: `python -m benchmarks.peers_env`.

The peers are installed one after the other, each with the lock's other packages, so that one that cannot be had does
not take the rest with it; the table then says that it is missing.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE / ".peers"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = FOLDER / "stamp"


def entries(lock: str) -> dict[str, str]:
    """Return each package's lines of a lock, by name; a package may have one entry a Python version."""
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        name = entry.partition("==")[0]
        found[name] = found.get(name, "") + entry + "\n"
    return found


def lock_of(peer: str, lock: str, peers: list[str]) -> str:
    """Return the lock without the other peers."""
    return "".join(entry for name, entry in entries(lock).items() if name == peer or name not in peers)


def main() -> None:
    """Install what can be had; the stamp is set when nothing is missing."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    lock = (HERE / "peers.lock").read_text(encoding="utf-8")
    peers = (HERE / "peers.in").read_text(encoding="utf-8").split()
    missing = [peer for peer in peers if not installed(lock_of(peer, lock, peers))]
    if missing:
        print(f"Not installed, the tables go without: {', '.join(missing)}.")
    else:
        STAMP.touch()


def installed(lock: str) -> bool:
    """Install a lock; return whether that went well."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "peer.lock"
        path.write_text(lock, encoding="utf-8")
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        return subprocess.run([*pip, "--require-hashes", "-r", str(path)], check=False).returncode == 0


if __name__ == "__main__":
    main()
