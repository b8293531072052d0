"""Bodies that nobody asked for: uploads to Streamlit's address, and to pages."""

from __future__ import annotations

import time
from collections import Counter
from http.client import HTTPConnection, HTTPException

from tools.attack.raw import listed
from tools.attack.serving import Server

#: seconds that the attack lasts, and bytes that it sends, at most
SECONDS = 8.0
#: seconds between two bodies
PAUSE = 0.05
MOST = 2_000_000_000
CHUNK = bytes(1_000_000)
CHUNKS = 20
TARGETS = (
    ("PUT", "/_stcore/upload_file/session/file"),
    ("POST", "/_stcore/upload_file/session/file"),
    ("POST", "/"),
    ("GET", "/timeline"),
    ("PUT", "/api/records.csv"),
)


def _send(server: Server, method: str, path: str) -> tuple[str, int]:
    """Send one body of 20 MB in chunks; return the status and the bytes that were taken."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    sent = 0
    try:
        connection.putrequest(method, path)
        connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        connection.putheader("Content-Length", str(CHUNKS * len(CHUNK)))
        connection.endheaders()
        for _number in range(CHUNKS):
            connection.send(CHUNK)
            sent += len(CHUNK)
        return str(connection.getresponse().status), sent
    except (OSError, HTTPException) as error:
        return type(error).__name__, sent
    finally:
        connection.close()


def attack(server: Server) -> list[str]:
    """
    Send large bodies to addresses that take none.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    before, end = server.memory(), time.monotonic() + SECONDS
    answers: Counter[str] = Counter()
    total = number = 0
    while time.monotonic() < end and total < MOST:
        method, path = TARGETS[number % len(TARGETS)]
        found, sent = _send(server, method, path)
        answers[f"{method} {found}"] += 1
        total, number = total + sent, number + 1
        time.sleep(PAUSE)  # the pace of the attack
    return [
        f"{number:,} bodies of {CHUNKS} MB, {total / 1e6:,.0f} MB sent: {listed(answers)}",
        f"memory: {before:.0f} MiB before, {server.memory():.0f} MiB after",
    ]
