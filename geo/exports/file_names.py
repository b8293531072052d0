"""
Names of files: what was selected, on which day, from which ledger.

A name has the characters ``a-z 0-9 _ - .`` alone. Where its readable part could be that of
another selection (a search, many values, one code of two filters), a digest is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256

from geo.link.kinds import Kind, Parameter
from geo.link.parameters import facets, parameters
from geo.link.selection import Filters
from geo.link.state import State, encode
from geo.model.text import fold

#: most characters of the readable part, and of the words of a search in it
LONGEST, _WORDS = 80, 32
_DIGITS = 10
_WORD = re.compile(r"[a-z0-9]+")

#: a filter and one of its codes in small letters
Code = tuple[str, str]


def file_name(state: State, version: str, today: date, ending: str, kind: str = "") -> str:
    """
    Return a name that states the selection: ``atlas_nl_asof-2022-12-05_v1a2b3c4d.csv``.

    Parameters
    ----------
    state : State
        The filters and the day; card, viewport and layer do not count.
    version : str
        Of the ledger, 8 hex digits.
    today : date
        The day shown where the state names none.
    ending : str
        Without its dot.
    kind : str
        What the file contains of the selection; empty for its records.

    Returns
    -------
    str
        At most 80 characters for the selection, and ten of a digest.
    """
    day = (state.as_of or today).isoformat()
    named = f"{kind}_" if kind else ""
    return f"atlas_{named}{_selection(state.filters)}_asof-{day}_v{version}.{ending}"


def _selection(filters: Filters) -> str:
    if filters.empty:
        return "all"
    picked = [(name, code.lower()) for name, codes in filters.picked for code in codes]
    codes = "-".join(code for _name, code in picked)
    others = "_".join(_others(filters))
    room = LONGEST - len(f"_{others}" if others else "")
    readable = "_".join(filter(None, [codes[:room].rstrip("-_"), others]))
    one_word = not filters.q or (len(filters.q) <= _WORDS and _WORD.fullmatch(filters.q))
    if len(codes) <= room and one_word and picked == _reading(codes):
        return readable
    # no code has a dot, so no readable part ends like this
    digest = sha256(encode(State(filters=filters)).encode()).hexdigest()[:_DIGITS]
    return f"{readable}.{digest}"


def _others(filters: Filters) -> list[str]:
    """List the filters that are no codes, each with its name before its value."""
    return [
        _part(row, getattr(filters, row.field))
        for row in parameters()
        if row.filters and row.kind is not Kind.FACET and getattr(filters, row.field)
    ]


def _part(row: Parameter, value: str | bool) -> str:
    if isinstance(value, bool):
        return row.name
    if row.kind is not Kind.TEXT:
        return f"{row.name}-{value}"
    # folding can make one letter three, and the part of a value is no longer than the value
    words = "-".join(_WORD.findall(fold(value)))[: min(len(value), _WORDS)]
    return f"search-{words}".rstrip("-")


def _reading(text: str) -> list[Code]:
    """Return the codes that a readable part is read as: as few as possible, in a link's order."""
    options = [(row.field, code.lower()) for row in facets() for code in row.codes]
    return min(_readings(text, options), key=len, default=[])


def _readings(text: str, options: Sequence[Code]) -> Iterator[list[Code]]:
    """Yield each choice of codes, in the order of a link, that is written as a text."""
    for index, (name, code) in enumerate(options):
        if text == code:
            yield [(name, code)]
        elif text.startswith(code) and text[len(code)] == "-":
            for rest in _readings(text[len(code) + 1 :], options[index + 1 :]):
                yield [(name, code), *rest]
