"""The next upload of a form is read as the last one was, and where that is in doubt a person is asked."""

from __future__ import annotations

import pytest

from pipelines.sources.logs.mapping import ItemSpec, Mapping, write_mapping
from tests.pipelines.understanding.conftest import WEEKS, guess_of, roles_of

ROWS = [
    ["Day of it", "Heads", "Prams", "Dogs", "Site", "Extra"],
    *[[day.isoformat(), 4, 1, 2, "Hall", 9] for day in WEEKS],
]


def mapping_of(prototype: str) -> Mapping:
    items = {name: ItemSpec((name.capitalize(),)) for name in ("heads", "prams", "dogs")}
    return Mapping("heath", prototype, {"tested_on": ("Day of it",), "place": ("Site",)}, items)


@pytest.fixture
def keep_mapping(tmp_path):
    def keep(name: str, mapping: Mapping) -> None:
        (tmp_path / "test_logs").mkdir(exist_ok=True)
        (tmp_path / "test_logs" / f"{name}.toml").write_text(write_mapping(mapping), encoding="utf-8")

    return keep


def test_the_mapping_that_fits_is_taken_as_it_is(understood, keep_mapping):
    keep_mapping("lunch", mapping_of("lunch"))
    proposal = understood(ROWS)
    assert proposal.matches == "test_logs/lunch.toml"
    assert proposal.mapping == mapping_of("lunch")
    assert roles_of(proposal)["Extra"] == "leave out"
    assert all(guess.is_sure for guess in proposal.columns)


def test_of_two_prototypes_with_the_same_form_a_person_chooses(understood, keep_mapping):
    keep_mapping("lunch", mapping_of("lunch"))
    keep_mapping("breakfast", mapping_of("breakfast"))
    proposal = understood(ROWS)
    assert (proposal.mapping.neighbourhood_id, proposal.mapping.prototype_id) == (None, None)
    assert any("breakfast.toml, lunch.toml" in note for note in proposal.notes)


def test_two_files_of_one_prototype_ask_nothing(understood, keep_mapping):
    keep_mapping("lunch", mapping_of("lunch"))
    keep_mapping("lunch 2", mapping_of("lunch"))
    assert understood(ROWS).mapping.prototype_id == "lunch"


def test_a_form_that_has_changed_is_read_as_far_as_it_fits_and_told(understood, keep_mapping):
    keep_mapping("lunch", mapping_of("lunch"))
    changed = [["Day of it", "Heads", "Buggies", "Dogs", "Site", "Extra"], *ROWS[1:]]
    proposal = understood(changed)
    assert proposal.mapping.prototype_id == "lunch"
    assert list(proposal.mapping.items) == ["heads", "dogs"]
    assert not guess_of(proposal, "Buggies").is_sure
    assert any("has changed" in note for note in proposal.notes)


def test_another_form_is_understood_by_itself(understood, keep_mapping):
    keep_mapping("lunch", mapping_of("lunch"))
    proposal = understood([["Date", "Guests"], *[[day.isoformat(), 4] for day in WEEKS]])
    assert proposal.matches is None
    assert proposal.mapping.prototype_id is None


def test_a_broken_mapping_is_passed_over(understood, tmp_path):
    (tmp_path / "test_logs").mkdir()
    (tmp_path / "test_logs" / "broken.toml").write_text("= = =", encoding="utf-8")
    assert understood(ROWS).matches is None
