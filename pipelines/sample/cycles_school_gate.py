"""The planted cycles of the school-gate networks, in the groups' words."""

from __future__ import annotations

from pipelines.sample.plan import CyclePlan

CYCLES = {
    "ashfield_gate": (
        CyclePlan(
            "parents_in_touch", "slow improvement", 62, 16, 1.5, "adopt", 9, True,
            "If each parent brings in one other, will more parents be in touch?",
            "Slow but steady, one by one. We nearly stopped after four weeks, "
            "and that would have been a mistake.",
        ),
        CyclePlan(
            "offers_taken", "chance", 79, 12, 1.2, "adapt", 10, False,
            "If offers are written on the fence instead of the message group, will more be taken up?",
            "No difference, and the rain took half of them.",
        ),
        CyclePlan(
            "less_alone", "chance", 96, 8, 2.0, "continue", 11, False,
            "If the circle meets in the dinner hall with tea, will more parents feel less alone?",
            "Too short to tell. Only two rounds of cards so far; we go on until Christmas.",
        ),
    ),
    "brook_end_gate": (
        CyclePlan(
            "parents_in_touch", "autocorrelated", 62, 12, 1.5, "continue", 8, False,
            "If grandparents are asked too, will more families be in touch?",
            "It drifts up and down by itself. Grandparents are welcome whatever the chart says.",
        ),
        CyclePlan(
            "offers_taken", "improvement", 77, 12, 2.0, "adapt", 9, False,
            "If the host asks 'what would help this week?' before offering, will more offers be taken up?",
            "Yes, clearly. When she left for her new job it fell back. "
            "The next host must ask the question too.",
        ),
    ),
    "creekside_gate": (
        CyclePlan(
            "offers_taken", "worsening", 62, 12, 1.2, "abandon", 7, False,
            "If offers come through an app, will more be taken up?",
            "Fewer were. Half the parents never opened it. We went back to talking.",
        ),
        CyclePlan(
            "parents_in_touch", "chance", 78, 12, 1.0, "abandon", 12, False,
            "If the walking bus has a second route, will more parents be in touch?",
            "The same parents, spread thinner. One route is enough.",
        ),
    ),
    "long_meadow_gate": (
        CyclePlan(
            "parents_in_touch", "moderate improvement", 62, 12, 1.2, "adopt", 9, True,
            "If a second bench faces the first, will more parents stop and talk?",
            "It looks like more. The caretaker built it in an afternoon; two other schools have "
            "asked for the drawing.",
        ),
        CyclePlan(
            "offers_taken", "overdispersed", 77, 12, 1.5, "continue", 13, False,
            "If each offer has a name on it, will more be taken up?",
            "Up and down so much from week to week that nothing can be seen in it.",
        ),
    ),
    "millpond_gate": (
        CyclePlan(
            "parents_in_touch", "early cycle", 28, 10, 1.5, "continue", 9, False,
            "If we begin with coffee on the first day of term, will new parents stay in touch?",
            "We began with the change, so there was no before to compare with. Next time we count first.",
        ),
        CyclePlan(
            "less_alone", "chance", 76, 12, 2.0, "adapt", 12, False,
            "If new parents are matched with one who knows the school, will more feel less alone?",
            "We cannot see it yet. Half of the pairs met once only.",
        ),
    ),
    "saltmarsh_gate": (
        CyclePlan(
            "parents_in_touch", "outlier", 62, 12, 1.2, "continue", 8, False,
            "If the late gate has a box of outgrown clothes, will more parents be in touch?",
            "One huge week after the local paper came, then as before. Do not count on the paper.",
        ),
        CyclePlan(
            "less_alone", "improvement", 76, 16, 3.0, "adopt", 14, True,
            "If parents who collect late eat together once a week, will more feel less alone?",
            "Yes. Six families now do it in turns at home. This is the one we would show others.",
        ),
        CyclePlan(
            "offers_taken", "chance", 95, 10, 0.4, "", 0, False,
            "If offers are made by text on Sunday evening, will more be taken up?",
        ),
    ),
    "brook_end_phone_tree": (
        CyclePlan(
            "offers_taken", "chance", 44, 10, 1.5, "adapt", 8, False,
            "If each family rings the next one, will offers reach someone who needs them?",
            "The chain broke at the third call most weeks. We tried a shorter one.",
        ),
        CyclePlan(
            "parents_in_touch", "abandoned", 61, 9, 1.2, "abandon", 16, True,
            "If the tree has only five families to a branch, will more parents be in touch?",
            "Fewer, and one week nobody rang at all. We stopped, and we say so, "
            "so that others need not try.",
        ),
    ),
}  # fmt: skip
