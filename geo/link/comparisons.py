"""
Signs by which an address excludes or compares: ``country!=NL``, ``country=-NL``, ``from=<2022``.

The atlas has no such comparisons. Read without the sign, each would select the opposite of
what was asked for, so it is none of the signs that programs add on an address's way.
"""

from __future__ import annotations

import re

#: in front of a value or behind a name, each with the sign that would make it one of a pair
_SIGNS = {"<": ">", ">": "<", **{sign: sign for sign in "!~^¬≠≤≥"}}
# a number may be negative, a word may not
_MINUS = re.compile(r"-\s*[^\W\d]")
# in brackets behind a name, but for the numbers of a list
_OPERATOR = re.compile(r"\w\s*\[\s*[^\]\d\s]")


def compares_value(text: str) -> bool:
    """
    Say whether a value excludes or compares.

    Parameters
    ----------
    text : str
        Of a link, as `geo.link.meant_values.plain` returns it.

    Returns
    -------
    bool
        False where the sign is one of a pair around the value, as of ``~~NL~~`` or ``<NL>``.
    """
    value = text.strip()
    if _MINUS.match(value):
        return True
    return value[:1] in _SIGNS and not value.endswith(_SIGNS[value[:1]])


def compares_name(text: str) -> bool:
    """
    Say whether a name excludes or compares, alone or with the equals sign behind it.

    Parameters
    ----------
    text : str
        Of a link, as `geo.link.meant_values.plain` returns it.

    Returns
    -------
    bool
        True also for ``country[ne]``; False for ``country[]`` and ``country[0]``.
    """
    name = text.strip()
    return bool(
        compares_value(name)
        or (name[-1:] in _SIGNS and not name.startswith(_SIGNS[name[-1]]))
        or _OPERATOR.search(name)
    )
