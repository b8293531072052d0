"""What the publisher of an installation decides, read from the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from geo.errors import AtlasError
from geo.wording import _

#: who signs off a release unless the publisher names other roles
ROLES = ("standards editor", "data editor")


#: a day: what is withheld would stay in shared caches for that long
LONGEST_SHARED_CACHE = 86_400

#: names by which only this machine itself reaches the server
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PORTS = {"http": ":80", "https": ":443"}
# a name or an IPv4 or a bracketed IPv6 address, and a port: nothing else is put into a link
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])"
_AUTHORITY = re.compile(rf"(?P<name>{_HOST})(?P<port>:[0-9]{{1,5}})?")
_ORIGIN = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?", re.IGNORECASE)


def names_own_machine(host: str) -> bool:
    """
    Say whether a Host header names the machine itself.

    Parameters
    ----------
    host : str
        With or without its port.

    Returns
    -------
    bool
        False for a malformed one.
    """
    match = _AUTHORITY.fullmatch(host)
    return match is not None and match["name"].lower() in LOOPBACK


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
    framed_by : tuple of str
        Origins of the sites that may show the atlas in a frame (``ATLAS_FRAMED_BY``, separated
        by blanks or commas).
    """

    publisher: str = ""
    contact: str = ""
    roles: tuple[str, ...] = ROLES
    shared_cache: int = 0
    address: str = ""
    framed_by: tuple[str, ...] = ()

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
            framed_by=_framed_by(os.environ.get("ATLAS_FRAMED_BY", "")),
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
            named = origin_of(f"{urlsplit(self.address).scheme}://{host}")
            return self.address if is_local or named == self.address else ""
        secure = scheme in ("https", "wss")
        return f"{'https' if secure else 'http'}://{host.lower()}" if is_local else ""

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


def origin_of(text: str) -> str:
    """
    Return an origin as browsers write it.

    Parameters
    ----------
    text : str
        Scheme, host and port, such as ``https://atlas.example.org:443``.

    Returns
    -------
    str
        In lower case, without a port that the scheme implies; empty if the text is none.
    """
    if not _ORIGIN.fullmatch(text):
        return ""
    try:
        parts = urlsplit(text.lower())
        # read to be checked: it raises what `urlsplit` lets pass
        parts.port  # noqa: B018
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.removesuffix(_PORTS[parts.scheme])}"


def _address(text: str) -> str:
    origin = origin_of(text.removesuffix("/"))
    if text and not origin:
        raise BadSetting(
            _(
                "ATLAS_ADDRESS is the public address of this installation: https:// and its host, "
                "without a path, such as https://atlas.example.org. It is “{value}”."
            ).format(value=text)
        )
    return origin


def _framed_by(text: str) -> tuple[str, ...]:
    named = text.replace(",", " ").split()
    wrong = [site for site in named if not origin_of(site.removesuffix("/"))]
    if wrong:
        raise BadSetting(
            _(
                "ATLAS_FRAMED_BY names the sites that may show the atlas in a frame: https:// and "
                "a host each, such as https://news.example.org. It has “{value}”."
            ).format(value=wrong[0])
        )
    return tuple(dict.fromkeys(origin_of(site.removesuffix("/")) for site in named))
