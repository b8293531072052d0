"""The link by which readers report a problem with a record or an event."""

from __future__ import annotations

from urllib.parse import quote

from geo.checks.rules_text import url_fault
from geo.wording import N_, _

NO_NAMES = N_(
    "Please say what is wrong and which public page shows it. Do not send names of "
    "private people, addresses or evidence this way."
)


def contact_link(contact: str) -> str:
    """
    Return the publisher's contact as the address of a link.

    Parameters
    ----------
    contact : str
        An address of a page, or an e-mail address.

    Returns
    -------
    str
        An address of a page, or one with ``mailto:``; empty if the contact is neither.
    """
    if not url_fault(contact):
        return contact
    is_letter = "@" in contact and "//" not in contact
    return f"mailto:{contact.removeprefix('mailto:')}" if is_letter else ""


def report_link(contact: str, code: str, version: str, link: str) -> str:
    """
    Return the address at which a problem with a record is reported.

    Parameters
    ----------
    contact : str
        The publisher's: an address of a page, or an e-mail address.
    code : str
        Id of the record or the event.
    version : str
        Of the ledger shown.
    link : str
        Where the reader saw it.

    Returns
    -------
    str
        An e-mail is filled in beforehand; empty while no contact is set.
    """
    address = contact_link(contact)
    if not address.startswith("mailto:"):
        return address
    subject = _("Record {id}, ledger {version}").format(id=code, version=version)
    body = "\n".join((subject, link, "", _(NO_NAMES), ""))
    letter = f"subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    return f"{address}?{letter}"
