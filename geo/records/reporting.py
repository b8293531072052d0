"""How a page of the atlas is cited, and how a problem with it is reported."""

from __future__ import annotations

from urllib.parse import quote

from geo.records.dates import spoken
from geo.records.model import Event, Record
from geo.records.sentences import quoted
from geo.records.snapshot import Snapshot
from geo.wording import N_, _

NO_NAMES = N_(
    "Say what is wrong and which public page shows it. Please send no names of private "
    "persons, no addresses and no evidence this way."
)


def cite_record(record: Record, snapshot: Snapshot, link: str, imprint: str) -> str:
    """Cite a record that exists on the snapshot's day: claimant, claim, compilation."""
    return _(
        "{claim} Compiled by Alleged Stations Atlas, record {id}, as of {day}, ledger "
        "{version}. {link} Cite the source for the claim and the atlas for the "
        "compilation. {imprint}"
    ).format(
        claim=quoted(snapshot.claims(record)[0]),
        id=record.id,
        day=spoken(snapshot.day.isoformat()),
        version=snapshot.dataset.version,
        link=link,
        imprint=imprint,
    )


def cite_event(event: Event, snapshot: Snapshot, link: str, imprint: str) -> str:
    """Cite an event that is public on the snapshot's day."""
    return _(
        "{words} Compiled by Alleged Stations Atlas, event {id}, as of {day}, ledger "
        "{version}. {link} Cite the source for the words and the atlas for the "
        "compilation. {imprint}"
    ).format(
        words=quoted(event),
        id=event.id,
        day=spoken(snapshot.day.isoformat()),
        version=snapshot.dataset.version,
        link=link,
        imprint=imprint,
    )


def cite_page(title: str, snapshot: Snapshot, link: str, imprint: str) -> str:
    """Cite a page that holds the words of many."""
    return _(
        "Alleged Stations Atlas: {title}, as of {day}, ledger {version}. {link} Cite the "
        "source for each claim and each answer, and the atlas for the compilation. {imprint}"
    ).format(
        title=title,
        day=spoken(snapshot.day.isoformat()),
        version=snapshot.dataset.version,
        link=link,
        imprint=imprint,
    )


def report_link(contact: str, code: str, version: str, link: str) -> str:
    """
    Where a problem with a record is reported; empty while no contact has been set.

    Parameters
    ----------
    contact : str
        As the publisher has set it: an address of a page, or of a letter.
    code : str
        Id of the record or the event.
    version : str
        Of the ledger shown.
    link : str
        Where the reader saw it.
    """
    if contact.startswith(("https://", "http://")):
        return contact
    if "@" not in contact:
        return ""
    subject = _("Record {id}, ledger {version}").format(id=code, version=version)
    body = "\n".join((subject, link, "", _(NO_NAMES), ""))
    letter = f"subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    return f"mailto:{contact.removeprefix('mailto:')}?{letter}"
