"""How large a slide is drawn on the screen it is on: a room's, a laptop's or a phone's. The styles hold the same sizes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from dashboard.theme import MEETING, PHONE, ChartSize

#: From these widths on, px, a screen is a room's or a laptop's; the style sheet turns at the same.
ROOM_FROM, LAPTOP_FROM = 1600, 900

#: The chart on a laptop's screen: two thirds of a room's.
LAPTOP = replace(
    MEETING, data_line=2, centre=1.6, target=2, prediction_edge=2.8, flag_line=1.1, cap=4, marks=1.3,
    label=17, last_value=24, hover=16, plot_height=330, plot_width=920, left=56, right=226,
    above=10, above_with_words=30, below=12, months_below=36,
)  # fmt: skip

#: What stands above and below the plot, px, where question and sentence take a line each, and the height of a line more.
_ROOM_REST, _LAPTOP_REST = 520, 372
_ROOM_LINES, _LAPTOP_LINES = (72, 48), (48, 33)

#: Letters that a line holds: of the question, and of the sentence.
_ROOM_LETTERS, _LAPTOP_LETTERS = (58, 68), (58, 66)

#: A plot is never lower than this, px: a slide then scrolls rather than hide the chart.
_LOWEST, _LOWEST_LAPTOP = 320, 200


@dataclass(frozen=True)
class Screen:
    """Width and height of the window, px."""

    width: int = 1920
    height: int = 1080

    @property
    def is_phone(self) -> bool:
        """Whether it is read as on a phone."""
        return self.width < LAPTOP_FROM

    def chart(self, question: str, sentence: str) -> ChartSize:
        """Return the size of the chart that fills what the words leave of the screen."""
        if self.is_phone:
            return replace(PHONE, plot_height=190)
        is_room = self.width >= ROOM_FROM
        size, rest, lowest = (
            (MEETING, _ROOM_REST, _LOWEST) if is_room else (LAPTOP, _LAPTOP_REST, _LOWEST_LAPTOP)
        )
        letters, lines = (_ROOM_LETTERS, _ROOM_LINES) if is_room else (_LAPTOP_LETTERS, _LAPTOP_LINES)
        wider = self.width / (1920 if is_room else 1280)
        for words, most, line in zip((question, sentence), letters, lines, strict=True):
            rest += (math.ceil(len(words) / (most * wider)) - 1) * line if words else 0
        room = self.width - size.left - size.right - 72
        return replace(size, plot_height=max(self.height - rest, lowest), plot_width=room)
