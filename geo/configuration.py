"""What the publisher of an installation decides, read from the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from geo.errors import AtlasError
from geo.origins import names_own_machine, origin_of
from geo.wording import _

#: who signs off a release unless the publisher names other roles
ROLES = ("standards editor", "data editor")


# parts that need no encoding, and name no other folder as ".." does
_ROOT = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
#: a day: what is withheld would stay in shared caches for that long
LONGEST_SHARED_CACHE = 86_400


class BadSetting(AtlasError):
    """A setting of the environment cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    address : str
        The public origin, such as ``https://atlas.example.org`` (``ATLAS_ADDRESS``); empty for
        an installation that only this machine reaches.
    root : str
        The path below which the atlas is served, such as ``/interactives/atlas``
        (``ATLAS_ROOT``), without a slash at the end; empty at the root of a host.
    framed_by : tuple of str
        Origins of the sites that may show the atlas in a frame (``ATLAS_FRAMED_BY``, separated
        by blanks or commas).
    embedded_by : tuple of str
        Origins of the sites that may show embeds, and nothing else, in a frame
        (``ATLAS_EMBED``, separated in the same way).
    fixes_released_only : bool
        Whether fixed links are offered for released versions alone
        (``ATLAS_FIXED_LINKS=released``).
    """

    publisher: str = ""
    contact: str = ""
    roles: tuple[str, ...] = ROLES
    shared_cache: int = 0
    address: str = ""
    root: str = ""
    framed_by: tuple[str, ...] = ()
    embedded_by: tuple[str, ...] = ()
    fixes_released_only: bool = False

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
            publisher=os.environ.get("ATLAS_PUBLISHER", "").strip(),
            contact=os.environ.get("ATLAS_CONTACT", "").strip(),
            roles=tuple(dict.fromkeys(filter(None, named))) or ROLES,
            shared_cache=_shared_cache(),
            address=_address(os.environ.get("ATLAS_ADDRESS", "").strip()),
            root=_root(os.environ.get("ATLAS_ROOT", "").strip()),
            framed_by=_sites("ATLAS_FRAMED_BY", _("the atlas")),
            embedded_by=_sites("ATLAS_EMBED", _("embeds of the atlas")),
            fixes_released_only=_fixes_released_only(),
        )

    def origin(self, scheme: str, host: str) -> str:
        """
        Return what the absolute links of an answer begin with.

        A Host header is the client's to choose: what it names would be in previews, feeds and
        files, and in every cache between. So only the public address is written, for requests
        that name it or come from this machine.

        Parameters
        ----------
        scheme : str
            Of the request; it counts where there is no public address.
        host : str
            The Host header, with its port.

        Returns
        -------
        str
            Without a slash at the end; empty for any other host, and for a malformed one.
        """
        is_local = names_own_machine(host)
        if self.address:
            return self.address if is_local or self._is_public(host) else ""
        secure = scheme in ("https", "wss")
        return origin_of(f"{'https' if secure else 'http'}://{host}") if is_local else ""

    def _is_public(self, host: str) -> bool:
        """Say whether a Host header names the public address, of whose port it may say nothing."""
        public = urlsplit(self.address)
        # some proxies leave out the port that the reader asked
        spellings = (f"{public.scheme}://{host}", f"{public.scheme}://{host}:{public.port}")
        return self.address in map(origin_of, spellings)

    @property
    def imprint(self) -> str:
        """Who publishes, or the warning that this is an unpublished preview."""
        if not self.publisher:
            return _("Preview: not published; do not cite.")
        return _("Published by {name}.").format(name=self.publisher)


def _whole_number(name: str, sentence: str, default: int, most: int) -> int:
    """Read a setting from 0 to ``most``; the sentence says what it is, and what it has."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= most:
        return int(text)
    raise BadSetting(sentence.format(name=name, most=most, value=text))


def _shared_cache() -> int:
    sentence = _(
        "ATLAS_SHARED_CACHE is the number of seconds for which shared caches may answer: a "
        "whole number from 0 to {most}. It is “{value}”."
    )
    return _whole_number("ATLAS_SHARED_CACHE", sentence, 0, LONGEST_SHARED_CACHE)


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
    sentence = _(
        "{name} is the number of pages that may be live at once: a whole number from 0 to "
        "{most}. It is “{value}”."
    )
    return _whole_number(name, sentence, default, MOST_SOCKETS)


def _address(text: str) -> str:
    origin = origin_of(text.removesuffix("/"))
    if text and not origin:
        raise BadSetting(
            _(
                "ATLAS_ADDRESS is the public address of this installation: https:// and its host, "
                "such as https://atlas.example.org. A path is named by ATLAS_ROOT. It is "
                "“{value}”."
            ).format(value=text)
        )
    return origin


def _root(text: str) -> str:
    root = text.rstrip("/")
    if not _ROOT.fullmatch(root):
        raise BadSetting(
            _(
                "ATLAS_ROOT is the path below which the atlas is served, such as "
                "/interactives/atlas: letters, digits and - _ . between slashes. It is “{value}”."
            ).format(value=text)
        )
    return root


def _sites(name: str, what: str) -> tuple[str, ...]:
    """Read a setting with the origins of sites, each once."""
    named = os.environ.get(name, "").replace(",", " ").split()
    wrong = [site for site in named if not origin_of(site.removesuffix("/"))]
    if wrong:
        raise BadSetting(
            _(
                "{name} names the sites that may show {what} in a frame: https:// and a host "
                "each, such as https://news.example.org. It has “{value}”."
            ).format(name=name, what=what, value=wrong[0])
        )
    return tuple(dict.fromkeys(origin_of(site.removesuffix("/")) for site in named))


def _fixes_released_only() -> bool:
    text = os.environ.get("ATLAS_FIXED_LINKS", "").strip()
    if text not in ("", "always", "released"):
        raise BadSetting(
            _(
                "ATLAS_FIXED_LINKS says for which versions of the ledger fixed links are offered: "
                "“always”, or “released” for released ones alone. It is “{value}”."
            ).format(value=text)
        )
    return text == "released"
