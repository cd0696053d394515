"""What people entered, in the made-up marts: every table of records, with versions, withdrawals and both audiences."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from tests.dashboard.mart_cycles import SEALED, cycles, results

Rows = list[dict[str, Any]]

STAGES = ("idea", "action", "prototype", "model", "scaled", "stopped")

#: Records in the order of saving; what each says stands in the table of its kind.
RECORD_TABLE = """
id | kind | saved_at | who | supersedes | standing
r01 | stage | 2025-08-04T18:00 | Ashfield design group | | yes
r02 | stage | 2025-09-01T18:00 | Ashfield design group | | yes
r03 | stage | 2025-10-06T18:00 | Ashfield design group | | yes
r04 | stage | 2026-10-12T18:00 | Ashfield design group | | yes
r05 | prediction | 2026-07-28T18:30 | Creekside design group | | yes
r06 | prediction | 2026-08-25T19:00 | Millpond design group | | yes
r07 | prediction | 2026-09-01T18:10 | Ashfield design group | | yes
r08 | prediction | 2026-10-08T17:45 | Saltmarsh design group | | no
r09 | prediction | 2026-10-20T17:45 | Saltmarsh design group | r08 | yes
r10 | session | 2026-11-16T14:32 | Ana | | yes
r11 | learning | 2026-11-22T10:00 | Millpond design group | | no
r12 | learning | 2026-11-22T10:05 | Millpond design group | r11 | yes
r13 | decision | 2026-11-22T10:06 | Millpond design group | | no
r14 | decision | 2026-11-22T10:20 | Millpond design group | r13 | yes
r15 | dissent | 2026-11-22T10:25 | Ben | | yes
r16 | dissent | 2026-11-22T10:30 | Ana | | yes
r17 | annotation | 2026-09-20T09:00 | Ashfield design group | | yes
r18 | quote | 2026-10-01T09:00 | Ashfield design group | | yes
r19 | quote | 2026-10-02T09:00 | Ashfield design group | | yes
r20 | baseline | 2026-03-02T12:00 | Ashfield design group | | yes
r21 | rebase | 2026-11-20T12:00 | Millpond design group | | yes
"""


def add_records(tables: dict[str, Rows], audience: str) -> None:
    """Add the rows of every table of records; what only a group may see is left out of the shared mart."""
    is_shared = audience == "shared"
    tables["record"] = [row for row in _records() if not (is_shared and row["kind"] == "session")]
    tables |= {"stage_event": _stage_events(tables["prototype"]), "stage_count": _stage_counts()}
    tables |= {"prediction": _predictions(), "gate": _gate(), "second_opinion": [_second_opinion()]}
    scopes = [("all", "all"), *([] if is_shared else [("prototype", "millpond_pressure")])]
    tables["calibration"] = [_calibration(*scope) for scope in scopes]
    tables["prediction_error"] = [row for scope in scopes for row in _errors(*scope)]
    tables |= {"decision": _decisions(), "learning": _learnings(), "dissent": _dissents()}
    tables |= {"annotation": _annotations(), "baseline_decision": _baselines()}
    tables["quote"] = [row for row in _quotes() if not (is_shared and row["consent"] == "group")]


def _records() -> Rows:
    lines = [[cell.strip() for cell in line.split("|")] for line in RECORD_TABLE.strip().splitlines()[1:]]
    return [
        {
            "number": number,
            "record_id": record_id,
            "kind": kind,
            "saved_at": dt.datetime.fromisoformat(saved_at),
            "who": who,
            "supersedes": supersedes or None,
            "is_standing": standing == "yes",
            "hash": _hash(record_id),
        }
        for number, (record_id, kind, saved_at, who, supersedes, standing) in enumerate(lines, start=1)
    ]


def _hash(record_id: str) -> str:
    return hashlib.sha256(record_id.encode()).hexdigest()


def _signed(record_id: str, *names: str) -> dict[str, Any]:
    """Return the id of a record and some of its columns."""
    row = next(row for row in _records() if row["record_id"] == record_id)
    return {"record_id": record_id} | {name: row[name] for name in names}


def _stage_events(prototypes: Rows) -> Rows:
    places = {row["prototype_id"]: row["neighbourhood_id"] for row in prototypes}
    written = [
        ("r01", "ashfield_walks", "idea", dt.date(2025, 8, 4), "Two neighbours wanted to walk together."),
        ("r02", "ashfield_walks", "action", dt.date(2025, 9, 1), "The first walk was held."),
        ("r03", "ashfield_pressure", "prototype", dt.date(2025, 10, 6), "It runs every week."),
        ("r04", "ashfield_walks", "stopped", dt.date(2026, 10, 12), "Nobody came after the clocks changed."),
    ]
    recorded = [
        {"prototype_id": prototype_id, "neighbourhood_id": places[prototype_id], "stage": stage}
        | {"reached_on": on, "reason": reason}
        | _signed(record_id, "who")
        for record_id, prototype_id, stage, on, reason in written
    ]
    known = {row["prototype_id"] for row in recorded}
    return recorded + [
        {
            "prototype_id": row["prototype_id"],
            "neighbourhood_id": row["neighbourhood_id"],
            "stage": row["stage"],
        }
        for row in prototypes
        if row["prototype_id"] not in known
    ]


def _stage_counts() -> Rows:
    reached = {"idea": 7, "action": 7, "prototype": 6, "model": 1, "scaled": 0}
    rows, before = [], None
    for order, (stage, n) in enumerate(reached.items(), start=1):
        share = None if not before else n / before
        rows.append(
            {
                "stage": stage,
                "display_order": order,
                "n_reached": n,
                "n_before": before,
                "share": share,
                "share_low": None if share is None else max(0.0, share - 0.2),
                "share_high": None if share is None else min(1.0, share + 0.1),
                "median_wait_days": {"idea": None, "action": 28.0, "prototype": 35.0}.get(stage),
                "n_waiting": {"action": 0, "prototype": 5, "model": 1}.get(stage, 0),
                "n_stopped": int(stage == "action"),
                "sentence": f"{n} of {before or n} came as far as {stage}.",
            }
        )
        before = n
    return rows


def _predictions() -> Rows:
    """A row a prediction: read from files, sealed before Do, and one that took another's place after Do began."""
    judged = {row["cycle_id"]: row for row in results("full")}
    rows = []
    for cycle in cycles():
        if cycle["predicted_value"] is None:
            continue
        record_id = SEALED.get(cycle["cycle_id"])
        rows.append(_prediction(cycle, judged[cycle["cycle_id"]], record_id))
    late = next(row for row in rows if row["prediction_id"] == "r08")
    changed = {
        "value": 24.0,
        "low": 20.0,
        "high": 30.0,
        "supersedes": "r08",
        "reason": "Half-term came in between.",
    }
    sealed = {
        "is_sealed": False,
        "is_scored_one": False,
        "why_not_sealed": "It was written after the first test.",
    }
    none = dict.fromkeys(("observed", "is_inside", "is_direction_right", "error", "interval_score", "skill"))
    seal = _signed("r09", "saved_at", "who", "hash")
    return [
        *rows,
        late
        | changed
        | sealed
        | none
        | {"prediction_id": "r09", "sealed_at": seal["saved_at"], "seal": seal["hash"], "is_due": False},
    ]


