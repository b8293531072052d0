"""
Hairlines of vague dates: they fade towards both ends of the date, and the longer the paler.

The source gives a month or a year and no day of it. A line of one strength would weigh with its
length, and the vaguest date would have the most ink.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.views.marks import Mark

#: days up to which a date is drawn as strongly as a month
_SHORT = 62
#: place and opacity of the stops along a month, and along what is longer: strong in its middle only
_MONTH = ((0.0, 0.12), (0.5, 0.8), (1.0, 0.12))
_LONGER = ((0.0, 0.0), (0.32, 0.16), (0.5, 0.72), (0.68, 0.16), (1.0, 0.0))


@dataclass(frozen=True, slots=True)
class Fade:
    """
    A gradient along a hairline.

    Attributes
    ----------
    code : str
        Names it among the gradients of a drawing.
    blue : bool
        Whether it is drawn for a host authority.
    stops : tuple of (float, float)
        Place from 0 to 1, and opacity there.
    """

    code: str
    blue: bool
    stops: tuple[tuple[float, float], ...]


FADES: dict[tuple[bool, bool], Fade] = {
    (blue, long): Fade(
        f"{'blue' if blue else 'ink'}-{'long' if long else 'month'}",
        blue,
        _LONGER if long else _MONTH,
    )
    for blue in (False, True)
    for long in (False, True)
}


def fade_of(mark: Mark) -> Fade:
    """Return the gradient of a vague mark, by its hue and its length."""
    said = mark.event.said
    return FADES[mark.lane.blue, (said.end - said.first).days > _SHORT]
