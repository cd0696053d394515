"""What each key of a definition means, once: the comments of a written file and the helps of the form."""

from __future__ import annotations

#: Key to what it means, in the order in which a definition is written.
MEANING: dict[str, str] = {
    "id": "Key of the measure: small letters, digits and _. Never change it once charts use it.",
    "name": "The measure as a sentence would say it.",
    "short_name": "The same for the wall, about 20 letters.",
    "domain": "reach, quality, impact or balancing (what might get worse while we improve).",
    "kind": "What kind of number: count, proportion, rate, measurement, time_between, opportunities_between; "
    "or a chart: run i ip t g c u up p pp.",
    "numerator": "Column of the log that is counted or measured; several are joined by +.",
    "denominator": "Column it is a share or rate of; several are joined by +. The word sessions counts sessions held.",
    "counts": "people (each once) or visits (each time). Visits added up are not people.",
    "unit": "Words that follow the number.",
    "never_negative": "true where a value below 0 cannot be, as of kilograms, money, minutes; said anyway by counts and shares. "
    "Drawing and sentences then stop at 0.",
    "period": "Width of one point: session, week, 4-week or month.",
    "planned_every": "How often a point is planned; a planned one that is missing is a gap.",
    "better": "up, down or neither.",
    "baseline": "Which points set the usual range: auto, before_cycle, stable_run, first:20, none, "
    "or two dates: 2025-01-06/2025-03-31.",
    "disclosive": "true where it speaks of health, need or conflict: small numbers are held back before others see them.",
    "prototypes": "Prototype ids, theme:<theme>, or * for all.",
    "no_entry_means_zero": "true only where a planned test without an entry truly means none; otherwise it is a gap.",
    "arrives": "as_counted; or rounded, rolling, cumulative, which allow no usual range.",
    "lag_days": "Days after a cycle begins before this measure can move.",
    "display_order": "Place within its domain; small numbers come first.",
    "wall": "false keeps it off the wall; it still shows on the Neighbourhood page.",
    "cascade_step": "Step of the hypertension cascade that the people of the numerator have reached: expected, reached, "
    "measured, raised, confirmation_offered, confirmed, on_register, treated, read_in_12_months, to_target. Shares only.",
    "why": "Why anybody should care.",
    "source": "How the number comes about: who counts, where, when.",
    "target": "Value to reach, and the day from which it holds. Shares are 0 to 1: 80 % is 0.8.",
}
