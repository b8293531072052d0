"""
The timeline's marks: one a report, in the row of who spoke or of a country.

A known day is a dot above the row's line, stacked where days are close; a month or a year is a
hairline below it, as long as the doubt. Blue is for host authorities, ink for all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from geo.link.reports import by_host_authority
from geo.model.entities import Event
from geo.model.vocabulary import CHINA, CLAIM, NAMED_PARTY, OPERATOR
from geo.views.time_axis import NARROW, WIDE
from geo.wording import N_

#: pixels that a dot takes across and up, and that a hairline takes at least across
DOT, SHORTEST = 6.2, 8.0


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of speaker, whose marks make a row."""

    code: str
    label: str
    blue: bool = False


LANES: dict[str, Lane] = {
    lane.code: lane
    for lane in (
        Lane("claimants", N_("Claimants")),
        Lane("host", N_("Host authorities"), True),
        Lane("china", N_("China")),
        Lane("named", N_("Those named")),
        Lane("others", N_("Others who spoke")),
    )
}


def lane_of(event: Event) -> str:
    """Return the code of an event's lane, by who spoke; courts are host authorities."""
    if event.event_type == CLAIM:
        return "claimants"
    if by_host_authority(event):
        return "host"
    if event.actor_type == CHINA:
        return "china"
    return "named" if event.actor_type in (OPERATOR, NAMED_PARTY) else "others"


class Slots(NamedTuple):
    """How far a mark is from its row's line, in marks, on a wide and on a narrow chart."""

    wide: int = 0
    narrow: int = 0


ON_THE_LINE = Slots()


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One report as drawn.

    Attributes
    ----------
    event : Event
        The report itself, also where the selection only has entries that restate it.
    echoes : int
        Selected entries that restate it: listed, and drawn by this mark.
    row : str
        Code of its row: a lane or a country.
    slots : Slots
        Upwards for a dot and downwards for a hairline, so that no two marks of the period
        cover each other.
    """

    event: Event
    echoes: int
    row: str
    slots: Slots = ON_THE_LINE

    @property
    def lane(self) -> Lane:
        """The kind of speaker."""
        return LANES[lane_of(self.event)]

    @property
    def vague(self) -> bool:
        """Whether the source gives no day."""
        said = self.event.said
        return (said.end - said.first).days > 1

    def extent(self, day_width: float) -> tuple[float, float]:
        """Return where it begins and ends, in pixels from year 1, by the pixels of a day."""
        said = self.event.said
        first, end = said.first.toordinal() * day_width, said.end.toordinal() * day_width
        if not self.vague:
            middle = (first + end) / 2
            return middle - DOT / 2, middle + DOT / 2
        return first, max(end, first + SHORTEST)


def pack(marks: Sequence[Mark], days: int) -> list[Mark]:
    """
    Stack the marks of each row so that none covers another.

    Parameters
    ----------
    marks : sequence of Mark
        Those with a day in the period, oldest first.
    days : int
        Length of the period.

    Returns
    -------
    list of Mark
        The same marks in the same order, with their slots.
    """
    both = (_stacked(marks, width / days) for width in (WIDE, NARROW))
    return [replace(mark, slots=Slots(*slots)) for mark, *slots in zip(marks, *both, strict=True)]


def _stacked(marks: Iterable[Mark], day_width: float) -> list[int]:
    """Return the first free slot of each mark, dots and hairlines apart."""
    free: dict[tuple[str, bool], list[float]] = {}
    found = []
    for mark in marks:
        begin, finish = mark.extent(day_width)
        ends = free.setdefault((mark.row, mark.vague), [])
        slot = next((i for i, until in enumerate(ends) if until <= begin + 1e-6), len(ends))
        if slot == len(ends):
            ends.append(0.0)
        ends[slot] = finish
        found.append(slot)
    return found
