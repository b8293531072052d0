"""Where in a record or in what was said about it a search has found its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo.ledger.snapshot import Snapshot
from geo.link.search import publishers_of
from geo.link.search_terms import Term
from geo.model.dates import spoken
from geo.model.entities import Record
from geo.model.searchable import searchable, words
from geo.model.vocabulary import JURISDICTIONS, PROVINCES
from geo.wording import _

#: characters on each side of the words that were found
_AROUND = 60
_PIECE = re.compile(r"\w(?:\S*\w)?")


class Extract(NamedTuple):
    """
    A piece of a text around words that a search has found.

    Attributes
    ----------
    where : str
        Which text it is, in words.
    before, found, after : str
        As written; ``found`` is empty where the text is what matches as a whole.
    """

    where: str
    before: str
    found: str
    after: str


def extract(record: Record, snapshot: Snapshot, terms: tuple[Term, ...]) -> Extract | None:
    """
    Return the first text of a record that mentions a term of a query.

    Parameters
    ----------
    record : Record
        Of the snapshot.
    snapshot : Snapshot
        The day shown: what was said later is not looked through.
    terms : tuple of Term
        Of the query.

    Returns
    -------
    Extract or None
        Of the summary, else of an entry or of what the claim says of the police body; None
        where only a name, an id or a day matches.
    """
    for where, text in _texts(record, snapshot):
        for term in terms:
            if term.occurs(searchable(text)):
                return _cut(where, text, term)
    return None


def _texts(record: Record, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield _("summary"), record.summary
    origin = JURISDICTIONS.get(record.jurisdiction, ("", "", ""))[1]
    province = PROVINCES.get(record.origin_province, "")
    yield _("police body named"), ", ".join(filter(None, (record.origin_city, province, origin)))
    for event in snapshot.about(record):
        where = _("entry of {date}").format(date=spoken(event.said.text))
        yield where, f"{event.authority}: {event.summary}"
    for event in snapshot.about(record):
        where = _("source of the entry of {date}").format(date=spoken(event.said.text))
        yield where, ", ".join(publishers_of(event, snapshot))


def _cut(where: str, text: str, term: Term) -> Extract:
    span = next(filter(None, (_span(text, needle) for needle in term.needles)), None)
    if span is None:
        return Extract(where, text[: 2 * _AROUND], "", "")
    start, end = span
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    # cut between words
    before = text[first:start] if not first else "…" + text[first:start].partition(" ")[2]
    after = text[end:last] if last == len(text) else text[end:last].rpartition(" ")[0] + " …"
    return Extract(where, before, text[start:end], after)


def _span(text: str, needle: str) -> tuple[int, int] | None:
    """Return where the words of a needle begin and end in a text as it is written."""
    if not needle.startswith(" "):
        at = text.find(needle)  # a script without spaces
        return (at, at + len(needle)) if at >= 0 else None
    wanted, whole = needle.split(), needle.endswith(" ")
    pieces = [
        (word, piece.start(), piece.end())
        for piece in _PIECE.finditer(text)
        for word in words(piece[0])
    ]
    for at in range(len(pieces) - len(wanted) + 1):
        inside = [word for word, _start, _end in pieces[at : at + len(wanted)]]
        fits = inside[-1] == wanted[-1] if whole else inside[-1].startswith(wanted[-1])
        if fits and inside[:-1] == wanted[:-1]:
            return pieces[at][1], pieces[at + len(wanted) - 1][2]
    return None
