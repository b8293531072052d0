"""What the publisher of an installation decides, read from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from geo.errors import AtlasError
from geo.wording import _

#: who signs off a release unless the publisher names other roles
ROLES = ("standards editor", "data editor")


#: a day: what is withheld would stay in shared caches for that long
LONGEST_SHARED_CACHE = 86_400


class BadSetting(AtlasError):
    """A setting of the environment cannot be read."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """
    Settings of one installation.

    Attributes
    ----------
    publisher : str
        Who answers for what is shown (``ATLAS_PUBLISHER``); empty for a preview.
    contact : str
        Where to write (``ATLAS_CONTACT``).
    roles : tuple of str
        Who may sign off a release (``ATLAS_ROLES``, separated by commas).
    shared_cache : int
        Seconds for which shared caches may answer without asking (``ATLAS_SHARED_CACHE``); 0
        for not at all.
    """

    publisher: str = ""
    contact: str = ""
    roles: tuple[str, ...] = ROLES
    shared_cache: int = 0

    @classmethod
    def from_environment(cls) -> Configuration:
        """
        Read the settings as they are now.

        Raises
        ------
        BadSetting
            With a sentence, when a setting cannot be read.
        """
        named = (" ".join(role.split()) for role in os.environ.get("ATLAS_ROLES", "").split(","))
        return cls(
            os.environ.get("ATLAS_PUBLISHER", "").strip(),
            os.environ.get("ATLAS_CONTACT", "").strip(),
            tuple(dict.fromkeys(filter(None, named))) or ROLES,
            _seconds(os.environ.get("ATLAS_SHARED_CACHE", "").strip()),
        )

    @property
    def imprint(self) -> str:
        """Who publishes, or the warning that this is an unpublished preview."""
        if not self.publisher:
            return _("Preview: not published, do not cite.")
        return _("Published by {name}.").format(name=self.publisher)


def _seconds(text: str) -> int:
    if not text:
        return 0
    if text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= LONGEST_SHARED_CACHE:
        return int(text)
    raise BadSetting(
        _(
            "ATLAS_SHARED_CACHE is the number of seconds for which shared caches may answer: a "
            "whole number from 0 to {most}. It is “{value}”."
        ).format(most=LONGEST_SHARED_CACHE, value=text)
    )


#: live pages of one process: each takes four descriptors and some memory
SOCKETS, MOST_SOCKETS = 3000, 100_000
#: of one address: half of all, so that no address takes the place of all others. Not fewer: a
#: newsroom, a university or all customers of a mobile provider may share one address
SOCKETS_PER_ADDRESS = 1500


@dataclass(frozen=True, slots=True)
class SocketSettings:
    """
    How many pages may be live at once; further ones work by page loads.

    Attributes
    ----------
    together : int
        Of all readers (``ATLAS_SOCKETS``).
    per_address : int
        Of one address (``ATLAS_SOCKETS_PER_ADDRESS``).
    """

    together: int = SOCKETS
    per_address: int = SOCKETS_PER_ADDRESS

    @classmethod
    def from_environment(cls) -> SocketSettings:
        """
        Read the settings as they are now.

        Raises
        ------
        BadSetting
            With a sentence, when a setting cannot be read.
        """
        return cls(
            _sockets("ATLAS_SOCKETS", SOCKETS),
            _sockets("ATLAS_SOCKETS_PER_ADDRESS", SOCKETS_PER_ADDRESS),
        )


def _sockets(name: str, default: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= MOST_SOCKETS:
        return int(text)
    raise BadSetting(
        _(
            "{name} is the number of pages that may be live at once: a whole number from 0 to "
            "{most}. It is “{value}”."
        ).format(name=name, most=MOST_SOCKETS, value=text)
    )