def _prediction(cycle: dict[str, Any], result: dict[str, Any], record_id: str | None) -> dict[str, Any]:
    is_due = cycle["predicted_for"] <= dt.date(2026, 11, 22)
    observed = result["observed"] if is_due else None
    seal = _signed(record_id, "saved_at", "who", "hash") if record_id else {}
    return {
        "prediction_id": record_id or f"file:{cycle['cycle_id']}",
        "cycle_id": cycle["cycle_id"],
        "prototype_id": cycle["prototype_id"],
        "neighbourhood_id": result["neighbourhood_id"],
        "measure_id": cycle["primary_measure"],
        "direction": ("down" if cycle["primary_measure"] == "days_to_follow_up" else "up")
        if record_id
        else None,
        "value": cycle["predicted_value"],
        "low": cycle["predicted_low"],
        "high": cycle["predicted_high"],
        "predicted_for": cycle["predicted_for"],
        "sealed_at": seal.get("saved_at"),
        "who": seal.get("who"),
        "seal": seal.get("hash"),
        "supersedes": None,
        "reason": None,
        "is_sealed": record_id is not None,
        "is_scored_one": True,
        "why_not_sealed": None
        if record_id
        else "It was read from a file, so nobody can tell when it was written.",
        "observed": observed,
        "is_due": is_due,
        "is_inside": result["prediction_inside"] if is_due else None,
        "is_direction_right": None
        if observed is None or not record_id
        else cycle["cycle_id"] != "creekside_1",
        "error": result["prediction_error"] if is_due else None,
        "interval_score": None if observed is None else 4.0,
        "naive_value": result["before"],
        "naive_low": result["before_lower"],
        "naive_high": result["before_upper"],
        "naive_score": None if observed is None else 5.0,
        "skill": None if observed is None else 0.2,
    }


def _scored(scope: str, scope_id: str) -> Rows:
    rows = [row for row in _predictions() if row["is_sealed"] and row["is_inside"] is not None]
    return [row for row in rows if scope == "all" or row["prototype_id"] == scope_id]


def _calibration(scope: str, scope_id: str) -> dict[str, Any]:
    scored = _scored(scope, scope_id)
    sealed = [row for row in _predictions() if row["is_sealed"]]
    return {
        "scope": scope,
        "scope_id": scope_id,
        "n_sealed": len([row for row in sealed if scope == "all" or row["prototype_id"] == scope_id]),
        "n_scored": len(scored),
        "n_inside": sum(row["is_inside"] for row in scored),
        "share": sum(row["is_inside"] for row in scored) / len(scored),
        "share_low": 0.2,
        "share_high": 0.95,
        "promised": 0.8,
        "state": "too few",
        "mean_skill": 0.2,
        "error_median": 0.8,
        "sentence": f"Too few cycles to tell ({len(scored)} of 20).",
        "error_sentence": "Cannot yet tell: too few predictions have come due.",
    }


