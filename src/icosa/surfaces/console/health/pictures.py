"""Bars, as an SVG has them: geometry is in attributes alone, since the policy of the pages allows no style of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 440
HEIGHT: Final = 160
_LEFT: Final = 8
_TOP: Final = 22
_BOTTOM: Final = 26
_LABELS: Final = 6
"""Labels that have room beside each other."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its place; `label` is "" where there is no room, `text` is the number in words."""

    x: float
    y: float
    width: float
    height: float
    label: str
    text: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Picture:
    """`title` and `description` are what is read aloud: what it is, and what it shows."""

    title: str
    description: str
    bars: Sequence[Bar]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - _BOTTOM


def bars(title: str, description: str, values: Sequence[tuple[str, float, str]]) -> Picture:
    """A picture of values, none below 0: label, value, and the value in words."""
    most = max((value for _, value, _ in values), default=0) or 1
    step = (WIDTH - 2 * _LEFT) / max(len(values), 1)
    room = HEIGHT - _TOP - _BOTTOM
    every = -(-len(values) // _LABELS) or 1
    drawn = []
    for at, (label, value, text) in enumerate(values):
        height = max(round(room * value / most, 1), 1.5 if value else 0)
        width = round(min(step * 0.7, 64), 1)
        drawn.append(
            Bar(round(_LEFT + step * (at + 0.5) - width / 2, 1), round(HEIGHT - _BOTTOM - height, 1), width, height,
                label if at % every == 0 else "", text if value else "")
        )  # fmt: skip
    return Picture(title, description, drawn)
