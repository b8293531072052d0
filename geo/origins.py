"""Origins and hosts as browsers compare them: scheme, name and port in one spelling."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
# a name or an IPv4 or a bracketed IPv6 address, and a port: nothing else is put into a link.
# A name may end with a dot, as DNS writes it whole
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\])"
_AUTHORITY = re.compile(rf"(?P<name>{_HOST})(?P<port>:[0-9]{{1,5}})?")
_ORIGIN = re.compile(rf"(?P<scheme>https?)://{_HOST}(?::[0-9]{{1,5}})?", re.IGNORECASE)


def origin_of(text: str) -> str:
    """
    Return an origin as browsers write it.

    Parameters
    ----------
    text : str
        Scheme, host and port, such as ``https://Atlas.example.org.:443``.

    Returns
    -------
    str
        In lower case, without the dot that ends a name and without a port that the scheme
        implies, an IPv6 address in its shortest form; empty if the text is none.
    """
    if not _ORIGIN.fullmatch(text):
        return ""
    try:
        parts = urlsplit(text.lower())
        port = parts.port  # raises what `urlsplit` lets pass
        name = _name(parts.hostname or "")
    except ValueError:
        return ""
    is_implied = port is None or port == _PORTS[parts.scheme]
    return f"{parts.scheme}://{name}" + ("" if is_implied else f":{port}")


def _name(host: str) -> str:
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    return host.removesuffix(".")


def host_name(host: str) -> str:
    """
    Return the name in a Host header, without its port.

    Parameters
    ----------
    host : str
        With or without a port.

    Returns
    -------
    str
        As `origin_of` writes it; empty for a malformed header.
    """
    match = _AUTHORITY.fullmatch(host)
    return origin_of(f"http://{match['name']}").removeprefix("http://") if match else ""


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
        True for a name that leads nowhere else: ``localhost`` and those below it (RFC 6761),
        and loopback addresses. False for a malformed header.
    """
    name = host_name(host)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
