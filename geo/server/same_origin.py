"""Which page opens a websocket: one of this site, or one of another."""

from __future__ import annotations

import ipaddress
import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from geo.origins import host_name, names_own_machine, origin_of
from geo.web.clients import is_own_machine
from geo.web.forwarded import came_by_proxy, hosts_of
from geo.wording import _

log = logging.getLogger("atlas")

#: pairs of page and host that are logged; strangers can make any number of them
LOGGED = 20


def is_own_page(scope: Scope, origin: str | None, address: str = "") -> bool:
    """
    Say whether a websocket is opened by a page of this site.

    Where a name leads is its owner's to choose: a foreign one that leads here, and a page of
    it, agree with each other. So only a name that was set beforehand tells them from readers;
    without one, a page that asked this machine directly must have a name that leads nowhere
    else.

    Parameters
    ----------
    scope : Scope
        Of the websocket.
    origin : str or None
        The ``Origin`` header; None for a client that is no browser, and so carries no
        reader's cookies either.
    address : str, optional
        The public origin of the site; empty where it is not known.

    Returns
    -------
    bool
        False also for an origin that cannot be read.
    """
    page = origin_of(origin) if origin is not None else ""
    if origin is not None and not page:
        return False
    hosts = hosts_of(scope)
    is_local = is_own_machine(scope) and names_own_machine(hosts[0])
    if address and not is_local:
        return _is_public(hosts, page, address)
    if page == address != "":
        return True  # a proxy on this machine that writes its own target as the host
    if not page:
        return is_local or not _is_rebound(scope, hosts[0])
    scheme = urlsplit(page).scheme
    same = any(origin_of(f"{scheme}://{host}") == page for host in hosts)
    return same and (is_local or not _is_rebound(scope, hosts[0]))


def _is_public(hosts: tuple[str, ...], page: str, address: str) -> bool:
    name = host_name(urlsplit(address).netloc)
    # without an origin the host alone tells. With one, a proxy may also have written its own
    # target as the host; the browser tells whose page it is
    named = any(host_name(host) == name for host in hosts)
    return named and page in ("", address)


def _is_rebound(scope: Scope, host: str) -> bool:
    """
    Say whether a name that is not this machine's has led a browser to it.

    The page of such a name asks the server's own port. A proxy before the server is asked at
    another one, or says by its headers that it is there.
    """
    server = scope.get("server") or ("", None)
    if came_by_proxy(scope) or not names_own_machine(_bracketed(server[0])):
        return False
    if names_own_machine(host) or _is_address(host):
        return False
    port = urlsplit(f"//{host}").port or 80
    return port == server[1]


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host_name(host).strip("[]"))
    except ValueError:
        return False
    return True


class RefusalLog:
    """
    Says in the log why websockets are refused, and which setting lets them in.

    A page and a host are named once, and no more than `LOGGED` pairs of them.
    """

    def __init__(self) -> None:
        self._logged: set[tuple[str, str]] = set()

    def log(self, scope: Scope, address: str) -> None:
        """
        Log one refusal.

        Parameters
        ----------
        scope : Scope
            Of the websocket.
        address : str
            The public origin of the site; empty where it is not known.
        """
        headers = Headers(scope=scope)
        page, host = origin_of(headers.get("origin", "")), headers.get("host", "")
        # what cannot be read comes from no browser
        if not page or not host_name(host):
            return
        pair = (page, host.lower())
        if pair in self._logged or len(self._logged) >= LOGGED:
            return
        self._logged.add(pair)
        log.warning(_sentence(), page, host, _cure(page, address))


def _sentence() -> str:
    return _(
        "A page at %s was refused its websocket, because the request names the host %s; "
        "it works by page loads. %s"
    )


def _cure(page: str, address: str) -> str:
    if address and page != address:
        return _(
            "If readers use this address, change ATLAS_ADDRESS, which is {address}, to it."
        ).format(address=address)
    if address:
        return _(
            "Let the proxy pass on the host that the reader asked "
            "(in nginx: proxy_set_header Host $http_host;)."
        )
    return _(
        "If this is the atlas’s own address, set ATLAS_ADDRESS={page}, or let the proxy pass on "
        "the host that the reader asked (in nginx: proxy_set_header Host $http_host;)."
    ).format(page=page)
