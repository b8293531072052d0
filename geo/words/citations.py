"""How to cite a view: plain text that names claim, record, day, version, link and date."""

from __future__ import annotations

from geo.link.opening import Opened
from geo.model.dates import spoken
from geo.wording import _
from geo.words.lines import line
from geo.words.summary import filter_words, sentence
from geo.words.typography import typographic


def _subject(opened: Opened) -> str:
    """Say what is shown: the claim of a record, the line of an event, or the selection."""
    state, snapshot = opened.state, opened.snapshot
    if state.record:
        record = opened.dataset.records_by_id[state.record]
        return line(snapshot.standing(record).claim, snapshot) if snapshot.exists(record) else ""
    if state.event:
        event = opened.dataset.events_by_id[state.event]
        return line(event, snapshot) if event.public_by(snapshot.day) else ""
    picked = filter_words(state.filters)
    return sentence(opened.selection, dated=True) + (f" {picked}." if picked else "")


def _named(opened: Opened) -> str:
    if opened.state.record:
        return _("record {id}").format(id=opened.state.record)
    if opened.state.event:
        return _("entry {id}").format(id=opened.state.event)
    return _("selection of records")


def citation(opened: Opened, link: str, imprint: str) -> str:
    """
    Return the citation of a view.

    Parameters
    ----------
    opened : Opened
        What the view shows.
    link : str
        Its absolute address, with day and version.
    imprint : str
        Who publishes this atlas.

    Returns
    -------
    str
        Plain text on one line.
    """
    compiled = _(
        "Compiled by the Alleged Stations Atlas, {what}, as of {day}, ledger {version}. "
        "{link} (accessed {today}). Cite the source for the claim and the atlas for the "
        "compilation."
    ).format(
        what=_named(opened),
        day=spoken(opened.snapshot.day.isoformat()),
        version=opened.dataset.version,
        link=link,
        today=spoken(opened.today.isoformat()),
    )
    subject = typographic(_subject(opened))
    return " ".join(part for part in (subject, compiled, imprint) if part)
