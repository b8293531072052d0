"""Notices about values of a link that were ignored."""

from __future__ import annotations

from collections.abc import Sequence

from geo.wording import _

#: shown one by one; a broken link may have many
SHOWN = 5


def shortened(notices: Sequence[str]) -> list[str]:
    """Shorten a list of notices to the first ones, and say that there are more."""
    if len(notices) <= SHOWN:
        return list(notices)
    return [*notices[:SHOWN], _("Further values were ignored.")]
