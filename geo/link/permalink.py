"""
Reading of a link: every parameter by its kind, in the order of the table.

A public contract: parameters are never renamed, only added. A value that cannot be read is
ignored with a notice; the others count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs

from geo.ledger.dataset import Dataset
from geo.link.cards import can_open, withdrawal, withdrawn_words
from geo.link.ignored import Ignored
from geo.link.parameters import CARDS, LAYERS, parameters
from geo.link.selection import Filters
from geo.link.state import NO_FILTERS, State, Viewport, city_code, encode, rounded
from geo.link.value_readers import READERS, Reading, unknown_names

__all__ = [
    "CARDS",
    "LAYERS",
    "NO_FILTERS",
    "State",
    "Viewport",
    "can_open",
    "city_code",
    "decode",
    "encode",
    "parse_query",
    "read_link",
    "rounded",
    "withdrawal",
    "withdrawn_words",
]


@dataclass(frozen=True, slots=True)
class Decoded:
    """
    What a link says.

    Attributes
    ----------
    state : State
        The values that can be read.
    notices : tuple of str
        One sentence for each part that was ignored, and for a withdrawn card and another
        version; `value_readers.MOST_NOTICES` at most.
    ignored : tuple of Ignored
        The parts that were ignored, in the order of their notices.
    """

    state: State
    notices: tuple[str, ...]
    ignored: tuple[Ignored, ...]


def read_link(query: Mapping[str, Sequence[str]], dataset: Dataset, today: date) -> Decoded:
    """
    Read a link.

    Parameters
    ----------
    query : mapping of str to sequence of str
        As parsed, every value of a repeated parameter.
    dataset : Dataset
        The ledger, with the records, the events and the first day.
    today : date
        The last day that may be asked for.

    Returns
    -------
    Decoded
        With all that was ignored. Only parameters that chat programs and trackers add are
        ignored without a notice (`geo.link.trackers`).
    """
    reading = Reading(query, dataset, today)
    for row in parameters():
        READERS[row.kind](row, reading)
    unknown_names(reading)
    of_filters = {row.field for row in parameters() if row.filters}
    picked = {field: value for field, value in reading.values.items() if field in of_filters}
    rest = {field: value for field, value in reading.values.items() if field not in of_filters}
    state = State(filters=Filters(**picked), **rest)
    return Decoded(state, tuple(reading.notices), tuple(reading.ignored))


def decode(
    query: Mapping[str, Sequence[str]], dataset: Dataset, today: date
) -> tuple[State, list[str]]:
    """
    Return the state and the notices of a link.

    Parameters
    ----------
    query : mapping of str to sequence of str
        As `read_link` takes it.
    dataset : Dataset
        The ledger.
    today : date
        The last day that may be asked for.

    Returns
    -------
    tuple of (State, list of str)
        Two parts of what `read_link` returns.
    """
    decoded = read_link(query, dataset, today)
    return decoded.state, list(decoded.notices)


def parse_query(query: str) -> dict[str, list[str]]:
    """Split a query string into its parameters, keeping every value of each."""
    return parse_qs(query.lstrip("?"), keep_blank_values=False, max_num_fields=None)
