"""
The server around the application: uvicorn, found at the start and given limits.

``streamlit run`` starts uvicorn with settings of its own and offers none for slow clients. Its
server reads the class of its connections from its configuration whenever one is opened, so it
is enough to name another class there before the first.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import sys
from functools import partial
from typing import cast

import uvicorn

from geo.configuration import BadSetting
from geo.server.connections import ConnectionLimits
from geo.server.http_protocol import BoundedProtocol
from geo.wording import _

log = logging.getLogger(__name__)

#: where the hard limit is "unlimited", as in some containers
_MANY = 1_048_576


def running_server() -> uvicorn.Server | None:
    """
    Return the uvicorn server that runs this event loop; None under another ASGI server.

    Its method ``serve`` is the coroutine that the loop runs, and nothing else refers to it.
    """
    for task in asyncio.all_tasks():
        coroutine = task.get_coro()
        if inspect.iscoroutine(coroutine):
            owner = inspect.getcoroutinelocals(coroutine).get("self")
            if isinstance(owner, uvicorn.Server):
                return owner
    return None


def bound_connections(
    bounds: ConnectionLimits, sockets: type[asyncio.Protocol] | None = None
) -> bool:
    """
    Let the running server open bounded connections only; called while it starts.

    Parameters
    ----------
    bounds : ConnectionLimits
        Shared by all its connections.
    sockets : type, optional
        uvicorn's class for websockets, with bounds; without it, the one that it has chosen.

    Returns
    -------
    bool
        False if this is not uvicorn; a warning is logged then.
    """
    server = running_server()
    if server is None:
        log.warning(
            "This server is not uvicorn, or an unknown version of it: slow requests are not "
            "ended by the atlas. Put a proxy before it (deploy/README.md)."
        )
        return False
    # uvicorn calls it as it would call the class
    protocol = cast("type[asyncio.Protocol]", partial(BoundedProtocol, bounds=bounds))
    server.config.http_protocol_class = protocol
    if sockets is not None:
        server.config.ws_protocol_class = sockets
    return True


def refuse_other_root(root: str) -> None:
    """
    Refuse a path that the running server was told of, and the atlas was not.

    Parameters
    ----------
    root : str
        As `Configuration.root`.

    Raises
    ------
    BadSetting
        With the setting to make: links would lead out of the path.
    """
    server = running_server()
    told = server.config.root_path.rstrip("/") if server else ""
    if told and not f"{root}/".startswith(f"{told}/"):
        sentence = _("Set ATLAS_ROOT={path}: the server is told of a path, and the atlas is not.")
        log.error(sentence.format(path=told))
        raise BadSetting(sentence.format(path=told))


def raise_descriptor_limit() -> int:
    """
    Raise the number of files and sockets that this process may open to what it may ask for.

    Returns
    -------
    int
        The limit from now on; 0 where the system has none of this kind.
    """
    if sys.platform == "win32":
        return 0
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MANY if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return most
    return soft
