"""Facts about neighbourhoods, from files to table; each equals a plain reading of the same files, or says what is missing."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipelines.localities import TABLES, write_localities
from pipelines.mart import new_database
from pipelines.sources import load_tables, read_folder

LOCALITIES = Path(__file__).parents[2] / "data" / "localities"
TODAY = dt.date(2026, 11, 22)

#: The six made-up neighbourhoods, and one that stands on the old wards.
WARDS = {
    "ashfield": "Abbey; Gascoigne; Northbury; Thames View",
    "brook_end": "Becontree; Longbridge; Mayesbrook",
    "creekside": "Barking Riverside; Eastbury; Goresbrook",
    "long_meadow": "Parsloes; Valence",
    "millpond": "Chadwell Heath; Heath; Whalebone",
    "saltmarsh": "Alibon; Beam; Eastbrook & Rush Green; Village",
}

#: Shape only: no real achievement or prevalence of practices could be had. Practices and networks are as published.
PRACTICES = (
    "PCN_ODS_CODE,PCN_NAME,PRACTICE_CODE,PRACTICE_NAME\n"
    "U99901,Barking & Dagenham North West PCN,Z99001,Marks Gate H\n"
    "U99901,Barking & Dagenham North West PCN,Z99002,Tulasi Medic\n"
    "U99902,Barking & Dagenham East PCN,Z99003,Dr M Goyal\n"
)
PREVALENCE = (
    "PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PRACTICE_LIST_SIZE\n"
    "Z99001,HYP,600,TOTAL,5000\nZ99002,HYP,900,TOTAL,7000\nZ99003,HYP,9999,TOTAL,10000\nZ99001,DM,1,TOTAL,5000\n"
)


@pytest.fixture
def folder(tmp_path):
    """A data folder with the six neighbourhoods; `localities/` is a copy of the project's own."""
    write_places(tmp_path, {name: (wards, "2022", "") for name, wards in WARDS.items()})
    shutil.copytree(LOCALITIES, tmp_path / "localities")
    return tmp_path


def write_places(folder, places):
    lines = [f"{name},{name},{wards},{year},{pcn}" for name, (wards, year, pcn) in places.items()]
    heading = "neighbourhood_id,name,wards,wards_vintage,pcn_code"
    (folder / "neighbourhoods.csv").write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    first = next(iter(places))
    (folder / "prototypes.csv").write_text(
        f"prototype_id,neighbourhood_id,name\np,{first},P\n", encoding="utf-8"
    )


def facts_of(folder):
    """Return the facts by neighbourhood, fact and part."""
    checked = read_folder(folder, [], today=TODAY)
    with new_database() as connection:
        load_tables(connection, checked)
        write_localities(connection)
        rows = connection.execute("FROM neighbourhood_fact").df().to_dict("records")
    return {(row["neighbourhood_id"], row["fact"], row["part"]): row for row in rows}


