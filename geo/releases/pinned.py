"""
A release shown in the place of the latest ledger, and what has changed since it was made.

A pinned link shows only what may still be shown: today's ``withheld.csv`` is applied to
every release, and a record that is on hold today is shown in none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from geo.checks.check import Examination
from geo.ledger.dataset import Dataset
from geo.ledger.reading import Reading
from geo.model.dates import spoken
from geo.model.entities import Event, Record
from geo.model.vocabulary import COUNTRY
from geo.releases.changes import Change, told_apart
from geo.releases.folders import REGISTER, published, released, since
from geo.releases.listing import Release
from geo.releases.withdrawals import counted
from geo.visibility.masking import QUOTES, Mask, removed
from geo.visibility.setting_aside import retained
from geo.visibility.withholding import WITHHELD, Withheld
from geo.wording import _, ngettext


@dataclass(frozen=True, eq=False)
class Pinned:
    """
    A release that a link names.

    Attributes
    ----------
    release : Release
        Its number, day and version.
    dataset : Dataset
        Its content, without what is withheld by now.
    changes : Mapping of str to tuple of Change
        What has changed since, by the id of each record that it concerns.
    """

    release: Release
    dataset: Dataset
    changes: dict[str, tuple[Change, ...]]

    def changed(self, records: Iterable[Record]) -> dict[str, tuple[Change, ...]]:
        """Return what has changed since, of the records that are shown."""
        return {r.id: self.changes[r.id] for r in records if r.id in self.changes}

    def notice(self, records: Iterable[Record]) -> str:
        """Say from which ledger a view was made, and how many of its records have changed since."""
        count = len(self.changed(records))
        made = _("Made from the ledger released on {date} ({version}).").format(
            date=spoken(self.release.date), version=self.release.version
        )
        if gone := counted(w for w in self.dataset.withdrawals if w.since >= self.release.date):
            made += " " + _("Withdrawn since: {things}.").format(things=gone)
        if not count:
            return made + " " + _("None of the records shown has changed since.")
        return (
            made
            + " "
            + ngettext(
                "{n} of the records shown has changed since.",
                "{n} of the records shown have changed since.",
                count,
            )
        )


def _about(event: Event, records: Iterable[Record]) -> set[str]:
    if event.about == (COUNTRY,):
        return {r.id for r in records if r.host_country == event.country}
    return set(event.about_records)


def _concerned(change: Change, dataset: Dataset) -> set[str]:
    """List the ids of a ledger's records that a changed row is about."""
    records = dataset.records
    if change.table == "stations":
        return {change.id} & dataset.records_by_id.keys()
    if change.table == "investigations":
        event = dataset.events_by_id.get(change.id)
        return _about(event, records) if event else set()
    if change.table == "sources":
        ids = {r.id for r in records if change.id in r.sources}
        for event in dataset.events:
            if change.id in event.sources:
                ids |= _about(event, records)
        return ids
    if change.table == QUOTES:
        event = dataset.events_by_id.get(change.id.partition("/")[0])
        return _about(event, records) if event else set()
    if change.table == "places":
        places = {r.id: f"{r.host_country}/{r.host_region}/{r.host_city}" for r in records}
        return {i for i, place in places.items() if place == change.id}
    return set()


def _told(change: Change, mask: Mask) -> Change:
    """Return a change as readers may see it: a row that is gone only if its removal is public."""
    if not mask.names(change.id):
        return replace(change, id=WITHHELD)
    before, after = (mask.references(change.field, text) for text in (change.before, change.after))
    return replace(change, before=before, after=after)


def _changes(
    release: Release, now: Examination, obeyed: Withheld
) -> Iterator[tuple[Change, Change]]:
    """Yield each change since a release, and the same as readers may see it."""
    passed = retained(now)
    then, shown = released(release, obeyed), published(passed, obeyed)
    mask = Mask((passed, shown), [(then, then)], obeyed, removed(now.tables[REGISTER]))
    for change in since(then, shown):
        yield change, _told(change, mask)


def pinned(release: Release, newest: Reading, today: date) -> Pinned:
    """
    Open a release.

    Parameters
    ----------
    release : Release
        One of the ledger's releases.
    newest : Reading
        The ledger that is served.
    today : date
        Dates after it are in the future.

    Returns
    -------
    Pinned
        Without what is withheld or on hold today.

    Raises
    ------
    AtlasError
        With a sentence, when the release or a row of the ledger cannot be read.
    """
    now = told_apart(newest.examination, release.folder.parent.parent.name)
    stations = now.tables["stations"].rows
    held = frozenset(r["id"] for r in stations if r["review"] != "publish")
    obeyed = newest.obeyed.holding(held)
    loaded = Dataset.load(release.folder, today, obeyed)
    ids = loaded.records_by_id.keys() | loaded.events_by_id.keys()
    served = newest.dataset
    old = replace(
        loaded,
        version=release.version,
        # what was withdrawn may be gone from the release's own files already
        withdrawn={i: since for i, since in served.withdrawn.items() if i not in ids},
        withdrawals=served.withdrawals,
        corrections=served.corrections,
        entered=served.entered,
        released=True,
    )
    changes: dict[str, list[Change]] = defaultdict(list)
    for change, told in _changes(release, now, obeyed):
        # a row may have moved from one record to another: both are concerned
        for record in _concerned(change, old) | _concerned(change, served):
            changes[record].append(told)
    return Pinned(release, old, {record: tuple(own) for record, own in changes.items()})
