"""Neighbourhoods, prototypes and cycles: identities must hold, the rest may be missing."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.errors import FaultyInputError
from pipelines.sources import Cycle, Neighbourhood, Prototype, read_folder

CYCLE_HEADING = (
    "cycle_id,prototype_id,cycle_no,question,primary_measure,predicted_value,predicted_low,predicted_high,"
    "predicted_for,do_start,do_end,decision,decided_on,learning\n"
)


def told(checked, file: str) -> list[tuple]:
    return [(fault.line, fault.column, str(fault.effect)) for fault in checked.faults if fault.file == file]


def test_every_column_of_the_contract_is_read(folder, measures):
    (folder / "neighbourhoods.csv").write_text(
        'neighbourhood_id,name,display_order,population,wards,pcn_code\nash,Ashfield,2,33300,"Abbey, Gascoigne",U60176\n'
    )
    (folder / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,theme,stage,started_on,planned_every\n"
        "bp,ash,Checks,hypertension,action,4/3/25,2 weeks\n"
    )
    (folder / "cycles.csv").write_text(
        CYCLE_HEADING
        + "bp-1,bp,1,Will more come?,share,45%,0.4,0.5,2025-06-01,2025-04-01,2025-05-31,adopt,2025-06-02,Yes.\n"
    )
    checked = read_folder(folder, measures)
    assert checked.faults == ()
    assert checked.neighbourhoods == (
        Neighbourhood("ash", "Ashfield", 2, 33300, "Abbey, Gascoigne", "U60176"),
    )
    assert checked.prototypes == (
        Prototype("bp", "ash", "Checks", "hypertension", "action", dt.date(2025, 3, 4), "2 weeks"),
    )
    days = (dt.date(2025, 6, 1), dt.date(2025, 4, 1), dt.date(2025, 5, 31))
    expected = Cycle(
        "bp-1",
        "bp",
        "1",
        "Will more come?",
        "share",
        0.45,
        0.4,
        0.5,
        *days,
        "adopt",
        dt.date(2025, 6, 2),
        "Yes.",
    )
    assert checked.cycles == (expected,)


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        ("ash,Again\n", "neighbourhood_id"),
        (",Nameless\n", "neighbourhood_id"),
        ("two words,Two\n", "neighbourhood_id"),
        ("07700-900123,Phone\n", "neighbourhood_id"),
        ("oak,Oak,more\n", None),
    ],
)
def test_a_bad_identity_of_a_neighbourhood_refuses_the_line(folder, measures, lines, column):
    with (folder / "neighbourhoods.csv").open("a") as handle:
        handle.write(lines)
    checked = read_folder(folder, measures)
    assert told(checked, "neighbourhoods.csv") == [(4, column, "line refused")]
    assert len(checked.neighbourhoods) == 2


def test_a_prototype_of_an_unknown_neighbourhood_is_refused_and_the_nearest_named(folder, measures):
    with (folder / "prototypes.csv").open("a") as handle:
        handle.write("new,elms,New\n")
    checked = read_folder(folder, measures)
    assert told(checked, "prototypes.csv") == [(4, "neighbourhood_id", "line refused")]
    assert "Did you mean elm?" in checked.faults[0].reason


def test_odd_cells_of_a_prototype_are_left_out_and_its_log_is_kept(folder, measures):
    (folder / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name,stage,started_on,planned_every\nbp,ash,Checks,dreaming,soon,now and then\n"
    )
    checked = read_folder(folder, measures)
    columns = {"stage", "started_on", "planned_every"}
    assert {row[1] for row in told(checked, "prototypes.csv")} == columns
    assert checked.prototypes == (Prototype("bp", "ash", "Checks"),)
    load = next(load for load in checked.loads if load.file == "prototypes.csv")
    assert (load.lines_loaded, load.cells_missing) == (1, 3)


@pytest.mark.parametrize(
    ("line", "column", "effect"),
    [
        ("c1,nobody,1,,came,,,,,,,,,", "prototype_id", "line refused"),
        ("c1,ash-bp,1,,came,,,,,soon,,,,", "do_start", "line refused"),
        ("c1,ash-bp,1,,came,,,,,2025-04-01,2025-03-01,,,", "do_end", "line refused"),
        ("c1,ash-bp,1,,camee,,,,,,,,,", "primary_measure", "cell missing"),
        ("c1,ash-bp,1,,share,45,,,,,,,,", "predicted_value", "cell missing"),
        ("c1,ash-bp,1,,came,many,,,,,,,,", "predicted_value", "cell missing"),
        ("c1,ash-bp,1,,came,5,9,1,,,,,,", "predicted_low", "cell missing"),
        ("c1,ash-bp,1,,came,,,,,,,adapted,,", "decision", "cell missing"),
        ("c1,ash-bp,1,,came,,,,,,,,31/31/2025,", "decided_on", "cell missing"),
        ("c1,ash-bp,1,,came,,,,,,,,,Ring Maureen on 07700 900123", "learning", "noted"),
    ],
)
def test_a_fault_of_a_cycle_is_told_on_its_cell(folder, measures, line, column, effect):
    (folder / "cycles.csv").write_text(CYCLE_HEADING + line + "\n")
    checked = read_folder(folder, measures)
    assert told(checked, "cycles.csv") == [(2, column, effect)]
    assert len(checked.cycles) == (effect != "line refused")
    assert "Maureen" not in repr(checked)


def test_missing_files_and_columns_are_told_all_at_once(folder, measures):
    (folder / "neighbourhoods.csv").unlink()
    (folder / "prototypes.csv").write_text("prototype,place\nbp,ash\n")
    with pytest.raises(FaultyInputError) as caught:
        read_folder(folder, measures)
    columns = [fault.column for fault in caught.value.faults]
    assert columns == [None, "prototype_id", "neighbourhood_id", "name"]
    assert "neighbourhoods.csv: the file is missing" in str(caught.value)


def test_reference_tables_may_lie_among_the_localities(folder, measures, tmp_path_factory):
    localities = tmp_path_factory.mktemp("localities")
    (folder / "neighbourhoods.csv").rename(localities / "neighbourhoods.csv")
    checked = read_folder(folder, measures, localities=localities)
    assert [row.neighbourhood_id for row in checked.neighbourhoods] == ["ash", "elm"]
