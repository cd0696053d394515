"""The six made-up neighbourhoods and their prototypes.

The names are invented. The wards are the borough's true nineteen (2022), in six groups of our own making, so
that the sample stands on a real map without saying anything about a real place.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A neighbourhood: `population` is residents in 2021, summed from small areas, to the nearest hundred."""

    neighbourhood_id: str
    name: str
    population: int
    wards: str


#: Year of the wards that the names mean; fourteen of them stood for other wards before.
WARDS_VINTAGE = 2022

#: West to east: the order in which every screen shows them.
NEIGHBOURHOODS = (
    Place("ashfield", "Ashfield", 33_300, "Abbey; Gascoigne; Northbury; Thames View"),
    Place("brook_end", "Brook End", 39_800, "Becontree; Longbridge; Mayesbrook"),
    Place("creekside", "Creekside", 39_200, "Barking Riverside; Eastbury; Goresbrook"),
    Place("long_meadow", "Long Meadow", 31_300, "Parsloes; Valence"),
    Place("millpond", "Millpond", 36_900, "Chadwell Heath; Heath; Whalebone"),
    Place("saltmarsh", "Saltmarsh", 38_300, "Alibon; Beam; Eastbrook & Rush Green; Village"),
)


@dataclass(frozen=True)
class Site:
    """One prototype in one neighbourhood.

    `start` and `stop` are week numbers of the sample (0 is the first week; `stop` None means still going).
    `weekday` is 0 for Monday. `size` multiplies the usual counts of its measures.
    """

    prototype_id: str
    neighbourhood_id: str
    name: str
    theme: str
    stage: str
    place: str
    place_type: str
    weekday: int
    size: float = 1.0
    start: int = 0
    stop: int | None = None


#: The first three of each neighbourhood, in the order in which `prototypes` takes them.
SITES = (
    Site("ashfield_barbers", "ashfield", "Blood pressure at the barber's", "hypertension", "model",
         "The corner barber's", "barber", 5),
    Site("ashfield_sunday_meal", "ashfield", "Sunday shared meal", "food", "prototype",
         "Community hall kitchen", "community hall", 6, 1.05),
    Site("ashfield_gate", "ashfield", "School-gate circle", "school_gate", "prototype",
         "Infants' gate", "school", 2),
    Site("brook_end_mosque", "brook_end", "Checks after Friday prayers", "hypertension", "prototype",
         "Mosque side room", "mosque", 4, 1.1),
    Site("brook_end_cook_together", "brook_end", "Cook together", "food", "model",
         "Children's centre kitchen", "children's centre", 3),
    Site("brook_end_gate", "brook_end", "Gate to gate", "school_gate", "action",
         "Primary school gate", "school", 1, 1.1),
    Site("creekside_salon", "creekside", "Checks at the hair salon", "hypertension", "prototype",
         "Hair salon on the parade", "hair salon", 5, 0.95),
    Site("creekside_fridge_table", "creekside", "Fridge and table", "food", "prototype",
         "Community fridge", "community fridge", 2, 0.95),
    Site("creekside_gate", "creekside", "Walking bus", "school_gate", "prototype",
         "Riverside school gate", "school", 3, 0.95),
    Site("long_meadow_market", "long_meadow", "Market stall checks", "hypertension", "action",
         "Stall by the market clock", "market", 3, 1.15),
    Site("long_meadow_lunch", "long_meadow", "Lunch after church", "food", "prototype",
         "Church hall", "church", 6, 1.1),
    Site("long_meadow_gate", "long_meadow", "Bench by the gate", "school_gate", "model",
         "Junior school gate", "school", 4),
    Site("millpond_waiting_room", "millpond", "Checks in the waiting room", "hypertension", "scaled",
         "GP surgery waiting room", "GP surgery", 0, 1.05),
    Site("millpond_soup_night", "millpond", "Soup night", "food", "action",
         "Library basement", "library", 2, 0.9, start=62),
    Site("millpond_gate", "millpond", "New parents' corner", "school_gate", "prototype",
         "Nursery gate", "school", 1, 0.9, start=24),
    Site("saltmarsh_garage", "saltmarsh", "Checks at the bus garage", "hypertension", "action",
         "Bus garage canteen", "bus garage", 1, start=30),
    Site("saltmarsh_breakfast", "saltmarsh", "Breakfast before work", "food", "action",
         "Railway arch café", "café", 4, 0.8, start=100),
    Site("saltmarsh_gate", "saltmarsh", "Late gate", "school_gate", "prototype",
         "After-school club", "school", 3, 0.95),
)  # fmt: skip

#: A prototype that was given up: its log ends, its stage says so, and its cycles stay in the record.
STOPPED_SITE = Site(
    "brook_end_phone_tree", "brook_end", "Evening phone tree", "school_gate", "stopped",
    "By telephone", "telephone", 2, 0.7, start=20, stop=70,
)  # fmt: skip

#: Places for prototypes beyond three a neighbourhood: theme, name, place_type.
MORE_SITES = (
    ("hypertension", "Checks at the allotments", "allotment"),
    ("food", "Leftovers evening", "community hall"),
    ("school_gate", "Homework table", "library"),
    ("hypertension", "Checks at the snooker hall", "snooker hall"),
    ("food", "Tea and toast", "church"),
    ("school_gate", "Coats and shoes swap", "school"),
)


def sites(per_neighbourhood: int) -> tuple[Site, ...]:
    """Return the prototypes of a sample, in the order of neighbourhoods.

    Parameters
    ----------
    per_neighbourhood
        1 to 60. Three are the designed ones (with the stopped one beside them); more are drawn from
        MORE_SITES, numbered when the list starts again.

    Raises
    ------
    ValueError
        When `per_neighbourhood` is outside 1 to 60.
    """
    if not 1 <= per_neighbourhood <= 60:
        raise ValueError(f"prototypes is {per_neighbourhood}; choose 1 to 60 for each neighbourhood")
    chosen: list[Site] = []
    for place in NEIGHBOURHOODS:
        own = [site for site in SITES if site.neighbourhood_id == place.neighbourhood_id]
        chosen += own[:per_neighbourhood]
        if per_neighbourhood >= len(own) and place.neighbourhood_id == STOPPED_SITE.neighbourhood_id:
            chosen.append(STOPPED_SITE)
        chosen += [_more(place, number) for number in range(per_neighbourhood - len(own))]
    return tuple(chosen)


def _more(place: Place, number: int) -> Site:
    theme, name, place_type = MORE_SITES[number % len(MORE_SITES)]
    round_no = number // len(MORE_SITES) + 1
    suffix = f" {round_no}" if round_no > 1 else ""
    return Site(
        f"{place.neighbourhood_id}_more_{number + 1}",
        place.neighbourhood_id,
        name + suffix,
        theme,
        "action",
        f"{place_type}{suffix}".capitalize(),
        place_type,
        number % 7,
    )
