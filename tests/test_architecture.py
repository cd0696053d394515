"""The arrows of docs/architecture.md, read from the imports themselves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
FILES = sorted(
    [
        *(PROJECT / "pipelines").rglob("*.py"),
        *(PROJECT / "dashboard").rglob("*.py"),
        PROJECT / "streamlit_app.py",
    ]
)

#: Room (a path's beginning) -> what it must not import, with the rule that says so.
FORBIDDEN = [
    ("pipelines/", "dashboard streamlit plotly", "pipelines know no screen"),
    (
        "pipelines/spc/",
        "duckdb csv sqlite3 pathlib pipelines.sources pipelines.mart pipelines.build pipelines.charts pipelines.words "
        "pipelines.learning pipelines.measures pipelines.shown pipelines.charted pipelines.compute "
        "pipelines.inputs",
        "the engine takes arrays and gives dataclasses",
    ),
    (
        "pipelines/learning/",
        "duckdb pathlib pipelines.sources pipelines.mart pipelines.build",
        "learning reads no files",
    ),
    ("pipelines/words/", "duckdb pipelines.spc pipelines.learning pipelines.mart", "words come from rows"),
    (
        "pipelines/news/",
        "duckdb pathlib pipelines.mart pipelines.build pipelines.disclosure",
        "news is made of the charts and cycles of one audience, and of nothing beside them",
    ),
    ("pipelines/charts/", "duckdb pipelines.mart pipelines.sources", "charts come from observations"),
    (
        "pipelines/disclosure/",
        "duckdb pipelines.charts pipelines.mart pipelines.sources",
        "disclosure sees rows only",
    ),
    (
        "pipelines/sources/",
        "pipelines.charts pipelines.spc pipelines.learning pipelines.build pipelines.understanding",
        "readers know no charts",
    ),
    (
        "pipelines/sources/cells/",
        "pipelines.sources.written pipelines.sources.logs pipelines.sources.published pipelines.sources.areas "
        "pipelines.sources.tables pipelines.sources.ledger pipelines.measures duckdb",
        "cells are text before anybody knows what they mean",
    ),
    (
        "pipelines/sources/written/",
        "pipelines.sources.cells pipelines.sources.logs pipelines.sources.published pipelines.sources.areas "
        "pipelines.sources.tables pipelines.sources.ledger pipelines.measures duckdb pathlib",
        "what a text means depends on its column alone",
    ),
    (
        "pipelines/sources/logs/",
        "pipelines.sources.published pipelines.sources.areas pipelines.understanding duckdb",
        "logs and published figures meet in the folder only",
    ),
    (
        "pipelines/sources/published/",
        "pipelines.sources.logs pipelines.sources.areas pipelines.understanding duckdb",
        "logs and published figures meet in the folder only",
    ),
    ("pipelines/sources/areas/", "pipelines.sources.logs duckdb", "areas know no logs"),
    (
        "pipelines/understanding/",
        "duckdb pipelines.charts pipelines.spc pipelines.build pipelines.uploads",
        "understanding proposes; it neither draws nor keeps",
    ),
    (
        "pipelines/records/",
        "duckdb pipelines.charts pipelines.spc pipelines.build pipelines.inputs pipelines.learning",
        "records keep what people entered; they neither read files of data nor draw",
    ),
    ("dashboard/", "statsmodels scipy", "the dashboard computes no statistic"),
    ("dashboard/", "sqlalchemy sqlite3", "what people enter is kept by pipelines.records alone"),
    ("dashboard/store", "streamlit plotly", "the store knows no screen"),
    ("dashboard/theme.py", "streamlit duckdb", "colours are data"),
    (
        "dashboard/figures/",
        "streamlit duckdb dashboard.store dashboard.context dashboard.components",
        "rows in, picture out",
    ),
    ("dashboard/components/", "duckdb dashboard.pages", "components ask the context, never the database"),
    ("dashboard/pages/", "duckdb dashboard.store plotly", "pages choose, ask and show"),
]

#: The only doors from the dashboard into the pipelines.
DOORS = (
    "pipelines.vocabulary",
    "pipelines.mart",
    "pipelines.errors",
    "pipelines.build",
    "pipelines.inputs",
    "pipelines.measures",
    "pipelines.templates",
    "pipelines.understanding",
    "pipelines.preview",
    "pipelines.uploads",
    "pipelines.records",
    "pipelines.safe_csv",
)


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, also inside functions; `from a import b` counts as a and a.b."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the arrow; write the whole name"
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reaches(module: str, banned: str) -> bool:
    return module == banned or module.startswith(banned + ".")


@pytest.mark.parametrize(("room", "banned", "rule"), FORBIDDEN, ids=[room for room, *_ in FORBIDDEN])
def test_no_arrow_points_the_wrong_way(room, banned, rule):
    files = [path for path in FILES if path.relative_to(PROJECT).as_posix().startswith(room)]
    assert files, f"{room} is not there any more: mend this test"
    wrong = [
        f"{path.relative_to(PROJECT)} imports {module}"
        for path in files
        for module in sorted(imports_of(path))
        if any(reaches(module, name) for name in banned.split())
    ]
    assert not wrong, f"{rule}: " + "; ".join(wrong)


def test_the_dashboard_enters_the_pipelines_only_by_its_doors():
    wrong = [
        f"{path.relative_to(PROJECT)} imports {module}"
        for path in FILES
        if path.relative_to(PROJECT).parts[0] == "dashboard"
        for module in sorted(imports_of(path))
        if module.startswith("pipelines.") and not any(reaches(module, door) for door in DOORS)
    ]
    assert not wrong, "; ".join(wrong)


def test_only_the_launcher_and_the_component_that_rebuilds_build():
    builders = [
        path.relative_to(PROJECT).as_posix() for path in FILES if "pipelines.build" in imports_of(path)
    ]
    doors = {"dashboard/__main__.py", "dashboard/components/rebuild.py", "pipelines/__main__.py"}
    assert set(builders) == doors


#: What writes a table of cells, by the last part of its name.
CSV_WRITERS = ("to_csv", "writer", "DictWriter", "write_csv", "savetxt")

#: Who may: the one place for exports, and those who keep the data folder itself, which is read back by the program (an
#: apostrophe before a name would become part of it). The names that these write begin with no formula (test_names.py).
MAY_WRITE_CSV = {
    "pipelines/safe_csv.py",
    "pipelines/sample/write.py",
    "pipelines/uploads/log.py",
    "pipelines/uploads/places.py",
}


def calls_of(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call of a file with the last part of the name that is called."""
    calls = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    named = [
        (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node)
        for node in calls
    ]
    return [(name, node) for name, node in named if name]


