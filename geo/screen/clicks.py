"""
The changes of the state by a click.

The address of a link and the message of a click on it are made from the same values, such
as ``{"record": "nl-rotterdam-1"}`` or ``{"step": -1}``: both lead to the same state.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from geo.ledger.dataset import Dataset
from geo.link.addresses import NO_CARD
from geo.link.permalink import CARDS, holds
from geo.link.selection import Filters
from geo.link.state import State
from geo.model.names import country_codes

Message = Mapping[str, Any]


def changes(message: Message, state: State, dataset: Dataset, today: date) -> dict[str, Any]:
    """
    Return the parts of the state that a click replaces.

    Parameters
    ----------
    message : mapping of str to object
        Sent by a click. ``clear``, ``today``, ``newest`` and ``close`` are true; ``step``
        is -1 or 1; ``loosen`` names a filter that is set; ``pick`` is a country's code;
        ``record``, ``event`` and ``place`` name the card to open.
    state : State
        What the reader sees.
    dataset : Dataset
        The ledger, with its days and all that has a card.
    today : date
        The last day that may be picked.

    Returns
    -------
    dict
        Fields of `State` with their new values; empty for a message of another form.
    """
    filters = state.filters
    loosen, pick = str(message.get("loosen", "")), str(message.get("pick", ""))
    if message.get("clear"):
        return {"filters": Filters()}
    if message.get("today"):
        return {"as_of": None}
    if message.get("newest"):
        return {"version": ""}
    if message.get("close"):
        return dict(NO_CARD)
    if message.get("step") in (-1, 1):
        return {"as_of": neighbour(dataset, state.as_of or today, int(message["step"]))}
    if loosen in filters.active:
        return {"filters": filters.without(loosen)}
    if pick in country_codes():
        return {"filters": filters.replace(country=(pick,)), **NO_CARD}
    return _card(message, dataset)


def _card(message: Message, dataset: Dataset) -> dict[str, Any]:
    """Open the first card that the message names and the ledger has; close any other."""
    for kind in CARDS:
        if kind in message and holds(dataset, kind, str(message[kind])):
            return {**NO_CARD, kind: str(message[kind])}
    return {}


def neighbour(dataset: Dataset, day: date, step: int) -> date | None:
    """
    Return the previous or next day on which something became public.

    Parameters
    ----------
    dataset : Dataset
        The ledger.
    day : date
        The day shown.
    step : int
        -1 for the previous day, 1 for the next.

    Returns
    -------
    date or None
        None after the last such day: the view then follows today.
    """
    if step < 0:
        earlier = [d for d in dataset.days if d < day]
        return earlier[-1] if earlier else dataset.first_day
    return next((d for d in dataset.days if d > day), None)
