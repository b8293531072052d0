"""Sessions of a Streamlit server over real websockets, as browsers hold them."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from geo.model.vocabulary import LATEST_WORDS, PROVINCES

#: seconds between two changes of a session, on average
PACE = 4.0
#: seconds after which a run that has not ended counts as an error
PATIENCE = 60.0
#: sessions of a churn that are open at once
AT_ONCE = 20
COUNTRIES = ("NL", "ES", "IT", "FR", "DE", "GB", "US", "CA", "PT", "JP", "BR", "SE")
ADDRESSES = (
    "",
    *(f"country={code}" for code in COUNTRIES),
    *(f"status={code}" for code in LATEST_WORDS),
    *(f"province={code}" for code in PROVINCES),
    *(f"country={code}&status=told_to_stop" for code in COUNTRIES),
    "asof=2022-12-05",
    "q=police",
)


@dataclass
class Figures:
    """
    What sessions have seen.

    Attributes
    ----------
    first : list of float
        Seconds of each session's first run, with the opening of its socket.
    reruns : list of float
        Seconds of each later run.
    errors : Counter of str
        By kind.
    """

    first: list[float] = field(default_factory=list)
    reruns: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


async def run(socket: ClientConnection, query: str, page: str = "") -> None:
    """
    Ask for a run of an address and wait until it has ended.

    Parameters
    ----------
    socket : ClientConnection
        An open socket of the server.
    query : str
        Of the address.
    page : str
        Path of the page.

    Raises
    ------
    TimeoutError
        When the run does not end within `PATIENCE`.
    """
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    await socket.send(message.SerializeToString())
    async with asyncio.timeout(PATIENCE):
        while True:
            received = await socket.recv()
            assert isinstance(received, bytes)
            answer = ForwardMsg.FromString(received)
            if answer.WhichOneof("type") == "script_finished":
                return


async def session(url: str, moves: Iterable[float], page: str, figures: Figures) -> None:
    """
    Open a session, move to another address after each pause, and close it.

    Parameters
    ----------
    url : str
        The server's, with ``http``.
    moves : iterable of float
        Seconds of each pause.
    page : str
        Path of the page.
    figures : Figures
        Gets what was seen.
    """
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    begun = time.perf_counter()
    try:
        async with connect(
            address,
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
            ping_interval=None,
        ) as socket:
            await run(socket, random.choice(ADDRESSES), page)
            figures.first.append(time.perf_counter() - begun)
            for pause in moves:
                await asyncio.sleep(pause)
                begun = time.perf_counter()
                await run(socket, random.choice(ADDRESSES), page)
                figures.reruns.append(time.perf_counter() - begun)
    except (OSError, TimeoutError, WebSocketException) as error:
        figures.errors[type(error).__name__] += 1


def pauses(seconds: float, pace: float) -> Iterable[float]:
    """Yield pauses of ``pace`` seconds on average, half to one and a half of it, until the end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield random.uniform(0.5, 1.5) * pace


async def load(
    url: str, sessions: int, seconds: float, pace: float = PACE, page: str = ""
) -> Figures:
    """
    Keep sessions open that each move at a pace.

    Parameters
    ----------
    url : str
        The server's.
    sessions : int
        How many; they begin one after the other, within one pace.
    seconds : float
        How long each moves.
    pace : float
        Seconds between two moves of a session, on average.
    page : str
        Path of the page.

    Returns
    -------
    Figures
        Of all sessions.
    """
    figures = Figures()

    async def one(after: float) -> None:
        await asyncio.sleep(after)
        await session(url, pauses(seconds, pace), page, figures)

    ramp = max(pace, PACE)
    await asyncio.gather(*(one(ramp * number / sessions) for number in range(sessions)))
    return figures


async def churn(url: str, sessions: int, page: str = "") -> Figures:
    """
    Open sessions, move each once, and close it; `AT_ONCE` are open at a time.

    Parameters
    ----------
    url : str
        The server's.
    sessions : int
        How many in all.
    page : str
        Path of the page.

    Returns
    -------
    Figures
        Of all sessions.
    """
    figures, room = Figures(), asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with room:
            await session(url, [0.05], page, figures)

    await asyncio.gather(*(one() for _number in range(sessions)))
    return figures
