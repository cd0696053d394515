"""Disclosure profiles: which counts are hidden, how the rest are rounded, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass

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
        Counts from 1 to this are hidden, and so are counts that would be rounded into that range; 0 stays.
    round_to
        Every other count goes to the nearest multiple of this.
    denominator_from
        Smallest rounded denominator of a share or a rate, in people or what else is counted.
    share_from
        Share (0 to 1) of the points that has to remain for a period to be used.
    span_from
        Least distance between the smallest and the largest value that an outsider can still think possible
        for a hidden count.

    Notes
    -----
    Source of the default: NHS England's rules for hospital and emergency statistics below national level
    (0 stays, 1 to 7 hidden, others to the nearest 5, percentages from rounded counts); docs/privacy.md.
    """

    name: str
    hide_up_to: int = 7
    round_to: int = 5
    denominator_from: int = 20
    share_from: float = 0.8
    span_from: int = 3

    def __post_init__(self) -> None:
        whole = (self.hide_up_to, self.round_to, self.denominator_from, self.span_from)
        if min(whole) < 0 or self.round_to < 1 or not 0 <= self.share_from <= 1:
            raise ValueError(
                f"Profile {self.name!r}: counts from 0, rounding from 1 and a share of 0 to 1 are needed."
            )

    @property
    def error(self) -> int:
        """Largest error that rounding puts into a count of whole people."""
        return self.round_to // 2

    @property
    def greatest_small(self) -> int:
        """Greatest count that is hidden as small (nhs: 7)."""
        counts = np.arange(self.hide_up_to + self.round_to + 1)
        return int(counts[self.is_small(counts)].max(initial=0))

    @property
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
        return (true != 0) & ((true < self.hide_up_to + 1) | (self.rounded(true) <= self.hide_up_to))

    def is_small_complement(self, part: np.ndarray, whole: np.ndarray) -> np.ndarray:
        """Return True where whole minus part is small in truth, or would look small after rounding."""
        looks = self.rounded(whole) - self.rounded(part)
        return self.is_small(np.asarray(whole, dtype=float) - part) | (
            (looks != 0) & (looks <= self.hide_up_to)
        )

    def means_few(self, denominator: np.ndarray) -> np.ndarray:
        """Return True where a denominator is too small for a share or a rate."""
        return self.is_small(denominator) | (self.rounded(denominator) < self.denominator_from)


#: The default, see Profile.
NHS = Profile("nhs")


def why_hidden(reason: WhyHidden | str, profile: Profile = NHS) -> str:
    """Return the answer to "Why hidden?": one or two plain sentences, the same on every screen.

    Raises
    ------
    ValueError
        Where the reason is none of `WhyHidden`.
    """
    up_to = profile.hide_up_to
    return {
        WhyHidden.SMALL: f"Counts of 1 to {up_to} could point to a person.",
        WhyHidden.COMPLEMENT: (
            f"Counts of 1 to {up_to} could point to a person. "
            "This figure is held back so that such a count cannot be worked out from it."
        ),
        WhyHidden.DENOMINATOR: (
            "Too few people stand behind this figure to show it. "
            f"A share is shown from {profile.denominator_from} people, an average from {up_to + 1}."
        ),
        WhyHidden.SERIES: (
            "Too few people stand behind this measure here, even over longer periods. All of it is held back."
        ),
    }[WhyHidden(reason)]


def hidden_label(reason: WhyHidden | str, profile: Profile = NHS) -> str:
    """Return the words beside the star on a chart."""
    return f"1 to {profile.hide_up_to} people" if WhyHidden(reason) == WhyHidden.SMALL else "held back"