def test_every_export_goes_through_the_one_place_that_writes_cells():
    writers = {
        path.relative_to(PROJECT).as_posix()
        for path in FILES
        for name, _ in calls_of(path)
        if name in CSV_WRITERS
    }
    assert "pipelines/safe_csv.py" in writers
    assert writers <= MAY_WRITE_CSV


def test_every_table_that_a_page_gives_away_is_made_by_the_one_place_that_writes_cells():
    given = [
        (path.name, [ast.unparse(part) for part in (*call.args, *(one.value for one in call.keywords))])
        for path in FILES
        for name, call in calls_of(path)
        if name == "download_button"
    ]
    tables = [(file, parts) for file, parts in given if any("text/csv" in part for part in parts)]
    assert len(tables) >= 2
    assert not [file for file, parts in tables if not parts[1].startswith(("frame_bytes(", "frame_csv("))]


def test_no_table_with_a_download_of_its_own_is_shown():
    shown = [
        path.name for path in FILES for name, _ in calls_of(path) if name in ("dataframe", "data_editor")
    ]
    assert not shown, f"{shown}: such a table exports cells past pipelines/safe_csv.py; draw an HTML table"


def test_the_frame_stays_small():
    lines = (PROJECT / "streamlit_app.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 40


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "dashboard/pages").glob("*.py")), ids=lambda path: path.stem
)
def test_a_page_stays_under_sixty_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


def test_every_sql_file_makes_the_table_it_is_named_after_or_says_what_it_is():
    paths = sorted((PROJECT / "pipelines/sql").glob("*.sql"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("--"), f"{path.name} has no header that says grain, units and keys"
        made = set(re.findall(r"INSERT INTO (?:main\.)?(\w+)", text))
        assert path.stem in made or path.stem in ("schema", "one_chart"), f"{path.name} makes {made}"


def test_every_room_of_the_map_is_there_and_every_room_is_on_the_map():
    told = set(
        re.findall(
            r"^\| `([\w./]+)`", (PROJECT / "docs/architecture.md").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    missing = [room for room in told if not (PROJECT / room).exists()]
    assert not missing, f"docs/architecture.md names rooms that are gone: {missing}"
    rooms = {
        path.relative_to(PROJECT).as_posix() + ("/" if path.is_dir() else "")
        for folder in ("pipelines", "dashboard")
        for path in (PROJECT / folder).iterdir()
        if (path.suffix == ".py" or path.is_dir())
        and path.name not in ("__init__.py", "__pycache__", "__main__.py", "assets")
    }
    unmapped = sorted(
        room for room in rooms - told if room not in ("pipelines/vocabulary.py", "pipelines/errors.py")
    )
    assert not unmapped, f"rooms that docs/architecture.md does not name: {unmapped}"
