"""
The changes of the state by a click, from which the address of each link is made.

A template says what its link changes, such as ``{"record": "nl-rotterdam-1"}`` or
``{"step": -1}``, and knows nothing of states and addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from geo.ledger.dataset import Dataset
from geo.link.addresses import NO_CARD
from geo.link.cards import can_open
from geo.link.permalink import CARDS
from geo.link.selection import Filters
from geo.link.state import State
from geo.model.names import country_codes

Change = Mapping[str, Any]


def changes(change: Change, state: State, dataset: Dataset, today: date) -> dict[str, Any]:
    """
    Return the parts of the state that a click replaces.

    Parameters
    ----------
    change : mapping of str to object
        What a template asks for. ``clear``, ``today``, ``newest`` and ``close`` are true; ``step``
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
        Fields of `State` with their new values; empty for a change of another form.
    """
    filters = state.filters
    loosen, pick = str(change.get("loosen", "")), str(change.get("pick", ""))
    if change.get("clear"):
        return {"filters": Filters()}
    if change.get("today"):
        return {"as_of": None}
    if change.get("newest"):
        return {"version": ""}
    if change.get("close"):
        return dict(NO_CARD)
    if change.get("step") in (-1, 1):
        return {"as_of": neighbour(dataset, state.as_of or today, int(change["step"]))}
    if loosen in filters.active:
        return {"filters": filters.without(loosen)}
    if pick in country_codes():
        return {"filters": filters.replace(country=(pick,)), **NO_CARD}
    return _card(change, dataset)


def _card(change: Change, dataset: Dataset) -> dict[str, Any]:
    """Open the first card that the change names and the ledger has; close any other."""
    for kind in CARDS:
        if kind in change and can_open(dataset, kind, str(change[kind])):
            return {**NO_CARD, kind: str(change[kind])}
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
