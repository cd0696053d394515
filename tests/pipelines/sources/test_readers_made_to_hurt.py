"""Readers of `sources`, given files made to hurt them, stay within memory and time: measured in a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.sources.cascade.reading import MOST_LINES as MOST_COUNTS
from pipelines.sources.cells.types import MAX_ROWS
from pipelines.sources.logs.sheets import MOST_TEXTS
from pipelines.sources.published.publication import MOST_ROWS
from pipelines.sources.rows import MOST_LINES
from tests.pipelines.sources.published.published_files import CVDPREVENT_RECORD

PROJECT = Path(__file__).parents[3]

MEGABYTES, SECONDS = 512, 20

#: Lines of each file: the most that are read.
LINES = MAX_ROWS - 10
#: Different texts that a log may hold, with some to spare for the other cells.
TEXTS = MOST_TEXTS - 1_000
LOG = b"neighbourhood_id,prototype_id,tested_on,place,attended\n"
LONG = b"neighbourhood_id,prototype_id,tested_on,place,attended,comment\n"
ONS = b"areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n"
IMD = b"lsoa21_code,IMD_decile,IMD_rank,IMD_score\n"
PLACES = b"neighbourhood_id,name\n"
COUNTS = b"neighbourhood_id,cohort_month,step,follow_up_months,group_type,group,setting,count\n"


def of_lines(heading: bytes, line: Callable[[int], bytes]) -> Callable[[], bytes]:
    return lambda: heading + b"".join(map(line, range(LINES)))


#: Reader and what it is given. Where a line is faulty, every line is: a fault a line is the most that can be told.
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "log: no date": ("log", of_lines(LOG, lambda n: b"ash,ash-bp,,Hall,%d\n" % (n % 50))),
    "log: odd dates": ("log", of_lines(LOG, lambda n: b"ash,ash-bp,day %d,Hall,3\n" % (n % TEXTS))),
    "log: dates to come": ("log", of_lines(LOG, lambda n: b"ash,ash-bp,2036-01-05,Hall,%d\n" % (n % 50))),
    "log: no number can be read": (
        "log",
        of_lines(LOG, lambda n: b"ash,ash-bp,2026-01-05,Hall %d,lots\n" % (n % TEXTS)),
    ),
    "log: odd numbers": (
        "log",
        of_lines(LOG, lambda n: b"ash,ash-bp,2026-01-05,Hall,lots %d\n" % (n % TEXTS)),
    ),
    "log: every id is unknown": (
        "log",
        of_lines(LOG, lambda n: b"x%d,y%d,2026-01-05,Hall,3\n" % (n % (TEXTS // 2), n % (TEXTS // 2))),
    ),
    "log: every place is personal": (
        "log",
        of_lines(LOG, lambda n: b"ash,ash-bp,2026-01-05,ring Maureen 07700 9%05d,3\n" % (n % 99_999)),
    ),
    "log: every cell a formula": ("log", of_lines(LOG, lambda _: b"=1,+1,-1,@1,=1\n")),
    "log: the same record again and again": (
        "log",
        of_lines(LOG, lambda _: b"ash,ash-bp,2026-01-05,Hall,3\n"),
    ),
    "log: a cell too many": ("log", of_lines(LOG, lambda _: b"ash,ash-bp,2026-01-05,Hall,3,x\n")),
    "log: every record corrects another": (
        "log",
        of_lines(LONG, lambda n: b"ash,ash-bp,2026-01-05,Hall %d,%d,correction\n" % (n % 90_001, n % 997)),
    ),
    "log: called off, each at another place": (
        "log",
        of_lines(LONG, lambda n: b"ash,ash-bp,2026-01-05,Hall %d,,cancelled\n" % (n % TEXTS)),
    ),
    "log: sound, as many comments as are read": (
        "log",
        of_lines(
            LONG,
            lambda n: (
                b"ash,ash-bp,20%02d-%02d-05,Hall %d,%d,all went well with %d people\n"
                % (n % 26, 1 + n % 12, n % 97, n % 90, n % (TEXTS - 1_000))
            ),
        ),
    ),
    "log: more different texts than are read": (
        "log",
        of_lines(LOG, lambda n: b"ash,ash-bp,day %d,Hall %d,lots %d\n" % (n, n, n)),
    ),
    "ons: no period is one": (
        "published",
        of_lines(ONS, lambda n: b"E%d,B,D,Anxiety,p%d,%d,S,s,,,,\n" % (n, n, n)),
    ),
    "ons: no figure is one": (
        "published",
        of_lines(ONS, lambda n: b"E%d,B,D,Anxiety,2022-04-01/P1Y,x%d,S,s,,,,\n" % (n, n)),
    ),
    "ons: sound": (
        "published",
        of_lines(ONS, lambda n: b"E%d,B,D,Anxiety,2022-04-01/P1Y,%d,S,s,1,2,,\n" % (n, n)),
    ),
    "areas: no code is one": ("published", of_lines(IMD, lambda _: b"nowhere,1,2,3\n")),
    "areas: as many as are read": (
        "published",
        lambda: IMD + b"".join(b"E01%06d,1,2,3\n" % n for n in range(MOST_ROWS)),
    ),
    "json: records beyond number": (
        "published",
        lambda: json.dumps({"indicatorRawData": [CVDPREVENT_RECORD] * 60_000}).encode(),
    ),
    "places: no id is one": ("table", of_lines(PLACES, lambda n: b"n %d,Place %d\n" % (n, n))),
    "places: as many as are read": (
        "table",
        lambda: PLACES + b"".join(b"n%d,ring Maureen %d\n" % (n, n) for n in range(MOST_LINES - 1)),
    ),
}

#: Counts of the cascade, as many as are read: sound, faulty in every cell, all of one key, each larger than its whole.
CASCADE: dict[str, Callable[[int], bytes]] = {
    "cascade: sound": lambda n: (
        b"ash,20%02d-%02d,measured,,ethnic_group,g%d,all,%d\n" % (n % 26, 1 + n % 12, n // 312, n)
    ),
    "cascade: every cell is faulty": lambda n: b"x%d,%d,s%d,9,t,g,here,many %d\n" % (n, n, n, n),
    "cascade: the same key again and again": lambda n: b"ash,2026-04,measured,,all,all,all,%d\n" % n,
    "cascade: parts above their wholes": lambda n: (
        b"ash,20%02d-%02d,%s,,ethnic_group,g%d,all,%d\n"
        % (n // 3 % 26, 1 + n // 3 % 12, (b"reached", b"measured", b"raised")[n % 3], n // 936, n)
    ),
}


def counts_with_persons() -> bytes:
    """Counts beside ninety columns that are no part of them, a person in each."""
    heading = COUNTS.rstrip() + b"".join(b",note_%d" % n for n in range(90)) + b"\n"
    row = b"ash,2026-04,measured,,all,all,all,%d" + b",ring Maureen" * 90 + b"\n"
    return heading + b"".join(row % n for n in range(60_000))


HOSTILE["cascade: ninety columns of persons"] = ("cascade", counts_with_persons)
HOSTILE |= {
    name: ("cascade", lambda line=line: COUNTS + b"".join(map(line, range(MOST_COUNTS - 1))))  # type: ignore[misc]
    for name, line in CASCADE.items()
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
from pipelines.sources.references import neighbourhood_maker
from pipelines.sources.register import read_published
from pipelines.sources.rows import read_table
from pipelines.sources.tables import Neighbourhood, Prototype
kind, content = sys.argv[1], Path(sys.argv[2]).read_bytes()
before, clock = time.process_time(), time.perf_counter()
if kind == "log":
    places, prototypes = [Neighbourhood("ash", "Ashfield", 1)], [Prototype("ash-bp", "ash", "Checks")]
    counted = {"id": "came", "name": "Came", "domain": "reach", "kind": "count", "numerator": "attended", "unit": "people",
        "period": "week", "better": "up", "disclosive": False, "prototypes": "*", "why": "x", "source": "x"}
    context = context_of(places, prototypes, [measure_of(counted)], dt.date(2026, 11, 22))
    loads = [ledger.close() for ledger, _ in read_log(content, "log.csv", None, b"", context)]
elif kind == "cascade":
    from pipelines.sources.cascade.owners import owners_of
    from pipelines.sources.cascade.reading import read_cascade
    owners = owners_of([Neighbourhood("ash", "Ashfield", 1)], [Prototype("ash-bp", "ash", "Checks", "hypertension")])
    loads = [read_cascade(content, "cascade_counts.csv", owners, dt.date(2026, 11, 22)).ledger.close()]
elif kind == "table":
    needs = ["neighbourhood_id", "name"]
    loads = [read_table(content, "neighbourhoods.csv", "neighbourhoods", needs, neighbourhood_maker())[0].close()]
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
    path.unlink()
    told = f"{name}: {lines} lines; {megabytes:.0f} MB, {seconds:.1f} s, {clock:.1f} s by the clock"
    assert megabytes < MEGABYTES, told
    assert seconds < SECONDS, told
