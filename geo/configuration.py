"""What the publisher of an installation decides, read from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from geo.wording import _


@dataclass(frozen=True, slots=True)
class Configuration:
    """
    Settings of one installation.

    Attributes
    ----------
    publisher : str
        Who answers for what is shown (``ATLAS_PUBLISHER``); empty while nobody does.
    contact : str
        Where to write (``ATLAS_CONTACT``).
    """

    publisher: str = ""
    contact: str = ""

    @classmethod
    def from_environment(cls) -> Configuration:
        """Read the settings as they are now."""
        return cls(
            os.environ.get("ATLAS_PUBLISHER", "").strip(),
            os.environ.get("ATLAS_CONTACT", "").strip(),
        )

    @property
    def imprint(self) -> str:
        """Who publishes, or the warning that nobody does yet."""
        if not self.publisher:
            return _("Preview: not published, do not cite.")
        return _("Published by {name}.").format(name=self.publisher)
