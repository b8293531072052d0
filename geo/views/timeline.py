"""The timeline: who spoke when, one mark a report, in rows by speaker or by country."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from geo.link.reports import reports
from geo.link.selection import Selection
from geo.model.names import country_name
from geo.model.vocabulary import ACTORS, CASE_TYPES
from geo.views.marks import LANES, Mark, lane_of, pack
from geo.views.periods import Period, period_of, periods_of
from geo.wording import _

#: more marks than this no chart can tell apart; the newest are drawn, and the sentence says so
MOST = 1500


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row of the timeline.

    Attributes
    ----------
    count : int
        Its marks in any period.
    note : str
        Who speaks in it; empty where the label says it.
    blue : bool
        Whether only host authorities speak in it.
    """

    code: str
    label: str
    count: int
    note: str = ""
    blue: bool = False


class Timeline:
    """
    The marks of a selection, and their arrangement.

    Parameters
    ----------
    selection : Selection
        Its events, repeats included.
    by_country : bool
        Whether rows are countries instead of speakers.
    wanted : str
        The period to show, as `Period.code`; the busiest time where it names none.
    """

    def __init__(self, selection: Selection, by_country: bool = False, wanted: str = "") -> None:
        self.selection = selection
        self.by_country = by_country
        self.reports = reports(selection)
        self.drawn = self.reports[-MOST:]
        self._wanted = wanted

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The periods to offer, by code; empty where there is nothing to draw."""
        return periods_of([event.said for event, _echoes in self.drawn])

    @cached_property
    def period(self) -> Period:
        """The period shown; there must be a mark."""
        return period_of(self._wanted, self.periods)

    @cached_property
    def marks(self) -> list[Mark]:
        """One mark a report, oldest first, whether in the period or not."""
        return [
            Mark(event, echoes, event.country if self.by_country else lane_of(event))
            for event, echoes in self.drawn
        ]

    @cached_property
    def shown(self) -> list[Mark]:
        """The marks that have a day in the period, each in its slots."""
        inside = [
            mark
            for mark in self.marks
            if self.period.overlaps(mark.event.said.first, mark.event.said.end)
        ]
        return pack(inside, self.period.days)

    @cached_property
    def rows(self) -> list[Row]:
        """Each row with a mark in any period, from the top down."""
        counts = Counter(mark.row for mark in self.marks)
        if self.by_country:
            found = [Row(code, country_name(code), count) for code, count in counts.items()]
            return sorted(found, key=lambda row: row.label)
        return [
            Row(code, _(lane.label), counts[code], self._speakers(code), lane.blue)
            for code, lane in LANES.items()
            if counts[code]
        ]

    def _speakers(self, code: str) -> str:
        """Name the kinds of speakers of a lane, most marks first, where its label does not."""
        events = [mark.event for mark in self.marks if mark.row == code]
        if LANES[code].blue:
            courts = any(event.event_type in CASE_TYPES for event in events)
            return _("courts included") if courts else ""
        if code == "china":
            return ""
        kinds = Counter(event.actor_type for event in events)
        return ", ".join(_(ACTORS[kind]) for kind, _n in kinds.most_common())

    @property
    def outside(self) -> int:
        """How many marks have no day in the period."""
        return len(self.marks) - len(self.shown)


@lru_cache(maxsize=8)
def timeline_of(selection: Selection, by_country: bool, wanted: str) -> Timeline:
    """
    Return the timeline of a selection; the blocks of one page share it.

    Parameters
    ----------
    selection : Selection
        Compared by identity.
    by_country : bool
        Whether rows are countries instead of speakers.
    wanted : str
        The period to show.

    Returns
    -------
    Timeline
        Made once while it is among the last eight.
    """
    return Timeline(selection, by_country, wanted)
