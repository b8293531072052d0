"""A socket passes on what a page sends: one run at a time, the last address first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.types import Message

from geo.server import socket_messages
from geo.server.repeats import SAME_TEXT, limited_repeats
from geo.server.socket_codec import MessageCodec
from geo.server.socket_limits import Bucket
from geo.server.socket_messages import Conversation

END = b"end"


@dataclass(frozen=True)
class Run:
    """A request for a run whose content is a word; an earlier one that starts with ! stays."""

    word: bytes

    def after(self, earlier: Run | None) -> Run:
        return Run(b"!" + self.word) if earlier and earlier.word.startswith(b"!") else self

    def encode(self) -> bytes:
        return self.word


LANGUAGE = MessageCodec(lambda data: None if data.startswith(b"bad") else Run(data), END.__eq__)


class Wire:
    """The server's side: messages that come, and what was sent."""

    def __init__(self, bucket: Bucket | None = None) -> None:
        self.coming: asyncio.Queue[Message] = asyncio.Queue()
        self.sent: list[Message] = []
        self.taken = asyncio.Event()
        self.taken.set()
        self.talk = Conversation(
            self.coming.get, self._send, LANGUAGE, bucket or Bucket(1000, 1000)
        )

    async def _send(self, message: Message) -> None:
        await self.taken.wait()
        self.sent.append(message)

    def put(self, *words: bytes) -> None:
        for word in words:
            self.coming.put_nowait({"type": "websocket.receive", "bytes": word})

    async def passed(self) -> Any:
        async with asyncio.timeout(5):
            message = await self.talk.receive()
        return message.get("bytes", message["type"])

    async def end_run(self) -> None:
        await self.talk.send({"type": "websocket.send", "bytes": END})


def run(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(scene())


def test_handshake_and_farewell_pass() -> None:
    async def scene() -> None:
        wire = Wire()
        wire.coming.put_nowait({"type": "websocket.connect"})
        assert await wire.passed() == "websocket.connect"
        wire.coming.put_nowait({"type": "websocket.disconnect", "code": 1001})
        assert await wire.passed() == "websocket.disconnect"

    run(scene)


def test_what_no_page_sends_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        wire = Wire()
        wire.put(*[b"bad"] * 300, b"")
        wire.coming.put_nowait({"type": "websocket.receive", "text": "bad"})
        wire.put(b"good")
        assert await wire.passed() == b"good"
        assert wire.sent == []

    with limited_repeats():
        run(scene)
    lines = [record.getMessage() for record in caplog.records if record.name == "atlas"]
    assert len(lines) == SAME_TEXT + 1
    assert f"and {302 - SAME_TEXT} more lines" in lines[-1]


def test_who_sends_nothing_else_is_closed() -> None:
    async def scene() -> None:
        wire = Wire()
        wire.put(*[b"bad"] * (socket_messages.FORGED + 1))
        assert await wire.passed() == "websocket.disconnect"
        assert wire.sent == [{"type": "websocket.close", "code": 1008}]
        with pytest.raises(OSError, match="closed"):
            await wire.talk.send({"type": "websocket.send", "bytes": b"x"})

    run(scene)


def test_streamlit_hears_of_a_socket_once_a_run_is_needed() -> None:
    async def scene() -> None:
        wire = Wire()
        wire.coming.put_nowait({"type": "websocket.connect"})
        opening = asyncio.ensure_future(wire.talk.open("streamlit"))
        wire.put(b"bad")
        done, _late = await asyncio.wait({opening}, timeout=0.05)
        assert not done
        assert wire.sent == [{"type": "websocket.accept", "subprotocol": "streamlit"}]
        wire.put(b"first")
        assert await opening
        assert await wire.passed() == "websocket.connect"
        await wire.talk.send({"type": "websocket.accept"})
        assert len(wire.sent) == 1, "accepted once"
        assert await wire.passed() == b"first"
        wire.put(b"second")
        assert await wire.passed() == b"second"

    run(scene)


def test_who_leaves_without_a_run_is_unknown_to_streamlit() -> None:
    async def scene() -> None:
        wire = Wire()
        wire.coming.put_nowait({"type": "websocket.connect"})
        wire.coming.put_nowait({"type": "websocket.disconnect", "code": 1001})
        assert not await wire.talk.open(None)

    run(scene)


def test_who_never_asks_for_a_run_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_messages, "FIRST_RUN", 0.05)

    async def scene() -> None:
        wire = Wire()
        wire.coming.put_nowait({"type": "websocket.connect"})
        wire.put(b"bad")
        assert not await wire.talk.open(None)
        assert wire.sent[-1] == {"type": "websocket.close", "code": 1008}

    run(scene)


