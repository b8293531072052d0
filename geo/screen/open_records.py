"""Which records the open card is about: maps and tiles mark them."""

from __future__ import annotations

from geo.screen.context import Screen
from geo.words.place_card import records_of_place


def open_records(screen: Screen) -> frozenset[str]:
    """
    Return the records whose card, or whose place's card, is open.

    Parameters
    ----------
    screen : Screen
        A page at some address.

    Returns
    -------
    frozenset of str
        Ids; empty without a card, and for the card of an entry.
    """
    state = screen.state
    if state.record:
        return frozenset({state.record})
    if not state.place:
        return frozenset()
    return frozenset(record.id for record in records_of_place(state.place, screen.snapshot))
