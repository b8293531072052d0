"""Websocket messages that no page sends, broken handshakes, and a flood of runs."""

from __future__ import annotations

import time
from collections import Counter

from tests.forged_messages import forged_messages
from tools.attack.frames import TEXT, Socket, ask, frame
from tools.attack.serving import Server

MESSAGES = 300
#: seconds that runs are asked for without a pause, on one socket and on many
FLOOD = 8.0
SOCKETS = 40
#: messages a second of one socket of many
PACE = 60
HANDSHAKES: tuple[dict[str, str | None], ...] = (
    {"Origin": "http://["},
    {"Origin": "null"},
    {"Host": None},
    {"Host": "user@127.0.0.1:99999"},
    {"Host": "exämple"},
    {"Sec-WebSocket-Key": "ä"},
    {"Sec-WebSocket-Version": "x"},
    {"Sec-WebSocket-Protocol": ";;;,,ä"},
    {"Cookie": "_streamlit_xsrf=2|zz|zz|zz"},
)


def _forged(server: Server) -> str:
    with Socket(server.port) as socket:
        for message in forged_messages(MESSAGES):
            socket.send(frame(message))
        socket.send(frame(b"\xff", TEXT))
        alive = socket.answers()
    return f"{MESSAGES} forged messages: the session of their socket {_says(alive)}"


def _says(alive: bool) -> str:
    return "answers" if alive else "DOES NOT ANSWER"


def _handshakes(server: Server) -> str:
    statuses: Counter[str] = Counter()
    for headers in HANDSHAKES:
        with Socket(server.port, headers) as socket:
            statuses[socket.status] += 1
    listed = ", ".join(f"{count} × {status}" for status, count in statuses.most_common())
    return f"{len(HANDSHAKES)} broken handshakes: {listed}"


def _flood(server: Server, count: int) -> str:
    sockets = [Socket(server.port) for _number in range(count)]
    end, sent, closed = time.monotonic() + FLOOD, 0, 0
    while time.monotonic() < end:
        for number, socket in enumerate(sockets):
            if not socket.send(frame(ask(f"q=word{sent % 50}"))):
                sockets[number], closed = Socket(server.port), closed + 1
            sent += 1
            time.sleep(1 / (PACE * count))  # the pace of the attack
    for socket in sockets:
        socket.drop()
    return f"{sent:,} runs asked for on {count} sockets in {FLOOD:.0f} s; {closed} closed"


def attack(server: Server) -> list[str]:
    """
    Send forged messages, broken handshakes and floods of requests for runs.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    lines = [_forged(server), _handshakes(server), _flood(server, 1), _flood(server, SOCKETS)]
    return [*lines, f"tracebacks in the server's log: {server.log().count('Traceback') or 'none'}"]
