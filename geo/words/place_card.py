"""
The content of a country's or a city's card: its answers first, then its records.

A country's answer is a set of flags and of quoted words, never a rank.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from geo.ledger.snapshot import Snapshot
from geo.link.permalink import city_code
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.vocabulary import CHINA, CHINA_ANSWERS, COUNTRY, HOST, LATEST_WORDS
from geo.wording import N_, _, ngettext
from geo.words.cards import Answer, flag_words
from geo.words.sentences import latest_word, none_found, place
from geo.words.statements import Statement, statement

NO_RECORD = N_("The ledger has no record for this place on this date.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCard:
    """
    A country's or a city's card: answers first, then its records.

    Attributes
    ----------
    counted : str
        Its records, counted by the latest word on each; empty without a record.
    outside : int
        How many of them the filters leave out.
    """

    code: str
    title: str
    counted: str
    flags: tuple[str, ...]
    answers: tuple[Answer, ...]
    further: tuple[Statement, ...]
    records: tuple[tuple[Record, str], ...]
    outside: int


def records_of_place(code: str, snapshot: Snapshot) -> tuple[Record, ...]:
    """
    List the day's records of a country or of a city.

    Parameters
    ----------
    code : str
        A country (``NL``) or a city (``es-madrid``).
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of Record
        In the order of the file; empty for an unknown code.
    """
    return tuple(r for r in snapshot.records if code in (r.host_country, city_code(r.id)))


def first_claim(records: tuple[Record, ...], snapshot: Snapshot) -> Event | None:
    """
    Return the first claim about a place, for texts that can quote only one.

    Parameters
    ----------
    records : tuple of Record
        Those of the place that exist on the day.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    Event or None
        The claim of the first record; None without a record.
    """
    return snapshot.standing(records[0]).claim if records else None


def _host_row(
    spoken_events: list[Event], snapshot: Snapshot, checked: str, shown: tuple[str, ...]
) -> Answer:
    newest = statement(spoken_events[-1], snapshot, *shown) if spoken_events else None
    return Answer(_("Host authorities"), newest, none_found(checked))


def _china_row(code: str, snapshot: Snapshot, checked: str, shown: tuple[str, ...]) -> Answer:
    own = [e for e in snapshot.events if e.country == code and e.actor_type == CHINA]
    for events in (own, snapshot.of_world):
        said = [e for e in events if e.actor_type == CHINA and e.event_type in CHINA_ANSWERS]
        if said:
            return Answer(_("China"), statement(said[-1], snapshot, *shown), "")
    return Answer(_("China"), None, none_found(checked))


def counted_by_word(records: tuple[Record, ...], snapshot: Snapshot) -> str:
    """
    Count the records of a place by the latest word on each.

    Parameters
    ----------
    records : tuple of Record
        Some that exist on the day.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    str
        “2 records. Claim only: 1 · Told or asked to stop: 1”, in the order of the
        vocabulary; empty without a record. No word is said of the place as a whole.
    """
    if not records:
        return ""
    counts = Counter(snapshot.statuses[record.id] for record in records)
    total = ngettext("{n} record.", "{n} records.", len(records))
    words = (
        _("{label}: {n}").format(label=_(word.short), n=counts[code])
        for code, word in LATEST_WORDS.items()
        if counts[code]
    )
    return f"{total} {' · '.join(words)}"


def place_card(
    code: str, records: tuple[Record, ...], selected: frozenset[str], snapshot: Snapshot
) -> PlaceCard:
    """
    Build the card of a country (``NL``) or of a city (``es-madrid``).

    Parameters
    ----------
    code : str
        As in the link.
    records : tuple of Record
        Those of the place that exist on the day; at least one for a city.
    selected : frozenset of str
        Ids that the filters pick; the others are counted as outside.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    PlaceCard
        In words, as of the day shown.
    """
    country = code if code.isupper() else records[0].host_country
    title = country_name(code) if code.isupper() else place(records[0])
    shown = () if code.isupper() else tuple(record.id for record in records)
    host = snapshot.host_events(country)
    checked = snapshot.dataset.last_checked
    further = [e for e in reversed(host[:-1]) if e.about == (COUNTRY,) or e.actor_type == HOST]
    return PlaceCard(
        code=code,
        title=title,
        counted=counted_by_word(records, snapshot),
        flags=flag_words(snapshot.country_flags.get(country, frozenset())),
        answers=(
            _host_row(host, snapshot, checked, shown),
            _china_row(country, snapshot, checked, shown),
        ),
        further=tuple(statement(e, snapshot, *shown) for e in further),
        records=tuple((r, latest_word(r, snapshot)) for r in records if r.id in selected),
        outside=sum(r.id not in selected for r in records),
    )
