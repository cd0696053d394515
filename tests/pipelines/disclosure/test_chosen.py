"""The owner of the data chooses a profile by one line."""

from __future__ import annotations

import pytest

from pipelines.disclosure import NHS, PROFILES, chosen_profile
from pipelines.errors import FaultyInputError


def test_without_a_file_the_default_holds():
    assert chosen_profile(None) == NHS


@pytest.mark.parametrize("name", ["nhs", "opensafely", "lt5"])
def test_a_profile_is_chosen_by_its_name(name):
    assert chosen_profile(f'profile = "{name}"\n'.encode()) == PROFILES[name]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'profile = "nhs2"', "'nhs2' is no profile"),
        (b'profile = "none"', "'none' hides nothing"),
        (b"profile = 5", "5 is no profile"),
        (b"", "Write one line"),
        (b'profil = "nhs"', "no setting 'profil'"),
        (b'profile = "nhs"\nround_to = 3', "no setting 'round_to'"),
        (b"profile: nhs", "This is no TOML"),
        (b"\xff\xfe", "This is no TOML"),
    ],
)
def test_anything_else_is_told_with_the_names_that_there_are(content, told):
    with pytest.raises(FaultyInputError) as caught:
        chosen_profile(content, "data/privacy.toml")
    assert told in str(caught.value)
    assert str(caught.value).startswith("data/privacy.toml: ")
    assert "nhs, opensafely, lt5" in str(caught.value)
