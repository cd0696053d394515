"""The form's answers and the definition they make: what is asked, what is still open, what cannot be used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from pipelines.errors import Fault
from pipelines.measures import ARRIVES, Measure, check_measure, definition_of, items_of
from pipelines.vocabulary import ChartKind, DataType, Period

#: Every answer is kept in the session under its key with this before it.
PREFIX = "measure_"

#: Keys of a definition that the form asks for, and what it calls them where one is still open.
ASKED = {
    "name": "its name",
    "domain": "what it speaks of",
    "kind": "what kind of number it is",
    "numerator": "which column is counted",
    "denominator": "out of which column",
    "unit": "the words after the number",
    "period": "how often a point is drawn",
    "better": "which way is better",
    "disclosive": "whether it speaks of health, need or conflict",
    "prototypes": "which prototypes use it",
    "why": "why anybody should care",
    "source": "how the number comes about",
    "id": "its key",
}

SHARES = (DataType.PROPORTION, ChartKind.P, ChartKind.PP)

EVERYWHERE, THEME, CHOSEN = "every prototype", "the prototypes of a theme", "some prototypes"
PERSONS = {"people": "people, each once", "visits": "visits, each time", "": "neither"}
YES_NO = {True: "yes", False: "no"}

#: Optional keys that are left out where they say nothing but their default.
SILENT = {
    "never_negative": False,
    "no_entry_means_zero": False,
    "arrives": ARRIVES[0],
    "lag_days": 0,
    "display_order": 100,
    "cascade_step": None,
}

#: What a blank form starts from.
BLANK: dict[str, Any] = {
    "name": "", "short_name": "", "domain": None, "kind": None, "numerator": [], "denominator": [], "counts": "",
    "unit": "", "period": str(Period.WEEK), "planned_every": "", "better": None, "disclosive": None, "use": None,
    "themes": [], "chosen": [], "why": "", "source": "", "baseline": "auto", "id": "", "no_entry_means_zero": False,
    "never_negative": False, "arrives": ARRIVES[0], "lag_days": 0, "display_order": 100, "wall": True, "n_targets": 1,
    "replace": False, "cascade_step": None,
}  # fmt: skip


def begin(state: MutableMapping[Any, Any], like: Measure | None) -> None:
    """Fill the form in, blank or like a measure, unless it has been begun so already."""
    begun = like.measure_id if like else ""
    if state.get(PREFIX + "begun") == begun and PREFIX + "name" in state:
        return
    for key in [key for key in state if str(key).startswith(PREFIX)]:
        del state[key]
    state.update({PREFIX + key: value for key, value in (answers_of(like) if like else BLANK).items()})
    state[PREFIX + "begun"] = begun


def answers_of(measure: Measure) -> dict[str, Any]:
    """Return the answers that make a measure."""
    said = definition_of(measure)
    themes = [one.removeprefix("theme:") for one in measure.prototypes if one.startswith("theme:")]
    single = [one for one in measure.prototypes if not one.startswith("theme:") and one != "*"]
    answers = BLANK | {key: said[key] for key in BLANK if key in said}
    answers |= {
        "numerator": list(items_of(measure.numerator)),
        "denominator": list(items_of(measure.denominator)),
        "counts": measure.counts or "",
        "use": EVERYWHERE if "*" in measure.prototypes else THEME if themes else CHOSEN,
        "themes": themes,
        "chosen": single,
        "n_targets": max(len(measure.targets), 1),
    }
    scale = 100 if measure.is_share else 1
    for at, target in enumerate(measure.targets):
        answers |= {f"from_{at}": target.from_on, f"value_{at}": round(target.value * scale, 6)}
    return answers


def definition_from(state: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the definition that the answers so far make; a question without an answer has no key."""
    answers = BLANK | {
        str(key).removeprefix(PREFIX): state[key] for key in state if str(key).startswith(PREFIX)
    }
    words = {key: str(answers[key] or "").strip() for key in ("name", "short_name", "unit", "why", "source")}
    made = {
        "id": str(answers["id"] or "").strip() or slug(words["short_name"] or words["name"]),
        **words,
        "domain": answers["domain"],
        "kind": answers["kind"],
        "numerator": " + ".join(answers["numerator"]),
        "denominator": " + ".join(answers["denominator"]),
        "counts": answers["counts"],
        "period": answers["period"],
        "planned_every": str(answers["planned_every"] or "").strip(),
        "better": answers["better"],
        "baseline": str(answers["baseline"] or "").strip(),
        "disclosive": answers["disclosive"],
        "prototypes": _prototypes(answers),
        **{key: answers[key] for key, default in SILENT.items() if answers[key] != default},
        "wall": answers["wall"],
        "target": _targets(answers),
    }
    return {key: value for key, value in made.items() if value not in (None, "", [])}


def slug(words: str) -> str:
    """Return words as an id: ``People checked!`` is ``people_checked``."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_0123456789")[:40].strip("_")


def open_questions(definition: Mapping[str, Any]) -> list[str]:
    """Return the keys that need an answer and have none, in the order of the form."""
    missing = {fault.column for fault in check_measure(definition) if fault.column not in definition}
    return [key for key in ASKED if key in missing]


def faults_of(definition: Mapping[str, Any], taken: Sequence[str], replace: bool) -> list[Fault]:
    """Return what is wrong with the answers given, each with its key as `column`."""
    half = _half_targets(definition)
    found = [
        fault
        for fault in check_measure(definition)
        if fault.column in definition and not (half and fault.column == "target")
    ]
    found += [Fault("the new measure", None, "target", reason) for reason in half]
    if definition.get("id") in taken and not replace:
        reason = (
            "A measure with this key is in use. Choose another key, or tick that it takes that one's place."
        )
        found.append(Fault("the new measure", None, "id", reason))
    return found


def _half_targets(definition: Mapping[str, Any]) -> list[str]:
    """Return what targets lack of which only the day or only the value was given."""
    targets = definition.get("target", [])
    told = ["A target needs the day from which it holds."] * any("from" not in one for one in targets)
    return told + ["A day needs the target that holds from it."] * any("value" not in one for one in targets)


def _prototypes(answers: Mapping[str, Any]) -> list[str]:
    if answers["use"] == EVERYWHERE:
        return ["*"]
    if answers["use"] == THEME:
        return [*(f"theme:{theme}" for theme in answers["themes"]), *answers["chosen"]]
    return list(answers["chosen"]) if answers["use"] == CHOSEN else []


def _targets(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the targets of which anything is said; shares are asked in per cent and kept as 0 to 1."""
    scale = 100 if answers["kind"] in SHARES else 1
    rows = [
        (answers.get(f"from_{at}"), answers.get(f"value_{at}")) for at in range(int(answers["n_targets"]))
    ]
    return [
        {
            **({} if day is None else {"from": day}),
            **({} if value is None else {"value": round(value / scale, 8)}),
        }
        for day, value in rows
        if day is not None or value is not None
    ]
