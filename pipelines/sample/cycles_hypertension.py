"""The planted cycles of the hypertension prototypes, in the groups' words."""

from __future__ import annotations

from pipelines.sample.plan import CyclePlan

CYCLES = {
    "ashfield_barbers": (
        CyclePlan(
            "bp_checked", "improvement", 52, 12, 2.2, "adopt", 9, True,
            "If the barber himself offers the check while the customer waits, will more men be checked?",
            "Yes, far more. Men trust the man with the scissors. "
            "He needs a spare cuff and a chair by the window.",
        ),
        CyclePlan(
            "said_yes", "moderate improvement", 66, 12, 1.2, "adapt", 10, True,
            "If we say 'two minutes while you wait' instead of 'would you like a check', "
            "will more men say yes?",
            "A little better, not as much as we hoped. Older men still ask who sees the number. "
            "Say that first.",
        ),
        CyclePlan(
            "to_target", "chance", 80, 16, 2.5, "adapt", 12, False,
            "If every man with a raised reading gets a text in week two, will more reach their target?",
            "We were sure it would help. It made no difference we can see. A text is not a visit.",
        ),
        CyclePlan(
            "days_to_follow_up", "chance", 98, 14, 1.5, "", 0, False,
            "If the barber's cousin from the practice collects the list on Mondays, "
            "will the call come sooner?",
        ),
    ),
    "brook_end_mosque": (
        CyclePlan(
            "said_yes", "improvement", 54, 12, 2.2, "adopt", 8, True,
            "If the imam mentions the checks in his notices, will more people say yes when asked?",
            "Yes. One sentence from him did more than all our posters. He will keep saying it.",
        ),
        CyclePlan(
            "bp_checked", "chance", 68, 12, 1.8, "abandon", 11, False,
            "If we also set up after the midday prayer on Wednesdays, will we check more people in a week?",
            "No. The same people came on another day. We stopped and gave the volunteers their "
            "Wednesday back.",
        ),
        CyclePlan(
            "days_to_follow_up", "worsening", 82, 10, 1.5, "abandon", 7, False,
            "If results go to the practice by a shared form, will the follow-up call come sooner?",
            "It got slower. Nobody owned the form. We went back to the phone and the days came down again.",
        ),
        CyclePlan(
            "to_target", "chance", 92, 12, 2.5, "continue", 9, False,
            "If a walking group leaves from the mosque after checks, will more people reach their target?",
            "Too early to see it in the blood pressure. "
            "People like the walk; we carry on and look again in spring.",
        ),
    ),
    "creekside_salon": (
        CyclePlan(
            "bp_checked", "season", 56, 12, 1.5, "continue", 13, False,
            "If checks move to the hours before school pick-up, will more women be checked?",
            "Numbers always move with the seasons here, so we cannot say it was the hours.",
        ),
        CyclePlan(
            "days_to_follow_up", "improvement", 70, 12, 2.2, "adopt", 9, True,
            "If the stylist books the call there and then, will the days to follow-up fall?",
            "Yes. Booking while the hair is drying takes one minute and saves a week of chasing.",
        ),
        CyclePlan(
            "gp_appointments", "change", 84, 12, 0.8, "adapt", 14, True,
            "If we send everyone with a raised reading straight to the surgery, "
            "how many more appointments is that?",
            "Many more than the surgery can carry. Next: home readings first, appointment second.",
        ),
        CyclePlan(
            "said_yes", "chance", 96, 8, 0.5, "continue", 10, False,
            "If the salon's regulars ask instead of the volunteer, will more women say yes?",
            "No difference we can show. The regulars enjoyed it, so nobody minds going on a little longer.",
        ),
    ),
    "long_meadow_market": (
        CyclePlan(
            "bp_checked", "worsening", 58, 12, 1.5, "adapt", 8, True,
            "If the stall moves from the clock to the car park entrance, will we check more people?",
            "Fewer, plainly. People hurry there. We moved back, "
            "but the pitch by the clock is now let on most days.",
        ),
        CyclePlan(
            "said_yes", "overdispersed", 70, 10, 1.5, "continue", 12, False,
            "If we ask in five languages from a card, will more people say yes?",
            "It swings with who is on the stall that day. "
            "We must settle that before we can see anything else.",
        ),
        CyclePlan(
            "to_target", "chance", 80, 12, 0.5, "adapt", 10, False,
            "If the fruit seller hands out low-salt recipes, will more people reach their target?",
            "No change that we could see in three months. Nice recipes, though.",
        ),
        CyclePlan(
            "days_to_follow_up", "outlier", 94, 10, 1.2, "continue", 11, False,
            "If one nurse keeps the list for the whole stall, will the call come sooner?",
            "One very bad week while she was away and otherwise as ever. One nurse is too few.",
        ),
    ),
    "millpond_waiting_room": (
        CyclePlan(
            "to_target", "improvement", 52, 16, 3.0, "adopt", 13, True,
            "If the pharmacist changes the tablets at the same visit, will more people reach their target?",
            "Yes. Not having to come back is what did it. The other two surgeries start in spring.",
        ),
        CyclePlan(
            "days_to_follow_up", "slow improvement", 70, 16, 1.0, "adapt", 9, True,
            "If receptionists learn to make the follow-up call one by one, will the days fall?",
            "Slowly, as each one learned it. Four of six are trained; the other two are next.",
        ),
        CyclePlan(
            "bp_checked", "autocorrelated", 88, 12, 1.5, "continue", 8, False,
            "If the screen in the waiting room shows how to use the machine, "
            "will more people check themselves?",
            "Up for a while, down for a while. We cannot tell it from the usual ups and downs.",
        ),
        CyclePlan(
            "said_yes", "chance", 101, 12, 1.0, "", 0, False,
            "If a neighbour instead of a nurse offers the check, will more people say yes?",
        ),
    ),
    "saltmarsh_garage": (
        CyclePlan(
            "said_yes", "chance", 54, 12, 1.2, "adapt", 9, False,
            "If the shift manager goes first, will more drivers say yes?",
            "He went first and it made no difference. They would rather it were one of their own.",
        ),
        CyclePlan(
            "bp_checked", "gaps", 68, 12, 1.5, "continue", 10, False,
            "If we come at the change of shift, will more drivers be checked?",
            "Four of twelve sessions fell out, so we cannot say anything. Two volunteers are not enough.",
        ),
        CyclePlan(
            "days_to_follow_up", "moderate improvement", 84, 12, 1.5, "adapt", 12, True,
            "If the union rep hands over the list, will the follow-up call come sooner?",
            "A bit sooner, we think. He wants to keep doing it. Next time we go through the night shift too.",
        ),
    ),
}  # fmt: skip
