"""Names of parameters as they were meant: in any case, of a column, of a field, misspelt."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from geo.link.comparisons import compares_name
from geo.link.kinds import Kind, Parameter
from geo.link.meant_values import decoded, folded, meant_values, plain, visible
from geo.link.parameters import parameters
from geo.wording import _

#: parameters that some routes take beside those of the link
OF_ROUTES = frozenset({"lenient", "bom", "sep", "page"})
# what is left in front of a name of &amp; and its other forms
_REST_OF_AMPERSAND = re.compile(r"(?:[&?;#\s]|amp(?=[;&\s])|#?(?:38|x0*26)(?=;))+", re.IGNORECASE)
#: shorter names are near to too much
_SHORTEST = 4
_NEAR = 0.75
#: letters that a misspelt name may have besides all of its own
_SLIPS = 1
# where nearly any value can be read, a value says nothing about the name
_ANY_VALUE = frozenset({Kind.TEXT, Kind.SETTING, Kind.LANGUAGE})


@lru_cache(maxsize=4)
def _by_name(table: tuple[Parameter, ...]) -> dict[str, Parameter]:
    known = {folded(row.name): row for row in table}
    for row in table:
        # a label is what a page calls it
        for other in (row.field, *row.columns, _(row.label) if row.label else ""):
            if other:
                known.setdefault(folded(other), row)
    return known


def bare_name(text: str) -> str:
    """Return a name without what is left of an ampersand, and without signs around it."""
    name = _REST_OF_AMPERSAND.sub("", visible(decoded(text)), count=1) if text else ""
    return name.replace("\\", "").strip(" *\"'[](){}<>")


def named(text: str) -> Parameter | None:
    """
    Return the parameter that a name stands for.

    Parameters
    ----------
    text : str
        As a link has it, percent-decoded.

    Returns
    -------
    Parameter or None
        By its name, its field, its label or a column of the exports, in any case; None for
        other names, however near, and where a sign excludes or compares.
    """
    if compares_name(plain(text)):
        return None
    return _by_name(parameters()).get(folded(bare_name(text)))


def near_names(text: str) -> tuple[Parameter, ...]:
    """
    Return the parameters whose names are nearly that of an unknown one, the nearest first.

    Parameters
    ----------
    text : str
        As a link has it; its first characters count.

    Returns
    -------
    tuple of Parameter
        Two at most.
    """
    known = _by_name(parameters())
    return tuple(dict.fromkeys(known[one] for one in _near(text)))[:2]


def _near(text: str) -> list[str]:
    name = folded(bare_name(text[:40]))
    if len(name) < _SHORTEST or text in OF_ROUTES:
        return []
    long = [one for one in _by_name(parameters()) if len(one) >= _SHORTEST]
    return get_close_matches(name, long, n=3, cutoff=_NEAR)


def misspelt(text: str, value: str) -> Parameter | None:
    """
    Return the parameter that a misspelt name stands for, where its value leaves no doubt.

    Parameters
    ----------
    text : str
        The name.
    value : str
        Its value, percent-decoded once.

    Returns
    -------
    Parameter or None
        None unless exactly one near parameter can read the value. A name with a word before
        or behind it, such as ``not_country`` or ``country__ne``, is another name.
    """
    name, keys = folded(bare_name(text)), _near(text)
    if compares_name(plain(text)) or any(
        key in name and len(name) - len(key) > _SLIPS for key in keys
    ):
        return None
    near = dict.fromkeys(_by_name(parameters())[key] for key in keys)
    readable = [r for r in near if r.kind not in _ANY_VALUE and meant_values(r, value)]
    return readable[0] if len(readable) == 1 else None
