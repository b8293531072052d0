"""The load client counts runs from the message that asks for one to the one that ends it."""

from __future__ import annotations

import asyncio
import os
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.server import Server, ServerConnection, serve

from tools.session_client import Figures, churn, load, pauses
from tools.sessions import Process, _thirds, _times

#: of the server's answer: longer than the way of its messages
SECONDS = 0.05


class Streamlit:
    """Answers as Streamlit does: some messages, then the one that ends the run."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def answer(self, socket: ServerConnection) -> None:
        async for message in socket:
            assert isinstance(message, bytes)
            asked = BackMsg.FromString(message)
            assert asked.WhichOneof("type") == "rerun_script"
            self.asked.append(asked.rerun_script.query_string)
            await asyncio.sleep(SECONDS)
            for answer in (
                ForwardMsg(),
                ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY),
            ):
                await socket.send(answer.SerializeToString())


class Broken(Streamlit):
    """Closes the socket instead."""

    async def answer(self, socket: ServerConnection) -> None:
        await socket.close()


def _url(server: Server) -> str:
    port = next(iter(server.sockets)).getsockname()[1]
    return f"http://127.0.0.1:{port}"


async def _loaded(streamlit: Streamlit, sessions: int) -> Figures:
    async with serve(streamlit.answer, "127.0.0.1", 0, subprotocols=["streamlit"]) as server:  # type: ignore[list-item]
        return await load(_url(server), sessions, 1.0, 0.2)


def test_every_session_runs_once_and_then_again_and_again() -> None:
    streamlit = Streamlit()
    figures = asyncio.run(_loaded(streamlit, 3))
    assert len(figures.first) == 3
    assert len(figures.reruns) >= 3
    assert len(streamlit.asked) == len(figures.first) + len(figures.reruns)
    assert min(*figures.first, *figures.reruns) >= SECONDS
    assert len(set(streamlit.asked)) > 1
    assert not figures.errors


def test_errors_are_counted_by_kind() -> None:
    figures = asyncio.run(_loaded(Broken(), 2))
    assert sum(figures.errors.values()) == 2
    assert figures.first == []


def test_sessions_of_a_churn_move_once_and_end() -> None:
    streamlit = Streamlit()

    async def run() -> Figures:
        async with serve(streamlit.answer, "127.0.0.1", 0, subprotocols=["streamlit"]) as server:  # type: ignore[list-item]
            return await churn(_url(server), 30)

    figures = asyncio.run(run())
    assert (len(figures.first), len(figures.reruns)) == (30, 30)


def test_pauses_end() -> None:
    begun = time.monotonic()
    found = [pause for pause in pauses(0.05, 2.0) if time.monotonic() - begun < 5]
    assert found
    assert all(1.0 <= pause <= 3.0 for pause in found)


def test_figures_are_printed_with_their_units() -> None:
    samples = [Process(memory, 5, 10) for memory in (100, 100, 200, 200, 220, 220)]
    assert _thirds(samples) == (
        "memory by thirds: 100.0 · 200.0 · 220.0 MiB, the last +10.0 % of the middle one"
    )
    assert "p50     10 ms" in _times("rerun", [0.01] * 5)
    assert _times("rerun", []).endswith("0 runs")
    assert Process.of(os.getpid()).memory > 1
