"""Readers of `sources`, given files made to hurt them, stay within memory and time: measured in a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipelines.sources.published.published_files import CVDPREVENT_RECORD

PROJECT = Path(__file__).parents[3]

MEGABYTES, SECONDS = 512, 20

#: Lines of each file. The largest file that is read at all has five times as many, and takes 0.5 to 1.5 GB.
LINES = 300_000
LOG = b"neighbourhood_id,prototype_id,tested_on,place,attended\n"
ONS = b"areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n"
IMD = b"lsoa21_code,IMD_decile,IMD_rank,IMD_score\n"


#: Reader and what it is given. Where a line is faulty, every line is: a fault a line is the most that can be told.
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "log: no number can be read": (
        "log",
        lambda: LOG + b"".join(b"ash,ash-bp,2026-01-05,Hall %d,lots\n" % n for n in range(LINES)),
    ),
    "log: every id is unknown": (
        "log",
        lambda: LOG + b"".join(b"x%d,y%d,2026-01-05,Hall,3\n" % (n, n) for n in range(LINES)),
    ),
    "log: every place is personal": (
        "log",
        lambda: (
            LOG
            + b"".join(
                b"ash,ash-bp,2026-01-05,ring Maureen 07700 9%05d,3\n" % (n % 99_999) for n in range(LINES)
            )
        ),
    ),
    "log: every cell a formula": ("log", lambda: LOG + b"=1,+1,-1,@1,=1\n" * LINES),
    "ons: no figure is one": (
        "published",
        lambda: (
            ONS + b"".join(b"E%d,B,D,Anxiety,2022-04-01/P1Y,x%d,S,s,,,,\n" % (n, n) for n in range(LINES))
        ),
    ),
    "areas: no code is one": ("published", lambda: IMD + b"nowhere,1,2,3\n" * LINES),
    "json: records beyond number": (
        "published",
        lambda: json.dumps({"indicatorRawData": [CVDPREVENT_RECORD] * 60_000}).encode(),
    ),
}

MEASURE = """
import datetime as dt, json, re, resource, sys, time
from pathlib import Path
from pipelines.measures import measure_of
from pipelines.sources.logs.context import context_of
from pipelines.sources.logs.reading import read_log
from pipelines.sources.published.origin import Origin
from pipelines.sources.published.publication import Asked
from pipelines.sources.published.publication_text import open_publication
from pipelines.sources.register import read_published
from pipelines.sources.tables import Neighbourhood, Prototype
kind, content = sys.argv[1], Path(sys.argv[2]).read_bytes()
before, clock = time.process_time(), time.perf_counter()
if kind == "log":
    places, prototypes = [Neighbourhood("ash", "Ashfield", 1)], [Prototype("ash-bp", "ash", "Checks")]
    counted = {"id": "came", "name": "Came", "domain": "reach", "kind": "count", "numerator": "attended", "unit": "people",
        "period": "week", "better": "up", "disclosive": False, "prototypes": "*", "why": "x", "source": "x"}
    context = context_of(places, prototypes, [measure_of(counted)], dt.date(2026, 11, 22))
    loads = [ledger.close() for ledger, _ in read_log(content, "log.csv", None, b"", context)]
else:
    publication = open_publication(content, "file.csv", Origin())
    read_published(publication, Asked())
    loads = [publication.close()]
for load in loads:
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture, load
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
helper = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = time.process_time() - before + helper.ru_utime + helper.ru_stime
lines = sum(load.lines_read for load in loads)
print(json.dumps([lines, max(own, helper.ru_maxrss) / 1024, seconds, time.perf_counter() - clock]))
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_reader_given_a_file_made_to_hurt_stays_within_memory_and_time(name, tmp_path):
    kind, make = HOSTILE[name]
    path = tmp_path / "hostile"
    path.write_bytes(make())
    command = [sys.executable, "-c", MEASURE, kind, str(path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    lines, megabytes, seconds, clock = json.loads(done.stdout)
    told = f"{name}: {lines} lines; {megabytes:.0f} MB, {seconds:.1f} s, {clock:.1f} s by the clock"
    assert megabytes < MEGABYTES, told
    assert seconds < SECONDS, told
