"""What the publisher of an installation decides, read from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from geo.wording import _

#: who signs off a release unless the publisher names other roles
ROLES = ("standards editor", "data editor")


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
    """

    publisher: str = ""
    contact: str = ""
    roles: tuple[str, ...] = ROLES

    @classmethod
    def from_environment(cls) -> Configuration:
        """Read the settings as they are now."""
        named = (" ".join(role.split()) for role in os.environ.get("ATLAS_ROLES", "").split(","))
        return cls(
            os.environ.get("ATLAS_PUBLISHER", "").strip(),
            os.environ.get("ATLAS_CONTACT", "").strip(),
            tuple(dict.fromkeys(filter(None, named))) or ROLES,
        )

    @property
    def imprint(self) -> str:
        """Who publishes, or the warning that this is an unpublished preview."""
        if not self.publisher:
            return _("Preview: not published, do not cite.")
        return _("Published by {name}.").format(name=self.publisher)
