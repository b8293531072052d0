"""Notices about values of a link that were ignored."""

from __future__ import annotations

from collections.abc import Sequence

from geo.wording import ngettext

#: shown one by one; a broken link may have hundreds
SHOWN = 5


def shortened(notices: Sequence[str]) -> list[str]:
    """Shorten a list of notices to the first ones and the number of the others."""
    if len(notices) <= SHOWN:
        return list(notices)
    rest = ngettext(
        "{n} more value of the link was ignored.",
        "{n} more values of the link were ignored.",
        len(notices) - SHOWN,
    )
    return [*notices[:SHOWN], rest]
