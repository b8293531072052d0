"""The client that a request is counted for: an IPv4 address, an IPv6 network, or unknown."""

from __future__ import annotations

import ipaddress

from starlette.types import Scope

from geo.web.forwarded import is_believed


def client_of(scope: Scope) -> str:
    """
    Return what counts as one client.

    All readers of a proxy share its address. So a request
    from a proxy (``FORWARDED_ALLOW_IPS``, as uvicorn reads it) belongs to a known client only
    where the proxy has named one, which uvicorn then puts in place of its address, with the
    port 0.

    Parameters
    ----------
    scope : Scope
        The request.

    Returns
    -------
    str
        An IPv4 address or an IPv6 network; empty where it is not known.
    """
    host, port = scope.get("client") or ("", 0)
    if port and is_believed(host):
        return ""
    return network_of(host)


def network_of(address: str) -> str:
    """
    Return what counts as one client: an IPv4 address, or the network of an IPv6 address.

    Parameters
    ----------
    address : str
        Of a client; empty where the server knows none.

    Returns
    -------
    str
        Of an IPv6 address the first 64 bits, since one client has all addresses that begin
        with them; anything else as it is.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, 64)))


def is_own_machine(scope: Scope) -> bool:
    """
    Say whether a request comes from the machine that answers it.

    Parameters
    ----------
    scope : Scope
        The request.

    Returns
    -------
    bool
        False where the client is not known, and where a proxy on this machine names another.
    """
    host, _port = scope.get("client") or ("", 0)
    try:
        parsed = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback
