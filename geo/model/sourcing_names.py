"""Names of publishers and claimants, as sourcing compares them."""

from __future__ import annotations

import re
from functools import lru_cache

from geo.model.text import fold

#: what stands between a claimant and who relays it
RELAY = ", per "
_RELAYED = re.compile(
    r"[\s,;:.(\[–—-]+(?:per|via|according to"
    r"|(?:as )?(?:read|reported|quoted|cited|relayed|told|seen|given|published) (?:by|in))\s",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]+")
#: ends of a company's name, folded
_COMPANY = frozenset(
    {
        *("ltd", "limited", "inc", "incorporated", "llc", "plc", "corp", "corporation", "co"),
        *("company", "gmbh", "ag", "sa", "srl", "spa", "bv"),
    }
)


@lru_cache(maxsize=65536)
def publisher_key(name: str) -> str:
    """
    Fold a publisher's name to what tells it from others.

    Parameters
    ----------
    name : str
        As in a cell.

    Returns
    -------
    str
        Letters and digits of any script, without case, accents, signs and spaces, “The” before
        and “Ltd” behind it; “&” counts as “and”.
    """
    words = _WORDS.findall(fold(name.replace("&", " and ")))
    if words[:1] == ["the"] and len(words) > 1:
        del words[0]
    while len(words) > 1 and words[-1] in _COMPANY:
        del words[-1]
    return "".join(words)


def relay_of(authority: str) -> str:
    """
    Return how an authority says that it is relayed.

    Parameters
    ----------
    authority : str
        As in a cell: “the NGO X, per a newspaper”.

    Returns
    -------
    str
        The words between the two, such as `RELAY`; empty where nobody relays it.
    """
    found = _RELAYED.search(authority)
    return found[0] if found else ""


@lru_cache(maxsize=65536)
def claimant_of(authority: str) -> str:
    """Return the part of an authority that claims something, without who relays it."""
    found = _RELAYED.search(authority)
    return authority[: found.start()] if found else authority
