"""
What a proxy says of the request that it passes on: the host that the reader asked.

uvicorn reads ``X-Forwarded-For`` and ``X-Forwarded-Proto`` of the proxies that
``FORWARDED_ALLOW_IPS`` names. The other headers are read here, of the same proxies: from
anybody else they are what the client likes to write.
"""

from __future__ import annotations

import ipaddress
import os
import re

from starlette.datastructures import Headers
from starlette.types import Scope

_PORT = re.compile(r"[0-9]{1,5}")
#: a parameter of ``Forwarded`` (RFC 7239): its value is a token or a quoted string
_PARAMETER = re.compile(r'(?:^|[;\s])(host|proto)=(?:"([^"\\]*)"|([^";,\s]*))', re.IGNORECASE)


def is_believed(address: str) -> bool:
    """
    Say whether an address is that of a proxy whose headers are believed.

    Parameters
    ----------
    address : str
        Of the other end of the connection.

    Returns
    -------
    bool
        True for those that ``FORWARDED_ALLOW_IPS`` names, by address, by network or as ``*``;
        where it is not set, for both addresses of this machine itself.
    """
    named = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1").split(",")
    return any(_includes(proxy.strip(), address) for proxy in named)


def _includes(named: str, address: str) -> bool:
    if named in ("*", address):
        return True
    try:
        found, network = ipaddress.ip_address(address), ipaddress.ip_network(named)
    except ValueError:
        return False
    # a socket that listens for both families tells IPv4 addresses in this form
    return (getattr(found, "ipv4_mapped", None) or found) in network


def came_by_proxy(scope: Scope) -> bool:
    """
    Say whether a believed proxy has passed a request on, and said so.

    Parameters
    ----------
    scope : Scope
        Of HTTP or a websocket. uvicorn has put the client that a proxy names in place of the
        proxy's address, with the port 0.

    Returns
    -------
    bool
        False for a client that reaches the server itself.
    """
    host, port = scope.get("client") or ("", 0)
    if host and not port:
        return True
    headers = Headers(scope=scope)
    says_so = any(name.startswith("x-forwarded-") or name == "forwarded" for name in headers)
    return says_so and is_believed(host)


def hosts_of(scope: Scope) -> tuple[str, ...]:
    """
    Return the hosts by which a reader may have asked, with their ports.

    Parameters
    ----------
    scope : Scope
        Of HTTP or a websocket.

    Returns
    -------
    tuple of str
        The ``Host`` header first, then what a believed proxy says by ``X-Forwarded-Host``,
        ``X-Forwarded-Port`` and ``Forwarded``; of several proxies, the nearest. Not checked.
    """
    headers = Headers(scope=scope)
    own = headers.get("host", "")
    if not came_by_proxy(scope):
        return (own,)
    named = [own, _nearest(headers, "x-forwarded-host"), forwarded(scope).get("host", "")]
    port = _nearest(headers, "x-forwarded-port")
    if _PORT.fullmatch(port):
        named += [f"{host}:{port}" for host in named if host and not _has_port(host)]
    return tuple(dict.fromkeys(filter(None, named)))


def forwarded(scope: Scope) -> dict[str, str]:
    """Return ``host`` and ``proto`` of the nearest proxy's ``Forwarded`` header, if believed."""
    if not came_by_proxy(scope):
        return {}
    nearest = _nearest(Headers(scope=scope), "forwarded")
    found = _PARAMETER.findall(nearest)
    return {name.lower(): quoted or token for name, quoted, token in found}


def scheme_of(scope: Scope) -> str:
    """Return the scheme by which the reader asked, ``https`` or ``http``."""
    proto = forwarded(scope).get("proto", "").lower()
    scheme = scope.get("scheme", "http")
    return "https" if proto == "https" or scheme in ("https", "wss") else "http"


def _nearest(headers: Headers, name: str) -> str:
    return ",".join(headers.getlist(name)).rpartition(",")[2].strip()


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]
