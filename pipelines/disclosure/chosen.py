"""The profile that the owner of the data has chosen: one line in ``privacy.toml``."""

from __future__ import annotations

import tomllib

from pipelines.disclosure.profile import NHS, PROFILES, Profile
from pipelines.errors import Fault, FaultyInputError

#: Beside cycles.csv, or in the data folder.
PRIVACY = "privacy.toml"

#: Profiles for figures that others than the group see.
FOR_OTHERS = tuple(name for name, profile in PROFILES.items() if not profile.hides_nothing)


def chosen_profile(content: bytes | None, file: str = PRIVACY) -> Profile:
    """Return the profile that a privacy file names; the default where there is no file.

    Parameters
    ----------
    content
        Of the file: ``profile = "nhs"``; None where there is none.
    file
        Its path as the person knows it, for faults.

    Raises
    ------
    FaultyInputError
        Where it names no profile, one that there is not, one that hides nothing, or anything else.
    """
    if content is None:
        return NHS
    try:
        settings = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(file, f"This is no TOML ({error}). {_advice()}") from error
    name = settings.pop("profile", None)
    if settings:
        raise _fault(file, f"There is no setting {', '.join(map(repr, settings))}. {_advice()}")
    if name in PROFILES and name not in FOR_OTHERS:
        raise _fault(
            file,
            f"{name!r} hides nothing, and is for the group's own figures, which need no setting. {_advice()}",
        )
    if name not in FOR_OTHERS:
        raise _fault(file, f"{name!r} is no profile. {_advice()}" if name else _advice())
    return PROFILES[str(name)]


def _advice() -> str:
    return f'Write one line, profile = "nhs", with one of: {", ".join(FOR_OTHERS)}.'


def _fault(file: str, reason: str) -> FaultyInputError:
    return FaultyInputError([Fault(file, None, None, reason)])
