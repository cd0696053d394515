"""The wards of a neighbourhood, from names or codes as people write them.

A ward is known only by its code, or by its name and the year of its boundaries: in May 2022 Barking and Dagenham drew
nineteen wards in place of seventeen, and fourteen names stand for one ward before and another after. A name without a
year is therefore never guessed, also where only one ward of that name happens to be loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipelines.sources.areas.area_columns import WARD, is_code
from pipelines.sources.areas.types import NeighbourhoodWard, SmallAreaWard, Ward
from pipelines.sources.tables import Neighbourhood

NO_WARDS_LOADED = "No table of wards is loaded."


def place_wards(
    neighbourhoods: Sequence[Neighbourhood], published: Iterable[object]
) -> list[NeighbourhoodWard]:
    """Return the wards of every neighbourhood: each with its code, or with the reason why it has none.

    Parameters
    ----------
    neighbourhoods
        `wards` are names or codes parted by semicolons, `wards_vintage` is the year whose wards the names mean.
    published
        Published rows; wards are known from registers and from lookups of small areas.
    """
    wards = known_wards(published)
    written = [
        (place, word)
        for place in neighbourhoods
        for part in (place.wards or "").split(";")
        if (word := part.strip())
    ]
    home = _home({(word, place.wards_vintage) for place, word in written}, wards)
    placed = []
    for place, word in written:
        ward = find_ward(word, place.wards_vintage, wards, home)
        if isinstance(ward, Ward):
            placed.append(NeighbourhoodWard(place.neighbourhood_id, word, ward.ward_code, ward.name, None))
        else:
            placed.append(NeighbourhoodWard(place.neighbourhood_id, word, None, None, ward))
    return placed


def known_wards(published: Iterable[object]) -> tuple[Ward, ...]:
    """Return the wards of registers, and those that a lookup names, which are known of its year alone."""
    wards: dict[tuple[object, ...], Ward] = {}
    for row in published:
        if isinstance(row, SmallAreaWard):
            year = row.ward_vintage
            row = Ward(
                row.ward_code,
                row.ward_name,
                row.lad_code,
                year,
                year,
                row.source,
                row.released_on,
                row.load_id,
                row.line,
            )
        if isinstance(row, Ward):
            wards.setdefault((row.ward_code, row.first_vintage, row.last_vintage), row)
    return tuple(sorted(wards.values(), key=lambda ward: (ward.ward_code, ward.first_vintage or 0)))


def find_ward(
    written: str, vintage: int | None, wards: Sequence[Ward], home: str | None = None
) -> Ward | str:
    """Return the ward that a name or code means, or the reason why none is taken.

    Parameters
    ----------
    written
        A code, or a name in any case, with ``&`` or ``and``.
    vintage
        Year of the wards that a name means; None where it is not stated.
    home
        Code of the borough to prefer where wards of several boroughs have the name.
    """
    if not wards:
        return NO_WARDS_LOADED
    if is_code(WARD, written.upper()):
        return _by_code(written.upper(), vintage, wards)
    named = [ward for ward in wards if _plain(ward.name) == _plain(written)]
    if not named:
        return "No ward of this name is loaded. Write it as published, or write its code."
    if vintage is None:
        return (
            f"A name alone does not say which ward is meant: {_list(named)}. Write the code, or the year of the wards "
            "in wards_vintage."
        )
    meant = [ward for ward in named if ward.is_of(vintage)]
    meant = [ward for ward in meant if ward.lad_code == home] or meant
    if not meant:
        return f"No ward of {vintage} has this name; of other years there are {_list(named)}. Correct wards_vintage."
    if len({ward.ward_code for ward in meant}) > 1:
        return f"More than one ward of {vintage} has this name: {_list(meant)}. Write the code."
    return meant[0]


def _by_code(code: str, vintage: int | None, wards: Sequence[Ward]) -> Ward | str:
    found = [ward for ward in wards if ward.ward_code == code]
    if not found:
        return "No ward of this code is loaded. Compare it with the publication, or load a table that has it."
    if vintage is not None and not any(ward.is_of(vintage) for ward in found):
        return f"This ward is not of {vintage}: {_list(found)}. Correct the code or wards_vintage."
    return found[0]


def _home(written: set[tuple[str, int | None]], wards: Sequence[Ward]) -> str | None:
    """Return the one borough that has a ward for every name written; None where there is none, or more than one."""
    boroughs: set[str | None] | None = None
    for word, vintage in written:
        if is_code(WARD, word.upper()):
            having = {ward.lad_code for ward in wards if ward.ward_code == word.upper()}
        else:
            having = {
                ward.lad_code
                for ward in wards
                if _plain(ward.name) == _plain(word) and (vintage is None or ward.is_of(vintage))
            }
        boroughs = having if boroughs is None or not having else boroughs & having or boroughs
    found = {code for code in boroughs or () if code}
    return found.pop() if len(found) == 1 else None


def _plain(name: str) -> str:
    """Return a name for comparing: small letters and digits, ``&`` as ``and``."""
    return re.sub(r"[\W_]+", " ", name.casefold().replace("&", " and ")).strip()


def _list(wards: Iterable[Ward]) -> str:
    """Return wards in words, each once: ``E05000026 Abbey (until 2021)``."""
    codes: dict[str, str] = {}
    for ward in wards:
        codes.setdefault(ward.ward_code, f"{ward.ward_code} {ward.name}{_years(ward)}")
    told = list(codes.values())[:6]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _years(ward: Ward) -> str:
    if ward.first_vintage is not None and ward.first_vintage == ward.last_vintage:
        return f" (of {ward.first_vintage})"
    if ward.first_vintage is not None and ward.last_vintage is not None:
        return f" ({ward.first_vintage} to {ward.last_vintage})"
    if ward.last_vintage is not None:
        return f" (until {ward.last_vintage})"
    return f" (from {ward.first_vintage})" if ward.first_vintage is not None else ""
