"""
The timeline's marks: which reports have one, what it looks like, and where it is in its row.

Two hues: blue for the words of host authorities, ink for all others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.link.selection import Selection
from geo.model.entities import Event
from geo.model.vocabulary import CASE_TYPES, CHINA, CLAIM, HOST, NAMED_PARTY, OPERATOR
from geo.wording import N_

#: pixels that a period is packed for; a screen may be narrower or wider
PLOT = 700.0
_MARK = 8.5  # pixels that a mark of one day takes
_ROOM = 24.0  # pixels around a mark, without another, that allow a target of 24 pixels


@dataclass(frozen=True, slots=True)
class Lane:
    """
    One kind of speaker, and its sign: a shape, filled or not, in one of two hues.

    Attributes
    ----------
    shape : str
        ``circle``, ``square``, ``diamond`` or ``triangle``.
    """

    code: str
    label: str
    shape: str
    solid: bool
    blue: bool = False

    @property
    def look(self) -> str:
        """Hue and fill, as the classes that colour a sign."""
        return f"{'blue' if self.blue else 'ink'} {'solid' if self.solid else 'line'}"


LANES: dict[str, Lane] = {
    lane.code: lane
    for lane in (
        Lane("claimants", N_("Claimants"), "circle", True),
        Lane("host", N_("Host authorities"), "circle", True, True),
        Lane("courts", N_("Courts"), "square", False, True),
        Lane("china", N_("China"), "circle", False),
        Lane("named", N_("Those named"), "diamond", False),
        Lane("others", N_("Others"), "triangle", False),
    )
}


def lane_of(event: Event) -> str:
    """Return the code of an event's lane, by who spoke."""
    if event.event_type == CLAIM:
        return "claimants"
    if event.actor_type == HOST:
        return "courts" if event.event_type in CASE_TYPES else "host"
    if event.actor_type == CHINA:
        return "china"
    return "named" if event.actor_type in (OPERATOR, NAMED_PARTY) else "others"


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
    slot : int
        Line within its row, so that no two marks of the period cover each other.
    """

    event: Event
    echoes: int
    row: str
    slot: int = 0

    @property
    def lane(self) -> Lane:
        """The kind of speaker."""
        return LANES[lane_of(self.event)]

    @property
    def wide(self) -> bool:
        """Whether the source gives no day: the mark is a bar as long as the uncertainty."""
        said = self.event.said
        return (said.end - said.first).days > 1

    def extent(self, day_width: float) -> tuple[float, float]:
        """Return where it begins and ends, in pixels from year 1, by the pixels of a day."""
        said = self.event.said
        first, end = said.first.toordinal() * day_width, said.end.toordinal() * day_width
        middle, half = (first + end) / 2, max(end - first, _MARK) / 2
        return middle - half, middle + half


def _root(event: Event, known: dict[str, Event]) -> Event:
    seen = {event.id}
    while event.repeat_of in known and event.repeat_of not in seen:
        seen.add(event.repeat_of)
        event = known[event.repeat_of]
    return event


def reports(selection: Selection) -> list[tuple[Event, int]]:
    """
    List the reports of a selection, oldest first, with the number of entries that restate each.

    An entry that restates another is never drawn. Its report is drawn once, also where only
    such entries are selected. If the report may not be shown, one of the entries replaces it.

    Returns
    -------
    list of (Event, int)
        Report, and how many selected entries restate it.
    """
    public = {e.id: e for e in selection.snapshot.events}
    roots: dict[str, Event] = {}
    echoes: Counter[str] = Counter()
    for event in selection.events:
        root = _root(event, public)
        key = root.repeat_of or root.id
        roots.setdefault(key, root)
        echoes[key] += event is not root
    pairs = [(event, echoes[key]) for key, event in roots.items()]
    return sorted(pairs, key=lambda p: (p[0].said.first, p[0].said.end, p[0].position))


def pack(marks: Sequence[Mark], day_width: float) -> list[Mark]:
    """
    Put each mark on the first line of its row where it covers no other.

    Parameters
    ----------
    marks : sequence of Mark
        Oldest first.
    day_width : float
        Pixels of a day.

    Returns
    -------
    list of Mark
        The same marks in the same order, with their lines.
    """
    free: dict[str, list[float]] = {}
    placed: list[Mark] = []
    for mark in marks:
        begin, finish = mark.extent(day_width)
        lines = free.setdefault(mark.row, [])
        slot = next((i for i, until in enumerate(lines) if until <= begin), len(lines))
        if slot == len(lines):
            lines.append(0.0)
        lines[slot] = finish + 1
        placed.append(replace(mark, slot=slot))
    return placed


def with_room(marks: Sequence[Mark], day_width: float) -> frozenset[str]:
    """
    Find the marks that can have a larger target without covering another mark.

    Parameters
    ----------
    marks : sequence of Mark
        As `pack` returns them.
    day_width : float
        Pixels of a day.

    Returns
    -------
    frozenset of str
        Ids of the events of marks with no other near them, on their line or the next.
    """
    lines: dict[tuple[str, int], list[tuple[float, float]]] = defaultdict(list)
    for mark in marks:
        lines[mark.row, mark.slot].append(mark.extent(day_width))
    found = set()
    for mark in marks:
        begin, finish = mark.extent(day_width)
        # marks of one line do not overlap, so they are in the order of their ends too
        near = sum(
            _near(lines.get((mark.row, mark.slot + step), []), begin, finish) for step in (-1, 0, 1)
        )
        if near == 1:
            found.add(mark.event.id)
    return frozenset(found)


def _near(line: list[tuple[float, float]], begin: float, finish: float) -> int:
    """Count the marks of a line around an extent, two at most."""
    at = bisect_left(line, begin - _ROOM, key=lambda extent: extent[1])
    return sum(extent[0] < finish + _ROOM for extent in line[at : at + 2])
