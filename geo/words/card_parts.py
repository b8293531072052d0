"""What a record's card is put together from: facts claimed, accounts, sources, quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geo.files.tables import joined_key
from geo.ledger.snapshot import Snapshot
from geo.ledger.standing import Standing
from geo.model.dates import spoken
from geo.model.entities import Event, Record
from geo.wording import _
from geo.words.sentences import claimed_police_body, functions
from geo.words.source_rows import SourceRow, source_rows
from geo.words.statements import Quote, Statement, quotes, statement


def claimed_facts(record: Record) -> tuple[tuple[str, str], ...]:
    """List what a claim says of the site, each as a name and a value in words."""
    rows = [(_("Police body named"), claimed_police_body(record))]
    if functions(record):
        rows.append((_("Claimed function"), functions(record)))
    if record.said_open_from:
        rows.append((_("Said to have been open since"), spoken(record.said_open_from)))
    if record.precision != "city":
        rows.append((_("Place"), _("no city named in the sources consulted")))
    return tuple(rows)


def differing_accounts(record: Record, snapshot: Snapshot) -> tuple[Statement, ...]:
    """
    List the accounts about a record that contradict each other.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of Statement
        Each once, although one may contradict several; in order of time.
    """
    accounts = {e.id: e for pair in snapshot.differences(record) for e in pair}
    in_order = sorted(accounts.values(), key=lambda e: e.as_printed)
    return tuple(statement(e, snapshot, record.id) for e in in_order)


def cited_rows(
    record: Record, events: Sequence[Event], snapshot: Snapshot
) -> tuple[SourceRow, ...]:
    """
    List the sources of a record and of the events about it.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    events : sequence of Event
        Those about it.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of SourceRow
        A row a publisher; sources that are withheld are left out.
    """
    ids = dict.fromkeys([*record.sources, *(i for event in events for i in event.sources)])
    known = snapshot.dataset.sources
    return source_rows(known[i] for i in ids if i in known)


def row_names(events: Iterable[Event], snapshot: Snapshot) -> Iterator[str]:
    """
    Name the rows of events and of their quotations, as the register of corrections does.

    Parameters
    ----------
    events : iterable of Event
        Public ones.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    iterator of str
        Ids, and joined keys of quotations.
    """
    known = snapshot.dataset.quotations_of
    for event in events:
        yield event.id
        yield from (joined_key((q.event, q.source)) for q in known.get(event.id, ()))


def unprinted_quotes(standing: Standing, snapshot: Snapshot) -> tuple[Quote, ...]:
    """
    List the quotations of the latest word where no answer of the card prints them.

    Parameters
    ----------
    standing : Standing
        What is known of the record on the day.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of Quote
        Empty while there is only the claim.
    """
    word = standing.word
    above = (standing.host_answer, standing.china_answer, standing.named_answer)
    return quotes(word, snapshot) if word and word not in above else ()
