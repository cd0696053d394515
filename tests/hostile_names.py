"""A data folder in which every name and free text is written to break a page, and its harmless twin."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import tomli_w
import xlsxwriter

#: What is written into names, by what it would do where text is taken for something else.
TRICKS = {
    "script": "<script>window.hit=1</script>",
    "image": "<img src=x onerror='window.hit=2'>",
    "link": "[link](javascript:window.hit=3)",
    "tags": '<b>big</b><a href="https://example.org/away">away</a><br>',
    "bold": "**bold** _slanted_",
    "code": "`code` $a^2$ $$b$$",
    "icon": ":material/home: :red[red] :smile:",
    "path": "../../etc/passwd",
    "sql": "'; DROP TABLE measure; --",
    "turned": "\u202eexe.txt\u202c \u200fright\u200f",
    "control": "bell\x07 tab\tend \x1b[31m",
    "plotly": "%{x} &lt;i&gt; <extra>more</extra>",
    "formula": "=1+1",
    "picture": "😀",
}

#: Nothing breaks inside it: a column must cope with its width.
LONG = "w" * 90

#: The same places without any trick, so that elements can be counted against one another.
HARMLESS = {name: f"{name} plain" for name in TRICKS}

#: Names of sheets, hostile or not: 31 characters, and none of []:*?/ and the backslash.
SHEETS = {True: ("<img src=x onerror=hit=4>", "$x$ `c` <b>s _i_"), False: ("image sheet", "code sheet")}

#: Names of the log files; a file's name holds no slash.
LOGS = {
    True: ("=one <img src=x onerror=hit=6> **b** \u202evsc.csv", "two $x$ :red[r] '; DROP.csv"),
    False: ("one image b.csv", "two x r.csv"),
}

Words = Callable[[str, str], str]


def words_of(hostile: bool) -> Words:
    """Return a function from what a text names and the names of tricks to the text."""
    held = TRICKS if hostile else HARMLESS

    def words(what: str, tricks: str) -> str:
        return " ".join([what, *(held[name] for name in tricks.split())])

    return words


def write_folder(folder: Path, hostile: bool) -> Path:
    """Write a data folder of two neighbourhoods, a prototype each, two measures and a cycle; return it."""
    say = words_of(hostile)
    inbox = folder / "inbox"
    for made in (inbox / "test_logs", folder / "measures"):
        made.mkdir(parents=True)
    _write_places(inbox, say)
    _write_measures(folder / "measures", say)
    for number, which in enumerate(("one", "two")):
        write_log(inbox / "test_logs" / LOGS[hostile][number], say, which)
    _write_uploads(inbox, say, LOGS[hostile][0])
    (folder / "localities").mkdir()
    return folder


def write_workbook(path: Path, hostile: bool) -> Path:
    """Write a workbook whose sheets, headings and places hold tricks; a sheet's name cannot hold all of them."""
    say = words_of(hostile)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name in SHEETS[hostile]:
            sheet = book.add_worksheet(name)
            headings = [
                "Date",
                "Place",
                say("Plates", "script image"),
                say("Kg", "link bold icon"),
                say("Guests", "tags"),
            ]
            sheet.write_row(0, 0, headings)
            for line, day in enumerate(_days(16), start=1):
                sheet.write_row(
                    line, 0, [day.isoformat(), say("Hall", "script code"), 20 + line % 5, line % 7, 30]
                )
    return path


def write_log(path: Path, say: Words, which: str) -> None:
    """Write a log of 30 weeks, one line of it refused with a hostile cell."""
    rows: list[list[object]] = [
        [
            which,
            f"{which}_meal",
            day,
            say("Hall", "script bold"),
            say("hall", "tags icon"),
            "1",
            20 + n % 7,
            40,
        ]
        for n, day in enumerate(_days(30))
    ]
    rows.append([which, f"{which}_meal", "2026-09-30", "Hall", "hall", "1", "=cmd", 40])
    rows.append([which, f"{which}_meal", say("some day", "image link"), "Hall", "hall", "1", 20, 40])
    headings = [
        "neighbourhood_id",
        "prototype_id",
        "tested_on",
        "place",
        "place_type",
        "cycle_no",
        "guests",
        "asked",
    ]
    _write(path, headings, rows)


def _days(count: int) -> list[dt.date]:
    return [dt.date(2026, 1, 5) + dt.timedelta(weeks=n) for n in range(count)]


def _write_places(inbox: Path, say: Words) -> None:
    _write(
        inbox / "neighbourhoods.csv",
        ["neighbourhood_id", "name", "display_order", "population", "wards", "wards_vintage", "pcn_code"],
        [
            ["one", say("One", "script image icon"), 1, 1000, say("Abbey", "link"), 2022, ""],
            ["two", say("Two", "turned control bold"), 2, 1000, "", "", ""],
        ],
    )
    _write(
        inbox / "prototypes.csv",
        ["prototype_id", "neighbourhood_id", "name", "theme", "stage", "started_on", "planned_every"],
        [
            [
                "one_meal",
                "one",
                say("Meal", "tags link sql"),
                say("food", "bold icon"),
                "model",
                "2026-01-01",
                "week",
            ],
            [
                "two_meal",
                "two",
                say("Supper", "path turned") + LONG,
                say("food", "bold icon"),
                "model",
                "2026-01-01",
                "week",
            ],
        ],
    )
    cycles = [
        ["one_1", "one_meal", "1", say("Will it", "script link code"), "guests", 24, 20, 28, "2026-03-01",
         "2026-02-02", "2026-03-01", "adapt", "2026-03-08", say("We learnt", "image bold turned") + LONG],
        ["two_1", "two_meal", "1", say("Will it", "tags icon"), "share", 0.5, 0.4, 0.6, "2026-08-09",
         "2026-07-06", "2026-08-09", "", "", ""],
    ]  # fmt: skip
    columns = (
        "cycle_id,prototype_id,cycle_no,question,primary_measure,predicted_value,predicted_low,predicted_high,"
        "predicted_for,do_start,do_end,decision,decided_on,learning"
    )
    _write(inbox / "cycles.csv", columns.split(","), cycles)


def _write_uploads(inbox: Path, say: Words, log: str) -> None:
    sha256 = hashlib.sha256((inbox / "test_logs" / log).read_bytes()).hexdigest()
    rows = [["2026-09-30T10:00:00", say("Ann", "script bold turned"), f"test_logs/{log}", sha256, 1000, ""]]
    _write(inbox / "uploads.csv", ["received_at", "who", "file", "sha256", "n_bytes", "replaced_by"], rows)


def _write_measures(folder: Path, say: Words) -> None:
    for measure_id, kind, domain, below in (
        ("guests", "count", "reach", None),
        ("share", "proportion", "impact", "asked"),
    ):
        definition = {
            "id": measure_id,
            "name": say("Guests", "tags plotly script"),
            "short_name": say("Gs", "tags"),
            "domain": domain,
            "kind": kind,
            "numerator": "guests",
            **({"denominator": below} if below else {}),
            **({"counts": "visits"} if not below else {}),
            "unit": say("visits", "tags plotly code"),
            "period": "week",
            "planned_every": "week",
            "better": "up",
            "disclosive": False,
            "prototypes": ["*"],
            "display_order": 1,
            "wall": True,
            "why": say("Because", "script link bold"),
            "source": say("Counted", "image icon turned"),
            "target": [{"from": dt.date(2026, 1, 1), "value": 0.4 if below else 25}],
        }
        (folder / f"{measure_id}.toml").write_text(tomli_w.dumps(definition), encoding="utf-8")


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
