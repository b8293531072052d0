"""The flags that events raise: what authorities did, and whether accounts differ."""

from __future__ import annotations

from collections.abc import Container, Iterable

from geo.model.entities import Event
from geo.model.vocabulary import FLAG_BY_TYPE, HOST

#: of records and countries about which no host authority has said anything
NO_ANSWER = "no_answer"


def raised_flags(events: Iterable[Event], public: Container[str]) -> set[str]:
    """
    Collect the flags that events raise.

    Parameters
    ----------
    events : iterable of Event
        About one record, or by the authorities of one country; all of them public.
    public : container of str
        Ids of all events that are public: only their contradictions count.

    Returns
    -------
    set of str
        Codes of `geo.model.vocabulary.FLAGS`; never `NO_ANSWER`, which no event raises.
    """
    flags: set[str] = set()
    for event in events:
        # that a state looked, stopped or charged is said by that state alone
        if event.actor_type == HOST and event.event_type in FLAG_BY_TYPE:
            flags.add(FLAG_BY_TYPE[event.event_type])
        if event.differs_from and any(other in public for other in event.differs_from):
            flags.add("accounts_differ")
        if event.event_type == "answer_by_named_party":
            flags.add("named_party_denies")
    return flags
