"""Where public data lies. Checked against public code that uses these addresses, not against the services themselves.

Numbers of Fingertips indicators: 90362 healthy life expectancy, 90366 life expectancy, 219 recorded hypertension, 40401
deaths under 75 from heart disease and stroke. Area types: 502 counties and unitary authorities since April 2023; 6
regions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from pipelines.fetch.download import FetchError

#: Levels of CVDPREVENT by our word.
LEVELS = {"england": 1, "region": 6, "icb": 7, "sub-icb": 8, "pcn": 4, "practice": 5}

#: Zips of QOF by year; earlier ones can be given as an address.
QOF_ZIPS = {
    "2024/25": "https://files.digital.nhs.uk/95/4708D7/QOF2425.zip",
    "2023/24": "https://files.digital.nhs.uk/DA/975A29/QOF2324.zip",
    "2022/23": "https://files.digital.nhs.uk/32/40B931/QOF%202022-23%20Raw%20data%20.csv%20files.zip",
}

#: Files of a QOF zip that a reader knows; achievement comes by region.
QOF_MEMBERS = r"(PREVALENCE|ACHIEVEMENT_{region}|MAPPING_INDICATORS|MAPPING_NHS_GEOGRAPHIES)[A-Z0-9_]*\.csv"

_ONS = "https://raw.githubusercontent.com/ONSdigital/explore-local-statistics-data/main"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One address and the name that its file bears in the cache.

    `members` is a pattern of the files to take out of a zip, None where it is none. `describes` marks a JSON that only
    describes the file beside it.
    """

    address: str
    file: str
    members: str | None = None
    describes: bool = False


def fingertips(indicator: int, area_type: int = 502, parent: int = 6) -> Sequence[Wanted]:
    """Return the download of one indicator for one kind of area."""
    query = urlencode(
        {"indicator_ids": indicator, "child_area_type_id": area_type, "parent_area_type_id": parent}
    )
    address = f"https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id?{query}"
    return [Wanted(address, f"fingertips_{indicator}_{area_type}_{parent}.csv")]


def cvdprevent(indicator: int, period: int, level: str = "pcn") -> Sequence[Wanted]:
    """Return the raw data of one indicator, period and level; both numbers are those of the service."""
    if level not in LEVELS:
        raise FetchError(f'"{level}" is no level of CVDPREVENT. Write one of: {", ".join(LEVELS)}.')
    query = urlencode({"timePeriodID": period, "systemLevelID": LEVELS[level]})
    address = f"https://api.cvdprevent.nhs.uk/indicator/{indicator}/rawDataJSON?{query}"
    return [Wanted(address, f"cvdprevent_{indicator}_{period}_{level}.json")]


def qof(year: str, region: str = "LONDON") -> Sequence[Wanted]:
    """Return the files of one year: prevalence, lists, and the achievement of one region."""
    if year not in QOF_ZIPS:
        raise FetchError(
            f"The address of QOF {year} is not known here; known are {', '.join(QOF_ZIPS)}. Download the zip by hand and "
            "put its CSV files into localities/."
        )
    members = QOF_MEMBERS.format(region=re.escape(region.upper().replace(" ", "_")))
    return [Wanted(QOF_ZIPS[year], f"qof_{year.replace('/', '_')}.zip", members)]


def ons(indicator: str) -> Sequence[Wanted]:
    """Return an indicator of Explore Local Statistics, e.g. ``healthy-life-expectancy``, with its release file."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{2,120}", indicator):
        raise FetchError(
            'The indicator is written as in the address of its page, e.g. "healthy-life-expectancy".'
        )
    there = f"{_ONS}/{indicator}/{indicator}"
    return [
        Wanted(f"{there}.json", f"ons_{indicator}.json", describes=True),
        Wanted(f"{there}.csv", f"ons_{indicator}.csv"),
    ]


def plain(address: str, file: str | None = None) -> Sequence[Wanted]:
    """Return any address; its file bears the last part of the path, made safe, where no name is given."""
    name = file or urlsplit(address).path.rpartition("/")[2]
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "_", name).strip("._")[:100]
    if not re.search(r"\.(csv|json)$", safe):
        safe = f"{safe or 'fetched'}.csv"
    return [Wanted(quote(address, safe="%/:=&?~#+!$,;'@()*[]"), safe)]
