"""The indices of deprivation in both editions and both ways of writing their headings."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.sources.areas.area_columns import find_area_columns
from pipelines.sources.areas.imd import edition_of, find_figures
from pipelines.sources.areas.types import Deprivation, SmallAreaResidents
from pipelines.sources.published.origin import Origin, read_origin
from pipelines.sources.published.publication import Asked
from pipelines.sources.published.publication_text import heading_word, open_publication
from pipelines.sources.register import read_published
from pipelines.sources.tables import Effect

#: Headings as the official files write them, with the byte order mark and a double space that they are known to have.
OFFICIAL_2019 = (
    "\ufeffLSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),"
    "Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    "Index of Multiple Deprivation (IMD)  Decile (where 1 is most deprived 10% of LSOAs),"
    '"Health Deprivation and Disability Score","Crime Score","Education, Skills and Training Rank (where 1 is most deprived)",'
    "Total population: mid 2015 (excluding prisoners)"
)
OFFICIAL_2025 = (
    OFFICIAL_2019.replace("(2011)", "(2021)").replace("(2019)", "(2024)").replace("mid 2015", "mid 2022")
)


def read(text: str):
    return read_published(open_publication(text.encode(), "imd.csv", Origin()), Asked())


def of_domain(found, domain):
    return [row for row in found.published if isinstance(row, Deprivation) and row.domain == domain]


def test_the_official_file_of_2019_is_read_by_its_long_headings():
    found = read(
        f"{OFFICIAL_2019}\nE01000006,A 016A,E09000002,Barking and Dagenham,21.2,14486,5,-0.5,0.3,17511,1800\n"
    )
    (overall,) = of_domain(found, "imd")
    assert (overall.edition, overall.lsoa_vintage) == (2019, 2011)
    assert (overall.score, overall.rank, overall.decile) == (21.2, 14486, 5)
    assert overall.released_on == dt.date(2019, 9, 26)
    assert of_domain(found, "education")[0].rank == 17511
    assert found.publication.close().lines_loaded == 1


def test_a_score_below_zero_is_a_score():
    found = read(f"{OFFICIAL_2019}\nE01000006,A,E09000002,B,21.2,14486,5,-0.5,0.3,17511,1800\n")
    assert of_domain(found, "health")[0].score == -0.5
    assert found.publication.faults == []


def test_the_official_file_of_2025_stands_on_the_areas_of_2021():
    found = read(f"{OFFICIAL_2025}\nE01000006,A,E09000002,B,25.307,10917,4,-0.372,-0.072,11134,1845\n")
    (overall,) = of_domain(found, "imd")
    assert (overall.edition, overall.lsoa_vintage, overall.released_on) == (2025, 2021, dt.date(2025, 10, 30))


def test_the_mid_year_estimate_beside_the_figures_is_read_with_its_day():
    found = read(f"{OFFICIAL_2019}\nE01000006,A,E09000002,B,21.2,14486,5,-0.5,0.3,17511,1800\n")
    (people,) = [row for row in found.published if isinstance(row, SmallAreaResidents)]
    assert (people.residents, people.counted_on, people.lsoa_vintage) == (1800, dt.date(2015, 6, 30), 2011)


def test_short_headings_are_read_and_the_presumed_edition_is_told():
    found = read("lsoa11_code,IMD_decile,Housing_and_Access_decile,IMD_rank\nE01000006,5.0,1.0,14486.0\n")
    (overall,) = of_domain(found, "imd")
    assert (overall.edition, overall.rank, overall.decile, overall.score) == (2019, 14486, 5, None)
    assert of_domain(found, "housing")[0].decile == 1
    (told,) = found.publication.faults
    assert told.effect == Effect.NOTED
    assert "taken for 2019" in told.reason


def test_the_json_beside_a_table_may_name_the_edition():
    def beside(edition):
        origin = read_origin(f'{{"edition": "{edition}"}}'.encode())
        text = "lsoa11_code,IMD_rank,IMD_decile\nE01000006,14486,5\n"
        return read_published(open_publication(text.encode(), "imd.csv", origin), Asked())

    named = beside(2019)
    assert of_domain(named, "imd")[0].edition == 2019
    assert named.publication.faults == []
    assert beside(2015).publication.close().lines_refused == 1


def test_the_edition_of_2015_is_refused_although_it_stands_on_the_same_areas():
    found = read(
        f"{OFFICIAL_2019.replace('(2019)', '(2013)')}\nE01000006,A,E09000002,B,21.2,14486,5,-0.5,0.3,17511,1800\n"
    )
    assert found.published == ()
    load = found.publication.close()
    assert (load.lines_loaded, load.lines_refused) == (0, 1)
    assert "no edition" in found.publication.faults[0].reason


def test_a_file_that_counts_from_the_other_end_is_told_and_its_deciles_are_left_out():
    found = read("lsoa21_code,IMD_rank,IMD_decile\nE01000006,120,10\nE01000007,33000,1\nE01000008,5377,2\n")
    assert [row.decile for row in of_domain(found, "imd")] == [None, None, 2]
    told = [fault for fault in found.publication.faults if fault.effect == Effect.CELL_MISSING]
    assert [fault.line for fault in told] == [2, 3]
    assert "the other end" in told[0].reason


@pytest.mark.parametrize("rank", ["0", "33756", "1.5", "12a", "=1+1"])
def test_a_rank_that_cannot_be_is_left_out_with_its_line(rank):
    found = read(f"lsoa21_code,IMD_rank,IMD_decile\nE01000006,{rank},1\n")
    assert of_domain(found, "imd")[0].rank is None
    assert [fault.line for fault in found.publication.faults if fault.effect == Effect.CELL_MISSING] == [2]


def test_a_blank_figure_is_missing_and_nothing_is_told():
    found = read("lsoa21_code,LAD24CD,IMD_rank,IMD_decile\nE01000006,E09000002,,4\n")
    assert of_domain(found, "imd")[0].rank is None
    assert found.publication.faults == []


def test_figures_are_found_by_domain_and_sub_domains_are_left_alone():
    headings = [
        heading_word(name) for name in ("Adult Skills Sub-domain Score", "Income Score (rate)", "IMD_rank")
    ]
    assert find_figures(headings) == {"income": {"score": "income_score_rate"}, "imd": {"rank": "imd_rank"}}


def test_a_heading_that_is_cut_off_is_still_known():
    heading = heading_word("Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOA")
    assert find_figures([heading]) == {"imd": {"decile": heading}}


def test_areas_of_another_vintage_belong_to_no_edition():
    assert edition_of(find_area_columns(["lsoa01cd"])) is None
    assert edition_of(find_area_columns(["lsoa11cd", "lad19cd"])).year == 2019
    assert edition_of(find_area_columns(["lsoa11cd", "lad13cd"])) is None