def plain(name):
    with (LOCALITIES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    """The facts of the six neighbourhoods, as the project's own tables give them."""
    folder = tmp_path_factory.mktemp("six")
    write_places(folder, {name: (wards, "2022", "") for name, wards in WARDS.items()})
    shutil.copytree(LOCALITIES, folder / "localities")
    return facts_of(folder)


@pytest.fixture(scope="module")
def twin():
    """The same facts by plain loops over the files: neighbourhood -> its numbers."""
    ward_of = {row["LSOA21CD"]: row["WD24NM"] for row in plain("small_areas_wards_2024.csv")}
    people = {row["lsoa21_code"]: float(row["total_residents"]) for row in plain("residents_2021.csv")}
    imd = {row["lsoa21_code"]: row for row in plain("deprivation_2025.csv")}
    ranked = sorted(ward_of, key=lambda code: float(imd[code]["IMD_rank"]))
    worst = set(ranked[: len(ranked) // 5])
    out = {}
    for place, wards in WARDS.items():
        names = [name.strip() for name in wards.split(";")]
        mine = [code for code, ward in ward_of.items() if ward in names]
        deciles = Counter(int(float(imd[code]["IMD_decile"])) for code in mine)
        out[place] = {
            "areas": len(mine),
            "people": sum(people[code] for code in mine),
            "england": deciles[1] + deciles[2],
            "borough": sum(code in worst for code in mine),
            "deciles": [deciles[decile] for decile in range(1, 11)],
        }
    return out


def test_residents_and_deprivation_equal_a_plain_reading(six, twin):
    for place, expected in twin.items():
        people = six[place, "residents", "all"]
        assert (people["value"], people["out_of"]) == (expected["people"], expected["areas"])
        england, borough = (
            six[place, "deprived in England", "all"],
            six[place, "deprived in the borough", "all"],
        )
        assert (england["value"], england["out_of"]) == (expected["england"], expected["areas"])
        assert (borough["value"], borough["out_of"]) == (expected["borough"], expected["areas"])
        told = [six[place, "decile", str(decile)]["value"] for decile in range(1, 11)]
        assert told == expected["deciles"]


def test_every_table_of_areas_is_filled_from_the_projects_own_small_tables(folder):
    with new_database() as connection:
        load_tables(connection, read_folder(folder, [], today=TODAY))
        write_localities(connection)
        n_rows = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in TABLES
        }
    assert n_rows == {
        "ward": 36,
        "small_area_ward": 115,
        "small_area_change": 116,
        "small_area_residents": 115,
        "deprivation": 8 * (115 + 110),
        "deprivation_2021": 8 * (115 + 115),
        "neighbourhood_ward": 19,
        "neighbourhood_fact": 6 * (1 + 2 + 10 + 1 + 2),
    }


def test_the_neighbourhoods_add_up_to_the_borough(six):

    def total(fact, part="all"):
        return sum(row["value"] for (_, name, which), row in six.items() if (name, which) == (fact, part))

    assert total("residents") == 218_868
    assert [total("decile", str(decile)) for decile in range(1, 11)] == [2, 30, 54, 19, 7, 2, 1, 0, 0, 0]
    assert total("deprived in England") == 32
    assert total("deprived in the borough") == 115 // 5


def test_every_fact_with_a_value_says_who_published_it_and_when(six):
    dates = {
        "residents": dt.date(2022, 11, 29),
        "deprived in England": dt.date(2025, 10, 30),
        "deprived in the borough": dt.date(2025, 10, 30),
        "decile": dt.date(2025, 10, 30),
        "healthy life expectancy": dt.date(2026, 2, 19),
    }
    for (_, fact, _), row in six.items():
        if row["value"] == row["value"]:
            assert row["source"], fact
            assert row["released_on"].date() == dates[fact]


def test_healthy_life_expectancy_is_the_boroughs_latest_with_its_interval(six):
    for part, expected in {"male": (59.6, 55.2, 64.1), "female": (59.0, 54.0, 64.0)}.items():
        row = six["ashfield", "healthy life expectancy", part]
        assert (row["value"], row["lower_95"], row["upper_95"]) == expected
        assert row["area_code"] == "E09000002"
        assert (row["period_start"].date(), row["period_end"].date()) == (
            dt.date(2022, 1, 1),
            dt.date(2024, 12, 31),
        )


def test_one_unknown_ward_leaves_the_sums_out_and_says_which(folder):
    write_places(
        folder, {"ashfield": ("Abbey; Beem", "2022", ""), "oak": ("Beam", "", ""), "elm": ("", "", "")}
    )
    facts = facts_of(folder)
    for fact in ("residents", "deprived in England", "deprived in the borough"):
        row = facts["ashfield", fact, "all"]
        assert row["value"] != row["value"]
        assert "Beem: No ward of this name" in row["why_missing"]
        assert "A name alone" in facts["oak", fact, "all"]["why_missing"]
        assert "neighbourhoods.csv" in facts["elm", fact, "all"]["why_missing"]
    assert ("ashfield", "decile", "1") not in facts


def test_an_old_ward_has_no_small_areas_and_says_so(folder):
    write_places(folder, {"river": ("River", "2021", "")})
    row = facts_of(folder)["river", "residents", "all"]
    assert row["value"] != row["value"]
    assert "No small areas are known of the ward River" in row["why_missing"]


def test_a_code_means_the_same_ward_as_its_name_and_year(folder, six):
    by_name = six["long_meadow", "residents", "all"]["value"]
    write_places(folder, {"long_meadow": ("E05014067; E05014069", "", "")})
    assert facts_of(folder)["long_meadow", "residents", "all"]["value"] == by_name


@pytest.mark.parametrize(
    ("file", "fact"),
    [
        ("residents_2021", "residents"),
        ("healthy_life_expectancy", "healthy life expectancy"),
        ("small_areas_wards_2024", "residents"),
    ],
)
def test_a_file_that_is_not_there_is_named_with_what_to_do(folder, file, fact):
    for path in (folder / "localities").glob(f"{file}.*"):
        path.unlink()
    row = next(
        row for (place, name, _), row in facts_of(folder).items() if (place, name) == ("ashfield", fact)
    )
    assert row["value"] != row["value"]
    assert "folder localities" in row["why_missing"]


def test_residents_of_some_small_areas_are_no_residents_of_the_place(folder, twin):
    path = folder / "localities" / "residents_2021.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    abbey = next(row["LSOA21CD"] for row in plain("small_areas_wards_2024.csv") if row["WD24NM"] == "Abbey")
    path.write_text("\n".join(line for line in lines if not line.startswith(abbey)), encoding="utf-8")
    facts = facts_of(folder)
    assert facts["ashfield", "residents", "all"]["value"] != facts["ashfield", "residents", "all"]["value"]
    assert facts["millpond", "residents", "all"]["value"] == twin["millpond"]["people"]


def test_one_rank_that_is_missing_leaves_out_the_boroughs_fifth_for_everybody(folder, twin):
    path = folder / "localities" / "deprivation_2025.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    abbey = next(row["LSOA21CD"] for row in plain("small_areas_wards_2024.csv") if row["WD24NM"] == "Abbey")
    path.write_text("\n".join(line for line in lines if not line.startswith(abbey)), encoding="utf-8")
    facts = facts_of(folder)
    assert "not loaded" in facts["ashfield", "deprived in England", "all"]["why_missing"]
    assert facts["millpond", "deprived in England", "all"]["value"] == twin["millpond"]["england"]
    for place in WARDS:
        assert "not loaded" in facts[place, "deprived in the borough", "all"]["why_missing"]


def test_the_same_table_loaded_twice_counts_once(folder, twin):
    for name in ("residents_2021", "small_areas_wards_2024", "deprivation_2025", "wards"):
        shutil.copy(folder / "localities" / f"{name}.csv", folder / "localities" / f"again_{name}.csv")
    facts = facts_of(folder)
    for place, expected in twin.items():
        assert facts[place, "residents", "all"]["value"] == expected["people"]
        assert facts[place, "deprived in the borough", "all"]["value"] == expected["borough"]


def test_without_the_newer_edition_areas_of_2011_are_counted_once_where_they_lie_whole(folder):
    for path in (folder / "localities").glob("deprivation_2025.*"):
        path.unlink()
    facts = facts_of(folder)
    place_of = {
        row["LSOA21CD"]: place
        for place, wards in WARDS.items()
        for row in plain("small_areas_wards_2024.csv")
        if row["WD24NM"] in [name.strip() for name in wards.split(";")]
    }
    deciles = {row["lsoa11_code"]: int(float(row["IMD_decile"])) for row in plain("deprivation_2019.csv")}
    became: dict[str, set[str]] = {}
    for row in plain("small_areas_2011_2021.csv"):
        became.setdefault(row["lsoa11_code"], set()).add(place_of[row["lsoa21_code"]])
    lies = {old: places.pop() for old, places in became.items() if len(places) == 1}
    for place in WARDS:
        mine = [deciles[old] for old, where in lies.items() if where == place]
        row = facts[place, "deprived in England", "all"]
        assert (row["value"], row["out_of"], row["edition"]) == (sum(d <= 2 for d in mine), len(mine), 2019)
    assert len(became) == 110


def test_recorded_hypertension_is_the_registers_over_the_lists_of_the_networks_practices(folder):
    write_places(
        folder,
        {"millpond": (WARDS["millpond"], "2022", "U99901"), "ashfield": (WARDS["ashfield"], "2022", "")},
    )
    (folder / "localities" / "practices.csv").write_text(PRACTICES, encoding="utf-8")
    (folder / "localities" / "PREVALENCE_2324.csv").write_text(PREVALENCE, encoding="utf-8")
    facts = facts_of(folder)
    row = facts["millpond", "recorded hypertension", "all"]
    assert row["value"] == pytest.approx((600 + 900) / (5000 + 7000))
    assert row["out_of"] == 12_000
    assert row["area_name"] == "all 2 practices of Barking & Dagenham North West PCN"
    assert (row["period_start"].date(), row["period_end"].date()) == (
        dt.date(2023, 4, 1),
        dt.date(2024, 3, 31),
    )
    assert "pcn_code" in facts["ashfield", "recorded hypertension", "all"]["why_missing"]


def test_a_practice_without_a_figure_is_counted_out_in_words(folder):
    write_places(folder, {"millpond": (WARDS["millpond"], "2022", "U99901")})
    (folder / "localities" / "practices.csv").write_text(PRACTICES, encoding="utf-8")
    text = "\n".join(line for line in PREVALENCE.splitlines() if not line.startswith("Z99002"))
    (folder / "localities" / "PREVALENCE_2324.csv").write_text(text, encoding="utf-8")
    row = facts_of(folder)["millpond", "recorded hypertension", "all"]
    assert row["area_name"].startswith("1 of 2 practices")
    assert row["value"] == pytest.approx(600 / 5000)


def test_without_a_figure_for_its_network_nothing_is_shown_and_the_file_is_named(folder):
    write_places(folder, {"millpond": (WARDS["millpond"], "2022", "U99901")})
    row = facts_of(folder)["millpond", "recorded hypertension", "all"]
    assert row["value"] != row["value"]
    assert "QOF files on prevalence" in row["why_missing"]


def test_nothing_is_known_of_a_folder_without_localities(tmp_path):
    write_places(tmp_path, {"ashfield": (WARDS["ashfield"], "2022", "")})
    facts = facts_of(tmp_path)
    assert {row["value"] == row["value"] for row in facts.values()} == {False}
    assert all(row["why_missing"] for row in facts.values())
