"""What the made-up groups entered, in their words: ideas, decisions, notes and quotes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipelines.vocabulary import Stage


@dataclass(frozen=True)
class Idea:
    """Something that a group raised and that is no prototype: days on which it reached a stage, and why."""

    prototype_id: str
    neighbourhood_id: str
    name: str
    stages: tuple[tuple[Stage, str, str], ...]


IDEAS = (
    Idea("ashfield_book_swap", "ashfield", "Book swap at the bus stop", (
        (Stage.IDEA, "2025-03-12", "Raised at a street evening: nobody has a library near."),
        (Stage.ACTION, "2025-05-06", "A box with forty books stands at the stop."),
        (Stage.STOPPED, "2025-08-19", "Rain took the books twice and nobody asked after them."),
    )),
    Idea("ashfield_lift_club", "ashfield", "Lifts to hospital visits", (
        (Stage.IDEA, "2026-04-15", "Three people said that they miss appointments for want of a lift."),
    )),
    Idea("brook_end_repair_table", "brook_end", "Repair table", (
        (Stage.IDEA, "2025-06-10", "Two neighbours can mend lamps and like company."),
        (Stage.ACTION, "2025-09-02", "First evening: eleven things brought, seven mended."),
    )),
    Idea("brook_end_evening_walk", "brook_end", "Evening walk", (
        (Stage.IDEA, "2025-10-07", "Asked for by people who do not like to walk alone in the dark."),
        (Stage.STOPPED, "2026-01-20", "Nobody could lead it twice. The idea keeps; ask again in spring."),
    )),
    Idea("creekside_tool_shed", "creekside", "Shared tool shed", (
        (Stage.IDEA, "2025-02-05", "Everybody owns a drill and uses it twice a year."),
        (Stage.STOPPED, "2025-06-25", "No shed was to be had, and nobody wanted the key."),
    )),
    Idea("creekside_language_table", "creekside", "Language table", (
        (Stage.IDEA, "2026-02-11", "Parents at the gate translate for each other already."),
        (Stage.ACTION, "2026-05-13", "First table in the salon's back room, six people."),
    )),
    Idea("long_meadow_allotment_hour", "long_meadow", "Allotment hour", (
        (Stage.IDEA, "2025-04-10", "Four plots lie fallow beside a street without gardens."),
        (Stage.ACTION, "2025-06-05", "First hour: nine people, one wheelbarrow."),
        (Stage.STOPPED, "2025-10-16", "The plots were let. We learned whom to ask first next time."),
    )),
    Idea("long_meadow_chess", "long_meadow", "Chess on the benches", (
        (Stage.IDEA, "2026-06-18", "Two men play there every day and would teach."),
    )),
    Idea("millpond_bulk_buying", "millpond", "Buying in bulk", (
        (Stage.IDEA, "2025-05-21", "Rice by the sack costs half."),
        (Stage.STOPPED, "2025-09-10", "Nobody had the money to lay out. It needs a float before it is tried."),
    )),
    Idea("millpond_stairwell_choir", "millpond", "Stairwell choir", (
        (Stage.IDEA, "2026-08-26", "The stairwell sings by itself, somebody said."),
        (Stage.ACTION, "2026-10-14", "First evening: fourteen on four landings."),
    )),
    Idea("saltmarsh_tea_round", "saltmarsh", "Tea round", (
        (Stage.IDEA, "2025-07-03", "Six people on one landing had not met in a year."),
        (Stage.ACTION, "2025-09-18", "Each host makes tea one week."),
        (Stage.STOPPED, "2026-02-12", "It goes on by itself and wants no list. We stop counting it."),
    )),
    Idea("saltmarsh_skills_list", "saltmarsh", "List of what we can do", (
        (Stage.IDEA, "2026-09-09", "At the breakfast a plumber and a seamstress found each other by chance."),
    )),
)  # fmt: skip

#: Why a prototype reached a stage; drawn from the seed.
WHY = {
    Stage.IDEA: (
        "Raised at a listening evening.",
        "Came up on three doorsteps in one week.",
        "Asked for by the people whom it is for.",
    ),
    Stage.ACTION: (
        "The first session was held.",
        "Somebody began, with what was there.",
        "Two people and a table: it started.",
    ),
    Stage.PROTOTYPE: (
        "It is held every week, counted, and a question is being asked of it.",
        "The same four people carry it and agree what to measure.",
        "We know what we want to learn from it next.",
    ),
    Stage.MODEL: (
        "Adopted. It is written down so that others can start from it.",
        "Adopted. Another group has asked how it is done.",
    ),
    Stage.SCALED: ("Two more places run it from our notes.",),
    Stage.STOPPED: ("Too few hands. What we learned is kept; the prototype is not.",),
}


@dataclass(frozen=True)
class Decided:
    """Why a cycle was decided as cycles.csv says, and what comes next."""

    reason: str
    next_step: str | None = None
    by_whom: str | None = None
    weeks: int | None = None


#: Cycles with a sealed prediction and, where they are over, the reason for the decision. Of the 22 that are over,
#: 13 held: these groups are rather too sure, as groups are who have not sealed before.
SEALED = {
    "ashfield_barbers_1": Decided("It held for twelve weeks and costs a chair.", "Ask who says no.", "The barber", 3),
    "ashfield_barbers_3": Decided("A text alone did nothing.", "Try a visit in week two.", "The nurse", 4),
    "ashfield_barbers_4": None,
    "ashfield_sunday_meal_2": Decided("The hosts want to keep it and the numbers do not speak against it."),
    "ashfield_sunday_meal_3": Decided("The cards did nothing; the wish is real.", "Cook in pairs.", "Two hosts", 5),
    "ashfield_gate_1": Decided("Slow, and it lasts.", "Write down how to ask.", "The group", 6),
    "brook_end_mosque_2": Decided("No more people came, and two volunteers were worn out."),
    "brook_end_cook_together_2": Decided("It swings too much to say. We watch one more season."),
    "brook_end_gate_2": Decided("The question works; it must not hang on one person.", "Train a second host.", "The host", 4),
    "creekside_salon_2": Decided("One minute now saves a week later.", "Show it to the second salon.", "The stylist", 6),
    "creekside_salon_3": Decided("More than the surgery can carry.", "Home readings first.", "The practice manager", 3),
    "creekside_fridge_table_2": Decided("Nobody found anybody by watching films."),
    "creekside_gate_2": Decided("A second route only parts the same people."),
    "long_meadow_market_3": Decided("No change to see; people keep the recipe.", "Ask what else would help.", "The stall", 5),
    "long_meadow_lunch_1": Decided("More guests, whichever of the two it was.", "Change one thing at a time.", "The group", 4),
    "long_meadow_gate_1": Decided("It cost an afternoon and nobody minds it.", "Give the drawing away.", "The caretaker", 2),
    "millpond_waiting_room_1": Decided("It did what we hoped.", "Two more surgeries.", "The pharmacist", 8),
    "millpond_waiting_room_2": Decided("It works person by person.", "Train the last two.", "The reception lead", 6),
    "millpond_waiting_room_4": None,
    "millpond_soup_night_2": None,
    "millpond_gate_2": Decided("One meeting is not being matched.", "Fix the first three meetings.", "The group", 5),
    "saltmarsh_garage_3": Decided("Sooner, it seems.", "Go through the night shift too.", "The union rep", 4),
    "saltmarsh_gate_2": Decided("Six families carry it by themselves.", "Show it to another gate.", "Two parents", 6),
    "saltmarsh_gate_3": None,
}  # fmt: skip

#: A prediction that a group changed after Do had begun: the first one is what counts. Cycle -> weeks into Do, value,
#: low, high and reason.
CHANGED_LATER = {
    "brook_end_mosque_2": (5, 49.0, 44.0, 54.0, "After five weeks we can see that we hoped for too much."),
}

#: Something that happened: prototype, day, words. Each stands out in its log for a reason that a group would know.
HAPPENED = (
    ("creekside_gate", "2025-09-25", "The bridge was shut: everybody came by the river path."),
    ("millpond_soup_night", "2026-03-11", "The boiler was out and half the tables stayed empty."),
    ("ashfield_barbers", "2026-08-08", "A second chair by the window."),
    ("long_meadow_market", "2026-02-12", "The pitch by the clock was let; we stood by the car park."),
    ("saltmarsh_garage", "2026-11-17", "Both shifts changed over at one gate this week."),
)

#: Typed twice and taken back.
TYPED_TWICE = ("ashfield_barbers", "2026-08-08", "A second chair at the window.")

#: Another reading of a cycle: cycle, days after the decision, words, role.
DISSENT = (
    "long_meadow_lunch_1",
    3,
    "The lifts brought them, not the open door. Ask it again with one thing at a time.",
    "driver of the lift rota",
)

#: What somebody said: prototype, cycle number or None, day, words, who, consent.
QUOTES = (
    ("ashfield_barbers", 1, "2026-01-17", "I came for a trim and left with a number I understand.", "a customer", "everyone"),
    ("ashfield_sunday_meal", 2, "2026-04-26", "Somebody knew my name. That is why I came again.", "a guest", "everyone"),
    ("brook_end_cook_together", 1, "2026-01-22", "Stirring is easier than talking, and then you talk.", "a cook", "group"),
    ("millpond_waiting_room", 1, "2026-02-10", "One visit. I did not have to take another morning off.", "a patient", "everyone"),
    ("saltmarsh_gate", 2, "2026-07-16", "I used to sit in the car.", "a parent", "group"),
    ("creekside_gate", 2, "2026-07-02", "We were fine with one route. Nobody asked us.", "a parent", "group"),
)  # fmt: skip


@dataclass(frozen=True)
class RangeAccepted:
    """A usual range that a group accepted: series, its first and last day, the day of accepting, and why."""

    series_id: str
    first_on: str
    last_on: str
    accepted_on: str
    reason: str


BASELINES = (
    RangeAccepted(
        "bp_checked@ashfield_barbers", "2024-11-04", "2025-11-02", "2025-11-03",
        "A year of ordinary weeks before we changed anything.",
    ),
    RangeAccepted(
        "meal_guests@millpond_soup_night", "2026-01-12", "2026-05-17", "2026-05-18",
        "Eighteen weeks before the first change; the week without a boiler is in it, as such weeks come.",
    ),
)  # fmt: skip

#: The one usual range that was moved: after a change that lasts. No later cycle is judged on this measure.
REBASE_SERIES = "said_yes@brook_end_mosque"
REBASE_FROM = dt.date(2026, 2, 9)
REBASE_ACCEPTED = dt.date(2026, 5, 27)
REBASE_POINTS = 15
REBASE_REASON = "Since the notices mention the checks, more people say yes, and the notices go on."
