"""A websocket by the byte: handshakes and frames that no library would send."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

BINARY, TEXT, CONTINUED, CLOSE, PING = 2, 1, 0, 8, 9
#: seconds after which a server that says nothing counts as silent
PATIENCE = 10.0
HANDSHAKE: Mapping[str, str] = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": "streamlit",
}


def ask(query: str) -> bytes:
    """Return the message that asks for the run of an address."""
    message = BackMsg()
    message.rerun_script.query_string = query
    return bytes(message.SerializeToString())


def frame(
    content: bytes, opcode: int = BINARY, *, last: bool = True, length: int | None = None
) -> bytes:
    """
    Return a frame of a client.

    Parameters
    ----------
    content : bytes
        Sent under a mask of zeros, that is as it is.
    opcode : int
        Kind of frame.
    last : bool
        Whether it ends its message.
    length : int, optional
        The length that is announced, if not that of the content.
    """
    size = len(content) if length is None else length
    head = bytes([opcode | (0x80 if last else 0)])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65_536:
        head += b"\xfe" + struct.pack("!H", size)
    else:
        head += b"\xff" + struct.pack("!Q", size)
    return head + bytes(4) + content


class Socket:
    """
    A websocket of a server on this machine; a context manager, which drops it.

    Parameters
    ----------
    port : int
        Of the server.
    headers : mapping of str to str or None, optional
        In place of those of a good handshake; None leaves one out.
    raw : bytes, optional
        Further lines of the head, as they are.
    source : str, optional
        Address on this machine that it comes from.

    Attributes
    ----------
    status : str
        Of the handshake; ``101`` once the socket is open.
    """

    def __init__(
        self,
        port: int,
        headers: Mapping[str, str | None] | None = None,
        raw: bytes = b"",
        source: str = "127.0.0.1",
    ) -> None:
        self._connection = socket.create_connection(
            ("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0)
        )
        own: dict[str, str | None] = {"Host": f"127.0.0.1:{port}", **HANDSHAKE, **(headers or {})}
        lines = [f"{name}: {value}\r\n" for name, value in own.items() if value is not None]
        head = "GET /_stcore/stream HTTP/1.1\r\n" + "".join(lines)
        self._buffer = b""
        self.send(head.encode("utf-8") + raw + b"\r\n")
        answer = self._head()
        self.status = answer.split(b" ", 2)[1].decode() if b" " in answer else "no answer"

    def __enter__(self) -> Socket:
        """Return the socket."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop the connection."""
        self.drop()

    def drop(self) -> None:
        """Drop the connection, without a farewell."""
        self._connection.close()

    def send(self, data: bytes) -> bool:
        """Send bytes; return whether the server has taken them."""
        try:
            self._connection.sendall(data)
        except OSError:
            return False
        return True

    def receive(self) -> tuple[int, bytes] | None:
        """Return kind and content of the next frame; None if there is none, or no more."""
        with suppress(OSError):
            head = self._take(2)
            size = head[1] & 0x7F
            if size == 126:
                (size,) = struct.unpack("!H", self._take(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", self._take(8))
            return head[0] & 0x0F, self._take(size)
        return None

    def close_code(self) -> int | None:
        """Read up to the frame that closes the socket; return its code, None without one."""
        while (found := self.receive()) is not None:
            if found[0] == CLOSE:
                return int.from_bytes(found[1][:2], "big")
        return None

    def answers(self, query: str = "country=NL") -> bool:
        """Say whether the socket's session answers a request for a run."""
        self.send(frame(ask(query)))
        while (found := self.receive()) is not None:
            # what ends a run is short
            if found[0] == BINARY and len(found[1]) < 512:
                answer = ForwardMsg.FromString(found[1])
                if answer.WhichOneof("type") == "script_finished":
                    return True
        return False

    def is_open(self, seconds: float) -> bool:
        """Say whether the server keeps the connection for so long, with nothing to say."""
        self._connection.settimeout(seconds)
        try:
            while data := self._connection.recv(65_536):
                self._buffer += data
        except TimeoutError:
            return True
        except OSError:
            return False
        finally:
            self._connection.settimeout(PATIENCE)
        return False

    def _head(self) -> bytes:
        with suppress(OSError):
            while b"\r\n\r\n" not in self._buffer:
                self._read()
        head, _blank, self._buffer = self._buffer.partition(b"\r\n\r\n")
        return head

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._read()
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def _read(self) -> None:
        data = self._connection.recv(65_536)
        if not data:
            raise ConnectionResetError(os.strerror(104))
        self._buffer += data