def _errors(scope: str, scope_id: str) -> Rows:
    rows = []
    for position, row in enumerate(sorted(_scored(scope, scope_id), key=lambda row: row["predicted_for"])):
        half = (row["high"] - row["low"]) / 2
        place = (row["observed"] - (row["high"] + row["low"]) / 2) / half
        rows.append(
            {
                "scope": scope,
                "scope_id": scope_id,
                "position": position,
                "cycle_id": row["cycle_id"],
                "due_on": row["predicted_for"],
                "value": abs(place),
                "place": place,
                "is_inside": abs(place) <= 1,
                "median": None,
                "words": f"{row['cycle_id']}: {'inside' if abs(place) <= 1 else 'outside'} its range.",
            }
        )
    return rows


def _gate() -> Rows:
    answers = [
        ("kept", "Kept in two cycles", "yes", "Two cycles improved."),
        ("spread", "Tried elsewhere", "no", "It has been tried in one neighbourhood."),
        ("reach", "Reaches people", "cannot yet tell", "Nine of 20 weeks are in."),
    ]
    return [
        {"prototype_id": "millpond_pressure", "rule": rule, "display_order": order, "answer": answer}
        | {"label": label, "evidence": evidence}
        | {"sentence": "Not yet. One rule met, one not, one cannot yet be told."}
        for order, (rule, label, answer, evidence) in enumerate(answers, start=1)
    ]


def _second_opinion() -> dict[str, Any]:
    return {
        "cycle_id": "millpond_1",
        "step": -2.8,
        "step_low": -4.4,
        "step_high": -1.2,
        "scale": "difference",
        "p_value": 0.001,
        "slope": 0.0,
        "slope_low": -0.2,
        "slope_high": 0.2,
        "autocorrelation": 0.1,
        "newey_west_low": -4.2,
        "newey_west_high": -1.4,
        "n_before": 20,
        "n_during": 12,
        "sentence": "A second way of looking agrees: 2.8 days sooner at the start of the cycle.",
    }


def _decisions() -> Rows:
    told = [
        ("r13", "adapt", "The diary needs a second nurse."),
        ("r14", "adopt", "Nobody was lost between two diaries."),
    ]
    return [
        _signed(record_id, "who", "saved_at", "is_standing")
        | {
            "cycle_id": "millpond_1",
            "decision": decision,
            "decided_on": dt.date(2026, 11, 22),
            "reason": reason,
        }
        | {
            "next_step": "Offer the diary to Saltmarsh.",
            "by_whom": "the lead nurse",
            "by_when": dt.date(2026, 12, 13),
        }
        for record_id, decision, reason in told
    ]


def _learnings() -> Rows:
    told = {"r11": "One diary.", "r12": "One diary, fewer lost bookings."}
    return [
        _signed(record_id, "who", "saved_at", "is_standing") | {"cycle_id": "millpond_1", "text": text}
        for record_id, text in told.items()
    ]


def _dissents() -> Rows:
    told = [
        ("r15", "millpond_1", "Two staff joined that month; it may be them.", "practice manager"),
        ("r16", "people_reached@ashfield_pressure", "The market moved closer.", None),
    ]
    return [
        _signed(record_id, "who", "saved_at") | {"about": about, "text": text, "role": role}
        for record_id, about, text, role in told
    ]


def _annotations() -> Rows:
    happened = {"prototype_id": "ashfield_pressure", "happened_on": dt.date(2026, 9, 14)}
    return [_signed("r17", "who") | happened | {"text": "The market moved to the square."}]


def _quotes() -> Rows:
    told = [("r18", "group", "I only came for the tea."), ("r19", "everyone", "Somebody asked how I was.")]
    return [
        {"record_id": record_id, "prototype_id": "ashfield_pressure", "text": text, "said_by": "a guest"}
        | {"consent": consent}
        for record_id, consent, text in told
    ]


def _baselines() -> Rows:
    names = ("who", "saved_at", "is_standing")
    answers = dict.fromkeys(
        ("is_distinct", "is_reason_known", "is_desirable_or_redefined", "is_expected_to_continue"), True
    )
    return [
        _signed("r20", *names)
        | {"series_id": "people_reached@ashfield_pressure", "what": "baseline"}
        | {
            "first_on": dt.date(2025, 10, 13),
            "last_on": dt.date(2026, 2, 23),
            "reason": "A usual autumn and winter.",
        },
        _signed("r21", *names)
        | {
            "series_id": "days_to_follow_up@millpond_pressure",
            "what": "rebase",
            "from_on": dt.date(2026, 9, 14),
        }
        | {"reason": "The shared diary stays.", "answers": json.dumps(answers | {"n_points_observed": 10})}
        | {"note": "Ten points so far: provisional until there are twelve."},
    ]
