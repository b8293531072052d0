"""
The target of a request line, in each of the forms that HTTP has.

Proxies may send a whole address in place of a path, and every server must take it (RFC 9112,
section 3.2.2). It is read here, where bytes become a request, so that what comes behind, for
HTTP as for websockets, sees a path and the host that was meant.
"""

from __future__ import annotations

import re
from typing import Any

import h11

from geo.server.request_limits import arriving_excess

_HOST = re.compile(r"(?:[\w.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::(?P<port>\d{1,5}))?", re.ASCII)
_ABSOLUTE = re.compile(rb"(?:http|ws)s?://(?P<host>[^/?]*)(?P<path>/?[^?]*)(?P<query>.*)", re.I)


def is_host(text: str) -> bool:
    """
    Say whether a text is a host as a ``Host`` header names it.

    Parameters
    ----------
    text : str
        A name, an IPv4 or a bracketed IPv6 address, with or without a port.

    Returns
    -------
    bool
        False also for a port that none can have.
    """
    found = _HOST.fullmatch(text)
    return bool(found) and int((found and found["port"]) or 0) <= 65_535


def read_target(method: bytes, target: bytes) -> tuple[bytes, bytes | None]:
    """
    Read a request's target.

    Parameters
    ----------
    method : bytes
        Of the request.
    target : bytes
        Without blanks, as h11 has checked it.

    Returns
    -------
    tuple of (bytes, bytes or None)
        Path and query, and the host that takes the place of the ``Host`` header; None where
        the target names no host. The path is ``*`` where ``OPTIONS`` asks about the server,
        and for ``CONNECT`` what it names.

    Raises
    ------
    ValueError
        When it is in no form that the method may have.
    """
    if method == b"CONNECT":
        return target, None
    if b"#" in target:
        raise ValueError("a fragment is no part of a request")
    if target[:1] == b"/" or (method, target) == (b"OPTIONS", b"*"):
        return target, None
    absolute = _ABSOLUTE.fullmatch(target)
    if absolute is None or not is_host(absolute["host"].decode("ascii")):
        raise ValueError("neither a path nor an address")
    path, query = absolute["path"], absolute["query"]
    if method == b"OPTIONS" and not path and not query:
        return b"*", absolute["host"]
    return (path or b"/") + query, absolute["host"]


class PathConnection(h11.Connection):
    """h11's connection of a server, whose requests have a short head and a path as their target."""

    def next_event(self) -> Any:
        """
        Return the next event.

        Raises
        ------
        h11.RemoteProtocolError
            When a request cannot be read, or is too large by what has come of it.
        """
        if self.their_state is h11.IDLE and arriving_excess(self.trailing_data[0]):
            raise h11.RemoteProtocolError("the head is too large")
        event = super().next_event()
        if not isinstance(event, h11.Request):
            return event
        try:
            target, host = read_target(event.method, event.target)
        except ValueError as error:
            raise h11.RemoteProtocolError(str(error)) from None
        if host is None:
            return event
        others = [(name, value) for name, value in event.headers if name != b"host"]
        headers = [(b"host", host), *others]
        return h11.Request(
            method=event.method, target=target, headers=headers, http_version=event.http_version
        )
