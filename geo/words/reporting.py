"""How a problem with what is shown is reported."""

from __future__ import annotations

from urllib.parse import quote

from geo.wording import N_, _

NO_NAMES = N_(
    "Say what is wrong and which public page shows it. Please send no names of private "
    "persons, no addresses and no evidence this way."
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
