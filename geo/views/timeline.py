"""
The timeline: who spoke when, one mark a report, in lanes by speaker or in rows by country.

A day is a small mark; a month or a year, where the source gives no more, is a bar as long as
the uncertainty.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache

from geo.link.selection import Selection
from geo.model.names import country_name
from geo.views.marks import LANES, PLOT, Lane, Mark, lane_of, pack, reports
from geo.views.periods import Period, period_of, periods_of
from geo.wording import _

#: more marks than this no chart can tell apart; the newest are drawn, and the sentence says so
MOST = 1500


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

    @property
    def day_width(self) -> float:
        """Pixels of a day on a chart of the width that marks are packed for."""
        return PLOT / self.period.days

    @cached_property
    def marks(self) -> list[Mark]:
        """One mark a report, oldest first, whether in the period or not."""
        return [
            Mark(event, echoes, event.country if self.by_country else lane_of(event))
            for event, echoes in self.drawn
        ]

    @cached_property
    def shown(self) -> list[Mark]:
        """The marks that have a day in the period, each on its line."""
        inside = [
            mark
            for mark in self.marks
            if self.period.overlaps(mark.event.said.first, mark.event.said.end)
        ]
        return pack(inside, self.day_width)

    @cached_property
    def rows(self) -> list[tuple[str, str]]:
        """Code and label of each row with a mark in any period, from the top down."""
        used = {mark.row for mark in self.marks}
        if not self.by_country:
            return [(lane.code, _(lane.label)) for lane in LANES.values() if lane.code in used]
        return sorted(((code, country_name(code)) for code in used), key=lambda row: row[1])

    @cached_property
    def lanes(self) -> Counter[str]:
        """How many marks each speaker has."""
        return Counter(mark.lane.code for mark in self.marks)

    @property
    def signs(self) -> list[tuple[Lane, int]]:
        """The speakers that have marks, each with their number."""
        return [(lane, self.lanes[code]) for code, lane in LANES.items() if self.lanes[code]]

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
