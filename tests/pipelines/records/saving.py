"""A program that saves, to be run beside others and to be killed: tells each number once it is acknowledged."""

from __future__ import annotations

import sys

from pipelines.records import open_records
from tests.pipelines.records.entered import learning


def main(address: str, name: str, times: int) -> None:
    kept = open_records(address)
    tell("ready")
    for n in range(times):
        (record,) = kept.append([learning(f"{name} {n}")], name)
        tell(f"{record.number} {record.hash}")


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
