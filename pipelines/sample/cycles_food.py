"""The planted cycles of the food prototypes, in the groups' words."""

from __future__ import annotations

from pipelines.sample.plan import CyclePlan

CYCLES = {
    "ashfield_sunday_meal": (
        CyclePlan(
            "meal_guests", "chance", 53, 12, 1.5, "abandon", 8, False,
            "If we put a board on the pavement, will more guests come?",
            "No. People who eat with us come because somebody told them. The board is back in the shed.",
        ),
        CyclePlan(
            "came_back", "moderate improvement", 67, 12, 1.5, "adopt", 9, True,
            "If each table has a host who learns the names, will more guests come back?",
            "It seems so, and the hosts like it. We keep it whatever the numbers say next.",
        ),
        CyclePlan(
            "someone_to_call_on", "chance", 80, 16, 2.0, "adapt", 13, False,
            "If guests swap phone numbers on cards, will more have someone to call on?",
            "Cards went home and stayed in pockets. A number is not a friend. Next: cook in pairs.",
        ),
        CyclePlan(
            "meal_guests", "chance", 100, 12, 1.0, "", 0, False,
            "If the meal starts an hour later, will more families come?",
        ),
    ),
    "brook_end_cook_together": (
        CyclePlan(
            "came_back", "improvement", 52, 12, 2.0, "adapt", 10, False,
            "If guests cook with us instead of being served, will more come back?",
            "Many more came back while it lasted. It needs two cooks every week and we had them for "
            "three months only.",
        ),
        CyclePlan(
            "meal_guests", "autocorrelated", 68, 12, 1.5, "continue", 12, False,
            "If the recipe of the week goes on the neighbours' message group, will more guests come?",
            "Good weeks follow good weeks here and bad ones bad. We cannot see that the recipe did it.",
        ),
        CyclePlan(
            "someone_to_call_on", "improvement", 88, 16, 2.5, "adopt", 15, True,
            "If cooks are paired with a neighbour from their own street, will more have someone to call on?",
            "Yes, more than we foretold. The street is what matters. Three streets want to do it themselves.",
        ),
    ),
    "creekside_fridge_table": (
        CyclePlan(
            "meal_guests", "season", 62, 12, 1.0, "continue", 9, False,
            "If the table stands outside, will more people sit down?",
            "It went with the weather, as each year. Ask again when we have a second spring.",
        ),
        CyclePlan(
            "someone_to_call_on", "chance", 76, 12, 1.5, "abandon", 11, False,
            "If we show films after the meal, will more people find someone to call on?",
            "They watched and went home. We gave the projector back.",
        ),
        CyclePlan(
            "came_back", "worsening", 90, 12, 1.0, "abandon", 12, True,
            "If guests sign up beforehand, will more come back?",
            "Fewer did. Signing up felt like a form. We took the list down; people have not come back yet.",
        ),
    ),
    "long_meadow_lunch": (
        CyclePlan(
            "meal_guests", "overlapping", 56, 14, 2.0, "adopt", 8, True,
            "If the lunch is open to the whole street and not only the congregation, will more guests come?",
            "Many more. But the lift rota ran in the same weeks, so we cannot say which of the two did it.",
        ),
        CyclePlan(
            "came_back", "chance", 62, 12, 1.5, "adapt", 9, False,
            "If volunteers give lifts home, will more guests come back?",
            "The share who came back stayed as it was. Two things at once was a mistake we will not repeat.",
        ),
        CyclePlan(
            "came_back", "chance", 84, 12, 1.0, "abandon", 13, False,
            "If guests choose next week's dish, will more come back?",
            "No difference. Everybody votes for chicken.",
        ),
    ),
    "millpond_soup_night": (
        CyclePlan(
            "meal_guests", "chance", 80, 12, 1.5, "adapt", 10, False,
            "If the library stays open for homework, will more families come for soup?",
            "Not that we can see. The children came; their parents waited in the car.",
        ),
        CyclePlan(
            "came_back", "chance", 94, 11, 0.4, "", 0, False,
            "If there is a seat kept for each guest of last week, will more come back?",
        ),
    ),
    "saltmarsh_breakfast": (
        CyclePlan(
            "meal_guests", "start-up", 102, 12, 1.0, "", 0, False,
            "If the bakery's leftovers come at six, will more people stop for breakfast?",
        ),
    ),
}  # fmt: skip
