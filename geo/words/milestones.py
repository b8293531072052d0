"""The entries that a timeline names on the chart: firsts, and the latest."""

from __future__ import annotations

from dataclasses import dataclass

from geo.link.reports import by_host_authority, list_reports, reports
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.model.entities import Event
from geo.wording import N_, _

#: labels of the reports on which lists of records rest, in order of time
_REPORTS = (N_("First report"), N_("Second report"))


@dataclass(frozen=True, slots=True)
class Milestone:
    """
    An entry that is named on the chart.

    Attributes
    ----------
    date, label, speaker : str
        In words: when, what makes it a milestone, and who spoke.
    """

    event: Event
    date: str
    label: str
    speaker: str


def milestones(selection: Selection) -> tuple[Milestone, ...]:
    """
    List the milestones of a selection, the earliest first.

    Parameters
    ----------
    selection : Selection
        Its reports; what it lacks is left out.

    Returns
    -------
    tuple of Milestone
        The first and the second report on a list, the first time that a host authority told
        or asked to stop, the first charge and the latest entry; each entry once.
    """
    inside = [event for event, _echoes in reports(selection)]
    ids = {event.id for event in inside}
    named: dict[str, tuple[Event, str]] = {}
    for event, label in zip(list_reports(selection.snapshot), _REPORTS, strict=False):
        if event.id in ids:
            named[event.id] = (event, _(label))
    for kind, label in (
        ("told_to_stop", _("First told or asked to stop")),
        ("charge", _("First charge")),
    ):
        first = next((e for e in inside if e.event_type == kind and by_host_authority(e)), None)
        if first:
            named.setdefault(first.id, (first, label))
    if inside:
        latest = max(inside, key=lambda e: e.as_printed)
        named.setdefault(latest.id, (latest, _("Latest entry")))
    found = (
        Milestone(event, spoken(event.said.text), label, event.authority)
        for event, label in named.values()
    )
    return tuple(sorted(found, key=lambda m: (m.event.said.first, m.event.said.end)))
