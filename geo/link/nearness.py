"""What an unknown value of a link may have been: the codes and ids that are near."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

from geo.link.kinds import Parameter
from geo.link.meant_values import codes_by_name, folded, plain

#: suggestions for one value
MOST = 3
#: ids of one country that are compared
_COMPARED = 500
_LONGEST = 80
#: with so many first characters an id names its country
_COUNTRY = 3
#: a beginning of an id that is worth completing
_BEGINNING = 5


def near_codes(row: Parameter, text: str) -> tuple[str, ...]:
    """
    Return the codes of a parameter whose code or label is nearly a text, the nearest first.

    Parameters
    ----------
    row : Parameter
        With codes.
    text : str
        A value of a link.

    Returns
    -------
    tuple of str
        `MOST` at most; the one code that the text is, but for signs that change its meaning.
    """
    table = codes_by_name(row)
    name = folded(plain(text[:_LONGEST]))
    if name in table:
        return (table[name],)
    close = get_close_matches(name, table, n=MOST, cutoff=0.75) if len(name) > 2 else []
    return tuple(dict.fromkeys(table[one] for one in close))


def near_ids(text: str, ids: Collection[str]) -> tuple[str, ...]:
    """
    Return the ids that a damaged one may have been.

    Parameters
    ----------
    text : str
        A value of a link.
    ids : collection of str
        Those that are shown: what is withheld is not among them.

    Returns
    -------
    tuple of str
        `MOST` at most: the same in another case, one that it begins or that begins it, or else
        those that are spelt nearly so and have the same numbers. Another number is another row.
    """
    written = re.sub(r"[\s_-]+", "-", plain(text[:_LONGEST]).lower()).strip("-.,;:")
    pool = [i for i in ids if i[:_COUNTRY] == written[:_COUNTRY]][:_COMPARED]
    if len(written) < _BEGINNING:
        return ()
    if cut := [i for i in pool if i.startswith(written) or written.startswith(i)]:
        return tuple(sorted(cut, key=lambda i: abs(len(i) - len(written)))[:MOST])
    numbered = [i for i in pool if _numbers(i) == _numbers(written)]
    return tuple(get_close_matches(written, numbered, n=MOST, cutoff=0.85))


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)
