"""Disclosure profiles: which counts are hidden, how the rest are rounded, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipelines.vocabulary import WhyHidden


@dataclass(frozen=True)
class Profile:
    """One set of disclosure rules, chosen by the owner of the data.

    Parameters
    ----------
    name
        As printed in notes and on the Data page.
    hide_up_to
        Counts from 1 to this are hidden, and so are counts that would be rounded into that range.
    round_to
        Every other count goes to the nearest multiple of this.
    denominator_from
        Smallest rounded denominator of a share or a rate, in people or what else is counted. Of fewer in truth, all or
        none of them is hidden too: "none of these six" speaks of each of the six.
    share_from
        Share (0 to 1) of the points that has to remain for a period to be used.
    values_from
        Least number of values that must remain possible for a hidden count, given all that is published.
    hide_zero
        Whether 0 is hidden with the small counts.

    Notes
    -----
    Sources: NHS England's rules for hospital and emergency statistics below national level (0 stays, 1 to 7 hidden,
    others to the nearest 5, percentages from rounded counts); OpenSAFELY's measures (7 or fewer redacted, 0 among them,
    then the nearest 5); the older rule of "fewer than 5". The rest of each profile is the project's (docs/privacy.md).
    """

    name: str
    hide_up_to: int = 7
    round_to: int = 5
    denominator_from: int = 20
    share_from: float = 0.8
    values_from: int = 8
    hide_zero: bool = False

    def __post_init__(self) -> None:
        whole = (self.hide_up_to, self.round_to, self.denominator_from, self.values_from)
        if min(whole) < 0 or self.round_to < 1 or not 0 <= self.share_from <= 1:
            raise ValueError(
                f"Profile {self.name!r}: counts from 0, rounding from 1 and a share of 0 to 1 are needed."
            )

    @property
    def error(self) -> int:
        """Largest error that rounding puts into a count of whole people."""
        return self.round_to // 2

    @property
    def hides_nothing(self) -> bool:
        """Whether every figure is shown as it was counted."""
        return self.hide_up_to == 0 and self.round_to == 1 and self.denominator_from == 0

    @cached_property
    def least_small(self) -> int:
        """Least count that is hidden as small: 1, or 0 where 0 is hidden too."""
        return 0 if self.hide_zero else 1

    @property
    def small_words(self) -> str:
        """The counts that are hidden as small (nhs: "1 to 7")."""
        return f"{self.least_small} to {self.hide_up_to}"

    @cached_property
    def greatest_small(self) -> int:
        """Greatest count that is hidden as small (nhs: 7)."""
        counts = np.arange(self.hide_up_to + self.round_to + 1)
        return int(counts[self.is_small(counts)].max(initial=0))

    @cached_property
    def greatest_few(self) -> int:
        """Greatest denominator that is too small for a share or a rate (nhs: 17)."""
        counts = np.arange(max(self.denominator_from, self.hide_up_to) + self.round_to + 1)
        return int(counts[self.means_few(counts)].max(initial=0))

    def rounded(self, counts: np.ndarray) -> np.ndarray:
        """Return counts rounded to the nearest multiple, halves upwards; NaN stays NaN."""
        return np.floor(np.asarray(counts, dtype=float) / self.round_to + 0.5) * self.round_to

    def is_small(self, counts: np.ndarray) -> np.ndarray:
        """Return True where a true count is hidden as small; a negative one is, NaN is not."""
        true = np.asarray(counts, dtype=float)
        is_zero = (true == 0) & (not self.hide_zero)
        return ~is_zero & ((true < self.hide_up_to + 1) | (self.rounded(true) <= self.hide_up_to))

    def is_small_complement(self, part: np.ndarray, whole: np.ndarray) -> np.ndarray:
        """Return True where whole minus part is small in truth, or would look small after rounding."""
        looks = self.rounded(whole) - self.rounded(part)
        looks_small = (looks <= self.hide_up_to) & (self.hide_zero | (looks != 0))
        return self.is_small(np.asarray(whole, dtype=float) - part) | looks_small

    def is_all_or_none_of_few(self, part: np.ndarray, whole: np.ndarray) -> np.ndarray:
        """Return True where all, or none, of fewer than `denominator_from` are meant: then each of them is."""
        true = np.asarray(whole, dtype=float)
        return (true < self.denominator_from) & ((np.asarray(part) == 0) | (np.asarray(part) == true))

    def known_of(self, shown: float) -> tuple[float, float]:
        """Return the least and greatest true count behind a count that is shown."""
        if shown == 0:
            return 0.0, 0.0
        low = shown - self.round_to // 2
        return max(low, self.greatest_small + 1.0), shown + (self.round_to - 1) // 2

    def means_few(self, denominator: np.ndarray) -> np.ndarray:
        """Return True where a denominator is too small for a share or a rate."""
        return self.is_small(denominator) | (self.rounded(denominator) < self.denominator_from)


#: The default, see Profile.
NHS = Profile("nhs")

#: What the owner of the data may choose from (`privacy.toml`, docs/privacy.md).
PROFILES = {
    profile.name: profile
    for profile in (
        NHS,
        Profile("opensafely", hide_zero=True),
        Profile("lt5", hide_up_to=4, round_to=1),
        Profile("none", hide_up_to=0, round_to=1, denominator_from=0, share_from=0.0, values_from=0),
    )
}


def why_hidden(reason: WhyHidden | str, profile: Profile = NHS) -> str:
    """Return the answer to "Why hidden?": one or two plain sentences, the same on every screen.

    Raises
    ------
    ValueError
        Where the reason is none of `WhyHidden`.
    """
    small = f"Counts of {profile.small_words} could point to a person."
    return {
        WhyHidden.SMALL: small,
        WhyHidden.COMPLEMENT: (
            f"{small} This figure is held back so that such a count cannot be worked out from it."
        ),
        WhyHidden.HELD: (
            f"{small} Such a count is held back, and so is a figure from which one could be worked out. "
            "Which of the two this is, is not said."
        ),
        WhyHidden.DENOMINATOR: (
            "Too few people stand behind this figure to show it. "
            f"A share is shown from {profile.denominator_from} people, an average from {profile.hide_up_to + 1}."
        ),
        WhyHidden.SERIES: (
            "Too few people stand behind this measure here, even over longer periods. All of it is held back."
        ),
    }[WhyHidden(reason)]


def hidden_label(reason: WhyHidden | str, profile: Profile = NHS) -> str:
    """Return the words beside the star on a chart."""
    is_small = WhyHidden(reason) == WhyHidden.SMALL
    return f"{profile.small_words} people" if is_small else "held back"
