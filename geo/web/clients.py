"""The address that a connection comes from, as far as limits need it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import Scope

#: bits of an IPv6 address that one customer of a provider gets
_NETWORK = 64


def client_key(scope: Scope) -> str:
    """
    Return whose connection it is, for limits by address.

    Never logged. ``X-Forwarded-For`` is used only if uvicorn believes the proxy that sends it
    (``FORWARDED_ALLOW_IPS``): uvicorn then puts the reader's address into the scope.

    Parameters
    ----------
    scope : Scope
        Of a request or a websocket.

    Returns
    -------
    str
        An IPv4 address, or the network of an IPv6 address, of which one machine can use any
        number. Empty without an address, as on a Unix socket.
    """
    host = str((scope.get("client") or ("", 0))[0])
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host[:64]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), _NETWORK), strict=False))