def test_who_has_asked_once_may_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_messages, "FIRST_RUN", 0.05)

    async def scene() -> None:
        wire = Wire()
        wire.coming.put_nowait({"type": "websocket.connect"})
        wire.put(b"first")
        assert await wire.talk.open(None)
        for expected in ("websocket.connect", b"first"):
            assert await wire.passed() == expected
        waiting = asyncio.ensure_future(wire.passed())
        done, _late = await asyncio.wait({waiting}, timeout=0.2)
        assert not done
        wire.put(b"second")
        assert await waiting == b"second"

    run(scene)


def test_quick_clicks_end_the_run_before_them() -> None:
    async def scene() -> None:
        wire = Wire()
        for number in range(5):
            wire.put(b"%d" % number)
            assert await wire.passed() == b"%d" % number

    run(scene)


def test_a_flood_becomes_one_run_after_the_other() -> None:
    async def scene() -> None:
        wire = Wire()
        for number in range(1 + int(socket_messages.QUICK_BURST)):
            wire.put(b"%d" % number)
            await wire.passed()
        wire.put(b"a", b"b", b"!c", b"d", b"e")
        waiting = asyncio.ensure_future(wire.passed())
        done, _late = await asyncio.wait({waiting}, timeout=0.05)
        assert not done, "the run before it has not ended"
        await wire.end_run()
        # the last address, and nothing that an earlier request had told is lost
        assert await waiting == b"!e"

    run(scene)


def test_one_run_after_the_other_is_not_slowed_down() -> None:
    async def scene() -> None:
        wire = Wire()
        for number in range(200):
            wire.put(b"%d" % number)
            assert await wire.passed() == b"%d" % number
            await wire.end_run()

    begun = asyncio.run(_timed(scene))
    assert begun < 1.0, "5 ms a click"


async def _timed(scene: Callable[[], Coroutine[Any, Any, None]]) -> float:
    begun = asyncio.get_running_loop().time()
    await scene()
    return asyncio.get_running_loop().time() - begun


def test_runs_of_one_address_are_bounded() -> None:
    async def scene() -> None:
        wire = Wire(Bucket(rate=20, burst=1))
        wire.put(b"a")
        assert await wire.passed() == b"a"
        await wire.end_run()
        wire.put(b"b")
        wire.put(b"c")
        assert await _timed(lambda: _expect(wire, b"c")) > 0.03

    run(scene)


async def _expect(wire: Wire, word: bytes) -> None:
    assert await wire.passed() == word


def test_who_does_not_take_the_answers_gets_no_further_run() -> None:
    async def scene() -> None:
        wire = Wire()
        wire.taken.clear()
        sending = asyncio.ensure_future(wire.talk.send({"type": "websocket.send", "bytes": b"x"}))
        await asyncio.sleep(0)
        wire.put(b"a")
        waiting = asyncio.ensure_future(wire.passed())
        done, _late = await asyncio.wait({waiting}, timeout=0.6)
        assert not done
        wire.taken.set()
        await sending
        assert await waiting == b"a"

    run(scene)


def test_a_socket_that_the_server_has_closed_is_an_os_error() -> None:
    async def scene() -> None:
        wire = Wire()

        async def closed(_message: Message) -> None:
            raise RuntimeError("Unexpected ASGI message 'websocket.send'")

        talk = Conversation(wire.coming.get, closed, LANGUAGE, Bucket(1, 1))
        with pytest.raises(OSError, match="closed"):
            await talk.send({"type": "websocket.send", "bytes": b"x"})

    run(scene)


def test_the_end_of_a_socket_is_seen_while_a_run_waits() -> None:
    async def scene() -> None:
        wire = Wire(Bucket(rate=0.001, burst=1))
        wire.put(b"a")
        assert await wire.passed() == b"a"
        wire.put(b"b")
        wire.coming.put_nowait({"type": "websocket.disconnect", "code": 1001})
        assert await wire.passed() == "websocket.disconnect"
        wire.talk.end()

    run(scene)
