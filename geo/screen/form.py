"""The fields of a panel, as its script sends them after a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.ledger.dataset import Dataset
from geo.link.form import form_fields
from geo.link.kinds import Kind, Parameter
from geo.link.permalink import decode, parse_query
from geo.link.state import State, encode


@dataclass(frozen=True, slots=True)
class _Field:
    offered: frozenset[str]
    picked: tuple[str, ...]


def _fields(sent: object) -> dict[str, _Field]:
    named = sent if isinstance(sent, Mapping) else {}
    return {
        name: _Field(
            frozenset(map(str, value.get("offered", ()))),
            tuple(map(str, value.get("picked", ()))),
        )
        for name, value in named.items()
        if isinstance(value, Mapping)
    }


def _merged(row: Parameter, old: tuple[str, ...], field: _Field) -> tuple[str, ...]:
    # a panel speaks for the values that it offers; those of another panel stay
    kept = (set(old) - field.offered) | set(field.picked)
    return tuple(code for code in row.codes if code in kept)


def read_form(
    sent: object, state: State, dataset: Dataset, today: date
) -> tuple[dict[str, Any], list[str]]:
    """
    Read the fields of a panel as the reader left them.

    Parameters
    ----------
    sent : object
        The fields by their names: ``{"offered": codes, "picked": codes}``; another form is
        ignored.
    state : State
        What the reader sees; filters that the panel does not show stay.
    dataset : Dataset
        The ledger, with its first day.
    today : date
        The last day that may be picked; picking it means to follow the ledger.

    Returns
    -------
    dict
        Filters and day, as fields of `State`.
    list of str
        One sentence for each value that was ignored.
    """
    fields = _fields(sent)
    picked: dict[str, Any] = {
        row.field: _merged(row, getattr(state.filters, row.field), fields[row.name])
        for row in form_fields()
        if row.kind is Kind.FACET and row.name in fields
    }
    filters = state.filters.replace(**picked)
    query: dict[str, Sequence[str]] = dict(parse_query(encode(State(filters=filters))))
    for row in form_fields():
        if row.kind is not Kind.FACET and row.name in fields:
            query[row.name] = fields[row.name].picked
    read_back, notices = decode(query, dataset, today)
    as_of = read_back.as_of if "asof" in fields else state.as_of
    return {"filters": read_back.filters, "as_of": None if as_of == today else as_of}, notices


def ticked(message: Mapping[str, Any], name: str) -> bool:
    """
    Say whether a box of the panel is ticked.

    Parameters
    ----------
    message : mapping of str to object
        Sent by the panel's script.
    name : str
        Of the box.

    Returns
    -------
    bool
        False for a message of another form.
    """
    field = _fields(message.get("fields")).get(name)
    return field is not None and bool(field.picked)
