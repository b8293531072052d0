"""A reader's websocket without a browser: it sends addresses and waits for their runs."""

from __future__ import annotations

import asyncio
from types import TracebackType
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

#: how long a run may take before it counts as lost
SECONDS = 30.0
#: what the front end sends in place of a token, if no cookie gave it one
_NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"


class Session:
    """
    One reader of the live page.

    Parameters
    ----------
    url : str
        Of the server or the proxy, ``http://…``.
    session_id : str, optional
        Of a session that the reader had before the socket dropped.
    token : str, optional
        The value of the XSRF cookie; sent in the cookie too.
    origin : str, optional
        The address in the reader's browser, if not ``url``.

    Attributes
    ----------
    session_id : str
        As the server names it, once a run has begun.
    """

    def __init__(self, url: str, session_id: str = "", token: str = "", origin: str = "") -> None:
        self._url = url
        self._origin = origin or url
        self._token = token
        self.session_id = session_id
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Session:
        """Open the websocket as the front end does."""
        protocols = ["streamlit", self._token or _NO_TOKEN, *filter(None, [self.session_id])]
        cookie = {"Cookie": f"_streamlit_xsrf={self._token}"} if self._token else {}
        server = urlsplit(self._url)
        self._socket = await connect(
            f"{self._origin.replace('http', 'ws', 1)}/_stcore/stream",
            host=server.hostname,
            port=server.port,
            subprotocols=[Subprotocol(name) for name in protocols],
            additional_headers={"Origin": self._origin, **cookie},
            max_size=None,
            proxy=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the websocket."""
        if self._socket:
            await self._socket.close()

    async def run(self, query: str, page: str = "") -> list[ForwardMsg]:
        """
        Ask for the run of an address, and return its messages up to the last.

        Parameters
        ----------
        query : str
            Without its question mark.
        page : str
            The name of the page in the address; empty for the map.

        Raises
        ------
        ConnectionClosed
            If the socket drops meanwhile.
        TimeoutError
            If the run does not end.
        """
        assert self._socket
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        message.rerun_script.context_info.url = f"{self._origin}/{page}"
        await self._socket.send(message.SerializeToString())
        received: list[ForwardMsg] = []
        async with asyncio.timeout(SECONDS):
            while True:
                found = ForwardMsg()
                found.ParseFromString(bytes(await self._socket.recv(decode=False)))
                received.append(found)
                if found.HasField("new_session"):
                    self.session_id = found.new_session.initialize.session_id
                if found.WhichOneof("type") == "script_finished":
                    return received


def shown(messages: list[ForwardMsg]) -> str:
    """Return what a run shows: the content of its deltas, without ids of session and run."""
    return "\n".join(str(m.delta) for m in messages if m.WhichOneof("type") == "delta")
