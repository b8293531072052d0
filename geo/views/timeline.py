"""
The timeline: who spoke when, one mark a report, in lanes by speaker or in rows by country.

A selection in, the rows of an Altair chart out. A day is a small mark; a month or a year,
where the source gives no more, is a bar as long as the uncertainty. Two hues: blue for the
words of host authorities, ink for all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.model.entities import Event
from geo.model.names import country_name
from geo.model.vocabulary import CASE_TYPES, CHINA, CLAIM, HOST, NAMED_PARTY, OPERATOR
from geo.wording import N_, _

#: more marks than this no chart can tell apart; the newest are drawn, and the sentence says so
MOST = 1500
#: part of the marks that the opening period holds
_BUSY = 0.8
_PLOT = 700.0  # pixels that the period is packed for
_MARK = 8.5  # pixels that a mark of one day takes


@dataclass(frozen=True, slots=True)
class Lane:
    """
    One kind of speaker, and its sign: a shape, filled or not, in one of two hues.

    Attributes
    ----------
    shape : str
        A symbol of Vega.
    """

    code: str
    label: str
    shape: str
    solid: bool
    blue: bool = False


LANES: dict[str, Lane] = {
    lane.code: lane
    for lane in (
        Lane("claimants", N_("Claimants"), "circle", True),
        Lane("host", N_("Host authorities"), "circle", True, True),
        Lane("courts", N_("Courts"), "square", False, True),
        Lane("china", N_("China"), "circle", False),
        Lane("named", N_("People named"), "diamond", False),
        Lane("others", N_("Others who spoke"), "triangle-up", False),
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
    slot : int
        Line within its row, so that no two marks of the opening period cover each other.
    """

    event: Event
    echoes: int
    row: str
    slot: int = 0

    @property
    def lane(self) -> Lane:
        """The kind of speaker."""
        return LANES[lane_of(self.event)]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that the chart can open on, as a half-open interval of days."""

    code: str
    first: date
    end: date

    @property
    def words(self) -> str:
        """First and last month: “September 2022 to December 2023”."""
        last = self.end - timedelta(days=1)
        return spoken(f"{self.first:%Y-%m}/{last:%Y-%m}")


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


def _pack(marks: Sequence[Mark], day_width: float) -> list[Mark]:
    """Put each mark on the first line of its row where it covers no other."""
    free: dict[str, list[float]] = {}
    placed: list[Mark] = []
    for mark in marks:
        first, end = (
            d.toordinal() * day_width for d in (mark.event.said.first, mark.event.said.end)
        )
        middle, half = (first + end) / 2, max(end - first, _MARK) / 2
        lines = free.setdefault(mark.row, [])
        slot = next((i for i, until in enumerate(lines) if until <= middle - half), len(lines))
        if slot == len(lines):
            lines.append(0.0)
        lines[slot] = middle + half + 1
        placed.append(Mark(mark.event, mark.echoes, mark.row, slot))
    return placed


def _month(day: date, after: int = 0) -> date:
    months = day.year * 12 + day.month - 1 + after
    return date(months // 12, months % 12 + 1, 1)


class Timeline:
    """
    The marks of a selection, and their arrangement.

    Parameters
    ----------
    selection : Selection
        Its events, repeats included.
    by_country : bool
        Whether rows are countries instead of speakers.
    period : str
        ``busy`` for the shortest stretch with most of the marks, ``all``, or a year.
    """

    def __init__(self, selection: Selection, by_country: bool = False, period: str = "") -> None:
        self.selection = selection
        self.by_country = by_country
        self.reports = reports(selection)
        self.drawn = self.reports[-MOST:]
        self._wanted = period

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The stretches that may be picked, by code; empty where there is nothing to draw."""
        if not self.drawn:
            return {}
        days = [event.said for event, _echoes in self.drawn]
        firsts = sorted(d.first for d in days)
        whole = Period("all", _month(firsts[0]), _month(max(d.last for d in days), 1))
        held = max(1, round(len(firsts) * _BUSY))
        start = min(range(len(firsts) - held + 1), key=lambda i: firsts[i + held - 1] - firsts[i])
        busy = Period("busy", _month(firsts[start]), _month(firsts[start + held - 1], 1))
        if (whole.end - whole.first).days <= 550:
            return {"all": whole}
        years = sorted({d.first.year for d in days})
        single = [Period(str(y), date(y, 1, 1), date(y + 1, 1, 1)) for y in years]
        return {p.code: p for p in (busy, whole, *single)}

    @cached_property
    def period(self) -> Period:
        """The stretch that the chart opens on."""
        return self.periods.get(self._wanted) or next(iter(self.periods.values()))

    @cached_property
    def marks(self) -> list[Mark]:
        """One mark a report, each on its line."""
        marks = [
            Mark(event, echoes, event.country if self.by_country else lane_of(event))
            for event, echoes in self.drawn
        ]
        days = max(1, (self.period.end - self.period.first).days) if marks else 1
        return _pack(marks, _PLOT / days)

    @cached_property
    def rows(self) -> list[tuple[str, str]]:
        """Code and label of each row with a mark, from the top down."""
        used = {mark.row for mark in self.marks}
        if not self.by_country:
            return [(lane.code, _(lane.label)) for lane in LANES.values() if lane.code in used]
        return sorted(((code, country_name(code)) for code in used), key=lambda row: row[1])

    @cached_property
    def lanes(self) -> Counter[str]:
        """How many marks each speaker has."""
        return Counter(mark.lane.code for mark in self.marks)

    @property
    def outside(self) -> int:
        """Marks that lie wholly outside the opening period."""
        opened = self.period
        return sum(
            m.event.said.end <= opened.first or m.event.said.first >= opened.end for m in self.marks
        )
